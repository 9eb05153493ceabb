"""Scores against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from regionsim.studies.validate import scores
from regionsim.studies.validate.scores import NotTestable

OBSERVED = np.array([100.0, 200.0, 400.0])
MODELLED = np.array([110.0, 190.0, 400.0])  # errors 10, -10, 0: 10 %, 5 %, 0 %


def test_the_errors_are_those_worked_out_by_hand():
    assert scores.mean_absolute_percentage_error(MODELLED, OBSERVED) == pytest.approx(0.05)
    assert scores.root_mean_square_error(MODELLED, OBSERVED) == pytest.approx((200 / 3) ** 0.5)
    assert scores.mean_error(MODELLED, OBSERVED) == pytest.approx(0.0, abs=1e-12)
    assert scores.mean_error(MODELLED + 3, OBSERVED) == pytest.approx(3.0)


def test_theil_u_is_1_for_no_change_and_half_where_half_of_the_change_is_found():
    change = np.array([0.1, -0.2, 0.3])
    assert scores.theil_u(np.zeros(3), change) == pytest.approx(1.0)
    assert scores.theil_u(change / 2, change) == pytest.approx(0.5)
    assert scores.theil_u(change, change) == 0.0
    with pytest.raises(NotTestable, match="nothing observed has changed"):
        scores.theil_u(change, np.zeros(3))


def test_an_error_of_the_mean_alone_is_all_bias():
    split = scores.error_split(OBSERVED + 7, OBSERVED)
    assert (split.bias, split.variance, split.covariance) == pytest.approx((1, 0, 0), abs=1e-12)


def test_an_error_of_the_spread_alone_is_all_variance():
    around = OBSERVED.mean() + 2 * (OBSERVED - OBSERVED.mean())
    split = scores.error_split(around, OBSERVED)
    assert (split.bias, split.variance, split.covariance) == pytest.approx((0, 1, 0), abs=1e-12)


def test_the_split_of_a_mixed_error_is_that_worked_out_by_hand_and_sums_to_1():
    # Means 2 and 3, standard deviations both the root of 2/3, correlation 1/2: terms 1, 0 and 2 (1/2) (2/3).
    split = scores.error_split(np.array([2.0, 4.0, 3.0]), np.array([1.0, 2.0, 3.0]))
    assert (split.bias, split.variance, split.covariance) == pytest.approx((0.6, 0.0, 0.4), abs=1e-12)
    assert split.bias + split.variance + split.covariance == pytest.approx(1.0)


def test_skill_compares_mean_square_errors():
    # The benchmark is wrong by 20, -20 and 0: four times the mean square error of the model.
    benchmark = np.array([120.0, 180.0, 400.0])
    assert scores.skill(MODELLED, benchmark, OBSERVED) == pytest.approx(0.75)
    assert scores.skill(benchmark, MODELLED, OBSERVED) == pytest.approx(-3.0)
    with pytest.raises(NotTestable, match="the benchmark has no error"):
        scores.skill(MODELLED, OBSERVED, OBSERVED)


def test_errors_count_in_multiples_of_the_uncertainty():
    uncertainty = np.array([0.04, 0.025, 0.01])
    z = scores.errors_in_uncertainties(MODELLED, OBSERVED, uncertainty)
    assert z == pytest.approx([2.5, -2.0, 0.0])
    assert scores.share_within(z) == pytest.approx(2 / 3)
    assert scores.root_mean_square(z) == pytest.approx((10.25 / 3) ** 0.5)
    # Weights 625, 1600 and 10000 of 10 %, 5 % and 0 %.
    weighted = scores.weighted_mean_absolute_percentage_error(MODELLED, OBSERVED, uncertainty)
    assert weighted == pytest.approx(142.5 / 12225)


@pytest.mark.parametrize(
    ("compute", "why"),
    [
        (lambda: scores.error_split(MODELLED[:2], OBSERVED[:2]), "2 rows; a split of the error takes 3"),
        (lambda: scores.error_split(OBSERVED, OBSERVED), "there is no error to split"),
        (lambda: scores.mean_absolute_percentage_error(MODELLED, OBSERVED - 100), "is 0 or below"),
        (lambda: scores.root_mean_square_error(MODELLED[:0], OBSERVED[:0]), "no rows"),
    ],
)
def test_what_cannot_be_computed_says_why(compute, why):
    with pytest.raises(NotTestable, match=why):
        compute()
