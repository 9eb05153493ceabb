"""Designs: each has the members that its kind promises, and the same ones each time."""

import numpy as np
import pytest
from scipy import stats

from regionsim.studies.priors import Prior
from regionsim.studies.sweep.design import (
    Correlation,
    correlation_matrix,
    drawn_rows,
    members_of,
    morris_shares,
    numbers_of,
    saltelli_shares,
)
from regionsim.studies.sweep.factors import Factor
from regionsim.studies.sweep.schema import DesignEntry


def factor(key, low=0.0, high=1.0, shape="uniform", **more):
    return Factor(key, True, Prior(key, (low + high) / 2, low, high, shape), **more)


PRICES = Factor("price", True, values=(0.4, 0.83, 1.6))
WORDS = Factor("word", True, values=("one", "other"))
THREE = [factor("a", 10, 20), factor("b", shape="triangular"), PRICES]


def design(kind, **more):
    return DesignEntry.model_validate({"kind": kind, **more})


def test_a_grid_has_every_level_with_every_level_the_last_changing_fastest():
    numbers = numbers_of(design("grid", levels=2), [factor("a", 10, 20), PRICES])
    assert numbers.tolist() == [[10, 0.4], [10, 0.83], [10, 1.6], [20, 0.4], [20, 0.83], [20, 1.6]]
    assert numbers_of(design("grid", levels=5), [factor("a", levels=3)])[:, 0].tolist() == [0, 0.5, 1]


def test_one_at_a_time_begins_with_nothing_changed_and_changes_one_thing_in_each_member():
    numbers = numbers_of(design("one-at-a-time"), [factor("a", 10, 20), PRICES])
    changed = ~np.isnan(numbers)
    assert changed.sum(axis=1).tolist() == [0, 1, 1, 1, 1, 1]
    assert numbers[changed].tolist() == [10, 20, 0.4, 0.83, 1.6]


def test_a_latin_hypercube_has_one_member_in_each_layer_of_every_factor():
    numbers = numbers_of(design("latin-hypercube", members=50, seed=3), [factor("a"), factor("b")])
    for k in range(2):
        assert sorted((numbers[:, k] * 50).astype(int)) == list(range(50))


def test_a_sequence_of_sobol_fills_every_half_and_quarter_evenly():
    numbers = numbers_of(design("sobol", members=64, seed=3), [factor("a"), factor("b")])
    counts, _, _ = np.histogram2d(numbers[:, 0], numbers[:, 1], bins=(4, 4), range=[[0, 1], [0, 1]])
    assert (counts == 4).all()


def test_trajectories_of_morris_change_each_factor_once_by_the_same_jump():
    shares = morris_shares(4, 10, 4, 1).reshape(10, 5, 4)
    steps = np.diff(shares, axis=1)
    np.testing.assert_allclose(np.abs(steps).sum(axis=2), 2 / 3)
    np.testing.assert_allclose(np.abs(steps).sum(axis=1), 2 / 3)
    assert ((shares * 3).round(9) % 1 == 0).all() and shares.min() == 0 and shares.max() == 1


def test_a_row_of_saltelli_has_two_draws_and_the_first_with_one_number_of_the_second():
    rows = saltelli_shares(3, 64, 5).reshape(64, 5, 3)
    first, second = rows[:, 0], rows[:, 1]
    for k in range(3):
        changed = first.copy()
        changed[:, k] = second[:, k]
        np.testing.assert_array_equal(rows[:, k + 2], changed)
    np.testing.assert_array_equal(saltelli_shares(3, 32, 5), rows[:32].reshape(-1, 3))
    both = np.concatenate([first, second], axis=1)
    counts, _, _ = np.histogram2d(both[:, 0], both[:, 5], bins=(4, 4), range=[[0, 1], [0, 1]])
    assert (counts == 4).all()


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "grid", "levels": 3},
        {"kind": "one-at-a-time"},
        {"kind": "latin-hypercube", "members": 7},
        {"kind": "sobol", "members": 8},
        {"kind": "morris", "trajectories": 3},
        {"kind": "saltelli", "members": 8},
        {"kind": "monte-carlo", "members": 9},
    ],
)
def test_the_members_are_known_before_they_are_made_and_the_same_each_time(said):
    entry = DesignEntry.model_validate(said)
    numbers = numbers_of(entry, THREE)
    assert len(numbers) == members_of(entry, THREE)
    np.testing.assert_array_equal(numbers, numbers_of(entry, THREE))


@pytest.mark.parametrize("kind", ["latin-hypercube", "sobol", "monte-carlo"])
def test_ranks_have_the_correlation_that_is_asked_for_and_each_factor_its_distribution(kind):
    factors = [factor("a"), factor("b", 2, 5, "triangular"), factor("c")]
    numbers = numbers_of(design(kind, members=4096, seed=5), factors, [Correlation(0, 1, 0.7)])
    ranks = stats.spearmanr(numbers).statistic
    assert ranks[0, 1] == pytest.approx(0.7, abs=0.03)
    assert ranks[0, 2] == pytest.approx(0.0, abs=0.04)
    for k, each in enumerate(factors):
        assert stats.kstest(numbers[:, k], each.prior.cumulated).pvalue > 0.01


def test_a_correlated_latin_hypercube_is_still_one():
    numbers = numbers_of(
        design("latin-hypercube", members=40, seed=2), [factor("a"), factor("b")], [Correlation(0, 1, 0.9)]
    )
    assert sorted((numbers[:, 1] * 40).astype(int)) == list(range(40))


def test_correlations_that_cannot_be_together_are_refused():
    pairs = [Correlation(0, 1, 0.9), Correlation(1, 2, 0.9), Correlation(0, 2, -0.9)]
    with pytest.raises(ValueError, match="no numbers can have"):
        correlation_matrix(3, pairs)


def test_words_are_drawn_by_their_places():
    numbers = WORDS.numbers([0.1, 0.6, 1.0])
    assert [WORDS.said(number) for number in numbers] == ["one", "other", "other"]
    assert WORDS.said(float("nan")) is None


def test_the_ends_of_a_normal_range_are_finite_where_a_design_asks_for_them():
    normal = factor("a", 1, 3, "normal")
    np.testing.assert_allclose(normal.within(np.array([0.0, 0.5, 1.0])), [1, 2, 3])


def test_draws_of_a_file_are_taken_once_each_as_long_as_there_are_enough():
    assert sorted(drawn_rows(6, 6, 1)) == list(range(6))
    assert len(set(drawn_rows(100, 20, 1))) == 20
    assert len(drawn_rows(3, 20, 1)) == 20
