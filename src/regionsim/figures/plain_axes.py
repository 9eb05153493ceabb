"""Axes in the style of the project for figures that are one panel: thin frame, small text, light grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.font import font
from regionsim.figures.look import DOTS_PER_INCH, MILLIMETRES_PER_INCH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def figure_of(height: float) -> Figure:
    """An empty figure, as wide as a page; `height` in mm."""
    from matplotlib.figure import Figure

    inches = (style.PAGE_WIDTH / MILLIMETRES_PER_INCH, height / MILLIMETRES_PER_INCH)
    return Figure(figsize=inches, dpi=DOTS_PER_INCH, facecolor=style.PAPER)


def axes_at(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes with their corner and size in mm."""
    size = figure.get_size_inches() * MILLIMETRES_PER_INCH
    axes = figure.add_axes((left / size[0], bottom / size[1], width / size[0], height / size[1]))
    axes.tick_params(labelsize=style.SMALL_SIZE, length=2.0, width=0.5, color=style.FRAME)
    for side in axes.spines.values():
        side.set(color=style.FRAME, linewidth=0.6)
    axes.set_axisbelow(True)
    return axes


def explain(axes: Axes, place: str) -> None:
    """The legend of what has a label, in a corner like "lower right"."""
    small = font().copy()
    small.set_size(style.SMALL_SIZE)
    axes.legend(prop=small, frameon=False, loc=place)  # type: ignore[call-overload]  # a place is one of many words


def write(axes: Axes, title: str, across: str = "", up: str = "") -> None:
    """Title and names of the two directions."""
    axes.set_title(title, fontproperties=font(), fontsize=style.TEXT_SIZE, loc="left", color=style.INK)
    axes.set_xlabel(across, fontproperties=font(), fontsize=style.SMALL_SIZE, color=style.GREY)
    axes.set_ylabel(up, fontproperties=font(), fontsize=style.SMALL_SIZE, color=style.GREY)
