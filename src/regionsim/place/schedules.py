"""Age schedules: their exact integrals and means over spans of age, and the same schedule by a cohort's mean age."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regionsim.language.inputs import Table

COHORT_WIDTH = 5.0  # years of birth in one cohort
STEP = 0.25  # years between the points of a schedule by mean age


def integral(schedule: Table, lower: ArrayLike, upper: ArrayLike) -> NDArray[np.float64]:
    """The exact integral of the piecewise linear schedule from age `lower` to age `upper`, which broadcast.

    The schedule is constant outside its points. The unit is the schedule's times year.
    """
    return _from_first_point(schedule, upper) - _from_first_point(schedule, lower)


def mean_between(schedule: Table, lower: ArrayLike, upper: ArrayLike) -> NDArray[np.float64]:
    """The mean of the schedule over the ages from `lower` to `upper`; its value at that age where both are equal.

    Raises ValueError where an upper age is below its lower age.
    """
    low, high = np.broadcast_arrays(np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64))
    width = high - low
    if np.any(width < 0):
        raise ValueError("a span of ages must not end before it begins")
    empty = width == 0
    means = integral(schedule, low, high) / np.where(empty, 1.0, width)
    return np.where(empty, np.interp(low, schedule.arguments, schedule.values), means)


def by_mean_age(schedule: Table, *, name: str, about: str, width: float = COHORT_WIDTH, step: float = STEP) -> Table:
    """The schedule by the mean age of a cohort born within `width` years: the average of its single ages.

    A cohort of mean age a spans the ages from a - width/2 to a + width/2. Below a mean age of width/2 it is still
    being born and spans the ages from 0 to 2 a, so that no age falls below 0. The points stand `step` years apart
    from mean age 0 to half a width beyond the schedule's last point, where the mean stays constant; between the
    points linear interpolation errs by at most step^2 / 8 times the jump of the slope over the width.
    """
    last = float(schedule.arguments[-1]) + width / 2
    mean_ages = np.arange(0.0, last + step, step)
    half_span = np.minimum(mean_ages, width / 2)
    return Table(
        name=name,
        about=about,
        unit=schedule.unit,
        quality="derived",
        source=f"mean of {schedule.name} over the ages of a cohort born within {width:g} years",
        argument_unit=schedule.argument_unit,
        arguments=mean_ages,
        values=mean_between(schedule, mean_ages - half_span, mean_ages + half_span),
    )


def _from_first_point(schedule: Table, age: ArrayLike) -> NDArray[np.float64]:
    """The integral from the schedule's first point to `age` (negative below it)."""
    ages, values = schedule.arguments, schedule.values
    at = np.asarray(age, dtype=np.float64)
    pieces = np.diff(ages) * (values[:-1] + values[1:]) / 2
    until_point = np.concatenate([[0.0], np.cumsum(pieces)])
    inside = np.clip(at, ages[0], ages[-1])
    k = np.clip(np.searchsorted(ages, inside, side="right") - 1, 0, len(ages) - 1)
    # From the point below: a trapezium up to the age inside, then constant values outside.
    until_inside = until_point[k] + (inside - ages[k]) * (values[k] + np.interp(inside, ages, values)) / 2
    outside = np.where(at < ages[0], values[0], values[-1])
    return np.asarray(until_inside + (at - inside) * outside)
