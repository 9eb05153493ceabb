"""How often each of several alternatives takes each rank: a grid of shares for each indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import font
from regionsim.figures.plain_axes import axes_at, figure_of, write

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CELL, LEFT, TOP, BOTTOM, BETWEEN, SECOND = 5.4, 30.0, 9.0, 9.0, 17.0, 122.0
DARK = 0.55  # shares above it are written in white


@dataclass(frozen=True)
class RankShares:
    """The share of draws in which each alternative (row) takes each rank (column, the first left)."""

    label: str
    names: tuple[str, ...]
    shares: NDArray[np.float64]


def rank_shares(indicators: Sequence[RankShares], over: str) -> Figure:
    """Two grids in a row, alternatives in the order of the central run from above; percent in each cell."""
    with style.drawing():
        size = CELL * len(indicators[0].names)
        lines = (len(indicators) + 1) // 2
        height = lines * (size + BETWEEN) + BOTTOM
        figure = figure_of(height)
        for k, each in enumerate(indicators):
            left = LEFT if k % 2 == 0 else SECOND
            axes = axes_at(figure, left, height - TOP - (k // 2) * (size + BETWEEN) - size, size, size)
            axes.imshow(each.shares, cmap="Blues", vmin=0.0, vmax=1.0, aspect="equal")
            for row, column in zip(*np.nonzero(each.shares), strict=True):
                share = float(each.shares[row, column])
                colour = style.PAPER if share > DARK else style.INK
                text = f"{100 * share:.0f}"
                axes.text(
                    column, row, text, fontproperties=font(), fontsize=style.STAMP_SIZE, color=colour,
                    ha="center", va="center",
                )  # fmt: skip
            ranks = [str(rank + 1) for rank in range(len(each.names))]
            axes.set_xticks(range(len(ranks)), ranks, fontproperties=font())
            axes.set_yticks(range(len(each.names)), list(each.names), fontproperties=font())
            axes.tick_params(labelsize=style.SMALL_SIZE)
            write(axes, each.label, f"rank, % of {over}")
        return figure
