"""Stocks over one axis that fill evenly."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

stock_a = stock("Fills evenly.", unit="person", initial="empty", inflows=("inflow_a",))


@equation(unit="person/year")
def inflow_a(rate_a):
    """The same in every year."""
    return rate_a


PART = "a part of an axis is no axis of its own"
ENTRIES = ("Entry 1", "Entry 2", "Entry 3")


def filling(folder, rates, columns=None, left_out=None):
    """The case of a folder with its rates."""
    return Published(
        folder=folder,
        end=100,
        inputs=(
            constant("rate_a", rates, "person/year", ("county",)),
            constant("empty", np.zeros(3), "person", ("county",)),
        ),
        labels={"county": ENTRIES},
        columns=columns or {},
        left_out=left_out or {},
        known={"stock_a": lambda t: t[:, np.newaxis] * np.array(rates)},
    )


CASES = (
    filling("tests/subscript_1d_arrays", [0.01, 0.02, 0.03]),
    filling("tests/subscript_individually_defined_1d_arrays", [0.01, 0.2, 0.3]),
    filling("tests/subscript_subranges", [0.01, 0.02, 0.03], left_out={"Subrange Vals": PART}),
    filling("tests/subscript_subranges_equal", [0.01, 0.02, 0.03], columns={"Subrange Vals": "stock_a"}),
)
