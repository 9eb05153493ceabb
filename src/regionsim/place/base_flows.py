"""What the two censuses say of yearly change: net migration, departures, moves to town, and births per woman.

Ten-year cohorts are told by their census age group in 2020: 10-14, ..., 80-84, 85+ (16 of them), who were 0-4, ...,
70-74, 75+ in 2010. Those born in between are left out here, since nobody counted them in 2010.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regionsim.language.inputs import Table
from regionsim.place.cohorts import ALIVE, LOWER_AGES, OPEN_AGE
from regionsim.place.life_table import HIGHEST_AGE, survival_ratio, survival_to_census
from regionsim.place.schedules import COHORT_WIDTH, mean_between

Array = NDArray[np.float64]

DECADE = 10.0  # years from census to census
TEN_YEAR_COHORTS = ALIVE - 2
SMALLEST_RELATIVE_LEVEL = 0.1  # of the zone's level: where a county's balance gives less, or less than nothing

_INSTANTS = 20  # of the decade at which residents are weighted


def survivors_of_decade(residents_2010: Array, mortality: Table) -> Array:
    """Residents of 2010 by census age group (..., 18) who are alive in 2020, by ten-year cohort (..., 16).

    Each group survives like the same ages of the stationary population of `mortality` (deaths per person and year by
    age). The last cohort joins those who were 75-79, 80-84 and 85 or over.
    """
    upper = np.append(LOWER_AGES[1:], HIGHEST_AGE)
    ratios = [survival_ratio(mortality, low, high, DECADE) for low, high in zip(LOWER_AGES, upper, strict=True)]
    return _joined(residents_2010 * np.array(ratios))


def net_migration(residents_2010: Array, residents_2020: Array, mortality: Table) -> Array:
    """Persons gained (lost where negative) over the decade by ten-year cohort (..., 16), from age groups (..., 18).

    The residents of 2020 less the survivors of those of 2010. Children missed in the census of 2010 look like
    arrivals aged 10-14 in 2020.
    """
    return np.asarray(residents_2020[..., 2:] - survivors_of_decade(residents_2010, mortality))


def weighted_residents(schedule: Table, residents_2010: Array, residents_2020: Array) -> Array:
    """Residents weighted by a yearly rate by age, in persons per year (...), the mean over the decade.

    Sums the ten-year cohorts, whose number runs in a straight line from the count of 2010 to that of 2020 (age groups,
    (..., 18)) while they grow ten years older. The open cohort is weighted as if it were the closed one next to it.
    """
    before, after = _joined(residents_2010), residents_2020[..., 2:]
    total = np.zeros(before.shape[:-1])
    for elapsed in (np.arange(_INSTANTS) + 0.5) * DECADE / _INSTANTS:
        ages = LOWER_AGES[:TEN_YEAR_COHORTS] + elapsed
        present = before + (after - before) * elapsed / DECADE
        total = total + (present * mean_between(schedule, ages, ages + COHORT_WIDTH)).sum(axis=-1) / _INSTANTS
    return np.asarray(total)


def returns_per_year(absent_2010: Array, absent_2020: Array, age_weights: Array, return_rates: Array) -> Array:
    """Yearly returns of the ten-year cohorts in persons per year (...), the mean of the decade's begin and end.

    `age_weights` say how the absent spread over the age groups (18,) in both years, `return_rates` (18,) are per
    absent person and year. Of the absent of 2020 those under 10 are left out like in the cohorts.
    """
    weights = age_weights / age_weights.sum()
    begin = absent_2010 * (weights * return_rates).sum()
    end = absent_2020 * (weights * return_rates)[2:].sum()
    return np.asarray((begin + end) / 2)


def town_moves_per_year(
    rural_2010: Array,
    rural_2020: Array,
    net_departures: Array,
    rural_share: Array,
    mortality: Table,
    reclassified: float,
) -> Array:
    """People who moved from the country to their own county's towns, in persons per year (county,).

    The rural survivors of 2010 less the same cohorts in the country in 2020 ((county, 18) each) are those who left the
    country. From them goes what left the county: `net_departures` (county,), persons per year, of which the country
    has `rural_share` (county,). Of the rest the share `reclassified` did not move: their land was counted as urban.
    Negative where the country lost fewer than the county's departures explain.
    """
    left_country = -net_migration(rural_2010, rural_2020, mortality).sum(axis=-1) / DECADE
    return np.asarray((1.0 - reclassified) * (left_country - rural_share * net_departures))


def pooled_levels(flows: Array, exposure: Array, weight: float, unknown: NDArray[np.bool_]) -> Array:
    """County multipliers (county,) on a schedule, drawn towards the zone's: flows over schedule-weighted residents.

    A county keeps `weight` of the logarithm of its level relative to the zone's, its own level counting as at least
    a tenth of the zone's. Counties marked as `unknown` are kept out of the zone's level and get it. The others are
    scaled together so that their summed flows stay as counted. Raises ValueError where the zone's flow is not
    positive.
    """
    trusted = ~unknown
    if not trusted.any() or flows[trusted].sum() <= 0 or np.any(exposure <= 0):
        raise ValueError("pooling needs a positive flow of the zone and residents in every county")
    zone = flows[trusted].sum() / exposure[trusted].sum()
    relative = np.maximum(flows / exposure / zone, SMALLEST_RELATIVE_LEVEL) ** weight
    scale = exposure[trusted].sum() / (relative * exposure)[trusted].sum()
    return np.asarray(np.where(trusted, zone * scale * relative, zone))


def births_of_census_year(infants: Array, infant_mortality: float) -> Array:
    """Births in the year before the census, in births per year, from the persons aged 0 and deaths under 1 per birth.

    Infants who moved count where they lived on census day.
    """
    return np.asarray(infants / survival_to_census(infant_mortality))


def total_fertility(births: Array, women: Array, fertility: Table) -> Array:
    """Births per woman over her life at the rates of the year before the census, (...) from women (..., 18).

    `fertility` by exact age sums to 1 over all ages; the births are divided by the sum of it over the women, who were
    on average half a year younger in that year than on census day. Where mothers work elsewhere and leave their infants
    in the county, this is more than the women who belong to the county have.
    """
    ages = LOWER_AGES - 0.5
    pattern = mean_between(fertility, ages, ages + COHORT_WIDTH)
    pattern = np.where(LOWER_AGES < OPEN_AGE, pattern, 0.0)
    return np.asarray(births / (women * pattern).sum(axis=-1))


def _joined(age_groups: Array) -> Array:
    """Age groups of 2010 (..., 18) as ten-year cohorts (..., 16): the three oldest become one."""
    last = age_groups[..., TEN_YEAR_COHORTS - 1 :].sum(axis=-1, keepdims=True)
    return np.concatenate([age_groups[..., : TEN_YEAR_COHORTS - 1], last], axis=-1)
