"""A stock that doubles, and an equation that remembers its first inflow."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

stock_a = stock("Doubles.", unit="person", initial="first_amount", inflows=("inflow_a",), over=())


@equation(unit="person/year", over=())
def inflow_a(stock_a, growth_rate):
    """Growth in proportion to what is there."""
    return growth_rate * stock_a


@equation(unit="person/year", over=())
def first_inflow(initial_inflow_a):
    """The inflow at the start, for ever."""
    return initial_inflow_a


CASES = (
    Published(
        folder="tests/initial_function",
        end=10,
        inputs=(constant("first_amount", 10, "person"), constant("growth_rate", 1, "1/year")),
        columns={"StockA": "stock_a", "InflowA": "inflow_a", "StockA Initial Value": "first_inflow"},
        known={"first_inflow": lambda t: np.full(t.shape, 10.0), "stock_a": lambda t: 10 * 2**t},
    ),
)
