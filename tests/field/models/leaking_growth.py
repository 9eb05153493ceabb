"""Stocks over one axis that grow and lose a share of their growth."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

level_1 = stock(
    "Grows.", unit="person", initial="level_at_start", inflows=("input_level_1",), outflows=("output_level_1",)
)


@equation(unit="person/year")
def input_level_1(level_1, vector_a):
    """Growth in proportion to what is there."""
    return vector_a * level_1


@equation(unit="person/year")
def output_level_1(input_level_1, vector_b):
    """A share of the growth."""
    return vector_b * input_level_1


RATES = np.array([0.01, 0.2, 0.5, 0.03, 0.7])
LOSSES = np.array([0.07, 0.1, 0.16, 0.01, 0.7])

CASES = (
    Published(
        folder="tests/subscript_copy",
        start=1,
        end=10,
        inputs=(
            constant("vector_a", RATES, "1/year", ("county",)),
            constant("vector_b", LOSSES, "dimensionless", ("county",)),
            constant("level_at_start", np.full(5, 122.0), "person", ("county",)),
        ),
        labels={"county": ("da1", "da2", "da3", "da4", "da5")},
        columns={"Vector C": "level_1"},
        left_out={"Matrix A B": "no equation reads it"},
        known={"level_1": lambda t: 122 * (1 + RATES * (1 - LOSSES)) ** (t[:, np.newaxis] - 1)},
    ),
)
