"""What a finished sweep leaves: outputs as netCDF and as a table, their spread, the failed members, a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim import __version__
from regionsim.results.blocks import Block, columns
from regionsim.results.dataset import write_netcdf
from regionsim.results.indicators import COLUMNS, Indicator
from regionsim.results.quantiles import quantile_table
from regionsim.results.targets import ZONE
from regionsim.results.whole_file import whole_file, write_whole
from regionsim.studies.sweep.failures import failure_lines
from regionsim.studies.sweep.plan import Plan
from regionsim.studies.sweep.store import FAILURES, OUTPUTS, OUTPUTS_TABLE, QUANTILES, SUMMARY

if TYPE_CHECKING:
    import pandas
    import xarray

Array = NDArray[np.float64]
# Failed members of each scenario, with their words.
Failures = Sequence[Mapping[int, str]]

# Beyond it nobody reads a table, and programs have the netCDF file.
MOST_ROWS = 1_000_000
MOST_SHOWN = 12


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

    quantiles = pandas.concat(
        [
            quantile_table(name, plan.study.blocks, plan.study.years, values[k], len(failures[k]))
            for k, name in enumerate(names)
        ],
        ignore_index=True,
    )
    with whole_file(directory / QUANTILES) as fresh:
        _write_table(quantiles, fresh)
    rows = [
        {"scenario": name, "member": member, "words": words}
        for name, failed in zip(names, failures, strict=True)
        for member, words in failed.items()
    ]
    with whole_file(directory / FAILURES) as fresh:
        _write_table(pandas.DataFrame(rows, columns=["scenario", "member", "words"]), fresh)
    text = summary(plan, quantiles, failures)
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
            {"units": block.unit, "long_name": _label(block)},
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


def summary(plan: Plan, quantiles: pandas.DataFrame, failures: Failures) -> str:
    """Median and range of each variable in the widest region and the last year, and what failed; no final break."""
    study = plan.study
    year = study.years[-1]
    heads = [f"In {year}", "region", *(scenario.name for scenario in study.scenarios)]
    rows = [heads]
    last = quantiles[quantiles["year"] == year]
    keys = zip(*(last[name].tolist() for name in ("scenario", "variable", "region_type", "region")), strict=True)
    spread = dict(zip(keys, last[["p05", "p50", "p95"]].to_numpy(dtype=np.float64), strict=True))
    shown = _shown_blocks(study.blocks)
    for block, region in shown[:MOST_SHOWN]:
        place = block.regions.index(region)
        cells = []
        for scenario in study.scenarios:
            factor = block.source.shown_factor if isinstance(block.source, Indicator) else 1.0
            low, middle, high = factor * spread[scenario.name, block.variable, block.region_types[place], region]
            cells.append(f"{_number(middle)} ({_number(low)} to {_number(high)})")
        unit = block.source.shown_unit if isinstance(block.source, Indicator) else block.unit
        rows.append([f"{_label(block)} ({unit})", region, *cells])
    widths = [max(len(row[k]) for row in rows) for k in range(len(heads))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    title = f"{study.title_en} (study {study.name})"
    count = f"{plan.members} members, design {study.design.kind}; median (5th to 95th percentile)"
    left = [f"and {len(shown) - MOST_SHOWN} more variables ({QUANTILES})"] if len(shown) > MOST_SHOWN else []
    lines = [title, count, "", *table, *left]
    for scenario, failed in zip(study.scenarios, failures, strict=True):
        failing = failure_lines(scenario.name, plan.factors, plan.numbers, failed)
        lines += ["", *failing] if failing else []
    if not any(failures):
        lines += ["", "No member failed."]
    return "\n".join(lines)


def _shown_blocks(blocks: Sequence[Block]) -> list[tuple[Block, str]]:
    """Each variable once, in the zone where it is known there, else in its last region."""
    chosen: dict[str, tuple[Block, str]] = {}
    for block in blocks:
        if block.variable not in chosen:
            chosen[block.variable] = (block, ZONE if ZONE in block.regions else block.regions[-1])
    return list(chosen.values())


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


def _label(block: Block) -> str:
    return block.source.label if isinstance(block.source, Indicator) else block.variable


def _number(value: float) -> str:
    if not np.isfinite(value):
        return "n/a"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _write_table(table: pandas.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, float_format="%.12g", lineterminator="\n", encoding="utf-8")
