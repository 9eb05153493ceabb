"""What does not change is smoothed to itself, beside a stock that fills evenly."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

accumulation = stock("Fills evenly.", unit="person", initial=0, inflows=("filling",), over=())
still = stock("Has no flows.", unit="person", initial="still_at_start", over=())
smoothed_input = stock("Smooths the stock.", unit="person", initial="still", inflows=("following_still",), over=())
first_order = stock("Smooths a constant.", unit="person", initial="level", inflows=("following_level",), over=())
third_first = stock("The first of three.", unit="person", initial="level", inflows=("third_first_change",), over=())
third_second = stock("The second of three.", unit="person", initial="level", inflows=("third_second_change",), over=())
third_last = stock("The last of three.", unit="person", initial="level", inflows=("third_last_change",), over=())


@equation(unit="person/year", over=())
def filling(rate):
    """The same in every year."""
    return rate


@equation(unit="person/year", over=())
def following_still(still, smoothed_input, smoothing_time):
    """The gap closes over the smoothing time."""
    return (still - smoothed_input) / smoothing_time


@equation(unit="person/year", over=())
def following_level(level, first_order, smoothing_time):
    """The gap closes over the smoothing time."""
    return (level - first_order) / smoothing_time


@equation(unit="year", over=())
def third_time(smoothing_time, thirds):
    """Smoothing time of one of three stocks."""
    return smoothing_time / thirds


@equation(unit="person/year", over=())
def third_first_change(level, third_first, third_time):
    """The first follows the constant."""
    return (level - third_first) / third_time


@equation(unit="person/year", over=())
def third_second_change(third_first, third_second, third_time):
    """The second follows the first."""
    return (third_first - third_second) / third_time


@equation(unit="person/year", over=())
def third_last_change(third_second, third_last, third_time):
    """The last follows the second."""
    return (third_second - third_last) / third_time


CASES = (
    Published(
        folder="tests/smooth_and_stock",
        end=45,
        step=0.25,
        inputs=(
            constant("rate", 5, "person/year"),
            constant("still_at_start", 4, "person"),
            constant("level", 100, "person"),
            constant("smoothing_time", 2, "year"),
            constant("thirds", 3, "dimensionless"),
        ),
        columns={
            "Input": "still",
            "first order smooth": "first_order",
            "third order smooth": "third_last",
        },
        known={
            "accumulation": lambda t: 5 * t,
            "smoothed_input": lambda t: np.full(t.shape, 4.0),
            "third_last": lambda t: np.full(t.shape, 100.0),
        },
    ),
)
