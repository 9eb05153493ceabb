"""One causal loop as it is drawn: variables around a circle, arrows between them, their signs inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regionsim.figures import style
from regionsim.figures.font import wrapped
from regionsim.figures.loops import CausalLoop, Step
from regionsim.figures.page import Page, Points
from regionsim.figures.words import variable_words

COLOURS = {"+": "#0072b2", "\u2212": "#d55e00", "\u00b1": "#6e6e6e", "0": "#b0b0b0"}
SQUARE, DOT = 3.4, 2.0  # points, of a stock and of another variable
OUT = 1.8  # mm from the circle to a name
GAP = 1.5  # mm of the circle that an arrow leaves free at either end
HEAD_LENGTH, HEAD_WIDTH = 1.9, 1.7
SIGN_INSIDE, SIGN_BEFORE = 2.0, 1.2  # mm: from the circle inwards, from the tip backwards
STROKE, STROKES_APART = 1.1, 0.8
LINE = 2.6  # mm, of a name
ASIDE = 0.8  # mm that a name beside the circle stands away from the arrows
SIDEWAYS = 0.25  # cosine beyond which a name stands beside the circle and not above or below it
MARK, MARK_SIZE = 3.0, 8.0
POINTS_OF_CIRCLE = 721


@dataclass(frozen=True)
class Circle:
    """An ellipse on the page by its middle and half axes, and the width of the column that it stands in, all mm."""

    x: float
    y: float
    across: float
    up: float
    column: float

    def at(self, angle: object) -> Points:
        """Points at angles that run clockwise from above."""
        turned = np.pi / 2 - np.asarray(angle, dtype=np.float64)
        return np.stack([self.x + self.across * np.cos(turned), self.y + self.up * np.sin(turned)], axis=-1)

    def angles(self, count: int) -> Points:
        """The angles of so many points that are equally far from each other along the ellipse, and of a whole turn."""
        turn = np.linspace(0.0, 2 * np.pi, POINTS_OF_CIRCLE)
        gone = _gone(self.at(turn))
        return np.interp(gone[-1] * np.arange(count + 1) / count, gone, turn)


def draw_loop(page: Page, circle: Circle, loop: CausalLoop) -> None:
    """The variables of the loop clockwise from above, each with its arrow to the next, and the mark in the middle."""
    angles = circle.angles(len(loop.steps))
    for step, begin, end in zip(loop.steps, angles[:-1], angles[1:], strict=True):
        _draw_variable(page, circle, step, float(begin))
        _draw_link(page, circle, step, circle.at(np.linspace(begin, end, POINTS_OF_CIRCLE)))
    _draw_mark(page, circle, loop.kind)


def _draw_variable(page: Page, circle: Circle, step: Step, angle: float) -> None:
    """A marker on the circle and the name outside of it."""
    place = circle.at(angle)
    shape, size = ("s", SQUARE) if step.is_stock else ("o", DOT)
    page.points(place[None], colours=style.INK, shape=shape, size=size)
    side, height = float(np.sin(angle)), float(np.cos(angle))
    is_beside = abs(side) > SIDEWAYS
    x, y = float(place[0]), float(place[1])
    if is_beside:
        x += float(np.sign(side)) * OUT
    room = circle.column / 2 - abs(x - circle.x) - 0.5 if is_beside else circle.column - 2.0
    lines = wrapped(variable_words(step.variable), style.SMALL_SIZE, room)
    # Names of upper variables grow upwards and those of lower ones downwards, away from the arrows.
    first = y + LINE * (len(lines) - 1) * (1 + height) / 2 + height * ASIDE
    if not is_beside:
        first = y + OUT + LINE * (len(lines) - 0.5) if height > 0 else y - OUT - LINE / 2
    across = "center" if not is_beside else "left" if side > 0 else "right"
    for k, line in enumerate(lines):
        page.text(x, first - LINE * k, line, size=style.SMALL_SIZE, ha=across, va="center_baseline")


def _draw_link(page: Page, circle: Circle, step: Step, way: Points) -> None:
    """An arrow along the circle, its sign inside near the tip, and two strokes where a stock lies on the way."""
    colour = COLOURS[step.sign]
    gone = _gone(way)
    tip = gone[-1] - GAP
    shaft = way[(gone >= GAP) & (gone <= tip - HEAD_LENGTH * 0.8)]
    page.lines([shaft], colour=colour, width=1.0)
    page.areas([_arrow_head(_along(way, gone, tip - HEAD_LENGTH), _along(way, gone, tip))], colours=colour, order=2.5)
    before = _along(way, gone, tip - SIGN_BEFORE)
    inwards = np.array([circle.x, circle.y]) - before
    x, y = before + SIGN_INSIDE * inwards / np.hypot(*inwards)
    page.text(float(x), float(y), step.sign, size=style.TEXT_SIZE, colour=colour, ha="center", va="center", zorder=3.0)
    if step.delayed:
        middle = GAP + (tip - HEAD_LENGTH - GAP) * 0.45
        page.lines(
            [_stroke(way, gone, middle + part * STROKES_APART / 2) for part in (-1, 1)], colour=colour, width=0.9
        )


def _gone(way: Points) -> Points:
    """How far it is to each point of a way, mm."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(way, axis=0).T))])


def _along(way: Points, gone: Points, distance: float) -> Points:
    """The point of a way after so many mm."""
    return np.array([np.interp(distance, gone, way[:, k]) for k in range(2)])


def _arrow_head(foot: Points, tip: Points) -> Points:
    aside = np.array([tip[1] - foot[1], foot[0] - tip[0]]) / np.hypot(*(tip - foot)) * HEAD_WIDTH / 2
    return np.stack([tip, foot + aside, foot - aside])


def _stroke(way: Points, gone: Points, distance: float) -> Points:
    """A short line across the way."""
    here, next_one = _along(way, gone, distance), _along(way, gone, distance + 0.1)
    ahead = next_one - here
    aside = np.array([ahead[1], -ahead[0]]) / np.hypot(*ahead) * STROKE
    return np.stack([here - aside, here + aside])


def _draw_mark(page: Page, circle: Circle, kind: str) -> None:
    """What kind of loop it is, within an arrow that runs clockwise."""
    ring = Circle(circle.x, circle.y, MARK, MARK, circle.column)
    way = ring.at(np.linspace(0.25 * np.pi, 1.75 * np.pi, 61))
    page.lines([way], colour=style.GREY, width=0.8)
    page.areas([_arrow_head(way[-3], way[-1] + (way[-1] - way[-3]) * 1.5)], colours=style.GREY)
    size = MARK_SIZE if len(kind) == 1 else style.SMALL_SIZE
    page.text(circle.x, circle.y, kind, size=size, ha="center", va="center")
