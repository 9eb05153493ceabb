"""Ranked bars: the factors that matter most for each variable, the largest above, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.page import Page, Panel, Points
from regionsim.figures.scales import Scale, round_scale
from regionsim.figures.sensitivity.sheet import (
    COLUMN,
    RIGHT,
    KeyEntry,
    Words,
    bar,
    heading,
    horizontal_scale,
    name_width,
    row_name,
    rows_of,
    sheet,
    upright,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW = 3.7
TOTAL, ALONE, CHANCE = "#9ecae1", "#08519c", "#d55e00"
THICK, THIN = 0.72, 0.3  # of a row


@dataclass(frozen=True)
class Bar:
    """A factor: its index with the ends of the interval, and a second index within; nan where there is none."""

    name: str
    value: float
    low: float
    high: float
    within: float
    within_low: float
    within_high: float


@dataclass(frozen=True)
class RankedBars:
    """One variable: bars in their order, or why there are none. `chance` is what a factor that does nothing reaches."""

    title: str
    unit: str
    bars: tuple[Bar, ...]
    more: int
    why_none: str = ""
    chance: float = np.nan


def ranked_bars(panels: Sequence[RankedBars], words: Words, name: str, within: str) -> Figure:
    """A panel for each variable, two in a row; `name` and `within` are what the two indices are called.

    Shares have one scale from 0 to 1, or to the longest interval; effects in units have one for each panel.
    """
    with style.drawing():
        key: list[KeyEntry] = [(name, TOTAL, (), 4.5)]
        key += [(within, ALONE, (), 2.2)] if within else []
        if any(np.isfinite(each.low) for panel in panels for each in panel.bars):
            key.append(("95 % interval", style.INK, (), 0.7))
        if any(np.isfinite(panel.chance) for panel in panels):
            key.append(("reached by a factor that does nothing", CHANCE, (2.0, 1.0), 0.8))
        page, corners = sheet(words, [ROW * (len(each.bars) + (each.more > 0) or 1) for each in panels], key)
        for each, corner in zip(panels, corners, strict=True):
            _panel(page, each, corner)
        return page.figure


def _panel(page: Page, ranked: RankedBars, corner: tuple[float, float]) -> None:
    left, bottom = corner
    rows = len(ranked.bars) + (ranked.more > 0) or 1
    names = name_width([each.name for each in ranked.bars])
    scale = _scale(ranked)
    panel = Panel(left + names, bottom, COLUMN - names - RIGHT, ROW * rows, (scale.low, scale.high), (0.0, 1.0))
    heading(page, panel, left, ranked.title)
    if not ranked.bars:
        page.text(left, panel.y + ROW / 2, ranked.why_none, size=style.SMALL_SIZE, colour=style.GREY)
        return
    heights = rows_of(panel, rows)
    _bars(page, panel, heights, ranked)
    for each, height in zip(ranked.bars, heights, strict=False):
        row_name(page, panel.x, float(height), each.name)
    if ranked.more:
        row_name(page, panel.x, float(heights[-1]), f"and {ranked.more} more", style.GREY)
    horizontal_scale(page, panel, scale, ranked.unit)
    if scale.low <= ranked.chance <= scale.high:
        page.lines([upright(panel, ranked.chance)], colour=CHANCE, width=0.8, dashes=(2.0, 1.0), order=3.0)
    page.lines([upright(panel, 0.0)], colour=style.FRAME, width=0.6, order=2.5)


def _bars(page: Page, panel: Panel, heights: NDArray[np.float64], ranked: RankedBars) -> None:
    step = ROW / 2
    wide, narrow, whiskers = [], [], []
    for each, height in zip(ranked.bars, heights, strict=False):
        wide.append(bar(panel, each.value, float(height), THICK * step))
        if np.isfinite(each.within):
            narrow.append(bar(panel, each.within, float(height), THIN * step))
        whiskers += _whisker(panel, each.low, each.high, float(height) + (0.5 * step if narrow else 0.0))
        whiskers += _whisker(panel, each.within_low, each.within_high, float(height) - 0.5 * step)
    page.areas(wide, colours=TOTAL)
    page.areas(narrow, colours=ALONE, order=1.5)
    page.lines(whiskers, colour=style.INK, width=0.6, order=3.0)


def _whisker(panel: Panel, low: float, high: float, height: float) -> list[Points]:
    if not np.isfinite(low):
        return []
    ends = panel.across([low, high])
    return [np.array([[ends[0], height], [ends[1], height]])]


def _scale(ranked: RankedBars) -> Scale:
    """From the lowest end of an interval, which is seldom far below 0, to a round number above the highest."""
    numbers = [
        number
        for each in ranked.bars
        for number in (each.value, each.low, each.high, each.within, each.within_low, each.within_high)
        if np.isfinite(number)
    ]
    low, high = min([0.0, *numbers]), max([0.0, *numbers])
    if low == high:
        return round_scale(0.0, 1.0)
    scale = round_scale(low, high)
    return Scale(low, scale.high, tuple(tick for tick in scale.ticks if tick >= low))
