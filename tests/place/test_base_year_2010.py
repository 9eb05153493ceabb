"""A run from the census of 2010: its base year is that of the census, and knows of 2020 what is declared alone."""

from dataclasses import replace

import numpy as np
import pytest

import regionsim.place.base_output as base_output_module
from regionsim.language.inputs import Table
from regionsim.place import demography_inputs, economy_inputs, hub_economy, land, public_budgets, tourism
from regionsim.place.agreements import load_agreements
from regionsim.place.assemble import axis_labels, model_inputs
from regionsim.place.base_output import base_output, base_sector_output
from regionsim.place.census import load_census
from regionsim.place.clusters import cluster_shares
from regionsim.place.cohorts import birth_end, cohort_labels, five_year_groups, last_year
from regionsim.place.counties import county_codes
from regionsim.place.later_knowledge import LATER_KNOWLEDGE
from regionsim.place.output import load_output
from regionsim.place.output_2010 import TOTALS_WITH_LATER_SHARES, load_output_2010
from regionsim.place.prices import price_levels
from regionsim.studies.model import evidence, read_scenario
from regionsim.studies.run import run_checked

HINDCAST = read_scenario("scenarios/hindcast.yaml")


def fed():
    return model_inputs(evidence(), evidence(), {}, load_agreements(), 2010, 2020).inputs


def test_cohorts_are_told_from_the_census_that_a_run_starts_from():
    assert cohort_labels(2010)[:2] == ("before 1925", "1925-1930")
    assert cohort_labels(2010)[-1] == "2020-2025"
    assert len(cohort_labels(2010)) == len(cohort_labels(2020)) == 21
    assert birth_end(2010)[-1] == last_year(2010) == 2025
    assert axis_labels(2010)["cohort"] == cohort_labels(2010)


def test_residents_are_those_counted_in_2010_by_age_and_by_residence():
    residents = fed()["initial_residents"].values.squeeze()  # (county, residence, cohort)
    census = load_census()
    counted = five_year_groups(census.persons[0]).sum(axis=1)
    np.testing.assert_array_equal(residents.sum(axis=1)[:, :18][:, ::-1], counted)
    np.testing.assert_array_equal(residents.sum(axis=-1), census.by_residence[0])
    assert residents[..., 18:].sum() == 0


def test_output_of_2010_is_the_published_total_taken_to_prices_of_2020_sector_by_sector():
    luxi = next(county for county in load_output_2010() if county.code == "360323")
    levels = price_levels(2010)
    nominal = {sector: estimate.value * levels[sector].value / 100 for sector, estimate in luxi.sectors.items()}
    assert sum(nominal.values()) == pytest.approx(64.87)
    # 11.7162 in 2011, moved to 2010 as primary value added of Pingxiang: 42.31 over that of 2011.
    assert 0.8 * 11.7162 < nominal["agriculture"] < 11.7162
    # Industry over services: as Pingxiang in 2010, times what Luxi had over Pingxiang in 2015.
    assert nominal["industry"] / nominal["services"] == pytest.approx(
        329.46 / 148.62 * (50.19 / 44.83) / (517.32 / 332.29)
    )


def test_the_counties_of_pingxiang_together_have_the_output_of_the_prefecture():
    levels = price_levels(2010)
    inside = [county for county in load_output_2010() if county.code.startswith("3603")]
    nominal = {s: sum(c.sectors[s].value for c in inside) * levels[s].value / 100 for s in levels if s != "all"}
    assert nominal["agriculture"] == pytest.approx(42.31)
    assert nominal["industry"] == pytest.approx(329.46)
    assert nominal["services"] == pytest.approx(148.62)


def test_the_base_output_is_that_of_the_year():
    assert base_output() == load_output()
    assert base_output(2010) == load_output_2010()
    growth = base_sector_output(2020).sum() / base_sector_output(2010).sum()
    assert 1.8 < growth < 2.6  # output of the two provinces about doubled


def test_hubs_are_smaller_in_2010_and_what_lies_in_the_zone_is_taken_off_them():
    hubs = {hub.key: hub for hub in hub_economy.load_hub_economy(2010)}
    liuyang = next(county for county in load_output_2010() if county.code == "430181")
    whole = 4547.0573 * 100 / price_levels(2010)["all"].value
    assert hubs["changsha"].output.value == pytest.approx(whole - liuyang.total.value)
    assert hubs["changsha"].residents.value == 7040952 - load_census().by_residence[0][codes().index("430181")].sum()


