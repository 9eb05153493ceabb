"""The parts of the page of a box: ranges of its factors, members by two factors, coverage against density."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import font, text_width
from regionsim.figures.page import Page
from regionsim.figures.plain_axes import write

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]

ROW = 11.0  # mm, of a range
BAR, BAR_LEFT, BAR_RIGHT = 2.6, 74.0, 168.0
SMALLEST_NAME = 5.0  # points, of names that are too long for their column
NAME_WIDTH = BAR_LEFT - style.MARGIN - 12.0
INSIDE, FAILING, BAND = style.PALETTE[1][0], style.PALETTE[2][0], "#e8e8e8"
# By how many factors a box limits: from few to many.
SHADES = ("#d0d0d0", "#9ecae1", "#5b9bd0", "#1f5fa8", "#0b2f66")


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


def draw_range(page: Page, top: float, drawn: Range) -> None:
    """One factor in a row from `top` (mm) down: name and note left, its range as a bar right."""
    size = style.TEXT_SIZE
    while text_width(drawn.name, size) > NAME_WIDTH and size > SMALLEST_NAME:
        size -= 0.5
    page.text(style.MARGIN, top - 4.4, drawn.name, size=size)
    page.text(style.MARGIN, top - 7.6, drawn.note, size=style.SMALL_SIZE, colour=style.GREY)
    bottom = top - 6.6
    if drawn.choices:
        _draw_choices(page, bottom, drawn.choices)
        return
    least, most = drawn.whole
    low, high = (
        BAR_LEFT + (BAR_RIGHT - BAR_LEFT) * (value - least) / (most - least) for value in (drawn.low, drawn.high)
    )
    page.areas([_bar(BAR_LEFT, BAR_RIGHT, bottom)], colours=BAND)
    page.areas([_bar(low, high, bottom)], colours=INSIDE, order=1.5)
    for x, text, side in ((BAR_LEFT, drawn.texts[0], "right"), (BAR_RIGHT, drawn.texts[1], "left")):
        away = -1.2 if side == "right" else 1.2
        page.text(x + away, bottom + 0.5, text, size=style.SMALL_SIZE, colour=style.GREY, ha=side)
    below, above = drawn.texts[2:]
    middle = (low + high) / 2
    if below and above and text_width(below, style.SMALL_SIZE) + text_width(above, style.SMALL_SIZE) + 4 > high - low:
        page.text(middle, bottom + BAR + 0.9, f"{below} to {above}", size=style.SMALL_SIZE, ha=_side(middle))
        return
    if below:
        page.text(low, bottom + BAR + 0.9, below, size=style.SMALL_SIZE, ha=_side(low))
    if above:
        page.text(high, bottom + BAR + 0.9, above, size=style.SMALL_SIZE, ha=_side(high))


def draw_members(axes: Axes, members: Members) -> None:
    """Who fails (filled) and who does not (open), with the box as a frame."""
    from matplotlib.patches import Rectangle

    for is_failing, colour in ((False, style.REFERENCE), (True, FAILING)):
        across, up = members.points[members.fails == is_failing].T
        axes.scatter(
            across, up, s=9.0, facecolors=colour if is_failing else "none", edgecolors=colour, linewidths=0.6,
            zorder=3 if is_failing else 2,
        )  # fmt: skip
    for k, (set_ticks, set_limits) in enumerate(((axes.set_xticks, axes.set_xlim), (axes.set_yticks, axes.set_ylim))):
        least, most = float(members.points[:, k].min()), float(members.points[:, k].max())
        margin = 0.04 * (most - least or 1.0) if not members.ticks[k] else 0.5
        set_limits(least - margin, most + margin)
        if members.ticks[k]:
            set_ticks(range(len(members.ticks[k])), list(members.ticks[k]), fontproperties=font())
    corners = []
    for (low, high), limits in zip(members.box, (axes.get_xlim(), axes.get_ylim()), strict=True):
        inset = 0.006 * (limits[1] - limits[0])
        corners.append((limits[0] + inset if np.isnan(low) else low, limits[1] - inset if np.isnan(high) else high))
    (left, right), (bottom, top) = corners
    axes.add_patch(
        Rectangle((left, bottom), right - left, top - bottom, fill=False, edgecolor=INSIDE, linewidth=1.2, zorder=4)
    )
    axes.tick_params(labelsize=style.SMALL_SIZE)
    write(axes, "Members by two factors: filled ones fail", *members.axes)


def draw_tradeoff(axes: Axes, tradeoff: Tradeoff) -> None:
    """Each box that was weighed as a dot, by how many factors it limits; the chosen one, and what it is worth."""
    factors = tradeoff.boxes[:, 2]
    for count in sorted({int(each) for each in factors}):
        coverage, density, _ = 100 * tradeoff.boxes[factors == count].T
        shade = SHADES[min(count, len(SHADES) - 1)]
        label = "no limit" if count == 0 else f"{count} factor" + ("s" if count > 1 else "")
        axes.scatter(coverage, density, s=9.0, color=shade, label=label, zorder=2)
    axes.scatter(
        *_percent(tradeoff.chosen), s=34.0, facecolors="none", edgecolors=style.INK, linewidths=1.0, zorder=4,
        label="this box",
    )  # fmt: skip
    axes.scatter(
        *_percent(tradeoff.judged), s=22.0, color=FAILING, marker="D", zorder=5, label="found and judged in halves"
    )
    axes.axhline(
        100 * tradeoff.base_rate, color=style.REFERENCE, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1,
        label="all members",
    )  # fmt: skip
    axes.set_xlim(0.0, 104.0)
    axes.set_ylim(0.0, 104.0)
    axes.grid(color=style.GRID, linewidth=0.4)
    small = font().copy()
    small.set_size(style.SMALL_SIZE)
    axes.legend(prop=small, loc="lower left", edgecolor="none", framealpha=1.0)
    write(axes, "What density costs in coverage", "coverage, % of the failing", "density, % that fail in the box")


def _draw_choices(page: Page, bottom: float, choices: Sequence[tuple[str, bool]]) -> None:
    """The words of a factor in a row, those that the box allows filled."""
    wide = (BAR_RIGHT - BAR_LEFT) / len(choices)
    for k, (text, is_allowed) in enumerate(choices):
        left = BAR_LEFT + k * wide
        page.areas([_bar(left, left + wide - 1.0, bottom)], colours=INSIDE if is_allowed else BAND)
        colour = style.INK if is_allowed else style.GREY
        page.text(left + (wide - 1.0) / 2, bottom + BAR + 0.9, text, size=style.SMALL_SIZE, colour=colour, ha="center")


def _bar(left: float, right: float, bottom: float) -> Array:
    return np.array([[left, bottom], [right, bottom], [right, bottom + BAR], [left, bottom + BAR]])


def _side(x: float) -> str:
    """How a text at `x` is set so that it does not leave the bar."""
    if x < BAR_LEFT + 12.0:
        return "left"
    return "right" if x > BAR_RIGHT - 12.0 else "center"


def _percent(pair: tuple[float, float]) -> tuple[float, float]:
    return 100 * pair[0], 100 * pair[1]
