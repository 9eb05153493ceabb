"""What a finished sweep leaves: outputs as netCDF and as a table, their spread and that of differences, failures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim import __version__
from regionsim.results.blocks import columns
from regionsim.results.dataset import write_netcdf
from regionsim.results.indicators import COLUMNS
from regionsim.results.quantiles import quantile_table
from regionsim.results.whole_file import whole_file, write_whole
from regionsim.studies.sweep.plan import Plan
from regionsim.studies.sweep.store import DIFFERENCES, FAILURES, OUTPUTS, OUTPUTS_TABLE, QUANTILES, SUMMARY
from regionsim.studies.sweep.summary import Failures, summary

if TYPE_CHECKING:
    import pandas
    import xarray

Array = NDArray[np.float64]

# Beyond it nobody reads a table, and programs have the netCDF file.
MOST_ROWS = 1_000_000


def design_text(plan: Plan) -> str:
    """design.csv: a row for each member with what each factor says; empty where the scenario says it."""
    import pandas

    said = {
        factor.key: [factor.said(float(number)) for number in plan.numbers[:, k]]
        for k, factor in enumerate(plan.factors)
    }
    table = pandas.DataFrame({"member": np.arange(plan.members), **said})
    return str(table.to_csv(index=False, lineterminator="\n"))


def write_outputs(plan: Plan, directory: Path, values: Array, failures: Failures) -> str:
    """Write all files of the results beside the design, each whole or not at all; the summary is returned.

    `values` is (scenario, member, year, column), nan for members that failed.
    """
    names = [scenario.name for scenario in plan.study.scenarios]
    with whole_file(directory / OUTPUTS) as fresh:
        write_netcdf(outputs_dataset(plan, values, failures), fresh)
    if values.size <= MOST_ROWS:
        with whole_file(directory / OUTPUTS_TABLE) as fresh:
            _write_table(_outputs_table(plan, values), fresh)
    import pandas

    blocks, years = plan.study.blocks, plan.study.years
    quantiles = [quantile_table(name, blocks, years, values[k], len(failures[k])) for k, name in enumerate(names)]
    with whole_file(directory / QUANTILES) as fresh:
        _write_table(pandas.concat(quantiles, ignore_index=True), fresh)
    differences = [
        quantile_table(name, blocks, years, values[k] - values[0], len({*failures[k], *failures[0]}), signs=True)
        for k, name in enumerate(names)
        if k > 0
    ]
    if differences:
        with whole_file(directory / DIFFERENCES) as fresh:
            _write_table(pandas.concat(differences, ignore_index=True), fresh)
    rows = [
        {"scenario": name, "member": member, "words": words}
        for name, failed in zip(names, failures, strict=True)
        for member, words in failed.items()
    ]
    with whole_file(directory / FAILURES) as fresh:
        _write_table(pandas.DataFrame(rows, columns=["scenario", "member", "words"]), fresh)
    text = summary(plan, quantiles, differences, failures)
    if values.size > MOST_ROWS:
        text += f"\n\n{values.size:,} values are too many for a table: {OUTPUTS} has them all."
    write_whole(directory / SUMMARY, text + "\n")
    return text


def outputs_dataset(plan: Plan, values: Array, failures: Failures) -> xarray.Dataset:
    """The outputs with dimensions (scenario, member, year, and that of the block's regions), and the design beside."""
    import xarray

    variables: dict[str, tuple[tuple[str, ...], Array, dict[str, str]]] = {}
    coordinates: dict[str, tuple[str, NDArray[np.generic]]] = {
        "scenario": ("scenario", np.asarray([each.name for each in plan.study.scenarios], dtype=np.str_)),
        "member": ("member", np.arange(plan.members)),
        "year": ("year", np.asarray(plan.study.years, dtype=np.int64)),
    }
    begin = 0
    for block in plan.study.blocks:
        end = begin + len(block.regions)
        variables[block.key] = (
            ("scenario", "member", "year", block.kind),
            values[..., begin:end],
            {"units": block.unit, "long_name": block.label},
        )
        coordinates[block.kind] = (block.kind, np.asarray(block.regions, dtype=np.str_))
        begin = end
    failed = np.zeros((len(plan.study.scenarios), plan.members))
    for k, words in enumerate(failures):
        failed[k, list(words)] = 1.0
    variables["failed"] = (("scenario", "member"), failed, {"units": "1", "long_name": "1 where the member failed"})
    for k, factor in enumerate(plan.factors):
        about = {"units": "1" if factor.prior is None else factor.prior.unit or "1", "long_name": factor.key}
        if factor.in_words:
            about["words"] = ", ".join(map(str, factor.values))
        name = f"factor_{k:03d}"
        variables[name] = (("member",), plan.numbers[:, k], about)
    attributes = {
        "study": plan.study.name,
        "title": plan.study.title_en,
        "title_zh": plan.study.title_zh,
        "version": __version__,
        "design": plan.study.design.kind,
        "design_hash": plan.design_hash,
    }
    return xarray.Dataset(variables, coords=coordinates, attrs=attributes)


def _outputs_table(plan: Plan, values: Array) -> pandas.DataFrame:
    """The outputs row by row: by scenario, column, member and year."""
    import pandas

    study, parts = plan.study, []
    inner = plan.members * len(study.years)
    for k, scenario in enumerate(study.scenarios):
        for column, (block, place) in enumerate(columns(study.blocks)):
            parts.append(
                {
                    "scenario": np.full(inner, scenario.name),
                    "member": np.repeat(np.arange(plan.members), len(study.years)),
                    "region_type": np.full(inner, block.region_types[place]),
                    "region": np.full(inner, block.regions[place]),
                    "year": np.tile(np.asarray(study.years, dtype=np.int64), plan.members),
                    "variable": np.full(inner, block.variable),
                    "unit": np.full(inner, block.unit),
                    "value": values[k, :, :, column].reshape(-1),
                }
            )
    names = ("scenario", "member", *(name for name in COLUMNS if name != "scenario"))
    return pandas.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in names})


def _write_table(table: pandas.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, float_format="%.12g", lineterminator="\n", encoding="utf-8")
