"""What a schedule of deaths by age implies for those past infancy: survivors, survival of age groups, mean ages."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regionsim.language.inputs import Table
from regionsim.place.schedules import integral

HIGHEST_AGE = 120.0
GRID_STEP = 0.05  # years

# Those who die in their first year live about a tenth of it, as most die in the first weeks (life tables of
# populations with low infant mortality, Coale and Demeny 1983; recalled).
YEARS_LIVED_BY_INFANTS_WHO_DIE = 0.1


def survivors(mortality: Table, ages: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of those past infancy who are alive at each age: exp of minus the deaths per person until then."""
    return np.asarray(np.exp(-integral(mortality, 0.0, ages)))


def person_years(mortality: Table, lower: float, upper: float = HIGHEST_AGE) -> float:
    """Years lived from age `lower` to `upper` by one person past infancy, in years."""
    ages = np.linspace(lower, upper, 1 + round((upper - lower) / GRID_STEP))
    return float(np.trapezoid(survivors(mortality, ages), ages))


def survival_ratio(mortality: Table, lower: float, upper: float, years: float) -> float:
    """The share of people aged `lower` to `upper` who are alive `years` later, by the stationary population.

    An open group ends at HIGHEST_AGE.
    """
    later = min(upper + years, HIGHEST_AGE)
    return person_years(mortality, lower + years, later) / person_years(mortality, lower, upper)


def mean_age_above(mortality: Table, lower: float) -> float:
    """The mean age of the people of `lower` years and over in the stationary population, in years."""
    ages = np.linspace(lower, HIGHEST_AGE, 1 + round((HIGHEST_AGE - lower) / GRID_STEP))
    alive = survivors(mortality, ages)
    return float(np.trapezoid(ages * alive, ages) / np.trapezoid(alive, ages))


def survival_to_census(infant_mortality: float) -> float:
    """The share of the births of the year before a census who are alive on its day.

    Births are spread over the year, so the share is the years lived in the first year of life:
    1 - (1 - 0.1) x deaths under one per birth.
    """
    return 1.0 - (1.0 - YEARS_LIVED_BY_INFANTS_WHO_DIE) * infant_mortality
