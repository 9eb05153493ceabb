"""Two families of stocks, each over an axis of its own length."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

stock_a = stock("The first family.", unit="person", initial="empty_a", inflows=("inflow_a",))
stock_b = stock("The second family.", unit="person", initial="empty_b", inflows=("inflow_b",), over=("hub",))


@equation(unit="person/year")
def inflow_a(rate_a):
    """The same in every year."""
    return rate_a


@equation(unit="person/year", over=("hub",))
def inflow_b(rate_b):
    """The same in every year."""
    return rate_b


CASES = (
    Published(
        folder="tests/subscript_multiples",
        end=100,
        inputs=(
            constant("rate_a", [0.01, 0.02, 0.03], "person/year", ("county",)),
            constant("rate_b", [1, 2, 3, 4], "person/year", ("hub",)),
            constant("empty_a", np.zeros(3), "person", ("county",)),
            constant("empty_b", np.zeros(4), "person", ("hub",)),
        ),
        labels={
            "county": ("Entry 1", "Entry 2", "Entry 3"),
            "hub": tuple(f"Another Element {k}" for k in (1, 2, 3, 4)),
        },
        known={"stock_b": lambda t: t[:, np.newaxis] * np.array([1, 2, 3, 4])},
    ),
)
