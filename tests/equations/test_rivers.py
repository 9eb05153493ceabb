"""Sections by hand: two counties, the first above both sections, the second above the lower one only."""

from __future__ import annotations

import pytest
from hand import Case, array, case, county, table

from regionsim.equations import rivers
from regionsim.language.axes import full_rank

LN2 = 0.6931471805599453
NORMAL = table({-1: 0.2, 0: 0.5, 1: 0.8})


def reach(*values: float):
    """One number per reach."""
    return array({"reach": len(values)}, values)


def county_reach(rows: list[list[float]]):
    """A row per county, a number per reach in it."""
    return full_rank(rows, ("county", "reach"))


CASES = [
    # 0.8 m from 1,000 and 3,000 km2; the second county, a third of the lower catchment, builds its reservoirs.
    case(
        rivers.reach_discharge,
        reach(800, 2_424),
        catchment_area=reach(1_000, 3_000),
        runoff_depth=0.8,
        catchment_share=county_reach([[1, 2 / 3], [0, 1 / 3]]),
        reservoir_effort=county(0, 1),
        reservoir_discharge_gain=0.03,
    ),
    # Half is left after a day: the first county's water needs one and two days, the second's half of one.
    case(
        rivers.load_delivery,
        county_reach([[0.4, 0.2], [0, 0.9]]),
        route_share=county_reach([[0.8, 0.8], [0, 0.9]]),
        route_time=county_reach([[1, 2], [1, 0]]),
        in_stream_decay=LN2,
    ),
    # 4,000 t of the first county in 800 million m3; 2,000 and 4,600 t of both in 2,400.
    case(
        rivers.oxygen_demand_concentration,
        reach(11, 8.75),
        pollution_load=county(10_000, 5_111.111111111111),
        load_delivery=county_reach([[0.4, 0.2], [0, 0.9]]),
        reach_discharge=reach(800, 2_400),
        oxygen_demand_background=6,
    ),
    case(
        rivers.ammonia_concentration,
        reach(0.3, 0.125),
        ammonia_load=county(500, 88.88888888888889),
        load_delivery=county_reach([[0.4, 0.2], [0, 0.9]]),
        reach_discharge=reach(800, 2_400),
        ammonia_background=0.05,
    ),
    # At half the limit, one spread below it; at the limit; ammonia at double its limit, one spread above it; far
    # below in both, beyond the end of the table; ammonia at the limit.
    case(
        rivers.good_water_share,
        reach(0.8, 0.5, 0.2, 0.8, 0.5),
        normal_distribution=NORMAL,
        oxygen_demand_limit_three=20,
        oxygen_demand_concentration=reach(10, 20, 10, 0.001, 10),
        oxygen_demand_spread=LN2,
        ammonia_limit_three=1,
        ammonia_concentration=reach(0.1, 0.5, 2, 0.001, 1),
        ammonia_spread=LN2,
    ),
    # Half a spread above the limit of oxygen demand, then of ammonia.
    case(
        rivers.good_water_share,
        reach(0.35, 0.35),
        normal_distribution=NORMAL,
        oxygen_demand_limit_three=20,
        oxygen_demand_concentration=reach(40, 10),
        oxygen_demand_spread=2 * LN2,
        ammonia_limit_three=1,
        ammonia_concentration=reach(0.1, 2),
        ammonia_spread=2 * LN2,
    ),
    case(
        rivers.excellent_water_share,
        reach(0.65, 0.5, 0.35),
        normal_distribution=NORMAL,
        oxygen_demand_limit_two=15,
        oxygen_demand_concentration=reach(7.5, 15, 7.5),
        oxygen_demand_spread=2 * LN2,
        ammonia_limit_two=0.5,
        ammonia_concentration=reach(0.1, 0.1, 1),
        ammonia_spread=2 * LN2,
    ),
    # Two thirds of what is followed drains to a reach at 0.9; all to one; nothing that is followed.
    case(
        rivers.county_good_water_share,
        county(0.8, 0.6, 1),
        drained_land_share=county_reach([[0.6, 0.3], [0, 0.5], [0, 0]]),
        good_water_share=reach(0.9, 0.6),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rivers_are_as_on_paper(case: Case) -> None:
    case.check()
