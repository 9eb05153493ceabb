"""The figures of a discovery: a page for each box."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from regionsim import __version__
from regionsim.figures.discovery_box import discovery_box
from regionsim.figures.discovery_parts import Members, Range, Tradeoff
from regionsim.figures.font import drawable
from regionsim.studies.discover.boxes import Array, Limit
from regionsim.studies.discover.discover import Discovery, FoundBox
from regionsim.studies.discover.halves import ENOUGH_FOR_A_LIMIT
from regionsim.studies.discover.words import MAY_BE_CHANCE, amount, bound, percent, plain, support, unit, whole_range
from regionsim.studies.sweep.factors import Factor
from regionsim.studies.sweep.failures import distances

if TYPE_CHECKING:
    import xarray

FORMATS = ("png", "pdf")


def draw(discovery: Discovery, folder: Path) -> None:
    """Draw box_1 and so on into the folder, with where they come from."""
    from regionsim.figures.files import save
    from regionsim.figures.style import stamp

    origin = _origin(discovery)
    for number, found in enumerate(discovery.boxes, start=1):
        fit = found.fit
        title = f"Box {number}. {discovery.question.words}"
        outside = f"Of the {fit.all_members} members outside the boxes before: " if number > 1 else ""
        subtitle = (
            f"{outside}{fit.failing} of {fit.members} in the box fail (density {percent(fit.density)}, without it "
            f"{percent(fit.base_rate)}); it has {percent(fit.coverage)} of the failing (coverage). Scenario "
            f"{discovery.question.scenario}."
        )
        foot = (
            "Association among the draws, not cause; p is the quasi p-value of a limit. Halves: the search again in "
            f"{found.halves.count} random halves of the members, judged in the other halves. Study "
            f"{discovery.sweep.record['study']}.",
            stamp([origin]),
        )
        figure = discovery_box(
            _ranges(discovery, found),
            _members(discovery, found),
            _tradeoff(found),
            title=_plain(title),
            subtitle=_plain(subtitle),
            foot=tuple(map(_plain, foot)),
        )
        save(figure, folder / f"box_{number}", [origin], title, FORMATS)


def _ranges(discovery: Discovery, found: FoundBox) -> list[Range]:
    ranges = []
    for place in dict.fromkeys(limit.factor for limit in found.box):
        factor, column = discovery.sweep.factors[place], discovery.numbers[:, place]
        pairs = [(one, share) for one, share in zip(found.box, found.shares, strict=True) if one.factor == place]
        limits = {one.side: one for one, _ in pairs}
        often = max(support(found, one) for one, _ in pairs)
        doubt = f", {MAY_BE_CHANCE}" if often < ENOUGH_FOR_A_LIMIT else ""
        note = f"p {min(share for _, share in pairs):.1g}, in {percent(often)} of the halves{doubt}"
        whole = whole_range(factor, column)
        low, high = (_bound(factor, limits.get(side)) for side in ("at least", "at most"))
        texts = (
            plain(whole[0]),
            plain(whole[1]),
            "" if low is None else amount(factor, low),
            "" if high is None else amount(factor, high),
        )
        chosen = limits["one of"].choices if "one of" in limits else ()
        choices = tuple(
            (_plain(str(factor.said(choice))), float(choice) in chosen) for choice in factor.choices if chosen
        )
        ranges.append(
            Range(
                _plain(factor.key),
                note,
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
        ", ".join(filter(None, (factor.key, unit(factor), "" if place in strength else "not limited")))
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


def _bound(factor: Factor, limit: Limit | None) -> float | None:
    return None if limit is None else bound(factor, limit)


def _origin(discovery: Discovery) -> xarray.Dataset:
    """What a figure records of where it comes from."""
    import xarray

    record = discovery.sweep.record
    return xarray.Dataset(
        attrs={
            "scenario": discovery.question.scenario,
            "scenario_hash": record["scenarios"][discovery.question.scenario],
            "data_hash": record["data_hash"],
            "version": __version__,
            "seed": str(record["design"].get("seed", "")),
        }
    )


def _plain(text: str) -> str:
    """The text, or what the font has of it."""
    return drawable(text, text.encode("ascii", "replace").decode())
