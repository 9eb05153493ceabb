"""Size and exponential of a stock that rises evenly."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import exp, maximum

stock_a = stock(
    "Rises evenly.", unit="dimensionless", initial="first_value", inflows=("flow_a",), over=(), non_negative=False
)


@equation(unit="1/year", over=())
def flow_a(rise):
    """The same in every year."""
    return rise


@equation(unit="dimensionless", over=())
def size(stock_a):
    """Without its sign."""
    return maximum(stock_a, -stock_a)


@equation(unit="dimensionless", over=())
def exponential(stock_a):
    """The exponential."""
    return exp(stock_a)


CASES = (
    Published(
        folder="tests/abs",
        end=20,
        inputs=(constant("first_value", -10, "dimensionless"), constant("rise", 1, "1/year")),
        columns={"FlowA": "flow_a", "StockA": "stock_a", "test abs": "size"},
        known={"size": lambda t: np.abs(t - 10)},
    ),
    Published(
        folder="tests/exp",
        end=100,
        inputs=(constant("first_value", -5, "dimensionless"), constant("rise", 0.1, "1/year")),
        columns={"FlowA": "flow_a", "StockA": "stock_a", "test exp": "exponential"},
        known={"exponential": lambda t: np.exp(-5 + 0.1 * t)},
    ),
)
