"""Panels beside and below each other on one page, each with a title, rows or a plot, and a scale below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regionsim.figures import style
from regionsim.figures.font import text_width, wrapped
from regionsim.figures.look import current
from regionsim.figures.page import Entry, Page, Panel, foot_height, heading_extra, key_height
from regionsim.figures.panel_axes import draw_values_across, row_name
from regionsim.figures.scales import Scale, tick_digits, tick_text
from regionsim.figures.words import say

GAP = 5.0  # mm, between columns
HEAD, TITLE, SCALE, BETWEEN = 15.0, 5.8, 7.0, 3.0
WIDEST_NAME = 48.0
ROW, LOWEST_ROW = 3.7, 2.7
RIGHT = 5.0
# Panels that a page has room for, with twelve rows each.
PANELS, PANELS_OF_NARROW, PANELS_OF_SLIDE = 6, 3, 2

# Label, colour, dashes and width of a line sample.
KeyEntry = tuple[str, str, tuple[float, ...], float]


@dataclass(frozen=True)
class Words:
    """What stands around the panels: title, subtitle and the notes at the foot, the last of which is the source."""

    title: str
    subtitle: str
    notes: tuple[str, ...]


def panels_of_page() -> int:
    """How many panels a page of the look has."""
    look = current()
    return PANELS_OF_SLIDE if look.slides else PANELS_OF_NARROW if look.narrow else PANELS


def column_width() -> float:
    """The width of a panel with its names, mm: a page of one column has them below each other."""
    across = current().page_width - 2 * style.MARGIN
    return across if current().narrow else (across - GAP) / 2


def sheet(words: Words, heights: Sequence[float], key: Sequence[KeyEntry]) -> tuple[Page, list[tuple[float, float]]]:
    """A page for plots of these heights (mm), and the lower left corner of each one's column."""
    across = 1 if current().narrow else 2
    rows = [max(heights[k : k + across]) for k in range(0, len(heights), across)]
    entries = [Entry(*entry) for entry in key]
    subtitle = wrapped(words.subtitle, style.TEXT_SIZE, current().page_width - 2 * style.MARGIN)[0]
    above = HEAD + heading_extra(words.title, subtitle)
    head = above + key_height(entries)
    height = head + foot_height(words.notes) + sum(TITLE + row + SCALE + BETWEEN for row in rows)
    page = Page(height, title=words.title, subtitle=subtitle, notes=words.notes[:-1], source=words.notes[-1])
    page.key(style.MARGIN, page.height - above, entries)
    corners, top = [], page.height - head
    for k in range(len(heights)):
        # A plot that is lower than its neighbour hangs from the same line.
        left = style.MARGIN + k % across * (column_width() + GAP)
        corners.append((left, top - TITLE - heights[k]))
        if k % across == across - 1:
            top -= TITLE + rows[k // across] + SCALE + BETWEEN
    return page, corners


def heading(page: Page, panel: Panel, left: float, text: str) -> None:
    """The title of a panel, above it and from the left edge of its column, cut where the column ends."""
    page.text(left, panel.y + panel.height + 2.4, cut_to(text, style.TEXT_SIZE, column_width()))


def horizontal_scale(page: Page, panel: Panel, scale: Scale, unit: str, left: float) -> None:
    """Grid, ticks and their labels below a panel, and what they are of, within the column that begins at `left`."""
    digits = tick_digits(scale.ticks)
    draw_values_across(page, panel, scale, [tick_text(tick, "", digits=digits) for tick in scale.ticks])
    x = max(min(panel.x, left + column_width() - text_width(unit, style.STAMP_SIZE)), left)
    page.text(x, panel.y - 6.0, unit, size=style.STAMP_SIZE, colour=style.GREY)


def vertical_scale(page: Page, panel: Panel, scale: Scale) -> None:
    """Grid and labels to the left of a panel."""
    page.lines([panel.level(tick) for tick in scale.ticks], colour=style.GRID, width=0.4, order=0.5)
    digits = tick_digits(scale.ticks)
    for tick in scale.ticks:
        text = tick_text(tick, "", digits=digits)
        options = {"ha": "right", "va": "center_baseline"}
        page.text(panel.x - 1.0, float(panel.up(tick)), text, size=style.STAMP_SIZE, colour=style.GREY, **options)


def scale_width(scale: Scale, least: float) -> float:
    """The room in mm that the labels of a vertical scale take at the left of a panel."""
    digits = tick_digits(scale.ticks)
    widest = max(
        (text_width(tick_text(tick, "", digits=digits), style.STAMP_SIZE) for tick in scale.ticks), default=0.0
    )
    return max(widest + 1.5, least)


def name_width(names: Sequence[str]) -> float:
    """The room in mm that the names of the rows of a panel take."""
    return min(max((text_width(name, style.SMALL_SIZE) for name in names), default=0.0) + 0.5, WIDEST_NAME) + 1.5


def row_height(counts: Sequence[int]) -> float:
    """The height of a row, mm, in panels of so many rows; on a slide what the page has for the longest."""
    if not current().slides:
        return ROW
    return max(min(ROW, current().row_height(0.0, 1, HEAD + 18.0 + TITLE + SCALE) / max(counts)), LOWEST_ROW)


@dataclass(frozen=True)
class RankedRows:
    """Rows of factors in a panel: their names, how many `more` there are, or why there are none."""

    title: str
    unit: str
    names: tuple[str, ...]
    more: int
    why_none: str

    @property
    def count(self) -> int:
        """How many rows the panel has: one says how many more there are, or why there are none."""
        return len(self.names) + (self.more > 0) or 1


def draw_rows(page: Page, rows: RankedRows, scale: Scale, corner: tuple[float, float], height: float) -> Panel | None:
    """Title, names and scale of a panel of ranked factors; its rows are 0, 1, ... from above. None if it has none."""
    left, bottom = corner
    names = name_width(rows.names)
    across = (scale.low, scale.high)
    wide, high = column_width() - names - RIGHT, height * rows.count
    panel = Panel(left + names, bottom, wide, high, across, (rows.count - 0.5, -0.5))
    heading(page, panel, left, rows.title)
    if not rows.names:
        page.text(left, panel.y + height / 2, rows.why_none, size=style.SMALL_SIZE, colour=style.GREY)
        return None
    for place, name in enumerate(rows.names):
        row_name(page, panel, place, cut_to(name, style.SMALL_SIZE, WIDEST_NAME))
    if rows.more:
        row_name(page, panel, len(rows.names), say("and {count} more", count=rows.more), style.GREY)
    horizontal_scale(page, panel, scale, rows.unit, left)
    return panel


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
