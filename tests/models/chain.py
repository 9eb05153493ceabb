"""A delay of any order as stages along an axis: a matrix says which stage comes next."""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import arrivals, total

stages = stock("In each stage.", unit="person", initial="at_start", inflows=("entering",), outflows=("leaving",))
chain = ledger(
    "What enters the chain is in it or has left it.",
    unit="person",
    stocks=("stages",),
    inflows=("entry",),
    outflows=("last_exit",),
)


@equation(unit="person/year", over=())
def entry(entry_flow):
    """A constant inflow that begins at the start."""
    return entry_flow


@equation(unit="person/year")
def leaving(stages, stage_time):
    """Leaving a stage."""
    return stages / stage_time


@equation(unit="person/year")
def entering(entry, first, leaving, to_next):
    """Into the first stage from outside, into the others from the one before."""
    return entry * first + arrivals(leaving, to_next)


@equation(unit="person/year", over=())
def last_exit(leaving, last):
    """Leaving the chain."""
    return total(leaving * last, "county")
