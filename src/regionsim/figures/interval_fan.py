"""Intervals of many places side by side: a thin line for 90 %, a thick one for 50 %, a tick, and a dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.font import font
from regionsim.figures.plain_axes import axes_at, figure_of, write

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LEFT, TOP, BOTTOM, WIDTH, BETWEEN, LINE = 24.0, 8.0, 10.0, 66.0, 23.0, 4.2
THIN, THICK = 0.8, 2.4
OUTSIDE = style.PALETTE[2][0]


@dataclass(frozen=True)
class Interval:
    """One place: quantiles 5, 25, 50, 75 and 95 %, and what was observed."""

    name: str
    quantiles: tuple[float, ...]
    observed: float


def interval_fan(panels: Sequence[tuple[str, Sequence[Interval]]]) -> Figure:
    """A panel for each title, places in the order given from above; a diamond in colour lies outside."""
    with style.drawing():
        size = LINE * max(len(intervals) for _, intervals in panels)
        figure = figure_of(TOP + size + BOTTOM)
        for k, (title, intervals) in enumerate(panels):
            axes = axes_at(figure, LEFT + k * (WIDTH + BETWEEN), BOTTOM, WIDTH, size)
            for row, each in enumerate(intervals):
                low, lower, middle, upper, high = each.quantiles
                inside = low <= each.observed <= high
                axes.plot([low, high], [row, row], color=style.GREY, linewidth=THIN, solid_capstyle="butt")
                axes.plot([lower, upper], [row, row], color=style.GREY, linewidth=THICK, solid_capstyle="butt")
                axes.plot([middle], [row], marker="|", color=style.INK, markersize=5, linestyle="none")
                colour = style.INK if inside else OUTSIDE
                axes.plot(
                    [each.observed],
                    [row],
                    marker="o" if inside else "D",
                    color=colour,
                    markersize=2.6,
                    linestyle="none",
                )
            axes.set_ylim(len(intervals) - 0.4, -0.6)
            axes.set_yticks(range(len(intervals)), [each.name for each in intervals], fontproperties=font())
            axes.tick_params(labelsize=style.SMALL_SIZE)
            write(axes, title)
        return figure
