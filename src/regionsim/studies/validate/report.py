"""What a validation leaves on disk: every score as a table, for readers and for programs, and figures."""

from __future__ import annotations

import hashlib
import json
import math
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from regionsim import __version__
from regionsim.place.counties import load_counties
from regionsim.results.whole_directory import whole_directory
from regionsim.studies.validate import provinces
from regionsim.studies.validate.assess import COUNTIES, Assessment
from regionsim.studies.validate.benchmarks import Benchmark
from regionsim.studies.validate.table import HEADS, remarks, score_rows, shown

if TYPE_CHECKING:
    from regionsim.studies.validate.study import Validation

SCORES, SCORES_TEXT, RECORD, FIGURES = "scores.csv", "scores.md", "validation.json", "figures"
CONTENTS = frozenset({SCORES, SCORES_TEXT, RECORD, FIGURES})
PACKAGES = ("numpy", "pandas", "xarray")
OVER_ALL = (
    ("bias", "bias"),
    ("bias_share", "share of bias"),
    ("variance_share", "of variance"),
    ("covariance_share", "of covariance"),
    *((f"skill_{benchmark.value}", f"skill, {benchmark.label}") for benchmark in Benchmark),
    ("share_within_two_uncertainties", "within 2 uncertainties"),
    ("root_mean_square_z", "root mean square z"),
    ("weighted_mape", "weighted MAPE"),
)
OF_COUNTY = ("mape", "rmse", "bias", "theil_u", *(f"skill_{benchmark.value}" for benchmark in Benchmark))


def write_validation(validation: Validation, directory: Path, *, figures: bool = True) -> Path:
    """Write scores.csv, scores.md, validation.json and figures/ into `directory`, whole or not at all.

    Numbers have 12 significant digits in the CSV. Raises ProblemsError where the directory holds anything else.
    """
    with whole_directory(directory, CONTENTS) as fresh:
        _write_csv(validation.assessments, fresh / SCORES)
        (fresh / SCORES_TEXT).write_text(scores_page(validation), encoding="utf-8", newline="\n")
        record = json.dumps(validation_record(validation), indent=2, ensure_ascii=False, allow_nan=False)
        (fresh / RECORD).write_text(record + "\n", encoding="utf-8", newline="\n")
        if figures:
            (fresh / FIGURES).mkdir()
            _draw(validation, fresh / FIGURES)
    return directory


def validation_record(validation: Validation) -> dict[str, Any]:
    """Everything for programs: what was scored with which data and versions, every score, every test with its answer.

    Scores that are not testable are null, with `why` beside them.
    """
    attributes = validation.dataset.attrs
    scored = sum(len(each.pairs) for each in validation.assessments)
    return {
        "scenario": attributes["scenario"],
        "scenario_hash": attributes.get("scenario_hash", ""),
        "data_hash": attributes.get("data_hash", ""),
        "run_version": attributes.get("version", ""),
        "observed_file": validation.file.name,
        "observed_file_hash": hashlib.sha256(validation.file.read_bytes()).hexdigest(),
        "provincial_series_hash": provinces.series_hash(),
        "observations": len(validation.observations),
        "observations_scored": scored,
        "versions": {
            "regionsim": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        },
        "benchmarks": {
            each.indicator.name: {
                benchmark.value: {"from": forecast.basis, "missing": forecast.missing}
                for benchmark, forecast in each.forecasts.items()
            }
            for each in validation.assessments
        },
        **_scores_and_tests(validation.assessments),
        "with_births_and_deaths_given": _scores_and_tests(validation.with_given),
        "remarks": remarks(validation.assessments, validation.with_given),
    }


def _scores_and_tests(assessments: Sequence[Assessment]) -> dict[str, Any]:
    return {
        "scores": [
            {
                "variable": score.variable,
                "region": score.region,
                "score": score.name,
                "value": None if math.isnan(score.value) else score.value,
                "n": score.n,
                "why": score.why,
            }
            for each in assessments
            for score in each.scores.values()
        ],
        "tests": [
            {
                "variable": verdict.variable,
                "region": verdict.region,
                "test": verdict.name,
                "outcome": verdict.outcome,
                "words": verdict.words,
            }
            for each in assessments
            for verdict in each.verdicts
        ],
    }


