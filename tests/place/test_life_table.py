import numpy as np
import pytest

from regionsim.language.inputs import Table
from regionsim.place.life_table import (
    mean_age_above,
    person_years,
    survival_ratio,
    survival_to_census,
    survivors,
)


def deaths(points: dict[float, float]) -> Table:
    return Table(
        name="mortality_by_age",
        about="Deaths per person and year.",
        unit="1/year",
        quality="recalled",
        source="test",
        argument_unit="year",
        arguments=np.array(list(points), dtype=float),
        values=np.array(list(points.values()), dtype=float),
    )


CONSTANT = deaths({0: 0.1, 100: 0.1})


def test_a_constant_rate_leaves_an_exponential():
    assert survivors(CONSTANT, np.array([0.0, 10.0])) == pytest.approx([1.0, np.exp(-1)])


def test_years_lived_at_a_constant_rate_are_the_deaths_over_the_rate():
    assert person_years(CONSTANT, 0, 10) == pytest.approx((1 - np.exp(-1)) / 0.1, rel=1e-5)


def test_all_ages_survive_alike_at_a_constant_rate():
    assert survival_ratio(CONSTANT, 20, 25, 10) == pytest.approx(np.exp(-1), rel=1e-6)
    assert survival_ratio(CONSTANT, 60, 120, 10) == pytest.approx(np.exp(-1), rel=0.01)


def test_nobody_dies_where_the_rate_is_nought():
    assert survival_ratio(deaths({0: 0.0, 100: 0.0}), 20, 25, 10) == pytest.approx(1.0)


def test_the_mean_age_of_an_open_group_lies_one_life_expectancy_above_its_beginning():
    assert mean_age_above(deaths({0: 0.5, 100: 0.5}), 85) == pytest.approx(85 + 1 / 0.5, rel=1e-4)


def test_most_infants_who_die_do_so_before_a_census_could_count_them():
    assert survival_to_census(0.01) == pytest.approx(0.991)
    assert survival_to_census(0.0) == 1.0
