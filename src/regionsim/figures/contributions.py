"""What measures contribute to one result: a waterfall from the result without them to that with all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.attributed import Array, Attributed, attributed
from regionsim.figures.font import text_width, wrapped
from regionsim.figures.look import Look, current
from regionsim.figures.page import Entry, Page, Panel, foot_height, heading_extra
from regionsim.figures.panel_axes import bar, draw_values_across
from regionsim.figures.scales import MINUS, Scale, round_scale, tick_digits, tick_text
from regionsim.figures.words import say, sentences

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

UP, DOWN, TOTAL = "#0072b2", "#d55e00", "#8c8c8c"
HEAD, BELOW, RIGHT = 19.0, 9.0, 15.0  # mm
LINE, ROW_GAP = 2.6, 1.8
THICK = 0.62  # of a row
WIDEST_NAME = 0.42  # of the page
MOST_STEPS, MOST_STEPS_OF_SLIDE = 14, 10
LEAST_SHARE = 0.005  # of the largest change: a smaller one has no bar that could be seen
LARGE = 1000  # numbers from here on have no decimals


@dataclass(frozen=True)
class _Row:
    """A bar from `start` to `end` with its name and number; `low` and `high` are where its interval ends, or nan."""

    lines: list[str]
    text: str
    start: float
    end: float
    colour: str
    low: float = np.nan
    high: float = np.nan


def waterfall(dataset: xarray.Dataset, key: str, look: Look | None = None) -> Figure:
    """From the result of an attribution without measures, step by step, the largest first, to that with all of them.

    `key` names the result, in the zone and the last year. Beyond 14 steps (10 on a slide) the smallest are one.
    Whiskers are the intervals of 95 % of single steps; exact ones have none. Raises KeyError for an unknown result.
    """
    with style.drawing(look):
        return _figure(dataset, attributed(dataset, key))


def _figure(dataset: xarray.Dataset, result: Attributed) -> Figure:
    look, unit = current(), result.quantity.unit
    title = say("{what}, {where}, {year}: contribution of each measure", what=result.quantity.label,
                where=result.where, year=result.year)  # fmt: skip
    subtitle = style.scenario_title(dataset)
    rows = _rows(result, WIDEST_NAME * look.page_width)
    note = [say("Shapley values: the mean over all orders in which measures can be switched on.")]
    if any(np.isfinite(row.low) for row in rows):
        note.append(say("Thin lines: intervals of 95 %."))
    if unit != result.quantity.change:
        note.append(say("Contributions are in {unit}.", unit=result.quantity.change))
    scale = _scale(rows)
    if scale.low > 0:
        note.append(say("Grey bars are cut: the axis does not start at zero."))
    notes, source = [sentences(note)], style.stamp([dataset])
    left = style.MARGIN + 2.0 + max(text_width(line, style.SMALL_SIZE) for row in rows for line in row.lines)
    head = HEAD + heading_extra(title, subtitle)
    foot = BELOW + foot_height([*notes, source])
    most = max(len(row.lines) for row in rows)
    height = look.row_height(LINE * most + ROW_GAP, 1, head + foot)
    height = height / len(rows) if look.slides else height
    page = Page(head + height * len(rows) + foot, title=title, subtitle=subtitle, notes=notes, source=source)
    panel = Panel(
        left,
        page.height - head - height * len(rows),
        page.width - left - RIGHT,
        height * len(rows),
        (scale.low, scale.high),
        (len(rows) - 0.5, -0.5),
    )
    page.key(
        style.MARGIN,
        panel.y + panel.height + 3.5,
        [
            Entry(say("raises the result"), UP, width=4.0),
            Entry(say("lowers the result"), DOWN, width=4.0),
        ],
    )
    draw_values_across(
        page, panel, scale, [tick_text(tick, "", digits=tick_digits(scale.ticks)) for tick in scale.ticks]
    )
    page.text(panel.x, panel.y - 6.5, unit, size=style.SMALL_SIZE, colour=style.GREY)
    _draw(page, panel, rows)
    return page.figure


def _rows(result: Attributed, widest: float) -> list[_Row]:
    order = np.argsort(-np.abs(result.changes), kind="stable")
    sizes = np.abs(result.changes)[order]
    counted = int((sizes >= LEAST_SHARE * sizes[0]).sum())
    most = min(MOST_STEPS_OF_SLIDE if current().slides else MOST_STEPS, counted)
    most += len(order) == most + 1  # the row of a single other one can as well have its name
    shown, rest = order[:most], order[most:]
    level = result.before
    rows = [_total(say("Without the measures"), level)]
    for k in shown:
        change = float(result.changes[k])
        ends = level + np.array([result.low[k], result.high[k]]) if result.high[k] > result.low[k] else [np.nan] * 2
        lines = wrapped(result.measures[k], style.SMALL_SIZE, widest)
        rows.append(_Row(lines, signed(change), level, level + change, UP if change > 0 else DOWN, *map(float, ends)))
        level += change
    if len(rest):
        change = float(result.changes[rest].sum())
        name = say("{count} others", count=len(rest))
        rows.append(_Row([name], signed(change), level, level + change, UP if change > 0 else DOWN))
    return [*rows, _total(say("With all of them"), result.after)]


def _total(name: str, level: float) -> _Row:
    return _Row([name], f"{level:,.0f}" if abs(level) >= LARGE else f"{level:.4g}", np.nan, level, TOTAL)


def signed(change: float, digits: int = 3) -> str:
    """A change with its sign and so many digits; a large one to the unit."""
    if abs(change) >= LARGE or round(abs(change)) >= 10 ** (digits - 1):
        return f"{change:+,.0f}".replace("-", MINUS)
    return f"{change:+#.{digits}g}".replace("-", MINUS)


def _scale(rows: list[_Row]) -> Scale:
    """The levels between which the result moves: bars of whole results are cut at the left edge."""
    numbers: Array = np.array([number for row in rows for number in (row.start, row.end, row.low, row.high)])
    low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
    room = 0.06 * (high - low) or abs(high) or 1.0
    scale = round_scale(low - room, high)
    return Scale(scale.low, scale.high, scale.ticks[:: 2 if len(scale.ticks) > 5 else 1])


def _draw(page: Page, panel: Panel, rows: list[_Row]) -> None:
    low = panel.horizontal[0]
    bars = [bar(panel, k, low if np.isnan(row.start) else row.start, row.end, THICK) for k, row in enumerate(rows)]
    page.areas(bars, colours=[row.colour for row in rows], order=1.5)
    steps = [panel.path([row.end] * 2, [k - THICK / 2, k + 1 + THICK / 2]) for k, row in enumerate(rows[:-1])]
    page.lines(steps, colour=style.FRAME, width=0.5)
    page.lines([panel.path([row.low, row.high], [k, k]) for k, row in enumerate(rows)], width=0.8, order=3.0)
    for k, row in enumerate(rows):
        y = float(panel.up(k))
        first = y + LINE * (len(row.lines) - 1) / 2
        for place, line in enumerate(row.lines):
            height = first - LINE * place
            page.text(panel.x - 1.5, height, line, size=style.SMALL_SIZE, ha="right", va="center_baseline")
        right = panel.x + panel.width + 1.5
        page.text(right, y, row.text, size=style.SMALL_SIZE, va="center_baseline")
