"""The scenario that is scored with births and deaths given: those of the provinces, in place of the model's own.

A forecast of population errs by births and deaths, which follow the nation, and by migration, which is the region's.
With the first two given, what is left is the third.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.language.axes import LABELS
from regionsim.language.inputs import AnyInput, Constant, Path
from regionsim.place.cohorts import BASE_YEAR
from regionsim.results.indicator_catalogue import PROVINCES
from regionsim.scenarios.changes import Change
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.model import given
from regionsim.studies.validate.provinces import BIRTHS, DEATHS, provincial_series

if TYPE_CHECKING:
    import xarray

Array = NDArray[np.float64]

FERTILITY, MORTALITY = "fertility_index", "residence_mortality_ratio"
NOTE = "as births and deaths of the provinces were"


def with_given_paths(scenario: Scenario, forecast: xarray.Dataset) -> Scenario | None:
    """The scenario with fertility and mortality by year such that births and deaths move as those of the provinces did.

    `forecast` is the run of the scenario as it stands. Births and deaths of calendar year y, over those of 2020, are
    given to the model year that ends then; after the last year that both provinces have the scenario goes its own way.
    None where nothing is known: a run that does not start in 2020, or ends before a year that was published.
    """
    births, deaths = (_given(name, scenario) for name in (BIRTHS, DEATHS))
    if not births or not deaths:
        return None
    inputs = given(scenario).inputs
    fertility: list[tuple[float, float]] = []
    mortality: dict[str, list[tuple[float, float]]] = {residence: [] for residence in LABELS["residence"]}
    at = _by_province(forecast)
    for year in range(scenario.start, scenario.end):
        own = _value(inputs[FERTILITY], year).reshape(-1)[0]
        if year + 1 in births:
            # Births at the same fertility follow the number of women, which the model has right or wrong by itself.
            women = {p: at["births"][p][year] / at["births"][p][BASE_YEAR] for p in PROVINCES}
            start = _value(inputs[FERTILITY], BASE_YEAR).reshape(-1)[0]
            own = _mean(births[year + 1], at["births"]) / _mean(women, at["births"]) * (own / start)
        fertility.append((float(year), float(own)))
        factor = 1.0
        if year + 1 in deaths:
            moved = {p: at["deaths"][p][year + 1] / at["deaths"][p][BASE_YEAR] for p in PROVINCES}
            factor = _mean(deaths[year + 1], at["deaths"]) / _mean(moved, at["deaths"])
        ratios = _value(inputs[MORTALITY], year).reshape(-1)
        for residence, ratio in zip(LABELS["residence"], ratios, strict=True):
            mortality[residence].append((float(year), float(ratio * factor)))
    changes = {
        FERTILITY: Change(form="path", values={(): tuple(fertility)}, kind="step", outside_range=True, note=NOTE),
        MORTALITY: Change(
            form="path",
            values={(residence,): tuple(path) for residence, path in mortality.items()},
            kind="step",
            outside_range=True,
            note=NOTE,
        ),
    }
    return replace(scenario, parameters={**scenario.parameters, **changes}, said=())


def _given(name: str, scenario: Scenario) -> dict[int, dict[str, float]]:
    """By calendar year from 2021 on: what each province had, over what it had in 2020; years that both have."""
    if scenario.start != BASE_YEAR:
        return {}
    series = provincial_series()
    years = [year for _, variable, year in series if variable == name and BASE_YEAR < year <= scenario.end]
    found = {}
    for year in sorted(set(years)):
        values = {p: series.get((p, name, year), math.nan) / series[p, name, BASE_YEAR] for p in PROVINCES}
        if all(math.isfinite(value) for value in values.values()):
            found[year] = values
    return found


def _by_province(forecast: xarray.Dataset) -> dict[str, dict[str, dict[int, float]]]:
    """Births and deaths of the forecast by variable, province and year, median of its members."""
    years = [int(year) for year in forecast["year"].values]
    result: dict[str, dict[str, dict[int, float]]] = {}
    for variable in (BIRTHS, DEATHS):
        axes = [axis for axis in forecast[variable].dims if axis not in ("member", "year", "county")]
        values = forecast[variable].sum(axes).median("member").transpose("county", "year").values
        result[variable] = {
            province: dict(
                zip(years, values[forecast["province"].values == province].sum(axis=0).tolist(), strict=True)
            )
            for province in PROVINCES
        }
    return result


def _mean(values: Mapping[str, float], at: Mapping[str, Mapping[int, float]]) -> float:
    """The mean over provinces, weighted by what each has in 2020."""
    weights = {province: at[province][BASE_YEAR] for province in PROVINCES}
    return sum(values[p] * weights[p] for p in PROVINCES) / sum(weights.values())


def _value(given_input: AnyInput, year: float) -> Array:
    if isinstance(given_input, Path):
        return given_input.at(year)
    assert isinstance(given_input, Constant)
    return given_input.values
