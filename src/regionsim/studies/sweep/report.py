"""What a finished sweep leaves: outputs as netCDF and as a table, their spread and that of differences, failures."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim import __version__
from regionsim.results.blocks import Block, columns, width
from regionsim.results.indicators import COLUMNS
from regionsim.results.netcdf_file import write_netcdf
from regionsim.results.quantiles import quantile_table
from regionsim.results.whole_file import whole_file, write_whole
from regionsim.studies.sweep.plan import Plan
from regionsim.studies.sweep.room import GROUP_BYTES, NUMBER
from regionsim.studies.sweep.store import DIFFERENCES, FAILURES, OUTPUTS, OUTPUTS_TABLE, QUANTILES, SUMMARY
from regionsim.studies.sweep.study import Study
from regionsim.studies.sweep.summary import Failures, summary

if TYPE_CHECKING:
    import pandas
    import xarray

Array = NDArray[np.float64]

# Beyond it nobody reads a table, and programs have the netCDF file.
MOST_ROWS = 1_000_000
PART_BYTES = 1_000_000  # of text that is written at once


def design_rows(plan: Plan) -> Iterator[str]:
    """design.csv in parts: a row for each member with what each factor says; empty where the scenario says it."""
    rows = io.StringIO(newline="")
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(["member", *(factor.key for factor in plan.factors)])
    for member, numbers in enumerate(plan.numbers):
        said = (factor.said(float(number)) for factor, number in zip(plan.factors, numbers, strict=True))
        writer.writerow([member, *said])
        if rows.tell() > PART_BYTES:
            yield rows.getvalue()
            rows.seek(0)
            rows.truncate()
    yield rows.getvalue()


def write_outputs(plan: Plan, directory: Path, columns_of: Callable[[slice], Array], failures: Failures) -> str:
    """Write all files of the results beside the design, each whole or not at all; the summary is returned.

    `columns_of` has the values of some columns of all blocks by (scenario, member, year, column), nan for members that
    failed: they are asked for group by group, since all together may be more than the memory holds.
    """
    study = plan.study
    size = len(study.scenarios) * plan.members * len(study.years) * width(study.blocks)
    spreads, kept = _Spreads(study, failures), list[Array]()
    with whole_file(directory / OUTPUTS) as fresh:
        write_netcdf(frame(plan, failures), fresh)
        for blocks, span in groups(study):
            values = columns_of(span)
            write_netcdf(outputs_dataset(blocks, values), fresh, beside=True)
            spreads.add(blocks, values)
            if size <= MOST_ROWS:
                kept.append(values)
    quantiles, differences = spreads.tables()
    tables: dict[str, Iterable[pandas.DataFrame]] = {
        **({OUTPUTS_TABLE: _outputs_tables(plan, np.concatenate(kept, axis=3))} if kept else {}),
        QUANTILES: quantiles,
        **({DIFFERENCES: differences} if differences else {}),
        FAILURES: [_failures_table(study, failures)],
    }
    for name, parts in tables.items():
        with whole_file(directory / name) as fresh:
            _write_tables(parts, fresh)
    text = summary(plan, quantiles, differences, failures)
    if size > MOST_ROWS:
        text += f"\n\n{size:,} values are too many for a table: {OUTPUTS} has them all."
    write_whole(directory / SUMMARY, text + "\n")
    return text


class _Spreads:
    """The spread of each scenario and of each difference from the first one, gathered group by group."""

    def __init__(self, study: Study, failures: Failures) -> None:
        self.study, self.failures = study, failures
        self.quantiles: list[list[pandas.DataFrame]] = [[] for _ in study.scenarios]
        self.differences: list[list[pandas.DataFrame]] = [[] for _ in study.scenarios[1:]]

    def add(self, blocks: Sequence[Block], values: Array) -> None:
        """Add those of some blocks, whose values are by (scenario, member, year, column)."""
        study, failures = self.study, self.failures
        for k, scenario in enumerate(study.scenarios):
            table = quantile_table(scenario.name, blocks, study.years, values[k], len(failures[k]))
            self.quantiles[k].append(table)
        for k, scenario in enumerate(study.scenarios[1:], start=1):
            failed, apart = len({*failures[k], *failures[0]}), values[k] - values[0]
            table = quantile_table(scenario.name, blocks, study.years, apart, failed, signs=True)
            self.differences[k - 1].append(table)

    def tables(self) -> tuple[list[pandas.DataFrame], list[pandas.DataFrame]]:
        """A table of each scenario, and one of each difference."""
        import pandas

        quantiles, differences = (
            [pandas.concat(parts, ignore_index=True) for parts in of_each]
            for of_each in (self.quantiles, self.differences)
        )
        return quantiles, differences


def _failures_table(study: Study, failures: Failures) -> pandas.DataFrame:
    """Who failed in which scenario, with the words of the guard."""
    import pandas

    rows = [
        {"scenario": scenario.name, "member": member, "words": words}
        for scenario, failed in zip(study.scenarios, failures, strict=True)
        for member, words in failed.items()
    ]
    return pandas.DataFrame(rows, columns=["scenario", "member", "words"])


def groups(study: Study) -> list[tuple[list[Block], slice]]:
    """The blocks in groups, each with its columns, which together take no more than a group may, or one block."""
    column = NUMBER * len(study.scenarios) * study.members * len(study.years)
    found: list[tuple[list[Block], slice]] = []
    begin = 0
    for block in study.blocks:
        end = begin + len(block.regions)
        if found and column * (end - found[-1][1].start) <= GROUP_BYTES:
            blocks, span = found.pop()
            found.append(([*blocks, block], slice(span.start, end)))
        else:
            found.append(([block], slice(begin, end)))
        begin = end
    return found


def frame(plan: Plan, failures: Failures) -> xarray.Dataset:
    """What outputs.nc has beside the outputs: the names along its dimensions, who failed, and the design."""
    import xarray

    variables: dict[str, tuple[tuple[str, ...], Array, dict[str, str]]] = {}
    coordinates: dict[str, tuple[str, NDArray[np.generic]]] = {
        "scenario": ("scenario", np.asarray([each.name for each in plan.study.scenarios], dtype=np.str_)),
        "member": ("member", np.arange(plan.members)),
        "year": ("year", np.asarray(plan.study.years, dtype=np.int64)),
    }
    for block in plan.study.blocks:
        coordinates[block.kind] = (block.kind, np.asarray(block.regions, dtype=np.str_))
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


def outputs_dataset(blocks: Sequence[Block], values: Array) -> xarray.Dataset:
    """The outputs of some blocks with dimensions (scenario, member, year, and that of the block's regions)."""
    import xarray

    variables, begin = {}, 0
    for block in blocks:
        end = begin + len(block.regions)
        about = {"units": block.unit, "long_name": block.label}
        variables[block.key] = (("scenario", "member", "year", block.kind), values[..., begin:end], about)
        begin = end
    return xarray.Dataset(variables)


def _outputs_tables(plan: Plan, values: Array) -> Iterator[pandas.DataFrame]:
    """The outputs row by row: by scenario, column, member and year."""
    import pandas

    study = plan.study
    inner = plan.members * len(study.years)
    for k, scenario in enumerate(study.scenarios):
        for column, (block, place) in enumerate(columns(study.blocks)):
            rows = {
                "scenario": scenario.name,
                "member": np.repeat(np.arange(plan.members), len(study.years)),
                "region_type": block.region_types[place],
                "region": block.regions[place],
                "year": np.tile(np.asarray(study.years, dtype=np.int64), plan.members),
                "variable": block.variable,
                "unit": block.unit,
                "value": values[k, :, :, column].reshape(-1),
            }
            names = ("scenario", "member", *(name for name in COLUMNS if name != "scenario"))
            yield pandas.DataFrame({name: rows[name] for name in names}, index=range(inner))


def _write_tables(tables: Iterable[pandas.DataFrame], path: Path) -> None:
    """Tables of the same columns, one below the other."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for k, table in enumerate(tables):
            table.to_csv(file, index=False, header=k == 0, float_format="%.12g", lineterminator="\n")
