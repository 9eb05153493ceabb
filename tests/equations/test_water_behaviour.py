"""Water, rivers and compensation over fifteen years: what stays, what moves which way, and what happens at the ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from water_models import EFFORTS, LUSHUI, MODULES, agreement, alone, at, effort, model, reach, run

from regionsim.engine.integrate import simulate
from regionsim.engine.units import check_units
from regionsim.place.agreements import OPEN_END, agreement_keys, load_agreements

FIRST, SECOND = agreement("lushui_first_round"), agreement("lushui_second_round")
JINYUSHI = reach("lushui_jinyushi")
UPSTREAM = [at(code) for code in LUSHUI]
LILING = at("430281")
RENEWAL = "lushui_agreement_effort"


@pytest.fixture(scope="module")
def base():
    return run(model())


@pytest.fixture(scope="module")
def renewed():
    return run(model(efforts={RENEWAL: effort(RENEWAL, start=2021.5, full=2021.75)}))


def _standing(**terms):
    """The first round of the Lushui agreement in force from start to end, with other terms."""
    given = {"end": OPEN_END, "renewal_years": 50.0, **terms}
    return [replace(each, **given) if each.key == "lushui_first_round" else each for each in load_agreements()]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_each_mechanism_compiles_alone_with_units_that_agree_and_runs(module):
    built = alone(module)
    assert check_units(built) == []
    values = run(built)
    assert all(np.isfinite(each).all() for each in values.values())


def test_the_units_of_the_four_together_agree():
    assert check_units(model()) == []


def test_jinyushi_starts_as_reported_after_the_agreement(base):
    assert 0.9 < base["good_water_share"][0, JINYUSHI] < 1
    assert 0.4 < base["excellent_water_share"][0, JINYUSHI] < 0.8
    # No other section of the zone is worse.
    assert base["good_water_share"][0].argmin() == JINYUSHI
    # Three years at that earn close to the 30 million that were received.
    assert 3 * base["agreement_accrual"][0, FIRST] == pytest.approx(30, rel=0.15)


def test_without_efforts_only_the_end_of_the_first_round_and_cleaner_industry_move_anything(base):
    others = [k for k in range(24) if k not in UPSTREAM]
    for name in ("enforcement", "treatment_capacity", "urban_load", "rural_load"):
        np.testing.assert_allclose(base[name][15, others], base[name][0, others], rtol=1e-12)
    np.testing.assert_allclose(base["open_mine_index"], 1)
    np.testing.assert_allclose(base["phase_out_effect"], 1)
    np.testing.assert_allclose(base["compliance_effect"][:, others], 1)
    np.testing.assert_allclose(base["compliance_effect"][0], 1)
    assert (np.diff(base["industrial_load"], axis=0) < 0)[:, others].all()


def test_in_base_the_first_round_ends_in_the_middle_of_2022_and_nothing_follows(base):
    in_force = base["agreement_in_force"]
    assert in_force[:2, FIRST].tolist() == [1, 1]
    assert not in_force[2:].any() and not in_force[:, SECOND:].any()
    assert (base["enforcement"][15, UPSTREAM] < 0.31).all()
    assert base["good_water_share"][15, JINYUSHI] < base["good_water_share"][0, JINYUSHI]
    assert base["compensation_received"][15].max() < 1e-4


def test_renewed_the_agreement_keeps_enforcement_up_and_water_cleaner(base, renewed):
    assert (renewed["enforcement"][3:, UPSTREAM] > base["enforcement"][3:, UPSTREAM]).all()
    assert (renewed["good_water_share"][3:, JINYUSHI] > base["good_water_share"][3:, JINYUSHI]).all()
    assert (renewed["compensation_received"][3:, UPSTREAM] > base["compensation_received"][3:, UPSTREAM]).all()
    assert (renewed["compensation_paid"][3:, LILING] > base["compensation_paid"][3:, LILING]).all()
    # Before it is signed nothing differs.
    np.testing.assert_array_equal(renewed["good_water_share"][:2], base["good_water_share"][:2])


def test_a_renewal_takes_back_part_of_the_fading(renewed):
    freshness = renewed["agreement_freshness"][:, SECOND]
    # Signed in the middle of 2022 and every three years from then.
    for year in (5, 8, 11):
        assert freshness[year] > freshness[year - 1]
    assert freshness[5] < freshness[2] < 1


@pytest.mark.parametrize(
    ("name", "county", "section"),
    [
        ("joint_control_effort", "360323", "yuan_luxi"),
        ("green_manufacturing_effort", "360902", "yuan_yuanzhou"),
        ("mine_rehabilitation_effort", "360302", "lushui_jinyushi"),
        ("market_compensation_effort", "360321", "he_lianhua"),
        ("lushui_agreement_effort", "360302", "lushui_jinyushi"),
    ],
)
def test_an_effort_lowers_the_load_and_never_worsens_water(base, name, county, section):
    helped = run(model(efforts={name: effort(name)}))
    assert helped["pollution_load"][15, at(county)] < base["pollution_load"][15, at(county)]
    assert helped["ammonia_concentration"][15, reach(section)] < base["ammonia_concentration"][15, reach(section)]
    assert (helped["good_water_share"] >= base["good_water_share"] - 1e-15).all()
    assert (helped["pollution_load"] <= base["pollution_load"] + 1e-9).all()


def test_an_effort_in_one_county_leaves_rivers_that_it_does_not_drain_to_alone(base):
    name = "joint_control_effort"
    helped = run(model(efforts={name: effort(name, ["360323"])}))
    changed = {"yuan_luxi", "yuan_yuanzhou", "lushui_jinyushi", "lushui_liling"}
    moved = np.abs(helped["ammonia_concentration"] / base["ammonia_concentration"] - 1).max(axis=0) > 1e-12
    assert {key for key in map(str, model().labels["reach"]) if moved[reach(key)]} == changed


def test_joint_control_builds_plants_and_says_what_they_cost(base):
    name = "joint_control_effort"
    helped = run(model(efforts={name: effort(name)}))
    assert (helped["treated_share"][15] > base["treated_share"][15]).all()
    assert (helped["joint_control_cost"][15] > 0).all() and not base["joint_control_cost"].any()


def test_cleaner_industry_costs_capital_and_strict_enforcement_costs_output():
    name = "green_manufacturing_effort"
    helped = run(model(efforts={name: effort(name)}))
    assert helped["phase_out_effect"][15, 0].tolist() == pytest.approx([1, 1.03, 1])
    name = "joint_control_effort"
    strict = run(model(efforts={name: effort(name, ["360902"])}))
    assert strict["compliance_effect"][15, at("360902"), 1] < 1


@pytest.mark.parametrize(("gain", "sign"), [(-0.05, -1), (0.06, 1)])
def test_reservoirs_may_dilute_or_take_water(base, gain, sign):
    name = "reservoir_effort"
    built = run(model({"reservoir_discharge_gain": gain}, efforts={name: effort(name)}))
    change = built["good_water_share"][15, JINYUSHI] - base["good_water_share"][15, JINYUSHI]
    assert change * sign > 0


def test_treatment_of_village_sewage_lowers_the_rural_load_and_raises_no_load(base):
    treated = run(model({"rural_sewage_coverage": 0.4}))
    assert (treated["rural_load"] < base["rural_load"]).all()
    for name in ("pollution_load", "ammonia_load", "oxygen_demand_concentration", "ammonia_concentration"):
        assert (treated[name] < base[name]).all()


def test_collected_refuse_keeps_load_out_of_the_rivers(base):
    cleaner = run(model({"rural_waste_load_effect": 0.9}))
    np.testing.assert_allclose(cleaner["rural_load"][0], 0.9 * base["rural_load"][0], rtol=1e-12)
    assert (cleaner["rural_load"] < base["rural_load"]).all()
    assert (cleaner["oxygen_demand_concentration"] < base["oxygen_demand_concentration"]).all()


def test_budgets_that_work_together_strengthen_agreements_across_the_border_alone():
    # With one effort for all agreements, those within a province stand beside those across the border.
    efforts = {name: effort(name) for name in (RENEWAL, "market_compensation_effort")}
    apart, together = (run(model({"fiscal_cooperation": level}, efforts=efforts)) for level in (1, 1.5))
    ratio = together["agreement_stake"][5, 1:] / apart["agreement_stake"][5, 1:]
    across = {"lushui_second_round", "miluo", "shangyou"}
    assert ratio == pytest.approx([1.5 if key in across else 1 for key in agreement_keys()[1:]])
    assert (together["enforcement"][5:, UPSTREAM] > apart["enforcement"][5:, UPSTREAM]).all()
    within = at("360323")
    np.testing.assert_array_equal(together["enforcement"][:, within], apart["enforcement"][:, within])


def test_more_money_for_treatment_builds_capacity_at_its_price(base):
    richer = run(model({"water_treatment_spending": 111}))
    added = richer["treatment_expansion"][0] - base["treatment_expansion"][0]
    assert added == pytest.approx(11 / 0.11)
    assert (richer["treated_share"] >= base["treated_share"]).all()


def test_without_a_price_nothing_is_paid_and_water_moves_as_before():
    priced, free = (run(model(agreements=_standing(price=price, award=0))) for price in (0.83, 0.0))
    assert not free["agreement_accrual"].any()
    assert not free["compensation_received"].any() and not free["compensation_paid"].any()
    np.testing.assert_array_equal(free["good_water_share"], priced["good_water_share"])


def test_at_twice_the_price_payments_double_exactly():
    single, double = (run(model(agreements=_standing(price=price))) for price in (0.83, 1.66))
    for name in ("agreement_accrual", "agreement_settlement", "compensation_paid"):
        np.testing.assert_array_equal(double[name], 2 * single[name])


@pytest.mark.parametrize(("factor", "share"), [(0, 1), (1e9, 0)])
def test_water_without_load_earns_price_and_bonus_and_foul_water_owes_the_price(factor, share):
    terms = _standing(price=0.83, bonus=0.5)
    changed = {
        "oxygen_demand_background": 6 * factor,
        "ammonia_background": 0.05 * factor,
        "runoff_depth": 0.8,
        "urban_population": 500_000 * factor,
        "rural_population": 300_000 * factor,
        "sector_output": 9_000 * factor,
    }
    values = run(model(changed, agreements=terms), years=3)
    np.testing.assert_array_equal(values["good_water_share"], share)
    np.testing.assert_array_equal(values["excellent_water_share"], share)
    earned = 12 * 0.83 * (1.5 if share else -1)
    assert values["agreement_accrual"][:, FIRST] == pytest.approx(earned)


def test_water_below_the_agreed_class_turns_the_payment_round_and_raises_enforcement():
    clean, foul = (
        run(model({"ammonia_background": level}, agreements=_standing(award=0.0, price=0.83))) for level in (0.05, 3.0)
    )
    assert (clean["compensation_received"][:, UPSTREAM] > 0).all()
    assert not foul["compensation_received"][:, UPSTREAM].any()
    assert (foul["compensation_paid"][:, UPSTREAM] > 0).all()
    assert (foul["compensation_received"][:, LILING] > 0).all() and not foul["compensation_paid"][:, LILING].any()
    assert (foul["enforcement"][3:, UPSTREAM] > clean["enforcement"][3:, UPSTREAM]).all()


def test_forest_upstream_counts_only_with_a_weight():
    terms = _standing(price=0.83)
    more_forest = {"forest_area": 154_000}
    plain, grown = run(model(agreements=terms)), run(model(more_forest, agreements=terms))
    np.testing.assert_array_equal(grown["agreement_accrual"], plain["agreement_accrual"])
    weighed = run(model({**more_forest, "forest_criterion_weight": 0.5}, agreements=terms))
    gain = weighed["agreement_accrual"][:, FIRST] - plain["agreement_accrual"][:, FIRST]
    assert gain == pytest.approx(12 * 0.83 * 0.5 * 0.1)


def test_what_is_paid_is_received_under_each_agreement(renewed):
    paid = renewed["agreement_paid"].sum(axis=1) + renewed["higher_level_paid"]
    received = renewed["agreement_received"].sum(axis=1) + renewed["higher_level_received"]
    np.testing.assert_allclose(paid, received, rtol=1e-12)
    np.testing.assert_allclose(received, np.abs(renewed["agreement_settlement"]), rtol=1e-12)
    assert received[:, SECOND].max() > 8


@pytest.mark.parametrize("step", [1, 0.25, 1 / 12])
def test_a_year_settles_what_the_year_before_has_earned_to_the_last_yuan(step):
    fine = run(model(efforts={RENEWAL: effort(RENEWAL, start=2021.5, full=2021.75)}), step=step)
    standing = fine["earned_in_even_years"] + fine["earned_in_odd_years"]
    # On the first day of a year the accounts hold the year before, and the settlement of the year is all of it.
    np.testing.assert_allclose(fine["agreement_settlement"], standing, rtol=1e-9, atol=1e-9)
    # The Lushui agreement at 0.83 million a month earns some 10 to 15 million in a good year, from its renewal on.
    assert not fine["agreement_settlement"][1, SECOND] and 8 < fine["agreement_settlement"][5, SECOND] < 20


def test_all_ledgers_close():
    efforts = {name: effort(name) for name in EFFORTS}
    trajectory = simulate(model(efforts=efforts), start=2020, end=2035, step=0.25)
    assert set(trajectory.ledgers) == {"compensation_accounts", "compensation_transfers"}
    assert all(residual <= 1e-9 for residual in trajectory.ledgers.values())


def test_half_the_step_changes_little(renewed):
    fine = run(model(efforts={RENEWAL: effort(RENEWAL, start=2021.5, full=2021.75)}), step=0.125)
    np.testing.assert_allclose(fine["good_water_share"], renewed["good_water_share"], rtol=0.005)
    np.testing.assert_allclose(fine["pollution_load"], renewed["pollution_load"], rtol=0.005)


def test_counties_without_people_or_industry_send_nothing():
    values = run(model({"urban_population": 0, "rural_population": 0, "sector_output": 0}), years=2)
    assert not values["pollution_load"].any() and not values["ammonia_load"].any()
    assert all(np.isfinite(each).all() for each in values.values())


def test_accounts_of_ecosystems_follow_water_and_markets(base):
    name = "market_compensation_effort"
    marketed = run(model(efforts={name: effort(name)}))
    assert not base["carbon_credit_income"].any() and not base["ecological_product_income"].any()
    assert (marketed["carbon_credit_income"][15] > 0).all()
    assert (marketed["ecological_product_income"][15] > 0).all()
    # The gross ecosystem product of a county like ours is of the order of the published 9 million CNY per km2.
    assert 6 < base["gross_ecosystem_product"][0, 0] / 1_950 < 15
    assert base["gross_ecosystem_product"][15, UPSTREAM[0]] < base["gross_ecosystem_product"][0, UPSTREAM[0]]
