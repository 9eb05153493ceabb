"""What the whole model does where everything but one thing is taken away, or one thing is driven to its end."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import (
    LAND_CLASSES,
    OUTSIDE,
    Run,
    county,
    differing,
    inputs_of,
    run,
    run_scenario,
    scenario,
    with_values,
)

from regionsim.place.agreements import load_agreements
from regionsim.place.projects import load_projects
from regionsim.scenarios.border import PARTS
from regionsim.scenarios.measures import load_measures

EMPTY = county("Lianhua")
PEOPLE_OF_2020 = ("initial_residents", "initial_absent")
INDUSTRY = 1
SCALED_TO_NOTHING = {"compensation": {agreement.key.replace("_", "-"): {"scale": 0} for agreement in load_agreements()}}
ALL_MEASURES = {"measures": {measure.name: {} for measure in load_measures()}}
RURAL, URBAN = 0, 1


def everything_is_finite(result: Run) -> bool:
    return all(np.isfinite(variable.values).all() for variable in result.variables.values())


def changed_by(**values: object) -> Run:
    """The base run with parameters at values outside their ranges."""
    return run({"parameters": {name: {"value": value, **OUTSIDE} for name, value in values.items()}})


def scaled_by(**factors: float) -> Run:
    """The base run with parameters multiplied by factors outside their ranges."""
    return run({"parameters": {name: {"scale": factor, **OUTSIDE} for name, factor in factors.items()}})


# --- a county without people ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def without_people() -> Run:
    def leave(values):
        values[:, EMPTY] = 0.0

    inputs = with_values(inputs_of(scenario()), leave, *PEOPLE_OF_2020)
    return run_scenario(scenario(), inputs)


def test_a_county_without_people_makes_nothing_and_keeps_its_forest(without_people: Run) -> None:
    for name in ("population", "labour_force", "employment", "sector_output", "births", "departures", "net_migration"):
        assert (without_people[name][:, EMPTY] == 0).all(), name
    forest = without_people["forest_area"][:, EMPTY]
    assert forest[0] == run()["forest_area"][0, EMPTY] and (np.diff(forest) >= 0).all()
    assert (without_people["built_up_land"][:, EMPTY] == without_people["built_up_land"][0, EMPTY]).all()


def test_a_county_without_people_spoils_no_number_anywhere(without_people: Run) -> None:
    assert everything_is_finite(without_people)
    others = [k for k in range(24) if k != EMPTY]
    apart = without_people["population"][:, others] / run()["population"][:, others] - 1
    assert np.abs(apart).max() < 0.01


def test_nobody_moves_to_a_county_without_towns(without_people: Run) -> None:
    assert (without_people["county_share"][:, :, EMPTY] == 0).all()


def test_a_county_without_people_learns_owes_pollutes_and_burns_nothing(without_people: Run) -> None:
    for name in ("schooling", "schooling_gained", "pollution_load", "ammonia_load", "fuel_emissions", "energy_demand"):
        assert (without_people[name][:, EMPTY] == 0).all(), name
        assert (run()[name][:, EMPTY] > 0).any(), name
    # What its rivers bring to the grid is all that is left of its energy.
    assert (without_people["co2_emissions"][:, EMPTY] <= 0).all()
    assert (np.diff(without_people["forest_carbon"][:, EMPTY]) > 0).all()


def test_a_zone_with_next_to_nobody_makes_next_to_nothing_and_keeps_its_forest() -> None:
    few = 1e-9  # the hundredth part of one person, in the whole zone
    inputs = with_values(inputs_of(scenario()), lambda values: few * values, *PEOPLE_OF_2020, "initial_sector_output")
    result, base = run_scenario(scenario(), inputs), run()
    assert everything_is_finite(result) and max(result.trajectory.ledgers.values()) < 1e-9
    for name in ("residents", "absent", "schooling", "pollution_load", "fuel_use", "departures", "output"):
        assert (result.total(name) < 10 * few * base.total(name)).all(), name
    assert (np.diff(result["forest_area"], axis=0) >= 0).all()
    assert (result["good_water_share"] >= base["good_water_share"]).all()
    assert (result["hub_output"] > 0).all()


# --- the economy ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def without_investment() -> Run:
    return changed_by(
        local_investment_share=0,
        footloose_investment_share=0,
        hub_local_investment_share=0,
        productivity_growth_rate=0,
        hub_productivity_growth_rate=0,
    )


def test_without_investment_capital_wears_out_at_its_rate(without_investment: Run) -> None:
    capital, step = without_investment["capital"], without_investment.scenario.step
    wear = without_investment["depreciation_rate"][0]  # (sector,)
    years = np.arange(len(capital))[:, None, None]
    left = (1 - step * wear) ** (years / step)
    np.testing.assert_allclose(capital, capital[0] * left, rtol=1e-12)


def test_without_investment_and_progress_output_falls_everywhere(without_investment: Run) -> None:
    assert everything_is_finite(without_investment)
    for name in ("sector_output", "hub_output"):
        assert (np.diff(without_investment[name], axis=0) < 0).all(), name
        assert (without_investment[name] > 0).all(), name


def test_without_investment_counties_raise_and_spend_less_every_year(without_investment: Run) -> None:
    for name in ("own_revenue", "public_spending"):
        assert (np.diff(without_investment[name], axis=0) < 0).all(), name
        assert (without_investment[name] > 0).all(), name
    assert max(without_investment.trajectory.ledgers.values()) < 1e-9


def test_capital_that_lasts_a_year_comes_down_to_a_years_investment() -> None:
    result = changed_by(depreciation_rate={"industry": 1.0})
    invested = (result["local_investment"] + result["footloose_investment"])[:, :, INDUSTRY]
    distance = np.abs(result["capital"][:, :, INDUSTRY] / invested - 1).max(axis=1)
    assert distance[0] > 2 and distance[-1] < 0.03
    assert everything_is_finite(result) and (result["output"] > 0).all()


# --- people -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def without_births() -> Run:
    return scaled_by(fertility_index=0.0)


def test_without_births_nobody_is_young_after_fifteen_years(without_births: Run) -> None:
    assert (without_births["births"] == 0).all()
    assert (without_births["residents"][..., -3:] == 0).all()
    assert (without_births["population_below_working_age"][15] < 1e-6).all()
    young = without_births.total("population_below_working_age")
    assert (np.diff(young) < 0).all() and young[1] < run().total("population_below_working_age")[1]


def test_without_births_the_labour_of_fifteen_years_hardly_moves(without_births: Run) -> None:
    # Room for children is no longer built: a trace of reclassification, and with it of migration, is all that is left.
    for name in ("working_age_population", "employment"):
        without, base = without_births[name].sum(axis=2), run()[name].sum(axis=2)
        assert np.abs(without[0] / base[0] - 1).max() == 0, name
        assert np.abs(without[:6] / base[:6] - 1).max() < 5e-4, name
        assert np.abs(without / base - 1).max() < 4e-3, name


def test_without_births_nobody_learns_who_was_not_born(without_births: Run) -> None:
    learned = without_births["schooling_gained"].sum(axis=(1, 2))  # (year, cohort)
    assert (without_births["schooling"][..., -3:] == 0).all() and (learned[:, -3:] == 0).all()
    assert learned[0].sum() == run()["schooling_gained"][0].sum() > 0
    assert learned[15].sum() < 0.5 * run()["schooling_gained"][15].sum()
    # Children have little schooling yet: without them the mean of all residents is higher.
    assert (without_births["schooling_per_resident"][15] > run()["schooling_per_resident"][15]).all()


def test_without_births_the_people_grow_older(without_births: Run) -> None:
    def mean_age(result: Run) -> np.ndarray:
        by_cohort = result["residents"].sum(axis=(1, 2))
        return (by_cohort * result["mean_age"]).sum(axis=1) / by_cohort.sum(axis=1)

    assert (np.diff(mean_age(without_births)) > 0.6).all()
    assert mean_age(without_births)[15] > mean_age(run())[15] + 3


def test_without_moves_people_change_by_births_deaths_and_returns_alone() -> None:
    changes = {"parameters": {"migration_propensity_by_age": {"scale": 0, **OUTSIDE}}, "run": {"step": 1}}
    result = run(changes)
    for name in ("departures", "town_departures", "arrivals_from_counties", "departures_by_hub"):
        assert (result[name] == 0).all(), name
    expected = natural_change(result) + result["returns_by_residence"].sum(axis=(2, 3))
    np.testing.assert_allclose(np.diff(result["population"], axis=0), expected[:-1], atol=1e-6)


@pytest.fixture(scope="module")
def without_moves_and_returns() -> Run:
    schedules = ("migration_propensity_by_age", "return_propensity_by_age")
    return run({"parameters": {name: {"scale": 0, **OUTSIDE} for name in schedules}, "run": {"step": 1}})


def test_without_moves_and_returns_people_change_by_births_and_deaths_alone(without_moves_and_returns: Run) -> None:
    result = without_moves_and_returns
    assert (result["net_migration"] == 0).all()
    np.testing.assert_allclose(np.diff(result["population"], axis=0), natural_change(result)[:-1], atol=1e-6)


def test_without_moves_towns_change_by_their_own_births_and_deaths_and_by_reclassification(
    without_moves_and_returns: Run,
) -> None:
    result = without_moves_and_returns
    reclassified = result["reclassified_to_urban"][:, :, URBAN].sum(axis=-1)
    expected = natural_change(result, URBAN) + reclassified
    np.testing.assert_allclose(np.diff(result["urban_population"], axis=0), expected[:-1], atol=1e-6)
    assert (reclassified > 0).any()


def natural_change(result: Run, residence: int | None = None) -> np.ndarray:
    """Births less deaths by (year, county), of one residence or of both."""
    change = result["births"] - (result["deaths"] + result["infant_deaths"]).sum(axis=-1)
    return change.sum(axis=-1) if residence is None else change[..., residence]


# --- the network ------------------------------------------------------------------------------------------------------


def test_with_every_line_closed_old_roads_are_left_and_the_model_runs() -> None:
    closed = {"transport": {project.slug: {"closes": 2025} for project in load_projects()}}
    result = run(closed)
    assert everything_is_finite(result) and (result["output"] > 0).all()
    inputs = inputs_of(scenario(closed))
    cap = inputs["unreachable_minutes"].values.max()
    for name in ("travel_time_passenger", "travel_time_freight", "hub_travel_time_passenger"):
        before, after = np.squeeze(inputs[name].values)
        assert (after >= before).all() and (after > before).any() and after.max() <= cap, name
    for name in ("passenger_access_of_network", "freight_access_of_network"):
        assert ((result[name][5:] > 0) & (result[name][5:] < 1)).all() and (result[name][:5] == 1).all(), name


def test_places_that_nothing_reaches_are_as_far_as_the_cap_and_the_model_runs() -> None:
    inputs = inputs_of(scenario())
    cap = inputs["unreachable_minutes"].values.max()
    times = [name for name in inputs if "travel_time_" in name and "county" in inputs[name].over]
    result = run_scenario(scenario(), with_values(inputs, lambda values: np.full_like(values, cap), *times))
    assert len(times) == 4 and everything_is_finite(result)
    assert (result["output"] > 0).all() and (result["population"] > 0).all()
    assert np.abs(result["passenger_access_of_network"] - 1).max() < 1e-12  # against a 2020 as cut off as the rest


SPEEDS = ("high_speed_rail_speed", "conventional_rail_speed", "expressway_speed", "ordinary_road_speed")
MONEY = (
    "high_speed_rail_fare",
    "conventional_rail_fare",
    "passenger_expressway_toll",
    "passenger_road_cost",
    "freight_expressway_toll",
    "freight_road_cost",
    "freight_rail_charge",
)


def test_trains_without_a_limit_of_speed_leave_access_and_fare() -> None:
    unlimited = {"high_speed_rail_speed": {"value": 1e9, **OUTSIDE}}
    pair = (0, county("Anyuan"), county("Yuanzhou"))  # stations of the line from Nanchang to Changsha, 60 km apart
    free = {**unlimited, "high_speed_rail_fare": {"value": 0, **OUTSIDE}}
    for fares, low, high in ((free, 60, 60.001), (unlimited, 100, 130)):
        inputs = inputs_of(scenario({"parameters": fares}))
        minutes = np.squeeze(inputs["travel_time_passenger"].values)[pair[1:]]
        assert low <= minutes <= high


def test_without_limits_of_speed_and_without_prices_only_stated_times_are_left() -> None:
    values = {**dict.fromkeys((*SPEEDS, "freight_rail_speed"), 1e9), **dict.fromkeys(MONEY, 0)}
    changes = {"parameters": {name: {"value": value, **OUTSIDE} for name, value in values.items()}}
    inputs = inputs_of(scenario(changes))
    for name in ("travel_time_passenger", "travel_time_freight"):
        assert inputs[name].values.max() < 1e-3, name
    for name, stated in (("hub_travel_time_passenger", 420.0), ("hub_travel_time_freight", 720.0)):
        to_hubs = np.squeeze(inputs[name].values).max(axis=0)
        assert to_hubs.max() == stated and sorted(to_hubs)[-3] < 1e-3, name
    assert everything_is_finite(run(changes))


# --- land -------------------------------------------------------------------------------------------------------------


def endless_demand(quota: float) -> Run:
    return changed_by(built_up_land_per_industrial_capital=1e6, land_quota_rate=quota)


@pytest.mark.parametrize("quota", [0.02, 0.03, 0.3])
def test_endless_demand_for_land_stops_at_quota_red_line_and_what_is_there(quota: float) -> None:
    result = endless_demand(quota)
    built = result["built_up_land"]
    growth = np.diff(built, axis=0) / (quota * built[0])
    assert growth.max() < 1 + 1e-9
    if quota < 0.1:  # far above the range land runs out in the first year
        assert (growth[0] > 0.99).sum() > 12
    assert (result["cropland"] >= result["cropland_floor"] * (1 - 1e-12)).all()
    assert all((result[name] > 0).all() for name in LAND_CLASSES)
    np.testing.assert_allclose(sum(result[name] for name in LAND_CLASSES), result["county_area"], rtol=1e-12)


def test_building_without_a_quota_takes_what_land_there_is_and_no_more_people_than_there_are() -> None:
    demand = {"value": 1e6, **OUTSIDE}
    changes = {"built_up_land_per_industrial_capital": demand, "land_quota_rate": {"value": 1000, **OUTSIDE}}
    result = run_scenario(scenario({"parameters": changes}))
    assert (result["cropland"] >= result["cropland_floor"] * (1 - 1e-9)).all()
    assert (result["built_up_land"] <= result["county_area"]).all()
    assert (result["residents"] >= 0).all()
    assert (result["reclassification_rate"] <= 1).all()


def test_forest_at_its_ceiling_does_not_grow() -> None:
    result = changed_by(restorable_share=0)
    forest, ceiling = result["forest_area"], result["forest_ceiling"]
    assert (forest[0] == ceiling[0]).all()
    for name in ("afforestation", "cropland_abandonment", "forest_to_close"):
        assert (result[name][0] == 0).all(), name
    assert (forest[1:] < ceiling[1:]).all()
    assert (np.diff(forest.sum(axis=1)) < 0).all()


# --- compensation -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def without_compensation() -> Run:
    return run(SCALED_TO_NOTHING)


MONEY_OF_AGREEMENTS = (
    "agreement_accrual",
    "agreement_settlement",
    "earned_in_even_years",
    "earned_in_odd_years",
    "agreement_paid",
    "agreement_received",
    "higher_level_paid",
    "higher_level_received",
    "provincial_award",
    "compensation_paid",
    "compensation_received",
    "earmarked_for_water",
)


@pytest.mark.parametrize("changes", [{}, ALL_MEASURES], ids=["base", "all measures"])
def test_without_compensation_nothing_is_paid_and_nothing_received(changes: dict[str, object]) -> None:
    without, paid = run({**changes, **SCALED_TO_NOTHING}), run(changes)
    for name in MONEY_OF_AGREEMENTS:
        if name == "earmarked_for_water" and changes:
            continue  # the pilot's grant comes from province and centre, under no agreement
        assert (without[name] == 0).all(), name
        if not name.startswith("higher_level_received"):
            assert (paid[name] != 0).any(), name
    assert (without["compensation_awards"] == without["pilot_grant"]).all()
    assert everything_is_finite(without) and max(without.trajectory.ledgers.values()) < 1e-9


def test_without_compensation_spending_on_water_is_lower_where_it_was_received(without_compensation: Run) -> None:
    received = (run()["compensation_received"] + run()["compensation_awards"])[0] > 0
    lower = without_compensation["water_treatment_spending"][0] < run()["water_treatment_spending"][0]
    assert 0 < received.sum() < 24 and lower[received].all() and not lower[~received & ~pays(run())].any()


def pays(result: Run) -> np.ndarray:
    """Counties that pay compensation in the first year."""
    return np.asarray(result["compensation_paid"][0] > 0)


def test_what_agreements_do_not_pay_they_do_not_change_in_people_of_the_first_year(without_compensation: Run) -> None:
    now = differing(without_compensation, run(), slice(0, 1))
    assert "public_spending" in now and not {"residents", "sector_output", "good_water_share"} & set(now)


# --- water, public money, clusters, energy ----------------------------------------------------------------------------


def test_where_nobody_sends_anything_rivers_are_as_nature_leaves_them() -> None:
    clean = changed_by(
        urban_oxygen_demand_per_resident=0,
        urban_ammonia_per_resident=0,
        rural_oxygen_demand_per_resident=0,
        rural_ammonia_per_resident=0,
        oxygen_demand_per_output=0,
        ammonia_per_output=0,
    )
    assert everything_is_finite(clean) and (clean["pollution_load"] == 0).all()
    for name, background in (
        ("oxygen_demand_concentration", "oxygen_demand_background"),
        ("ammonia_concentration", "ammonia_background"),
    ):
        assert (clean[name] == clean[background][:, None]).all(), name
        assert (run()[name] > run()[background][:, None]).all(), name
    assert (clean["good_water_share"] >= run()["good_water_share"]).all()
    assert np.ptp(clean["good_water_share"]) == 0


def test_counties_that_may_owe_nothing_pay_their_debt_down_and_go_on_spending() -> None:
    frugal = changed_by(debt_ceiling_ratio=0)
    assert (np.diff(frugal["public_debt"], axis=0) < 0).all() and (frugal["public_debt"] > 0).all()
    assert (frugal["public_spending"] > 0).all() and everything_is_finite(frugal)
    assert (frugal["public_spending"][0] < run()["public_spending"][0]).all()
    assert max(frugal.trajectory.ledgers.values()) < 1e-9


def test_clusters_without_partners_have_what_they_can_do_themselves() -> None:
    alone = changed_by(partner_weight=0)
    assert (alone["partner_capability"] == 0).all() and (run()["partner_capability"] > 0).any()
    assert np.array_equal(alone["complementary_capability"], alone["capability"])


def test_what_is_never_retired_and_cannot_grow_stays() -> None:
    still = scaled_by(renewable_lifetime=1e12, renewable_development_time=1e12)
    capacity = still["renewable_capacity"]
    np.testing.assert_allclose(capacity, np.broadcast_to(capacity[:1], capacity.shape), rtol=1e-9)
    # A grid as clean as the sun leaves the fuels alone.
    clean = changed_by(jiangxi_grid_emission_factor=0, hunan_grid_emission_factor=0)
    assert np.array_equal(clean["co2_emissions"], clean["fuel_emissions"])
    assert (run().total("co2_emissions") > clean.total("co2_emissions")).all()


def test_a_border_twice_as_high_holds_back_and_breaks_nothing() -> None:
    closed = run({"border": {"friction": 2, "start": 2021}})
    assert everything_is_finite(closed) and max(closed.trajectory.ledgers.values()) < 1e-9
    assert differing(closed, run(), slice(0, 1)) == []
    assert (closed["passenger_access"][2] <= run()["passenger_access"][2]).all()
    assert (closed["passenger_access"][2] < run()["passenger_access"][2]).any()


# --- nothing is done --------------------------------------------------------------------------------------------------


def test_no_policy_at_all_is_the_base_bit_for_bit() -> None:
    empty = run({"transport": {}, "parameters": {}})
    as_they_are = run({"parameters": {"forest_closing_rate": {"scale": 1}, "access_decay": {"scale": 1}}})
    base = run()
    for result in (empty, as_they_are):
        assert result is not base
        for name, variable in base.variables.items():
            assert np.array_equal(variable.values, result.variables[name].values), name


def test_measures_at_strength_0_are_the_base_bit_for_bit() -> None:
    idle = run({"measures": {measure.name: {"strength": 0} for measure in load_measures()}})
    assert idle is not run() and len(idle.variables) > 800
    assert differing(idle, run()) == []


def test_measures_that_begin_when_the_run_ends_move_no_stock() -> None:
    late = run({"measures": {measure.name: {"start": 2035, "full": 2035} for measure in load_measures()}})
    assert differing(late, run(), slice(0, 15)) == []
    at_the_end = set(differing(late, run()))
    assert "forest_to_close" in at_the_end and not at_the_end & set(late.model.stocks)


def test_measures_change_nothing_before_they_start_and_much_after() -> None:
    acting = run(ALL_MEASURES)
    assert differing(acting, run(), slice(0, 3)) == []
    assert {"residents", "capital", "forest_area", "schooling", "capability", "public_debt"} <= set(
        differing(acting, run(), slice(4, None))
    )
    assert everything_is_finite(acting)


@pytest.mark.parametrize("border", [{"friction": 1}, dict.fromkeys(PARTS, 1)], ids=["as one", "part by part"])
def test_a_border_as_in_2020_is_the_base_bit_for_bit(border: dict[str, float]) -> None:
    result = run({"border": border})
    assert result is not run() and differing(result, run()) == []


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_border_that_falls_changes_nothing_before_and_something_after(part: str) -> None:
    measures = ALL_MEASURES if part == "fiscal" else {}  # budgets work together on agreements that stand later
    result, border = run({**measures, "border": {part: 0}}), run(measures)
    assert differing(result, border, slice(0, 2)) == []
    assert differing(result, border, slice(2, None)), part
    assert everything_is_finite(result)
