"""The indicators of a run: counties added up to provinces and the zone, and the table of all of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.results.indicator_catalogue import FURTHER_ROWS, INDICATORS, POPULATION, PROVINCES, Indicator, Quantity
from regionsim.results.targets import ZONE, found_targets

if TYPE_CHECKING:
    import pandas
    import xarray

COLUMNS = ("scenario", "region_type", "region", "year", "variable", "unit", "value")


def indicator_array(dataset: xarray.Dataset, names: Collection[str] | None = None) -> xarray.Dataset:
    """Every indicator, or those of `names`, by member, year and region: the one place where counties are added up.

    Dimensions (member, year, region); regions are the counties (six-digit code) in the dataset's order, then
    "Hunan" and "Jiangxi" (the part of the province inside the zone, not the province) and "zone". Coordinates
    `region_type` (county, province, zone) and `region_name` stand along region; global attributes are kept.

    What stands against population is nan for a region without population, and what stands against public money or
    people of the countryside is nan where there is none; a nan in a county is a nan in every region that holds the
    county. Raises ValueError where a model variable is missing and where a county has no area.
    """
    import xarray

    provinces = dataset["province"].values
    parts = [province for province in PROVINCES if (provinces == province).any()]
    groups = [np.flatnonzero(provinces == province) for province in parts] + [np.arange(len(provinces))]
    present = [
        indicator
        for indicator in INDICATORS
        if (names is None or indicator.name in names)
        and (not indicator.optional or all(name in dataset for name in indicator.needs))
    ]
    missing = sorted({name for indicator in present for name in indicator.needs if name not in dataset})
    if missing:
        raise ValueError(f"the dataset lacks the variables {', '.join(missing)}")
    variables = {}
    for indicator in present:
        attributes = {"units": indicator.unit, "long_name": indicator.label, "aggregation": indicator.aggregation}
        variables[indicator.name] = (("member", "year", "region"), _by_region(indicator, dataset, groups), attributes)
    called = [*dataset["county_name"].values, *(f"{province} part" for province in parts), "Zone"]
    types = ["county"] * len(provinces) + ["province"] * len(parts) + ["zone"]
    return xarray.Dataset(
        variables,
        coords={
            "member": dataset["member"].values,
            "year": dataset["year"].values,
            "region": np.asarray([*dataset["county"].values, *parts, ZONE], dtype=np.str_),
            "region_type": ("region", np.asarray(types, dtype=np.str_)),
            "region_name": ("region", np.asarray(called, dtype=np.str_)),
        },
        attrs=dict(dataset.attrs),
    )


def indicators(dataset: xarray.Dataset) -> pandas.DataFrame:
    """Every indicator as a tidy table with the columns of COLUMNS: by variable, then by region and year.

    `region` is the six-digit code as text for counties, "Hunan" and "Jiangxi" for the part of each province that
    lies inside the zone, and "zone". After them come the rows of FURTHER_ROWS (by river section and by agreement) and
    the targets of the plan, for the zone and its part in Jiangxi, 1 where attained and 0 where missed. Of an ensemble
    the value is the median over its members, taken of the indicator itself (medians of parts need not add up to the
    median of the whole), and of a target the share of members that attain it.
    """
    import pandas

    array = indicator_array(dataset)
    scenario = dataset.attrs["scenario"]
    types, regions, years = array["region_type"].values, array["region"].values, array["year"].values.astype(int)
    # Every part is built whole: a table grown row by row or column by column is slow and fragmented.
    parts = [
        _part(scenario, array[name].attrs["units"], name, types, regions, years, array[name].values)
        for name in map(str, array.data_vars)
    ]
    for rows in FURTHER_ROWS:
        variable = dataset[rows.variable].transpose("member", "year", rows.axis)
        labels = dataset[rows.axis].values
        kinds = np.full(len(labels), rows.region_type)
        parts.append(_part(scenario, rows.unit, rows.name, kinds, labels, years, variable.values))
    type_of = dict(zip(regions.tolist(), types.tolist(), strict=True))
    for found in found_targets(array):
        name, here = f"target_{found.target.name}", np.asarray([found.region])
        kind, in_year = np.asarray([type_of[found.region]]), np.asarray([found.target.year])
        parts.append(_part(scenario, "1 = attained", name, kind, here, in_year, np.full((1, 1, 1), found.attained)))
    return pandas.DataFrame({column: np.concatenate([part[column] for part in parts]) for column in COLUMNS})


def _part(
    scenario: str,
    unit: str,
    name: str,
    types: NDArray[np.str_],
    regions: NDArray[np.str_],
    years: NDArray[np.int_],
    values: NDArray[np.float64],
) -> dict[str, NDArray[np.generic]]:
    """The columns of one variable from its values by (member, year, region): by region, then by year."""
    middle = np.median(values, axis=0).T
    return {
        "scenario": np.full(middle.size, scenario),
        "region_type": np.repeat(types, len(years)),
        "region": np.repeat(regions, len(years)),
        "year": np.tile(years, len(regions)),
        "variable": np.full(middle.size, name),
        "unit": np.full(middle.size, unit),
        "value": middle.reshape(-1),
    }


def _by_region(indicator: Indicator, dataset: xarray.Dataset, groups: list[NDArray[np.intp]]) -> NDArray[np.float64]:
    """The indicator by (member, year, region): counties first, then each group of counties."""
    of = _values(indicator.of, dataset)
    if indicator.per is None and indicator.weight is None:
        return indicator.factor * _regions(of, groups)
    if indicator.per is not None:
        over, under = of, _values(indicator.per, dataset)
    else:
        under = _weight(indicator, of, dataset)
        # A county without weight counts for nothing, also where its own value has no meaning (nan).
        over = np.multiply(of, under, out=np.zeros_like(of), where=under != 0)
    over, under = _regions(over, groups), _regions(under, groups)
    empty = under == 0
    if indicator.empty == "error" and empty.any():
        raise ValueError(f"{indicator.name}: {indicator.needs[-1]} is zero in a region")
    result = np.full_like(over, np.nan)
    np.divide(over, under, out=result, where=~empty)
    return indicator.factor * result


def _weight(indicator: Indicator, of: NDArray[np.float64], dataset: xarray.Dataset) -> NDArray[np.float64]:
    if isinstance(indicator.weight, Quantity):
        return _values(indicator.weight, dataset)
    population = _values(POPULATION, dataset)
    return np.divide(population, 1 + of, out=np.zeros_like(of), where=population != 0)


def _values(quantity: Quantity, dataset: xarray.Dataset) -> NDArray[np.float64]:
    """A quantity by (member, year, county)."""
    variable = dataset.variables[quantity.variable]  # to look for its coordinates takes longer than the sums
    if quantity.sector:
        variable = variable.isel(sector=dataset.get_index("sector").get_loc(quantity.sector))
    if quantity.total:
        variable = variable.sum(quantity.total, skipna=False)
    return np.asarray(variable.transpose("member", "year", "county").values, dtype=np.float64)


def _regions(values: NDArray[np.float64], groups: list[NDArray[np.intp]]) -> NDArray[np.float64]:
    """Values by (member, year, county) with the sum over each group of counties appended."""
    sums = [values[..., group].sum(axis=-1, keepdims=True) for group in groups]
    return np.concatenate([values, *sums], axis=-1)
