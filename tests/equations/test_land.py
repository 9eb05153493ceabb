"""Land by hand: a county with 30,000 ha of cropland, of which 29,400 are kept, and 10,000 ha built up."""

from __future__ import annotations

import pytest
from hand import Case, array, by, case, county

from regionsim.equations import land

RESIDENCE_COHORT = {"residence": 2, "cohort": 2}

CASES = [
    # In the towns 1000 are born, 500 come from the countryside, 120 from other counties, 150 come home, 240 leave, 200
    # die and 5 infants die. What happens in the countryside needs no room in town.
    case(
        land.urban_growth,
        1_000 + 500 + 120 + 150 - 240 - 200 - 5,
        births=by("residence", rural=900, urban=1_000),
        deaths=array(RESIDENCE_COHORT, [[60, 200], [50, 150]]),
        infant_deaths=array(RESIDENCE_COHORT, [[6, 0], [5, 0]]),
        town_arrivals=array(RESIDENCE_COHORT, [[0, 0], [400, 100]]),
        arrivals_from_counties=array(RESIDENCE_COHORT, [[0, 0], [100, 20]]),
        returns_by_residence=array(RESIDENCE_COHORT, [[80, 20], [120, 30]]),
        departures=array(RESIDENCE_COHORT, [[150, 60], [200, 40]]),
    ),
    # A town of the old: it shrinks.
    case(
        land.urban_growth,
        100 - 300,
        births=by("residence", rural=100, urban=100),
        deaths=array(RESIDENCE_COHORT, [[0, 0], [0, 300]]),
        infant_deaths=array(RESIDENCE_COHORT, [[0, 0], [0, 0]]),
        town_arrivals=array(RESIDENCE_COHORT, [[0, 0], [0, 0]]),
        arrivals_from_counties=array(RESIDENCE_COHORT, [[0, 0], [0, 0]]),
        returns_by_residence=array(RESIDENCE_COHORT, [[0, 0], [0, 0]]),
        departures=array(RESIDENCE_COHORT, [[0, 0], [0, 0]]),
    ),
    case(
        land.industrial_growth,
        12_000 + 6_000 - 10_500,
        local_investment=by("sector", agriculture=480, industry=12_000, services=9_600),
        footloose_investment=by("sector", agriculture=0, industry=6_000, services=7_200),
        depreciation=by("sector", agriculture=330, industry=10_500, services=7_800),
    ),
    # 5000 townspeople at 120 m2 are 60 ha and 7500 million CNY of capital at 0.01 ha are 75; both shrink; the quota of
    # 2 % of 10,000 ha stops 240 + 75; a town that shrinks leaves industry no land, and the other way round.
    case(
        land.built_up_demand,
        county(135, 0, 200, 75, 60),
        urban_growth=county(5_000, -2_000, 20_000, -2_000, 5_000),
        built_up_land_per_urban_resident=120,
        hectare_per_square_metre=0.0001,
        industrial_growth=county(7_500, -100, 7_500, 7_500, -100),
        built_up_land_per_industrial_capital=0.01,
        land_quota_rate=0.02,
        initial_built_up_land=10_000,
    ),
    # Half of 120 ha; 20 ha above the red line may go in 2 years; below the line nothing.
    case(
        land.cropland_built_over,
        county(60, 10, 0),
        built_up_demand=120,
        cropland_share_of_new_built_up=0.5,
        cropland=county(30_000, 29_420, 29_000),
        cropland_floor=29_400,
        land_adjustment_time=2,
    ),
    # 15 % of 120 ha; only 10 ha are left, to go in 2 years.
    case(
        land.other_land_built_over,
        county(18, 5),
        built_up_demand=120,
        cropland_share_of_new_built_up=0.5,
        forest_share_of_new_built_up=0.35,
        other_land=county(20_000, 10),
        land_adjustment_time=2,
    ),
    case(
        land.built_up_expansion,
        county(120, 45),
        cropland_built_over=county(60, 0),
        forest_built_over=county(42, 40),
        other_land_built_over=county(18, 5),
    ),
    case(
        land.reclamation,
        county(54, 10),
        cropland_built_over=60,
        cropland_replacement_share=0.9,
        other_land=county(20_000, 20),
        land_adjustment_time=2,
    ),
    # 0.5 % of the fifth that slopes; then the red line as above.
    case(
        land.cropland_abandonment,
        county(30, 10, 0),
        cropland=county(30_000, 29_420, 29_000),
        cropland_floor=29_400,
        cropland_abandonment_rate=0.005,
        sloping_cropland_share=0.2,
        land_adjustment_time=2,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_changes_of_land_are_as_on_paper(case: Case) -> None:
    case.check()
