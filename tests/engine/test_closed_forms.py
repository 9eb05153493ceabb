"""The engine against solutions known in closed form; the order of the methods is measured, not assumed."""

from __future__ import annotations

import numpy as np
import pytest
from small_models import constant

from regionsim.engine.integrate import simulate


def _end(model, method, step, name="amount", years=10):
    run = simulate(model, start=2020, end=2020 + years, step=step, method=method)
    return float(run.variables[name].values[-1, 0])


def _order(model, method, exact, step, name="amount"):
    coarse = abs(_end(model, method, step, name) - exact)
    fine = abs(_end(model, method, step / 2, name) - exact)
    return float(np.log2(coarse / fine))


@pytest.mark.parametrize(("method", "order"), [("euler", 1), ("rk4", 4)])
def test_exponential_growth_converges_with_the_order_of_the_method(small_model, method, order):
    model = small_model("growth", constant("amount_at_start", 100, "person"), constant("growth_rate", 0.3, "1/year"))
    exact = 100 * np.exp(3)
    assert _order(model, method, exact, 1 / 16) == pytest.approx(order, abs=0.1)
    assert _end(model, "rk4", 1 / 16) == pytest.approx(exact, rel=1e-7)


@pytest.mark.parametrize(("method", "order"), [("euler", 1), ("rk4", 4)])
def test_logistic_growth_converges_with_the_order_of_the_method(small_model, method, order):
    model = small_model(
        "logistic",
        constant("amount_at_start", 10, "person"),
        constant("growth_rate", 0.5, "1/year"),
        constant("capacity", 1000, "person"),
    )
    exact = 1000 / (1 + 99 * np.exp(-5))
    assert _order(model, method, exact, 1 / 16) == pytest.approx(order, abs=0.15)
    assert _end(model, "rk4", 1 / 16) == pytest.approx(exact, rel=1e-6)


def test_an_oscillator_keeps_its_energy_under_rk4_and_gains_it_under_euler(small_model):
    model = small_model("oscillator", constant("first_speed", 1, "meter/year"), constant("frequency", 1, "1/year"))
    drift = {}
    for method in ("euler", "rk4"):
        run = simulate(model, start=2020, end=2040, step=1 / 16, method=method)
        energy = run.variables["position"].values ** 2 + run.variables["speed"].values ** 2
        drift[method] = abs(float(energy[-1, 0]) - 1)
    # Euler multiplies the energy by 1 + step^2 in every step.
    assert drift["euler"] == pytest.approx((1 + 1 / 256) ** 320 - 1, rel=1e-9)
    assert drift["rk4"] < 1e-5


def test_a_chain_of_three_stocks_is_the_erlang_delay(small_model):
    model = small_model("delay", constant("entry_flow", 12, "person/year"), constant("stage_time", 2, "year"))
    run = simulate(model, start=2020, end=2030, step=1 / 32, method="rk4")
    t = run.years - 2020
    erlang = 12 * (1 - np.exp(-t / 2) * (1 + t / 2 + (t / 2) ** 2 / 2))
    assert run.variables["third_exit"].values[:, 0] == pytest.approx(erlang, abs=1e-6)
    assert run.ledgers["chain"] < 1e-13


def test_migration_between_two_counties_reaches_its_stationary_vector(small_model):
    rates = [[0.0, 0.30], [0.10, 0.0]]
    model = small_model(
        "exchange",
        constant("people_at_start", [1000, 0], "person", ("county",)),
        constant("moving_rate", rates, "1/year", ("county", "destination")),
        labels={"county": ("a", "b"), "destination": ("a", "b")},
    )
    run = simulate(model, start=2020, end=2080, step=1 / 4, method="euler")
    assert run.variables["people"].values[-1, 0] == pytest.approx([250, 750], rel=1e-9)
    one = run.variables["people"].values[1, 0]
    exact = 250 + 750 * (1 - 0.4 / 4) ** 4  # Euler's own closed form after one year
    assert one[0] == pytest.approx(exact, rel=1e-12)
    assert run.ledgers["account"] < 1e-13
