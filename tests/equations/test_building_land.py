"""Land for building by hand: a county with 10,000 ha built up, its towns and its industry."""

from __future__ import annotations

import pytest
from hand import Case, array, by, case, county

from regionsim.equations import building_land

RESIDENCE_COHORT = {"residence": 2, "cohort": 2}

CASES = [
    # In the towns 1000 are born, 500 come from the countryside, 120 from other counties, 150 come home, 240 leave, 200
    # die and 5 infants die. What happens in the countryside needs no room in town.
    case(
        building_land.urban_growth,
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
        building_land.urban_growth,
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
        building_land.industrial_growth,
        12_000 + 6_000 + 900 - 10_500,
        local_investment=by("sector", agriculture=480, industry=12_000, services=9_600),
        footloose_investment=by("sector", agriculture=0, industry=6_000, services=7_200),
        park_investment=by("sector", agriculture=0, industry=900, services=0),
        depreciation=by("sector", agriculture=330, industry=10_500, services=7_800),
    ),
    # 5000 townspeople at 120 m2 are 60 ha and 7500 million CNY of capital at 0.01 ha are 75; both shrink; a town that
    # shrinks leaves industry no land, and the other way round.
    case(
        building_land.building_land_wanted,
        county(135, 0, 315, 75, 60),
        urban_growth=county(5_000, -2_000, 20_000, -2_000, 5_000),
        built_up_land_per_urban_resident=120,
        hectare_per_square_metre=0.0001,
        industrial_growth=county(7_500, -100, 7_500, 7_500, -100),
        built_up_land_per_industrial_capital=0.01,
    ),
    # 2 % of 10,000 ha are 200: nothing, a twentieth from villages, a tenth from idle town land, both at half strength.
    case(
        building_land.building_land_brought_to_market,
        county(0, 10, 20, 15),
        land_quota_rate=0.02,
        initial_built_up_land=10_000,
        collective_land_gain=0.05,
        land_market_effort=county(0, 1, 0, 0.5),
        redevelopment_gain=0.1,
        land_redevelopment_effort=county(0, 0, 1, 0.5),
    ),
    # No more is used than is wanted.
    case(
        building_land.building_land_used_anew,
        county(20, 8, 0),
        building_land_wanted=county(135, 8, 135),
        building_land_brought_to_market=county(20, 20, 0),
    ),
    # The quota of 2 % of 10,000 ha stops 315 at 200, with 20 ha used anew as well, and leaves 210 less 20 alone.
    case(
        building_land.built_up_demand,
        county(135, 200, 200, 190, 0),
        building_land_wanted=county(135, 315, 315, 210, 8),
        building_land_used_anew=county(0, 0, 20, 20, 8),
        land_quota_rate=0.02,
        initial_built_up_land=10_000,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_land_for_building_is_as_on_paper(case: Case) -> None:
    case.check()
