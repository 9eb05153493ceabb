"""The files of a calibration: its layer with draws beside it, the fit row by row, and the log."""

from __future__ import annotations

import csv
import io
import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from regionsim import __version__
from regionsim.results.indicator_catalogue import find_indicator
from regionsim.results.whole_directory import check_target
from regionsim.results.whole_file import write_whole
from regionsim.scenarios.calibration import DRAWS_ENDING, ENDING, NUISANCE_ENDING
from regionsim.scenarios.yaml_writer import yaml_text
from regionsim.studies.calibrate.fit import best
from regionsim.studies.calibrate.posterior import round_sizes
from regionsim.studies.calibrate.result import DIGITS, Calibrated, Estimate, TargetFit, rounded
from regionsim.studies.calibrate.state import STATE
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.run import check_folder

FIT, LOG = "fit.csv", "log.jsonl"
FIT_COLUMNS = (
    *("region", "variable", "year", "unit", "fitted", "observed", "sigma", "weight"),
    *("modelled_before", "modelled_after", "z_before", "z_after"),
)


def contents(name: str) -> frozenset[str]:
    """The files that a calibration of this name leaves in its folder."""
    return frozenset({*(f"{name}{ending}" for ending in (ENDING, DRAWS_ENDING, NUISANCE_ENDING)), FIT, LOG, STATE})


def calibration_folder(out: str | Path, name: str) -> Path:
    """The folder of a calibration, made where it is not there. Raises ProblemsError for one that is not ours."""
    check_folder(out)
    check_target(Path(out), contents(name))
    Path(out).mkdir(parents=True, exist_ok=True)
    return Path(out)


def write_calibration(found: Calibrated, folder: Path) -> Path:
    """Write the files, each whole or as it was; the layer, which names the others' numbers, last. Returns its file."""
    name = found.study.name
    write_whole(folder / FIT, _table(FIT_COLUMNS, _fit_rows(found)))
    write_whole(folder / LOG, "".join(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in _log(found)))
    write_whole(folder / f"{name}{DRAWS_ENDING}", _draws_table(found, found.lasting))
    if found.passing:
        write_whole(folder / f"{name}{NUISANCE_ENDING}", _draws_table(found, found.passing))
    else:
        (folder / f"{name}{NUISANCE_ENDING}").unlink(missing_ok=True)
    layer = folder / f"{name}{ENDING}"
    write_whole(layer, yaml_text(layer_content(found)))
    return layer


def layer_content(found: Calibrated) -> dict[str, Any]:
    """The layer as the plain mapping of its file."""
    study = found.study
    return {
        "name": study.name,
        "title": {"en": study.title_en, "zh": study.title_zh},
        "about": study.about,
        "fitted": {
            "scenario": study.scenario.name,
            "scenario_hash": study.scenario.content_hash(),
            "observed": Path(study.observed).name,
            "rows": sum(map(study.is_fitted, found.rows.observations)),
            "left_out": list(study.left_out),
            "study_hash": study.content_hash(),
            "data_hash": data_hash(),
            "loss": study.loss,
            "seed": study.seed,
            "stages": [
                {
                    "name": stage.name,
                    "parameters": len(stage.parameters),
                    "cost_before": rounded(fits[0].cost_at_start),
                    "cost": rounded(best(list(fits)).cost),
                    "agreeing_starts": f"{agree} of {of}",
                }
                for stage, fits, (_, agree, of) in zip(study.stages, found.fits, found.agreeing(), strict=True)
            ],
            "draws": study.draws,
            "effective_draws": round(found.posterior.effective),
            "pareto_shape": _finite(found.posterior.shape),
            "broken_draws": found.broken_draws,
        },
        "parameters": {each.prior.key: _entry(each) for each in found.lasting},
        "nuisance": {each.prior.key: _entry(each) for each in found.passing},
        "correlations": [
            {"of": one, "with": other, "value": round(value, 2)} for one, other, value in found.correlations()
        ],
        "fit": {each.variable: _fit(each) for each in found.target_fits()},
        "fit_left_out": {each.variable: _fit(each) for each in found.target_fits(left_out=True)},
    }


def _fit(fit: TargetFit) -> dict[str, Any]:
    return {
        "rows": fit.rows,
        "rmse_before": rounded(fit.error_before),
        "rmse_after": rounded(fit.error_after),
        "sigmas_before": round(fit.sigmas_before, 3),
        "sigmas_after": round(fit.sigmas_after, 3),
    }


def _entry(estimate: Estimate) -> dict[str, Any]:
    prior = estimate.prior
    lowest, lower, upper, highest = estimate.quantiles
    return {
        "value": estimate.value,
        "unit": "times the evidence" if prior.is_factor else prior.unit,
        "prior": {"central": rounded(prior.central), "low": prior.low, "high": prior.high, "shape": prior.shape},
        "interval_50": [lower, upper],
        "interval_90": [lowest, highest],
        "shrinkage": round(estimate.shrinkage, 3),
        "flag": estimate.flag,
    }


def _fit_rows(found: Calibrated) -> Iterable[list[object]]:
    for k, row in enumerate(found.rows.observations):
        sigma = float(found.rows.sigma[k])
        before, after = float(found.before[k]), float(found.after[k])
        numbers = (row.value, sigma, float(found.rows.weight[k]), before, after)
        apart = ((before - row.value) / sigma, (after - row.value) / sigma)
        unit = find_indicator(row.variable).unit
        fitted = "yes" if found.study.is_fitted(row) else "no"
        yield [
            row.region,
            row.variable,
            row.year,
            unit,
            fitted,
            *(f"{each:.12g}" for each in numbers),
            *map(_short, apart),
        ]


def _draws_table(found: Calibrated, of: Iterable[Estimate]) -> str:
    """A column for each parameter, a row for each draw; the rows of both tables are the same draws."""
    keys = [each.prior.key for each in of]
    rows = zip(*(found.draws[key] for key in keys), strict=True)
    return _table(keys, ([_short(value) for value in row] for row in rows))


def _log(found: Calibrated) -> Iterable[Mapping[str, Any]]:
    """What was done, step by step; no time of day, so that the same study leaves the same log."""
    study = found.study
    versions = {name: version(name) for name in ("numpy", "scipy")}
    yield {
        "study": study.name,
        "study_hash": study.content_hash(),
        "versions": {"regionsim": __version__, "python": platform.python_version(), **versions},
        "draws_by_round": round_sizes(study.draws),
    }
    for stage, fits in zip(study.stages, found.fits, strict=True):
        for k, fit in enumerate(fits):
            yield {
                "stage": stage.name,
                "start": k,
                "cost_at_start": fit.cost_at_start,
                "cost": fit.cost,
                "ensembles": fit.ensembles,
                "broken_members": fit.broken,
                "scores": dict(zip(stage.parameters, (rounded(score) for score in fit.z), strict=True)),
            }
    yield {
        "effective_draws": found.posterior.effective,
        "pareto_shape": _finite(found.posterior.shape),
        "broken_draws": found.broken_draws,
    }


def _table(header: Iterable[str], rows: Iterable[list[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _short(value: float) -> str:
    return f"{value:.{DIGITS}g}"


def _finite(value: float) -> float | str:
    return round(value, 3) if value == value else "too few draws"
