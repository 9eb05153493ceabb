"""Land of the base year by county: forest, cropland, built-up and other land, which sum to the county's area."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

from regionsim.place.counties import County, load_counties
from regionsim.place.cropland import load_cropland, load_published_cropland
from regionsim.place.estimate import Estimate, worst_quality
from regionsim.place.forest_cover import load_forest_cover
from regionsim.place.tables import DATA
from regionsim.place.urban_rural_residents import SOURCE as CENSUS_SOURCE
from regionsim.place.urban_rural_residents import Residents, load_urban_rural_residents
from regionsim.problems import Problem, ProblemsError

BASE_YEAR = 2020
SQUARE_METRES_PER_HECTARE = 10_000.0
# Water, orchards, roads and bare land are never wholly absent.
MINIMUM_OTHER_SHARE = 0.01
# Where the parts exceed the area, derived cropland gives way first, down to this share of what was derived.
CROPLAND_KEPT = 0.1


@dataclass(frozen=True)
class CountyLand:
    """Land of one county in 2020, ha. The values of the four uses are whole hectares but for the last, and sum to
    `area` exactly in any order; their ranges are each their own and do not sum."""

    code: str
    area: float
    forest: Estimate
    cropland: Estimate
    built_up: Estimate
    other: Estimate


def load_land(
    per_urban: Estimate, per_rural: Estimate, base_year: int = BASE_YEAR, folder: Path = DATA
) -> tuple[CountyLand, ...]:
    """Land use of all counties, in the order of the county axis.

    `per_urban` and `per_rural` are built-up land per urban and per rural resident, square metres per person. No table
    has built-up land by county: it is urban residents times the one plus rural residents times the other. Other land
    is what is left, at least 1 % of the area. Where forest, cropland and built-up land leave less, the derived parts
    give way: derived cropland first, down to a tenth, then built-up land; forest and published cropland stand. The
    part that gave way says so in its note. Forest and cropland are those found for 2020 whatever the `base_year`, for
    want of others by county.

    Raises ProblemsError where forest and published cropland leave no room for built-up land.
    """
    cover = load_forest_cover(folder)
    cropland = load_cropland(folder)
    published = load_published_cropland(folder)
    residents = {county.code: county for county in load_urban_rural_residents(base_year, folder)}
    problems: list[Problem] = []
    lands = []
    for county in load_counties():
        forest = _forest(county, cover[county.code])
        built_up = built_up_land(residents[county.code], per_urban, per_rural)
        lands.append(_balanced(county, forest, cropland[county.code], built_up, county.code not in published, problems))
    if problems:
        raise ProblemsError(problems)
    return tuple(lands)


def built_up_land(residents: Residents, per_urban: Estimate, per_rural: Estimate) -> Estimate:
    """Built-up land in ha: residents (persons) times square metres per urban and per rural resident."""

    def hectares(urban: float, rural: float) -> float:
        return (residents.urban * urban + residents.rural * rural) / SQUARE_METRES_PER_HECTARE

    return Estimate(
        value=hectares(per_urban.value, per_rural.value),
        low=hectares(per_urban.low, per_rural.low),
        high=hectares(per_urban.high, per_rural.high),
        quality=worst_quality(["derived", per_urban.quality, per_rural.quality]),
        source=f"residents ({CENSUS_SOURCE}) times {per_urban.value:g} m2 per urban and {per_rural.value:g} m2 per "
        "rural resident",
        year=BASE_YEAR,
    )


def forest_ceiling(land: CountyLand, restorable_share: float) -> float:
    """Forest that slope and altitude allow, ha: present forest plus a share of the other land.

    No elevation is in the data, so this is an assumption (evidence row F_max: 0.78 of the area, 0.62-0.90). It is
    never below the present forest.
    """
    return land.forest.value + restorable_share * land.other.value


def cropland_floor(land: CountyLand, floor_share: float) -> float:
    """The red line, ha: the share of the cropland of 2020 that must remain."""
    return land.cropland.value * floor_share


def _forest(county: County, cover: Estimate) -> Estimate:
    return replace(cover, value=county.area * cover.value, low=county.area * cover.low, high=county.area * cover.high)


def _balanced(
    county: County, forest: Estimate, cropland: Estimate, built_up: Estimate, derived: bool, problems: list[Problem]
) -> CountyLand:
    # Whole hectares are exact in binary, so that the four uses sum to the area without rounding.
    forest_value = float(round(forest.value))
    cropland_value = float(round(cropland.value))
    built_up_value = float(round(built_up.value))
    room = math.floor(county.area * (1 - MINIMUM_OTHER_SHARE)) - forest_value
    cropland_note, built_up_note = cropland.note, built_up.note
    if derived and cropland_value + built_up_value > room:
        cropland_value = max(room - built_up_value, math.ceil(CROPLAND_KEPT * cropland_value))
        cropland_note = f"cut from {cropland.value:.0f} ha, for want of room beside forest and built-up land"
    if cropland_value + built_up_value > room:
        built_up_value = room - cropland_value
        built_up_note = f"cut from {built_up.value:.0f} ha, for want of room beside forest and cropland"
    if built_up_value <= 0:
        problems.append(
            Problem(
                "forest_cover.csv, cropland.csv",
                0,
                f"land of {county.code} ({county.name})",
                f"forest {forest_value:.0f} ha and cropland {cropland_value:.0f} ha",
                f"room for built-up land in {county.area:.0f} ha",
            )
        )
    other_value = county.area - forest_value - cropland_value - built_up_value
    return CountyLand(
        code=county.code,
        area=county.area,
        forest=replace(forest, value=forest_value),
        cropland=_stated(cropland, cropland_value, cropland_note),
        built_up=_stated(built_up, built_up_value, built_up_note),
        other=Estimate(
            value=other_value,
            low=max(county.area - forest.high - cropland.high - built_up.high, 0.0),
            high=max(county.area - forest.low - cropland.low - built_up.low, other_value),
            quality=worst_quality(["derived", forest.quality, cropland.quality, built_up.quality]),
            source="area less forest, cropland and built-up land",
            year=BASE_YEAR,
        ),
    )


def _stated(estimate: Estimate, value: float, note: str) -> Estimate:
    """The estimate with the value that the balance left it, its range widened where the value was cut below it."""
    return replace(estimate, value=value, low=min(estimate.low, value), high=max(estimate.high, value), note=note)
