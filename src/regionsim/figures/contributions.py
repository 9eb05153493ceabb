"""What measures contribute to one result: a waterfall from without them to with them, and a map of their synergies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import font, text_width
from regionsim.figures.plain_axes import axes_at, figure_of, write

if TYPE_CHECKING:
    from matplotlib.figure import Figure

UP, DOWN, TOTAL, DOUBT = "#0072b2", "#d55e00", "#8c8c8c", "#1a1a1a"
ROW, TOP, BOTTOM, RIGHT, THICK = 4.4, 9.0, 10.0, 22.0, 0.62
MOST_STEPS = 14
CELL, SIDE, SCALE = 7.0, 34.0, 3.0


@dataclass(frozen=True)
class Step:
    """What one measure adds to a result, with the ends of its interval."""

    name: str
    change: float
    low: float
    high: float


def waterfall(steps: Sequence[Step], before: float, after: float, *, title: str, unit: str, change_unit: str) -> Figure:
    """From the result without measures, step by step, the largest first, to the result with all of them.

    Beyond 14 steps the smallest ones are one. Whiskers are the intervals of single steps; exact ones have none.
    """
    ordered = sorted(steps, key=lambda step: -abs(step.change))
    shown, rest = ordered[:MOST_STEPS], ordered[MOST_STEPS:]
    with style.drawing():
        names = [step.name for step in shown] + ([f"{len(rest)} others"] if rest else [])
        changes = [step.change for step in shown] + ([sum(step.change for step in rest)] if rest else [])
        count = len(names) + 2
        figure = figure_of(TOP + BOTTOM + ROW * count)
        left = 4.0 + max(text_width(name, style.SMALL_SIZE) for name in (*names, "without the measures"))
        axes = axes_at(figure, left, BOTTOM, style.PAGE_WIDTH - left - RIGHT, ROW * count)
        axes.grid(axis="x", color=style.GRID, linewidth=0.4)
        levels = before + np.concatenate([[0.0], np.cumsum(changes)])
        low, high = min(levels.min(), after), max(levels.max(), after)
        edge = low - 0.12 * (high - low)
        for row, level in ((0, before), (count - 1, after)):
            axes.barh([row], [level - edge], THICK, left=edge, color=TOTAL)
        for k, change in enumerate(changes, start=1):
            axes.barh([k], [change], THICK, left=levels[k - 1], color=UP if change > 0 else DOWN)
        for k, step in enumerate(shown, start=1):
            if step.high > step.low:
                ends = levels[k - 1] + np.array([step.low, step.high])
                axes.plot(ends, [k, k], color=DOUBT, linewidth=0.8, solid_capstyle="butt")
        for k, level in enumerate(levels):
            axes.plot([level, level], [k - THICK / 2, k + 1 + THICK / 2], color=style.FRAME, linewidth=0.4)
        texts = [
            _short(before),
            *(f"{change:+,.3g}" if abs(change) < 1000 else f"{change:+,.0f}" for change in changes),
            _short(after),
        ]
        axes.set_xlim(edge, high + 0.04 * (high - low))
        for row, text in enumerate(texts):
            axes.text(
                1.01, row, text, transform=axes.get_yaxis_transform(), va="center", fontproperties=font(),
                fontsize=style.SMALL_SIZE, color=style.INK,
            )  # fmt: skip
        axes.set_yticks(range(count), ["without the measures", *names, "with all of them"], fontproperties=font())
        axes.tick_params(axis="y", labelsize=style.SMALL_SIZE, length=0)
        axes.set_ylim(count - 0.5, -0.5)
        axes.xaxis.set_major_formatter(lambda value, _: _number(value))
        write(axes, title, unit if unit == change_unit else f"{unit}; contributions in {change_unit}")
        return figure


def interaction_map(names: Sequence[str], together: NDArray[np.float64], *, title: str, unit: str) -> Figure:
    """A square for each pair (measure, measure): blue where the two help each other, orange where they hinder."""
    with style.drawing():
        from matplotlib.colors import LinearSegmentedColormap

        count = len(names)
        side = min(SIDE, 4.0 + max(text_width(name, style.SMALL_SIZE) for name in names))
        cell = min(CELL, (style.PAGE_WIDTH - side - 30.0) / count)
        height = TOP + side + cell * count + 4.0
        figure = figure_of(height)
        axes = axes_at(figure, side, 4.0, cell * count, cell * count)
        most = float(np.nanmax(np.abs(together)))
        colours = LinearSegmentedColormap.from_list("help or hinder", [DOWN, style.PAPER, UP])
        colours = colours.with_extremes(bad="#eeeeee")
        mesh = axes.pcolormesh(together, cmap=colours, vmin=-most, vmax=most, edgecolors=style.PAPER, linewidth=0.4)
        axes.set_ylim(count, 0)
        middle = np.arange(count) + 0.5
        axes.set_yticks(middle, names, fontproperties=font(), fontsize=style.SMALL_SIZE)
        axes.set_xticks(middle, names, fontproperties=font(), fontsize=style.SMALL_SIZE, rotation=90)
        axes.tick_params(length=0, labeltop=True, labelbottom=False)
        scale = axes_at(figure, side + cell * count + 5.0, 4.0, SCALE, cell * count)
        bar = figure.colorbar(mesh, cax=scale)
        bar.outline.set_linewidth(0.4)  # type: ignore[operator]  # matplotlib has it as any artist
        for label in scale.get_yticklabels():
            label.set_fontproperties(font())
            label.set_fontsize(style.SMALL_SIZE)
        heading = f"{title}: what two measures change together beyond what each does alone, in {unit}"
        place = 2.0 / style.PAGE_WIDTH, 1 - 5.0 / height
        figure.text(*place, heading, fontproperties=font(), fontsize=style.TEXT_SIZE, color=style.INK)
        return figure


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:,.6g}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
