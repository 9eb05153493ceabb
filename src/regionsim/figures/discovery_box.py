"""One page for a box in which members fail: what it allows, where members lie, what density costs in coverage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.discovery_parts import (
    Members,
    Range,
    Tradeoff,
    draw_members,
    draw_range,
    draw_tradeoff,
    range_height,
)
from regionsim.figures.look import current
from regionsim.figures.page import Page, foot_height, heading_extra, key_height

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEAD, TITLES, PANEL, PANEL_OF_NARROW, BELOW = 12.0, 10.0, 62.0, 50.0, 8.0  # mm
LEFT, RIGHT = 14.0, 4.0
MOST_RANGES_OF_SLIDE = 3


def discovery_box(
    ranges: Sequence[Range], members: Members, tradeoff: Tradeoff, *, title: str, subtitle: str, foot: Sequence[str]
) -> Figure:
    """A row for each limited factor with its range; below, members by two factors, and the boxes that were weighed.

    The last line of `foot` says where the figure comes from. A slide has the first three factors.
    """
    with style.drawing():
        look = current()
        head = HEAD + heading_extra(title, subtitle)
        entries = tradeoff.entries
        below = foot_height(foot) + key_height(entries) + BELOW
        shown = ranges[:MOST_RANGES_OF_SLIDE] if look.slides else ranges
        rows, down = range_height() * len(shown), 2 if look.narrow else 1
        each = look.row_height(PANEL_OF_NARROW if look.narrow else PANEL, down, head + rows + down * TITLES + below)
        height = head + rows + down * (TITLES + each) + (down - 1) * BELOW + below
        page = Page(height, title=title, subtitle=subtitle, notes=foot[:-1], source=foot[-1])
        top = page.height - head
        for k, factor in enumerate(shown):
            draw_range(page, top - range_height() * k, factor)
        across = page.width / (3 - down) - LEFT - RIGHT
        first = top - rows - TITLES - each
        second = (LEFT, first - BELOW - TITLES - each) if look.narrow else (page.width / 2 + LEFT, first)
        draw_members(page, (LEFT, first), (across, each), members)
        draw_tradeoff(page, second, (across, each), tradeoff)
        page.key(style.MARGIN, second[1] - BELOW - 1.6, entries)
        return page.figure
