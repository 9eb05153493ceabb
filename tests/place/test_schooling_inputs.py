from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest

from regionsim.place.census import load_census
from regionsim.place.cohorts import LOWER_AGES, five_year_groups
from regionsim.place.counties import county_codes
from regionsim.place.demography_inputs import demography_inputs
from regionsim.place.schedules import integral, mean_between
from regionsim.place.schooling import FILE, attended, load_attainment, person_years_as_counted, spread
from regionsim.place.schooling_inputs import schooling_inputs
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError
from regionsim.studies.model import evidence

ADVANTAGE = 2.0
RESIDENTS_OF_6_AND_OVER_2010 = 10_911_748  # census of 2010, sum of its attainment counts
MEAN_2010 = 8.497  # recomputed from them, years


@pytest.fixture(scope="module")
def residents():
    found = {each.name: each for each in demography_inputs(evidence())}["initial_residents"]
    return found


@pytest.fixture(scope="module")
def tables():
    names = ("compulsory_attendance_by_age", "further_attendance_by_age", "census_attainment_by_age")
    return [evidence()[name] for name in names]


@pytest.fixture(scope="module")
def base(residents, tables):
    compulsory, further, attainment = tables
    return spread(person_years_as_counted(), residents.values.squeeze(), attainment, (compulsory, further), ADVANTAGE)


def broken(folder: Path, old: str, new: str) -> Path:
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    text = (DATA / FILE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / FILE).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_the_mean_of_the_zone_is_the_one_recomputed_from_the_counts():
    persons, years = load_attainment().sum(axis=0), person_years_as_counted().sum()
    assert persons.sum() == 10_859_998
    assert years / persons.sum() == pytest.approx(8.916, abs=5e-4)
    assert years / (persons.sum() - persons[1]) == pytest.approx(8.976, abs=5e-4)  # without those still in pre-school


def test_a_county_by_hand():
    anyuan = 6 * 82_401 + 9 * 185_138 + 12 * 120_494 + 15 * 74_333 + 16 * 51_207
    assert person_years_as_counted()[county_codes().index("360302")] == anyuan


def test_the_spread_gives_back_each_countys_person_years_as_the_census_counts_them(base, residents, tables):
    people = residents.values.squeeze()
    adults = (people * base.residents)[..., :14].sum(axis=(1, 2))
    counted = mean_between(tables[2], LOWER_AGES[:4], LOWER_AGES[:4] + 5)
    pupils = people.sum(axis=1)[:, 14:18][:, ::-1] @ counted
    assert adults + pupils == pytest.approx(person_years_as_counted())


def test_the_young_have_what_they_attended_so_far(base, tables):
    groups = attended((tables[0], tables[1]))
    assert groups[0] == 0
    assert groups[1] == pytest.approx(1.6, abs=0.01)  # aged 5 to 10, one year for each beyond 6
    assert groups[2] == pytest.approx(6.5, abs=0.01)
    assert base.residents[:, :, 16] == pytest.approx(groups[1])
    assert (base.residents[:, :, 18:] == 0).all()


def test_townspeople_have_more_schooling_than_villagers_of_the_same_age(base, residents):
    gap = base.residents[:, 1, :14] - base.residents[:, 0, :14]
    assert gap == pytest.approx(np.full_like(gap, ADVANTAGE))
    assert base.residents[..., :18].min() >= 0
    people = residents.values.squeeze()[..., :14]
    mean = (people * base.residents[..., :14]).sum(axis=1) / people.sum(axis=1)
    assert mean == pytest.approx(base.together[:, :14])


def test_the_young_have_more_than_the_old(base):
    assert (np.diff(base.together[:, :13], axis=1) > 0).all()


def test_the_shape_carried_back_ten_years_gives_the_mean_of_the_census_of_2010(base, tables):
    """Who was over 20 in 2010 has gained none since: the census of 2010, to which nothing is fitted, must come out."""
    census = load_census()
    by_age = [five_year_groups(census.persons[y].sum(axis=(0, 1))) for y in range(2)]
    people = five_year_groups(census.persons[1].sum(axis=1))
    mean_2020 = (people * base.together[:, :18][:, ::-1]).sum(axis=0) / people.sum(axis=0)
    counted = mean_between(tables[2], LOWER_AGES, LOWER_AGES + 5)
    mean_2010 = np.where(np.arange(18) < 4, counted, np.append(mean_2020[2:], [mean_2020[17] - 0.5, mean_2020[17] - 1]))
    found = by_age[0] @ mean_2010 / RESIDENTS_OF_6_AND_OVER_2010
    assert found == pytest.approx(MEAN_2010, abs=0.1)


def test_the_deviations_of_the_counties_cancel_and_their_pupils_carry_half_of_them_on(base, residents, tables):
    inputs = {each.name: each for each in schooling_inputs(evidence(), residents)}
    relative = inputs["relative_further_attendance"].values.squeeze()
    adults = residents.values.squeeze()[..., :14].sum(axis=(1, 2))
    assert (base.deviation * adults).sum() == pytest.approx(0, abs=1e-6 * adults.sum())
    years = integral(tables[1], 0, 100)
    assert relative == pytest.approx(1 + 0.5 * base.deviation / years)
    assert county_codes()[int(relative.argmax())] == "360302"


def test_every_input_has_its_axes_and_unit(residents):
    shapes = {each.name: (each.unit, each.over) for each in schooling_inputs(evidence(), residents)}
    assert shapes == {
        "base_mean_schooling": ("year", ("county", "residence", "cohort")),
        "base_absent_mean_schooling": ("year", ("county", "cohort")),
        "relative_further_attendance": ("dimensionless", ("county",)),
        "compulsory_attendance_by_mean_age": ("dimensionless", ()),
        "further_attendance_by_mean_age": ("dimensionless", ()),
    }


def test_a_scenario_that_changes_attendance_leaves_2020_as_it_was(residents):
    name = "further_attendance_by_age"
    changed = {**evidence(), name: dataclasses.replace(evidence()[name], values=evidence()[name].values * 0.5)}
    before, after = (
        {each.name: each for each in schooling_inputs(parameters, residents, evidence())}
        for parameters in (evidence(), changed)
    )
    for kept in ("base_mean_schooling", "base_absent_mean_schooling", "relative_further_attendance"):
        assert np.array_equal(before[kept].values, after[kept].values), kept
    table = "further_attendance_by_mean_age"
    assert after[table].values == pytest.approx(0.5 * before[table].values)


def test_a_parameter_that_is_no_table_is_refused(residents):
    wrong = {**evidence(), "further_attendance_by_age": evidence()["young_deviation_share"]}
    with pytest.raises(TypeError, match="must be a table by age in years"):
        schooling_inputs(wrong, residents)


def test_a_missing_level_is_named_with_its_county(tmp_path):
    folder = broken(tmp_path, "430181,浏阳市,2020,education_primary", "430181,浏阳市,2020,education_primry")
    with pytest.raises(ProblemsError, match="county 430181 lacks education_primary of 2020"):
        load_attainment(folder=folder)


def test_a_doubled_level_is_named_with_its_line(tmp_path):
    old = "430181,浏阳市,2020,education_none"
    folder = broken(tmp_path, old, "430181,浏阳市,2020,education_primary")
    with pytest.raises(ProblemsError, match=r"census_other.csv:\d+: education_primary of 430181 stands twice"):
        load_attainment(folder=folder)
