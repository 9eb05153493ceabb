"""The plane of Morris: how much a factor changes, and how much that depends on all others or on where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import text_width
from regionsim.figures.page import Page, Panel
from regionsim.figures.scales import round_scale
from regionsim.figures.sensitivity.sheet import (
    Words,
    column_width,
    cut_to,
    heading,
    horizontal_scale,
    scale_width,
    sheet,
    vertical_scale,
)
from regionsim.figures.words import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEIGHT, PLOT, LEFT, NAME = 42.0, 37.0, 11.0, 3.3
LEAST_NAMED = 0.03  # of the largest effect: smaller ones lie in a heap
NAMED, OTHERS = "#08519c", "#b0b0b0"
DOT = 0.6  # mm, the radius of a dot
NUMBER_HEIGHT = 2.3  # mm
# Where a number may stand about its dot, in mm: the first that is free.
AROUND = ((1.1, 0.0), (-1.1, 0.0), (0.0, 1.6), (0.0, -1.6), (1.0, 1.4), (-1.0, 1.4), (1.0, -1.4), (-1.0, -1.4))
FAR = 2.6  # mm from its dot a number has a line to it
REACHES = (1.0, 1.8, 2.8, 4.2, 6.0, 8.0, 11.0)


@dataclass(frozen=True)
class Effects:
    """One variable: mean of absolute effects and their standard deviation by factor, those to be named first."""

    title: str
    unit: str
    names: tuple[str, ...]
    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]
    why_none: str = ""


def plane(panels: Sequence[Effects], words: Words) -> Figure:
    """A panel for each variable: named factors as numbered dots, the largest first, and the others in grey.

    Below the dashed line an effect has about the same sign and size wherever the others stand; above it, it has not.
    """
    with style.drawing():
        key = [(say("deviation = mean"), style.REFERENCE, (3.0, 2.0), 0.7)]
        page, corners = sheet(words, [HEIGHT] * len(panels), key)
        for each, corner in zip(panels, corners, strict=True):
            _panel(page, each, corner)
        return page.figure


def _panel(page: Page, effects: Effects, corner: tuple[float, float]) -> None:
    left, bottom = corner
    known = np.isfinite(effects.mean)
    across = round_scale(0.0, float(effects.mean[known].max(initial=0.0)) or 1.0)
    up = round_scale(0.0, float(effects.deviation[known].max(initial=0.0)) or across.high)
    before = scale_width(up, LEFT)
    panel = Panel(left + before, bottom, PLOT, HEIGHT, (across.low, across.high), (up.low, up.high))
    heading(page, panel, left, effects.title)
    if not known.any():
        page.text(left, panel.y + HEIGHT / 2, effects.why_none, size=style.SMALL_SIZE, colour=style.GREY)
        return
    unit = say("mean effect (across) and deviation (up), {unit}", unit=effects.unit)
    horizontal_scale(page, panel, across, unit, left)
    vertical_scale(page, panel, up)
    diagonal = min(across.high, up.high)
    page.lines([panel.path([0, diagonal], [0, diagonal])], colour=style.REFERENCE, width=0.7, dashes=(3.0, 2.0))
    page.lines([panel.frame()], colour=style.FRAME, width=0.6)
    places = panel.path(effects.mean[known], effects.deviation[known])
    large = effects.mean[known] >= LEAST_NAMED * effects.mean[known].max()
    named = min(len(effects.names), int(large.sum()))
    page.areas([_disc(*place) for place in places[named:]], colours=OTHERS, order=2.5)
    page.areas([_disc(*place) for place in places[:named]], colours=NAMED, order=3.0)
    _numbers(page, panel, places, named)
    right, room = panel.x + PLOT + 3.0, column_width() - before - PLOT - 3.0
    for k, name in enumerate(effects.names[:named]):
        height = panel.y + HEIGHT - NAME * (k + 0.7)
        text = cut_to(f"{k + 1}  {name}", style.STAMP_SIZE, room)
        page.text(right, height, text, size=style.STAMP_SIZE, va="center_baseline")


def _numbers(page: Page, panel: Panel, places: NDArray[np.float64], named: int) -> None:
    """The numbers of the first dots where they touch neither each other nor the other named dots."""
    taken: list[tuple[float, float, float, float]] = [_box(x, y, 2 * DOT, 2 * DOT) for x, y in places[:named]]
    for k, (x, y) in enumerate(places[:named]):
        text = str(k + 1)
        wide, high = text_width(text, style.STAMP_SIZE) + 0.2, NUMBER_HEIGHT
        tried = [(x + reach * dx * (1 + wide / 4), y + reach * dy) for reach in REACHES for dx, dy in AROUND]
        right, top = panel.x + panel.width, panel.y + panel.height
        inside = [
            place
            for place in tried
            if panel.x < place[0] - wide / 2 and place[0] + wide / 2 < right
            if panel.y < place[1] - high / 2 and place[1] + high / 2 < top
        ]
        free = [place for place in inside if not any(_touch(_box(*place, wide, high), other) for other in taken)]
        place = (free or inside or tried)[0]
        taken.append(_box(*place, wide, high))
        away = float(np.hypot(place[0] - x, place[1] - y))
        if away > FAR:
            end = 1 - (wide / 2 + 0.4) / away
            leader = np.array([[x, y], [x + end * (place[0] - x), y + end * (place[1] - y)]])
            page.lines([leader], colour=style.REFERENCE, width=0.4, order=2.8)
        page.text(*place, text, size=style.STAMP_SIZE, ha="center", va="center", zorder=4.0)


def _box(x: float, y: float, wide: float, high: float) -> tuple[float, float, float, float]:
    return x - wide / 2, x + wide / 2, y - high / 2, y + high / 2


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _disc(x: float, y: float) -> NDArray[np.float64]:
    angle = np.linspace(0.0, 2 * np.pi, 17)
    return np.column_stack([x + DOT * np.cos(angle), y + DOT * np.sin(angle)])
