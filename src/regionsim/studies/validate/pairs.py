"""Modelled and observed values side by side, with the value of the base year that forecasts set out from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.place.counties import load_counties
from regionsim.results.indicator_catalogue import PROVINCES, Indicator, find_indicator
from regionsim.studies.validate.observations import Observation

if TYPE_CHECKING:
    import xarray

Array = NDArray[np.float64]

BALANCE_UNIT = "person/year"


@dataclass(frozen=True)
class Pairs:
    """The observed rows of one indicator; arrays of shape (row,), values in the unit of indicators.csv.

    `base` is the run's value in its first year; `uncertainty` is relative to the observed value, nan where not given.
    """

    regions: NDArray[np.str_]
    years: NDArray[np.int64]
    observed: Array
    modelled: Array
    base: Array
    uncertainty: Array

    def where(self, chosen: NDArray[np.bool_]) -> Pairs:
        """The chosen rows."""
        return Pairs(*(getattr(self, each.name)[chosen] for each in fields(self)))

    def __len__(self) -> int:
        return len(self.observed)


@dataclass(frozen=True)
class Levels:
    """Every indicator of a run by (year, region): the median over its members, as in indicators.csv."""

    array: xarray.Dataset

    @cached_property
    def _places(self) -> dict[str, int]:
        return {region: k for k, region in enumerate(self.array["region"].values.tolist())}

    @property
    def base_year(self) -> int:
        """The first year of the run."""
        return int(self.array["year"].values[0])

    def of(self, indicator: Indicator, region: str, year: int) -> float:
        """The run's value."""
        return float(self.array[indicator.name].values[year - self.base_year, self._places[region]])

    def has(self, row: Observation) -> bool:
        """Whether the run has a value where `row` was observed, and one to set out from."""
        indicator = find_indicator(row.variable)
        return math.isfinite(self.of(indicator, row.region, row.year)) and math.isfinite(
            self.base(indicator, row.region)
        )

    def base(self, indicator: Indicator, region: str) -> float:
        """The run's value in its first year."""
        return self.of(indicator, region, self.base_year)


def by_indicator(observations: Sequence[Observation]) -> dict[Indicator, list[Observation]]:
    """The observations of each indicator, in the order of the file."""
    found: dict[Indicator, list[Observation]] = {}
    for each in observations:
        found.setdefault(find_indicator(each.variable), []).append(each)
    return found


def provinces_of(region: str) -> tuple[str, ...]:
    """The provinces that a county, a part of a province or the zone lies in."""
    if region in PROVINCES:
        return (region,)
    return tuple(county.province for county in load_counties() if county.code == region) or PROVINCES


def counties_of(region: str) -> list[int]:
    """Where the counties of a region stand on the county axis."""
    inside = provinces_of(region)
    codes = [county.code for county in load_counties()]
    if region in codes:
        return [codes.index(region)]
    return [k for k, county in enumerate(load_counties()) if county.province in inside]


def is_share(indicator: Indicator) -> bool:
    """Whether changes of the indicator are told in points and not in percent."""
    return indicator.unit == "share"


def is_balance(indicator: Indicator) -> bool:
    """Whether the indicator may have either sign, so that neither growth nor percent says anything."""
    return indicator.unit == BALANCE_UNIT


def is_sum(indicator: Indicator) -> bool:
    """Whether a region has the sum of its counties."""
    return indicator.per is None and indicator.weight is None
