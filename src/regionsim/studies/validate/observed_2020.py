"""What was counted and published of 2020 by county, as observations: what a run from 2010 is scored against."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from regionsim.language.axes import LABELS
from regionsim.place.census import AGE_GROUPS, CENSUS_YEARS, RESIDENCES, load_census
from regionsim.place.counties import county_codes
from regionsim.place.employment import employment_shares, load_employment
from regionsim.place.estimate import Estimate
from regionsim.place.output import MILLIONS, load_output
from regionsim.place.output_2010 import TOTALS_WITH_LATER_SHARES
from regionsim.studies.validate.observations import Observation

Array = NDArray[np.float64]

YEAR = 2020
SOURCE = "census of 2020 and output of 2020 by county"
# A count of all residents; what census and communiques differ by between years of one county is about this.
CENSUS_UNCERTAINTY = 0.01
# A change of definition lies between the censuses: what counts as town is drawn anew each time.
URBAN_UNCERTAINTY = 0.03
# Of the long form: households are drawn whole, and answers of what work is differ between interviewers.
DESIGN_EFFECT = 1.5
SMALLEST_SAMPLING_ERROR = 0.02
OPEN_AGE = AGE_GROUPS.index("65-69")
CHILDREN = AGE_GROUPS.index("15-19")


@cache
def observed_2020() -> tuple[Observation, ...]:
    """Residents, urban residents, ages, employment and output of the 24 counties in 2020, with relative uncertainties.

    `line` is 0: the figures come from several files of the place. Output of the three districts whose totals of 2010
    are made with their share of 2021 is left out, and so are sectors of them: a run from 2010 would know the answer.
    """
    return tuple(
        Observation(0, code, variable, YEAR, float(value), float(uncertainty))
        for variable, values, uncertainties in _figures()
        for code, value, uncertainty in zip(county_codes(), values, uncertainties, strict=True)
        if not (variable.startswith("output") and code in TOTALS_WITH_LATER_SHARES)
    )


def _figures() -> Iterator[tuple[str, Array, Array]]:
    """Variable, values and relative uncertainties, (county,) each."""
    census = load_census()
    at = CENSUS_YEARS.index(YEAR)
    persons = census.persons[at].sum(axis=1)  # (county, age group)
    people = persons.sum(axis=1)
    urban = census.by_residence[at, :, RESIDENCES.index("urban")]
    counted = {
        "population": people,
        "population_below_15": persons[:, :CHILDREN].sum(axis=1),
        "population_15_to_64": persons[:, CHILDREN:OPEN_AGE].sum(axis=1),
        "population_above_64": persons[:, OPEN_AGE:].sum(axis=1),
    }
    for variable, values in counted.items():
        yield variable, values, np.full(len(people), CENSUS_UNCERTAINTY)
    for variable, values in {"urban_population": urban, "urbanization_rate": urban / people}.items():
        yield variable, values, np.full(len(people), URBAN_UNCERTAINTY)
    shares = employment_shares(YEAR)
    sampled = np.array([county.sampled_persons for county in load_employment(YEAR)])
    for k, sector in enumerate(LABELS["sector"]):
        error = DESIGN_EFFECT * np.sqrt((1 - shares[:, k]) / (shares[:, k] * sampled))
        yield f"employment_share_{sector}", shares[:, k], np.clip(error, SMALLEST_SAMPLING_ERROR, 1)
    output = load_output()
    yield ("output", *_published([county.total for county in output]))
    for sector in LABELS["sector"]:
        yield (f"output_{sector}", *_published([county.sectors[sector] for county in output]))


def _published(estimates: list[Estimate]) -> tuple[Array, Array]:
    """Values in 100 million CNY and their relative half-ranges."""
    values = np.array([each.value for each in estimates])
    half = np.array([(each.high - each.low) / 2 for each in estimates])
    return values / MILLIONS, half / values
