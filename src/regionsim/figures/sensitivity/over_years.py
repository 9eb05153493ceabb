"""Indices over the years: which factors matter early, and which late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.page import Page, Panel
from regionsim.figures.scales import Scale, round_scale, year_ticks
from regionsim.figures.sensitivity.sheet import Words, column_width, cut_to, heading, scale_width, sheet, vertical_scale
from regionsim.figures.words import clauses

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEIGHT, LEFT, NAMES = 34.0, 11.0, 40.0
LEAST_GAP = 2.7  # mm between two names
MOST_LINES = len(style.PALETTE) - 1


@dataclass(frozen=True)
class Course:
    """One factor: its index year by year with the ends of its interval, nan where there is none."""

    name: str
    values: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True)
class Courses:
    """One variable: its first factors, or why there are none."""

    title: str
    unit: str
    courses: tuple[Course, ...]
    why_none: str = ""


def over_years(panels: Sequence[Courses], years: NDArray[np.int64], words: Words) -> Figure:
    """A panel for each variable; lines with bands, each named at its end."""
    with style.drawing():
        page, corners = sheet(words, [HEIGHT] * len(panels), ())
        for each, corner in zip(panels, corners, strict=True):
            _panel(page, each, years, corner)
        return page.figure


def _panel(page: Page, chosen: Courses, years: NDArray[np.int64], corner: tuple[float, float]) -> None:
    left, bottom = corner
    scale = _scale(chosen)
    across = (float(years[0]), float(years[-1]))
    before = scale_width(scale, LEFT)
    panel = Panel(left + before, bottom, column_width() - before - NAMES, HEIGHT, across, (scale.low, scale.high))
    heading(page, panel, left, clauses([part for part in (chosen.title, chosen.unit) if part]))
    if not chosen.courses:
        page.text(left, panel.y + HEIGHT / 2, chosen.why_none, size=style.SMALL_SIZE, colour=style.GREY)
        return
    vertical_scale(page, panel, scale)
    page.lines([panel.frame(), *(panel.tick(year) for year in year_ticks(years))], colour=style.FRAME, width=0.6)
    for year in year_ticks(years):
        place, options = float(panel.across(year)), {"ha": "center"}
        page.text(place, panel.y - 3.4, str(year), size=style.STAMP_SIZE, colour=style.GREY, **options)
    ends = []
    for (colour, dashes), each in zip(style.PALETTE[1:], chosen.courses, strict=False):
        known = np.isfinite(each.values)
        banded = known & np.isfinite(each.low)
        if banded.any():
            band = panel.band(years[banded], each.low[banded], each.high[banded])
            page.areas([band], colours=colour, opacity=0.15)
        path = panel.path(years[known], each.values[known])
        page.lines([path], colour=colour, width=1.0, dashes=dashes)
        ends.append(float(path[-1, 1]))
    _names(page, panel, chosen, ends)


def _names(page: Page, panel: Panel, chosen: Courses, ends: Sequence[float]) -> None:
    """The names at the ends of their lines, moved apart, with a thin line to where they belong."""
    heights = spaced(ends, LEAST_GAP, panel.y, panel.y + panel.height)
    right = panel.x + panel.width
    for (colour, _), each, end, height in zip(style.PALETTE[1:], chosen.courses, ends, heights, strict=False):
        page.lines([np.array([[right + 0.5, end], [right + 3.0, height]])], colour=colour, width=0.5)
        text = cut_to(each.name, style.STAMP_SIZE, NAMES - 4.0)
        page.text(right + 3.5, height, text, size=style.STAMP_SIZE, va="center_baseline")


def spaced(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The heights nearest to the wanted ones that are `gap` apart, in the same order, between low and high."""
    order = np.argsort(np.asarray(wanted), kind="stable")
    placed = np.sort(np.asarray(wanted, dtype=np.float64))
    for k in range(1, len(placed)):
        placed[k] = max(placed[k], placed[k - 1] + gap)
    placed = np.minimum(placed, high - gap * np.arange(len(placed))[::-1])
    placed = np.maximum(placed, low + gap * np.arange(len(placed)))
    made = np.empty(len(placed))
    made[order] = placed
    return [float(height) for height in made]


def _scale(chosen: Courses) -> Scale:
    parts = [part for each in chosen.courses for part in (each.values, each.low, each.high)]
    numbers = np.concatenate([np.zeros(1), *parts])
    numbers = numbers[np.isfinite(numbers)]
    low, high = float(numbers.min()), float(numbers.max())
    return round_scale(low, high) if low < high else round_scale(0.0, 1.0)
