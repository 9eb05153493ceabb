import numpy as np
import pytest

from regionsim.language.inputs import Table
from regionsim.place.schedules import by_mean_age, integral, mean_between


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


TENT = table({10: 0.0, 20: 1.0, 30: 0.0})


@pytest.mark.parametrize(
    ("lower", "upper", "area"),
    [(10, 30, 10.0), (10, 15, 1.25), (15, 25, 7.5), (0, 10, 0.0), (0, 99, 10.0), (20, 10, -5.0), (12, 13, 0.25)],
)
def test_the_integral_of_a_tent_is_its_area(lower, upper, area):
    assert integral(TENT, lower, upper) == pytest.approx(area)


def test_outside_its_points_a_schedule_goes_on_constant():
    steps = table({1: 2.0, 3: 4.0})
    assert integral(steps, -1, 1) == pytest.approx(4.0)
    assert integral(steps, 3, 5) == pytest.approx(8.0)
    assert integral(steps, 0, 4) == pytest.approx(2.0 + 6.0 + 4.0)


def test_means_of_many_spans_come_in_one_array():
    means = mean_between(TENT, np.array([10.0, 15.0, 17.0]), np.array([20.0, 25.0, 17.0]))
    assert means == pytest.approx([0.5, 0.75, 0.7])


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="must not end before"):
        mean_between(TENT, 5, 4)


def test_a_five_year_cohort_gets_the_average_of_its_single_ages():
    cohort = by_mean_age(TENT, name="rate_by_mean_age", about="The rate of a cohort.")
    at = dict(zip(cohort.arguments.tolist(), cohort.values.tolist(), strict=True))
    assert at[15.0] == pytest.approx(0.5)  # straight between 12.5 and 17.5
    assert at[20.0] == pytest.approx(1 - 1.25 / 10)  # the top is cut
    assert at[7.5] == pytest.approx(0.0)
    assert at[10.0] == pytest.approx(2.5 * 0.125 / 5)  # half of it is over ten


def test_a_cohort_that_is_being_born_spans_the_ages_from_nought_to_twice_its_mean_age():
    line = table({0: 0.0, 10: 10.0})
    cohort = by_mean_age(line, name="rate_by_mean_age", about="The rate of a cohort.")
    # A mean over ages of a straight line is its value at the mean age, down to age 0.
    young = cohort.arguments <= 5
    assert cohort.values[young] == pytest.approx(cohort.arguments[young])


def test_a_cohort_schedule_is_constant_beyond_its_last_point():
    cohort = by_mean_age(TENT, name="rate_by_mean_age", about="The rate of a cohort.")
    assert cohort.arguments[0] == 0.0
    assert cohort.arguments[-1] == 32.5
    assert cohort.values[-1] == 0.0
    rising = by_mean_age(table({0: 0.0, 10: 10.0}), name="rate_by_mean_age", about="The rate of a cohort.")
    assert rising.values[-1] == pytest.approx(10.0)


def test_interpolation_between_the_points_errs_less_than_its_bound():
    cohort = by_mean_age(TENT, name="rate_by_mean_age", about="The rate of a cohort.")
    ages = np.linspace(3, 32, 1001)
    exact = mean_between(TENT, ages - 2.5, ages + 2.5)
    error = np.abs(np.interp(ages, cohort.arguments, cohort.values) - exact).max()
    assert 0 < error <= 0.25**2 / 8 * (0.2 / 5) * 1.000001


def test_unit_and_argument_are_kept_and_the_source_names_the_schedule():
    cohort = by_mean_age(TENT, name="rate_by_mean_age", about="The rate of a cohort.")
    assert (cohort.unit, cohort.argument_unit, cohort.quality) == ("1/year", "year", "derived")
    assert "rate_by_age" in cohort.source
