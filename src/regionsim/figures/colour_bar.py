"""A bar of colours that change little by little, with numbers below it: what a shade of a cell means."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from regionsim.figures import style
from regionsim.figures.page import Page, Points

STEPS, HEIGHT = 60, 2.4  # HEIGHT in mm
BELOW = 3.6  # mm that the numbers take


def box(x: float, y: float, width: float, height: float) -> Points:
    """The ring of a rectangle from its lower left corner, mm."""
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]])


def colour_bar(
    page: Page, corner: tuple[float, float], width: float, colour: Callable[[float], str], texts: Sequence[str]
) -> None:
    """A bar with its lower left corner at `corner` (mm); `colour` of a place from 0 to 1, `texts` evenly below it."""
    left, bottom = corner
    step = width / STEPS
    # Each a little over the next, so that no gap shows.
    boxes = [box(left + step * k, bottom, step * (1.02 if k < STEPS - 1 else 1.0), HEIGHT) for k in range(STEPS)]
    page.areas(boxes, colours=[colour((k + 0.5) / STEPS) for k in range(STEPS)])
    for k, text in enumerate(texts):
        x = left + width * k / (len(texts) - 1)
        page.text(x, bottom - 0.8, text, size=style.SMALL_SIZE, ha="center", va="top")
