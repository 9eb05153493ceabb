"""Indices of sensitivity against functions whose indices are known, and against the libraries of the field."""

import tracemalloc
import warnings

import numpy as np
import pytest
from scipy import stats

from regionsim.studies.sensitivity.delta import DeltaPiece, delta
from regionsim.studies.sensitivity.indices import CONSTANT, FAILED, TOO_FEW
from regionsim.studies.sensitivity.methods import quotable
from regionsim.studies.sensitivity.morris import morris
from regionsim.studies.sensitivity.one_at_a_time import one_at_a_time
from regionsim.studies.sensitivity.pawn import noise, pawn
from regionsim.studies.sensitivity.sobol import sobol
from regionsim.studies.sweep.design import morris_shares, saltelli_shares

WEIGHTS = np.array([3.0, -2.0, 1.0, 0.0])
G = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])


def ishigami(shares):
    angle = (2 * shares - 1) * np.pi
    return np.sin(angle[..., 0]) + 7 * np.sin(angle[..., 1]) ** 2 + 0.1 * angle[..., 2] ** 4 * np.sin(angle[..., 0])


def g_function(shares):
    return ((np.abs(4 * shares - 2) + G) / (1 + G)).prod(axis=-1)


def linear(shares):
    return shares @ WEIGHTS


def saltelli(function, factors, rows, seed=1):
    """The outputs of a function of shares on the design of a sweep, (row, factor + 2, 1)."""
    return function(saltelli_shares(factors, rows, seed)).reshape(rows, factors + 2, 1)


def indices_of(function, factors, rows):
    return sobol(saltelli(function, factors, rows), np.ones(1))


def ishigami_indices():
    """First and total order, worked out by hand (a = 7, b = 0.1)."""
    one, two, both = (1 + 0.1 * np.pi**4 / 5) ** 2 / 2, 49 / 8, 0.01 * np.pi**8 * (1 / 18 - 1 / 50)
    total = one + two + both
    return np.array([one, two, 0]) / total, np.array([one + both, two, both]) / total


def g_indices():
    parts = 1 / (3 * (1 + G) ** 2)
    total = (1 + parts).prod() - 1
    return parts / total, parts * (1 + parts).prod() / (1 + parts) / total


def linear_indices():
    shares = WEIGHTS**2 / (WEIGHTS**2).sum()
    return shares, shares


@pytest.mark.parametrize(
    ("function", "truth"), [(ishigami, ishigami_indices()), (g_function, g_indices()), (linear, linear_indices())]
)
def test_indices_of_sobol_are_those_of_functions_that_are_known(function, truth):
    found = indices_of(function, len(truth[0]), 4096)
    assert found.names == ("total_order", "first_order")
    np.testing.assert_allclose(found.values[1, :, 0], truth[0], atol=0.015)
    np.testing.assert_allclose(found.values[0, :, 0], truth[1], atol=0.015)
    for k, true in enumerate((truth[1], truth[0])):
        assert (found.low[k, :, 0] <= true + 1e-9).all() and (true - 1e-9 <= found.high[k, :, 0]).all()
    assert (found.reasons == 0).all() and found.used.tolist() == [4096]


def test_indices_of_sobol_are_those_of_scipy():
    rows = np.concatenate([saltelli(ishigami, 3, 256), saltelli(linear, 4, 256)[:, :5] * 1e7], axis=2)
    found = sobol(rows, np.ones(2))
    theirs = stats.sobol_indices(
        func={"f_A": rows[:, 0].T, "f_B": rows[:, 1].T, "f_AB": np.moveaxis(rows[:, 2:], (0, 1, 2), (2, 0, 1))}, n=256
    )
    np.testing.assert_allclose(found.values[0].T, theirs.total_order, rtol=1e-10)
    np.testing.assert_allclose(found.values[1].T, theirs.first_order, rtol=1e-10)
    interval = theirs.bootstrap(n_resamples=400).total_order.confidence_interval
    np.testing.assert_allclose(found.width[0].T, interval.high - interval.low, rtol=0.25)


def test_intervals_become_narrower_as_a_sample_grows_and_are_quoted_then():
    wide, narrow = indices_of(ishigami, 3, 64), indices_of(ishigami, 3, 4096)
    assert (narrow.width[0] < wide.width[0] / 4).all()
    assert (quotable(wide)[0] == 0).all() and (quotable(narrow)[0] == 1).all()


