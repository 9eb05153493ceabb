"""Which measures help and which hinder each other: a square for each pair."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.attributed import Array, Attributed, attributed
from regionsim.figures.colour_bar import HEIGHT as BAR_HEIGHT
from regionsim.figures.colour_bar import box, colour_bar
from regionsim.figures.contributions import DOWN, UP, signed
from regionsim.figures.font import text_width
from regionsim.figures.look import Look, current
from regionsim.figures.page import Page, foot_height, heading_extra
from regionsim.figures.sensitivity.sheet import cut_to
from regionsim.figures.words import say

if TYPE_CHECKING:
    import xarray
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure

HEAD, SCALE, GAP = 12.0, 9.0, 2.0  # mm
LARGEST_CELL, LOWEST_CELL, NARROW_CELL = 7.0, 2.7, 4.0  # mm; on narrow ones numbers of measures stand upright
WIDEST_NAME, WIDEST_NAME_OF_NARROW = 0.45, 0.33  # of the page
SHORT = re.compile(r"S?\d+(?= )")  # the number that stands before the title of a measure
NOTHING = "#eeeeee"
SCALE_WIDTH = 50.0  # mm


def interaction_map(dataset: xarray.Dataset, key: str, look: Look | None = None) -> Figure:
    """A square for each pair of measures: blue where the two help each other, orange where they hinder.

    `key` names the result, in the zone and the last year. Raises KeyError for an unknown one.
    """
    with style.drawing(look):
        return _figure(dataset, attributed(dataset, key))


def _figure(dataset: xarray.Dataset, result: Attributed) -> Figure:
    look, count = current(), len(result.measures)
    title = say("{what}, {where}, {year}: what measures change together", what=result.quantity.label,
                where=result.where, year=result.year)  # fmt: skip
    subtitle = style.scenario_title(dataset)
    notes = [say("Beyond what each does alone, in {unit}; grey: no pair.", unit=result.quantity.change)]
    if np.isnan(result.together[~np.eye(count, dtype=bool)]).any():
        unit = result.quantity.change
        notes = [say("Beyond what each does alone, in {unit}; grey: no pair, or none that was sampled.", unit=unit)]
    source = style.stamp([dataset])
    widest = (WIDEST_NAME_OF_NARROW if look.narrow else WIDEST_NAME) * look.page_width
    names = [cut_to(name, style.SMALL_SIZE, widest) for name in result.measures]
    tops = [_short(name) for name in result.measures]
    left = style.MARGIN + GAP + max(text_width(name, style.SMALL_SIZE) for name in names)
    cell = min(LARGEST_CELL, (look.page_width - style.MARGIN - left) / count)
    lies = cell >= NARROW_CELL and all(len(top) <= 3 for top in tops)
    above = 4.0 if lies else 2.0 + max(text_width(top, style.SMALL_SIZE) for top in tops)
    head, foot = HEAD + heading_extra(title, subtitle) + above, SCALE + foot_height([*notes, source])
    height = look.row_height(0.0, 1, head + foot) / count if look.slides else max(cell, LOWEST_CELL)
    page = Page(head + height * count + foot, title=title, subtitle=subtitle, notes=notes, source=source)
    top = page.height - head
    _cells(page, result.together, (left, top), (cell, height))
    for k, (name, short) in enumerate(zip(names, tops, strict=True)):
        y, x = top - height * (k + 0.5), left + cell * (k + 0.5)
        page.text(left - GAP / 2, y, name, size=style.SMALL_SIZE, ha="right", va="center_baseline")
        page.text(x, top + 0.8, short, size=style.SMALL_SIZE, ha="center", va="bottom", rotation=0 if lies else 90)
    _scale(page, left, top - height * count - 3.0 - BAR_HEIGHT, float(np.nanmax(np.abs(result.together))))
    return page.figure


def _short(name: str) -> str:
    """The number of a measure of the plan, or the whole name of a group."""
    found = SHORT.match(name)
    return found.group() if found else name


def _colours() -> Colormap:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("help or hinder", [DOWN, style.PAPER, UP]).with_extremes(bad=NOTHING)


def _cells(page: Page, together: Array, corner: tuple[float, float], size: tuple[float, float]) -> None:
    from matplotlib.colors import to_hex

    (left, top), (width, height) = corner, size
    most = float(np.nanmax(np.abs(together))) or 1.0
    colours = _colours()(np.ma.masked_invalid((together / most + 1) / 2))
    boxes = [
        box(left + width * column, top - height * (row + 1), width, height)
        for row, column in np.ndindex(*together.shape)
    ]
    page.areas(boxes, colours=[to_hex(colour) for row in colours for colour in row], edge=style.PAPER, edge_width=0.4)


def _scale(page: Page, left: float, bottom: float, most: float) -> None:
    """The colours from the largest hindrance to the largest help."""
    from matplotlib.colors import to_hex

    colours = _colours()
    texts = [signed(value, 2) if value else "0" for value in (-most, 0.0, most)]
    wide = min(SCALE_WIDTH, page.width - left - 2 * style.MARGIN)
    colour_bar(page, (left, bottom), wide, lambda place: to_hex(colours(place)), texts)
