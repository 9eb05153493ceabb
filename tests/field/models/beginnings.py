"""How stocks begin: from other stocks, and remembering how they began."""

from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

stock_a = stock("First.", unit="person", initial="start_a", inflows=("flow_a",), over=())
stock_b = stock("Begins as the sum of the others.", unit="person", initial="start_b", inflows=("flow_b",), over=())
stock_c = stock("Third.", unit="person", initial="start_c", inflows=("flow_c",), over=())
stock_d = stock("Fourth.", unit="person", initial="start_d", inflows=("flow_d",), over=())


@equation(unit="person", over=())
def start_b(initial_stock_a, initial_stock_c, initial_stock_d):
    """What the other stocks begin with."""
    return initial_stock_a + initial_stock_c + initial_stock_d


@equation(unit="person/year", over=())
def flow_a(flow):
    """The same in every year."""
    return flow


@equation(unit="person/year", over=())
def flow_b(flow):
    """The same in every year."""
    return flow


@equation(unit="person/year", over=())
def flow_c(flow):
    """The same in every year."""
    return flow


@equation(unit="person/year", over=())
def flow_d(flow):
    """The same in every year."""
    return flow


CASES = (
    Published(
        folder="tests/chained_initialization",
        end=10,
        inputs=(
            constant("start_a", 3, "person"),
            constant("start_c", 5, "person"),
            constant("start_d", 7, "person"),
            constant("flow", 1, "person/year"),
        ),
        known={"stock_b": lambda t: 15 + t},
    ),
)