def test_a_failed_member_takes_its_whole_row_and_nothing_becomes_zero():
    rows = saltelli(ishigami, 3, 128)
    broken = rows.copy()
    broken[5, 3], broken[17, 0], broken[17, 1] = np.nan, np.nan, np.inf
    found, other = sobol(broken, np.ones(1)), sobol(np.delete(rows, [5, 17], axis=0), np.ones(1))
    assert found.used.tolist() == [126]
    for name in ("values", "low", "high"):
        np.testing.assert_array_equal(getattr(found, name), getattr(other, name))


def test_outputs_of_which_other_members_failed_lose_other_rows():
    rows = np.repeat(saltelli(ishigami, 3, 64), 3, axis=2)
    rows[3, 0, 1] = rows[4, 2, 2] = np.nan
    found = sobol(rows, np.ones(3))
    assert found.used.tolist() == [64, 63, 63]
    np.testing.assert_array_equal(found.values[..., [0]], sobol(rows[..., [0]], np.ones(1)).values)
    np.testing.assert_array_equal(
        found.values[..., [2]], sobol(np.delete(rows[..., [2]], 4, axis=0), np.ones(1)).values
    )


def test_where_too_much_failed_there_are_no_indices():
    rows = np.repeat(saltelli(ishigami, 3, 64), 2, axis=2)
    rows[:33, 0, 0] = np.nan  # more than half
    rows[:32, 0, 1] = np.nan
    found = sobol(rows, np.ones(2))
    assert np.isnan(found.values[..., 0]).all() and (found.reasons[:, 0] == TOO_FEW).all()
    assert np.isfinite(found.values[..., 1]).all()
    few = sobol(saltelli(ishigami, 3, 8), np.ones(1))
    assert np.isnan(few.values).all() and (few.reasons == TOO_FEW).all()


def test_an_output_that_does_not_vary_has_no_index():
    rows = np.repeat(saltelli(ishigami, 3, 32), 2, axis=2) * [0.0, 1e-7] + [5.0, 5.0]
    found = sobol(rows, np.array([5.0, 1e6]))  # the second is a difference of large numbers that agree
    assert np.isnan(found.values).all() and np.isnan(found.low).all()
    assert (found.reasons == CONSTANT).all()
    assert np.isfinite(sobol(rows, np.array([5.0, 5.0])).values[..., 1]).all()


def trajectories(function, factors, count, seed=1):
    shares = morris_shares(factors, count, 4, seed).reshape(count, factors + 1, factors)
    return shares, function(shares)[:, :, None]


def test_the_effects_of_a_linear_function_are_its_weights():
    found = morris(*trajectories(linear, 4, 6), np.ones(1))
    np.testing.assert_allclose(found.values[:, :, 0], [np.abs(WEIGHTS), WEIGHTS, np.zeros(4)], atol=1e-12)
    np.testing.assert_allclose(found.width[0], 0, atol=1e-12)


def test_effects_are_those_of_salib():
    from SALib.analyze import morris as salib

    shares, rows = trajectories(g_function, 6, 200)
    found = morris(shares, rows, np.ones(1))
    problem = {"num_vars": 6, "names": list("abcdef"), "bounds": [[0, 1]] * 6}
    theirs = salib.analyze(problem, shares.reshape(-1, 6), rows.reshape(-1), num_levels=4, seed=1)
    for k, name in enumerate(found.names):
        np.testing.assert_allclose(found.values[k, :, 0], np.asarray(theirs[name]), rtol=1e-10)
    np.testing.assert_allclose(found.width[0, :, 0] / 2, np.asarray(theirs["mu_star_conf"]), rtol=0.15)


def test_a_failed_member_takes_its_trajectory():
    shares, rows = trajectories(g_function, 6, 10)
    broken = rows.copy()
    broken[4, 2] = np.nan
    found = morris(shares, broken, np.ones(1))
    other = morris(np.delete(shares, 4, axis=0), np.delete(rows, 4, axis=0), np.ones(1))
    assert found.used.tolist() == [9]
    np.testing.assert_array_equal(found.values, other.values)
    broken[:7] = np.nan
    assert (morris(shares, broken, np.ones(1)).reasons == TOO_FEW).all()


