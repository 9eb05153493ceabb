"""Logarithm and square root of a stock that doubles in every year."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import log, sqrt

stock_a = stock("Doubles.", unit="dimensionless", initial="first_value", inflows=("flow_a",), over=())


@equation(unit="1/year", over=())
def flow_a(stock_a, growth_rate):
    """Growth in proportion to what is there."""
    return growth_rate * stock_a


@equation(unit="dimensionless", over=())
def logarithm(stock_a):
    """The natural logarithm."""
    return log(stock_a)


@equation(unit="dimensionless", over=())
def root(stock_a):
    """The square root."""
    return sqrt(stock_a)


CASES = (
    Published(
        folder="tests/ln",
        end=20,
        inputs=(constant("first_value", 0.0001, "dimensionless"), constant("growth_rate", 1, "1/year")),
        columns={"FlowA": "flow_a", "StockA": "stock_a", "test ln": "logarithm"},
        known={"logarithm": lambda t: np.log(0.0001) + t * np.log(2)},
    ),
    Published(
        folder="tests/sqrt",
        end=20,
        inputs=(constant("first_value", 0.001, "dimensionless"), constant("growth_rate", 1, "1/year")),
        columns={"FlowA": "flow_a", "StockA": "stock_a", "test sqrt": "root"},
        known={"root": lambda t: np.sqrt(0.001 * 2**t)},
    ),
)
