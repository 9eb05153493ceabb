"""The numbers of a report: the tables of `regionsim table` as they are, and targets attained or missed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.words import called, label, region_title
from regionsim.results.indicators import indicator_array
from regionsim.results.plain_text import MISSING
from regionsim.results.targets import FoundTarget, found_targets
from regionsim.studies.report.document import Cell, Column, Group, Section, Table, Words, cell, paragraph, spans
from regionsim.studies.report.words import foreign, phrase, points
from regionsim.studies.tables.content import PaperTable, Row, difference_table, headline_table

if TYPE_CHECKING:
    import xarray

Key = tuple[str, str]  # region and target
MOST_BESIDE = 2  # scenarios beside the first in one table of differences: more do not fit a page


def tables_section(datasets: Sequence[xarray.Dataset]) -> Section:
    """The headline table of each run and, of several, their differences from the first."""
    tables = [as_table(each) for each in differences_of(datasets)]
    tables += [as_table(headline_table(dataset)) for dataset in datasets]
    return Section("tables", phrase("Tables"), tuple(tables))


def differences_of(datasets: Sequence[xarray.Dataset]) -> list[PaperTable]:
    """The tables of differences from the first scenario, of so many scenarios each as a page is wide for."""
    years = common_years(datasets)  # those of all, so that every part is of one and the same last year
    first, *others = [dataset.sel(year=years) for dataset in datasets]
    return [difference_table([first, *span]) for span in spans(others, MOST_BESIDE)]


def common_years(datasets: Sequence[xarray.Dataset]) -> list[int]:
    """The years that all runs have, of which `read_results` leaves none without one."""
    return sorted(set.intersection(*(set(dataset["year"].values.tolist()) for dataset in datasets)))


def as_table(paper: PaperTable) -> Table:
    """A table for papers as one of the report."""
    groups = tuple(
        Group(title, tuple(_row(row) for row in found))
        for title, found in groupby(paper.rows, lambda row: row.region_title)
    )
    columns = (Column(phrase("Indicator (unit)"), width=1.8), *(Column(head, "right") for head in paper.headings))
    # The last note says where the table comes from, which the report says of all of its tables at its end.
    return Table(paper.title, columns, groups, paper.notes[:-1])


def _row(row: Row) -> tuple[Cell, ...]:
    return (cell(row.title), *(cell(each.middle, Words(each.spread.strip())) for each in row.cells))


def targets_section(datasets: Sequence[xarray.Dataset]) -> Section | None:
    """What the plan wants in numbers and what each scenario makes of it; None where no run has the years of one."""
    by_run = [
        {(each.region, each.target.name): each for each in found_targets(indicator_array(dataset))}
        for dataset in datasets
    ]
    keys = [key for key in by_run[0] if all(key in found for found in by_run)]
    if not keys:
        return None
    runs = [(style.scenario_title(dataset), found) for dataset, found in zip(datasets, by_run, strict=True)]
    note = phrase(
        "A base without measures says nothing of the plan by attaining a target or missing it. Where a start is as "
        "uncertain as that of forest cover, a target missed by tenths of a point is neither met nor missed."
    )
    tables = [_targets_table(keys, span) for span in spans(runs)]
    return Section("targets", phrase("Targets of the plan"), (*tables, paragraph(note)))


def _targets_table(keys: Sequence[Key], runs: Sequence[tuple[str, dict[Key, FoundTarget]]]) -> Table:
    groups = []
    for region, found in groupby(keys, lambda key: key[0]):
        rows = tuple(_target_row([run[key] for _, run in runs]) for key in found)
        groups.append(Group(region_title(region), rows))
    columns = (
        Column(phrase("Target, with its quality and source"), width=1.6),
        Column(phrase("Wanted"), "right", 0.8),
        *(Column(title, "right") for title, _ in runs),
    )
    return Table(phrase("Targets of the plan, and what the scenarios come to"), columns, tuple(groups))


def _target_row(found: Sequence[FoundTarget]) -> tuple[Cell, ...]:
    target = found[0].target
    unit = _unit(found[0])
    wanted = phrase("{value} {unit} by {year}", value=f"{100 * target.at_least:.1f}", unit=unit, year=target.year)
    source = Words(target.source, foreign())
    return (
        cell(label(target), Words(called(target.quality)), source),
        cell(wanted),
        *(cell(*_outcome(each)) for each in found),
    )


def _outcome(found: FoundTarget) -> tuple[str, Words]:
    """What was found and, below, what that makes of the target."""
    if np.isnan(found.attained):
        return MISSING, Words("")
    value = f"{100 * float(np.median(found.values)):.1f} {_unit(found)}"
    if found.attained == 1:
        return value, Words(phrase("attained"))
    if found.attained == 0:
        return value, Words(phrase("missed by {size} points", size=points(100 * found.missing)))
    return value, Words(phrase("attained by {share} % of members", share=f"{100 * found.attained:.0f}"))


def _unit(found: FoundTarget) -> str:
    return "%" if found.target.since is None else phrase("pp")


def attained_count(dataset: xarray.Dataset, region: str) -> tuple[int, int]:
    """How many of the targets of a region a run attains, in more than half of its members, and how many there are."""
    found = [each for each in found_targets(indicator_array(dataset)) if each.region == region]
    return sum(each.attained > 0.5 for each in found), len(found)
