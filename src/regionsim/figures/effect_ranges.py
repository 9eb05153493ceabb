"""Effects with their ranges over draws: a dot and a bar for each, around the line of no effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.font import font
from regionsim.figures.plain_axes import axes_at, figure_of, write

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW, TOP, BOTTOM, LEFT, RIGHT = 6.0, 10.0, 12.0, 96.0, 6.0
UP, DOWN, OPEN = "#0072b2", "#d55e00", "#6e6e6e"


@dataclass(frozen=True)
class EffectRange:
    """What a change does: median, 5th and 95th percentile over draws, in percent."""

    name: str
    low: float
    middle: float
    high: float


def effect_ranges(effects: Sequence[EffectRange], over: str) -> Figure:
    """A row for each effect; blue where all of the range is above 0, orange where below, grey where it holds 0."""
    with style.drawing():
        height = TOP + BOTTOM + ROW * len(effects)
        figure = figure_of(height)
        axes = axes_at(figure, LEFT, BOTTOM, style.PAGE_WIDTH - LEFT - RIGHT, ROW * len(effects))
        axes.grid(axis="x", color=style.GRID, linewidth=0.4)
        axes.axvline(0, color=style.REFERENCE, linewidth=0.8)
        for k, each in enumerate(effects):
            colour = UP if each.low > 0 else DOWN if each.high < 0 else OPEN
            axes.plot([each.low, each.high], [k, k], color=colour, linewidth=1.6, solid_capstyle="round")
            axes.plot([each.middle], [k], color=colour, marker="o", markersize=4.0)
        axes.set_yticks(range(len(effects)), [each.name for each in effects], fontproperties=font())
        axes.tick_params(axis="y", labelsize=style.SMALL_SIZE)
        axes.set_ylim(len(effects) - 0.5, -0.5)
        write(axes, f"Median and 90 % of {over}", "effect in the last year, %")
        return figure
