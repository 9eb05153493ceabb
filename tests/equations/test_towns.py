"""Towns by hand: wear of a fortieth and a twentieth a year, and stocks of 1.44 and 2.25 times those of 2020."""

from __future__ import annotations

import pytest
from hand import Case, case, county

from regionsim.equations import towns

CASES: list[Case] = [
    # No effort replaces what wears; half the effort adds half of 0.01.
    case(
        towns.town_housing_works,
        county(0.025, 0.03, 0.035),
        town_housing_wear_rate=0.025,
        town_renewal_rate=0.01,
        urban_renewal_effort=county(0, 0.5, 1),
    ),
    case(
        towns.town_housing_wear,
        county(0.025, 0.03, 0.02),
        town_housing_quality=county(1, 1.2, 0.8),
        town_housing_wear_rate=0.025,
    ),
    # Neither effort, one, the other, both with half the strength.
    case(
        towns.town_facility_works,
        county(0.05, 0.07, 0.053, 0.0615),
        town_facility_wear_rate=0.05,
        county_town_upgrading_rate=0.02,
        county_town_effort=county(0, 1, 0, 0.5),
        border_town_upgrading_rate=0.003,
        border_towns_effort=county(0, 0, 1, 0.5),
    ),
    case(
        towns.town_facility_wear,
        county(0.05, 0.06),
        town_facilities=county(1, 1.2),
        town_facility_wear_rate=0.05,
    ),
    # Half and half: the root of 1.44 x 2.25 is 1.8, whose square is 3.24; as in 2020 it is 1; run down it repels:
    # 0.64 x 1 is 0.8, squared 0.64.
    case(
        towns.town_quality,
        county(3.24, 1, 0.64),
        town_housing_quality=county(1.44, 1, 0.64),
        town_facilities=county(2.25, 1, 1),
        town_housing_weight=0.5,
        town_quality_elasticity=2,
    ),
    # A quarter of the weight on housing: 16 ^ 0.25 = 2 and 1 ^ 0.75; then 1 and 16 ^ 0.75 = 8.
    case(
        towns.town_quality,
        county(2, 8),
        town_housing_quality=county(16, 1),
        town_facilities=county(1, 16),
        town_housing_weight=0.25,
        town_quality_elasticity=1,
    ),
    # Facilities of 2.25: crowding felt falls to 1 / 1.5. Run down to 0.64 it rises to 1 / 0.8.
    case(
        towns.congestion_relief,
        county(1, 2 / 3, 1.25),
        town_facilities=county(1, 2.25, 0.64),
        congestion_relief_elasticity=0.5,
    ),
]


@pytest.mark.parametrize("worked", CASES, ids=str)
def test_by_hand(worked: Case):
    worked.check()
