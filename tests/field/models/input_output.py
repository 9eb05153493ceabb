"""A vector times a matrix from either side."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation
from regionsim.language.functions import arrivals, at_destination, total


@equation(unit="dimensionless")
def output(inputs, io_matrix):
    """From the left: the sum over rows."""
    return arrivals(inputs, io_matrix)


@equation(unit="dimensionless")
def output2(inputs, io_matrix):
    """From the right: the sum over columns."""
    return total(at_destination(inputs) * io_matrix, "destination")


MATRIX = np.array(
    [[1, 2, 3, 4, 5], [10, 20, 30, 40, 50], [1, 2, 3, 4, 5], [2, 3, 4, 5, 6], [-1, 2, -3, 4, -5]], dtype=float
)
INPUT = np.array([1, 10, 5, 7, 9], dtype=float)
SECTORS = ("agriculture", "industry", "transport", "tourism", "comercial")

CASES = (
    Published(
        folder="tests/subscript_transposition",
        end=1,
        inputs=(
            constant("inputs", INPUT, "dimensionless", ("county",)),
            constant("io_matrix", MATRIX, "dimensionless", ("county", "destination")),
        ),
        labels={"county": SECTORS, "destination": SECTORS},
        columns={"input": "inputs"},
        known={
            "output": lambda t: np.array([INPUT @ MATRIX] * len(t)),
            "output2": lambda t: np.array([MATRIX @ INPUT] * len(t)),
        },
    ),
)
