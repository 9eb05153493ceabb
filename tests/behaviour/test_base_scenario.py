"""The base scenario starts from what was counted and goes where the field expects it to."""

from __future__ import annotations

import numpy as np
from whole_model import Run, run

from regionsim.place.base_output import base_sector_output
from regionsim.place.census import load_census
from regionsim.place.cohorts import five_year_groups
from regionsim.place.counties import load_counties
from regionsim.place.forest_cover import load_forest_cover
from regionsim.place.urban_rural_residents import load_urban_rural_residents

CENSUS_OF_2020 = 1
ALIVE = 18


def base() -> Run:
    return run()


def test_2020_has_the_people_of_the_census_by_age() -> None:
    counted = five_year_groups(load_census().persons)[CENSUS_OF_2020].sum(axis=1)  # (county, age group)
    started = base()["residents"][0].sum(axis=1)  # (county, cohort), oldest first
    assert np.array_equal(started[:, :ALIVE][:, ::-1], counted)
    assert (started[:, ALIVE:] == 0).all()
    assert base().total("population")[0] == 11_722_945


def test_2020_has_the_people_of_the_census_by_residence() -> None:
    counted = load_urban_rural_residents()
    assert base()["urban_population"][0].tolist() == [each.urban for each in counted]
    assert base()["rural_population"][0].tolist() == [each.rural for each in counted]


def test_2020_has_the_output_of_the_data() -> None:
    assert np.array_equal(base()["sector_output"][0], base_sector_output())
    np.testing.assert_allclose(base()["output"][0], base_sector_output().sum(axis=1), rtol=1e-15)


def test_2020_has_the_forest_cover_of_the_data() -> None:
    cover = np.array([estimate.value for estimate in load_forest_cover().values()])
    area = np.array([county.area for county in load_counties()])
    assert np.array_equal(base()["county_area"][0], area)
    assert np.array_equal(base()["forest_area"][0], np.rint(cover * area))  # in whole hectares
    np.testing.assert_allclose(base()["forest_cover"][0], cover, atol=1e-5)


def test_the_population_declines_in_every_year() -> None:
    decline = base().rate("population")
    assert (decline < 0).all() and (decline > -0.01).all()
    average = (base().total("population")[15] / base().total("population")[0]) ** (1 / 15) - 1
    assert -0.008 < average < -0.0025  # faster than in 2010-2020


def test_two_thirds_or_more_live_in_towns_by_2035() -> None:
    share = base().total("urban_population") / base().total("population")
    assert (np.diff(share) > 0).all()
    assert 0.66 <= share[15] <= 0.72


def test_growth_slows_and_stays_moderate() -> None:
    growth = base().rate("output")
    assert (growth > 0.025).all() and (growth < 0.05).all()
    by_five_years = growth.reshape(3, 5).mean(axis=1)
    assert (np.diff(by_five_years) < 0).all()


def test_forest_hardly_changes() -> None:
    cover = base().total("forest_area") / base().total("county_area")
    assert np.abs(cover - cover[0]).max() < 0.02
    counties = base()["forest_cover"]
    assert np.abs(counties - counties[0]).max() < 0.025


def test_the_countryside_loses_fewer_people_every_year() -> None:
    lost = -np.diff(base().total("rural_population"))
    assert (lost > 0).all() and (np.diff(lost) < 0).all()


def test_2020_settles_what_the_first_round_of_the_lushui_is_known_to_have_paid() -> None:
    # 30 million in three years, and 109 million of awards in about as long, as both sides report.
    first = base().trajectory.labels["agreement"].index("lushui_first_round")
    assert 8 <= base()["agreement_settlement"][0, first] <= 11
    assert base().total("agreement_settlement")[0] == base()["agreement_settlement"][0, first]
    assert 28 <= base().total("provincial_award")[0] <= 40


def test_the_lushui_at_the_border_is_at_class_iii_in_nearly_all_months() -> None:
    section = base().trajectory.labels["reach"].index("lushui_jinyushi")
    assert (base()["good_water_share"][:3, section] > 11 / 12).all()


def test_forest_gathers_the_carbon_that_inventories_find() -> None:
    density = base().total("forest_carbon") / base().total("forest_area")
    assert 24 <= density[0] <= 36  # 26 in 2013, nearly 1 more every year
    gained = np.diff(density)
    assert (gained > 0.17).all() and (gained < 1.45).all() and gained[-1] < gained[0]


def test_without_a_renewal_compensation_ends() -> None:
    paid = base().total("compensation_paid") + base().total("higher_level_paid")
    # The round ends in June 2022, within the model year 2021: its last months, three quarters by the step, are settled
    # in 2022.
    assert (paid[:2] > 8).all() and 0.7 < paid[2] / paid[1] < 0.8 and np.abs(paid[3:]).max() < 1e-9
