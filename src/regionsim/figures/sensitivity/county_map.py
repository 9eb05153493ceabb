"""Factor by county: one grid for each variable, so that one sees where each factor matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import text_width
from regionsim.figures.map_colours import NO_VALUE, is_light
from regionsim.figures.page import Page, foot_height, heading_extra
from regionsim.figures.sensitivity.sheet import TITLE, Words, row_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CELL, NAMES, HEAD, GROUP, BETWEEN = 4.8, 49.0, 12.0, 3.5, 3.0
SCHEME = "Blues"
WHOLE = 3.0  # mm between the counties and the zone


@dataclass(frozen=True)
class Grid:
    """One variable: `values` (factor, region), the regions in groups (of provinces, then the zone)."""

    title: str
    factors: tuple[str, ...]
    values: NDArray[np.float64]


def county_map(
    grids: Sequence[Grid], regions: Sequence[str], groups: Sequence[str], words: Words, *, is_share: bool
) -> Figure:
    """Grids one below the other; `groups` has the group of each region, and a gap stands between groups.

    A cell has the index in hundredths, and its shade; an empty one has none. Shares have one scale for all, effects in
    units are parts of the largest of their column.
    """
    with style.drawing():
        heads = max(text_width(region, style.STAMP_SIZE) for region in regions) + 2.0
        foot = foot_height(words.notes)
        head = HEAD + heading_extra(words.title, words.subtitle)
        height = head + foot + sum(TITLE + GROUP + heads + CELL * len(grid.factors) + BETWEEN for grid in grids)
        page = Page(height, title=words.title, subtitle=words.subtitle, notes=words.notes[:-1], source=words.notes[-1])
        lefts = _lefts(groups)
        top = height - head
        for grid in grids:
            page.text(style.MARGIN, top - 3.0, grid.title)
            _groups(page, groups, regions, lefts, top - TITLE - GROUP)
            _grid(page, grid, regions, lefts, top - TITLE - GROUP - heads, is_share)
            top -= TITLE + GROUP + heads + CELL * len(grid.factors) + BETWEEN
        return page.figure


def _lefts(groups: Sequence[str]) -> NDArray[np.float64]:
    """The left edges of the columns."""
    gaps = np.cumsum([0.0, *(WHOLE / 2 * (one != other) for one, other in zip(groups, groups[1:], strict=False))])
    return np.asarray(style.MARGIN + NAMES + CELL * np.arange(len(groups)) + gaps)


def _groups(
    page: Page, groups: Sequence[str], regions: Sequence[str], lefts: NDArray[np.float64], height: float
) -> None:
    """The name of each group over its columns, but for one that is a region itself."""
    for k, (group, region) in enumerate(zip(groups, regions, strict=True)):
        if group != region and (k == 0 or groups[k - 1] != group):
            page.text(float(lefts[k]), height, group, size=style.SMALL_SIZE, colour=style.GREY)


def _grid(
    page: Page, grid: Grid, regions: Sequence[str], lefts: NDArray[np.float64], top: float, is_share: bool
) -> None:
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    for left, region in zip(lefts, regions, strict=True):
        options = {"rotation": 90, "ha": "center", "va": "bottom"}
        page.text(float(left) + CELL / 2, top + 0.8, region, size=style.STAMP_SIZE, **options)
    known = np.isfinite(grid.values)
    largest = np.ones(len(lefts)) if is_share else np.where(known, np.abs(grid.values), 0.0).max(axis=0)
    largest[largest == 0] = 1.0
    rings, colours = [], []
    for row, name in enumerate(grid.factors):
        bottom = top - CELL * (row + 1)
        row_name(page, float(lefts[0]), bottom + CELL / 2, name)
        for column, left in enumerate(lefts):
            value = float(grid.values[row, column] / largest[column])
            shade = (
                to_hex(colormaps[SCHEME](0.05 + 0.85 * min(max(value, 0.0), 1.0))) if known[row, column] else NO_VALUE
            )
            x = float(left)
            rings.append(np.array([[x, bottom], [x + CELL, bottom], [x + CELL, bottom + CELL], [x, bottom + CELL]]))
            colours.append(shade)
            if known[row, column]:
                ink = style.INK if is_light(shade) else style.PAPER
                options = {"ha": "center", "va": "center_baseline"}
                page.text(
                    x + CELL / 2, bottom + CELL / 2, _hundredths(value), size=style.STAMP_SIZE, colour=ink, **options
                )
    page.areas(rings, colours=colours, edge=style.PAPER, edge_width=0.4)


def _hundredths(value: float) -> str:
    return f"{100 * value:.0f}".replace("-0", "0").replace("-", "\u2212")
