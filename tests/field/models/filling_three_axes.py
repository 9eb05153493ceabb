"""Stocks over three axes that fill evenly, their starts and rates given layer by layer."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

ALL = ("county", "hub", "cluster")

stock_a = stock("Fills evenly.", unit="person", initial="initial_values", inflows=("inflow_a",), over=ALL)


@equation(unit="person/year", over=ALL)
def inflow_a(rate_a):
    """The same in every year."""
    return rate_a


START = np.stack([[[1, 2], [3, 4], [5, 6]], [[2, 4], [5, 3], [1, 4]]], axis=-1)
RATES = np.stack([[[0.01, 0.02], [0.03, 0.04], [0.05, 0.06]], [[0.02, 0.05], [0.02, 0.04], [0.05, 0.06]]], axis=-1)

CASES = tuple(
    Published(
        folder=folder,
        end=100,
        inputs=(constant("rate_a", RATES, "person/year", ALL), constant("initial_values", START, "person", ALL)),
        labels={
            "county": ("Entry 1", "Entry 2", "Entry 3"),
            "hub": ("Column 1", "Column 2"),
            "cluster": ("Depth 1", "Depth 2"),
        },
        known={"stock_a": lambda t: START + t[:, np.newaxis, np.newaxis, np.newaxis] * RATES},
    )
    for folder in ("tests/subscript_3d_arrays", "tests/subscript_individually_defined_stocks")
)
