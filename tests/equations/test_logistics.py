"""Logistics and finance by hand: a county of 1000 million CNY of farming, 9000 of industry and 8000 of services."""

from __future__ import annotations

import numpy as np
import pytest
from hand import Case, by, case, county
from mechanism_alone import alone, labels, path, run, values
from small_models import constant

from regionsim.equations import logistics

OUTPUT = by("sector", agriculture=1_000, industry=county(9_000, 0), services=county(8_000, 0))

CASES = [
    # (0.01 + 0.015 x 2) / 4.
    case(
        logistics.logistics_building,
        county(0.01, 0.0025, 0),
        logistics_hub_saving=0.01,
        logistics_hub_effort=county(1, 1, 0),
        logistics_port_saving=0.015,
        logistics_port_effort=county(2, 0, 0),
        logistics_time=4,
    ),
    case(logistics.logistics_wear, county(0.005, 0), logistics_saving=county(0.02, 0), logistics_time=4),
    case(logistics.rural_delivery_building, county(0.25, 0), rural_delivery_effort=county(1, 0), logistics_time=4),
    case(logistics.rural_delivery_wear, county(0.15, 0), rural_delivery=county(0.6, 0), logistics_time=4),
    case(logistics.cross_border_trade_gain, county(0.25, 0), cross_border_trade_effort=county(1, 0), logistics_time=4),
    case(logistics.cross_border_trade_loss, county(0.2, 0), cross_border_trade=county(0.8, 0), logistics_time=4),
    case(
        logistics.toll_saving,
        county(0.01, 0),
        toll_part_of_freight_share=0.2,
        toll_discount_share=0.05,
        toll_relief_effort=county(1, 0),
    ),
    # 0.98 x (1 - 0.05 x 0.5 x 0.4) x 0.99; nobody lives there; the floor.
    case(
        logistics.freight_cost_factor,
        county(0.960498, 0.9702, 0.75),
        logistics_saving=county(0.02, 0.02, 0.3),
        rural_delivery_saving=0.05,
        rural_delivery=0.5,
        rural_population=county(40_000, 0, 40_000),
        population=county(100_000, 0, 100_000),
        toll_saving=0.01,
        lowest_freight_cost_factor=0.75,
    ),
    case(
        logistics.hub_freight_cost_factor,
        county(0.9504, 0.75),
        freight_cost_factor=county(0.96, 0.75),
        cross_border_trade_saving=0.02,
        cross_border_trade=0.5,
        lowest_freight_cost_factor=0.75,
    ),
    # (0.03 + 0.05 x 0.5) x 17,000; more than firms can carry; no firms.
    case(
        logistics.credit_wanted,
        county(935, 0),
        green_credit_depth=0.03,
        green_finance_effort=1,
        bank_credit_depth=0.05,
        bank_credit_effort=0.5,
        added_credit_ceiling=0.15,
        sector_output=OUTPUT,
    ),
    case(
        logistics.credit_wanted,
        county(2_550, 0),
        green_credit_depth=0.1,
        green_finance_effort=1,
        bank_credit_depth=0.1,
        bank_credit_effort=1,
        added_credit_ceiling=0.15,
        sector_output=OUTPUT,
    ),
    case(logistics.credit_lending, county(250, 0), credit_wanted=county(1_000, 0), loan_time=4),
    case(logistics.credit_repayment, county(200, 0), added_credit=county(800, 0), loan_time=4),
    case(logistics.credit_interest, county(28, 0), added_credit=county(800, 0), credit_interest_rate=0.035),
    # 9000 x 0.3 + 8000 x 0.32.
    case(
        logistics.ordinary_firm_investment,
        county(5_260, 0),
        sector_output=OUTPUT,
        local_investment_share=by("sector", agriculture=0.12, industry=0.30, services=0.32),
    ),
    # 250 lent, 150 paid back and 20 of interest are 80 for investment, half of it new, against 5000; loans fall due;
    # no firms; more falls due than is invested.
    case(
        logistics.credit_factor,
        county(1.008, 0.98, 1, 0),
        credit_invested_share=0.5,
        credit_lending=county(250, 0, 0, 0),
        credit_repayment=county(150, 180, 0, 900),
        credit_interest=county(20, 20, 0, 200),
        ordinary_firm_investment=county(5_000, 5_000, 0, 500),
    ),
    case(
        logistics.finance_effect,
        by("sector", agriculture=1, industry=county(1.008, 1), services=county(1.008, 1)),
        credit_factor=county(1.008, 1),
    ),
]

