"""Land by hand: a county with 30,000 ha of cropland, of which 29,400 are kept, and 10,000 ha built up."""

from __future__ import annotations

import pytest
from hand import Case, case, county

from regionsim.equations import land

# Of cropland 60 ha a year are wanted for building (half of 120) and 30 are to be given up.
CROPLAND = [
    # 0.5 % of the fifth that slopes; a county without cropland.
    case(
        land.cropland_to_abandon,
        county(30, 0),
        cropland=county(30_000, 0),
        cropland_abandonment_rate=0.005,
        sloping_cropland_share=0.2,
    ),
    case(land.cropland_wanted, county(60, 0), built_up_demand=county(120, 0), cropland_share_of_new_built_up=0.5),
    # Nine tenths of 60 ha are replaced: 6 ha are lost for good, 36 with those given up. 600 ha above the red line are
    # plenty; 36 ha, to go in 2 years, are a half of 36 a year; nothing on the line, nor below it.
    case(
        land.cropland_supply,
        county(1, 0.5, 0, 0),
        cropland=county(30_000, 29_436, 29_400, 29_000),
        cropland_floor=29_400,
        land_adjustment_time=2,
        cropland_wanted=60,
        cropland_replacement_share=0.9,
        other_land_supply=1,
        cropland_to_abandon=30,
    ),
    # In half a year at the fastest 9 ha are a half of 18, and 18 just enough.
    case(
        land.cropland_supply,
        county(0.5, 1),
        cropland=county(29_409, 29_418),
        cropland_floor=29_400,
        land_adjustment_time=0.5,
        cropland_wanted=60,
        cropland_replacement_share=0.9,
        other_land_supply=1,
        cropland_to_abandon=30,
    ),
    # With half of the other land that is asked for 27 ha are replaced and 33 lost; with none all 60 are lost.
    case(
        land.cropland_supply,
        county(0.5, 0.2),
        cropland=county(29_463, 29_436),
        cropland_floor=29_400,
        land_adjustment_time=2,
        cropland_wanted=60,
        cropland_replacement_share=0.9,
        other_land_supply=county(0.5, 0),
        cropland_to_abandon=30,
    ),
    # Where nothing is lost nothing is short, above the line or below it.
    case(
        land.cropland_supply,
        county(1, 1),
        cropland=county(30_000, 29_000),
        cropland_floor=29_400,
        land_adjustment_time=2,
        cropland_wanted=60,
        cropland_replacement_share=1,
        other_land_supply=1,
        cropland_to_abandon=0,
    ),
    case(
        land.cropland_built_over,
        county(60, 12, 0),
        cropland_wanted=60,
        cropland_supply=county(1, 0.2, 0),
    ),
    # Forest has room for 5000 ha a year; cropland is short; on the red line; forest has 20 ha left to its ceiling, to
    # be filled in 2 years, of which other land takes 4 a year, or all; it is at its ceiling.
    case(
        land.cropland_abandonment,
        county(30, 6, 0, 6, 0, 0),
        cropland_to_abandon=30,
        cropland_supply=county(1, 0.2, 0, 1, 1, 1),
        forest_gap=county(10_000, 10_000, 10_000, 20, 20, 0),
        land_adjustment_time=2,
        afforestation=county(400, 400, 400, 4, 10, 0),
    ),
]

# Of other land 18 ha a year are wanted for building, 54 for cropland and 400 for forest.
OTHER_LAND = [
    case(
        land.other_share_of_new_built_up,
        0.15,
        cropland_share_of_new_built_up=0.5,
        forest_share_of_new_built_up=0.35,
    ),
    # The largest shares of the evidence leave nothing for other land.
    case(
        land.other_share_of_new_built_up,
        0,
        cropland_share_of_new_built_up=0.65,
        forest_share_of_new_built_up=0.35,
    ),
    # Beyond the evidence they could leave less than nothing.
    case(
        land.other_share_of_new_built_up,
        0,
        cropland_share_of_new_built_up=0.7,
        forest_share_of_new_built_up=0.4,
    ),
    # 20,000 ha are plenty; 236 ha, to go in 2 years, are a quarter of 472 a year; nothing is left.
    case(
        land.other_land_supply,
        county(1, 0.25, 0),
        other_land=county(20_000, 236, 0),
        land_adjustment_time=2,
        built_up_demand=120,
        other_share_of_new_built_up=0.15,
        cropland_wanted=60,
        cropland_replacement_share=0.9,
        forest_to_close=400,
    ),
    # In half a year at the fastest 59 ha are a quarter, and 236 just enough.
    case(
        land.other_land_supply,
        county(0.25, 1),
        other_land=county(59, 236),
        land_adjustment_time=0.5,
        built_up_demand=120,
        other_share_of_new_built_up=0.15,
        cropland_wanted=60,
        cropland_replacement_share=0.9,
        forest_to_close=400,
    ),
    # Where nothing is asked nothing is short, even of nothing.
    case(
        land.other_land_supply,
        county(1, 1),
        other_land=county(20_000, 0),
        land_adjustment_time=2,
        built_up_demand=0,
        other_share_of_new_built_up=0.15,
        cropland_wanted=0,
        cropland_replacement_share=0.9,
        forest_to_close=0,
    ),
    # Where a quarter is to be had, 4.5 ha for building and 13.5 for cropland go; with 100 for forest (there) they are
    # the 118 a year that use up 236 in 2 years.
    case(
        land.other_land_built_over,
        county(18, 4.5, 0),
        built_up_demand=120,
        other_share_of_new_built_up=0.15,
        other_land_supply=county(1, 0.25, 0),
    ),
    case(
        land.reclamation,
        county(54, 13.5, 0),
        cropland_built_over=60,
        cropland_replacement_share=0.9,
        other_land_supply=county(1, 0.25, 0),
    ),
]

BUILT_UP = [
    # All 120 ha that are wanted; cropland is short; forest and other land are short.
    case(
        land.built_up_expansion,
        county(120, 72, 84.5),
        cropland_built_over=county(60, 12, 60),
        forest_built_over=county(42, 42, 20),
        other_land_built_over=county(18, 18, 4.5),
    ),
]

CASES = CROPLAND + OTHER_LAND + BUILT_UP


@pytest.mark.parametrize("case", CASES, ids=str)
def test_changes_of_land_are_as_on_paper(case: Case) -> None:
    case.check()
