"""One table, read at the time and at values over an axis."""

import numpy as np
from published_models import Published
from small_models import constant, table

from regionsim.language.declarations import equation
from regionsim.language.functions import lookup


@equation(unit="year")
def vardim1(time, pace1, shift1):
    """A line for each element."""
    return time * pace1 + shift1


@equation(unit="year", over=("hub",))
def vardim3(time, pace3, shift3):
    """A line for each element of another axis."""
    return time * pace3 + shift3


@equation(unit="dimensionless", over=())
def lookup0dimtime(shape, time):
    """The table at the time."""
    return lookup(shape, time)


@equation(unit="dimensionless")
def lookup0vardim1(shape, vardim1):
    """The table at each value."""
    return lookup(shape, vardim1)


@equation(unit="dimensionless", over=("hub",))
def lookup0var3dim(shape, vardim3):
    """The table at each value of the other axis."""
    return lookup(shape, vardim3)


MANY = "a table for each element: a table has no axis"

CASES = (
    Published(
        folder="tests/subscripted_lookups",
        end=10,
        step=0.5,
        inputs=(
            table("shape", {1: 2, 3: 4, 7: 12.3}, "dimensionless", "year"),
            constant("pace1", [1, 1], "dimensionless", ("county",)),
            constant("shift1", [2, -1.5], "year", ("county",)),
            constant("pace3", [1, 2], "dimensionless", ("hub",)),
            constant("shift3", [0, -2], "year", ("hub",)),
        ),
        labels={"county": ("A", "B"), "hub": ("V", "W")},
        left_out={
            "lookup1dimtime": MANY,
            "lookup1vardim1": MANY,
            "lookup1var3dim": MANY,
            "lookup2dimtime": MANY,
            "lookup2vardim1": MANY,
            "lookup2var3dim": MANY,
        },
        known={"lookup0dimtime": lambda t: np.interp(t, [1, 3, 7], [2, 4, 12.3])},
    ),
)
