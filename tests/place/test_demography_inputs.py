import numpy as np
import pytest

from regionsim.language.axes import full_rank, position
from regionsim.language.inputs import AnyInput, Constant, Table
from regionsim.place.base_flows import net_migration, returns_per_year, weighted_residents
from regionsim.place.census import load_census
from regionsim.place.cohorts import LOWER_AGES, birth_midpoint, five_year_groups
from regionsim.place.counties import county_codes
from regionsim.place.demography_inputs import SCALARS, TABLES, demography_inputs
from regionsim.place.life_table import person_years
from regionsim.place.schedules import integral, mean_between
from regionsim.studies.model import evidence

# Central death rates of China, both sexes, 2015-2020 (UN World Population Prospects 2024), by begin of the age group.
PUBLISHED_DEATH_RATES = {5: 0.00033273, 20: 0.00064494, 40: 0.00169415, 60: 0.01080859, 70: 0.02874438, 85: 0.14105125}


@pytest.fixture(scope="module")
def parameters() -> dict[str, AnyInput]:
    return dict(evidence())


@pytest.fixture(scope="module")
def inputs(parameters) -> dict[str, AnyInput]:
    return {each.name: each for each in demography_inputs(parameters)}


def squeezed(each: AnyInput) -> np.ndarray:
    return each.values.squeeze()


def test_every_input_has_the_axes_it_says(inputs):
    sizes = {"county": 24, "residence": 2, "hub_group": 2, "cohort": 21}
    for each in inputs.values():
        if isinstance(each, Constant):
            expected = [1] * each.values.ndim
            for axis in each.over:
                expected[position(axis)] = sizes[axis]
            assert list(each.values.shape) == expected, each.name
            assert np.isfinite(each.values).all(), each.name


def test_residents_are_those_of_the_census_by_county_residence_and_age(inputs):
    residents = squeezed(inputs["initial_residents"])
    census = load_census()
    assert (residents.sum(axis=2) == census.by_residence[1]).all()
    ages = five_year_groups(census.persons[1].sum(axis=1))
    assert (residents.sum(axis=1)[:, :18] == ages[:, ::-1]).all()
    assert (residents[:, :, 18:] == 0).all()


def test_the_country_is_older_than_the_towns(inputs):
    by_residence = squeezed(inputs["initial_residents"]).sum(axis=0)
    over_65 = by_residence[:, :5].sum(axis=1) / by_residence.sum(axis=1)
    assert over_65[0] > 1.2 * over_65[1]


def test_absent_people_are_those_of_the_registers_and_no_age_is_mostly_away(inputs):
    absent = squeezed(inputs["initial_absent"]).sum(axis=(0, 1))
    assert absent.sum() == pytest.approx(2.74e6, rel=0.01)
    residents = squeezed(inputs["initial_residents"]).sum(axis=(0, 1))
    away = absent[:18] / (absent[:18] + residents[:18])
    assert 0.35 < away.max() < 0.5
    assert away.argmax() in (12, 13)  # aged 20-29
    assert squeezed(inputs["initial_absent"])[:, 1].sum() == pytest.approx(0.6 * absent.sum())


def test_the_zone_lost_more_than_a_million_of_those_who_were_ten_or_older_in_2020(parameters):
    residents = five_year_groups(load_census().persons).sum(axis=2)
    net = net_migration(residents[0], residents[1], parameters["mortality_by_age"])
    assert net.sum() == pytest.approx(-1.15e6, rel=0.06)
    per_thousand = 1000 * net.sum(axis=0) / 10 / residents[1].sum(axis=0)[2:]
    # Ages 15-19, 20-24, 30-34 in 2020, and the oldest: as in the evidence on net migration by age.
    assert per_thousand[1] == pytest.approx(-30, abs=5)
    assert per_thousand[2] == pytest.approx(-51, abs=3)
    assert per_thousand[4] == pytest.approx(-12, abs=3)
    assert per_thousand[8:].mean() == pytest.approx(-3, abs=1.5)
    liuyang = county_codes().index("430181")
    gaining = np.flatnonzero(net.sum(axis=1) > 0)
    assert gaining.tolist() == [liuyang]


