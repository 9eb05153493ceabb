"""The figures of a discovery: a page for each box."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from regionsim import __version__
from regionsim.figures.discovery_box import discovery_box
from regionsim.figures.discovery_parts import Members, Range, Tradeoff
from regionsim.figures.drawings import Drawing
from regionsim.figures.font import drawable
from regionsim.figures.quantities import region_words, shown_quantity
from regionsim.figures.style import scenario_title, stamp
from regionsim.figures.words import called, clauses, say, sentences
from regionsim.studies.discover.ask import Question
from regionsim.studies.discover.boxes import Array, Limit
from regionsim.studies.discover.condition import LARGE, WORDS
from regionsim.studies.discover.discover import Discovery, FoundBox
from regionsim.studies.discover.halves import ENOUGH_FOR_A_LIMIT
from regionsim.studies.discover.words import bound, percent, plain, support, unit, whole_range
from regionsim.studies.sensitivity.factor_words import factor_name
from regionsim.studies.sweep.factors import Factor
from regionsim.studies.sweep.failures import distances

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure


def discovery_drawings(discovery: Discovery) -> list[Drawing]:
    """box_1 and so on, to be drawn in the look of this drawing."""
    origin, drawings = _origin(discovery), []
    for number, found in enumerate(discovery.boxes, start=1):
        title = _plain(say("Box {number}. {question}", number=number, question=_question(discovery.question)))
        draw = partial(_figure, discovery, found, number, title, origin)
        drawings.append(Drawing(f"box_{number}", title, draw, (), (origin,)))
    return drawings


def _figure(discovery: Discovery, found: FoundBox, number: int, title: str, origin: xarray.Dataset) -> Figure:
    fit = found.fit
    subtitle = [
        say("Of the {count} members outside the boxes before:", count=fit.all_members) if number > 1 else "",
        say(
            "{failing} of {members} in the box fail (density {density}, without it {base}); it has {coverage} of the "
            "failing (coverage).",
            failing=fit.failing,
            members=fit.members,
            density=percent(fit.density),
            base=percent(fit.base_rate),
            coverage=percent(fit.coverage),
        ),
        scenario_title(origin),
    ]
    notes = [
        say("Association among the draws, not cause; p is the quasi p-value of a limit."),
        say(
            "Halves: the search again in {count} random halves of the members, judged in the other halves.",
            count=found.halves.count,
        ),
    ]
    return discovery_box(
        _ranges(discovery, found),
        _members(discovery, found),
        _tradeoff(found),
        title=title,
        subtitle=_plain(sentences(subtitle)),
        foot=(sentences(notes), stamp([origin])),
    )


def _question(question: Question) -> str:
    """What failing means, in the language of the drawing."""
    condition = question.condition
    if condition is None:
        return say("The run breaks down")
    quantity = shown_quantity(condition.series.variable, condition.series.unit)
    limit = condition.number * condition.factor
    measured = [quantity.label, region_words(condition.series.region), say("{year}", year=condition.year)]
    if condition.since is not None:
        measured.append(say("change since {year}", year=condition.since))
    if condition.against is not None:
        measured.append(say("difference from {base}", base=condition.against))
    return say(
        "{what}: {sign} {number} {unit}",
        what=clauses(measured),
        sign=called(WORDS[condition.sign]),
        number=f"{limit:,.10g}" if abs(limit) >= LARGE else f"{limit:g}",
        unit=called(condition.unit),
    ).rstrip()


def _ranges(discovery: Discovery, found: FoundBox) -> list[Range]:
    ranges = []
    for place in dict.fromkeys(limit.factor for limit in found.box):
        factor, column = discovery.sweep.factors[place], discovery.numbers[:, place]
        pairs = [(one, share) for one, share in zip(found.box, found.shares, strict=True) if one.factor == place]
        limits = {one.side: one for one, _ in pairs}
        often = max(support(found, one) for one, _ in pairs)
        least = min(share for _, share in pairs)
        note = [say("p {share}, in {often} of the halves", share=f"{least:.1g}", often=percent(often))]
        note += [say("may be chance")] if often < ENOUGH_FOR_A_LIMIT else []
        whole = whole_range(factor, column)
        low, high = (_bound(factor, limits.get(side)) for side in ("at least", "at most"))
        texts = (
            plain(whole[0]),
            plain(whole[1]),
            "" if low is None else _amount(factor, low),
            "" if high is None else _amount(factor, high),
        )
        chosen = limits["one of"].choices if "one of" in limits else ()
        choices = tuple(
            (_plain(str(factor.said(choice))), float(choice) in chosen) for choice in factor.choices if chosen
        )
        ranges.append(
            Range(
                _plain(factor_name(factor)),
                clauses(note),
                whole,
                whole[0] if low is None else low,
                whole[1] if high is None else high,
                texts,
                choices,
            )
        )
    return ranges


def _members(discovery: Discovery, found: FoundBox) -> Members:
    """By the two factors that the box limits and that tell most; by one more where it limits but one."""
    numbers, fails = discovery.numbers[found.looked_at], discovery.fails[found.looked_at]
    strength: dict[int, float] = {}
    for limit, share in zip(found.box, found.shares, strict=True):
        strength[limit.factor] = min(share, strength.get(limit.factor, 1.0))
    places = sorted(strength, key=lambda place: strength[place])[:2]
    if len(places) < 2:
        apart = distances(numbers, fails)
        others = [place for place in np.argsort(-apart, kind="stable") if place not in places]
        places += [int(place) for place in others[:1]] or places
    factors = [discovery.sweep.factors[place] for place in places]
    one, other = (
        clauses([each for each in (factor_name(factor), called(unit(factor)), _limited(place in strength)) if each])
        for factor, place in zip(factors, places, strict=True)
    )
    across, up = (_sides(found, factor, place) for factor, place in zip(factors, places, strict=True))
    ticks = [tuple(_plain(str(value)) for value in each.values) if each.in_words else () for each in factors]
    return Members((_plain(one), _plain(other)), numbers[:, places], fails, (across, up), (ticks[0], ticks[1]))


def _sides(found: FoundBox, factor: Factor, place: int) -> tuple[float, float]:
    """Low and high of the box along a factor, nan where it is open."""
    low = high = float("nan")
    for limit in found.box:
        if limit.factor != place:
            continue
        if limit.side == "one of":  # a frame around the words from the first to the last
            low, high = min(limit.choices) - 0.4, max(limit.choices) + 0.4
        elif limit.side == "at least":
            low = limit.bound
        else:
            high = limit.bound
    return low, high


def _tradeoff(found: FoundBox) -> Tradeoff:
    """Of the boxes that were weighed those in which no fewer fail than among all: a tree has others, too."""
    better = [(box, fit) for box, fit in found.row if fit.members and fit.density >= fit.base_rate]
    row: Array = np.array([(fit.coverage, fit.density, len({limit.factor for limit in box})) for box, fit in better])
    halves = found.halves
    chosen = (found.fit.coverage, found.fit.density)
    return Tradeoff(row, chosen, (halves.coverage, halves.density), found.fit.base_rate)


def _limited(is_limited: bool) -> str:
    return "" if is_limited else say("not limited")


def _amount(factor: Factor, number: float) -> str:
    """A number of a factor with its unit; a factor on the evidence is one."""
    return f"{plain(number)} {called(unit(factor))}".rstrip()


def _bound(factor: Factor, limit: Limit | None) -> float | None:
    return None if limit is None else bound(factor, limit)


def _origin(discovery: Discovery) -> xarray.Dataset:
    """What a figure records of where it comes from."""
    import xarray

    record, title = discovery.sweep.record, discovery.sweep.record["title"]
    return xarray.Dataset(
        attrs={
            "scenario": discovery.question.scenario,
            "title": clauses([title["en"], discovery.question.scenario]),
            "title_zh": f"{title['zh']}，{discovery.question.scenario}",
            "scenario_hash": record["scenarios"][discovery.question.scenario],
            "data_hash": record["data_hash"],
            "version": __version__,
            "seed": str(record["design"].get("seed", "")),
            "study": record["study"],
            "runs": len(discovery.sweep.numbers),
        }
    )


def _plain(text: str) -> str:
    """The text, or what the font has of it."""
    return drawable(text, text.encode("ascii", "replace").decode())
