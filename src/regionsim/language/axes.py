"""The axes of the model's arrays: one global order, the longest last, size 1 where an array lacks an axis.

An array of `over=("county", "cohort")` has the shape (member, county, 1, …, 1, cohort), so that any two arrays
broadcast against each other without a word about shapes in an equation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

MEMBER = "member"

AXES: tuple[str, ...] = (
    MEMBER,
    "county",
    "destination",  # the same counties, as places to go to or to trade with
    "hub",
    "hub_group",
    "cluster",
    "reach",
    "agreement",
    "residence",
    "sector",
    "technology",
    "cohort",
)

# Axes whose elements an equation may name. The other axes get their labels from the place.
LABELS: dict[str, tuple[str, ...]] = {
    "hub_group": ("home_province", "elsewhere"),
    "residence": ("rural", "urban"),
    "sector": ("agriculture", "industry", "services"),
    "technology": ("hydropower", "photovoltaics", "wind"),
}


def position(axis: str) -> int:
    """Where `axis` stands in the global order. Raises KeyError for an unknown axis."""
    try:
        return AXES.index(axis)
    except ValueError:
        raise KeyError(f"unknown axis '{axis}'; known axes are {', '.join(AXES)}") from None


def ordered(axes: Iterable[str]) -> tuple[str, ...]:
    """The given axes in the global order, each once, without the member axis."""
    wanted = set(axes) - {MEMBER}
    for axis in wanted:
        position(axis)
    return tuple(axis for axis in AXES if axis in wanted)


def full_rank(values: object, over: tuple[str, ...], *, members: bool = False) -> NDArray[np.float64]:
    """`values` with shape (*over) or, with `members`, (member, *over), laid out over all axes.

    Returns a float64 array with one dimension per axis in AXES, size 1 where the axis is absent.
    Raises ValueError where the number of dimensions does not fit `over`.
    """
    array = np.asarray(values, dtype=np.float64)
    names = ((MEMBER,) if members else ()) + over
    if array.ndim != len(names):
        raise ValueError(f"an array over ({', '.join(names)}) needs {len(names)} dimensions, found {array.ndim}")
    order = sorted(range(len(names)), key=lambda k: position(names[k]))
    array = np.transpose(array, order)
    shape = [1] * len(AXES)
    for k, size in zip(order, array.shape, strict=True):
        shape[position(names[k])] = size
    return array.reshape(shape)


def squeeze_to(array: NDArray[np.float64], over: tuple[str, ...], sizes: Mapping[str, int]) -> NDArray[np.float64]:
    """A full-rank array as (member, *over), broadcast to `sizes` where the array has size 1."""
    kept, surplus = _kept_and_surplus(over)
    array = array.squeeze(axis=surplus)
    shape = (array.shape[0], *(sizes[axis] for axis in kept))
    return array if array.shape == shape else np.broadcast_to(array, shape)


@cache
def _kept_and_surplus(over: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The axes of `over` in the global order, and where those stand that are neither among them nor that of members."""
    kept = ordered(over)
    return kept, tuple(k for k, axis in enumerate(AXES) if axis != MEMBER and axis not in kept)
