"""Tourism by hand: a county of ten million visits and 10,000 million CNY of services, and one beside it."""

from __future__ import annotations

import numpy as np
import pytest
from hand import Case, by, case, county
from mechanism_alone import alone, labels, run, values
from small_models import constant

from regionsim.equations import tourism

CASES = [
    # 2 % of upkeep; half of the relics are in good state, so that twice the state of 2020 is the best there can be.
    case(
        tourism.heritage_repair,
        county(0.02, 0.10, 0.06, 0.02),
        heritage_decay_rate=0.02,
        relics_effort=county(0, 1, 1, 1),
        heritage_repair_rate=0.08,
        relics_in_good_state_share=0.5,
        heritage_index=county(1, 1, 1.5, 2.1),
    ),
    case(tourism.heritage_decay, county(0.02, 0.03), heritage_decay_rate=0.02, heritage_index=county(1, 1.5)),
    # 0.1 x (1 + 0.2 x 0.1 + 0.12 + 0.08 x 0.5).
    case(
        tourism.red_brand_building,
        county(0.1, 0.118),
        brand_loss_rate=0.1,
        brand_feedback_share=0.2,
        visit_index=county(1, 1.1),
        red_education_gain=0.12,
        red_education_effort=county(0, 1),
        scenic_rating_gain=0.08,
        scenic_areas_effort=county(0, 0.5),
    ),
    case(tourism.red_brand_loss, county(0.1, 0.12), brand_loss_rate=0.1, red_brand=county(1, 1.2)),
    # 0.1 x (1 - 0.2 x 0.5 + 0.08 + 0.03 x 2).
    case(
        tourism.green_brand_building,
        county(0.1, 0.104),
        brand_loss_rate=0.1,
        brand_feedback_share=0.2,
        visit_index=county(1, 0.5),
        scenic_rating_gain=0.08,
        scenic_areas_effort=county(0, 1),
        festival_gain=0.03,
        festivals_effort=county(0, 2),
    ),
    case(tourism.green_brand_loss, county(0.1, 0.12), brand_loss_rate=0.1, green_brand=county(1, 1.2)),
    # 0.06 x (1 + 0.5 x 0.1 + 0.1 + 0.04 x 0.5).
    case(
        tourism.tourism_capacity_renewal,
        county(0.06, 0.0702),
        tourism_capacity_wear_rate=0.06,
        capacity_response_share=0.5,
        visit_index=county(1, 1.1),
        scenic_capacity_gain=0.1,
        scenic_areas_effort=county(0, 1),
        smart_scenic_gain=0.04,
        smart_scenic_effort=county(0, 0.5),
    ),
    case(
        tourism.tourism_capacity_wear,
        county(0.06, 0.066),
        tourism_capacity_wear_rate=0.06,
        tourism_capacity=county(1, 1.1),
    ),
    case(
        tourism.tourist_access_adjustment,
        county(0, 0.15),
        passenger_access_of_network=county(1, 1.3),
        tourist_access=1,
        access_adaptation_time=2,
    ),
    case(
        tourism.visitor_spending_adjustment,
        county(0, 0.008, -0.004),
        wellness_spending_gain=0.04,
        wellness_effort=county(0, 1, 0),
        visitor_spending_index=county(1, 1, 1.02),
        visitor_spending_adjustment_time=5,
    ),
    case(
        tourism.landscape_index,
        county(1, 1.05),
        forest_area=county(100_000, 105_000),
        initial_forest_area=county(100_000, 100_000),
    ),
    # 0.4 x 1.1 x 1.21^0.5 + 0.6 x 1.2 x 1.44^0.5 = 0.484 + 0.864.
    case(
        tourism.site_attraction,
        county(1, 1.348),
        red_visit_share=0.4,
        red_brand=county(1, 1.1),
        heritage_index=county(1, 1.21),
        heritage_elasticity=0.5,
        green_brand=county(1, 1.2),
        landscape_index=county(1, 1.44),
        landscape_elasticity=0.5,
    ),
    # (10 x 1.2 + 30 x 1) / 40.
    case(
        tourism.zone_attraction,
        1.05,
        initial_visits=county(10e6, 30e6),
        site_attraction=county(1.2, 1),
    ),
    # 1.1 / 1.44^0.5 x 1.21^0.5 x 0.9; a county that gains nothing itself loses a sixth to the others.
    case(
        tourism.visit_demand,
        county(0.9075, 0.75),
        site_attraction=county(1.1, 1),
        zone_attraction=1.44,
        tourism_competition=0.5,
        tourist_access=county(1.21, 1),
        visit_access_elasticity=0.5,
        visit_disturbance=0.9,
    ),
    # 1.5 / (0.4 x 1.5 + 0.6); twice the places for the same wish; no wish; no wish and no place.
    case(
        tourism.visit_index,
        county(1, 1.25, 1.25, 0, 0),
        visit_demand=county(1, 1.5, 1, 0, 0),
        tourism_capacity=county(1, 1, 2, 1, 0),
        initial_tourism_capacity_use_share=0.4,
    ),
    case(
        tourism.tourism_capacity_use_share,
        county(0.4, 0.5, 0.25),
        initial_tourism_capacity_use_share=0.4,
        visit_index=county(1, 1.25, 1.25),
        tourism_capacity=county(1, 1, 2),
    ),
    # ten years of 4 % are exp(0.4).
    case(
        tourism.visits,
        county(14_918_246.976, 29_836_493.953 * 1.1),
        initial_visits=county(10e6, 20e6),
        visit_growth_rate=0.04,
        time=2030,
        base_year=2020,
        visit_index=county(1, 1.1),
    ),
    # 700 x 0.35 = 245 CNY; where services are small for the visits, 0.3 x 4000 million over 20 million visits = 60 CNY.
    case(
        tourism.value_added_per_visit,
        county(245e-6, 60e-6),
        spending_per_visit=700e-6,
        tourism_value_added_share=0.35,
        tourism_services_share_ceiling=0.3,
        initial_sector_output=by("sector", agriculture=900, industry=2_000, services=county(10_000, 4_000)),
        initial_visits=county(10e6, 20e6),
    ),
    case(
        tourism.tourism_value_added,
        county(2_450, 1_260),
        visits=county(10e6, 20e6),
        value_added_per_visit=county(245e-6, 60e-6),
        visitor_spending_index=county(1, 1.05),
    ),
    case(
        tourism.tourism_services_share,
        county(0.245, 0.3, 0),
        value_added_per_visit=county(245e-6, 60e-6, 245e-6),
        initial_visits=county(10e6, 20e6, 1e6),
        initial_sector_output=by("sector", agriculture=900, industry=2_000, services=county(10_000, 4_000, 0)),
    ),
    # Of 1.44^0.5 = 1.2 from access nothing is new to services; then half of 2.0736^0.5 = 1.44, which leaves 1.2.
    case(
        tourism.visit_demand_new_to_services,
        county(1.1, 1.1),
        visit_demand=county(1.32, 1.1),
        tourist_access=county(1.44, 1),
        visit_access_elasticity=0.5,
        access_visits_new_to_services_share=0,
    ),
    case(
        tourism.visit_demand_new_to_services,
        county(1.2, 1),
        visit_demand=county(1.44, 1),
        tourist_access=county(2.0736, 1),
        visit_access_elasticity=0.5,
        access_visits_new_to_services_share=0.5,
    ),
    case(
        tourism.tourism_services_index,
        county(1, 1.375, 1.25, 0),
        visit_demand_new_to_services=county(1, 1.5, 1, 0),
        tourism_capacity=county(1, 1, 2, 0),
        initial_tourism_capacity_use_share=0.4,
        visitor_spending_index=county(1, 1.1, 1, 1),
    ),
    # 20 % of services grow by a tenth; without visitors a fifth of them is lost.
    case(
        tourism.tourism_effect,
        by("sector", agriculture=1, industry=1, services=county(1.02, 0.8)),
        tourism_services_share=0.2,
        tourism_services_index=county(1.1, 0),
    ),
]

