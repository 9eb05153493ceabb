"""Who lives in each county on census day, in country and town, and who belongs to it but lives outside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from regionsim.place.cohorts import by_cohort

Array = NDArray[np.float64]

# A county without anyone outside it would leave no one to return and no ties along which to leave.
SMALLEST_ABSENT_SHARE = 0.01  # of the registered population

_PARTS = 1024.0  # residents are split in 1/1024 person, which binary numbers sum without error
_HALVINGS = 200  # of an interval of log odds: far below the rounding of one number


def split_by_residence(persons: Array, rural_total: Array, rural_log_ratio: Array) -> Array:
    """Persons by (county, age group) as (county, residence, age group), residences rural and urban.

    No census table gives age by residence. The rule: within a county the odds of living in the country are, at each
    age, proportional to exp(`rural_log_ratio`) (age group,); the one factor of proportion per county is such that the
    rural residents sum to `rural_total` (county,). This is the limit that iterative proportional fitting of a seed
    with these odds goes to. Cells are rounded to 1/1024 person so that both margins, which must be whole persons,
    hold exactly. Raises ValueError where a rural total is negative or exceeds its county's persons.
    """
    people = persons.sum(axis=-1)
    if np.any(rural_total < 0) or np.any(rural_total > people):
        raise ValueError("rural residents must lie between 0 and all residents of their county")
    low = np.full(people.shape, -60.0 - np.max(np.abs(rural_log_ratio)))
    high = -low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        too_many = (persons * _share(middle, rural_log_ratio)).sum(axis=-1) > rural_total
        high, low = np.where(too_many, middle, high), np.where(too_many, low, middle)
    rural = persons * _share((low + high) / 2, rural_log_ratio)
    exact = np.stack([_rounded_to_total(row, total) for row, total in zip(rural, rural_total, strict=True)])
    return np.stack([exact, persons - exact], axis=-2)


def women_share(women: Array, men: Array) -> Array:
    """Women as a share of residents by (county, cohort), from women and men by (county, age group).

    The three cohorts to come get the zone's share of girls at the ages 0-4, in every county. A group without people
    gets the zone's share of its age.
    """
    people = women + men
    zone = women.sum(axis=0) / people.sum(axis=0)
    share = np.where(people > 0, women / np.where(people > 0, people, 1.0), zone)
    return by_cohort(share, unborn=zone[0])


def registered_in_2020(counted_2010: Array, recorded_2020: Array, provinces: Sequence[str]) -> Array:
    """Registered persons in 2020 by (county,): as recorded, else the count of 2010 times the growth of the others.

    The growth is that of the counties of the same province that have both figures, pooled; where a province has none
    (all ten counties of Hunan), that of all counties with both. Raises ValueError where no county has both.
    """
    known = ~np.isnan(recorded_2020)
    if not known.any():
        raise ValueError("no county has a registered population of 2020 to take the growth from")
    province = np.asarray(provinces)
    result = np.where(known, recorded_2020, 0.0)
    for k in np.flatnonzero(~known):
        alike = known & (province == province[k])
        measured = alike if alike.any() else known
        result[k] = counted_2010[k] * recorded_2020[measured].sum() / counted_2010[measured].sum()
    return result


def absent_total(registered: Array, residents: Array, in_movers: Array) -> Array:
    """Persons registered in a county who live outside it, by any shape of the arguments.

    The registered less those of them who are present, and these are the residents less the `in_movers` registered in
    other counties. Never below 1 % of the registered.
    """
    return np.maximum(registered - (residents - in_movers), SMALLEST_ABSENT_SHARE * registered)


def absent_by_cohort(total: Array, age_weights: Array, share_elsewhere: float) -> Array:
    """Absent persons `total` (county,) as (county, hub group, cohort), hub groups home province and elsewhere.

    `age_weights` (age group,) say how they spread over ages, in any unit, in all counties alike.
    """
    spread = by_cohort(age_weights / age_weights.sum())
    groups = np.array([1.0 - share_elsewhere, share_elsewhere])
    return np.asarray(total[:, None, None] * groups[:, None] * spread)


def _share(log_odds: Array, log_ratio: Array) -> Array:
    """The rural share by (county, age group) where the log odds are the county's plus the age's."""
    return np.asarray(1.0 / (1.0 + np.exp(-(log_odds[:, None] + log_ratio))))


def _rounded_to_total(values: Array, total: float) -> Array:
    """Values in whole 1/1024 that sum to `total` without error: rounded down, the largest remainders up."""
    parts = values * _PARTS
    whole = np.floor(parts)
    missing = round(total * _PARTS - whole.sum())
    order = np.argsort(whole - parts, kind="stable")  # largest remainder first
    whole[order[: max(missing, 0)]] += 1.0
    return np.asarray(whole / _PARTS)
