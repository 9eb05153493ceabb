"""The figures of an analysis, each carrying which study, scenarios and data it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.drawings import Drawing
from regionsim.figures.look import current
from regionsim.figures.quantities import region_words
from regionsim.figures.sensitivity.bars import ranked_bars
from regionsim.figures.sensitivity.county_map import county_map, grids_of_page
from regionsim.figures.sensitivity.over_years import over_years
from regionsim.figures.sensitivity.plane import plane
from regionsim.figures.sensitivity.sheet import Words, panels_of_page
from regionsim.figures.sensitivity.tornado import tornado
from regionsim.figures.words import called, say, separated
from regionsim.place.counties import load_counties
from regionsim.studies.sensitivity.analysis import Found
from regionsim.studies.sensitivity.findings import Findings
from regionsim.studies.sensitivity.methods import IN_UNITS, MORRIS, TORNADO, WORDS
from regionsim.studies.sensitivity.panels import (
    WITHIN,
    bars_of,
    county_columns,
    courses_of,
    effects_of,
    grid_of,
    swings_of,
)
from regionsim.studies.sensitivity.sample import Shown

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

LEAST_YEARS = 3


def analysis_drawings(findings: Findings) -> list[Drawing]:
    """All figures that an analysis has numbers for, to be drawn in the look of this drawing.

    For each scenario and each difference from the first: bars, or the tornado of one factor at a time; the plane of
    Morris; the factors by county (`counties_*`) where there are counties; and over the years (`years_*`) where there
    are three or more. More variables than a page has room for take several pages.
    """
    return [drawing for found in findings.found for drawing in _drawings(findings, found)]


def _drawings(findings: Findings, found: Found) -> Iterator[Drawing]:
    sources = _sources(findings, found)
    of, year = _target(sources, found), findings.years[-1]
    first = "tornado" if findings.method is TORNADO else "bars"
    titles = {first: say("What matters most: {of}, {year}", of=of, year=year)}
    if findings.method is MORRIS:
        titles["plane"] = say("Effects and how they differ: {of}, {year}", of=of, year=year)
    if len(findings.years) >= LEAST_YEARS:
        titles["years"] = say("What matters when: {of}", of=of)
    for kind, title in titles.items():
        words = Words(title, _subtitle(findings), (_stamp(findings, sources),))
        for page, shown in enumerate(_pages(findings.shown, panels_of_page())):
            draw = partial(_sheet, kind, findings, found, shown, words)
            yield Drawing(_name(kind, found, page), title, draw, (), tuple(sources))
    mapped = [each for each in findings.shown if county_columns(each)]
    title = say("What matters where: {of}, {year}", of=of, year=year)
    words = Words(title, _subtitle(findings), (_note_of_counties(findings), _stamp(findings, sources)))
    for page, shown in enumerate(_pages(mapped, grids_of_page())):
        draw = partial(_county_map, findings, found, shown, words)
        yield Drawing(_name("counties", found, page), title, draw, (), tuple(sources))


def _sheet(kind: str, findings: Findings, found: Found, shown: Sequence[Shown], words: Words) -> Figure:
    if kind == "tornado":
        return tornado([swings_of(findings, found, each) for each in shown], words)
    if kind == "plane":
        return plane([effects_of(findings, found, each) for each in shown], words)
    if kind == "years":
        years = np.asarray(findings.years, dtype=np.int64)
        return over_years([courses_of(findings, found, each) for each in shown], years, words)
    first = found.indices.names[0]
    within = called(WORDS[WITHIN[first]]) if first in WITHIN else ""
    return ranked_bars([bars_of(findings, found, each) for each in shown], words, called(WORDS[first]), within)


def _county_map(findings: Findings, found: Found, shown: Sequence[Shown], words: Words) -> Figure:
    provinces = {county.code: county.province for county in load_counties()}
    columns = county_columns(shown[-1])
    names = [region_words(region) for region in columns]
    groups = [called(provinces[region]) if region in provinces else region_words(region) for region in columns]
    grids = [grid_of(findings, found, each) for each in shown]
    return county_map(grids, names, groups, words, is_share=found.indices.names[0] not in IN_UNITS)


def _note_of_counties(findings: Findings) -> str:
    narrow = current().narrow
    if findings.method in (MORRIS, TORNADO):
        if narrow:
            return say("Shade of a cell: the index as a part of the largest of its column. Empty: no index.")
        return say("Shade and number of a cell: the index in hundredths of the largest of its column. Empty: no index.")
    if narrow:
        return say("Shade of a cell: the index, from 0 to 1. Empty: no index.")
    return say("Shade and number of a cell: the index in hundredths. Empty: no index.")


def _pages(shown: Sequence[Shown], size: int) -> list[Sequence[Shown]]:
    return [shown[begin : begin + size] for begin in range(0, len(shown), size)]


def _name(kind: str, found: Found, page: int) -> str:
    return f"{kind}_{found.target.file_name}" + (f"_{page + 1}" if page else "")


def _subtitle(findings: Findings) -> str:
    return say(
        "{method}, {factors} factors, {members} members of each scenario",
        method=called(findings.method.name),
        factors=len(findings.factors),
        members=f"{findings.record['design']['members']:,}",
    )


def _target(sources: Sequence[xarray.Dataset], found: Found) -> str:
    """A scenario by its title, or its difference from the first."""
    titles = {each.attrs["scenario"]: style.scenario_title(each) for each in sources}
    if not found.target.against:
        return titles[found.target.scenario]
    return say("{scenario} minus {base}", scenario=titles[found.target.scenario], base=titles[found.target.against])


def _sources(findings: Findings, found: Found) -> list[xarray.Dataset]:
    """Who stands behind a figure, for its own record: the scenarios of the target."""
    import xarray

    record = findings.record
    names = {found.target.scenario, found.target.against}
    return [
        xarray.Dataset(
            attrs={
                "scenario": name,
                "title": scenario["title"]["en"],
                "title_zh": scenario["title"]["zh"],
                "scenario_hash": scenario["hash"],
                "data_hash": record["data_hash"],
                "version": record["version"],
                "seed": record["design"]["seed"],
                "study": record["study"],
                "runs": record["design"]["members"],
            }
        )
        for name, scenario in record["scenarios"].items()
        if name in names
    ]


def _stamp(findings: Findings, sources: Sequence[xarray.Dataset]) -> str:
    record = findings.record
    study = say("study {study} {hash}", study=record["study"], hash=record["design"]["hash"][:12])
    return separated([style.stamp(sources), study])
