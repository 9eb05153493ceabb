"""What a model is fed: constants, paths over time and tables, each with its unit, axes, quality and source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Quality = Literal["official", "secondary", "derived", "recalled", "calibrated", "assumption"]


@dataclass(frozen=True, kw_only=True)
class Input:
    """What all inputs say of themselves. `over` is in the global order of axes, without the member axis.

    `low` and `high` bound each element in `unit`, or, with a `range_kind` of "factor", what the value may be
    multiplied by. `range_shape` names the distribution between them, empty where none is stated.
    """

    name: str
    about: str
    unit: str
    over: tuple[str, ...] = ()
    quality: Quality
    source: str
    file: str = ""
    line: int = 0
    low: float | None = None
    high: float | None = None
    range_shape: str = ""
    range_kind: Literal["absolute", "factor"] = "absolute"


@dataclass(frozen=True, kw_only=True)
class Constant(Input):
    """A value that holds for the whole run: full-rank float64 array, size 1 where an axis is absent."""

    values: NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Path(Input):
    """Values by year: `years` rising, `values` with the year as an extra leading dimension (year, *full rank).

    A `linear` path is interpolated and constant outside its years. A `step` path holds its last value; before its
    first year it holds the first one. A step path is read at the start of the step, so that no method of
    integration sees half of an opening.
    """

    years: NDArray[np.float64] = field(repr=False)
    values: NDArray[np.float64] = field(repr=False)
    kind: Literal["linear", "step"] = "linear"

    def index(self, year: float) -> int:
        """Which entry holds in `year`: the last one that is not later, or the first."""
        # A step of 1/10 year does not add up to whole years exactly: an opening must not slip by a step for it.
        return max(int(np.searchsorted(self.years, year + 1e-9, side="right")) - 1, 0)

    def at(self, year: float) -> NDArray[np.float64]:
        """The value in `year`, full rank."""
        k = self.index(year)
        if self.kind == "step" or k + 1 == len(self.years) or year <= self.years[0]:
            return np.asarray(self.values[k])
        weight = (year - self.years[k]) / (self.years[k + 1] - self.years[k])
        return np.asarray(self.values[k] + weight * (self.values[k + 1] - self.values[k]))


@dataclass(frozen=True, kw_only=True)
class Table(Input):
    """A piecewise linear function of one argument, constant outside its points; both arrays have shape (point,)."""

    argument_unit: str
    arguments: NDArray[np.float64] = field(repr=False)
    values: NDArray[np.float64] = field(repr=False)


AnyInput = Constant | Path | Table
