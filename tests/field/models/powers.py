"""Powers of constants and of a ramp, over up to three axes."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation
from regionsim.language.functions import along, select


@equation(unit="dimensionless", over=())
def power1(two, three):
    """A power."""
    return two**three


@equation(unit="dimensionless", over=())
def negative_base(base_below_zero, three):
    """A power of a number below 0."""
    return base_below_zero**three


@equation(unit="dimensionless", over=())
def negative_exponent(base_above_zero, exponent_below_zero):
    """A power with an exponent below 0."""
    return base_above_zero**exponent_below_zero


@equation(unit="dimensionless", over=())
def x(time, slope):
    """A ramp."""
    return time * slope


@equation(unit="dimensionless", over=())
def power4(two, x):
    """A power whose exponent grows."""
    return two**x


@equation(unit="dimensionless", over=("residence",))
def power3(var1, var2):
    """Element by element."""
    return var1**var2


@equation(unit="dimensionless", over=("residence",))
def power2(var1, var2):
    """The first base with the second exponent, for both elements."""
    return along(
        "residence",
        rural=select(var1, "residence", "rural") ** select(var2, "residence", "urban"),
        urban=select(var1, "residence", "rural") ** select(var2, "residence", "urban"),
    )


@equation(unit="dimensionless", over=("county", "residence", "cohort"))
def power5(var3, var4):
    """Every base of two axes with every exponent of two axes of which one is the same."""
    return var3**var4


CASES = (
    Published(
        folder="tests/power",
        end=5,
        inputs=(
            constant("two", 2, "dimensionless"),
            constant("three", 3, "dimensionless"),
            constant("base_below_zero", -2.3, "dimensionless"),
            constant("base_above_zero", 2.5, "dimensionless"),
            constant("exponent_below_zero", -3.3, "dimensionless"),
            constant("slope", 4 / 5, "1/year"),
            constant("var1", [1, 20], "dimensionless", ("residence",)),
            constant("var2", [100000, 2], "dimensionless", ("residence",)),
            constant("var3", [[1, 2], [3, 4.5], [-2, 3]], "dimensionless", ("county", "residence")),
            constant("var4", [[3, 4], [5.1, 2], [3, 2]], "dimensionless", ("county", "cohort")),
        ),
        labels={"county": ("c", "d", "e"), "residence": ("a", "b"), "cohort": ("f", "g")},
        known={"power4": lambda t: 2 ** (0.8 * t), "power3": lambda t: np.array([[1, 400]] * len(t))},
    ),
)
