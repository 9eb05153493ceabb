"""The panels of figures of sensitivity, filled from findings: bars, swings, effects, courses and grids of counties."""

from __future__ import annotations

import numpy as np

from regionsim.figures.quantities import ShownQuantity, region_words, shown_quantity
from regionsim.figures.sensitivity.bars import Bar, RankedBars
from regionsim.figures.sensitivity.county_map import Grid
from regionsim.figures.sensitivity.over_years import MOST_LINES, Course, Courses
from regionsim.figures.sensitivity.plane import Effects
from regionsim.figures.sensitivity.tornado import Swing, Swings
from regionsim.figures.words import called, clauses, say
from regionsim.results.targets import ZONE
from regionsim.studies.sensitivity.analysis import MOST_SHOWN, Found, named, ranked
from regionsim.studies.sensitivity.factor_words import factor_name
from regionsim.studies.sensitivity.findings import Findings
from regionsim.studies.sensitivity.indices import REASONS
from regionsim.studies.sensitivity.methods import IN_UNITS, MORRIS, SAMPLED, TORNADO, WORDS
from regionsim.studies.sensitivity.pawn import noise
from regionsim.studies.sensitivity.sample import Shown

LEAST_COUNTIES = 2
SCALES = {"total_order": "share of the variance", "pawn": "distance, 0 to 1"}
WITHIN = {"total_order": "first_order"}


def bars_of(findings: Findings, found: Found, shown: Shown) -> RankedBars:
    """The first index of each factor, with the one within it where there is one, in the last year."""
    output, indices = findings.output(shown.column, -1), found.indices
    order = named(indices, output)
    factor = _unit_factor(findings, shown)
    second = indices.names.index(WITHIN[indices.names[0]]) if indices.names[0] in WITHIN else None
    bars = []
    for k in order:
        ends = [float(part[0, k, output]) * factor for part in (indices.values, indices.low, indices.high)]
        inner = [np.nan] * 3
        if second is not None:
            inner = [float(part[second, k, output]) for part in (indices.values, indices.low, indices.high)]
        bars.append(Bar(factor_name(findings.factors[k]), *ends, *inner))
    chance = noise(int(indices.used[output]))[1] if findings.method is SAMPLED and bars else np.nan
    unit = called(SCALES[indices.names[0]]) if indices.names[0] in SCALES else _quantity(shown).change
    more = len(ranked(indices, output)) - len(bars) if bars else 0
    return RankedBars(_label(shown), unit, tuple(bars), more, _why_none(found, output), chance)


def swings_of(findings: Findings, found: Found, shown: Shown) -> Swings:
    """The change at both ends of each factor in the last year."""
    output, factor = findings.output(shown.column, -1), shown.block.shown_factor
    order = named(found.indices, output)
    swings = [
        Swing(
            factor_name(findings.factors[k]),
            *(float(value) * factor for value in found.indices.values[1:, k, output]),
        )
        for k in order
    ]
    more = len(ranked(found.indices, output)) - len(swings) if swings else 0
    unit = say("change, {unit}", unit=_quantity(shown).change)
    return Swings(_label(shown), unit, tuple(swings), more, _why_none(found, output))


def effects_of(findings: Findings, found: Found, shown: Shown) -> Effects:
    """Mean and standard deviation of the effects of each factor in the last year."""
    output, factor = findings.output(shown.column, -1), shown.block.shown_factor
    order = ranked(found.indices, output)
    place = {name: k for k, name in enumerate(found.indices.names)}
    mean, deviation = (found.indices.values[place[name], order, output] * factor for name in ("mu_star", "sigma"))
    names = tuple(factor_name(findings.factors[k]) for k in order[:MOST_SHOWN])
    return Effects(_label(shown), _quantity(shown).change, names, mean, deviation, _why_none(found, output))


def courses_of(findings: Findings, found: Found, shown: Shown) -> Courses:
    """The first index of the factors that come first in the last year, year by year."""
    indices, factor = found.indices, _unit_factor(findings, shown)
    outputs = [findings.output(shown.column, k) for k in range(len(findings.years))]
    unit = _quantity(shown).change if indices.names[0] in IN_UNITS else called(WORDS[indices.names[0]])
    courses = [
        Course(
            factor_name(findings.factors[k]),
            *(part[0, k, outputs] * factor for part in (indices.values, indices.low, indices.high)),
        )
        for k in named(indices, outputs[-1], MOST_LINES)
    ]
    return Courses(_label(shown), unit, tuple(courses), _why_none(found, outputs[-1]))


def grid_of(findings: Findings, found: Found, shown: Shown) -> Grid:
    """The first index by county of the factors that come first in the zone."""
    order = named(found.indices, findings.output(shown.column, -1))
    outputs = [findings.output(column, -1) for column in county_columns(shown).values()]
    values = found.indices.values[0][np.ix_(order, outputs)]
    title = clauses([_quantity(shown).label, called(WORDS[found.indices.names[0]])])
    return Grid(title, tuple(factor_name(findings.factors[k]) for k in order), values)


def county_columns(shown: Shown) -> dict[str, int]:
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


def _quantity(shown: Shown) -> ShownQuantity:
    return shown_quantity(shown.block.variable, shown.block.unit)


def _label(shown: Shown) -> str:
    label = _quantity(shown).label
    return label if shown.region == ZONE else clauses([label, region_words(shown.region)])


def _unit_factor(findings: Findings, shown: Shown) -> float:
    """What brings an index into the unit for readers: effects are in that of the variable, shares are as they are."""
    return shown.block.shown_factor if findings.method in (MORRIS, TORNADO) else 1.0


def _why_none(found: Found, output: int) -> str:
    reason = REASONS[int(found.indices.reasons[:, output].max())]
    return say("No index: {reason}.", reason=called(reason or "nothing is known"))
