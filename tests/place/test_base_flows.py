import numpy as np
import pytest

from regionsim.language.inputs import Table
from regionsim.place.base_flows import (
    births_of_census_year,
    net_migration,
    pooled_levels,
    returns_per_year,
    survivors_of_decade,
    total_fertility,
    town_moves_per_year,
    weighted_residents,
)


def table(points: dict[float, float]) -> Table:
    return Table(
        name="rate_by_age",
        about="A rate.",
        unit="1/year",
        quality="recalled",
        source="test",
        argument_unit="year",
        arguments=np.array(list(points), dtype=float),
        values=np.array(list(points.values()), dtype=float),
    )


NO_DEATHS = table({0: 0.0, 100: 0.0})
TRUSTED = np.array([False, False])


def people(**groups: float) -> np.ndarray:
    """One county's persons by age group, named a0, a5, ..., a85; nobody elsewhere."""
    result = np.zeros((1, 18))
    for name, persons in groups.items():
        result[0, int(name[1:]) // 5] = persons
    return result


def test_a_group_is_two_groups_older_after_a_decade_and_the_oldest_join():
    survivors = survivors_of_decade(people(a0=100.0, a70=50.0, a75=10.0, a80=20.0), NO_DEATHS)
    assert survivors.shape == (1, 16)
    assert survivors[0, 0] == pytest.approx(100.0)  # 10-14 in 2020
    assert survivors[0, 14] == pytest.approx(50.0)  # 80-84
    assert survivors[0, 15] == pytest.approx(30.0)  # 85+


def test_survivors_decline_by_the_deaths_of_ten_years():
    survivors = survivors_of_decade(people(a20=1000.0), table({0: 0.01, 100: 0.01}))
    assert survivors[0, 4] == pytest.approx(1000 * np.exp(-0.1), rel=1e-6)


def test_net_migration_is_what_deaths_do_not_explain():
    net = net_migration(people(a10=1000.0), people(a20=700.0, a0=500.0), table({10: 0.01, 100: 0.01}))
    assert net[0, 2] == pytest.approx(700 - 1000 * np.exp(-0.1), rel=1e-6)
    assert net.sum() == pytest.approx(net[0, 2])  # children born in the decade do not count


def test_a_constant_rate_weights_the_mean_of_both_counts():
    weighted = weighted_residents(
        table({0: 0.02, 100: 0.02}), people(a10=1000.0, a40=100.0), people(a20=700.0, a0=99.0)
    )
    assert weighted == pytest.approx([0.02 * (850.0 + 50.0)])


def test_a_cohort_is_weighted_at_the_ages_it_has_during_the_decade():
    # The cohort is 10-15 at first and 20-25 at last; the rate is its mean age less 12.5, so 5 on average.
    rate = table({2.5: -10.0, 102.5: 90.0})
    assert weighted_residents(rate, people(a10=1000.0), people(a20=1000.0)) == pytest.approx([5000.0])


def test_returns_are_the_mean_of_the_absent_at_both_ends():
    weights, rates = np.zeros(18), np.zeros(18)
    weights[1], weights[5] = 1.0, 3.0
    rates[1], rates[5] = 0.04, 0.08
    # 2010: 100 x (0.25 x 0.04 + 0.75 x 0.08); 2020 without the children: 200 x 0.75 x 0.08
    returns = returns_per_year(np.array([100.0]), np.array([200.0]), weights, rates)
    assert returns == pytest.approx([(7.0 + 12.0) / 2])


def test_town_moves_are_the_rural_loss_less_departures_and_reclassified_land():
    # 1000 left the country in ten years; 40 a year left the county from it; a quarter of the other 60 did not move.
    moves = town_moves_per_year(
        people(a10=3000.0), people(a20=2000.0), np.array([50.0]), np.array([0.8]), NO_DEATHS, 0.25
    )
    assert moves == pytest.approx([45.0])


def test_a_country_that_lost_less_than_departures_explain_has_negative_town_moves():
    moves = town_moves_per_year(people(a10=300.0), people(a20=300.0), np.array([10.0]), np.array([1.0]), NO_DEATHS, 0.0)
    assert moves == pytest.approx([-10.0])


def test_a_full_weight_keeps_the_countys_own_level():
    levels = pooled_levels(np.array([10.0, 60.0]), np.array([20.0, 30.0]), 1.0, TRUSTED)
    assert levels == pytest.approx([0.5, 2.0])


def test_no_weight_gives_every_county_the_zones_level():
    levels = pooled_levels(np.array([10.0, 60.0]), np.array([20.0, 30.0]), 0.0, TRUSTED)
    assert levels == pytest.approx([1.4, 1.4])


def test_half_the_weight_keeps_half_of_the_logarithm_and_all_of_the_flow():
    exposure = np.array([10.0, 10.0])
    levels = pooled_levels(np.array([4.0, 16.0]), exposure, 0.5, TRUSTED)
    assert levels[1] / levels[0] == pytest.approx(2.0)
    assert (levels * exposure).sum() == pytest.approx(20.0)


def test_a_county_whose_count_is_an_artefact_gets_the_zones_level_and_does_not_change_it():
    flows, exposure = np.array([10.0, 60.0, 999.0]), np.array([20.0, 30.0, 1.0])
    levels = pooled_levels(flows, exposure, 0.7, np.array([False, False, True]))
    assert levels[2] == pytest.approx(70 / 50)
    assert levels[:2] == pytest.approx(pooled_levels(flows[:2], exposure[:2], 0.7, TRUSTED))


def test_a_negative_flow_counts_as_a_tenth_of_the_zones_level():
    exposure = np.array([10.0, 10.0])
    levels = pooled_levels(np.array([-5.0, 25.0]), exposure, 1.0, TRUSTED)
    assert levels[0] / levels[1] == pytest.approx(0.1 / 2.5)
    assert (levels > 0).all()


def test_a_zone_without_any_flow_cannot_be_pooled():
    with pytest.raises(ValueError, match="positive flow"):
        pooled_levels(np.array([-5.0, 5.0]), np.array([10.0, 10.0]), 0.7, TRUSTED)


def test_births_are_the_infants_and_those_who_died_before_they_were_counted():
    assert births_of_census_year(np.array([991.0]), 0.01) == pytest.approx([1000.0])


def test_total_fertility_is_the_births_over_the_patterns_sum_over_the_women():
    # All births at 20-30, a tenth of them at each age; women of 25-29 were 24.5-29.5: all their ages count.
    pattern = table({19.999: 0.0, 20: 0.1, 30: 0.1, 30.001: 0.0})
    assert total_fertility(np.array([150.0]), people(a25=1000.0), pattern) == pytest.approx([1.5], rel=1e-3)
    # Women of 20-24 were 19.5-24.5: a tenth of them was too young.
    assert total_fertility(np.array([90.0]), people(a20=1000.0), pattern) == pytest.approx([1.0], rel=1e-3)