COUNTIES = ("county",)
EFFORTS = (
    "red_education_effort",
    "relics_effort",
    "scenic_areas_effort",
    "festivals_effort",
    "smart_scenic_effort",
    "wellness_effort",
)


def zone(access=(1.0, 1.0), forest=(1e5, 1e5), **changed):
    """Two counties, the first of which makes an effort or has its access or forest changed."""
    efforts = {name: changed.pop(name, 0.0) for name in EFFORTS}
    return alone(
        tourism,
        labels(county=2),
        constant("base_year", 2020, "year"),
        constant("initial_visits", [10e6, 30e6], "visit/year", COUNTIES),
        constant("spending_per_visit", [700e-6, 700e-6], "million CNY_2020/visit", COUNTIES),
        constant(
            "initial_sector_output",
            [[900, 2_000, 10_000], [2_000, 9_000, 30_000]],
            "million CNY_2020/year",
            ("county", "sector"),
        ),
        constant("red_visit_share", [0.4, 0.2], "dimensionless", COUNTIES),
        constant("passenger_access_of_network", access, "dimensionless", COUNTIES),
        constant("forest_area", forest, "ha", COUNTIES),
        constant("initial_forest_area", [1e5, 1e5], "ha", COUNTIES),
        *(constant(name, [value, 0.0], "dimensionless", COUNTIES) for name, value in efforts.items()),
        **changed,
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_tourism_by_hand(case: Case) -> None:
    case.check()


def test_without_effort_nothing_moves_but_the_trend_of_visits() -> None:
    result = run(zone())
    for name in ("red_brand", "green_brand", "tourism_capacity", "tourist_access", "visitor_spending_index"):
        assert (values(result, name) == 1).all(), name
    assert (values(result, "tourism_effect") == 1).all()
    assert values(result, "visits")[-1] == pytest.approx(np.exp(0.04 * 15) * np.array([10e6, 30e6]))


@pytest.mark.parametrize("effort", EFFORTS)
def test_an_effort_raises_services_and_is_not_felt_at_once(effort: str) -> None:
    effect = values(run(zone(**{effort: 1.0})), "tourism_effect")[:, 0, 2]
    assert effect[0] == 1
    assert (np.diff(effect) > 0).all()
    assert effect[-1] < 1.06


def test_what_one_county_gains_another_loses_in_part() -> None:
    result = run(zone(red_education_effort=1.0))
    change = values(result, "visits")[-1] - values(run(zone()), "visits")[-1]
    assert change[0] > 0 > change[1]
    assert change.sum() > 0
    apart = run(zone(red_education_effort=1.0, tourism_competition=0.0))
    assert (values(apart, "visit_index")[:, 1] == 1).all()


def test_a_line_brings_visits_of_which_services_count_only_what_is_new() -> None:
    result = run(zone(access=(1.3, 1.0), access_visits_new_to_services_share=0.0, brand_feedback_share=0.0))
    assert values(result, "visit_index")[-1, 0] > 1.05
    assert values(result, "tourism_effect")[-1, 0, 2] < 1 + 0.245 * 0.03  # what capacity built for them lets in besides
    whole = run(zone(access=(1.3, 1.0), access_visits_new_to_services_share=1.0))
    assert values(whole, "tourism_services_index")[-1, 0] == values(whole, "visit_index")[-1, 0]


def test_lost_forest_keeps_visitors_away() -> None:
    assert (values(run(zone(forest=(8e4, 1e5))), "visit_index")[:, 0] < 1).all()


def test_works_mend_no_more_relics_than_there_are() -> None:
    state = values(run(zone(relics_effort=20.0), 60), "heritage_index")
    assert 1.5 < state[-1, 0] < 1 / 0.6
    assert (values(run(zone(heritage_decay_rate=1.0), 30), "heritage_index") == 1).all()


def test_without_any_wish_to_visit_services_lose_what_visitors_paid_for() -> None:
    result = run(zone(visit_disturbance=0.0))
    assert (values(result, "visits") == 0).all()
    assert values(result, "tourism_effect")[:, 0, 2] == pytest.approx(1 - 0.245)


def test_capacity_without_end_lets_in_all_who_wish_to_come_and_no_more() -> None:
    index = values(run(zone(scenic_capacity_gain=1e9, scenic_rating_gain=0.0, scenic_areas_effort=1.0)), "visit_index")
    assert index[-1, 0] < 1 / 0.6 * 1.4


def test_brand_and_visits_feed_each_other_without_running_away() -> None:
    result = run(zone(brand_feedback_share=0.5, capacity_response_share=1.0, red_education_effort=1.0), 100)
    brand = values(result, "red_brand")[:, 0]
    growth = np.diff(brand[::20])
    assert (growth > 0).all() and (np.diff(growth) < 0).all()
    assert 1.15 < brand[-1] < 1.17  # by hand, to the first order: 1.12 + 0.5 x 0.048 / (1 - 0.5 + 0.0625)
