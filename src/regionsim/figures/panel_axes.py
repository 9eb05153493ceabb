"""Axes of panels whose values run across: grid, ticks below, and rows with their names at the left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from regionsim.figures import style
from regionsim.figures.font import text_width
from regionsim.figures.page import Page, Panel, Points
from regionsim.figures.scales import Scale

LEAST_GAP = 1.3  # mm between two numbers


def upright(panel: Panel, value: float) -> Points:
    """A vertical line through the panel."""
    x = float(panel.across(value))
    return np.array([[x, panel.y], [x, panel.y + panel.height]])


def draw_values_across(page: Page, panel: Panel, scale: Scale, texts: Sequence[str], zero: bool = False) -> None:
    """Grid and numbers of a horizontal axis; with `zero` the line of zero is drawn.

    Where numbers would touch, every second has one, or every third, so that they stay even.
    """
    page.lines([upright(panel, tick) for tick in scale.ticks], colour=style.GRID, width=0.5, order=0.5)
    bottom = np.array([[panel.x, panel.y], [panel.x + panel.width, panel.y]])
    page.lines([bottom], colour=style.FRAME, width=0.6, order=2)
    if zero:
        page.lines([upright(panel, 0.0)], colour=style.FRAME, width=0.8, order=2)
    places = [float(panel.across(tick)) for tick in scale.ticks]
    for k in numbered(places, texts, scale.ticks.index(0.0) if 0.0 in scale.ticks else 0):
        page.text(places[k], panel.y - 1.0, texts[k], size=style.SMALL_SIZE, ha="center", va="top")


def numbered(places: Sequence[float], texts: Sequence[str], first: int) -> list[int]:
    """Which of the ticks at these places (mm) have room for their texts: all or every so many, `first` among them."""
    halves = [text_width(text, style.SMALL_SIZE) / 2 for text in texts]
    for every in range(1, len(places) + 1):
        shown = [k for k in range(len(places)) if (k - first) % every == 0]
        gaps = [places[b] - halves[b] - places[a] - halves[a] for a, b in pairwise(shown)]
        if min(gaps, default=np.inf) > LEAST_GAP:
            return shown
    return [first] if places else []


def row_name(page: Page, panel: Panel, at: float, name: str, colour: str = style.INK) -> None:
    """A name left of the panel at a height in the panel's units."""
    y = float(panel.up(at))
    page.text(panel.x - 1.5, y, name, size=style.SMALL_SIZE, colour=colour, ha="right", va="center_baseline")


def bar(panel: Panel, at: float, start: float, end: float, thickness: float) -> Points:
    """A horizontal bar about the height `at`, all in the panel's units."""
    low, high = at - thickness / 2, at + thickness / 2
    return np.concatenate([panel.path([start, end], [low, low]), panel.path([end, start], [high, high])])
