"""Values that get an axis more: the same for each element, or side by side with others."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation
from regionsim.language.functions import along


@equation(unit="dimensionless")
def subscripted_variable(unsubscripted_constant, one_each):
    """One value for all."""
    return unsubscripted_constant * one_each


@equation(unit="dimensionless", over=("county", "residence"))
def two_dims(one_dim):
    """The same for both."""
    return along("residence", rural=one_dim, urban=one_dim)


@equation(unit="dimensionless", over=("county", "residence"))
def mixed_assembly(subset, other_subset):
    """Two values side by side."""
    return along("residence", rural=subset, urban=other_subset)


INPUTS = (
    constant("unsubscripted_constant", 5, "dimensionless"),
    constant("one_each", [1, 1, 1], "dimensionless", ("county",)),
    constant("one_dim", [1, 2, 3], "dimensionless", ("county",)),
    constant("subset", [1.1, 1.2, 1.3], "dimensionless", ("county",)),
    constant("other_subset", [2.1, 2.2, 2.3], "dimensionless", ("county",)),
)
LABELS = {"county": ("A", "B", "C"), "residence": ("D", "E")}

CASES = (
    Published(
        folder="tests/subscript_constant_call",
        end=3,
        inputs=INPUTS,
        labels=LABELS,
        left_out={"Subscripted Constant": "no equation reads it"},
        known={"subscripted_variable": lambda t: np.full((len(t), 3), 5.0)},
    ),
    Published(
        folder="tests/subscript_updimensioning",
        end=2,
        inputs=INPUTS,
        labels=LABELS,
        known={"two_dims": lambda t: np.array([[[1, 1], [2, 2], [3, 3]]] * len(t))},
    ),
    Published(
        folder="tests/subscript_mixed_assembly",
        end=3,
        inputs=INPUTS,
        labels=LABELS,
        known={"mixed_assembly": lambda t: np.array([[[1.1, 2.1], [1.2, 2.2], [1.3, 2.3]]] * len(t))},
    ),
)
