"""The declared indicators of a run and their aggregation from counties to provinces and the zone, said once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas
    import xarray

COLUMNS = ("scenario", "region_type", "region", "year", "variable", "unit", "value")
PROVINCES = ("Hunan", "Jiangxi")
ZONE = "zone"
OUTPUT_UNIT = "100 million CNY, 2020 prices"
HUNDRED_MILLIONS_PER_MILLION = 0.01


@dataclass(frozen=True)
class Quantity:
    """A model variable, at one element of a further axis where `sector` is given."""

    variable: str
    sector: str = ""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator: `factor` times `of`, and how counties make a region.

    - with neither `per` nor `weight`, the sum over the region's counties;
    - with `per`, the ratio of the two sums;
    - with `weight`, the mean of the counties' values, weighted.

    `weight` names a quantity, or is "working_age" for dependents per person of working age: the weight is then
    population / (1 + ratio), which is the population of working age, so that the mean is the ratio of the sums.
    `empty` says what a region with a denominator of zero gets: "nan" (nobody lives there: the ratio has no meaning)
    or "error" (it cannot be). `optional` indicators are left out of a dataset that lacks their variable.
    """

    name: str
    label: str
    unit: str
    of: Quantity
    per: Quantity | None = None
    weight: Quantity | Literal["working_age"] | None = None
    factor: float = 1.0
    empty: Literal["nan", "error"] = "error"
    optional: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        """The model variables that the indicator is made of."""
        weight = Quantity("population") if self.weight == "working_age" else self.weight
        return tuple(quantity.variable for quantity in (self.of, self.per, weight) if quantity is not None)

    @property
    def aggregation(self) -> str:
        """How counties make a region, in words."""
        if self.per is not None:
            return "ratio of sums"
        if self.weight is None:
            return "sum"
        return "mean weighted by " + ("working-age population" if self.weight == "working_age" else self.needs[-1])

    @property
    def shown_factor(self) -> float:
        """Times this, the value is in `shown_unit`: shares are shown as percent."""
        return 100.0 if self.unit == "share" else 1.0

    @property
    def shown_unit(self) -> str:
        """The unit in tables and figures."""
        return "%" if self.unit == "share" else self.unit


POPULATION = Quantity("population")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(name="population", label="Population", unit="person", of=POPULATION),
    Indicator(name="urban_population", label="Urban population", unit="person", of=Quantity("urban_population")),
    Indicator(
        name="urbanization_rate",
        label="Urbanization rate",
        unit="share",
        of=Quantity("urban_population"),
        per=POPULATION,
        empty="nan",
    ),
    Indicator(name="forest_area", label="Forest area", unit="ha", of=Quantity("forest_area")),
    Indicator(
        name="forest_cover",
        label="Forest cover",
        unit="share",
        of=Quantity("forest_area"),
        per=Quantity("county_area"),
    ),
    Indicator(
        name="output",
        label="Output",
        unit=OUTPUT_UNIT,
        of=Quantity("output"),
        factor=HUNDRED_MILLIONS_PER_MILLION,
    ),
    *(
        Indicator(
            name=f"output_{sector}",
            label=f"Output of {sector}",
            unit=OUTPUT_UNIT,
            of=Quantity("sector_output", sector=sector),
            factor=HUNDRED_MILLIONS_PER_MILLION,
        )
        for sector in ("agriculture", "industry", "services")
    ),
    Indicator(
        name="output_per_person",
        label="Output per person",
        unit="CNY, 2020 prices",
        of=Quantity("output"),
        per=POPULATION,
        factor=1e6,
        empty="nan",
    ),
    Indicator(
        name="market_access",
        label="Market access",
        unit="index, 2020 = 1",
        of=Quantity("market_access"),
        weight=POPULATION,
        empty="nan",
    ),
    Indicator(
        name="dependency_ratio",
        label="Dependency ratio",
        unit="share",
        of=Quantity("dependency_ratio"),
        weight="working_age",
        empty="nan",
        optional=True,
    ),
    Indicator(name="net_migration", label="Net migration", unit="person/year", of=Quantity("net_migration")),
)


