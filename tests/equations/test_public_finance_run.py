"""Public money over 15 years: a poor county, a rich one and one where nobody lives; all else is held as in 2020."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from mechanism_alone import alone, constants, labels, path, run, values

from regionsim.engine.compile import Model
from regionsim.engine.integrate import Trajectory
from regionsim.engine.units import check_units
from regionsim.equations import public_finance, public_services, water
from regionsim.language.inputs import Path

MONEY = "million CNY_2020/year"
EFFORTS = (
    "transfers_support",
    "bonds",
    "function_zone_transfers",
    "education_capacity",
    "health_institutions",
    "general_practitioners",
)
AXES = labels(county=3, hub=1)
# Of water only what the works of joint control cost is here: the county pays for them.
PARTS = (public_finance, public_services, water.joint_control_cost)
GIVEN: dict[str, Any] = {
    "output": ([10_000, 60_000, 0], MONEY, ("county",)),
    "initial_sector_output": ([[2_000, 3_000, 5_000], [5_000, 30_000, 25_000], [0, 0, 0]], MONEY, ("county", "sector")),
    "own_revenue_share": ([0.07, 0.06, 0.075], "dimensionless", ("county",)),
    "base_transfers": ([2_500, 3_000, 0], MONEY, ("county",)),
    "built_up_expansion": ([0, 0, 0], "ha/year", ("county",)),
    "building_land_used_anew": ([0, 0, 0], "ha/year", ("county",)),
    "population": ([400_000, 900_000, 0], "person", ("county",)),
    "initial_population": ([400_000, 900_000, 0], "person", ("county",)),
    "hub_wage_index": (1, "dimensionless", ("hub",)),
    "hub_residents": (5e6, "person", ("hub",)),
    "compensation_received": ([0, 0, 0], MONEY, ("county",)),
    "compensation_awards": ([0, 0, 0], MONEY, ("county",)),
    "compensation_paid": ([0, 0, 0], MONEY, ("county",)),
    "joint_treatment_works": ([0, 0, 0], "tonne/year/year", ("county",)),
    "labour_elasticity": ([0.2, 0.5, 0.55], "dimensionless", ("sector",)),
    "base_year": (2020, "year", ()),
    **{f"{effort}_effort": ([0, 0, 0], "dimensionless", ("county",)) for effort in EFFORTS},
}
STILL = {"net_borrowing_share": 0.0, "public_capital_growth_rate": 0.0}
USES = (
    "education_spending",
    "health_spending",
    "infrastructure_spending",
    "water_treatment_spending",
    "forest_spending",
    "digital_spending",
    "administration_spending",
)


def model(changes: dict[str, float] | None = None, **given: Any) -> Model:
    """With other values (or paths) for the named inputs, and other numbers for the parameters in `changes`."""
    paths = {name: each for name, each in given.items() if isinstance(each, Path)}
    numbers = {name: (given.get(name, each[0]), *each[1:]) for name, each in GIVEN.items() if name not in paths}
    return alone(PARTS, AXES, *constants(numbers, AXES), *paths.values(), **(changes or {}))


def ran(changes: dict[str, float] | None = None, **given: Any) -> Trajectory:
    return run(model(changes, **given))


def rising(name: str, before: list[float], after: list[float], unit: str) -> Path:
    """From `before` in 2020 to `after` in 2025, and held there."""
    return path(name, {2020: before, 2025: after}, ("county",), unit)


def effort(name: str) -> dict[str, Any]:
    return {f"{name}_effort": [1, 1, 1]}


@pytest.fixture(scope="module")
def base() -> Trajectory:
    return ran()


def test_all_units_agree():
    assert check_units(model()) == []


def test_where_nothing_grows_and_nobody_borrows_everything_stays_as_it_was():
    still = ran(STILL)
    for name in still.variables:
        found = values(still, name)
        assert np.isfinite(found).all(), name
        assert found[15] == pytest.approx(found[0], rel=1e-9), name


def test_the_transfers_of_2020_are_those_of_the_data_whatever_the_share(base):
    for share in (0.3, 0.9):
        assert values(ran({"equalization_share": share}), "transfers")[0] == pytest.approx([2_500, 3_000, 0])
    assert values(base, "transfers")[0] == pytest.approx([2_500, 3_000, 0])


def test_all_that_comes_in_is_spent_and_repaid(base):
    money = {name: values(base, name) for name in base.variables}
    assert money["public_spending"] == pytest.approx(
        money["own_revenue"] + money["transfers"] + money["borrowing"] - money["debt_repayment"]
    )
    assert sum(money[use] for use in USES) + money["interest_payments"] == pytest.approx(money["public_spending"])
    assert set(base.ledgers) == {"public_money", "public_uses", "public_debt_account", "public_capital_account"}


def test_more_output_raises_own_revenue_and_costs_a_part_of_it_in_transfers(base):
    richer = ran(output=rising("output", [10_000, 60_000, 0], [11_000, 60_000, 0], MONEY))
    more = {name: values(richer, name)[15] - values(base, name)[15] for name in ("own_revenue", "transfers")}
    assert more["own_revenue"] == pytest.approx([70, 0, 0])
    assert more["transfers"] == pytest.approx([-0.6 * 75, 0, 0])


def test_a_county_that_grows_rich_enough_gets_no_transfers_and_pays_none():
    rich = ran(output=rising("output", [10_000, 60_000, 0], [90_000, 60_000, 0], MONEY))
    assert values(rich, "transfers")[15, 0] == 0
    assert values(rich, "public_spending")[15, 0] > 0


def test_who_loses_people_loses_transfers_and_has_more_service_for_each_who_stays(base):
    emptier = ran(population=rising("population", [400_000, 900_000, 0], [360_000, 900_000, 0], "person"))
    assert values(emptier, "transfers")[15, 0] < values(base, "transfers")[15, 0]
    assert values(emptier, "service_index")[5, 0] > values(base, "service_index")[5, 0]


def test_shares_above_one_leave_nothing_for_administration_and_still_sum_to_the_spending():
    greedy = ran({"education_spending_share": 0.9, "infrastructure_spending_share": 0.5})
    assert (values(greedy, "administration_spending") == 0).all()
    assert min(values(greedy, use).min() for use in USES) >= 0


def test_debt_rises_to_its_ceiling_and_no_further(base):
    eager = ran({"net_borrowing_share": 0.3})
    ratio = values(eager, "debt_ratio")[:, :2]
    assert (np.diff(ratio, axis=0) >= 0).all()
    assert ratio.max() <= 1.2
    assert ratio[15] == pytest.approx([1.2, 1.2], rel=0.01)
    assert (values(base, "debt_ratio")[:, :2] <= 1.2).all()


def test_debt_above_its_ceiling_is_paid_back():
    ratio = values(ran({"base_debt_ratio": 3.0}), "debt_ratio")[:, :2]
    assert (np.diff(ratio, axis=0) <= 0).all()
    assert ratio[15].max() < 1.25
    assert (values(ran({"base_debt_ratio": 9.0}), "borrowing") >= 0).all()


def test_bonds_bring_spending_forward_and_cost_interest_later(base):
    bonds = ran(**effort("bonds"))
    more = values(bonds, "public_spending") - values(base, "public_spending")
    assert (more[1, :2] > 0).all()
    assert (more[15, :2] < 0).all()
    assert (values(bonds, "public_debt")[15, :2] > values(base, "public_debt")[15, :2]).all()


@pytest.mark.parametrize(
    ("name", "amount"),
    [("transfers_support", [125, 150, 0]), ("function_zone_transfers", [30, 30, 30])],
)
def test_a_grant_is_the_amount_that_the_parameter_says(base, name, amount):
    with_grant = ran(**effort(name))
    more = values(with_grant, "transfers")[15] - values(base, "transfers")[15]
    assert more == pytest.approx(amount)
    assert (values(with_grant, "forest_spending") >= values(base, "forest_spending") - 1e-9).all()


def test_compensation_is_earmarked_and_what_is_paid_is_missing(base):
    paying = ran(compensation_received=[0, 10, 0], compensation_paid=[10, 0, 0])
    more = {name: values(paying, name)[0] - values(base, name)[0] for name in ("transfers", *USES)}
    assert more["transfers"] == pytest.approx([-10, 10, 0])
    assert more["water_treatment_spending"][1] > 6
    assert more["forest_spending"][1] > 2
    assert more["education_spending"][0] < 0


def test_what_joint_control_costs_is_missing_in_all_else(base):
    works = ran({"treatment_capacity_cost": 0.1}, joint_treatment_works=[100, 0, 0])
    assert values(works, "joint_control_cost")[0] == pytest.approx([10, 0, 0])
    less = {use: values(works, use)[0] - values(base, use)[0] for use in USES}
    assert sum(less.values()) == pytest.approx([-10, 0, 0])
    assert max(change[0] for change in less.values()) < 0


@pytest.mark.parametrize(
    ("name", "use", "index"),
    [
        ("education_capacity", "education_spending", "education_index"),
        ("health_institutions", "health_spending", "health_index"),
    ],
)
def test_a_programme_takes_its_money_from_the_other_uses(base, name, use, index):
    programme = ran(**effort(name))
    assert values(programme, "public_spending") == pytest.approx(values(base, "public_spending"))
    assert (values(programme, use)[:, :2] > values(base, use)[:, :2]).all()
    for other in set(USES) - {use}:
        assert (values(programme, other)[:, :2] < values(base, other)[:, :2]).all(), other
    assert (values(programme, index)[15, :2] > values(base, index)[15, :2]).all()
    assert (values(programme, "service_index")[15, :2] > values(base, "service_index")[15, :2]).all()
    assert (values(programme, "infrastructure_effect")[15, :2] < values(base, "infrastructure_effect")[15, :2]).all()


@pytest.mark.parametrize("name", ["health_institutions", "general_practitioners"])
def test_health_works_lower_death_rates_and_let_people_live_longer(base, name):
    better = ran(**effort(name))
    assert (values(better, "health_effect")[15, :2] < values(base, "health_effect")[15, :2]).all()
    assert (values(better, "life_expectancy_gain")[15, :2] > values(base, "life_expectancy_gain")[15, :2]).all()
    assert (values(better, "health_output_effect")[15, :2] > values(base, "health_output_effect")[15, :2]).all()


def test_effects_are_one_in_the_base_year(base):
    for name in ("service_index", "health_effect", "health_output_effect", "infrastructure_effect", "public_pay_index"):
        assert values(base, name)[0] == pytest.approx(np.ones_like(values(base, name)[0])), name


def test_where_nobody_lives_nothing_is_raised_or_spent(base):
    for name in ("own_revenue", "transfers", "borrowing", "public_spending", "public_debt", "education_capital"):
        assert (values(base, name)[:, 2] == 0).all(), name
    assert np.isfinite([values(base, name).sum() for name in base.variables]).all()


def test_services_keep_their_index_where_capital_people_and_pay_keep_pace():
    dear = ran(STILL, hub_wage_index=[1.25])
    assert values(dear, "service_index")[0] == pytest.approx([0.8, 0.8, 0.8])
