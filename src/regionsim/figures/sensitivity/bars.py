"""Ranked bars: the factors that matter most for each variable, the largest above, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.page import Page, Panel, Points
from regionsim.figures.panel_axes import bar, upright
from regionsim.figures.scales import Scale, round_scale
from regionsim.figures.sensitivity.sheet import KeyEntry, RankedRows, Words, draw_rows, row_height, sheet
from regionsim.figures.words import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TOTAL, ALONE, CHANCE = "#9ecae1", "#08519c", "#d55e00"
THICK, THIN = 0.72, 0.3  # of a row
ASIDE = 0.25  # of a row: whiskers of two indices lie beside each other


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

    @property
    def rows(self) -> RankedRows:
        """The names of the bars."""
        return RankedRows(self.title, self.unit, tuple(each.name for each in self.bars), self.more, self.why_none)


def ranked_bars(panels: Sequence[RankedBars], words: Words, name: str, within: str) -> Figure:
    """A panel for each variable; `name` and `within` are what the two indices are called.

    Shares have one scale from 0 to 1, or to the longest interval; effects in units have one for each panel.
    """
    with style.drawing():
        key: list[KeyEntry] = [(name, TOTAL, (), 4.5)]
        key += [(within, ALONE, (), 2.2)] if within else []
        if any(np.isfinite(each.low) for panel in panels for each in panel.bars):
            key.append((say("95 % interval"), style.INK, (), 0.7))
        if any(np.isfinite(panel.chance) for panel in panels):
            key.append((say("reached by a factor that does nothing"), CHANCE, (2.0, 1.0), 0.8))
        counts = [each.rows.count for each in panels]
        height = row_height(counts)
        page, corners = sheet(words, [height * count for count in counts], key)
        for each, corner in zip(panels, corners, strict=True):
            scale = _scale(each)
            panel = draw_rows(page, each.rows, scale, corner, height)
            if panel is not None:
                _bars(page, panel, each)
        return page.figure


def _bars(page: Page, panel: Panel, ranked: RankedBars) -> None:
    wide, narrow, whiskers = [], [], []
    for k, each in enumerate(ranked.bars):
        wide.append(bar(panel, k, 0.0, each.value, THICK))
        if np.isfinite(each.within):
            narrow.append(bar(panel, k, 0.0, each.within, THIN))
        whiskers += _whisker(panel, each.low, each.high, k - (ASIDE if narrow else 0.0))
        whiskers += _whisker(panel, each.within_low, each.within_high, k + ASIDE)
    page.areas(wide, colours=TOTAL)
    page.areas(narrow, colours=ALONE, order=1.5)
    page.lines(whiskers, colour=style.INK, width=0.6, order=3.0)
    if panel.horizontal[0] <= ranked.chance <= panel.horizontal[1]:
        page.lines([upright(panel, ranked.chance)], colour=CHANCE, width=0.8, dashes=(2.0, 1.0), order=3.0)
    page.lines([upright(panel, 0.0)], colour=style.FRAME, width=0.6, order=2.5)


def _whisker(panel: Panel, low: float, high: float, at: float) -> list[Points]:
    return [panel.path([low, high], [at, at])] if np.isfinite(low) else []


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
