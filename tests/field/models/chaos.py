"""Rössler's three equations, whose course is chaotic."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock

x = stock("First coordinate.", unit="dimensionless", initial="first_x", inflows=("dxdt",), over=(), non_negative=False)
y = stock("Second coordinate.", unit="dimensionless", initial="first_y", inflows=("dydt",), over=(), non_negative=False)
z = stock("Third coordinate.", unit="dimensionless", initial="first_z", inflows=("dzdt",), over=(), non_negative=False)


@equation(unit="1/year", over=())
def dxdt(y, z, pace):
    """Change of the first coordinate."""
    return pace * (-y - z)


@equation(unit="1/year", over=())
def dydt(x, y, a, pace):
    """Change of the second coordinate."""
    return pace * (x + a * y)


@equation(unit="1/year", over=())
def dzdt(x, z, b, c, pace):
    """Change of the third coordinate."""
    return pace * (b + z * (x - c))


def x_step_by_step(times):
    """The first coordinate by a plain loop, written without the engine."""
    x, y, z, found = 0.5, 0.5, 0.4, []
    for _ in times:
        found.append(x)
        x, y, z = (
            x + 0.03125 * (-y - z),
            y + 0.03125 * (x + 0.2 * y),
            z + 0.03125 * (0.2 + z * (x - 5.7)),
        )
    return np.array(found)


CASES = (
    Published(
        folder="samples/Roessler_Chaos",
        # Chaos: rounding in the published single precision is below 1e-4 until 30, six times that by 50 and sixty
        # times by 100, where the published run ends.
        end=30,
        step=0.03125,
        inputs=(
            constant("first_x", 0.5, "dimensionless"),
            constant("first_y", 0.5, "dimensionless"),
            constant("first_z", 0.4, "dimensionless"),
            constant("a", 0.2, "dimensionless"),
            constant("b", 0.2, "dimensionless"),
            constant("c", 5.7, "dimensionless"),
            constant("pace", 1, "1/year"),
        ),
        known={"x": x_step_by_step},
    ),
)
