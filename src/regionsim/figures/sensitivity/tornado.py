"""Tornado: what either end of each factor changes, the widest above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.page import Page, Panel
from regionsim.figures.panel_axes import bar, upright
from regionsim.figures.scales import Scale, round_scale
from regionsim.figures.sensitivity.sheet import KeyEntry, RankedRows, Words, draw_rows, row_height, sheet
from regionsim.figures.words import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LOW, HIGH = "#e69f00", "#0072b2"
THICK, THICK_WITHIN = 0.72, 0.32  # of a row


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

    @property
    def rows(self) -> RankedRows:
        """The names of the swings."""
        return RankedRows(self.title, self.unit, tuple(each.name for each in self.swings), self.more, self.why_none)


def tornado(panels: Sequence[Swings], words: Words) -> Figure:
    """A panel for each variable, each with its own scale around no change."""
    with style.drawing():
        key: list[KeyEntry] = [
            (say("at the low end of the factor"), LOW, (), 4.0),
            (say("at the high end"), HIGH, (), 4.0),
        ]
        counts = [each.rows.count for each in panels]
        height = row_height(counts)
        page, corners = sheet(words, [height * count for count in counts], key)
        for each, corner in zip(panels, corners, strict=True):
            panel = draw_rows(page, each.rows, _scale(each), corner, height)
            if panel is not None:
                _bars(page, panel, each.swings)
        return page.figure


def _scale(chosen: Swings) -> Scale:
    numbers = [0.0, *(number for swing in chosen.swings for number in (swing.at_low, swing.at_high))]
    return round_scale(min(numbers), max(numbers)) if min(numbers) < max(numbers) else round_scale(-1.0, 1.0)


def _bars(page: Page, panel: Panel, swings: Sequence[Swing]) -> None:
    """Both bars of each row; where both ends change the output the same way, the shorter lies on the longer one."""
    for k, swing in enumerate(swings):
        same_way = swing.at_low * swing.at_high > 0
        for end, other, colour in ((swing.at_low, swing.at_high, LOW), (swing.at_high, swing.at_low, HIGH)):
            is_within = same_way and abs(end) <= abs(other)
            thick = THICK_WITHIN if is_within else THICK
            page.areas([bar(panel, k, 0.0, end, thick)], colours=colour, order=1.5 if is_within else 1.0)
    page.lines([upright(panel, 0.0)], colour=style.INK, width=0.6, order=2.5)
