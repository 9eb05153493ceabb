"""A third-order delay as an explicit chain of stocks."""

from regionsim.language.declarations import equation, ledger, stock

first = stock("First third.", unit="person", initial=0, inflows=("entry",), outflows=("first_exit",), over=())
second = stock("Second third.", unit="person", initial=0, inflows=("first_exit",), outflows=("second_exit",), over=())
third = stock("Last third.", unit="person", initial=0, inflows=("second_exit",), outflows=("third_exit",), over=())

chain = ledger(
    "What enters the chain is in it or has left it.",
    unit="person",
    stocks=("first", "second", "third"),
    inflows=("entry",),
    outflows=("third_exit",),
)


@equation(unit="person/year", over=())
def entry(entry_flow):
    """A constant inflow that begins at the start."""
    return entry_flow


@equation(unit="person/year", over=())
def first_exit(first, stage_time):
    """Leaving the first third."""
    return first / stage_time


@equation(unit="person/year", over=())
def second_exit(second, stage_time):
    """Leaving the second third."""
    return second / stage_time


@equation(unit="person/year", over=())
def third_exit(third, stage_time):
    """Leaving the chain."""
    return third / stage_time