def scores_page(validation: Validation) -> str:
    """The scores as a page in Markdown: over all counties, then county by county."""
    attributes = validation.dataset.attrs
    scored = sum(len(each.pairs) for each in validation.assessments)
    left_out = len(validation.observations) - scored
    lines = [
        f"# Run `{attributes['scenario']}` against {validation.file.name}",
        "",
        f"{scored} observations scored" + (f", {left_out} of the base year left out." if left_out else "."),
        "Errors are modelled less observed. Skill is 1 less the mean square error over that of the benchmark, here of",
        "the median county: above 0 the model beats it. U is that of Theil (1966) on changes since the base year:",
        "below 1 the model is better than no change. n/a is not testable; `validation.json` says why.",
        "",
        *_table(HEADS, score_rows(validation.assessments, validation.with_given)),
        "",
        "## Over all rows",
        "",
        *_table(("variable", *(label for _, label in OVER_ALL)), _over_all(validation.assessments)),
        "",
        "## What the benchmarks rest on",
        "",
        *(f"- {line}" for line in remarks(validation.assessments, validation.with_given)),
    ]
    for each in validation.assessments:
        rows = _by_county(each)
        if rows:
            heads = ("county", "n", *(name.replace("_", " ") for name in OF_COUNTY))
            lines += ["", f"## {each.indicator.label} by county, the largest error first", "", *_table(heads, rows)]
    return "\n".join(lines) + "\n"


def _over_all(assessments: Sequence[Assessment]) -> list[list[str]]:
    return [
        [
            each.indicator.name if group == COUNTIES else f"{each.indicator.name}, {group}",
            *(shown(each.scores[group, name], each.indicator) for name, _ in OVER_ALL),
        ]
        for each in assessments
        for group in each.groups
    ]


def _by_county(assessment: Assessment) -> list[list[str]]:
    names = {county.code: f"{county.name} ({county.code})" for county in load_counties()}
    found = assessment.scores
    codes = [code for code in names if (code, "rmse") in found]
    # By the error as a share of what was observed; where that says nothing, by the error itself.
    key = "rmse" if any(math.isnan(found[code, "mape"].value) for code in codes) else "mape"
    codes.sort(key=lambda code: -found[code, key].value)
    return [
        [
            names[code],
            str(found[code, "rmse"].n),
            *(shown(found[code, name], assessment.indicator) for name in OF_COUNTY),
        ]
        for code in codes
    ]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    aligned = "| --- |" + " ---: |" * (len(heads) - 1)
    return [f"| {' | '.join(heads)} |", aligned, *(f"| {' | '.join(row)} |" for row in rows)]


def _write_csv(assessments: Sequence[Assessment], path: Path) -> None:
    import pandas

    table = pandas.DataFrame(
        [
            (score.variable, score.region, score.name, score.value, score.n)
            for each in assessments
            for score in each.scores.values()
        ],
        columns=["variable", "region", "score", "value", "n"],
    )
    table.to_csv(path, index=False, float_format="%.12g", lineterminator="\n", encoding="utf-8")


def _draw(validation: Validation, folder: Path) -> None:
    """One figure for each indicator that was observed in counties."""
    from regionsim.figures.files import save
    from regionsim.figures.observed import ObservedPoints, observed_against_modelled

    counties = {county.code: county for county in load_counties()}
    for each in validation.assessments:
        pairs = each.pairs.where(np.isin(each.pairs.regions, list(counties)))
        if len(pairs) == 0:
            continue
        here = [counties[code] for code in pairs.regions.tolist()]
        points = ObservedPoints(
            names=tuple(county.name for county in here),
            provinces=tuple(county.province for county in here),
            years=tuple(pairs.years.tolist()),
            observed=pairs.observed,
            modelled=pairs.modelled,
            base=pairs.base,
        )
        figure = observed_against_modelled(validation.dataset, each.indicator, points)
        caption = f"{each.indicator.label}: observed and modelled"
        save(figure, folder / each.indicator.name, [validation.dataset], caption)
