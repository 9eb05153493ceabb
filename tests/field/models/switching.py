"""Shares that move between categories along a matrix until they are even."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import arrivals, total

categories = stock(
    "Shares.",
    unit="dimensionless",
    initial="initial_categories",
    inflows=("switching_in",),
    outflows=("switching_out",),
)
account = ledger("Nothing is lost.", unit="dimensionless", stocks=("categories",))


@equation(unit="1/year")
def switching_in(categories, transition_matrix, gain):
    """What arrives from the others."""
    return gain * arrivals(categories, transition_matrix)


@equation(unit="1/year")
def switching_out(categories, transition_matrix, gain):
    """What leaves to the others."""
    return gain * total(categories * transition_matrix, "destination")


@equation(unit="dimensionless", over=())
def all_categories(categories):
    """The sum."""
    return total(categories, "county")


MATRIX = np.array(
    [
        [0, 0.3, 0.2, 0.4, 0.1],
        [0.1, 0, 0.3, 0.2, 0.4],
        [0.3, 0.4, 0, 0.1, 0.2],
        [0.2, 0.1, 0.4, 0, 0.3],
        [0.4, 0.2, 0.1, 0.3, 0],
    ]
)
NAMES = tuple(f"c{k}" for k in range(1, 6))


def by_powers(times):
    """Each step is the same matrix."""
    step = 0.9 * np.eye(5) + 0.1 * MATRIX
    return np.array([np.linalg.matrix_power(step, int(t))[0] for t in times])


CASES = (
    Published(
        folder="tests/subscript_switching",
        end=100,
        inputs=(
            constant("initial_categories", [1, 0, 0, 0, 0], "dimensionless", ("county",)),
            constant("transition_matrix", MATRIX, "dimensionless", ("county", "destination")),
            constant("gain", 0.1, "1/year"),
        ),
        labels={"county": NAMES, "destination": NAMES},
        columns={"Total": "all_categories"},
        known={"categories": by_powers},
    ),
)
