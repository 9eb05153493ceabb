"""Age schedules: their exact integrals and means over spans of age, and the same schedule by a cohort's mean age."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regionsim.language.inputs import Table

COHORT_WIDTH = 5.0  # years of birth in one cohort
STEP = 0.25  # years between the points of a schedule by mean age
FINE = 0.02  # years between the points where two schedules are multiplied
CHILD = 10.0  # an age at which children move with their parents only
LEAVING_KNOWN_AT = 15.0  # the age from which the moves ahead of a child are counted


def integral(schedule: Table, lower: ArrayLike, upper: ArrayLike) -> NDArray[np.float64]:
    """The exact integral of the piecewise linear schedule from age `lower` to age `upper`, which broadcast.

    The schedule is constant outside its points. The unit is the schedule's times year.
    """
    until_lower, until_upper = _from_first_point(schedule, np.stack(np.broadcast_arrays(lower, upper)))
    return np.asarray(until_upper - until_lower)


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


def leaving_ahead(propensity: Table, age: ArrayLike, until: float = LEAVING_KNOWN_AT) -> NDArray[np.float64]:
    """Moves weighed between `age` and the age `until` beyond what children weigh with their parents; less than 0 after.

    Children move whatever their age, so that only what the schedule adds to its value at age 10 tells the younger
    from the older members of a cohort.
    """
    beyond = Table(**{**vars(propensity), "values": propensity.values - np.interp(CHILD, *points(propensity))})
    return integral(beyond, np.maximum(age, CHILD), np.maximum(until, CHILD))


def staying(propensity: Table, leaving_share: float) -> Table:
    """How many of an age are still there against age 10, if `leaving_share` of those who weigh a move leave."""
    ages = np.arange(0.0, float(propensity.arguments[-1]) + COHORT_WIDTH, FINE)
    remaining = np.exp(leaving_share * leaving_ahead(propensity, ages, CHILD))
    changed = {"name": "staying_by_age", "unit": "dimensionless", "arguments": ages, "values": remaining}
    return Table(**{**vars(propensity), **changed})


def points(table: Table) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The arguments and values of a table, as numpy's interpolation takes them."""
    return table.arguments, table.values


def by_mean_age(
    schedule: Table,
    *,
    name: str,
    about: str,
    width: float = COHORT_WIDTH,
    step: float = STEP,
    weights: Table | None = None,
) -> Table:
    """The schedule by the mean age of a cohort born within `width` years: the average of its single ages.

    A cohort of mean age a spans the ages from a - width/2 to a + width/2. Below a mean age of width/2 it is still
    being born and spans the ages from 0 to 2 a, so that no age falls below 0. The points stand `step` years apart
    from mean age 0 to half a width beyond the schedule's last point, where the mean stays constant; between the
    points linear interpolation errs by at most step^2 / 8 times the jump of the slope over the width.

    `weights` by age say how many of each age are there, where a cohort is not evenly spread over its years of birth.
    """
    last = float(schedule.arguments[-1]) + width / 2
    mean_ages = np.arange(0.0, last + step, step)
    half_span = np.minimum(mean_ages, width / 2)
    values = mean_between(schedule, mean_ages - half_span, mean_ages + half_span)
    if weights is not None:
        # On a grid so fine that the product of the two lines is as good as a line.
        ages = np.arange(0.0, last + width, FINE)
        weight = np.interp(ages, *points(weights))
        product = Table(**{**vars(schedule), "arguments": ages, "values": weight * np.interp(ages, *points(schedule))})
        weight_table = Table(**{**vars(schedule), "arguments": ages, "values": weight})
        low, high = mean_ages[1:] - half_span[1:], mean_ages[1:] + half_span[1:]
        values[1:] = integral(product, low, high) / integral(weight_table, low, high)
    return Table(
        name=name,
        about=about,
        unit=schedule.unit,
        quality="derived",
        source=f"mean of {schedule.name} over the ages of a cohort born within {width:g} years",
        argument_unit=schedule.argument_unit,
        arguments=mean_ages,
        values=values,
    )


def leaving_ahead_by_mean_age(propensity: Table) -> tuple[Table, Table]:
    """The moves ahead until 15, as means over a cohort that crosses that age: all its members, and those under 15 only.

    With them a cohort's share under 15 follows who has left: the older members are fewer. Both are 0 for cohorts that
    are over 15, of which no share is asked, and alike for those under 15.
    """
    mean_ages = np.arange(0.0, LEAVING_KNOWN_AT + COHORT_WIDTH / 2 + STEP, STEP)
    ages = np.arange(0.0, LEAVING_KNOWN_AT + COHORT_WIDTH + FINE, FINE)
    ahead = Table(**{**vars(propensity), "arguments": ages, "values": leaving_ahead(propensity, ages)})
    half_span = np.minimum(mean_ages, COHORT_WIDTH / 2)
    low, high = mean_ages - half_span, mean_ages + half_span
    span = np.where(high > low, high - low, 1.0)
    crossing = (low < LEAVING_KNOWN_AT) & (high > LEAVING_KNOWN_AT)
    below = np.where(crossing, integral(ahead, low, np.minimum(high, LEAVING_KNOWN_AT)) / span, 0.0)
    whole = np.where(crossing, integral(ahead, low, high) / span, 0.0)

    def table(name: str, about: str, values: NDArray[np.float64]) -> Table:
        return Table(
            name=name,
            about=about,
            unit="dimensionless",
            quality="derived",
            source=f"{propensity.name} beyond its value at age {CHILD:g}",
            argument_unit="year",
            arguments=mean_ages,
            values=values,
        )

    return (
        table("leaving_ahead_by_mean_age", "Moves weighed up to age 15, mean over a cohort that crosses it.", whole),
        table("leaving_ahead_under_15_by_mean_age", "The part of it that belongs to members under 15.", below),
    )


def _from_first_point(schedule: Table, age: NDArray[np.float64]) -> NDArray[np.float64]:
    """The integral from the schedule's first point to `age` (negative below it)."""
    ages, values = schedule.arguments, schedule.values
    at = np.asarray(age, dtype=np.float64)
    pieces = np.diff(ages) * (values[:-1] + values[1:]) / 2
    until_point = np.concatenate([[0.0], np.cumsum(pieces)])
    inside = np.minimum(np.maximum(at, ages[0]), ages[-1])
    k = np.searchsorted(ages, inside, side="right") - 1
    # From the point below: a trapezium up to the age inside, then constant values outside.
    until_inside = until_point[k] + (inside - ages[k]) * (values[k] + np.interp(inside, ages, values)) / 2
    outside = np.where(at < ages[0], values[0], values[-1])
    return np.asarray(until_inside + (at - inside) * outside)
