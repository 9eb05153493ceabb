"""Factor by county: one grid for each variable, so that one sees where each factor matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.colour_bar import BELOW, box, colour_bar
from regionsim.figures.colour_bar import HEIGHT as BAR_HEIGHT
from regionsim.figures.font import text_width
from regionsim.figures.look import current
from regionsim.figures.map_colours import NO_VALUE, is_light
from regionsim.figures.page import Page, foot_height, heading_extra
from regionsim.figures.sensitivity.sheet import TITLE, Words, cut_to

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEAD, GROUP, BETWEEN = 12.0, 3.5, 3.0  # mm
CELL, CELL_OF_NARROW, LOWEST_CELL = 4.8, 2.3, 2.7  # mm; numbers have no room in the cells of a narrow page
NAMES, NAMES_OF_NARROW, NAME_GAP = 49.0, 26.0, 1.5
GRIDS, GRIDS_OF_SLIDE = 3, 1
SCHEME = "Blues"
WHOLE = 3.0  # mm between the counties and the zone


@dataclass(frozen=True)
class Grid:
    """One variable: `values` (factor, region), the regions in groups (of provinces, then the zone)."""

    title: str
    factors: tuple[str, ...]
    values: NDArray[np.float64]


@dataclass(frozen=True)
class _Layout:
    """Sizes in mm: cells, the column of names, and the room above the cells for the names of regions."""

    cell: float
    row: float
    names: float
    heads: float


def grids_of_page() -> int:
    """How many grids a page of the look has."""
    return GRIDS_OF_SLIDE if current().slides else GRIDS


def county_map(
    grids: Sequence[Grid], regions: Sequence[str], groups: Sequence[str], words: Words, *, is_share: bool
) -> Figure:
    """Grids one below the other; `groups` has the group of each region, and a gap stands between groups.

    A cell has the index in hundredths (on a wide page), and its shade; an empty one has none. A narrow page has the
    scale of shades below. Shares have one scale for all, effects in units are parts of the largest of their column.
    """
    with style.drawing():
        look = current()
        heads = max(text_width(region, style.STAMP_SIZE) for region in regions) + 2.0
        foot = foot_height(words.notes)
        head = HEAD + heading_extra(words.title, words.subtitle)
        names = NAMES_OF_NARROW if look.narrow else NAMES
        room = look.page_width - 2 * style.MARGIN - names - WHOLE
        cell = min(CELL_OF_NARROW if look.narrow else CELL, room / len(regions))
        row = max(cell, LOWEST_CELL)
        if look.slides:
            most = max(len(grid.factors) for grid in grids)
            row = look.row_height(0.0, 1, head + foot + TITLE + GROUP + heads) / max(most, 1)
        layout = _Layout(cell, min(row, CELL), names, heads)
        scale = BAR_HEIGHT + BELOW + BETWEEN if look.narrow else 0.0
        height = head + scale + foot + sum(_height(grid, layout) for grid in grids)
        page = Page(height, title=words.title, subtitle=words.subtitle, notes=words.notes[:-1], source=words.notes[-1])
        lefts = _lefts(groups, layout)
        top = page.height - head
        for grid in grids:
            page.text(style.MARGIN, top - 3.0, grid.title)
            _groups(page, groups, regions, lefts, top - TITLE - GROUP)
            _grid(page, grid, regions, lefts, top - TITLE - GROUP - heads, layout, is_share)
            top -= _height(grid, layout)
        if look.narrow:
            wide = float(lefts[-1]) + cell - float(lefts[0])
            colour_bar(page, (float(lefts[0]), foot + BELOW), wide, _shade, ("0", "0.5", "1"))
        return page.figure


def _height(grid: Grid, layout: _Layout) -> float:
    return TITLE + GROUP + layout.heads + layout.row * len(grid.factors) + BETWEEN


def _lefts(groups: Sequence[str], layout: _Layout) -> NDArray[np.float64]:
    """The left edges of the columns."""
    gaps = np.cumsum([0.0, *(WHOLE / 2 * (one != other) for one, other in zip(groups, groups[1:], strict=False))])
    return np.asarray(style.MARGIN + layout.names + layout.cell * np.arange(len(groups)) + gaps)


def _groups(
    page: Page, groups: Sequence[str], regions: Sequence[str], lefts: NDArray[np.float64], height: float
) -> None:
    """The name of each group over its columns, but for one that is a region itself."""
    for k, (group, region) in enumerate(zip(groups, regions, strict=True)):
        if group != region and (k == 0 or groups[k - 1] != group):
            page.text(float(lefts[k]), height, group, size=style.SMALL_SIZE, colour=style.GREY)


def _grid(
    page: Page,
    grid: Grid,
    regions: Sequence[str],
    lefts: NDArray[np.float64],
    top: float,
    layout: _Layout,
    is_share: bool,
) -> None:
    cell, high = layout.cell, layout.row
    for left, region in zip(lefts, regions, strict=True):
        options = {"rotation": 90, "ha": "center", "va": "bottom"}
        page.text(float(left) + cell / 2, top + 0.8, region, size=style.STAMP_SIZE, **options)
    known = np.isfinite(grid.values)
    largest = np.ones(len(lefts)) if is_share else np.where(known, np.abs(grid.values), 0.0).max(axis=0)
    largest[largest == 0] = 1.0
    middle = {"ha": "center", "va": "center_baseline"}
    rings, colours = [], []
    for row, name in enumerate(grid.factors):
        bottom = top - high * (row + 1)
        short = cut_to(name, style.SMALL_SIZE, layout.names - NAME_GAP)
        page.text(float(lefts[0]) - NAME_GAP, bottom + high / 2, short, size=style.SMALL_SIZE, ha="right",
                  va="center_baseline")  # fmt: skip
        for column, left in enumerate(lefts):
            value, x = float(grid.values[row, column] / largest[column]), float(left)
            shade = _shade(value) if known[row, column] else NO_VALUE
            rings.append(box(x, bottom, cell, high))
            colours.append(shade)
            if known[row, column] and not current().narrow:
                ink = style.INK if is_light(shade) else style.PAPER
                text = _hundredths(value)
                page.text(x + cell / 2, bottom + high / 2, text, size=style.STAMP_SIZE, colour=ink, **middle)
    page.areas(rings, colours=colours, edge=style.PAPER, edge_width=0.4)


def _shade(value: float) -> str:
    """The colour of an index from 0 to 1; what lies beyond has that of the end."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    return to_hex(colormaps[SCHEME](0.05 + 0.85 * min(max(value, 0.0), 1.0)))


def _hundredths(value: float) -> str:
    return f"{100 * value:.0f}".replace("-0", "0").replace("-", "\u2212")
