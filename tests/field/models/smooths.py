"""Smoothing of first and third order as stocks that follow a value, with an adjustment time that changes."""

import numpy as np
from published_models import Published
from small_models import constant, path

from regionsim.language.declarations import equation, stock

followed = stock(
    "Smoothed by one stock.",
    unit="person",
    initial="smoothed",
    inflows=("following",),
    over=(),
    non_negative=False,
)
followed_from = stock(
    "The same from a given value.",
    unit="person",
    initial="initial_value",
    inflows=("following_from",),
    over=(),
    non_negative=False,
)
third_first = stock(
    "Smoothed by three stocks: the first.",
    unit="person",
    initial="smoothed",
    inflows=("third_first_change",),
    over=(),
    non_negative=False,
)
third_second = stock(
    "The second.", unit="person", initial="smoothed", inflows=("third_second_change",), over=(), non_negative=False
)
third_last = stock(
    "The last.", unit="person", initial="smoothed", inflows=("third_last_change",), over=(), non_negative=False
)
from_first = stock(
    "Smoothed by three stocks from a given value: the first.",
    unit="person",
    initial="initial_value",
    inflows=("from_first_change",),
    over=(),
    non_negative=False,
)
from_second = stock(
    "The second.", unit="person", initial="initial_value", inflows=("from_second_change",), over=(), non_negative=False
)
from_last = stock(
    "The last.", unit="person", initial="initial_value", inflows=("from_last_change",), over=(), non_negative=False
)
half_first = stock(
    "Smoothed by two stocks from a given value: the first.",
    unit="person",
    initial="initial_value",
    inflows=("half_first_change",),
    over=(),
    non_negative=False,
)
half_last = stock(
    "The last.", unit="person", initial="initial_value", inflows=("half_last_change",), over=(), non_negative=False
)


@equation(unit="person", over=())
def smoothed(value):
    """What is smoothed."""
    return value


@equation(unit="year", over=())
def third_time(adjustment_time, thirds):
    """Adjustment time of one of three stocks."""
    return adjustment_time / thirds


@equation(unit="person/year", over=())
def following(smoothed, followed, adjustment_time):
    """The gap closes over the adjustment time."""
    return (smoothed - followed) / adjustment_time


@equation(unit="person/year", over=())
def following_from(smoothed, followed_from, adjustment_time):
    """The gap closes over the adjustment time."""
    return (smoothed - followed_from) / adjustment_time


@equation(unit="person/year", over=())
def third_first_change(smoothed, third_first, third_time):
    """The first follows the value."""
    return (smoothed - third_first) / third_time


@equation(unit="person/year", over=())
def third_second_change(third_first, third_second, third_time):
    """The second follows the first."""
    return (third_first - third_second) / third_time


@equation(unit="person/year", over=())
def third_last_change(third_second, third_last, third_time):
    """The last follows the second."""
    return (third_second - third_last) / third_time


@equation(unit="person/year", over=())
def from_first_change(smoothed, from_first, third_time):
    """The first follows the value."""
    return (smoothed - from_first) / third_time


@equation(unit="person/year", over=())
def from_second_change(from_first, from_second, third_time):
    """The second follows the first."""
    return (from_first - from_second) / third_time


@equation(unit="person/year", over=())
def from_last_change(from_second, from_last, third_time):
    """The last follows the second."""
    return (from_second - from_last) / third_time


@equation(unit="person/year", over=())
def half_first_change(smoothed, half_first, adjustment_time):
    """The first follows the value."""
    return 2 * (smoothed - half_first) / adjustment_time


@equation(unit="person/year", over=())
def half_last_change(half_first, half_last, adjustment_time):
    """The last follows the first."""
    return 2 * (half_first - half_last) / adjustment_time


def followed_in_closed_form(times):
    """Euler's own closed form: the gap shrinks by a factor in every step, another one from 10 on."""
    early, late = 1 - 0.25 / 2, 1 - 0.25 / 4
    steps_early = np.clip(times - 5, 0, 5) / 0.25
    steps_late = np.maximum(times - 10, 0) / 0.25
    return 4 - 5 * early**steps_early * late**steps_late


CASES = (
    Published(
        folder="tests/smooth",
        end=20,
        step=0.25,
        inputs=(
            path("value", {0: -1, 5: 4}, "person", kind="step"),
            path("adjustment_time", {0: 2, 10: 4}, "year", kind="step"),
            constant("initial_value", 5, "person"),
            constant("thirds", 3, "dimensionless"),
        ),
        columns={
            "Input": "smoothed",
            "Smooth output": "followed",
            "SmoothI output": "followed_from",
            "Smooth3 output": "third_last",
            "Smooth3I output": "from_last",
            # The published order becomes 3 on the way, but the published tool keeps the order of the start.
            "Smooth N output": "half_last",
        },
        left_out={
            "Adjustment Time": "a path is not among the results",
            "Variable Order": "the order of a smooth is its number of stocks, not a variable",
        },
        known={"followed": followed_in_closed_form},
    ),
)
