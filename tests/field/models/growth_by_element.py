"""Stocks over three axes, each with a rate of growth and one of decline."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

ALL = ("county", "hub", "cluster")

level_1 = stock(
    "Grows or declines.",
    unit="person",
    initial="ten_each",
    inflows=("input_level_1",),
    outflows=("output_level_1",),
    over=ALL,
)


@equation(unit="person/year", over=ALL)
def input_level_1(level_1, matrix_a):
    """Growth in proportion to what is there."""
    return matrix_a * level_1


@equation(unit="person/year", over=ALL)
def output_level_1(level_1, matrix_b):
    """Decline in proportion to what is there."""
    return level_1 * matrix_b


GROWTH = np.stack(
    [
        [[0.1, 0.01, 0.5], [0.3, 0.2, 0.12], [0.03, 0.07, 0.9], [0.8, 0.22, 0.15], [0.5, 0.05, 0.2]],
        [[0.5, 0.2, 0.8], [0.03, 0.05, 0.7], [0.3, 0.07, 0.5], [0.13, 0.22, 0.15], [0.5, 0.08, 0.2]],
    ],
    axis=-1,
)
DECLINE = np.stack(
    [
        [[0.2, 0.2, 0.01], [0.3, 0.1, 0.12], [0.4, 0.07, 0.9], [0.7, 0.2, 0.2], [0.11, 0.15, 0.17]],
        [[0.03, 0.2, 0.8], [0.09, 0.5, 0.07], [0.02, 0.7, 0.35], [0.02, 0.22, 0.11], [0.37, 0.1, 0.21]],
    ],
    axis=-1,
)

CASES = (
    Published(
        folder="tests/subscript_numeric_range",
        start=1,
        end=10,
        inputs=(
            constant("matrix_a", GROWTH, "1/year", ALL),
            constant("matrix_b", DECLINE, "1/year", ALL),
            constant("ten_each", np.full((5, 3, 2), 10.0), "person", ALL),
        ),
        labels={
            "county": ("da1", "da2", "da3", "da4", "da5"),
            "hub": ("db1", "db2", "db3"),
            "cluster": ("dc1", "dc2"),
        },
        known={"level_1": lambda t: 10 * (1 + GROWTH - DECLINE) ** (t[:, np.newaxis, np.newaxis, np.newaxis] - 1)},
    ),
)
