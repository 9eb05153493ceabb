"""Three forecasts that need no model: the last value, the county's own trend, and the growth of its province."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from regionsim.place.census import AGE_GROUPS, CENSUS_YEARS, RESIDENCES, load_census
from regionsim.place.counties import county_codes
from regionsim.place.tables import QUALITY, number, one_of, read_table, text
from regionsim.results.indicator_catalogue import Indicator
from regionsim.studies.validate.observations import Observation
from regionsim.studies.validate.pairs import Levels, counties_of, is_balance, is_share, is_sum, provinces_of
from regionsim.studies.validate.provinces import FOLDER, POPULATION, URBAN_POPULATION, URBAN_SHARE, province_growth

Array = NDArray[np.float64]

DEPENDENCY_RATIO = "dependency_ratio"
YEAR_2000 = 2000
FILE_OF_2000 = "counties_2000.csv"
WITH_TREND = (POPULATION, URBAN_POPULATION, URBAN_SHARE, DEPENDENCY_RATIO)
WITH_TREND_BEFORE_2010 = (POPULATION,)
WORKING_AGE = slice(AGE_GROUPS.index("15-19"), AGE_GROUPS.index("65-69"))


class Benchmark(Enum):
    """A forecast to beat; the value is its name in files."""

    LAST_VALUE = "last_value"
    COUNTY_TREND = "county_trend"
    PROVINCE_GROWTH = "province_growth"

    @property
    def label(self) -> str:
        """The name in words."""
        return self.value.replace("_", " ")


@dataclass(frozen=True)
class Forecast:
    """What a benchmark says of each row (row,), nan where it says nothing; `basis` and `missing` in words."""

    values: Array
    basis: str
    missing: str = ""

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where the benchmark says something."""
        return np.isfinite(self.values)

    def where(self, chosen: NDArray[np.bool_]) -> Forecast:
        """The chosen rows."""
        return replace(self, values=self.values[chosen])


def forecasts(indicator: Indicator, rows: Sequence[Observation], levels: Levels) -> dict[Benchmark, Forecast]:
    """All benchmarks for all `rows` of one indicator, in the unit of indicators.csv."""
    base = np.array([levels.base(indicator, row.region) for row in rows])
    return {
        Benchmark.LAST_VALUE: Forecast(base, f"the run's own value of {levels.base_year}"),
        Benchmark.COUNTY_TREND: _county_trend(indicator, rows, base, levels.base_year),
        Benchmark.PROVINCE_GROWTH: _province_growth(indicator, rows, base, levels),
    }


def _county_trend(indicator: Indicator, rows: Sequence[Observation], base: Array, base_year: int) -> Forecast:
    """The change between the two censuses up to the base year, continued: in percent a year, of shares in points."""
    known = WITH_TREND if base_year >= CENSUS_YEARS[-1] else WITH_TREND_BEFORE_2010
    if indicator.name not in known:
        missing = f"no trend up to {base_year} in the data, which have comparable years for {', '.join(known)} alone"
        return Forecast(np.full(len(rows), np.nan), "", missing)
    first, last = CENSUS_YEARS if base_year >= CENSUS_YEARS[-1] else (YEAR_2000, CENSUS_YEARS[0])
    values = []
    for row, start in zip(rows, base, strict=True):
        counties = counties_of(row.region)
        counted = _counted(indicator.name, counties)
        earlier, later = counted if last == CENSUS_YEARS[-1] else (residents_of_2000()[counties].sum(), counted[0])
        steps = (row.year - base_year) / (last - first)
        if is_share(indicator):
            values.append(float(np.clip(start + (later - earlier) * steps, 0.0, 1.0)))
        else:
            values.append(start * (later / earlier) ** steps)
    return Forecast(np.array(values), f"the censuses of {first} and {last}")


@cache
def residents_of_2000() -> Array:
    """Residents of the counties in the census of 2000, (county,). Raises ProblemsError for a broken file."""
    columns = {"adcode": one_of(*county_codes()), "population": number(1), "quality": QUALITY, "source": text}
    rows = {row["adcode"]: row["population"] for row in read_table(FILE_OF_2000, columns, folder=FOLDER)}
    return np.array([rows[code] for code in county_codes()])


def _counted(name: str, counties: Sequence[int]) -> Array:
    """What the two censuses counted in these counties together, (census year,)."""
    census = load_census()
    persons = census.persons[:, counties].sum(axis=(1, 2))  # (census year, age group)
    everybody = persons.sum(axis=1)
    urban = census.by_residence[:, counties, RESIDENCES.index("urban")].sum(axis=1)
    working_age = persons[:, WORKING_AGE].sum(axis=1)
    counted = {
        POPULATION: everybody,
        URBAN_POPULATION: urban,
        URBAN_SHARE: urban / everybody,
        DEPENDENCY_RATIO: everybody / working_age - 1,
    }
    return np.asarray(counted[name])


def _province_growth(indicator: Indicator, rows: Sequence[Observation], base: Array, levels: Levels) -> Forecast:
    """The province's growth times the region's value of the base year; of shares the province's change, added."""
    values = np.full(len(rows), np.nan)
    if is_balance(indicator):
        return Forecast(values, "", "a balance of either sign has no growth")
    growth_of = {
        (province, year): province_growth(indicator, province, year, rows, levels)
        for province, year in dict.fromkeys(
            (province, row.year) for row in rows for province in provinces_of(row.region)
        )
    }
    bases: dict[str, None] = {}
    missing: dict[str, None] = {}
    for k, row in enumerate(rows):
        inside = provinces_of(row.region)
        growths = [growth_of[province, row.year] for province in inside]
        if any(np.isnan(growth.value) for growth in growths):
            missing |= dict.fromkeys(growth.basis for growth in growths if np.isnan(growth.value))
        elif len(inside) > 1 and not is_sum(indicator):
            missing["the zone is in no single province"] = None
        elif len(counties_of(row.region)) > 1 and any(growth.of_the_file for growth in growths):
            missing["the growth of a whole part would be what was observed of it"] = None
        else:
            starts = [base[k]] if len(inside) == 1 else [levels.base(indicator, province) for province in inside]
            values[k] = sum(growth.applied(start) for growth, start in zip(growths, starts, strict=True))
            bases |= dict.fromkeys(growth.basis for growth in growths)
    return Forecast(values, "; ".join(bases), "; ".join(missing))
