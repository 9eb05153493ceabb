"""Schooling over 15 years: two counties that exchange people, their flows held so that nobody's number changes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from mechanism_alone import alone, constants, labels, run, values

from regionsim.engine.compile import Model
from regionsim.engine.integrate import Trajectory
from regionsim.engine.units import check_units
from regionsim.equations import schooling
from regionsim.place.schedules import by_mean_age
from regionsim.studies.model import evidence

AXES = labels(county=2, destination=2, cohort=3)
PEOPLE = ("county", "residence", "cohort")
AWAY = ("county", "hub_group", "cohort")
FLOW = "person/year"
# Cohorts of 10, 30 and 70 years. The second county has two years of schooling less.
GIVEN: dict[str, Any] = {
    "initial_residents": (100_000, "person", PEOPLE),
    "residents": (100_000, "person", PEOPLE),
    "population": (600_000, "person", ("county",)),
    "initial_absent": (50_000, "person", AWAY),
    "absent": (50_000, "person", AWAY),
    "base_mean_schooling": ([[[4, 12, 6]] * 2, [[4, 10, 4]] * 2], "year", PEOPLE),
    "base_absent_mean_schooling": ([[4, 12, 6], [4, 10, 4]], "year", ("county", "cohort")),
    "relative_further_attendance": ([1, 1], "dimensionless", ("county",)),
    "education_index": ([1, 1], "dimensionless", ("county",)),
    "mean_age": ([10, 30, 70], "year", ("cohort",)),
    "departures": ([0, 0, 0], FLOW, PEOPLE),
    "departures_by_cohort": ([0, 0, 0], FLOW, ("county", "cohort")),
    "departures_to_hubs": ([0, 0, 0], FLOW, AWAY),
    "county_share": ([[0, 0.2], [0.2, 0]], "dimensionless", ("county", "destination")),
    "returns": ([0, 0, 0], FLOW, AWAY),
    "rural_return_share": ([0.5, 0.5], "dimensionless", ("county",)),
    "town_departures": (0, FLOW, PEOPLE),
    "reclassified_from_rural": (0, FLOW, PEOPLE),
    "deaths": (0, FLOW, PEOPLE),
    "absent_deaths": (0, FLOW, AWAY),
    "share_below_working_age": ([[1, 0, 0], [1, 0, 0]], "dimensionless", ("county", "cohort")),
    "share_above_working_age": ([0, 0, 1], "dimensionless", ("cohort",)),
    "potential_movers": ([1_000, 5_000, 500], FLOW, PEOPLE),
    "labour_elasticity": ([0.2, 0.5, 0.55], "dimensionless", ("sector",)),
    "vocational_parks_effort": ([0, 0], "dimensionless", ("county",)),
    "rural_teachers_effort": ([0, 0], "dimensionless", ("county",)),
}
# 2,000 young leave each residence of each county in a year: 20 % of the 4,000 to the other county, the rest to hubs.
LEAVING: dict[str, Any] = {
    "departures": [0, 2_000, 0],
    "departures_by_cohort": [0, 4_000, 0],
    "departures_to_hubs": [0, 1_600, 0],
}


def model(changes: dict[str, float] | None = None, **given: Any) -> Model:
    """The mechanism with other values for the named inputs, and other numbers for the parameters in `changes`."""
    numbers = {name: (given.get(name, each[0]), *each[1:]) for name, each in GIVEN.items()}
    tables = (
        by_mean_age(evidence()[f"{name}_by_age"], name=f"{name}_by_mean_age", about="Attendance.")
        for name in ("compulsory_attendance", "further_attendance")
    )
    return alone(schooling, AXES, *constants(numbers, AXES), *tables, **(changes or {}))


def ran(changes: dict[str, float] | None = None, **given: Any) -> Trajectory:
    return run(model(changes, **given))


@pytest.fixture(scope="module")
def still() -> Trajectory:
    return ran()


def test_all_units_agree():
    assert check_units(model()) == []


def test_where_nobody_moves_or_dies_only_pupils_gain_schooling(still):
    mean = values(still, "mean_schooling")
    assert mean[15, :, :, 1:] == pytest.approx(mean[0, :, :, 1:])
    assert mean[15, :, :, 0] == pytest.approx(mean[0, :, :, 0] + 15)  # their age is held at 10: a year each year
    for name in ("schooling_effect", "schooling_leaving_effect"):
        assert values(still, name) == pytest.approx(np.ones_like(values(still, name))), name


def test_no_cohort_can_attend_more_than_a_whole_year_in_a_year():
    crowded = ran({"further_attendance_elasticity": 1.0}, education_index=[50, 50], mean_age=[16, 30, 70])
    assert (values(crowded, "schooling_gained")[:, :, :, 0] <= 100_000).all()


def test_leavers_take_the_mean_schooling_of_those_they_leave():
    """Whom they leave keep their mean; what leaves is with those in the hubs and in the other county."""
    leaving = ran(**LEAVING)
    assert values(leaving, "schooling_departing")[0, 0, :, 1] == pytest.approx([2_000 * 12] * 2)
    assert values(leaving, "schooling_departing_to_hubs")[0, 0, :, 1] == pytest.approx([1_600 * 12] * 2)
    # 800 with 10 years come to the first county's towns, 800 with 12 to the second's.
    assert values(leaving, "schooling_arriving")[0, :, 1, 1] == pytest.approx([8_000, 9_600])
    # Each group of hubs gains 1,600 with 10 years from the second county; the mean there falls a little in the year.
    assert values(leaving, "absent_schooling")[1, 1, :, 1] == pytest.approx([500_000 + 1_600 * 10] * 2, rel=1e-3)


def test_schooling_is_conserved_apart_from_school_and_death():
    moving = ran(
        **LEAVING,
        returns=[0, 300, 0],
        town_departures=[[[0, 500, 0], [0, 0, 0]]] * 2,
        reclassified_from_rural=[[[10, 10, 10], [0, 0, 0]]] * 2,
        deaths=[10, 50, 3_000],
        absent_deaths=[0, 20, 100],
    )
    for name in ("schooling", "absent_schooling"):
        assert (values(moving, name) >= 0).all()
    assert moving.ledgers["schooling_account"] < 1e-12
    assert moving.ledgers["schooling_moves"] < 1e-12


def test_a_move_to_town_leaves_the_countys_schooling_as_it_was(still):
    moving = ran(town_departures=[[[0, 500, 0], [0, 0, 0]]] * 2)
    assert values(moving, "schooling").sum(axis=2) == pytest.approx(values(still, "schooling").sum(axis=2))
    assert (values(moving, "schooling")[15, :, 0, 1] < values(still, "schooling")[15, :, 0, 1]).all()


def test_people_who_come_home_bring_their_schooling():
    home = ran(returns=[0, 400, 0])
    assert values(home, "schooling_returning")[0, 0].sum() == pytest.approx(2 * 400 * 12)
    assert (values(home, "schooling_per_worker")[15] > values(home, "schooling_per_worker")[0]).all()


@pytest.mark.parametrize("name", ["vocational_parks", "rural_teachers"])
def test_measures_at_school_raise_what_pupils_gain(name):
    """Pupils of 17: attendance after compulsory school is what counts."""
    ages = [17, 30, 70]
    plain, better = ran(mean_age=ages), ran(mean_age=ages, **{f"{name}_effort": [1, 0]})
    gain = values(better, "schooling_gained")[0] - values(plain, "schooling_gained")[0]
    assert gain[0, 0, 0] > 0
    assert gain[1] == pytest.approx(np.zeros_like(gain[1]))
    assert (values(better, "schooling_per_worker")[:, 0] >= values(plain, "schooling_per_worker")[:, 0]).all()


def test_more_schooling_makes_more_of_the_same_work_and_may_send_people_away_or_keep_them():
    bring = {"returns": [0, 400, 0]}
    assert (values(ran(**bring), "schooling_effect")[15] > 1).all()
    assert (values(ran({"schooling_output_effect": 0.0}, **bring), "schooling_effect") == 1).all()
    away, keep = ({"leaving_response_to_schooling": response} for response in (0.1, -0.05))
    assert (values(ran(away, **bring), "schooling_leaving_effect")[15] > 1).all()
    assert (values(ran(keep, **bring), "schooling_leaving_effect")[15] < 1).all()


def test_where_nobody_lives_there_is_no_schooling_and_no_effect():
    nobody = ran(initial_residents=0, residents=0, population=0, initial_absent=0, absent=0, potential_movers=0)
    for name in nobody.variables:
        assert np.isfinite(values(nobody, name)).all(), name
    assert (values(nobody, "schooling") == 0).all()
    assert (values(nobody, "schooling_effect") == 1).all()


def test_two_counties_alike_stay_alike():
    alike = {"base_mean_schooling": [4, 12, 6], "base_absent_mean_schooling": [4, 12, 6]}
    schooling_of_both = values(ran(**alike, **LEAVING, returns=[0, 300, 0]), "schooling")
    assert schooling_of_both[:, 0] == pytest.approx(schooling_of_both[:, 1], rel=1e-12)
