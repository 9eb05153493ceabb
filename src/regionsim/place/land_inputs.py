"""Inputs of the base year's land: the four uses by county, what forest can grow to and what cropland must keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant, Quality
from regionsim.place import cropland, forest_cover, urban_rural_residents
from regionsim.place.estimate import Estimate, worst_quality
from regionsim.place.land import BASE_YEAR, CountyLand, cropland_floor, forest_ceiling, load_land

PER_URBAN = "built_up_land_per_urban_resident"
PER_RURAL = "built_up_land_per_rural_resident"


def county_land(parameters: Mapping[str, AnyInput], base_year: int = BASE_YEAR) -> tuple[CountyLand, ...]:
    """The base year's land with the parameters' central values, county by county with range, quality and source."""
    return load_land(_parameter(parameters, PER_URBAN), _parameter(parameters, PER_RURAL), base_year)


def land_inputs(
    parameters: Mapping[str, AnyInput],
    evidence: Mapping[str, AnyInput] | None = None,
    base_year: int = BASE_YEAR,
) -> list[AnyInput]:
    """The six inputs over counties, in ha, full rank; the four uses sum to the area of each county exactly.

    Reads the parameters `built_up_land_per_urban_resident`, `built_up_land_per_rural_resident` (m**2/person),
    `restorable_share` and `cropland_floor_share` (dimensionless). What a townsman's land was in the base year is
    taken from the `evidence` (the parameters themselves where None): a scenario that changes it changes new land only.

    The quality of an input is the worst among the counties; `county_land` has the quality, range and source of each.
    """
    lands = county_land({PER_URBAN: (evidence or parameters)[PER_URBAN], PER_RURAL: parameters[PER_RURAL]}, base_year)
    restorable_share = _parameter(parameters, "restorable_share")
    floor_share = _parameter(parameters, "cropland_floor_share")
    floor_quality = worst_quality(["derived", floor_share.quality, *(land.cropland.quality for land in lands)])
    return [
        _input(
            "initial_forest_area",
            "Land under forest in 2020, official definition (canopy and bamboo).",
            [land.forest for land in lands],
            "forest cover of the nearest year to 2020; recalled only where nothing else was found",
            forest_cover.FILE,
        ),
        _input(
            "initial_cropland",
            "Cropland in 2020, without cultivated land inside towns and villages.",
            [land.cropland for land in lands],
            "published where it is; else a fitted share of the land without forest",
            cropland.FILE,
        ),
        _input(
            "initial_built_up_land",
            f"Built-up land of towns, villages and works in {base_year}.",
            [land.built_up for land in lands],
            f"census residents times parameter:{PER_URBAN} and parameter:{PER_RURAL}",
            urban_rural_residents.FILE,
        ),
        _input(
            "initial_other_land",
            f"Land in {base_year} that is no forest, cropland or built up: orchards, water, grass, roads, bare land.",
            [land.other for land in lands],
            "county area less the other three uses",
            "",
        ),
        _constant(
            "forest_ceiling",
            "Forest that slope and altitude allow; an assumption, for want of elevation data.",
            [forest_ceiling(land, restorable_share.value) for land in lands],
            "assumption",
            "present forest plus parameter:restorable_share of other land; parameter_evidence:F_max",
            "",
        ),
        _constant(
            "cropland_floor",
            "Cropland that the red line keeps.",
            [cropland_floor(land, floor_share.value) for land in lands],
            floor_quality,
            "cropland of 2020 times parameter:cropland_floor_share",
            cropland.FILE,
        ),
    ]


def _parameter(parameters: Mapping[str, AnyInput], name: str) -> Estimate:
    given = parameters[name]
    value = float(given.values.reshape(-1)[0])
    return Estimate(
        value=value,
        low=value if given.low is None else given.low,
        high=value if given.high is None else given.high,
        quality=given.quality,
        source=given.source,
        year=BASE_YEAR,
    )


def _input(name: str, about: str, estimates: Sequence[Estimate], source: str, file: str) -> Constant:
    quality = worst_quality(estimate.quality for estimate in estimates)
    return _constant(name, about, [estimate.value for estimate in estimates], quality, source, file)


def _constant(name: str, about: str, values: list[float], quality: Quality, source: str, file: str) -> Constant:
    return Constant(
        name=name,
        about=about,
        unit="ha",
        over=("county",),
        quality=quality,
        source=source,
        file=file,
        values=full_rank(values, ("county",)),
    )