def test_departures_are_near_the_schedule_and_lowest_where_people_arrived(inputs):
    levels = dict(zip(county_codes(), squeezed(inputs["departure_level"]), strict=True))
    assert np.median(list(levels.values())) == pytest.approx(0.2, abs=0.03)
    assert min(levels, key=levels.get) == "430181"  # Liuyang
    assert 0.02 < levels["430181"] < 0.1
    assert max(levels.values()) < 0.4


def test_moves_to_town_are_fewest_where_the_country_lost_least(inputs):
    levels = dict(zip(county_codes(), squeezed(inputs["town_move_level"]), strict=True))
    assert min(levels.values()) > 0.02
    fewest = sorted(levels, key=levels.get)[:2]
    assert set(fewest) == {"360302", "430224"}  # Anyuan has hardly any country; Chaling's towns shrank


def test_every_mover_has_a_share_left_to_stay(inputs):
    leaving, to_town = squeezed(inputs["departure_level"]), squeezed(inputs["town_move_level"])
    assert (1.3 * leaving + to_town).max() < 0.95  # the countryside leaves up to 1.3 times as often as the mean


def test_changed_behaviour_acts_on_schedules_and_not_on_what_was_in_2020(parameters, inputs):
    propensity = parameters["migration_propensity_by_age"]
    doubled = Table(**{**vars(propensity), "values": 2 * propensity.values})
    changed = {each.name: each for each in demography_inputs({**parameters, propensity.name: doubled}, parameters)}
    assert squeezed(changed["departure_level"]) == pytest.approx(squeezed(inputs["departure_level"]), rel=1e-15)
    name = "migration_propensity_by_mean_age"
    # Not quite twice: who moves twice as often is sooner gone, and the mean over those who are there is lower.
    assert changed[name].values == pytest.approx(2 * inputs[name].values, rel=0.02)


def test_guidong_gets_the_levels_of_the_zone_whatever_the_others_keep(parameters, inputs):
    weight = parameters["county_deviation_weight"]
    kept = {**parameters, weight.name: Constant(**{**vars(weight), "values": full_rank(0.0, ())})}
    pooled = {each.name: each for each in demography_inputs(kept)}
    guidong = county_codes().index("431027")
    for name in ("departure_level", "town_move_level"):
        assert squeezed(pooled[name]) == pytest.approx(np.full(24, squeezed(inputs[name])[guidong]))


def test_departures_less_returns_follow_the_zones_net_migration_by_age(parameters, inputs):
    residents = five_year_groups(load_census().persons).sum(axis=(1, 2))
    net = net_migration(residents[0], residents[1], parameters["mortality_by_age"]) / 10
    weights = mean_between(parameters["absent_profile_by_age"], LOWER_AGES, LOWER_AGES + 5)
    return_rates = mean_between(parameters["return_propensity_by_age"], LOWER_AGES, LOWER_AGES + 5)
    absent_2010, absent_2020 = np.array(1.28e6), np.array(inputs["initial_absent"].values.sum())
    # Children missed in 2010 spoil the first cohort; the open last one is too small to tell.
    for k in range(1, 15):
        before, after = (np.where(np.arange(18) == group, residents[y], 0.0) for y, group in ((0, k), (1, k + 2)))
        # About a fifth of those who weigh a move leave.
        departures = 0.2 * weighted_residents(parameters["migration_propensity_by_age"], before, after)
        then, now = (np.where(np.arange(18) == group, return_rates, 0.0) for group in (k, k + 2))
        returns = returns_per_year(absent_2010, np.array(0.0), weights, then) + returns_per_year(
            np.array(0.0), absent_2020, weights, now
        )
        assert 1000 * (returns - departures) / after.sum() == pytest.approx(1000 * net[k] / after.sum(), abs=5), k


def test_relative_fertility_is_one_for_the_zone_and_lowest_in_the_city(inputs):
    relative = squeezed(inputs["relative_fertility"])
    assert squeezed(inputs["base_total_fertility"]) == pytest.approx(1.75, abs=0.05)
    assert relative.min() == relative[county_codes().index("360302")]
    assert 0.6 < relative.min() < 0.75
    assert 1.2 < relative.max() < 1.4