COUNTIES = ("county",)
OF_FREIGHT = (
    "logistics_hub_effort",
    "logistics_port_effort",
    "rural_delivery_effort",
    "cross_border_trade_effort",
    "toll_relief_effort",
)
OF_CREDIT = ("green_finance_effort", "bank_credit_effort")


def zone(*given, population=(100_000.0, 100_000.0), **changed):
    """Two counties, the first of which makes an effort; the second has no town."""
    named = {one.name for one in given}
    efforts = {name: changed.pop(name, 0.0) for name in (*OF_FREIGHT, *OF_CREDIT) if name not in named}
    return alone(
        logistics,
        labels(county=2),
        *given,
        constant("sector_output", [[1_000, 9_000, 8_000]] * 2, "million CNY_2020/year", ("county", "sector")),
        constant("population", population, "person", COUNTIES),
        constant("rural_population", [0.4 * population[0], population[1]], "person", COUNTIES),
        *(constant(name, [value, 0.0], "dimensionless", COUNTIES) for name, value in efforts.items()),
        **changed,
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_logistics_by_hand(case: Case) -> None:
    case.check()


def test_without_effort_freight_and_credit_are_as_they_were() -> None:
    result = run(zone())
    for name in ("freight_cost_factor", "hub_freight_cost_factor", "finance_effect"):
        assert (values(result, name) == 1).all(), name
    assert (values(result, "added_credit") == 0).all()


@pytest.mark.parametrize("effort", OF_FREIGHT)
def test_an_effort_for_freight_shortens_the_way_of_its_county_alone(effort: str) -> None:
    result = run(zone(**{effort: 1.0}))
    to_hubs = values(result, "hub_freight_cost_factor")
    assert 0.95 < to_hubs[-1, 0] < 1
    assert (to_hubs[:, 1] == 1).all()
    assert (values(result, "finance_effect") == 1).all()
    within = values(result, "freight_cost_factor")[-1, 0]
    assert (within == 1) == (effort == "cross_border_trade_effort")


def test_tolls_fall_from_the_day_they_are_lowered_and_roads_of_delivery_take_years() -> None:
    assert values(run(zone(toll_relief_effort=1.0)), "freight_cost_factor")[0, 0] < 1
    slow = values(run(zone(rural_delivery_effort=1.0)), "freight_cost_factor")[:, 0]
    assert slow[0] == 1 and (np.diff(slow) < 0).all()


def test_freight_never_gets_cheaper_than_the_floor() -> None:
    result = run(zone(**dict.fromkeys(OF_FREIGHT, 1000.0)))
    assert values(result, "hub_freight_cost_factor").min() == 0.75


@pytest.mark.parametrize("effort", OF_CREDIT)
def test_credit_raises_investment_while_it_grows_and_costs_interest_afterwards(effort: str) -> None:
    result = run(zone(**{effort: 1.0}), 40)
    factor = values(result, "finance_effect")[:, 0]
    assert (factor[:, 0] == 1).all()
    assert factor[0, 1] == factor[0, 2] > 1
    assert (np.diff(factor[:, 1]) < 0).all()
    assert 0.99 < factor[-1, 1] < 1
    assert result.ledgers["credit_account"] < 1e-9


def test_when_banks_withdraw_loans_fall_due() -> None:
    credit = path("bank_credit_effort", {2020: [1, 0], 2029: [1, 0], 2030: [0, 0]}, COUNTIES)
    result = run(zone(credit))
    factor = values(result, "finance_effect")[:, 0, 1]
    assert factor[0] > 1 > factor[10]
    assert values(result, "added_credit")[-1, 0] < 0.4 * values(result, "added_credit")[9, 0]
    assert factor[15] > factor[10]


def test_without_people_nothing_breaks() -> None:
    result = run(zone(population=(0.0, 0.0), rural_delivery_effort=1.0))
    assert (values(result, "freight_cost_factor") == 1).all()
