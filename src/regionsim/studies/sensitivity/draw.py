"""The figures of an analysis as files, each carrying which study, scenarios and data it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from regionsim import __version__
from regionsim.figures import style
from regionsim.figures.files import save
from regionsim.figures.sensitivity.bars import Bar, RankedBars, ranked_bars
from regionsim.figures.sensitivity.county_map import Grid, county_map
from regionsim.figures.sensitivity.over_years import MOST_LINES, Course, Courses, over_years
from regionsim.figures.sensitivity.plane import Effects, plane
from regionsim.figures.sensitivity.sheet import Words
from regionsim.figures.sensitivity.tornado import Swing, Swings, tornado
from regionsim.place.counties import load_counties
from regionsim.results.targets import ZONE
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.sensitivity.analysis import MOST_SHOWN, Analysis, Found, named, ranked
from regionsim.studies.sensitivity.factor_words import factor_name
from regionsim.studies.sensitivity.indices import REASONS
from regionsim.studies.sensitivity.methods import IN_UNITS, MORRIS, SAMPLED, TORNADO, WORDS
from regionsim.studies.sensitivity.pawn import noise
from regionsim.studies.sensitivity.sample import Shown

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

PANELS = 8  # on a page
GRIDS = 3
LEAST_YEARS = 3
LEAST_COUNTIES = 2
SCALES = {"total_order": "share of the variance", "pawn": "distance, 0 to 1"}
WITHIN = {"total_order": "first_order"}


def draw_analysis(analysis: Analysis, directory: Path) -> list[Path]:
    """Draw all figures that the analysis has numbers for into `directory`, as PNG and PDF; the files in order.

    For each scenario and each difference from the first: bars, or the tornado of one factor at a time; the plane of
    Morris; the factors by county (`counties_*`) where there are counties; and over the years (`years_*`) where there
    are three or more. Beyond eight variables, or three maps, there are several pages.
    """
    files: list[Path] = []
    with style.drawing():
        for found in analysis.found:
            for name, figure, caption in _figures(analysis, found):
                files += save(figure, directory / name, _sources(analysis, found), caption)
    return files


def _figures(analysis: Analysis, found: Found) -> Iterator[tuple[str, Figure, str]]:
    """Name, figure and caption of each."""
    of, year = found.target.words, analysis.plan.study.years[-1]
    kinds = [("tornado" if analysis.method is TORNADO else "bars", "What matters most")]
    if analysis.method is MORRIS:
        kinds.append(("plane", "Effects and how they differ"))
    if len(analysis.plan.study.years) >= LEAST_YEARS:
        kinds.append(("years", "What matters when"))
    for kind, title in kinds:
        for page, shown in enumerate(_pages(analysis.shown, PANELS)):
            caption = f"{title}: {of}" + (f", {year}" if kind != "years" else "")
            words = Words(caption, _subtitle(analysis), (_stamp(analysis, found),))
            yield _name(kind, found, page), _sheet(kind, analysis, found, shown, words), caption
    mapped = [each for each in analysis.shown if _county_columns(each)]
    for page, shown in enumerate(_pages(mapped, GRIDS)):
        caption = f"What matters where: {of}, {year}"
        note = "Shade and number of a cell: the index in hundredths"
        if analysis.method in (MORRIS, TORNADO):
            note += " of the largest of its column"
        words = Words(caption, _subtitle(analysis), (f"{note}. Empty: no index.", _stamp(analysis, found)))
        yield _name("counties", found, page), _county_map(analysis, found, shown, words), caption


def _sheet(kind: str, analysis: Analysis, found: Found, shown: Sequence[Shown], words: Words) -> Figure:
    if kind == "tornado":
        return tornado([_swings(analysis, found, each) for each in shown], words)
    if kind == "plane":
        return plane([_effects(analysis, found, each) for each in shown], words)
    if kind == "years":
        years = np.asarray(analysis.plan.study.years, dtype=np.int64)
        return over_years([_courses(analysis, found, each) for each in shown], years, words)
    first = found.indices.names[0]
    within = WORDS[WITHIN[first]] if first in WITHIN else ""
    return ranked_bars([_bars(analysis, found, each) for each in shown], words, WORDS[first], within)


def _bars(analysis: Analysis, found: Found, shown: Shown) -> RankedBars:
    output, indices = analysis.sample.output(shown.column, -1), found.indices
    order = named(indices, output)
    factor = _unit_factor(analysis, shown)
    second = indices.names.index(WITHIN[indices.names[0]]) if indices.names[0] in WITHIN else None
    bars = []
    for k in order:
        ends = [float(part[0, k, output]) * factor for part in (indices.values, indices.low, indices.high)]
        inner = [np.nan] * 3
        if second is not None:
            inner = [float(part[second, k, output]) for part in (indices.values, indices.low, indices.high)]
        bars.append(Bar(_factor(analysis, k), *ends, *inner))
    chance = noise(int(indices.used[output]))[1] if analysis.method is SAMPLED and bars else np.nan
    unit = SCALES.get(indices.names[0], shown.effect_unit)
    more = len(ranked(indices, output)) - len(bars) if bars else 0
    return RankedBars(shown.label, unit, tuple(bars), more, _why_none(found, output), chance)


def _swings(analysis: Analysis, found: Found, shown: Shown) -> Swings:
    output, factor = analysis.sample.output(shown.column, -1), shown.block.shown_factor
    order = named(found.indices, output)
    swings = [
        Swing(_factor(analysis, k), *(float(value) * factor for value in found.indices.values[1:, k, output]))
        for k in order
    ]
    more = len(ranked(found.indices, output)) - len(swings) if swings else 0
    unit = f"change, {shown.effect_unit}"
    return Swings(shown.label, unit, tuple(swings), more, _why_none(found, output))


def _effects(analysis: Analysis, found: Found, shown: Shown) -> Effects:
    output, factor = analysis.sample.output(shown.column, -1), shown.block.shown_factor
    order = ranked(found.indices, output)
    place = {name: k for k, name in enumerate(found.indices.names)}
    mean, deviation = (found.indices.values[place[name], order, output] * factor for name in ("mu_star", "sigma"))
    names = tuple(_factor(analysis, k) for k in order[:MOST_SHOWN])
    return Effects(shown.label, shown.effect_unit, names, mean, deviation, _why_none(found, output))


def _courses(analysis: Analysis, found: Found, shown: Shown) -> Courses:
    indices, factor = found.indices, _unit_factor(analysis, shown)
    outputs = [analysis.sample.output(shown.column, k) for k in range(len(analysis.plan.study.years))]
    unit = shown.effect_unit if indices.names[0] in IN_UNITS else WORDS[indices.names[0]]
    courses = [
        Course(
            _factor(analysis, k),
            *(part[0, k, outputs] * factor for part in (indices.values, indices.low, indices.high)),
        )
        for k in named(indices, outputs[-1], MOST_LINES)
    ]
    return Courses(shown.label, unit, tuple(courses), _why_none(found, outputs[-1]))


def _county_map(analysis: Analysis, found: Found, shown: Sequence[Shown], words: Words) -> Figure:
    counties = {county.code: county for county in load_counties()}
    grids = []
    columns: dict[str, int] = {}
    for each in shown:
        columns = _county_columns(each)
        order = named(found.indices, analysis.sample.output(each.column, -1))
        outputs = [analysis.sample.output(column, -1) for column in columns.values()]
        values = found.indices.values[0][np.ix_(order, outputs)]
        grids.append(
            Grid(
                f"{each.block.label}, {WORDS[found.indices.names[0]]}",
                tuple(_factor(analysis, k) for k in order),
                values,
            )
        )
    names = [counties[region].name if region in counties else region for region in columns]
    groups = [counties[region].province if region in counties else region for region in columns]
    return county_map(grids, names, groups, words, is_share=found.indices.names[0] not in IN_UNITS)


def _county_columns(shown: Shown) -> dict[str, int]:
    """The columns of a variable by region: its counties, and the zone last; nothing where it has hardly a county."""
    block = shown.block
    first = shown.column - block.regions.index(shown.region)
    found = {
        region: first + place
        for place, (region, kind) in enumerate(zip(block.regions, block.region_types, strict=True))
        if kind == "county"
    }
    if len(found) < LEAST_COUNTIES:
        return {}
    return {**found, ZONE: shown.column} if shown.region == ZONE else found


def _pages(shown: Sequence[Shown], size: int) -> list[Sequence[Shown]]:
    return [shown[begin : begin + size] for begin in range(0, len(shown), size)]


def _name(kind: str, found: Found, page: int) -> str:
    return f"{kind}_{found.target.file_name}" + (f"_{page + 1}" if page else "")


def _factor(analysis: Analysis, place: int) -> str:
    return factor_name(analysis.plan.factors[place])


def _unit_factor(analysis: Analysis, shown: Shown) -> float:
    """What brings an index into the unit for readers: effects are in that of the variable, shares are as they are."""
    return shown.block.shown_factor if analysis.method in (MORRIS, TORNADO) else 1.0


def _why_none(found: Found, output: int) -> str:
    return f"No index: {REASONS[int(found.indices.reasons[:, output].max())] or 'nothing is known'}."


def _subtitle(analysis: Analysis) -> str:
    members = f"{analysis.plan.members:,} members of each scenario"
    return f"{analysis.method.name}, {len(analysis.plan.factors)} factors, {members}"


def _sources(analysis: Analysis, found: Found) -> list[xarray.Dataset]:
    """Who stands behind a figure, for its own record: the scenarios of the target."""
    import xarray

    study = analysis.plan.study
    names = {found.target.scenario, found.target.against}
    return [
        xarray.Dataset(
            attrs={
                "scenario": scenario.name,
                "scenario_hash": scenario.content_hash(),
                "data_hash": data_hash(),
                "version": __version__,
                "seed": study.design.seed,
            }
        )
        for scenario in study.scenarios
        if scenario.name in names
    ]


def _stamp(analysis: Analysis, found: Found) -> str:
    return (
        f"{style.stamp(_sources(analysis, found))}; study {analysis.plan.study.name} {analysis.plan.design_hash[:12]}"
    )
