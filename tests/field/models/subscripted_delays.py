"""Delays of first, third and sixth order as chains of stocks over two axes, each draining a stock beside it."""

import numpy as np
from published_models import Published
from small_models import constant, path

from regionsim.language.declarations import equation, ledger, stock

BOTH = ("county", "hub")

stock_delay1 = stock(
    "Beside the delay of one stock.",
    unit="person",
    initial="beside_at_start",
    inflows=("entry",),
    outflows=("outflow_delay1",),
    over=BOTH,
)
stock_delay1i = stock(
    "Beside the delay of one stock that was filled.",
    unit="person",
    initial="beside_at_start",
    inflows=("entry",),
    outflows=("outflow_delay1i",),
    over=BOTH,
    non_negative=False,
)
stock_delay3 = stock(
    "Beside the delay of three stocks.",
    unit="person",
    initial="beside_at_start",
    inflows=("entry",),
    outflows=("outflow_delay3",),
    over=BOTH,
)
stock_delay3i = stock(
    "Beside the delay of three stocks that was filled.",
    unit="person",
    initial="beside_at_start",
    inflows=("entry",),
    outflows=("outflow_delay3i",),
    over=BOTH,
    non_negative=False,
)
whole = stock("One stock.", unit="person", initial=0, inflows=("entry",), outflows=("outflow_delay1",), over=BOTH)
whole_filled = stock(
    "One stock, filled.",
    unit="person",
    initial="whole_at_start",
    inflows=("entry",),
    outflows=("outflow_delay1i",),
    over=BOTH,
)
first = stock("First of three.", unit="person", initial=0, inflows=("entry",), outflows=("first_exit",), over=BOTH)
second = stock(
    "Second of three.", unit="person", initial=0, inflows=("first_exit",), outflows=("second_exit",), over=BOTH
)
last = stock(
    "Last of three.", unit="person", initial=0, inflows=("second_exit",), outflows=("outflow_delay3",), over=BOTH
)
first_filled = stock(
    "First of three, filled.",
    unit="person",
    initial="third_at_start",
    inflows=("entry",),
    outflows=("first_filled_exit",),
    over=BOTH,
)
second_filled = stock(
    "Second of three, filled.",
    unit="person",
    initial="third_at_start",
    inflows=("first_filled_exit",),
    outflows=("second_filled_exit",),
    over=BOTH,
)
last_filled = stock(
    "Last of three, filled.",
    unit="person",
    initial="third_at_start",
    inflows=("second_filled_exit",),
    outflows=("outflow_delay3i",),
    over=BOTH,
)
empty_chain = ledger(
    "What enters the delay is in it or has left it.",
    unit="person",
    stocks=("first", "second", "last"),
    inflows=("entry",),
    outflows=("outflow_delay3",),
    over=BOTH,
)
filled_chain = ledger(
    "What enters the delay is in it or has left it.",
    unit="person",
    stocks=("first_filled", "second_filled", "last_filled"),
    inflows=("entry",),
    outflows=("outflow_delay3i",),
    over=BOTH,
)


@equation(unit="person/year", over=BOTH)
def entry(entry_path):
    """What is delayed."""
    return entry_path


@equation(unit="year")
def third_time(delay, thirds):
    """Mean time in one of three stocks."""
    return delay / thirds


@equation(unit="person", over=BOTH)
def whole_at_start(whole_flow_at_start, delay):
    """As full as the given flow keeps one stock."""
    return whole_flow_at_start * delay


@equation(unit="person", over=BOTH)
def third_at_start(third_flow_at_start, third_time):
    """As full as the given flow keeps one of three stocks."""
    return third_flow_at_start * third_time


@equation(unit="person/year", over=BOTH)
def outflow_delay1(whole, delay):
    """Leaving the delay of one stock."""
    return whole / delay


@equation(unit="person/year", over=BOTH)
def outflow_delay1i(whole_filled, delay):
    """Leaving the delay of one stock that was filled."""
    return whole_filled / delay


@equation(unit="person/year", over=BOTH)
def first_exit(first, third_time):
    """Leaving the first stock."""
    return first / third_time


@equation(unit="person/year", over=BOTH)
def second_exit(second, third_time):
    """Leaving the second stock."""
    return second / third_time


@equation(unit="person/year", over=BOTH)
def outflow_delay3(last, third_time):
    """Leaving the delay of three stocks."""
    return last / third_time


@equation(unit="person/year", over=BOTH)
def first_filled_exit(first_filled, third_time):
    """Leaving the first stock."""
    return first_filled / third_time


@equation(unit="person/year", over=BOTH)
def second_filled_exit(second_filled, third_time):
    """Leaving the second stock."""
    return second_filled / third_time


@equation(unit="person/year", over=BOTH)
def outflow_delay3i(last_filled, third_time):
    """Leaving the delay of three stocks that was filled."""
    return last_filled / third_time


SIXTH = "the delay of sixth order is run without axes, in delay_of_order_six.py"

CASES = (
    Published(
        folder="tests/subscripted_delays",
        end=20,
        step=0.25,
        inputs=(
            path("entry_path", {0: np.zeros((4, 5)), 10: np.full((4, 5), 5.0)}, "person/year", BOTH, kind="step"),
            constant("delay", [10, 3, 2, 4], "year", ("county",)),
            constant("thirds", 3, "dimensionless"),
            constant("beside_at_start", np.full((4, 5), 5.0), "person", BOTH),
            constant("whole_flow_at_start", np.full((4, 5), 2.0), "person/year", BOTH),
            constant("third_flow_at_start", np.full((4, 5), 3.0), "person/year", BOTH),
        ),
        labels={
            "county": ("Macoun", "Red Spy", "Grimes Golden", "Roxbury Russet"),
            "hub": ("Lemon", "Lime", "Orange", "Clementine", "Grapefruit"),
        },
        columns={
            "Inflow Delay1": "entry",
            "Inflow Delay1I": "entry",
            "Inflow Delay3": "entry",
            "Inflow Delay3I": "entry",
        },
        left_out={"Inflow DelayN": SIXTH, "Outflow DelayN": SIXTH, "Stock DelayN": SIXTH},
    ),
)
