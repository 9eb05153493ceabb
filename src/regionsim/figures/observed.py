"""What was observed against what a run says: levels and changes since the base year, with the line of equality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.page import Page, Panel, foot_height
from regionsim.figures.scales import (
    Scale,
    ends,
    is_amount,
    round_logarithmic,
    round_scale,
    signed_text,
    tick_digits,
    tick_text,
    widen,
    written_unit,
)
from regionsim.results.differences import PERCENTAGE_POINTS
from regionsim.results.indicator_catalogue import Indicator

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

Array = NDArray[np.float64]

SIDE = 62.0  # mm
LEFT_EDGES = (17.0, 95.0)
NAME_GAP = 2.5
ABOVE = 27.0
BELOW = 11.0
NAMED = 4  # of the points, those with the largest errors
MOST_SPREAD = 10.0  # levels that differ by more than this factor are drawn on a logarithmic scale
TEXT_HEIGHT = 2.8  # mm
SMALLEST_SPAN = 0.2  # percent or points: smaller changes lie together


@dataclass(frozen=True)
class ObservedPoints:
    """Points of one indicator, arrays (point,): values in the unit of the indicator, names and provinces of regions.

    `base` is the value of the base year that changes are counted from.
    """

    names: tuple[str, ...]
    provinces: tuple[str, ...]
    years: tuple[int, ...]
    observed: Array
    modelled: Array
    base: Array


@dataclass(frozen=True)
class _Half:
    """One panel: what it shows, in shown units, and how its ticks are written."""

    title: str
    unit: str
    observed: Array
    modelled: Array
    scale: Scale
    ticks: tuple[str, ...]
    logarithmic: bool = False


def observed_against_modelled(dataset: xarray.Dataset, indicator: Indicator, points: ObservedPoints) -> Figure:
    """Two square panels on a page 183 mm wide: levels, and changes from the base year, by county and year.

    The points furthest from the line of changes are named. Levels that differ by more than ten times are on
    logarithmic scales. `dataset` says of which run it is. Raises ValueError for no points.
    """
    if not points.names:
        raise ValueError("a figure of what was observed takes at least one point")
    with style.drawing():
        return _figure(dataset, indicator, points)


def _figure(dataset: xarray.Dataset, indicator: Indicator, points: ObservedPoints) -> Figure:
    base_year, title = int(dataset["year"].values[0]), style.scenario_title(dataset)
    years = sorted(set(points.years))
    span = f"{years[0]} to {years[-1]}" if len(years) > 1 else f"{years[0]}"
    notes = ["Dashed: modelled as observed. Above it the model is too high.", style.stamp([dataset])]
    height = ABOVE + SIDE + BELOW + foot_height(notes) + 1.4
    page = Page(
        height,
        title=f"{indicator.label}: observed and modelled",
        subtitle=f"{title}, {span}, {len(points.names)} observations; base year {base_year}",
        notes=notes[:-1],
        source=notes[-1],
    )
    shown = [name for name in style.PROVINCES if name in points.provinces]
    x = style.MARGIN
    for province in shown:
        page.axes.scatter([x + 1.5], [height - 14.5], s=9.0, color=style.PROVINCES[province][0], linewidths=0.0)
        page.text(x + 4.0, height - 14.5, province, va="center_baseline")
        x += 24.0
    changes = _changes(indicator, points, base_year)
    wanted = _worst(changes)
    for left, half in zip(LEFT_EDGES, (_levels(indicator, points), changes), strict=True):
        panel = Panel(
            left,
            height - ABOVE - SIDE,
            SIDE,
            SIDE,
            (half.scale.low, half.scale.high),
            (half.scale.low, half.scale.high),
        )
        _draw(page, panel, half, points)
        if half is changes:
            _name(page, panel, half, points, wanted, with_year=len(years) > 1)
    return page.figure


def _levels(indicator: Indicator, points: ObservedPoints) -> _Half:
    both = np.concatenate([points.observed, points.modelled]) * indicator.shown_factor
    divisor, unit = written_unit(indicator, both)
    observed, modelled = (values * indicator.shown_factor / divisor for values in (points.observed, points.modelled))
    low, high = ends(both / divisor)
    if is_amount(indicator) and low > 0 and high / low > MOST_SPREAD:
        steps = round_logarithmic(low, high)
        logs = tuple(float(np.log10(step)) for step in steps)
        texts = tuple(f"{step:,.10g}" for step in steps)
        scale = Scale(logs[0], logs[-1], logs)
        return _Half("Level", f"{unit}, logarithmic", np.log10(observed), np.log10(modelled), scale, texts, True)
    scale = round_scale(*widen(low, high, 0.02 * max(abs(low), abs(high), 1e-6)))
    digits = tick_digits(scale.ticks)
    texts = tuple(tick_text(tick, "", digits=digits) for tick in scale.ticks)
    return _Half("Level", unit, observed, modelled, scale, texts)


def _changes(indicator: Indicator, points: ObservedPoints, base_year: int) -> _Half:
    """Changes since the base year: of amounts in percent of it where all have any, else in the shown unit."""
    relative = is_amount(indicator) and bool((points.base > 0).all())
    factor = 100.0 / points.base if relative else np.full(len(points.base), indicator.shown_factor)
    observed, modelled = ((values - points.base) * factor for values in (points.observed, points.modelled))
    unit = "%" if relative else PERCENTAGE_POINTS if indicator.unit == "share" else indicator.shown_unit
    low, high = ends(np.concatenate([observed, modelled]))
    scale = round_scale(*widen(min(low, 0.0), max(high, 0.0), SMALLEST_SPAN))
    digits = tick_digits(scale.ticks)
    texts = tuple(signed_text(tick, digits) for tick in scale.ticks)
    return _Half(f"Change since {base_year}", unit, observed, modelled, scale, texts)


def _worst(half: _Half) -> list[int]:
    """The points with the largest errors, the largest first."""
    order = np.argsort(-np.abs(half.modelled - half.observed), kind="stable")
    return [int(k) for k in order[:NAMED]]


def _draw(page: Page, panel: Panel, half: _Half, points: ObservedPoints) -> None:
    grid = [panel.level(tick) for tick in half.scale.ticks]
    grid += [panel.path([tick, tick], [half.scale.low, half.scale.high]) for tick in half.scale.ticks]
    page.lines(grid, colour=style.GRID, width=0.4, order=1.0)
    ends_of_line = [half.scale.low, half.scale.high]
    page.lines([panel.path(ends_of_line, ends_of_line)], colour=style.REFERENCE, width=0.8, dashes=(4.0, 2.0))
    page.lines([panel.frame()], colour=style.FRAME, width=0.6)
    for tick, text in zip(half.scale.ticks, half.ticks, strict=True):
        page.text(float(panel.across(tick)), panel.y - 1.2, text, size=style.SMALL_SIZE, ha="center", va="top")
        page.text(panel.x - 1.2, float(panel.up(tick)), text, size=style.SMALL_SIZE, ha="right", va="center_baseline")
    page.text(panel.x, panel.y + SIDE + 5.0, f"{half.title} ({half.unit})", va="bottom")
    page.text(panel.x, panel.y + SIDE + 1.6, "modelled", size=style.SMALL_SIZE, colour=style.GREY, va="bottom")
    page.text(panel.x + SIDE, panel.y - 5.0, "observed", size=style.SMALL_SIZE, colour=style.GREY, ha="right", va="top")
    colours = [style.PROVINCES[province][0] for province in points.provinces]
    page.axes.scatter(
        panel.across(half.observed),
        panel.up(half.modelled),
        s=9.0,
        color=colours,
        linewidths=0.3,
        edgecolors=style.PAPER,
        alpha=0.85,
        zorder=3.0,
    )


def _name(page: Page, panel: Panel, half: _Half, points: ObservedPoints, wanted: list[int], *, with_year: bool) -> None:
    """Names to the right of the panel, each with a thin line from its point, so that no name lies on a point."""
    across, up = panel.across(half.observed), panel.up(half.modelled)
    left = panel.x + SIDE + NAME_GAP
    ordered = sorted(wanted, key=lambda k: (up[k], across[k]))
    height = panel.y
    for place, k in enumerate(ordered):
        still_above = len(ordered) - 1 - place
        height = min(max(float(up[k]), height), panel.y + SIDE - still_above * TEXT_HEIGHT)
        text = f"{points.names[k]} {points.years[k]}" if with_year else points.names[k]
        page.lines(
            [np.array([[float(across[k]), float(up[k])], [left - 0.6, height]])], colour=style.REFERENCE, width=0.3
        )
        page.text(left, height, text, size=style.SMALL_SIZE, va="center_baseline")
        height += TEXT_HEIGHT
