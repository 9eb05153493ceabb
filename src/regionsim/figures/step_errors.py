"""The error of integration against the step, on logarithmic scales, with the slopes of the orders expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.plain_axes import axes_at, explain, figure_of, write

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = NDArray[np.float64]

HEIGHT, LEFT, SIDE_WIDTH, PANEL_HEIGHT, GAP, BOTTOM = 78.0, 18.0, 66.0, 56.0, 20.0, 12.0
ORDERS = {"euler": 1, "rk4": 4}
TITLES = {"euler": "Euler", "rk4": "RK4"}
SMALLEST = 1e-15  # what is nearer is the run that all are held against


def step_errors(steps: Sequence[float], errors: Mapping[str, Sequence[Array]], names: Sequence[str]) -> Figure:
    """A panel for each method with a line for each indicator; `errors` are relative, (step,), by method.

    Dashed: the slope of the order that the method has where nothing jumps.
    """
    with style.drawing():
        figure = figure_of(HEIGHT)
        for k, (method, lines) in enumerate(errors.items()):
            axes = axes_at(figure, LEFT + k * (SIDE_WIDTH + GAP), BOTTOM, SIDE_WIDTH, PANEL_HEIGHT)
            axes.set_xscale("log", base=2)
            axes.set_yscale("log")
            axes.grid(color=style.GRID, linewidth=0.4)
            for (colour, dashes), values, name in zip(style.PALETTE, lines, names, strict=False):
                shown = np.where(values > SMALLEST, 100 * values, np.nan)
                (line,) = axes.plot(steps, shown, color=colour, linewidth=1.0, marker="o", markersize=2.5, label=name)
                if dashes:
                    line.set_dashes(dashes)
            highest = max(float(values[0]) for values in lines)
            seen = [step for k, step in enumerate(steps) if any(values[k] > SMALLEST for values in lines)]
            expected = 100 * highest * (np.array(seen) / steps[0]) ** ORDERS[method]
            axes.plot(seen, expected, color=style.REFERENCE, linewidth=0.8, dashes=(4.0, 2.0), zorder=1.0)
            low, high = axes.get_ylim()
            axes.set_ylim(low, high * (high / low) ** (0.6 if k == 0 else 0.0))  # room for the names
            axes.set_xticks(steps, [f"1/{round(1 / step)}" for step in steps])
            axes.minorticks_off()
            write(axes, f"{TITLES[method]} (dashed: order {ORDERS[method]})", "step, years", "error, %")
            if k == 0:
                explain(axes, "upper left")
        return figure
