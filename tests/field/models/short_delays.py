"""Delays of second and third order whose stages are hardly longer than the step; `county` holds two delay times."""

from published_models import Published
from small_models import constant, path

from regionsim.language.declarations import equation, ledger, stock

first_half = stock(
    "In the first half.",
    unit="person",
    initial="half_at_start",
    inflows=("entry_each",),
    outflows=("first_half_exit",),
    non_negative=False,
)
second_half = stock(
    "In the second half.",
    unit="person",
    initial="half_at_start",
    inflows=("first_half_exit",),
    outflows=("second_order",),
    non_negative=False,
)
first_third = stock(
    "In the first third.",
    unit="person",
    initial="third_at_start",
    inflows=("entry",),
    outflows=("first_third_exit",),
    over=(),
    non_negative=False,
)
second_third = stock(
    "In the second third.",
    unit="person",
    initial="third_at_start",
    inflows=("first_third_exit",),
    outflows=("second_third_exit",),
    over=(),
    non_negative=False,
)
last_third = stock(
    "In the last third.",
    unit="person",
    initial="third_at_start",
    inflows=("second_third_exit",),
    outflows=("third_order",),
    over=(),
    non_negative=False,
)
halves = ledger(
    "What enters is in it or has left it.",
    unit="person",
    stocks=("first_half", "second_half"),
    inflows=("entry_each",),
    outflows=("second_order",),
    over=("county",),
)
three_thirds = ledger(
    "What enters is in it or has left it.",
    unit="person",
    stocks=("first_third", "second_third", "last_third"),
    inflows=("entry",),
    outflows=("third_order",),
)


@equation(unit="person/year", over=())
def entry(arrivals_path):
    """What is delayed."""
    return arrivals_path


@equation(unit="person/year")
def entry_each(entry, one_each):
    """The same into both delays of two stocks."""
    return entry * one_each


@equation(unit="year")
def half_time(second_order_time):
    """Mean time in a half."""
    return second_order_time / 2


@equation(unit="year", over=())
def third_time(third_order_time, thirds):
    """Mean time in a third."""
    return third_order_time / thirds


@equation(unit="person")
def half_at_start(initial_value, half_time):
    """As full as the given flow keeps a half."""
    return initial_value * half_time


@equation(unit="person", over=())
def third_at_start(initial_value, third_time):
    """As full as the given flow keeps a third."""
    return initial_value * third_time


@equation(unit="person/year")
def first_half_exit(first_half, half_time):
    """Leaving the first half."""
    return first_half / half_time


@equation(unit="person/year")
def second_order(second_half, half_time):
    """Leaving the delay of two stocks."""
    return second_half / half_time


@equation(unit="person/year", over=())
def first_third_exit(first_third, third_time):
    """Leaving the first third."""
    return first_third / third_time


@equation(unit="person/year", over=())
def second_third_exit(second_third, third_time):
    """Leaving the second third."""
    return second_third / third_time


@equation(unit="person/year", over=())
def third_order(last_third, third_time):
    """Leaving the delay of three stocks."""
    return last_third / third_time


PIPELINE = "a delay of fixed length remembers single values, which no stock does"

CASES = (
    Published(
        folder="tests/delay_pipeline",
        end=100,
        step=0.5,
        inputs=(
            path("arrivals_path", {0: -1, 5: 4}, "person/year", kind="step"),
            constant("one_each", [1, 1], "dimensionless", ("county",)),
            constant("second_order_time", [1.25, 1], "year", ("county",)),
            constant("third_order_time", 1.5, "year"),
            constant("initial_value", 6, "person/year"),
            constant("thirds", 3, "dimensionless"),
        ),
        labels={"county": ("given", "modified")},
        columns={
            "Output Second Order Delay": "second_order[given]",
            "Output Second Order Delay with Modified Delay Time": "second_order[modified]",
            "Output Third order Delay with Modified Delay Time": "third_order",
            "Input": "entry",
            "Fractional Delay Time": "second_order_time[given]",
        },
        left_out={
            "Changing Delay Time": PIPELINE,
            "Fractional Multiple": PIPELINE,
            "Integer Delay Time": PIPELINE,
            "Integer Multiple": PIPELINE,
            "Output Third order Delay": "its stages are shorter than the step: the published tool drops one, we do not",
            "Output Changing Delay Time": PIPELINE,
            "Output Fractional Pipeline Delay": PIPELINE,
            "Output Integer Pipeline Delay": PIPELINE,
        },
    ),
)