def test_pawn_is_that_of_salib():
    from SALib.analyze import pawn as salib

    numbers = np.random.default_rng(4).random((2000, 3))
    found = pawn(numbers, ishigami(numbers)[:, None], np.ones(1))
    theirs = salib.analyze({"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}, numbers, ishigami(numbers))
    # SALib leaves the member with the largest number out of the last slice.
    np.testing.assert_allclose(found.values[0, :, 0], theirs["median"], atol=0.003)
    np.testing.assert_allclose(found.values[1, :, 0], theirs["maximum"], atol=0.01)


def test_a_factor_that_does_nothing_seldom_comes_above_the_noise():
    generator = np.random.default_rng(5)
    numbers = generator.random((300, 200))
    outputs = (generator.random((300, 1)) ** 3, numbers[:, :1] + 0.3 * generator.random((300, 1)))
    nothing, something = (pawn(numbers, output, np.ones(1)) for output in outputs)
    assert (quotable(nothing)[0] == 1).mean() == pytest.approx(0.05, abs=0.035)
    assert quotable(something)[0, 0, 0] == 1
    assert noise(20_000)[1] == pytest.approx(noise(5_000)[1] / 2)


def test_pawn_of_a_factor_with_few_values_compares_its_values_and_ignores_failed_members():
    numbers = np.tile([1.0, 2.0, 3.0], 100)[:, None]
    outputs = numbers + np.linspace(0, 0.1, 300)[:, None]
    outputs[[0, 5]] = np.nan
    found = pawn(numbers, outputs, np.ones(1))
    assert found.used.tolist() == [298]
    low, middle, high = 199 / 298, max(99, 100) / 298, 199 / 298  # one value against all, by hand
    np.testing.assert_allclose(found.values[:, 0, 0], [np.median([low, middle, high]), high], atol=1e-12)


def test_delta_ranks_the_factors_and_leaves_the_generator_and_the_warnings_of_others_alone():
    numbers = np.random.default_rng(6).random((400, 3))
    piece = DeltaPiece(numbers, numbers @ np.array([5.0, 1.0, 0.0]), 1)
    before, form = np.random.get_state()[1].copy(), warnings.formatwarning
    middle, half = delta(piece)
    assert middle[0] - half[0] > 2 * max(middle[1] + half[1], middle[2] + half[2]) and (half > 0).all()
    np.testing.assert_array_equal(delta(piece), [middle, half])
    assert (np.random.get_state()[1] == before).all() and warnings.formatwarning is form


def test_one_factor_at_a_time_gives_the_change_at_either_end_and_the_range():
    numbers = np.array([[np.nan, np.nan], [0, np.nan], [2, np.nan], [np.nan, -1], [np.nan, 0], [np.nan, 1]])
    outputs = np.array([[10.0, 1], [7, 1], [12, 1], [9, 1], [14, np.nan], [9, 1]])
    found = one_at_a_time(numbers, outputs)
    assert found.names == ("swing", "at_low", "at_high")
    np.testing.assert_array_equal(found.values[:, :, 0], [[5, 5], [-3, -1], [2, -1]])
    assert found.reasons[:, 1].tolist() == [0, FAILED] and np.isnan(found.values[:, 1, 1]).all()
    outputs[0, 0] = np.nan
    assert one_at_a_time(numbers, outputs).reasons[:, 0].tolist() == [TOO_FEW, TOO_FEW]


def test_the_low_end_of_one_factor_is_that_of_its_lowest_value_in_whatever_order_the_study_says_them():
    numbers, outputs = np.array([[np.nan], [3], [1], [2]]), np.array([[0.0], [30], [10], [20]])
    np.testing.assert_array_equal(one_at_a_time(numbers, outputs).values[:, 0, 0], [30, 10, 30])


def test_intervals_of_few_rows_of_many_factors_take_little_memory():
    rows, factors, outputs = 16, 60, 400
    generator = np.random.default_rng(0)
    sample = generator.normal(size=(rows, factors + 2, outputs))
    tracemalloc.start()
    found = sobol(sample, np.ones(outputs))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    is_known = bool(np.isfinite(found.values).all())
    assert is_known and peak < 150e6
