"""The parts of the page of a box: ranges of its factors, members by two factors, coverage against density."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import text_width
from regionsim.figures.look import current
from regionsim.figures.page import Entry, Page, Panel, Points
from regionsim.figures.panel_axes import draw_values_across
from regionsim.figures.scales import Scale, round_scale, tick_digits, tick_text
from regionsim.figures.sensitivity.sheet import cut_to, vertical_scale
from regionsim.figures.words import say

Array = NDArray[np.float64]

ROW, ROW_OF_NARROW = 11.0, 15.0  # mm, of a range; on a narrow page the bar is below its name
BAR, BAR_LEFT, BAR_RIGHT = 2.6, 0.40, 0.92  # mm; of the page
BAR_LEFT_OF_NARROW, BAR_RIGHT_OF_NARROW = 0.16, 0.84
SMALLEST_NAME = 6.0  # points, of names that are too long for their column
INSIDE, FAILING, BAND = style.PALETTE[1][0], style.PALETTE[2][0], "#e8e8e8"
# By how many factors a box limits: from few to many.
SHADES = ("#d0d0d0", "#9ecae1", "#5b9bd0", "#1f5fa8", "#0b2f66")
POINT, CHOSEN, JUDGED = 2.6, 5.8, 4.7  # points
PERCENTS = Scale(0.0, 104.0, (0.0, 25.0, 50.0, 75.0, 100.0))


@dataclass(frozen=True)
class Range:
    """What a box allows of a factor: from `low` to `high` within its `whole` range, or some of its `choices`.

    `texts` are the ends of the whole range, then the limits, empty where there is none.
    """

    name: str
    note: str
    whole: tuple[float, float]
    low: float
    high: float
    texts: tuple[str, str, str, str]
    choices: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Members:
    """Members by two factors: `axes` are names, `points` (member, 2), `box` low and high of each, nan where open.

    `ticks` has the words of a factor whose numbers are places among them.
    """

    axes: tuple[str, str]
    points: Array
    fails: NDArray[np.bool_]
    box: tuple[tuple[float, float], tuple[float, float]]
    ticks: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@dataclass(frozen=True)
class Tradeoff:
    """Coverage, density and number of factors (box, 3); `chosen` and `judged` (in other halves) are the first two."""

    boxes: Array
    chosen: tuple[float, float]
    judged: tuple[float, float]
    base_rate: float

    @property
    def entries(self) -> list[Entry]:
        """What the markers and the line mean."""
        counts = sorted({int(each) for each in self.boxes[:, 2]})
        entries = []
        for count in counts:
            label = say("no limit") if count == 0 else say("limits: {count}", count=count)
            entries.append(Entry(label, "none", (), POINT, "o", SHADES[min(count, len(SHADES) - 1)]))
        return [
            *entries,
            Entry(say("this box"), style.INK, (), CHOSEN, "o"),
            Entry(say("found and judged in halves"), "none", (), JUDGED, "D", FAILING),
            Entry(say("all members"), style.REFERENCE, (4.0, 2.0), 0.8),
        ]


def range_height() -> float:
    """The height of the row of a factor, mm."""
    return ROW_OF_NARROW if current().narrow else ROW


def draw_range(page: Page, top: float, drawn: Range) -> None:
    """One factor in a row from `top` (mm) down: name and note, and its range as a bar."""
    narrow = current().narrow
    ends = (BAR_LEFT_OF_NARROW, BAR_RIGHT_OF_NARROW) if narrow else (BAR_LEFT, BAR_RIGHT)
    left, right = (page.width * end for end in ends)
    room = page.width - 2 * style.MARGIN if narrow else left - style.MARGIN - 12.0
    size = style.TEXT_SIZE
    while text_width(drawn.name, size) > room and size > SMALLEST_NAME:
        size -= 0.5
    page.text(style.MARGIN, top - 4.4, cut_to(drawn.name, size, room), size=size)
    page.text(style.MARGIN, top - 7.6, drawn.note, size=style.SMALL_SIZE, colour=style.GREY)
    bottom = top - (13.6 if narrow else 6.6)
    if drawn.choices:
        _draw_choices(page, (left, right), bottom, drawn.choices)
        return
    least, most = drawn.whole
    low, high = (left + (right - left) * (value - least) / (most - least) for value in (drawn.low, drawn.high))
    page.areas([_bar(left, right, bottom)], colours=BAND)
    page.areas([_bar(low, high, bottom)], colours=INSIDE, order=1.5)
    for x, text, side in ((left, drawn.texts[0], "right"), (right, drawn.texts[1], "left")):
        away = -1.2 if side == "right" else 1.2
        page.text(x + away, bottom + 0.5, text, size=style.SMALL_SIZE, colour=style.GREY, ha=side)
    below, above = drawn.texts[2:]
    middle, height = (low + high) / 2, bottom + BAR + 0.9
    if below and above and text_width(below, style.SMALL_SIZE) + text_width(above, style.SMALL_SIZE) + 4 > high - low:
        both = say("{low} to {high}", low=below, high=above)
        page.text(middle, height, both, size=style.SMALL_SIZE, ha=_side(middle, left, right))
        return
    for x, text in ((low, below), (high, above)):
        if text:
            page.text(x, height, text, size=style.SMALL_SIZE, ha=_side(x, left, right))


def draw_members(page: Page, corner: tuple[float, float], size: tuple[float, float], members: Members) -> Panel:
    """Who fails (filled) and who does not (open), with the box as a frame."""
    across, up = (_axis(members, k) for k in range(2))
    panel = Panel(*corner, *size, (across.low, across.high), (up.low, up.high))
    _frame(page, panel, say("Members by two factors: filled ones fail"), members.axes)
    _ticks_across(page, panel, across, members.ticks[0])
    _ticks_up(page, panel, up, members.ticks[1])
    for is_failing, colour in ((False, style.REFERENCE), (True, FAILING)):
        here = members.points[members.fails == is_failing]
        fill = colour if is_failing else "none"
        places = panel.path(here[:, 0], here[:, 1])
        page.points(places, colours=fill, size=POINT, edge=colour, edge_width=0.6, order=3 + is_failing)
    page.lines([_frame_of_box(panel, members)], colour=INSIDE, width=1.2, order=5.0)
    return panel


def draw_tradeoff(page: Page, corner: tuple[float, float], size: tuple[float, float], tradeoff: Tradeoff) -> Panel:
    """Each box that was weighed as a dot, by how many factors it limits; the chosen one, and what it is worth."""
    panel = Panel(*corner, *size, (PERCENTS.low, PERCENTS.high), (PERCENTS.low, PERCENTS.high))
    names = say("coverage, % of the failing"), say("density, % that fail in the box")
    _frame(page, panel, say("What density costs in coverage"), names)
    _ticks_across(page, panel, PERCENTS)
    _ticks_up(page, panel, PERCENTS)
    factors = tradeoff.boxes[:, 2]
    for count in sorted({int(each) for each in factors}):
        here = 100 * tradeoff.boxes[factors == count]
        shade = SHADES[min(count, len(SHADES) - 1)]
        page.points(panel.path(here[:, 0], here[:, 1]), colours=shade, size=POINT, order=3)
    chosen, judged = (100 * np.array([each]) for each in (tradeoff.chosen, tradeoff.judged))
    page.points(panel.path(*chosen.T), colours="none", size=CHOSEN, edge=style.INK, edge_width=1.0, order=5)
    page.points(panel.path(*judged.T), colours=FAILING, shape="D", size=JUDGED, order=6)
    page.lines([panel.level(100 * tradeoff.base_rate)], colour=style.REFERENCE, width=0.8, dashes=(4.0, 2.0))
    return panel


def _axis(members: Members, place: int) -> Scale:
    """From the least to the most of a factor; one in words has a place for each."""
    words = members.ticks[place]
    if words:
        return Scale(-0.5, len(words) - 0.5, tuple(float(k) for k in range(len(words))))
    least, most = float(members.points[:, place].min()), float(members.points[:, place].max())
    margin = 0.04 * (most - least or 1.0)
    ticks = round_scale(least, most if most > least else least + 1.0).ticks
    low, high = least - margin, most + margin
    return Scale(low, high, tuple(tick for tick in ticks if low <= tick <= high))


def _frame(page: Page, panel: Panel, title: str, names: tuple[str, str]) -> None:
    """Frame and title of a panel, and what its axes are: across below, up above the axis."""
    page.lines([panel.frame()], colour=style.FRAME, width=0.6)
    room = panel.width + 10.0
    page.text(panel.x - 10.0, panel.y + panel.height + 5.4, title)
    for x, y, name in ((panel.x - 10.0, panel.y + panel.height + 1.8, names[1]), (panel.x, panel.y - 6.6, names[0])):
        page.text(x, y, cut_to(name, style.SMALL_SIZE, room), size=style.SMALL_SIZE, colour=style.GREY)


def _ticks_across(page: Page, panel: Panel, scale: Scale, words: Sequence[str] = ()) -> None:
    texts = words or [tick_text(tick, "", digits=tick_digits(scale.ticks)) for tick in scale.ticks]
    draw_values_across(page, panel, scale, texts)


def _ticks_up(page: Page, panel: Panel, scale: Scale, words: Sequence[str] = ()) -> None:
    if not words:
        vertical_scale(page, panel, scale)
    for tick, word in zip(scale.ticks, words, strict=False):
        options = {"ha": "right", "va": "center_baseline"}
        page.text(panel.x - 1.0, float(panel.up(tick)), word, size=style.SMALL_SIZE, colour=style.GREY, **options)


def _frame_of_box(panel: Panel, members: Members) -> Points:
    """The ring about the box, just within the panel where nothing limits it."""
    corners = []
    for (low, high), (least, most) in zip(members.box, (panel.horizontal, panel.vertical), strict=True):
        inset = 0.006 * (most - least)
        corners.append((least + inset if np.isnan(low) else low, most - inset if np.isnan(high) else high))
    (left, right), (bottom, top) = corners
    return panel.path([left, right, right, left, left], [bottom, bottom, top, top, bottom])


def _draw_choices(page: Page, ends: tuple[float, float], bottom: float, choices: Sequence[tuple[str, bool]]) -> None:
    """The words of a factor in a row, those that the box allows filled."""
    wide = (ends[1] - ends[0]) / len(choices)
    for k, (text, is_allowed) in enumerate(choices):
        left = ends[0] + k * wide
        page.areas([_bar(left, left + wide - 1.0, bottom)], colours=INSIDE if is_allowed else BAND)
        colour = style.INK if is_allowed else style.GREY
        page.text(left + (wide - 1.0) / 2, bottom + BAR + 0.9, text, size=style.SMALL_SIZE, colour=colour, ha="center")


def _bar(left: float, right: float, bottom: float) -> Array:
    return np.array([[left, bottom], [right, bottom], [right, bottom + BAR], [left, bottom + BAR]])


def _side(x: float, left: float, right: float) -> str:
    """How a text at `x` is set so that it does not leave the bar."""
    if x < left + 12.0:
        return "left"
    return "right" if x > right - 12.0 else "center"
