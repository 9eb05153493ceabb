"""One page for a box in which members fail: what it allows, where members lie, what density costs in coverage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.discovery_parts import (
    ROW,
    Members,
    Range,
    Tradeoff,
    draw_members,
    draw_range,
    draw_tradeoff,
)
from regionsim.figures.page import Page, foot_height, heading_extra
from regionsim.figures.plain_axes import axes_at

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEAD, BETWEEN, PANEL, BELOW = 12.0, 8.0, 68.0, 10.0
LEFT, WIDTH, SECOND = 17.0, 68.0, 108.0


def discovery_box(
    ranges: Sequence[Range], members: Members, tradeoff: Tradeoff, *, title: str, subtitle: str, foot: Sequence[str]
) -> Figure:
    """A row for each limited factor with its range; below, members by two factors, and the boxes that were weighed.

    The last line of `foot` says where the figure comes from.
    """
    with style.drawing():
        head = HEAD + heading_extra(title, subtitle)
        below = foot_height(foot) + BELOW
        height = head + ROW * len(ranges) + BETWEEN + PANEL + below
        page = Page(height, title=title, subtitle=subtitle, notes=foot[:-1], source=foot[-1])
        for k, each in enumerate(ranges):
            draw_range(page, height - head - ROW * k, each)
        draw_members(axes_at(page.figure, LEFT, below, WIDTH, PANEL), members)
        draw_tradeoff(axes_at(page.figure, SECOND, below, WIDTH, PANEL), tradeoff)
        return page.figure