def find_indicator(name: str) -> Indicator:
    """The declared indicator of this name. Raises KeyError with the known names."""
    for indicator in INDICATORS:
        if indicator.name == name:
            return indicator
    raise KeyError(f"unknown indicator '{name}'; known are {', '.join(known.name for known in INDICATORS)}")


def indicator_array(dataset: xarray.Dataset) -> xarray.Dataset:
    """Every indicator by member, year and region: the one place where counties are added up.

    Dimensions (member, year, region); regions are the counties (six-digit code) in the dataset's order, then
    "Hunan" and "Jiangxi" (the part of the province inside the zone, not the province) and "zone". Coordinates
    `region_type` (county, province, zone) and `region_name` stand along region; global attributes are kept.

    Urbanization rate, output per person, market access and dependency ratio are nan for a region without
    population; a nan in a county is a nan in every region that holds the county. Raises ValueError where a model
    variable is missing and where a county has no area.
    """
    import xarray

    provinces = dataset["province"].values
    parts = [province for province in PROVINCES if (provinces == province).any()]
    groups = [np.flatnonzero(provinces == province) for province in parts] + [np.arange(len(provinces))]
    present = [
        indicator
        for indicator in INDICATORS
        if not indicator.optional or all(name in dataset for name in indicator.needs)
    ]
    missing = sorted({name for indicator in present for name in indicator.needs if name not in dataset})
    if missing:
        raise ValueError(f"the dataset lacks the variables {', '.join(missing)}")
    variables = {}
    for indicator in present:
        attributes = {"units": indicator.unit, "long_name": indicator.label, "aggregation": indicator.aggregation}
        variables[indicator.name] = (("member", "year", "region"), _by_region(indicator, dataset, groups), attributes)
    names = [*dataset["county_name"].values, *(f"{province} part" for province in parts), "Zone"]
    types = ["county"] * len(provinces) + ["province"] * len(parts) + ["zone"]
    return xarray.Dataset(
        variables,
        coords={
            "member": dataset["member"].values,
            "year": dataset["year"].values,
            "region": np.asarray([*dataset["county"].values, *parts, ZONE], dtype=np.str_),
            "region_type": ("region", np.asarray(types, dtype=np.str_)),
            "region_name": ("region", np.asarray(names, dtype=np.str_)),
        },
        attrs=dict(dataset.attrs),
    )


def indicators(dataset: xarray.Dataset) -> pandas.DataFrame:
    """Every indicator as a tidy table with the columns of COLUMNS, sorted by variable, region and year.

    `region` is the six-digit code as text for counties, "Hunan" and "Jiangxi" for the part of each province that
    lies inside the zone, and "zone". Of an ensemble the value is the median over its members, taken of the
    indicator itself: medians of parts need not add up to the median of the whole.
    """
    import pandas

    array = indicator_array(dataset)
    regions, years, names = array["region"].values, array["year"].values.astype(int), list(array.data_vars)
    # Every column is built whole: a table grown row by row or column by column is slow and fragmented.
    values = np.stack([np.median(array[name].values, axis=0).T for name in names])  # (variable, region, year)
    within = len(regions) * len(years)
    columns = {
        "scenario": np.full(values.size, dataset.attrs["scenario"]),
        "region_type": np.tile(np.repeat(array["region_type"].values, len(years)), len(names)),
        "region": np.tile(np.repeat(regions, len(years)), len(names)),
        "year": np.tile(years, len(names) * len(regions)),
        "variable": np.repeat(np.asarray(names, dtype=np.str_), within),
        "unit": np.repeat(np.asarray([array[name].attrs["units"] for name in names], dtype=np.str_), within),
        "value": values.reshape(-1),
    }
    return pandas.DataFrame({name: columns[name] for name in COLUMNS})


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
    variable = dataset[quantity.variable]
    if quantity.sector:
        variable = variable.sel(sector=quantity.sector)
    return np.asarray(variable.transpose("member", "year", "county").values, dtype=np.float64)


def _regions(values: NDArray[np.float64], groups: list[NDArray[np.intp]]) -> NDArray[np.float64]:
    """Values by (member, year, county) with the sum over each group of counties appended."""
    sums = [values[..., group].sum(axis=-1, keepdims=True) for group in groups]
    return np.concatenate([values, *sums], axis=-1)
