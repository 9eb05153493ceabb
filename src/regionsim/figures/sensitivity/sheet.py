"""Panels in two columns on one page, each with a title, rows or a plot, and a scale below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import text_width, wrapped
from regionsim.figures.page import Entry, Page, Panel, Points, foot_height, heading_extra, key_height
from regionsim.figures.scales import Scale, tick_digits, tick_text

COLUMN = 87.0  # mm
COLUMNS = (style.MARGIN, style.PAGE_WIDTH - style.MARGIN - COLUMN)
HEAD, TITLE, SCALE, BETWEEN = 15.0, 5.0, 6.5, 3.0
WIDEST_NAME = 48.0
NAME_GAP = 1.5
RIGHT = 5.0

# Label, colour, dashes and width of a line sample.
KeyEntry = tuple[str, str, tuple[float, ...], float]


@dataclass(frozen=True)
class Words:
    """What stands around the panels: title, subtitle and the notes at the foot."""

    title: str
    subtitle: str
    notes: tuple[str, ...]


def sheet(words: Words, heights: Sequence[float], key: Sequence[KeyEntry]) -> tuple[Page, list[tuple[float, float]]]:
    """A page for plots of these heights (mm), two in a row, and the lower left corner of each one's column."""
    rows = [max(heights[k : k + 2]) for k in range(0, len(heights), 2)]
    entries = [Entry(*entry) for entry in key]
    subtitle = wrapped(words.subtitle, style.TEXT_SIZE, style.PAGE_WIDTH - 2 * style.MARGIN)[0]
    above = HEAD + heading_extra(words.title, subtitle)
    head = above + key_height(entries)
    height = head + foot_height(words.notes) + sum(TITLE + row + SCALE + BETWEEN for row in rows)
    page = Page(height, title=words.title, subtitle=subtitle, notes=words.notes[:-1], source=words.notes[-1])
    page.key(style.MARGIN, height - above, entries)
    corners, top = [], height - head
    for k in range(len(heights)):
        row = rows[k // 2]
        # A plot that is lower than its neighbour hangs from the same line.
        corners.append((COLUMNS[k % 2], top - TITLE - heights[k]))
        if k % 2 == 1:
            top -= TITLE + row + SCALE + BETWEEN
    return page, corners


def heading(page: Page, panel: Panel, left: float, text: str) -> None:
    """The title of a panel, above it and from the left edge of its column, cut where the column ends."""
    page.text(left, panel.y + panel.height + 1.6, cut_to(text, style.TEXT_SIZE, COLUMN))


def horizontal_scale(page: Page, panel: Panel, scale: Scale, unit: str) -> None:
    """Grid, ticks and their labels below a panel, and what they are of; labels that would touch are left out."""
    top = panel.y + panel.height
    page.lines(
        [np.array([[x, panel.y], [x, top]]) for x in panel.across(scale.ticks)], colour=style.GRID, width=0.4, order=0.5
    )
    digits, end = tick_digits(scale.ticks), -np.inf
    for tick in scale.ticks:
        text, x = tick_text(tick, "", digits=digits), float(panel.across(tick))
        half = text_width(text, style.STAMP_SIZE) / 2
        if x - half > end + 1.0:
            page.text(x, panel.y - 2.4, text, size=style.STAMP_SIZE, colour=style.GREY, ha="center")
            end = x + half
    page.text(panel.x, panel.y - 5.0, unit, size=style.STAMP_SIZE, colour=style.GREY)


def vertical_scale(page: Page, panel: Panel, scale: Scale) -> None:
    """Grid and labels to the left of a panel."""
    page.lines([panel.level(tick) for tick in scale.ticks], colour=style.GRID, width=0.4, order=0.5)
    digits = tick_digits(scale.ticks)
    for tick in scale.ticks:
        text = tick_text(tick, "", digits=digits)
        options = {"ha": "right", "va": "center_baseline"}
        page.text(panel.x - 1.0, float(panel.up(tick)), text, size=style.STAMP_SIZE, colour=style.GREY, **options)


def name_width(names: Sequence[str]) -> float:
    """The room in mm that the names of the rows of a panel take."""
    return min(max((text_width(name, style.SMALL_SIZE) for name in names), default=0.0) + 0.5, WIDEST_NAME) + NAME_GAP


def row_name(page: Page, right: float, height: float, name: str, colour: str = style.INK) -> None:
    """The name of a row, which ends at `right`."""
    text = cut_to(name, style.SMALL_SIZE, WIDEST_NAME)
    options = {"ha": "right", "va": "center_baseline"}
    page.text(right - NAME_GAP, height, text, size=style.SMALL_SIZE, colour=colour, **options)


def cut_to(text: str, size: float, width: float) -> str:
    """The text, or its two ends where it is wider than `width` mm, since names can differ in either."""
    if text_width(text, size) <= width:
        return text
    for kept in range(len(text) - 1, 1, -1):
        front = kept * 2 // 3
        short = f"{text[:front].rstrip()}\u2026{text[len(text) - (kept - front) :].lstrip()}"
        if text_width(short, size) <= width:
            return short
    return text[:1]


def bar(panel: Panel, value: float, height: float, half: float) -> Points:
    """A bar from 0 to a value, `half` mm to either side of the height of its row."""
    start, end = panel.across([0.0, value])
    return np.array([[start, height - half], [end, height - half], [end, height + half], [start, height + half]])


def upright(panel: Panel, value: float) -> Points:
    """A vertical line through the panel."""
    place = float(panel.across(value))
    return np.array([[place, panel.y], [place, panel.y + panel.height]])


def rows_of(panel: Panel, count: int) -> NDArray[np.float64]:
    """The heights of the middles of `count` rows, from above, in mm."""
    step = panel.height / count
    return panel.y + panel.height - step * (np.arange(count) + 0.5)
