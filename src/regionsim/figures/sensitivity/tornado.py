"""Tornado: what either end of each factor changes, the widest above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.page import Page, Panel
from regionsim.figures.scales import round_scale
from regionsim.figures.sensitivity.sheet import (
    COLUMN,
    RIGHT,
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
LOW, HIGH = "#e69f00", "#0072b2"
HALF, HALF_WITHIN = 0.36, 0.16  # of a row


@dataclass(frozen=True)
class Swing:
    """A factor: the change at its low and at its high end."""

    name: str
    at_low: float
    at_high: float


@dataclass(frozen=True)
class Swings:
    """One variable: swings in their order, or why there are none."""

    title: str
    unit: str
    swings: tuple[Swing, ...]
    more: int
    why_none: str = ""


def tornado(panels: Sequence[Swings], words: Words) -> Figure:
    """A panel for each variable, two in a row, each with its own scale around no change."""
    with style.drawing():
        key = [("at the low end of the factor", LOW, (), 4.0), ("at the high end", HIGH, (), 4.0)]
        page, corners = sheet(words, [ROW * (len(each.swings) + (each.more > 0) or 1) for each in panels], key)
        for each, corner in zip(panels, corners, strict=True):
            _panel(page, each, corner)
        return page.figure


def _panel(page: Page, chosen: Swings, corner: tuple[float, float]) -> None:
    left, bottom = corner
    rows = len(chosen.swings) + (chosen.more > 0) or 1
    names = name_width([swing.name for swing in chosen.swings])
    numbers = [0.0, *(number for swing in chosen.swings for number in (swing.at_low, swing.at_high))]
    scale = round_scale(min(numbers), max(numbers)) if min(numbers) < max(numbers) else round_scale(-1.0, 1.0)
    panel = Panel(left + names, bottom, COLUMN - names - RIGHT, ROW * rows, (scale.low, scale.high), (0.0, 1.0))
    heading(page, panel, left, chosen.title)
    if not chosen.swings:
        page.text(left, panel.y + ROW / 2, chosen.why_none, size=style.SMALL_SIZE, colour=style.GREY)
        return
    heights = rows_of(panel, rows)
    for swing, height in zip(chosen.swings, heights, strict=False):
        row_name(page, panel.x, float(height), swing.name)
    if chosen.more:
        row_name(page, panel.x, float(heights[-1]), f"and {chosen.more} more", style.GREY)
    _bars(page, panel, heights, chosen.swings)
    horizontal_scale(page, panel, scale, chosen.unit)
    page.lines([upright(panel, 0.0)], colour=style.INK, width=0.6, order=2.5)


def _bars(page: Page, panel: Panel, heights: NDArray[np.float64], swings: Sequence[Swing]) -> None:
    """Both bars of each row; where both ends change the output the same way, the shorter lies on the longer one."""
    for swing, height in zip(swings, heights, strict=False):
        same_way = swing.at_low * swing.at_high > 0
        for end, other, colour in ((swing.at_low, swing.at_high, LOW), (swing.at_high, swing.at_low, HIGH)):
            is_within = same_way and abs(end) <= abs(other)
            half = ROW * (HALF_WITHIN if is_within else HALF)
            page.areas([bar(panel, end, float(height), half)], colours=colour, order=1.5 if is_within else 1.0)