def codes():
    return list(county_codes())


def test_transfers_of_2010_are_those_of_2020_per_resident_as_large_against_income():
    standard = public_budgets.base_transfers(
        replace(next(iter(load_output())).total, value=0.075, low=0.05, high=0.09), 0.6, 0.04
    )
    earlier = public_budgets.transfers_of(standard, 2010)
    people = [load_census().by_residence[k].sum(axis=-1) for k in range(2)]
    incomes = [base_sector_output(year).sum() / each.sum() for year, each in zip((2010, 2020), people, strict=True)]
    k = codes().index("430281")
    expected = standard.transfers["430281"].value * people[0][k] / people[1][k] * incomes[0] / incomes[1]
    assert earlier.transfers["430281"].value == pytest.approx(expected)
    assert public_budgets.transfers_of(standard, 2020) is standard


def test_nothing_of_2020_enters_but_what_is_declared(monkeypatch):
    before = fed()
    census, output = load_census(), load_output()
    other = replace(
        census,
        persons=census.persons * np.array([1.0, 1.1]).reshape(2, 1, 1, 1),
        by_residence=census.by_residence * np.array([1.0, 1.1]).reshape(2, 1, 1),
        in_movers=census.in_movers * np.array([1.0, 1.3]).reshape(2, 1),
    )
    larger = tuple(
        replace(
            county,
            total=replace(county.total, value=county.total.value * 1.2),
            sectors={name: replace(each, value=each.value * 1.2) for name, each in county.sectors.items()},
        )
        for county in output
    )
    residents = land.load_urban_rural_residents

    def moved(year=2020, *options):
        factor = 1.1 if year == 2020 else 1.0
        return tuple(replace(r, urban=r.urban * factor, rural=r.rural * factor) for r in residents(year, *options))

    monkeypatch.setattr(demography_inputs, "load_census", lambda: other)
    for module in (base_output_module, public_budgets, cluster_shares.__globals__):
        if isinstance(module, dict):
            monkeypatch.setitem(module, "load_output", lambda: larger)
        else:
            monkeypatch.setattr(module, "load_output", lambda: larger)
    for module in (land, public_budgets, tourism):
        monkeypatch.setattr(module, "load_urban_rural_residents", moved)
    public_budgets.load_published_budgets.cache_clear()
    after = fed()
    public_budgets.load_published_budgets.cache_clear()

    def differ(name):
        one, two = before[name], after[name]
        return not np.array_equal(one.values, two.values) or (
            isinstance(one, Table) and not np.array_equal(one.arguments, two.arguments)
        )

    changed = {name for name in before if differ(name)}
    assert {"departure_level", "town_move_level", "cluster_share"} <= changed
    assert changed <= set(LATER_KNOWLEDGE), changed - set(LATER_KNOWLEDGE)


def test_what_is_declared_as_later_knowledge_is_an_input():
    assert set(LATER_KNOWLEDGE) <= set(fed())
    assert set(TOTALS_WITH_LATER_SHARES) < set(codes())


def test_a_county_that_is_held_out_has_the_levels_of_the_zone_without_it():
    known = model_inputs(evidence(), evidence(), {}, load_agreements(), 2010, 2020, ["430181"]).inputs
    place = codes().index("430181")
    own, zone = (each["departure_level"].values.squeeze() for each in (fed(), known))
    assert zone[place] == zone[codes().index("431027")]  # Guidong, whose own level is an artefact
    assert own[place] < 0.3 * zone[place]
    inputs = ("departure_level", "town_move_level", "fertility_by_mean_age", "migration_propensity_by_mean_age")
    rest = [name for name in known if name not in inputs]
    assert all(np.array_equal(known[name].values, fed()[name].values) for name in rest)


def test_the_hindcast_runs_from_census_to_census_with_its_ledgers_closed():
    run = run_checked(HINDCAST)
    assert run.dataset["year"].values[[0, -1]].tolist() == [2010, 2020]
    assert max(run.record["largest_ledger_residuals"].values()) < 1e-9
    start = run.dataset["population"].sel(year=2010).squeeze().values
    np.testing.assert_allclose(start, load_census().by_residence[0].sum(axis=-1), rtol=1e-12)
    assert economy_inputs.economy_inputs(2010)[0].quality == "recalled"  # by the levels of prices
