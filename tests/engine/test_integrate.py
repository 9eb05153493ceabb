"""Runs are pure, members are independent, paths open on time, and what goes wrong is named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_models import constant, path

from regionsim.engine.guard import LedgerError, SimulationError
from regionsim.engine.integrate import simulate


def _growth(small_model, *, start=100.0, rate=0.3, members=False):
    return small_model(
        "growth",
        constant("amount_at_start", start, "person", members=members),
        constant("growth_rate", rate, "1/year", members=members),
    )


def test_a_run_twice_gives_the_same_bits_and_leaves_its_inputs_alone(small_model):
    model = _growth(small_model)
    before = {name: value.values.copy() for name, value in model.inputs.items()}
    first = simulate(model, start=2020, end=2030, step=0.25).variables["amount"].values
    second = simulate(model, start=2020, end=2030, step=0.25).variables["amount"].values
    assert np.array_equal(first, second)
    assert all(np.array_equal(before[name], value.values) for name, value in model.inputs.items())


def test_an_ensemble_equals_its_members_run_one_by_one(small_model):
    rates = [0.1, 0.2, 0.35]
    together = simulate(
        _growth(small_model, start=[100.0, 50.0, 20.0], rate=rates, members=True), start=2020, end=2030, step=0.25
    )
    for k, (start, rate) in enumerate(zip([100.0, 50.0, 20.0], rates, strict=True)):
        alone = simulate(_growth(small_model, start=start, rate=rate), start=2020, end=2030, step=0.25)
        assert np.array_equal(together.variables["amount"].values[:, k], alone.variables["amount"].values[:, 0])


def test_a_single_value_serves_all_members(small_model):
    model = small_model(
        "growth",
        constant("amount_at_start", 100.0, "person"),
        constant("growth_rate", [0.1, 0.2], "1/year", members=True),
    )
    run = simulate(model, start=2020, end=2021, step=1.0)
    assert run.variables["amount"].values[-1] == pytest.approx([110.0, 120.0])


def test_inputs_with_different_numbers_of_members_are_refused(small_model):
    model = small_model(
        "growth",
        constant("amount_at_start", [1.0, 2.0, 3.0], "person", members=True),
        constant("growth_rate", [0.1, 0.2], "1/year", members=True),
    )
    with pytest.raises(ValueError, match="differ in their number of members"):
        simulate(model, start=2020, end=2021, step=1.0)


@pytest.mark.parametrize("step", [0.3, 0.7, 1.5, 3.0])
def test_a_step_that_does_not_divide_a_year_is_refused(small_model, step):
    with pytest.raises(ValueError, match="must divide a year"):
        simulate(_growth(small_model), start=2020, end=2021, step=step)


@pytest.mark.parametrize("method", ["euler", "rk4"])
@pytest.mark.parametrize("step", [1.0, 0.25, 0.1])
def test_a_step_path_acts_from_its_opening_on_and_not_before(small_model, method, step):
    model = small_model(
        "opening",
        constant("built_at_start", 5, "km"),
        constant("lane_factor", 1, "dimensionless"),
        constant("pace_per_lane", 1, "km/year"),
        path("lanes", {2020: 0.0, 2023: 2.0}, "dimensionless", kind="step"),
        path("pace", {2020: 0.0, 2025: 0.0}, "km/year", kind="linear"),
    )
    assert [e.name for e in model.held] == ["open_lanes"]
    gain = simulate(model, start=2020, end=2025, step=step, method=method).variables["gain"].values[:, 0]
    assert gain == pytest.approx([0, 0, 0, 0, 2, 4], abs=1e-12)


def test_a_linear_path_is_integrated_exactly_by_rk4(small_model):
    model = small_model(
        "opening",
        constant("built_at_start", 5, "km"),
        constant("lane_factor", 0, "dimensionless"),
        constant("pace_per_lane", 1, "km/year"),
        path("lanes", {2020: 0.0}, "dimensionless", kind="step"),
        path("pace", {2020: 0.0, 2024: 8.0}, "km/year", kind="linear"),
    )
    gain = simulate(model, start=2020, end=2025, step=1.0, method="rk4").variables["gain"].values[:, 0]
    assert gain == pytest.approx([0, 1, 4, 9, 16, 24], abs=1e-12)


def test_only_the_outputs_asked_for_are_kept(small_model):
    run = simulate(_growth(small_model), start=2020, end=2022, step=0.5, outputs=["growth"])
    assert list(run.variables) == ["growth"]
    assert run.variables["growth"].values.shape == (3, 1)


def test_progress_is_told_after_every_step(small_model):
    told: list[float] = []
    simulate(_growth(small_model), start=2020, end=2022, step=0.5, progress=told.append)
    assert told == [2020.5, 2021.0, 2021.5, 2022.0]


def _exchange(small_model, people, rates):
    return small_model(
        "exchange",
        constant("people_at_start", people, "person", ("county",), members=np.ndim(people) == 2),
        constant("moving_rate", rates, "1/year", ("county", "destination")),
        labels={"county": ("360302", "430181"), "destination": ("360302", "430181")},
    )


def test_a_negative_stock_stops_the_run_with_variable_county_member_and_year(small_model):
    model = _exchange(small_model, [[10.0, 10.0], [10.0, 0.0]], [[0.0, 5.0], [0.0, 0.0]])
    with pytest.raises(SimulationError) as error:
        simulate(model, start=2020, end=2025, step=1.0)
    assert "the stock 'people' is -40 in 2021 (county 360302, member 0)" in str(error.value)


def test_a_value_that_is_not_finite_stops_the_run_and_names_what_was_first(small_model):
    model = _exchange(small_model, [10.0, 10.0], [[0.0, np.inf], [0.0, 0.0]])
    with pytest.raises(SimulationError) as error:
        simulate(model, start=2020, end=2025, step=1.0)
    assert "the stock 'people' is -inf in 2021 (county 360302, member 0)" in str(error.value)
    assert "the first value that is not finite is 'leaving' (models/exchange.py:" in str(error.value)


def test_a_ledger_that_does_not_close_stops_the_run(small_model):
    # One arrival in ten thousand too many.
    model = _exchange(small_model, [1000.0, 1000.0], [[0.0, 0.1], [0.1, 0.0]])
    wrong = replace(model.equations["arriving"], function=lambda people, moving_rate: 1.0001 * people * 0.1)
    moving = tuple(wrong if e.name == "arriving" else e for e in model.moving)
    model = replace(model, moving=moving, equations={**model.equations, "arriving": wrong})
    with pytest.raises(LedgerError, match=r"the ledger .account. does not close in the step to 2020\.5"):
        simulate(model, start=2020, end=2021, step=0.5)
