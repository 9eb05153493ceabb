"""Pulses, a train of pulses, a ramp and a step as paths, summed into a stock."""

import numpy as np
from published_models import Published
from small_models import path

from regionsim.language.declarations import equation, stock

stocka = stock("Sum of all inputs.", unit="person", initial=0, inflows=("inputa",), over=())


@equation(unit="person/year", over=())
def test_pulse(pulse_path):
    """One pulse of two years."""
    return pulse_path


@equation(unit="person/year", over=())
def test_pulse_train(train_path):
    """A pulse of one year in every two."""
    return train_path


@equation(unit="person/year", over=())
def test_ramp(ramp_path):
    """A rise over three years."""
    return ramp_path


@equation(unit="person/year", over=())
def test_step(step_path):
    """A step that stays."""
    return step_path


@equation(unit="person/year", over=())
def inputa(test_pulse, test_pulse_train, test_ramp, test_step):
    """All of them."""
    return test_pulse + test_pulse_train + test_ramp + test_step


CASES = (
    Published(
        folder="tests/input_functions",
        end=25,
        step=0.0625,
        inputs=(
            path("pulse_path", {0: 0, 3: 1, 5: 0}, "person/year", kind="step"),
            path("train_path", {0: 0, 7: 1, 8: 0, 9: 1, 10: 0, 11: 1, 12: 0}, "person/year", kind="step"),
            path("ramp_path", {14: 0, 17: 3}, "person/year", kind="linear"),
            path("step_path", {0: 0, 1: 1}, "person/year", kind="step"),
        ),
        known={"test_ramp": lambda t: np.clip(t - 14, 0, 3)},
    ),
)
