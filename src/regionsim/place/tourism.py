"""Visits of an ordinary year by county, and what a visit leaves there: press figures, and a rule for the others."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant
from regionsim.place.counties import load_counties
from regionsim.place.estimate import Estimate, independent_error, worst_quality
from regionsim.place.published import Published, load_published, pick
from regionsim.place.tables import DATA
from regionsim.place.urban_rural_residents import load_urban_rural_residents
from regionsim.problems import Problem, ProblemsError

FILE = "tourism.csv"
VISITS, REVENUE, RESIDENTS = "tourism_visits", "tourism_revenue", "population_resident"
UNITS = {VISITS: "10000 visits", REVENUE: "100 million CNY", RESIDENTS: "person"}
VISITS_IN_UNIT, CNY_IN_UNIT = 1e4, 1e8
MILLION = 1e6

# The last year before the epidemic: it stands for the ordinary year that a run starts from.
ORDINARY_YEAR = 2019
CENSUS_YEAR = 2020
ZHUZHOU = "430200"
# A county without a figure may have from 0.4 to 2.5 times Zhuzhou's visits per resident. The counties with a figure
# have 1.1 (Pingjiang) to 2.5 times (Yanling); Jinggangshan, with 7 times, is like no other.
LOWEST, HIGHEST = 0.4, 2.5

GROWTH = "reported_visit_growth_rate"
SPENDING = "typical_spending_per_visit"


@dataclass(frozen=True)
class CountyTourism:
    """Visits (visit/year) as counted locally in an ordinary year, and spending per visit (CNY, prices of its year)."""

    code: str
    visits: Estimate
    spending: Estimate


@cache
def load_tourism(
    growth: Estimate, typical_spending: Estimate, base_year: int = CENSUS_YEAR, folder: Path = DATA
) -> tuple[CountyTourism, ...]:
    """All counties, in the order of the county axis.

    With a figure: the latest up to 2019, moved there by `growth` (1/year, exponential), whose range widens that of the
    figure; spending is that year's reported revenue over its visits, not deflated. Without: residents of 2020 times
    the visits per resident of Zhuzhou prefecture, which is no place of pilgrimage, with a range of 0.4 to 2.5 times;
    spending is `typical_spending` (CNY/visit).

    Visits of another `base_year` are those of 2020 moved there by `growth`.

    Visits count a person in every county and at every site that he comes to: they tell changes, not people.

    Raises ProblemsError for an area with a figure of visits but no revenue of that year, and where Zhuzhou is missing.
    """
    counties = load_counties()
    rows = load_published(FILE, UNITS, {*(county.code for county in counties), ZHUZHOU}, folder=folder)
    years = {
        code: max(row.year for row in rows if row.code == code and row.variable == VISITS and row.year <= ORDINARY_YEAR)
        for code in {row.code for row in rows if row.variable == VISITS and row.year <= ORDINARY_YEAR}
    }
    if ZHUZHOU not in years:
        raise ProblemsError([Problem(FILE, 0, f"no row of {VISITS} up to {ORDINARY_YEAR} for {ZHUZHOU} (Zhuzhou)")])
    picked: dict[tuple[str, str], Published] = {}
    problems: list[Problem] = []
    wanted = [([(code, VISITS), (code, REVENUE)], year) for code, year in sorted(years.items())]
    for pairs, year in [*wanted, ([(ZHUZHOU, RESIDENTS)], CENSUS_YEAR)]:
        try:
            picked |= pick(FILE, rows, pairs, year)
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)

    zhuzhou = _moved(picked[ZHUZHOU, VISITS], growth)
    residents = {one.code: one.total for one in load_urban_rural_residents()}
    result = []
    for county in counties:
        if county.code in years:
            visits = _moved(picked[county.code, VISITS], growth)
            spending = _spending(picked[county.code, REVENUE], picked[county.code, VISITS])
        else:
            visits = _per_resident(zhuzhou, residents[county.code] / picked[ZHUZHOU, RESIDENTS].value)
            spending = typical_spending
        result.append(CountyTourism(county.code, _grown(visits, growth, base_year - CENSUS_YEAR), spending))
    return tuple(result)


def tourism_inputs(parameters: Mapping[str, AnyInput], base_year: int = CENSUS_YEAR) -> list[AnyInput]:
    """`initial_visits` (visit/year) and `spending_per_visit` (million CNY_2020/visit), full rank over counties.

    Reads `reported_visit_growth_rate` and `typical_spending_per_visit`. The quality of an input is the worst among
    its counties; `load_tourism` has the quality, range and source of each.
    """
    counties = load_tourism(_estimate(parameters[GROWTH]), _estimate(parameters[SPENDING]), base_year)
    return [
        Constant(
            name="initial_visits",
            about="Visits of an ordinary year (2019) as counted locally, several times over.",
            unit="visit/year",
            over=("county",),
            quality=worst_quality(county.visits.quality for county in counties),
            source=f"press figures moved to 2019 by parameter:{GROWTH}; others by Zhuzhou's visits per resident",
            file=FILE,
            values=full_rank([county.visits.value for county in counties], ("county",)),
        ),
        Constant(
            name="spending_per_visit",
            about="Reported spending of visitors over visits; not deflated.",
            unit="million CNY_2020/visit",
            over=("county",),
            quality=worst_quality(county.spending.quality for county in counties),
            source=f"reported revenue over visits of the same year; others parameter:{SPENDING}",
            file=FILE,
            values=full_rank([county.spending.value / MILLION for county in counties], ("county",)),
        ),
    ]


def _moved(row: Published, growth: Estimate) -> Estimate:
    """A figure of visits, moved to the ordinary year."""
    visits = Estimate(
        value=row.value * VISITS_IN_UNIT,
        low=(row.value - row.error) * VISITS_IN_UNIT,
        high=(row.value + row.error) * VISITS_IN_UNIT,
        quality=row.quality,
        source=row.source,
        year=row.year,
    )
    return _grown(visits, growth, ORDINARY_YEAR - row.year)


def _grown(visits: Estimate, growth: Estimate, years: int) -> Estimate:
    """Visits moved by some years with reported growth, whose doubt widens the range in either direction."""
    if years == 0:
        return visits
    ends = [math.exp(rate * years) for rate in (growth.low, growth.high)]
    return replace(
        visits,
        value=visits.value * math.exp(growth.value * years),
        low=visits.low * min(ends),
        high=visits.high * max(ends),
        quality=worst_quality([visits.quality, growth.quality]),
        note=f"moved by {years} years with reported growth",
    )


def _spending(revenue: Published, visits: Published) -> Estimate:
    value = revenue.value * CNY_IN_UNIT / (visits.value * VISITS_IN_UNIT)
    error = value * independent_error([revenue.uncertainty, visits.uncertainty])
    return Estimate(
        value=value,
        low=value - error,
        high=value + error,
        quality=worst_quality([revenue.quality, visits.quality, "derived"]),
        source=revenue.source,
        year=revenue.year,
        note="reported revenue over visits",
    )


def _per_resident(zhuzhou: Estimate, share: float) -> Estimate:
    return Estimate(
        value=zhuzhou.value * share,
        low=zhuzhou.low * share * LOWEST,
        high=zhuzhou.high * share * HIGHEST,
        quality=worst_quality([zhuzhou.quality, "derived"]),
        source=zhuzhou.source,
        year=zhuzhou.year,
        note="no figure: Zhuzhou's visits per resident",
    )


def _estimate(parameter: AnyInput) -> Estimate:
    value = float(parameter.values.reshape(-1)[0])
    return Estimate(
        value=value,
        low=value if parameter.low is None else parameter.low,
        high=value if parameter.high is None else parameter.high,
        quality=parameter.quality,
        source=f"parameter:{parameter.name}; {parameter.source}",
        year=ORDINARY_YEAR,
    )
