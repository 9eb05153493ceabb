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
from regionsim.figures.font import wrapped
from regionsim.figures.page import FOOT_LINE, Page, foot_lines
from regionsim.figures.plain_axes import axes_at

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TITLE_LINE, TEXT_LINE, BETWEEN, PANEL, BELOW = 4.4, 3.4, 8.0, 68.0, 10.0
WRITTEN = style.PAGE_WIDTH - 2 * style.MARGIN
LEFT, WIDTH, SECOND = 17.0, 68.0, 108.0


def discovery_box(
    ranges: Sequence[Range], members: Members, tradeoff: Tradeoff, *, title: str, subtitle: str, foot: Sequence[str]
) -> Figure:
    """A row for each limited factor with its range; below, members by two factors, and the boxes that were weighed."""
    with style.drawing():
        titles = wrapped(title, style.TITLE_SIZE, WRITTEN)
        texts = wrapped(subtitle, style.TEXT_SIZE, WRITTEN)
        head = 4.2 + TITLE_LINE * len(titles) + TEXT_LINE * len(texts)
        below = 2.0 + FOOT_LINE * len(foot_lines(foot)) + BELOW
        height = head + ROW * len(ranges) + BETWEEN + PANEL + below
        page = Page(height, title="", subtitle="", foot=foot)
        y = height - 5.0
        for line in titles:
            page.text(style.MARGIN, y, line, size=style.TITLE_SIZE)
            y -= TITLE_LINE
        for line in texts:
            page.text(style.MARGIN, y, line, colour=style.GREY)
            y -= TEXT_LINE
        for k, each in enumerate(ranges):
            draw_range(page, height - head - ROW * k, each)
        draw_members(axes_at(page.figure, LEFT, below, WIDTH, PANEL), members)
        draw_tradeoff(axes_at(page.figure, SECOND, below, WIDTH, PANEL), tradeoff)
        return page.figure
