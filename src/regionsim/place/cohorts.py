"""The 21 five-year birth cohorts of the cohort axis, from the oldest to those born in the 15 years after the start.

A run starts from a census, that of 2020 or that of 2010, and each start has its own cohorts: those alive then, and
three to come.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regionsim.language.inputs import Table
from regionsim.place.life_table import mean_age_above
from regionsim.place.schedules import COHORT_WIDTH

BASE_YEARS = (2010, 2020)  # the censuses, each taken on 1 November
BASE_YEAR = 2020  # the census that a run starts from unless its scenario says otherwise
OPEN_AGE = 85.0  # the census gives one number for this age and over
ALIVE = 18  # cohorts alive on census day: 85+, 80-84, ..., 0-4
UNBORN = 3  # cohorts born in the fifteen years after it
COHORTS = ALIVE + UNBORN

# Lower ends of the census age groups 0-4, ..., 80-84, 85+.
LOWER_AGES = np.arange(0.0, OPEN_AGE + COHORT_WIDTH, COHORT_WIDTH)


def last_year(base_year: int = BASE_YEAR) -> int:
    """The year in which a run from that census ends at the latest: who is born later has no place on the axis."""
    return round(base_year + UNBORN * COHORT_WIDTH)


def cohort_labels(base_year: int = BASE_YEAR) -> tuple[str, ...]:
    """The names of the cohorts by years of birth: from 2020 "before 1935", "1935-1940", ..., "2030-2035"."""
    starts = [round(start) for start in _closed_starts(base_year)]
    return (f"before {starts[0]}", *(f"{start}-{start + round(COHORT_WIDTH)}" for start in starts))


def birth_end(base_year: int = BASE_YEAR) -> NDArray[np.float64]:
    """The end of each cohort's span of birth as (cohort,), in calendar years: from 2020 1935, 1940, ..., 2035."""
    return np.concatenate([_closed_starts(base_year)[:1], _closed_starts(base_year) + COHORT_WIDTH])


def births_until(base_year: int = BASE_YEAR) -> NDArray[np.float64]:
    """Until when births enter each cohort: the end of its span, but a year later for the last, for its report."""
    ends = birth_end(base_year)
    ends[-1] += 1.0
    return ends


def birth_midpoint(mortality: Table, base_year: int = BASE_YEAR) -> NDArray[np.float64]:
    """The middle of each cohort's span of birth as (cohort,), in calendar years.

    For the open cohort it is an effective one: census day less the mean age of the people of 85 and over in the
    stationary population of `mortality` (deaths per person and year by age, about 89.5 years). Among the oldest the
    true mean age then rises by less than a year per year, since the older of them die first; this overstates the
    deaths of a cohort that has left the population almost whole fifteen years later.
    """
    open_midpoint = base_year - mean_age_above(mortality, OPEN_AGE)
    return np.concatenate([[open_midpoint], _closed_starts(base_year) + COHORT_WIDTH / 2])


def birth_start(mortality: Table, base_year: int = BASE_YEAR) -> NDArray[np.float64]:
    """The begin of each cohort's span of birth as (cohort,), in calendar years.

    The effective begin of the open cohort lies as far before its effective midpoint as its end lies after it.
    """
    return 2 * birth_midpoint(mortality, base_year) - birth_end(base_year)


def by_cohort(age_groups: ArrayLike, unborn: ArrayLike = 0.0) -> NDArray[np.float64]:
    """Values by census age group (..., 18), youngest first, laid out by cohort (..., 21), oldest first.

    The cohorts that are not born yet get `unborn`, which broadcasts to (..., 3). Raises ValueError for another
    number of age groups.
    """
    values = np.asarray(age_groups, dtype=np.float64)
    if values.shape[-1] != ALIVE:
        raise ValueError(f"expected {ALIVE} five-year age groups, found {values.shape[-1]}")
    to_come = np.broadcast_to(np.asarray(unborn, dtype=np.float64), (*values.shape[:-1], UNBORN))
    return np.concatenate([values[..., ::-1], to_come], axis=-1)


def five_year_groups(census_groups: ArrayLike) -> NDArray[np.float64]:
    """Persons by the census age groups 0, 1-4, 5-9, ..., 85+ (..., 19) as 0-4, 5-9, ..., 85+ (..., 18)."""
    values = np.asarray(census_groups, dtype=np.float64)
    if values.shape[-1] != ALIVE + 1:
        raise ValueError(f"expected {ALIVE + 1} census age groups, found {values.shape[-1]}")
    return np.concatenate([values[..., :1] + values[..., 1:2], values[..., 2:]], axis=-1)


def _closed_starts(base_year: int) -> NDArray[np.float64]:
    """The begin of the span of birth of all cohorts but the open one."""
    return base_year - OPEN_AGE + COHORT_WIDTH * np.arange(COHORTS - 1, dtype=np.float64)
