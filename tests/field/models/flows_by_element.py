"""An inflow that is another one for one of its elements: a share says which."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

stock_a = stock("Fills evenly.", unit="person", initial="empty", inflows=("inflow_a",))


@equation(unit="person/year")
def inflow_a(rate_a, rate_b, share_of_b):
    """The first rate, or the second one."""
    return rate_a * (1 - share_of_b) + rate_b * share_of_b


CASES = (
    Published(
        folder="tests/subscripted_flows",
        end=100,
        inputs=(
            constant("rate_a", [0.01, 0.02, 0.03], "person/year", ("county",)),
            constant("rate_b", [0.02, 0.04, 0.06], "person/year", ("county",)),
            constant("share_of_b", [0, 0, 1], "dimensionless", ("county",)),
            constant("empty", np.zeros(3), "person", ("county",)),
        ),
        labels={"county": ("Entry 1", "Entry 2", "Entry 3")},
        known={"stock_a": lambda t: t[:, np.newaxis] * np.array([0.01, 0.02, 0.06])},
    ),
)
