"""Smoothing of first and third order over two axes, from one value or from one for each element."""

import numpy as np
from published_models import Published
from small_models import constant, path

from regionsim.language.declarations import equation, stock

BOTH = ("county", "hub")

followed = stock(
    "Smoothed by one stock.",
    unit="person",
    initial="smoothed",
    inflows=("following",),
    over=BOTH,
    non_negative=False,
)
followed_from = stock(
    "The same from the value of its kind.",
    unit="person",
    initial="start_by_kind",
    inflows=("following_from",),
    over=BOTH,
    non_negative=False,
)
first = stock(
    "Smoothed by three stocks: the first.",
    unit="person",
    initial="smoothed",
    inflows=("first_change",),
    over=BOTH,
    non_negative=False,
)
second = stock(
    "The second.", unit="person", initial="smoothed", inflows=("second_change",), over=BOTH, non_negative=False
)
last = stock("The last.", unit="person", initial="smoothed", inflows=("last_change",), over=BOTH, non_negative=False)
from_first = stock(
    "Smoothed by three stocks from one value: the first.",
    unit="person",
    initial="start_for_all",
    inflows=("from_first_change",),
    over=BOTH,
    non_negative=False,
)
from_second = stock(
    "The second.",
    unit="person",
    initial="start_for_all",
    inflows=("from_second_change",),
    over=BOTH,
    non_negative=False,
)
from_last = stock(
    "The last.", unit="person", initial="start_for_all", inflows=("from_last_change",), over=BOTH, non_negative=False
)


@equation(unit="person", over=BOTH)
def smoothed(value, one_each):
    """What is smoothed."""
    return value * one_each


@equation(unit="person", over=BOTH)
def start_by_kind(initial_value_subscript, one_each):
    """Where smoothing starts, for each kind."""
    return initial_value_subscript * one_each


@equation(unit="person", over=BOTH)
def start_for_all(initial_value, one_each):
    """Where smoothing starts, the same for all."""
    return initial_value * one_each


@equation(unit="year", over=())
def third_time(adjustment_time, thirds):
    """Adjustment time of one of three stocks."""
    return adjustment_time / thirds


@equation(unit="person/year", over=BOTH)
def following(smoothed, followed, adjustment_time):
    """The gap closes over the adjustment time."""
    return (smoothed - followed) / adjustment_time


@equation(unit="person/year", over=BOTH)
def following_from(smoothed, followed_from, adjustment_time):
    """The gap closes over the adjustment time."""
    return (smoothed - followed_from) / adjustment_time


@equation(unit="person/year", over=BOTH)
def first_change(smoothed, first, third_time):
    """The first follows the value."""
    return (smoothed - first) / third_time


@equation(unit="person/year", over=BOTH)
def second_change(first, second, third_time):
    """The second follows the first."""
    return (first - second) / third_time


@equation(unit="person/year", over=BOTH)
def last_change(second, last, third_time):
    """The last follows the second."""
    return (second - last) / third_time


@equation(unit="person/year", over=BOTH)
def from_first_change(smoothed, from_first, third_time):
    """The first follows the value."""
    return (smoothed - from_first) / third_time


@equation(unit="person/year", over=BOTH)
def from_second_change(from_first, from_second, third_time):
    """The second follows the first."""
    return (from_first - from_second) / third_time


@equation(unit="person/year", over=BOTH)
def from_last_change(from_second, from_last, third_time):
    """The last follows the second."""
    return (from_second - from_last) / third_time


def followed_in_closed_form(times):
    """Euler's own closed form: from the step of the value on, the gap shrinks by a factor in every step."""
    gap = 3 * (1 - 0.25 / 4) ** (np.maximum(times - 3, 0) / 0.25)
    return np.where(times < 3, -1, 2 - gap)[:, np.newaxis, np.newaxis]


CASES = (
    Published(
        folder="tests/subscripted_smooth",
        end=20,
        step=0.25,
        inputs=(
            path("value", {0: -1, 3: 2}, "person", kind="step"),
            path("adjustment_time", {0: 2, 1: 4}, "year", kind="step"),
            constant("one_each", np.ones((4, 5)), "dimensionless", BOTH),
            constant("initial_value_subscript", [4, 5, 6, 3, 7], "person", ("hub",)),
            constant("initial_value", 5, "person"),
            constant("thirds", 3, "dimensionless"),
        ),
        labels={
            "county": ("Macoun", "Red Spy", "Grimes Golden", "Roxbury Russet"),
            "hub": ("Lemon", "Lime", "Orange", "Clementine", "Grapefruit"),
        },
        columns={
            "Input SM": "smoothed",
            "Smooth output": "followed",
            "SmoothI output": "followed_from",
            "Smooth3 output": "last",
            "Smooth3I output": "from_last",
        },
        left_out={
            "Adjustment Time": "a path is not among the results",
            "Variable Order": "the order of a smooth is its number of stocks, not a variable",
            "Smooth N output": "the smooth of second order is run without axes, in smooths.py",
        },
        known={"followed": followed_in_closed_form},
    ),
)
