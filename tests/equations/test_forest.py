"""Forest by hand: a mountain county of 150,000 ha with some 100,000 ha of forest."""

from __future__ import annotations

import pytest
from hand import Case, case, county

from regionsim.equations import forest

CASES = [
    # 4 % of a gap of 10,000 ha; the second county is at its ceiling, the third above it.
    case(
        forest.forest_to_close,
        county(400, 0, 0),
        forest_area=county(100_000, 110_000, 112_000),
        forest_ceiling=110_000,
        forest_closing_rate=0.04,
    ),
    # Other land is plenty; there is a quarter of what is asked of it; there is none.
    case(
        forest.afforestation,
        county(400, 100, 0),
        forest_to_close=400,
        other_land_supply=county(1, 0.25, 0),
    ),
    # A third of the building falls on forest; the second county has only 40 ha of it, to be cleared in 2 years.
    case(
        forest.forest_built_over,
        county(35, 20),
        built_up_demand=100,
        forest_share_of_new_built_up=0.35,
        forest_area=county(100_000, 40),
        land_adjustment_time=2,
    ),
    case(forest.forest_cover, county(0.7, 0), forest_area=county(105_000, 0), county_area=150_000),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_forest_by_hand(case: Case) -> None:
    case.check()
