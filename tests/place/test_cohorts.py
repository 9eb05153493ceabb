import numpy as np
import pytest

from regionsim.language.inputs import Table
from regionsim.place.cohorts import (
    COHORTS,
    birth_end,
    birth_midpoint,
    birth_start,
    by_cohort,
    cohort_labels,
    five_year_groups,
)

# Half of the people of 85 and over die in a year: they are 87 on average.
MORTALITY = Table(
    name="mortality_by_age",
    about="Deaths per person and year.",
    unit="1/year",
    quality="recalled",
    source="test",
    argument_unit="year",
    arguments=np.array([0.0, 120.0]),
    values=np.array([0.5, 0.5]),
)


def test_labels_run_from_the_oldest_to_the_last_to_be_born():
    labels = cohort_labels()
    assert len(labels) == COHORTS == 21
    assert labels[:2] == ("before 1935", "1935-1940")
    assert labels[17] == "2015-2020"
    assert labels[18:] == ("2020-2025", "2025-2030", "2030-2035")


def test_closed_cohorts_are_born_in_five_years_and_follow_each_other():
    start, middle, end = birth_start(MORTALITY), birth_midpoint(MORTALITY), birth_end()
    assert end.tolist() == [1935.0 + 5 * k for k in range(21)]
    assert (end - start)[1:] == pytest.approx(np.full(20, 5.0))
    assert start[1:] == pytest.approx(end[:-1])
    assert middle == pytest.approx((start + end) / 2)
    assert (start[17], end[17]) == (2015.0, 2020.0)  # aged 0-4 on census day


def test_the_open_cohort_is_as_old_as_the_life_table_says():
    assert birth_midpoint(MORTALITY)[0] == pytest.approx(2020 - 87, abs=0.01)
    assert birth_start(MORTALITY)[0] == pytest.approx(1935 - 4, abs=0.02)


def test_age_groups_turn_into_cohorts_oldest_first_with_the_unborn_last():
    laid = by_cohort(np.arange(36).reshape(2, 18), unborn=-1)
    assert laid.shape == (2, 21)
    assert laid[0].tolist() == [*range(17, -1, -1), -1, -1, -1]
    assert laid[1, 0] == 35


def test_infants_and_the_ages_one_to_four_become_one_group():
    groups = five_year_groups(np.arange(19.0))
    assert groups.shape == (18,)
    assert groups[:3].tolist() == [1.0, 2.0, 3.0]
    assert groups[-1] == 18.0


@pytest.mark.parametrize(("layout", "size"), [(by_cohort, 19), (five_year_groups, 18)])
def test_another_number_of_age_groups_is_refused(layout, size):
    with pytest.raises(ValueError, match="age groups, found"):
        layout(np.zeros(size))
