"""Whether the values of an input lie in its range; absolute bounds, or factors on the values it had before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regionsim.language.inputs import AnyInput, Constant, Path, Table
from regionsim.scenarios.parameter_schema import is_share
from regionsim.scenarios.report import number

Array = NDArray[np.float64]


def points_of(parameter: AnyInput) -> Array:
    """The years of a path or the arguments of a table; empty for a constant."""
    if isinstance(parameter, Path):
        return parameter.years
    return parameter.arguments if isinstance(parameter, Table) else np.empty(0)


def values_at(parameter: AnyInput, points: Array) -> Array:
    """The values with one leading axis more: one entry for each of `points`, or one alone for a constant."""
    if isinstance(parameter, Constant):
        return parameter.values[None]
    if isinstance(parameter, Table):
        return np.interp(points, parameter.arguments, parameter.values)
    return np.stack([parameter.at(float(year)) for year in points])


def outside(changed: AnyInput, base: AnyInput, *, share_only: bool = False) -> tuple[str, str] | None:
    """The first value of `changed` outside the range of `base`, and the bounds there; None where all lie inside.

    A parameter named a share must lie in 0 to 1 in any case; with `share_only` nothing else is held against it.
    """
    points = np.union1d(points_of(changed), points_of(base))
    values = values_at(changed, points)
    low, high = np.full(values.shape, -np.inf), np.full(values.shape, np.inf)
    if not share_only and base.low is not None and base.high is not None:
        if base.range_kind == "factor":
            before = values_at(base, points)
            low, high = before * base.low, before * base.high
            low, high = np.minimum(low, high), np.maximum(low, high)
        else:
            low, high = np.full(values.shape, base.low), np.full(values.shape, base.high)
    if is_share(base.name):
        low, high = np.maximum(low, 0.0), np.minimum(high, 1.0)
    values, low, high = np.broadcast_arrays(values, low, high)
    slack = 1e-9 * np.maximum(np.abs(low), np.abs(high))
    slack = np.where(np.isfinite(slack), slack, 0.0)
    wrong = ~((values >= low - slack) & (values <= high + slack))
    if not wrong.any():
        return None
    where = tuple(index[0] for index in np.nonzero(wrong))
    lowest, highest, found = (float(array[where]) for array in (low, high, values))
    return short(found), f"{short(lowest)} to {short(highest)}"


def short(value: float) -> str:
    """A number with at most nine digits, as people write it."""
    return number(float(f"{value:.9g}"))
