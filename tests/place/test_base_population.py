import numpy as np
import pytest

from regionsim.place.base_population import (
    absent_by_cohort,
    absent_total,
    registered_in_2020,
    split_by_residence,
    women_share,
)
from regionsim.place.census import load_census
from regionsim.place.cohorts import five_year_groups

OLDER_COUNTRY = np.linspace(-0.4, 0.5, 18)


def test_both_margins_of_the_census_hold_without_any_error():
    census = load_census()
    persons = five_year_groups(census.persons[1].sum(axis=1))
    split = split_by_residence(persons, census.by_residence[1, :, 0], OLDER_COUNTRY)
    assert split.shape == (24, 2, 18)
    assert (split.sum(axis=1) == persons).all()
    assert (split.sum(axis=2) == census.by_residence[1]).all()
    assert (split >= 0).all()


def test_odds_of_living_in_the_country_are_proportional_to_the_pattern():
    persons = np.array([[1_000_000.0, 2_000_000.0]])
    split = split_by_residence(persons, np.array([1_200_000.0]), np.array([0.0, np.log(2.0)]))
    rural, urban = split[0]
    odds = rural / urban
    assert odds[1] / odds[0] == pytest.approx(2.0, rel=1e-5)


def test_without_a_pattern_every_age_has_the_same_rural_share():
    split = split_by_residence(np.array([[400.0, 600.0]]), np.array([250.0]), np.zeros(2))
    assert split[0, 0].tolist() == [100.0, 150.0]


def test_a_constant_added_to_the_pattern_changes_nothing():
    persons, rural = np.array([[500.0, 700.0, 900.0]]), np.array([800.0])
    pattern = np.array([0.1, -0.3, 0.4])
    here, there = (split_by_residence(persons, rural, pattern + shift) for shift in (0.0, 2.0))
    assert here == pytest.approx(there, abs=0.002)


@pytest.mark.parametrize("rural", [0.0, 1000.0])
def test_a_county_all_rural_or_all_urban_splits_without_remainder(rural):
    split = split_by_residence(np.array([[400.0, 600.0]]), np.array([rural]), np.array([0.5, -0.5]))
    assert split[0].sum(axis=1).tolist() == [rural, 1000.0 - rural]


@pytest.mark.parametrize("rural", [-1.0, 1001.0])
def test_more_rural_residents_than_there_are_people_are_refused(rural):
    with pytest.raises(ValueError, match="rural residents must lie"):
        split_by_residence(np.array([[400.0, 600.0]]), np.array([rural]), np.zeros(2))


def test_women_are_shared_by_county_and_the_unborn_like_the_zones_infants():
    women, men = np.full((2, 18), 60.0), np.full((2, 18), 40.0)
    women[:, 0], men[:, 0] = [45.0, 50.0], [55.0, 50.0]
    women[1, 17] = men[1, 17] = 0.0  # nobody of 85 and over: the zone's share
    share = women_share(women, men)
    assert share.shape == (2, 21)
    assert share[:, 17].tolist() == [0.45, 0.5]
    assert share[:, 18:] == pytest.approx(np.full((2, 3), 95 / 200))
    assert share[1, 0] == pytest.approx(0.6)


def test_a_missing_register_grows_like_those_of_its_province_that_are_known():
    counted = np.array([100.0, 300.0, 100.0, 1000.0])
    recorded = np.array([110.0, 300.0, np.nan, np.nan])
    known_here = registered_in_2020(counted, recorded, ["Jiangxi", "Hunan", "Jiangxi", "Hunan"])
    assert known_here == pytest.approx([110.0, 300.0, 110.0, 1000.0])


def test_a_province_without_a_known_register_grows_like_all_that_are_known():
    counted = np.array([100.0, 300.0, 1000.0])
    recorded = np.array([110.0, 310.0, np.nan])
    result = registered_in_2020(counted, recorded, ["Jiangxi", "Jiangxi", "Hunan"])
    assert result[2] == pytest.approx(1000 * 420 / 400)


def test_without_any_register_of_2020_the_growth_is_not_invented():
    with pytest.raises(ValueError, match="no county"):
        registered_in_2020(np.array([100.0]), np.array([np.nan]), ["Hunan"])


def test_the_absent_are_the_registered_who_are_not_among_the_residents():
    # 1000 registered; of 800 residents 50 are registered elsewhere, so that 750 are present.
    assert absent_total(np.array([1000.0]), np.array([800.0]), np.array([50.0])).tolist() == [250.0]


def test_a_county_with_more_residents_than_registered_still_has_a_few_absent():
    assert absent_total(np.array([1000.0]), np.array([1200.0]), np.array([50.0])).tolist() == [10.0]


def test_the_absent_spread_over_ages_and_between_home_province_and_elsewhere():
    weights = np.zeros(18)
    weights[4], weights[5] = 1.0, 3.0  # 20-24 and 25-29
    absent = absent_by_cohort(np.array([100.0, 200.0]), weights, 0.6)
    assert absent.shape == (2, 2, 21)
    assert absent[0, 0, 13] == pytest.approx(100 * 0.4 * 0.25)
    assert absent[1, 1, 12] == pytest.approx(200 * 0.6 * 0.75)
    assert absent.sum(axis=(1, 2)) == pytest.approx([100.0, 200.0])
    assert (absent[:, :, 18:] == 0).all()
