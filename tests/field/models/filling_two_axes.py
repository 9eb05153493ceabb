"""Stocks over two axes that fill evenly."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

BOTH = ("county", "hub")

stock_a = stock("Fills evenly.", unit="person", initial="initial_values", inflows=("inflow_a",), over=BOTH)


@equation(unit="person/year", over=BOTH)
def inflow_a(rate_a):
    """The same in every year."""
    return rate_a


START = [[1, 2], [3, 4], [5, 6]]


def filling(folder, rates, end):
    """The case of a folder with its rates."""
    return Published(
        folder=folder,
        end=end,
        inputs=(constant("rate_a", rates, "person/year", BOTH), constant("initial_values", START, "person", BOTH)),
        labels={"county": ("Entry 1", "Entry 2", "Entry 3"), "hub": ("Column 1", "Column 2")},
        known={"stock_a": lambda t: np.array(START) + t[:, np.newaxis, np.newaxis] * np.array(rates)},
    )


FINE = [[0.01, 0.02], [0.03, 0.04], [0.05, 0.06]]

CASES = (
    filling("tests/subscript_2d_arrays", FINE, 100),
    filling("tests/subscript_individually_defined_1_of_2d_arrays", FINE, 100),
    filling("tests/subscript_individually_defined_1_of_2d_arrays_from_floats", [[1, 2]] * 3, 1),
)
