"""A delay of sixth order as a chain of stocks, filled at the start, beside a stock that it drains."""

from published_models import Published
from small_models import constant, path

from regionsim.language.declarations import equation, ledger, stock

first = stock("In the first sixth.", unit="person", initial="filled", inflows=("entry",), outflows=("exit1",), over=())
second = stock("In the second.", unit="person", initial="filled", inflows=("exit1",), outflows=("exit2",), over=())
third = stock("In the third.", unit="person", initial="filled", inflows=("exit2",), outflows=("exit3",), over=())
fourth = stock("In the fourth.", unit="person", initial="filled", inflows=("exit3",), outflows=("exit4",), over=())
fifth = stock("In the fifth.", unit="person", initial="filled", inflows=("exit4",), outflows=("exit5",), over=())
sixth = stock("In the last.", unit="person", initial="filled", inflows=("exit5",), outflows=("leaving",), over=())
drained = stock(
    "What has entered and not left; it begins at 0 though the delay does not.",
    unit="person",
    initial=0,
    inflows=("entry",),
    outflows=("leaving",),
    over=(),
    non_negative=False,
)
chain = ledger(
    "What enters the delay is in it or has left it.",
    unit="person",
    stocks=("first", "second", "third", "fourth", "fifth", "sixth"),
    inflows=("entry",),
    outflows=("leaving",),
)


@equation(unit="person/year", over=())
def entry(arrivals_path):
    """What is delayed."""
    return arrivals_path


@equation(unit="year", over=())
def part_time(delay_time, order):
    """Mean time in a stock of the chain."""
    return delay_time / order


@equation(unit="person", over=())
def filled(flow_at_start, part_time):
    """As full as the given flow keeps a stock."""
    return flow_at_start * part_time


@equation(unit="person/year", over=())
def exit1(first, part_time):
    """Leaving the first stock."""
    return first / part_time


@equation(unit="person/year", over=())
def exit2(second, part_time):
    """Leaving the second stock."""
    return second / part_time


@equation(unit="person/year", over=())
def exit3(third, part_time):
    """Leaving the third stock."""
    return third / part_time


@equation(unit="person/year", over=())
def exit4(fourth, part_time):
    """Leaving the fourth stock."""
    return fourth / part_time


@equation(unit="person/year", over=())
def exit5(fifth, part_time):
    """Leaving the fifth stock."""
    return fifth / part_time


@equation(unit="person/year", over=())
def leaving(sixth, part_time):
    """Leaving the delay."""
    return sixth / part_time


CASES = (
    Published(
        folder="tests/delay_numeric_error",
        end=100,
        step=0.125,
        inputs=(
            path("arrivals_path", {0: 0, 5: 10}, "person/year", kind="step"),
            constant("delay_time", 10, "year"),
            constant("order", 6, "dimensionless"),
            constant("flow_at_start", 10, "person/year"),
        ),
        columns={"Inflow DelayN": "entry", "Outflow DelayN": "leaving", "Stock DelayN": "drained"},
    ),
)
