"""The engine against solutions known in closed form; the order of the methods is measured, not assumed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import gammainc
from small_models import constant

from regionsim.engine.integrate import simulate

STEPS = (1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32)
both_methods = pytest.mark.parametrize(("method", "order"), [("euler", 1), ("rk4", 4)])


def _end(model, method, step, names, years):
    run = simulate(model, start=2020, end=2020 + years, step=step, method=method, outputs=names)
    return np.concatenate([np.atleast_1d(run.variables[name].values[-1, 0]) for name in names])


def _order(model, method, exact, names, years):
    """The slope of the logarithm of the error over the logarithm of the step, with the largest departure from it."""
    errors = [np.linalg.norm(_end(model, method, step, names, years) - exact) for step in STEPS]
    steps, errors = np.log(STEPS), np.log(errors)
    slope, intercept = np.polyfit(steps, errors, 1)
    return slope, np.max(np.abs(errors - slope * steps - intercept))


def _assert_order(model, method, exact, order, *, names, years=10):
    slope, departure = _order(model, method, exact, names, years)
    assert slope == pytest.approx(order, abs=0.1)
    assert departure < 0.1


@both_methods
def test_exponential_growth_converges_with_the_order_of_the_method(small_model, method, order):
    model = small_model("growth", constant("amount_at_start", 100, "person"), constant("growth_rate", 0.1, "1/year"))
    exact = 100 * np.exp(1)
    _assert_order(model, method, exact, order, names=["amount"])
    assert _end(model, "rk4", 1 / 16, ["amount"], 10) == pytest.approx(exact, rel=1e-9)


@both_methods
def test_logistic_growth_converges_with_the_order_of_the_method(small_model, method, order):
    model = small_model(
        "logistic",
        constant("amount_at_start", 10, "person"),
        constant("growth_rate", 0.5, "1/year"),
        constant("capacity", 1000, "person"),
    )
    exact = 1000 / (1 + 99 * np.exp(-2.5))
    _assert_order(model, method, exact, order, names=["amount"], years=5)
    assert _end(model, "rk4", 1 / 16, ["amount"], 5) == pytest.approx(exact, rel=1e-6)


def _oscillator(small_model):
    return small_model("oscillator", constant("first_speed", 1, "meter/year"), constant("frequency", 1, "1/year"))


@both_methods
def test_an_oscillator_converges_with_the_order_of_the_method(small_model, method, order):
    # Euler errs in the amplitude first, RK4 in the phase: position and speed together see both.
    exact = [np.sin(2), np.cos(2)]
    _assert_order(_oscillator(small_model), method, exact, order, names=["position", "speed"], years=2)


@pytest.mark.parametrize("step", STEPS)
def test_an_oscillator_gains_energy_under_euler_and_loses_little_under_rk4(small_model, step):
    gain = {
        "euler": 1 + step**2,  # in every step, since the step goes along the tangent
        "rk4": 1 - step**6 / 72 + step**8 / 576,  # the square of what the method makes of a turn by the step
    }
    for method, factor in gain.items():
        run = simulate(_oscillator(small_model), start=2020, end=2040, step=step, method=method)
        energy = run.variables["position"].values ** 2 + run.variables["speed"].values ** 2
        steps_done = (run.years - 2020) / step
        assert energy[:, 0] == pytest.approx(factor**steps_done, rel=1e-11)


def test_a_chain_of_three_stocks_is_the_erlang_delay(small_model):
    model = small_model("delay", constant("entry_flow", 12, "person/year"), constant("stage_time", 2, "year"))
    run = simulate(model, start=2020, end=2030, step=1 / 32, method="rk4")
    t = run.years - 2020
    erlang = 12 * (1 - np.exp(-t / 2) * (1 + t / 2 + (t / 2) ** 2 / 2))
    assert run.variables["third_exit"].values[:, 0] == pytest.approx(erlang, abs=1e-6)
    assert run.ledgers["chain"] < 1e-13


def _chain(small_model, stages, delay_time):
    counties = tuple(str(k) for k in range(stages))
    ends = np.eye(stages)
    return small_model(
        "chain",
        constant("at_start", np.zeros(stages), "person", ("county",)),
        constant("entry_flow", 12, "person/year"),
        constant("stage_time", delay_time / stages, "year"),
        constant("first", ends[0], "dimensionless", ("county",)),
        constant("last", ends[-1], "dimensionless", ("county",)),
        constant("to_next", np.eye(stages, k=1), "dimensionless", ("county", "destination")),
        labels={"county": counties, "destination": counties},
    )


@pytest.mark.parametrize("stages", [2, 3, 5, 10])
def test_the_step_response_of_a_chain_of_any_length_is_that_of_erlang(small_model, stages):
    model = _chain(small_model, stages, 6)
    run = simulate(model, start=2020, end=2040, step=1 / 32, method="rk4")
    erlang = 12 * gammainc(stages, (run.years - 2020) * stages / 6)
    assert run.variables["last_exit"].values[:, 0] == pytest.approx(erlang, abs=1e-5)
    assert run.ledgers["chain"] < 1e-12


@both_methods
def test_a_chain_converges_with_the_order_of_the_method(small_model, method, order):
    _assert_order(_chain(small_model, 3, 12), method, 12 * gammainc(3, 1), order, names=["last_exit"], years=4)


STATIONARY = np.array([250.0, 750.0])


def _exchange(small_model, people):
    return small_model(
        "exchange",
        constant("people_at_start", people, "person", ("county",)),
        constant("moving_rate", [[0.0, 0.30], [0.10, 0.0]], "1/year", ("county", "destination")),
        labels={"county": ("a", "b"), "destination": ("a", "b")},
    )


def test_migration_between_two_counties_reaches_its_stationary_vector(small_model):
    run = simulate(_exchange(small_model, [1000, 0]), start=2020, end=2080, step=1 / 4, method="euler")
    people = run.variables["people"].values[:, 0]
    assert people[-1] == pytest.approx(STATIONARY, rel=1e-9)
    # Euler's own closed form: the distance shrinks by a factor in every step.
    left = (1 - 0.4 / 4) ** (4 * (run.years - 2020))
    assert people[:, 0] == pytest.approx(250 + 750 * left, rel=1e-12)
    assert run.ledgers["account"] < 1e-13


@both_methods
def test_migration_converges_with_the_order_of_the_method(small_model, method, order):
    exact = STATIONARY + np.array([750, -750]) * np.exp(-0.4 * 5)
    _assert_order(_exchange(small_model, [1000, 0]), method, exact, order, names=["people"], years=5)


@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_migration_that_starts_at_its_stationary_vector_stays_there(small_model, method):
    run = simulate(_exchange(small_model, STATIONARY), start=2020, end=2060, step=1 / 4, method=method)
    assert run.variables["people"].values[:, 0] == pytest.approx(np.tile(STATIONARY, (41, 1)), rel=1e-13)
