"""Delays of first and third order as chains of stocks, with a delay time that changes on the way."""

import numpy as np
from published_models import Published
from small_models import constant, path

from regionsim.language.declarations import equation, ledger, stock

whole = stock(
    "In a delay of one stock.",
    unit="person",
    initial="whole_at_start",
    inflows=("arriving",),
    outflows=("output_delay1",),
    over=(),
    non_negative=False,
)
whole_filled = stock(
    "The same, filled at the start.",
    unit="person",
    initial="whole_filled_at_start",
    inflows=("arriving",),
    outflows=("output_delay1i",),
    over=(),
    non_negative=False,
)
first = stock(
    "In the first third of a delay.",
    unit="person",
    initial="third_at_start",
    inflows=("arriving",),
    outflows=("first_exit",),
    over=(),
    non_negative=False,
)
second = stock(
    "In its second third.",
    unit="person",
    initial="third_at_start",
    inflows=("first_exit",),
    outflows=("second_exit",),
    over=(),
    non_negative=False,
)
last = stock(
    "In its last third.",
    unit="person",
    initial="third_at_start",
    inflows=("second_exit",),
    outflows=("output_delay3",),
    over=(),
    non_negative=False,
)
first_filled = stock(
    "In the first third of a delay filled at the start.",
    unit="person",
    initial="third_filled_at_start",
    inflows=("arriving",),
    outflows=("first_filled_exit",),
    over=(),
    non_negative=False,
)
second_filled = stock(
    "In its second third.",
    unit="person",
    initial="third_filled_at_start",
    inflows=("first_filled_exit",),
    outflows=("second_filled_exit",),
    over=(),
    non_negative=False,
)
last_filled = stock(
    "In its last third.",
    unit="person",
    initial="third_filled_at_start",
    inflows=("second_filled_exit",),
    outflows=("output_delay3i",),
    over=(),
    non_negative=False,
)
chain = ledger(
    "What enters the delay is in it or has left it.",
    unit="person",
    stocks=("first", "second", "last"),
    inflows=("arriving",),
    outflows=("output_delay3",),
)


@equation(unit="person/year", over=())
def arriving(entry):
    """What is delayed."""
    return entry


@equation(unit="person", over=())
def whole_at_start(entry, delay_time):
    """As full as the flow at the start keeps it."""
    return entry * delay_time


@equation(unit="person", over=())
def whole_filled_at_start(initial_value, delay_time):
    """As full as the given flow keeps it."""
    return initial_value * delay_time


@equation(unit="year", over=())
def third_time(delay_time, thirds):
    """Mean time in a third of the delay."""
    return delay_time / thirds


@equation(unit="person", over=())
def third_at_start(entry, third_time):
    """A third as full as the flow at the start keeps it."""
    return entry * third_time


@equation(unit="person", over=())
def third_filled_at_start(initial_value, third_time):
    """A third as full as the given flow keeps it."""
    return initial_value * third_time


@equation(unit="person/year", over=())
def output_delay1(whole, delay_time):
    """Leaving the delay of one stock."""
    return whole / delay_time


@equation(unit="person/year", over=())
def output_delay1i(whole_filled, delay_time):
    """Leaving the delay of one stock that was filled."""
    return whole_filled / delay_time


@equation(unit="person/year", over=())
def first_exit(first, third_time):
    """Leaving the first third."""
    return first / third_time


@equation(unit="person/year", over=())
def second_exit(second, third_time):
    """Leaving the second third."""
    return second / third_time


@equation(unit="person/year", over=())
def output_delay3(last, third_time):
    """Leaving the delay of three stocks."""
    return last / third_time


@equation(unit="person/year", over=())
def first_filled_exit(first_filled, third_time):
    """Leaving the first third."""
    return first_filled / third_time


@equation(unit="person/year", over=())
def second_filled_exit(second_filled, third_time):
    """Leaving the second third."""
    return second_filled / third_time


@equation(unit="person/year", over=())
def output_delay3i(last_filled, third_time):
    """Leaving the delay of three stocks that was filled."""
    return last_filled / third_time


CASES = (
    Published(
        folder="tests/delays",
        end=100,
        inputs=(
            path("entry", {0: -1, 5: 4}, "person/year", kind="step"),
            path("delay_time", {0: 4, 15: 6}, "year", kind="step"),
            constant("initial_value", 6, "person/year"),
            constant("thirds", 3, "dimensionless"),
        ),
        columns={
            "Input": "arriving",
            "Output Delay1": "output_delay1",
            "Output Delay1I": "output_delay1i",
            "Output Delay3": "output_delay3",
            "Output Delay3I": "output_delay3i",
        },
        left_out={
            "Delay Time": "a path is not among the results",
            "Order Variable": "the order of a delay is its number of stocks, not a variable",
            "OutputDelayN": "where the delay time changes, the published delay is no outflow of a chain of stocks",
        },
    ),
    Published(
        folder="tests/delay_parentheses",
        end=50,
        inputs=(
            path("entry", {0: 0, 3: 3, 10: 1}, "person/year", kind="step"),
            constant("delay_time", 10, "year"),
            constant("initial_value", 0, "person/year"),
            constant("thirds", 3, "dimensionless"),
        ),
        columns={"Delay Them": "output_delay1"},
        left_out={
            "Gen1": "both steps are one path here",
            "Gen2": "both steps are one path here",
        },
        known={
            "output_delay1": lambda t: 3 * (1 - 0.9 ** np.maximum(t - 3, 0)) - 2 * (1 - 0.9 ** np.maximum(t - 10, 0)),
        },
    ),
)
