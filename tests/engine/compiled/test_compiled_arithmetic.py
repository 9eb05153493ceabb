"""Machine code works out single numbers as numpy does, where they are not numbers or at an end too."""

from __future__ import annotations

import numpy as np
import pytest
from small_models import constant, table

from regionsim.engine.integrate import simulate

pytest.importorskip("llvmlite")

from regionsim.engine.compiled.simulate import simulate_compiled

EDGES = [0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 0.5, -0.5, 1e-310, 5e-324, 1e308, -1e308, np.inf, -np.inf, np.nan, 709.7]
POINTS = {-3.0: 1.0, -1.0: 2.0, 0.0: -1.0, 0.5: 4.0, 700.0: 3.0}


def _both(small_model, one, other, points=POINTS):
    model = small_model(
        "arithmetic",
        constant("one", one, "dimensionless", ("cohort",)),
        constant("other", other, "dimensionless", ("cohort",)),
        table("table", points, "dimensionless", "dimensionless"),
        labels={"cohort": tuple(str(k) for k in range(len(one)))},
    )
    runs = (engine(model, start=2020, end=2020, step=1.0) for engine in (simulate, simulate_compiled))
    return ({name: variable.values[0, 0] for name, variable in run.variables.items()} for run in runs)


def test_every_pair_of_edges_gives_what_numpy_gives(small_model):
    one, other = (grid.ravel() for grid in np.meshgrid(EDGES, EDGES))
    reference, compiled = _both(small_model, one, other)
    # Where one of the powers is beyond what a number can be, and their product need not be, only numpy loses it.
    with np.errstate(all="ignore"):
        bases, exponents = [one, np.maximum(one, 0.5), np.maximum(other, 0.5)], [other, other / 2, other]
        sizes = np.abs(exponents * np.log(np.abs(bases)))
    beyond = ((sizes > 700) & np.isfinite(bases) & (np.array(bases) != 0) & np.isfinite(exponents)).any(axis=0)
    assert beyond.sum() < len(one) / 3
    reference["powers"][beyond] = compiled["powers"][beyond]
    for name, expected in reference.items():
        np.testing.assert_allclose(compiled[name], expected, rtol=1e-12, atol=1e-320, err_msg=name)


def test_exponential_and_logarithm_are_right_to_the_last_digits(small_model):
    generator = np.random.default_rng(5)
    one = np.concatenate([generator.uniform(-745, 709, 4000), 10.0 ** generator.uniform(-300, 300, 4000)])
    reference, compiled = _both(small_model, one, np.ones_like(one))
    finite = np.isfinite(reference["exponential"]) & (reference["exponential"] > 1e-300)
    for name, at in (("exponential", finite), ("logarithm", one > 0)):
        off = np.abs(compiled[name][at] / reference[name][at] - 1)
        assert off.max() < 5e-16, name


def test_powers_of_ordinary_numbers_agree_to_a_part_in_1e13(small_model):
    generator = np.random.default_rng(6)
    one, other = 10.0 ** generator.uniform(-6, 6, 4000), generator.uniform(-4, 4, 4000)
    reference, compiled = _both(small_model, one, other)
    np.testing.assert_allclose(compiled["power"], reference["power"], rtol=1e-13)
    assert np.isfinite(reference["powers"]).all()
    np.testing.assert_allclose(compiled["powers"], reference["powers"], rtol=1e-12)


@pytest.mark.parametrize("points", [{2.0: 5.0}, {0.0: 1.0, 1.0: 2.0}, {float(k): k * k for k in range(101)}])
def test_a_table_is_read_as_numpy_reads_it_at_between_and_beyond_its_points(small_model, points):
    one = np.concatenate([np.linspace(-5, 120, 999), list(points), [np.nan, np.inf, -np.inf]])
    reference, compiled = _both(small_model, one, np.ones_like(one), points)
    np.testing.assert_array_equal(compiled["read"], reference["read"])


def test_members_beside_each_other_have_each_their_own_numbers(small_model):
    # 6 members are one register full and half of another; one is no number, and one beyond the table.
    levels = np.array([1.0, -2.0, np.nan, 900.0, 0.0, 0.25])
    one = np.outer(levels, np.array([0.5, 1.0, 3.0]))
    model = small_model(
        "arithmetic",
        constant("one", one, "dimensionless", ("cohort",), members=True),
        constant("other", [2.0, 0.5, -1.0], "dimensionless", ("cohort",)),
        table("table", POINTS, "dimensionless", "dimensionless"),
        labels={"cohort": ("a", "b", "c")},
    )
    run = {"start": 2020, "end": 2020, "step": 1.0}
    reference, compiled = simulate(model, **run), simulate_compiled(model, **run)
    for name, variable in reference.variables.items():
        np.testing.assert_allclose(compiled.variables[name].values, variable.values, rtol=1e-12, err_msg=name)


def test_what_is_no_number_in_one_member_changes_no_bit_of_its_neighbours(small_model):
    one = np.random.default_rng(7).uniform(0.1, 9.0, (4, 40))

    def run(levels):
        model = small_model(
            "arithmetic",
            constant("one", levels, "dimensionless", ("cohort",), members=True),
            constant("other", np.linspace(-3, 3, 40), "dimensionless", ("cohort",)),
            table("table", POINTS, "dimensionless", "dimensionless"),
            labels={"cohort": tuple(str(k) for k in range(40))},
        )
        return simulate_compiled(model, start=2020, end=2020, step=1.0).variables

    ordinary, beside = run(one), run(np.vstack([one[:2], np.full(40, np.nan), np.full(40, -2.0)]))
    for name, variable in ordinary.items():
        np.testing.assert_array_equal(beside[name].values[:, :2], variable.values[:, :2], err_msg=name)
