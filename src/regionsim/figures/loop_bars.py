"""What each loop is worth: bars of what changes without it, the largest above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.font import font
from regionsim.figures.plain_axes import axes_at, explain, figure_of, write
from regionsim.figures.scales import MINUS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW, TOP, BOTTOM, LEFT, RIGHT, THICK = 4.6, 9.0, 11.0, 52.0, 6.0, 0.38
OUTPUT, POPULATION = "#0072b2", "#e69f00"


@dataclass(frozen=True)
class LoopEffect:
    """The change of output and of population without a loop, in percent."""

    name: str
    output: float
    population: float


def loop_bars(effects: Sequence[LoopEffect], year: str) -> Figure:
    """Two bars for each loop on a scale that is linear near 0 and logarithmic beyond."""
    with style.drawing():
        height = TOP + BOTTOM + ROW * len(effects)
        figure = figure_of(height)
        axes = axes_at(figure, LEFT, BOTTOM, style.PAGE_WIDTH - LEFT - RIGHT, ROW * len(effects))
        axes.grid(axis="x", color=style.GRID, linewidth=0.4)
        rows = np.arange(len(effects))
        axes.barh(rows - THICK / 2, [each.output for each in effects], THICK, color=OUTPUT, label="output")
        axes.barh(rows + THICK / 2, [each.population for each in effects], THICK, color=POPULATION, label="population")
        axes.axvline(0, color=style.FRAME, linewidth=0.6)
        axes.set_yticks(rows, [each.name for each in effects], fontproperties=font())
        axes.tick_params(axis="y", labelsize=style.SMALL_SIZE)
        axes.set_ylim(len(effects) - 0.4, -0.6)
        axes.set_xscale("symlog", linthresh=0.1, linscale=0.6)
        ticks = (-10, -1, -0.1, 0, 0.1, 1, 10)
        axes.set_xticks(ticks, [f"{tick:g}".replace("-", MINUS) for tick in ticks])
        axes.minorticks_off()
        write(axes, "Change of the zone without each loop", f"change in {year}, % (linear between {MINUS}0.1 and 0.1)")
        explain(axes, "lower right")
        return figure
