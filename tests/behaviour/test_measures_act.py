"""Every measure of the plan, switched on alone, moves what its mechanism says, where the plan puts it, and not before.

The signs are those of the mechanism. Where the evidence leaves a sign open, so that a parameter's range lies on both
sides of zero, the variable only has to move.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pytest
from whole_model import Array, Changes, Run, differing, run, run_variants

from regionsim.place.counties import county_codes
from regionsim.scenarios.measures import Effort, Measure, load_measures

START, END = 2020, 2028
BEGINS = 2022  # the plan's year: efforts are still 0 in it
SETTINGS = {"run": {"end": END}}
# Smaller changes, against the largest value of the variable, are rounding.
ROUNDING = 1e-10


@dataclass(frozen=True)
class Act:
    """What an effort does: variables by the direction of their change, `+`, `-`, or `?` for one that only moves.

    `there` are the variables that change in each county of the effort and nowhere else, in any year; `each` those that
    change in each county of the effort, by `END`, while others may follow; `sums` those whose sum over the counties of
    the effort has changed by `END`, or by `year`. A variable without a county axis is summed as a whole.
    """

    there: str = ""
    each: str = ""
    sums: str = ""
    early: str = ""
    year: int = 2024


def words(text: str) -> list[tuple[str, str]]:
    """`+visits -deaths` as pairs of direction and variable."""
    return [(word[0], word[1:]) for word in text.split()]


EFFECTS: dict[str, Act] = {
    # 1 to 3: renown, relics and room for visitors
    "red-education": Act(each="+red_brand", sums="+site_attraction +visits +tourism_effect +output"),
    "relics": Act("+heritage_index +heritage_repair", sums="+site_attraction +visits +output"),
    "scenic-areas": Act(each="+red_brand +green_brand +tourism_capacity", sums="+visits +tourism_effect +output"),
    "festivals": Act(each="+green_brand", sums="+visits +tourism_effect +output"),
    # 4: clusters and digital use
    "industry-bases": Act("?general_support", sums="?capability ?cluster_effect ?output"),
    "innovation-institutes": Act("+institute_support", sums="+capability +complementary_capability +cluster_effect"),
    "knowledge-spillover": Act("+general_support", sums="+capability +complementary_capability +cluster_effect"),
    "fireworks-zone": Act("?cluster_support ?closure_rate", sums="?capability ?cluster_effect"),
    "lithium-cluster": Act("+cluster_support", sums="+capability +cluster_effect"),
    "electric-porcelain": Act("+cluster_support", sums="+capability +cluster_effect"),
    "digital-economy": Act("+digital_index +digital_effect", sums="+output"),
    "industry-groups": Act("+cluster_support", sums="+capability +cluster_effect"),
    # 5: what freight saves acts on access, and access on output with an open sign; credit is paid back later
    "logistics-hub": Act("+logistics_saving -freight_cost_factor", sums="+freight_access ?output"),
    "rural-delivery": Act("+rural_delivery -freight_cost_factor", sums="+freight_access ?output"),
    "cross-border-trade": Act("+cross_border_trade -hub_freight_cost_factor", sums="+freight_access ?output"),
    "green-finance": Act("+added_credit +credit_interest", sums="?credit_factor", early="+local_investment"),
    "wellness": Act("+visitor_spending_index", sums="+tourism_value_added +tourism_effect +output"),
    # 6: premiums may cost more than they bring, research does not
    "regional-brand": Act(each="+regional_brand_use ?brand_premium ?brand_effect", sums="+regional_brand"),
    "local-brand": Act("+local_brand +brand_premium +brand_effect"),
    "green-supply": Act("+green_supply ?brand_premium ?brand_effect"),
    "export-supply": Act("+export_supply ?brand_premium ?brand_effect"),
    "farm-research": Act(each="+farm_knowledge +brand_effect"),
    # 7
    "cross-province-parks": Act("+park_capital +park_investment", each="+cluster_openness", sums="+capital"),
    # 8: roads and services hold villagers or carry them off
    "rural-roads": Act("+rural_road_index +rural_amenity_effect", sums="?departures ?rural_population"),
    "rural-services": Act("+rural_facilities +rural_amenity_effect", sums="?departures ?rural_population"),
    "rural-sewage": Act("+rural_sewage_coverage -rural_load -pollution_load", sums="+good_water_share"),
    "rural-waste": Act("-rural_waste_load_effect -rural_load -pollution_load", sums="+good_water_share"),
    # 9 and 10: reform acts on leaving and on coming home, in either direction
    "land-rights": Act(
        "+transferable_rights ?leaving_ease ?return_ease +farm_scale_effect", sums="?departures ?returns ?population"
    ),
    "settlement-rights": Act("+settlement_rights ?return_ease", sums="?returns ?population"),
    "land-market": Act(each="+building_land_used_anew +land_in_new_use", sums="-built_up_land +forest_area +cropland"),
    "land-redevelopment": Act(
        each="+building_land_used_anew +land_in_new_use", sums="-built_up_land +forest_area +cropland"
    ),
    "urban-renewal": Act("+town_housing_quality +town_quality", sums="+urban_population"),
    "county-town": Act("+town_facilities +town_quality -congestion_relief", sums="+urban_population"),
    "border-towns": Act("+town_facilities +town_quality -congestion_relief", sums="+urban_population"),
    # 11
    "joint-control": Act(
        "+enforcement -industrial_discharge_index -compliance_effect",
        sums="-pollution_load -ammonia_load +good_water_share",
        early="+joint_treatment_works +treatment_capacity",
    ),
    "mine-rehabilitation": Act("-open_mine_index -industrial_load -pollution_load", sums="+good_water_share"),
    "green-manufacturing": Act(
        "-industrial_effluent_index +phase_out_effect", sums="-industrial_load +good_water_share -capital"
    ),
    "energy-saving": Act("-fuel_intensity_index -electricity_intensity_index -energy_demand -co2_emissions"),
    # 12
    "restoration": Act("+restoration_effect", sums="+forest_area +forest_cover", early="+afforestation"),
    "forest-quality": Act("?forest_quality_effect ?forest_carbon ?forest_carbon_growth"),
    "forest-chief": Act(
        "-forest_clearing_effect", sums="-forest_built_over -forest_carbon_harvest +forest_area +forest_carbon"
    ),
    "function-zone-transfers": Act("+function_zone_grants +earmarked_for_forest", sums="+transfers +forest_spending"),
    # 13: what is at stake upstream makes officials enforce
    "lushui-agreement": Act(
        "+signed_stake +enforcement_target +compensation_received",
        sums="+agreement_in_force +enforcement -pollution_load +good_water_share",
    ),
    "market-compensation": Act(
        "+carbon_credit_income +ecological_product_income",
        sums="+agreement_in_force +signed_stake +enforcement +compensation_received -pollution_load",
    ),
    "pilot-compensation": Act("+pilot_grant +compensation_awards", sums="+transfers +public_spending"),
    # 14 without its lines, which are below
    "border-roads": Act(
        each="-border_travel_remaining -border_goods_remaining",
        sums="-border_travel_factor -border_freight_factor +passenger_access +freight_access",
    ),
    "logistics-port": Act("+logistics_saving -freight_cost_factor", sums="+freight_access ?output"),
    # 15: a flood has to come before works against it save anything; that is below
    "hydropower": Act("+renewable_capacity +renewable_generation -electricity_import -co2_emissions"),
    "photovoltaics": Act("+renewable_capacity +renewable_generation -electricity_import -co2_emissions"),
    "wind": Act("+renewable_capacity +renewable_generation -electricity_import -co2_emissions"),
    "piped-gas": Act("+gas_conversion -coal_user_emission_factor -fuel_emissions -co2_emissions"),
    "flood-control": Act("+flood_protection"),
    "reservoir": Act("+flood_protection", sums="?reach_discharge ?good_water_share"),
    # 16
    "network-infrastructure": Act("+digital_index +digital_effect", sums="+output"),
    "smart-city": Act("+digital_index +digital_effect", sums="+output"),
    "smart-scenic": Act(each="+tourism_capacity", sums="+visits +tourism_effect +output"),
    "data-sharing": Act(
        each="-border_goods_remaining -border_services_remaining", sums="+freight_access +service_recognition"
    ),
    # 17 and 18: what schools and hospitals get more, the other uses of public money get less
    "education-capacity": Act(
        "+weight_of_uses",
        each="+education_spending +education_capital -health_spending -infrastructure_spending",
        sums="+education_index +schooling_gained ?departures",
    ),
    "rural-teachers": Act("+teaching_quality", sums="+schooling +schooling_per_worker ?schooling_leaving_effect"),
    "vocational-parks": Act(each="+further_attendance_level", sums="+schooling +schooling_per_worker ?departures"),
    "cross-province-care": Act(each="-border_services_remaining", sums="+service_recognition +service_pull"),
    "health-institutions": Act(
        "+weight_of_uses",
        each="+health_spending +health_capital -education_spending -infrastructure_spending -health_effect",
        sums="+life_expectancy_gain",
    ),
    "general-practitioners": Act(each="-health_effect", sums="+life_expectancy_gain +health_output_effect +population"),
    # 19 and S1: a border that matters less lets people and orders pass, whichever way people then go
    "mutual-recognition": Act(
        each="-border_labour_remaining -border_clusters_remaining",
        sums="+labour_friction +cluster_permeability +partner_capability ?population",
    ),
    "labour-market": Act(each="-border_labour_remaining", sums="+labour_friction +hub_labour_friction ?population"),
    "insurance-portability": Act(
        each="-border_labour_remaining", sums="+labour_friction +hub_labour_friction ?population"
    ),
    "cross-province-services": Act(each="-border_services_remaining", sums="+service_recognition +service_pull"),
    "border-cooperation": Act(
        each="-border_clusters_remaining -border_fiscal_remaining",
        sums="+cluster_permeability +partner_capability +fiscal_cooperation",
    ),
    # S2 and S3
    "bank-credit": Act("+added_credit +credit_interest", sums="?credit_factor", early="+local_investment"),
    "transfers-support": Act(
        "+support_grants",
        each="+transfers +public_spending",
        sums="+education_capital +health_capital +infrastructure_capital",
    ),
    "bonds": Act(
        each="+public_debt", sums="+interest_payments +debt_ratio", early="+borrowing +public_spending +health_capital"
    ),
    "toll-relief": Act("+toll_saving -freight_cost_factor", sums="+freight_access ?output"),
}

MEASURES = {measure.number: measure for measure in load_measures()}
ALONE = [(measure, effort) for measure in load_measures() for effort in measure.efforts]


def base() -> Run:
    return run(SETTINGS)


def whole(measure: Measure) -> tuple[Run, Run]:
    """A measure alone, as the plan has it, and the base beside it."""
    return _together(_of_whole(measure))


def alone(measure: Measure, effort: Effort) -> tuple[Run, Run]:
    """One effort alone, and the base: the measure as a whole has no strength, this part of it has all."""
    return _together(_of_part(measure, effort))


def _of_whole(measure: Measure) -> Changes:
    return {**SETTINGS, "measures": {measure.name: {}}}


def _of_part(measure: Measure, effort: Effort) -> Changes:
    if len(measure.efforts) == 1 and not measure.projects:
        return _of_whole(measure)
    return {**SETTINGS, "measures": {measure.name: {"strength": 0, effort.name: {"strength": 1}}}}


# In the order in which tests ask for them.
VARIANTS = [_of_part(measure, effort) for measure, effort in ALONE]
VARIANTS += [changes for changes in map(_of_whole, MEASURES.values()) if changes not in VARIANTS]
AT_ONCE = 16


def _together(changes: Changes) -> tuple[Run, Run]:
    """A run of the variants and that of the base: some are made at once, since each by itself takes longer.

    The base is made with them each time: in ensembles of another size the last bits are others.
    """
    place = VARIANTS.index(changes)
    reference, *results = _made(place // AT_ONCE)
    return results[place % AT_ONCE], reference


@lru_cache(maxsize=2)
def _made(part: int) -> list[Run]:
    return run_variants([SETTINGS, *VARIANTS[part * AT_ONCE : (part + 1) * AT_ONCE]])


def change(result: Run, name: str, reference: Run | None = None) -> Array:
    """The change of a variable against the base, by year and county, in parts of its largest value in the base.

    What has no county axis gets one with a single element.
    """
    before, now = (base() if reference is None else reference)[name], result[name]
    assert before.shape == now.shape, name
    by_county = before.ndim > 1 and before.shape[1] == len(county_codes())
    flat = (now - before).reshape(len(now), len(county_codes()) if by_county else 1, -1)
    largest = np.abs(before).max()
    return np.asarray(flat.sum(axis=2) / (largest or 1.0))


def goes(direction: str, values: Array) -> Array:
    """Whether values go in a direction by more than rounding."""
    return np.asarray({"+": values > ROUNDING, "-": values < -ROUNDING, "?": np.abs(values) > ROUNDING}[direction])


def assert_starts_in_its_year(result: Run, reference: Run) -> None:
    assert differing(result, reference, slice(None, BEGINS - START + 1)) == []


def assert_acts_there(result: Run, reference: Run, effort: Effort, act: Act) -> None:
    here = np.isin(county_codes(), effort.counties)
    assert np.array_equal(np.ravel(result.model.inputs[effort.input].at(END)), here.astype(float))
    for direction, name in words(act.there):
        changed = change(result, name, reference)
        assert goes(direction, changed[:, here]).any(axis=0).all(), f"{name} stays somewhere"
        if direction != "?":
            assert not goes("-" if direction == "+" else "+", changed).any(), f"{name} goes the other way"
        elsewhere = result[name][:, ~here], reference[name][:, ~here]
        assert np.array_equal(*elsewhere), f"{name} moves outside the counties of {effort.name}"
    for direction, name in words(act.each):
        assert goes(direction, change(result, name, reference)[-1, here]).all(), name


def assert_passes_on(result: Run, reference: Run, effort: Effort, act: Act) -> None:
    here = np.isin(county_codes(), effort.counties)
    for text, year in ((act.sums, END), (act.early, act.year)):
        for direction, name in words(text):
            changed = change(result, name, reference)[year - START]
            total = changed[here].sum() if changed.size > 1 else changed.sum()
            assert goes(direction, total), f"{name}: {total:.3g} in {year}"


def test_every_effort_of_the_catalogue_is_in_the_table_and_no_other() -> None:
    assert list(EFFECTS) == [effort.name for _, effort in ALONE]
    assert list(MEASURES) == [*map(str, range(1, 20)), "S1", "S2", "S3"]


@pytest.mark.parametrize(("measure", "effort"), ALONE, ids=lambda value: value.name)
def test_an_effort_alone_moves_what_its_mechanism_says(measure: Measure, effort: Effort) -> None:
    (result, reference), act = alone(measure, effort), EFFECTS[effort.name]
    assert act.there or act.each
    assert_starts_in_its_year(result, reference)
    assert_acts_there(result, reference, effort, act)
    assert_passes_on(result, reference, effort, act)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
def test_a_measure_alone_starts_in_its_year_and_has_all_its_parts(measure: Measure) -> None:
    result, reference = whole(measure)
    assert_starts_in_its_year(result, reference)
    assert differing(result, reference)
    for effort in measure.efforts:
        here = np.isin(county_codes(), effort.counties)
        act = EFFECTS[effort.name]
        for direction, name in words(f"{act.there} {act.each}"):
            # Parts of one measure may draw on the same money; then only the part alone has the sign.
            shared = measure.number in ("17", "18") and name.endswith("_spending")
            assert goes("?" if shared else direction, change(result, name, reference)[:, here]).any(), name


# --- what acts only once something else happens -----------------------------------------------------------------------


def test_the_lines_of_the_transport_measure_shorten_ways_from_their_opening_on() -> None:
    measure = MEASURES["14"]
    off = {effort.name: {"strength": 0} for effort in measure.efforts}
    result = run({**SETTINGS, "measures": {measure.name: off}})
    first = min(project.opens for project in measure.projects)
    assert first == 2025
    assert differing(result, base(), slice(None, 2025 - START)) == []
    for name in ("passenger_access_of_network", "freight_access_of_network"):
        changed = change(result, name)
        assert not goes("-", changed[: 2025 - START + 1]).any() and goes("+", changed[2025 - START :].sum(axis=1)).all()
    assert goes("+", change(result, "passenger_access")[-1].sum())


@pytest.mark.parametrize(("number", "effort"), [("9", "land-market"), ("10", "land-redevelopment")])
def test_land_brought_to_market_comes_on_top_of_a_quota_that_binds(number: str, effort: str) -> None:
    measure = MEASURES[number]
    part = {measure.name: {"strength": 0, effort: {"strength": 1}}}
    scarce = {**SETTINGS, "parameters": {"land_quota_rate": {"value": 0.002, "outside_range": True}}}
    result, reference = run({**scarce, "measures": part}), run(scarce)
    here = np.isin(county_codes(), measure.effort(effort).counties)
    assert goes("+", change(result, "land_in_new_use", reference)[-1, here]).all()
    assert goes("-", change(result, "congestion_index", reference)[-1, here]).all()
    assert differing(result, reference, slice(None, BEGINS - START + 1)) == []


@pytest.mark.parametrize("effort", ["flood-control", "reservoir"])
def test_works_against_floods_save_capital_when_a_flood_comes(effort: str) -> None:
    measure = MEASURES["15"]
    part = {measure.name: {"strength": 0, effort: {"strength": 1}}}
    flood = {**SETTINGS, "shocks": {"flood": {"path": {2020: 0, 2026: 1, 2027: 0}, "kind": "step"}}}
    result, reference = run({**flood, "measures": part}), run(flood)
    here = np.isin(county_codes(), measure.effort(effort).counties)
    loss = change(result, "total_flood_loss", reference)
    assert not loss[: 2026 - START].any() and goes("-", loss[2026 - START, here]).all()
    assert goes("+", change(result, "capital", reference)[-1, here]).all()
    # Without a flood the works change no capital at all.
    without = run({**SETTINGS, "measures": part})
    assert "capital" not in differing(without, base())


def test_budgets_that_work_together_raise_what_is_at_stake_in_an_agreement_across_the_border() -> None:
    agreement = {"13-green-institutions": {"strength": 0, "lushui-agreement": {"strength": 1}}}
    together = {**agreement, MEASURES["S1"].name: {}}
    result, reference = run({**SETTINGS, "measures": together}), run({**SETTINGS, "measures": agreement})
    assert goes("+", change(result, "agreement_stake", reference)[-1].sum())
    assert goes("+", change(result, "enforcement", reference)[-1].sum())
    # No agreement across the border is in force at the end of the base: there the conference finds nothing to work on.
    assert "agreement_stake" not in differing(*whole(MEASURES["S1"]))