def test_the_model_bears_the_children_whom_the_census_counted(parameters, inputs):
    residents = squeezed(inputs["initial_residents"]).sum(axis=1)
    women = residents * squeezed(inputs["women_share"])
    schedule = inputs["fertility_by_mean_age"]
    mean_age = 2020.0 - midpoint(inputs)
    per_woman = np.interp(mean_age, schedule.arguments, schedule.values)
    rate = squeezed(inputs["base_total_fertility"]) * squeezed(inputs["relative_fertility"])
    births = (rate[:, None] * women * per_woman).sum(axis=1)
    infants = load_census().persons[1, :, :, 0].sum(axis=1)
    # The schedule on census day meets women half a year older than in the year before.
    assert births / infants == pytest.approx(np.full(24, 1.0), abs=0.08)
    assert births.sum() / infants.sum() == pytest.approx(1.0, abs=0.03)


def test_cohort_mortality_gives_back_the_published_rates(inputs):
    schedule = inputs["mortality_by_mean_age"]
    for begin, rate in PUBLISHED_DEATH_RATES.items():
        assert np.interp(begin + 2.5, schedule.arguments, schedule.values) == pytest.approx(rate, rel=2e-3), begin


def test_mortality_gives_the_published_length_of_life(parameters):
    # 77.4 years at birth in 2015-2020: e0 = (1 - q0) (1 + e1) roughly, with 0.7 % dying in the first year.
    assert person_years(parameters["mortality_by_age"], 0) * (1 - 0.0073) == pytest.approx(77.4, abs=0.5)


def test_the_fertility_pattern_sums_to_one(parameters):
    assert integral(parameters["fertility_by_age"], 0, 100) == pytest.approx(1.0, abs=1e-3)


def test_returns_are_about_five_in_a_hundred_absent_a_year(parameters):
    ages = np.arange(0.0, 100.0)
    weights = mean_between(parameters["absent_profile_by_age"], ages, ages + 1)
    rates = mean_between(parameters["return_propensity_by_age"], ages, ages + 1)
    assert (weights * rates).sum() / weights.sum() == pytest.approx(0.05, abs=0.003)


def midpoint(inputs):
    return (squeezed(inputs["cohort_birth_start"]) + squeezed(inputs["cohort_birth_end"])) / 2


def test_cohorts_are_dated_by_the_mortality_in_use(parameters, inputs):
    assert midpoint(inputs) == pytest.approx(birth_midpoint(parameters["mortality_by_age"]))
    assert midpoint(inputs)[0] == pytest.approx(1930.8, abs=0.3)


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("key", [*TABLES, *SCALARS])
def test_at_the_ends_of_every_range_people_and_levels_stay_finite_and_not_negative(parameters, key, end):
    parameter = parameters[key]
    at_end = getattr(parameter, end)
    values = parameter.values * at_end if parameter.range_kind == "factor" else full_rank(at_end, ())
    changed = {**parameters, key: type(parameter)(**{**vars(parameter), "values": values})}
    for each in demography_inputs(changed):
        assert np.isfinite(each.values).all(), each.name
        if not each.name.startswith("leaving_ahead"):
            assert (each.values >= 0).all(), each.name
        if each.name.endswith("_level") or each.name.endswith("fertility"):
            assert (each.values > 0.01).all() and (each.values < 4).all(), each.name


def test_all_missing_parameters_are_named_at_once():
    with pytest.raises(KeyError) as error:
        demography_inputs({})
    assert all(name in str(error.value) for name in (*TABLES, *SCALARS))


def test_a_number_for_a_table_is_refused(parameters):
    with pytest.raises(TypeError, match="'mortality_by_age' must be a table by age"):
        demography_inputs({**parameters, "mortality_by_age": parameters["infant_mortality"]})


def test_one_value_per_county_for_a_number_is_refused(parameters):
    share = parameters["reclassified_share"]
    many = Constant(**{**vars(share), "over": ("county",), "values": full_rank(np.full(24, 0.2), ("county",))})
    with pytest.raises(TypeError, match="'reclassified_share' must be a single number"):
        demography_inputs({**parameters, "reclassified_share": many})


def test_a_table_in_another_unit_is_refused(parameters):
    table = Table(**{**vars(parameters["mortality_by_age"]), "unit": "1/month"})
    with pytest.raises(ValueError, match=r"must be in 1/year by year, found 1/month by year"):
        demography_inputs({**parameters, "mortality_by_age": table})
