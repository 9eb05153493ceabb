"""A stock that begins with a value of its own, though what it would read then is another one."""

from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

stock_a = stock("Begins with the given value.", unit="year", initial="given_start", inflows=("flow_a",), over=())


@equation(unit="dimensionless", over=())
def flow_a(flow):
    """The same in every year."""
    return flow


@equation(unit="year", over=())
def value_a(time):
    """The time, which is 0 at the start."""
    return time


CASES = (
    Published(
        folder="tests/active_initial",
        end=10,
        inputs=(constant("given_start", 45, "year"), constant("flow", 1, "dimensionless")),
        known={"stock_a": lambda t: 45 + t},
    ),
)
