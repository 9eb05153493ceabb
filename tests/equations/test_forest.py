"""Forest by hand: a mountain county of 150,000 ha with some 100,000 ha of forest and 3,000,000 t of carbon in it."""

from __future__ import annotations

import pytest
from hand import Case, case, county

from regionsim.equations import forest

CASES = [
    # Works at full strength raise the speed by half; half the works by a quarter; none by nothing.
    case(
        forest.restoration_effect,
        county(1, 1.25, 1.5),
        restoration_effort=county(0, 0.5, 1),
        restoration_strength=0.5,
    ),
    case(
        forest.forest_gap,
        county(10_000, 0, 0),
        forest_area=county(100_000, 110_000, 112_000),
        forest_ceiling=110_000,
    ),
    # 8 million more than in 2020 at 0.08 million a hectare; as much as in 2020; less.
    case(
        forest.grant_afforestation,
        county(100, 0, 0),
        earmarked_for_forest=county(11, 3, 1),
        initial_earmarked_for_forest=3,
        afforestation_cost=0.08,
    ),
    # 4 % of a gap of 10,000 ha; half as fast again and 100 ha by grants; a gap of 100 ha that is closed in 2 years at
    # the fastest, whatever the grants; no gap.
    case(
        forest.forest_to_close,
        county(400, 700, 50, 0),
        forest_gap=county(10_000, 10_000, 100, 0),
        forest_closing_rate=0.04,
        restoration_effect=county(1, 1.5, 1, 1.5),
        grant_afforestation=county(0, 100, 300, 300),
        land_adjustment_time=2,
    ),
    # Other land is plenty; there is a quarter of what is asked of it; there is none.
    case(
        forest.afforestation,
        county(400, 100, 0),
        forest_to_close=400,
        other_land_supply=county(1, 0.25, 0),
    ),
    # No chief; chiefs at full strength; an effort beyond all clearing.
    case(
        forest.forest_clearing_effect,
        county(1, 0.9, 0),
        forest_chief_effort=county(0, 1, 12),
        prevented_clearing_share=0.1,
    ),
    # A third of the building falls on forest; a tenth of it is prevented; only 40 ha are there, to clear in 2 years.
    case(
        forest.forest_built_over,
        county(35, 31.5, 20),
        built_up_demand=100,
        forest_share_of_new_built_up=0.35,
        forest_clearing_effect=county(1, 0.9, 1),
        forest_area=county(100_000, 100_000, 40),
        land_adjustment_time=2,
    ),
    case(forest.forest_cover, county(0.7, 0), forest_area=county(105_000, 0), county_area=150_000),
    case(
        forest.base_forest_carbon,
        county(3_000_000, 0),
        initial_forest_area=county(100_000, 0),
        base_forest_carbon_density=30,
    ),
    # Net 0.9 and a harvest of 0.15 make 1.05 at a third of the ceiling, where two thirds of the growth are left.
    case(
        forest.young_forest_growth,
        1.575,
        forest_carbon_accumulation=0.9,
        wood_harvest_rate=0.005,
        base_forest_carbon_density=30,
        forest_carbon_ceiling=90,
    ),
    case(
        forest.forest_quality_effect,
        county(1, 1.15),
        forest_quality_effort=county(0, 1),
        forest_quality_strength=0.15,
    ),
    # 3,000,000 t fill 33,333 1/3 ha of 100,000 to the ceiling; with works 15 % more; full; fuller than full.
    case(
        forest.forest_carbon_growth,
        county(105_000, 120_750, 0, 0),
        young_forest_growth=1.575,
        forest_quality_effect=county(1, 1.15, 1, 1),
        forest_area=100_000,
        forest_carbon=county(3_000_000, 3_000_000, 9_000_000, 9_100_000),
        forest_carbon_ceiling=90,
    ),
    # Half a per cent; a tenth of it prevented; all of it prevented.
    case(
        forest.forest_carbon_harvest,
        county(15_000, 13_500, 0),
        forest_carbon=3_000_000,
        wood_harvest_rate=0.005,
        forest_chief_effort=county(0, 1, 11),
        prevented_harvest_share=0.1,
    ),
    # 35 ha at 30 t; a county without forest.
    case(
        forest.forest_carbon_clearing,
        county(1_050, 0),
        forest_built_over=county(35, 0),
        forest_carbon=county(3_000_000, 0),
        forest_area=county(100_000, 0),
    ),
    # 105,000 less 15,000 less 1,050 t of carbon; a year in which more is cut than grows.
    case(
        forest.forest_carbon_sink,
        county(88_950 * 44 / 12, -1_050 * 44 / 12),
        forest_carbon_growth=county(105_000, 15_000),
        forest_carbon_harvest=15_000,
        forest_carbon_clearing=1_050,
        carbon_dioxide_per_carbon=44 / 12,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_forest_by_hand(case: Case) -> None:
    case.check()
