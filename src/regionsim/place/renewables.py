"""Water, sun and wind by county in 2020: what few figures there are, and the rule that spreads them over the counties.

No table gives installed capacity by county. Hydropower that could be used: the theoretical power of the four counties
with a figure, for each hectare of their forest (forest stands in for mountains with rain), goes to every other county
for its forest; the part of it that can be used is that of the one county with both figures. Photovoltaics and wind: the
total of each province is spread over the province's land without forest and over its forest, and a county has the
share of its own land. Single plants are thereby not in their true places: a county may have several times as much, or
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regionsim.place.counties import HECTARES_PER_SQUARE_KILOMETRE, County, load_counties
from regionsim.place.estimate import Estimate, worst_quality
from regionsim.place.forest_cover import load_forest_cover
from regionsim.place.published import Published, load_published
from regionsim.place.tables import DATA
from regionsim.problems import Problem, ProblemsError

FILE = "renewables.csv"
BASE_YEAR = 2020
MEGAWATTS = 10.0  # in the 10000 kW of the file
PROVINCES = {"Jiangxi": "360000", "Hunan": "430000"}

THEORETICAL = "hydropower_potential_theoretical"
DEVELOPABLE = "hydropower_potential_developable"
BUILT = "hydropower_capacity"
PHOTOVOLTAICS = "photovoltaics_capacity"
WIND = "wind_capacity"
LAND = "land_area"
FOREST = "forest_coverage"
UNITS = {
    THEORETICAL: "10000 kW",
    DEVELOPABLE: "10000 kW",
    BUILT: "10000 kW",
    PHOTOVOLTAICS: "10000 kW",
    WIND: "10000 kW",
    LAND: "km2",
    FOREST: "percent",
}
OF_PROVINCES = (PHOTOVOLTAICS, WIND, LAND, FOREST)
# What the spread by land may be wrong by for a single county, as a factor either way.
SPREAD = 2.5


@dataclass(frozen=True)
class CountyRenewables:
    """One county, MW: hydropower that could be used, and photovoltaics and wind turbines installed in 2020."""

    code: str
    hydropower_potential: Estimate
    photovoltaics: Estimate
    wind: Estimate


@cache
def load_renewables(folder: Path = DATA) -> tuple[CountyRenewables, ...]:
    """Renewables of all counties in the order of the county axis; the module says by which rule.

    Raises ProblemsError for a row that is wrong or stands twice, for a province without one of its figures, for a
    forest cover of 100 % or more, and where no county has a theoretical or a usable hydropower.
    """
    counties = load_counties()
    known = {*(county.code for county in counties), *PROVINCES.values()}
    figures = _figures(load_published(FILE, UNITS, known, folder=folder))
    cover = load_forest_cover(folder)
    forest = {county.code: county.area * cover[county.code].value for county in counties}
    per_forest, low, high = _theoretical_per_forest(figures, forest)
    usable = _usable_share(figures)
    return tuple(
        CountyRenewables(
            code=county.code,
            hydropower_potential=_hydropower(figures, county, forest[county.code], (per_forest, low, high), usable),
            photovoltaics=_spread(figures, county, PHOTOVOLTAICS, county.area - forest[county.code]),
            wind=_spread(figures, county, WIND, forest[county.code]),
        )
        for county in counties
    )


def hydropower_built(folder: Path = DATA) -> dict[str, tuple[float, float]]:
    """Built and theoretical hydropower (MW) of the counties that have both, to hold the spread against."""
    known = {*(county.code for county in load_counties()), *PROVINCES.values()}
    figures = _figures(load_published(FILE, UNITS, known, folder=folder))
    return {
        code: (row.value * MEGAWATTS, figures[code, THEORETICAL].value * MEGAWATTS)
        for (code, variable), row in figures.items()
        if variable == BUILT and (code, THEORETICAL) in figures
    }


Figures = Mapping[tuple[str, str], Published]


def _figures(rows: Iterable[Published]) -> Figures:
    figures: dict[tuple[str, str], Published] = {}
    problems = []
    for row in rows:
        first = figures.setdefault((row.code, row.variable), row)
        if first is not row:
            problems.append(
                Problem(FILE, row.line, f"{row.variable} of {row.code} stands twice", f"also on line {first.line}")
            )
        if row.variable == FOREST and row.value >= 100:
            problems.append(
                Problem(FILE, row.line, f"{FOREST} of {row.code}", f"{row.value:g}", "a percentage below 100")
            )
    problems += [
        Problem(FILE, 0, f"no row of {variable} for {province}")
        for province, code in PROVINCES.items()
        for variable in OF_PROVINCES
        if (code, variable) not in figures
    ]
    if problems:
        raise ProblemsError(problems)
    return figures


def _theoretical_per_forest(figures: Figures, forest: Mapping[str, float]) -> tuple[float, float, float]:
    """MW per ha of forest: pooled over the counties with a figure, and the lowest and highest of them."""
    power = {code: row.value * MEGAWATTS for (code, variable), row in figures.items() if variable == THEORETICAL}
    if not power:
        raise ProblemsError([Problem(FILE, 0, f"no row of {THEORETICAL} for any county")])
    single = [power[code] / forest[code] for code in power]
    return sum(power.values()) / sum(forest[code] for code in power), min(single), max(single)


def _usable_share(figures: Figures) -> float:
    """Usable over theoretical hydropower, summed over the counties that have both."""
    both = [code for code, variable in figures if variable == DEVELOPABLE and (code, THEORETICAL) in figures]
    if not both:
        raise ProblemsError([Problem(FILE, 0, f"no county with {DEVELOPABLE} and {THEORETICAL}")])
    usable, theoretical = (sum(figures[code, name].value for code in both) for name in (DEVELOPABLE, THEORETICAL))
    return usable / theoretical


def _hydropower(
    figures: Figures, county: County, forest: float, per_forest: tuple[float, float, float], usable: float
) -> Estimate:
    stated = figures.get((county.code, DEVELOPABLE))
    theoretical = figures.get((county.code, THEORETICAL))
    if stated is not None:
        value, error, source = stated.value * MEGAWATTS, stated.error * MEGAWATTS, stated.source
        return Estimate(
            value=value,
            low=value - error,
            high=value + error,
            quality=stated.quality,
            source=source,
            year=stated.year,
        )
    if theoretical is not None:
        value = theoretical.value * MEGAWATTS * usable
        # What can be used is never more than what flows, and hardly less than a third of it.
        return Estimate(
            value=value,
            low=value / 2,
            high=theoretical.value * MEGAWATTS,
            quality="derived",
            source=f"{usable:.2f} of the theoretical power: {theoretical.source}",
            year=theoretical.year,
        )
    pooled, lowest, highest = per_forest
    return Estimate(
        value=pooled * forest * usable,
        low=lowest * forest * usable / 2,
        high=highest * forest,
        quality="derived",
        source=f"{usable:.2f} of {pooled * 1000:.2f} kW per ha of forest, from the counties with a figure",
        year=BASE_YEAR,
    )


def _spread(figures: Figures, county: County, variable: str, land: float) -> Estimate:
    """A county's share of its province's capacity, by its land of the kind on which it stands (ha)."""
    code = PROVINCES[county.province]
    capacity, area, cover = (figures[code, name] for name in (variable, LAND, FOREST))
    share = cover.value / 100 if variable == WIND else 1 - cover.value / 100
    value = capacity.value * MEGAWATTS * land / (area.value * HECTARES_PER_SQUARE_KILOMETRE * share)
    return Estimate(
        value=value,
        low=value / SPREAD,
        high=value * SPREAD,
        quality=worst_quality(["derived", capacity.quality, area.quality, cover.quality]),
        source=f"{capacity.value * MEGAWATTS:g} MW of {county.province} ({capacity.source}), spread over its "
        + ("forest" if variable == WIND else "land without forest"),
        year=capacity.year,
    )
