"""Quotients with another value where the divisor is 0, without an axis, over one of two axes, or over both."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation
from regionsim.language.functions import ratio

BOTH = ("county", "hub")


@equation(unit="dimensionless", over=())
def xidz_s_s_s(scalar1):
    """A value over a value, or a value."""
    return ratio(scalar1, scalar1, scalar1 + 1)


@equation(unit="dimensionless")
def xidz_s_s_va(scalar1, var1a):
    """A value over a value, or a vector."""
    return ratio(scalar1, scalar1, var1a)


@equation(unit="dimensionless")
def xidz_s_va_s(scalar1, var1a, ten):
    """A value over a vector, or a value."""
    return ratio(ten, var1a, scalar1 + 1)


@equation(unit="dimensionless")
def xidz_s_va_va(scalar1, var1a):
    """A value over a vector, or a vector."""
    return ratio(scalar1 + 1, var1a, var1a + 1)


@equation(unit="dimensionless", over=BOTH)
def xidz_s_va_vb(scalar1, var1a, var1b):
    """A value over a vector, or a vector of the other axis."""
    return ratio(scalar1 + 1, var1a, var1b)


@equation(unit="dimensionless", over=BOTH)
def xidz_s_va_m(scalar1, var1a, matrix1):
    """A value over a vector, or a matrix."""
    return ratio(scalar1 + 1, var1a, matrix1)


@equation(unit="dimensionless", over=BOTH)
def xidz_s_m_vb(scalar1, matrix1, var1b):
    """A value over a matrix, or a vector."""
    return ratio(scalar1 + 1, matrix1, var1b)


@equation(unit="dimensionless")
def xidz_va_s_s(scalar1, var1a):
    """A vector over a value, or a value."""
    return ratio(var1a, scalar1, scalar1 + 1)


@equation(unit="dimensionless", over=BOTH)
def xidz_va_vb_vb(var1a, var1b):
    """A vector over a vector of the other axis, or that vector and one."""
    return ratio(var1a, var1b, var1b + 1)


@equation(unit="dimensionless", over=BOTH)
def xidz_m_va_vb(matrix1, var1a, var1b):
    """A matrix over a vector, or a vector of the other axis."""
    return ratio(matrix1, var1a, var1b)


@equation(unit="dimensionless", over=())
def zidz_s_s(scalar1, none):
    """A value over a value, or 0."""
    return ratio(scalar1 + 1, scalar1, none)


@equation(unit="dimensionless")
def zidz_s_va(scalar1, var1a, none):
    """A value over a vector, or 0."""
    return ratio(scalar1, var1a, none)


@equation(unit="dimensionless")
def zidz_va_s(scalar1, var1a, none):
    """A vector over a value, or 0."""
    return ratio(var1a, scalar1, none)


@equation(unit="dimensionless", over=BOTH)
def zidz_va_vb(var1a, var1b, none):
    """A vector over a vector of the other axis, or 0."""
    return ratio(var1a, var1b, none)


@equation(unit="dimensionless", over=BOTH)
def zidz_m_va(matrix1, var1a, none):
    """A matrix over a vector, or 0."""
    return ratio(matrix1, var1a, none)


CASES = (
    Published(
        folder="tests/subscripted_xidz",
        end=1,
        inputs=(
            constant("scalar1", 0, "dimensionless"),
            constant("none", 0, "dimensionless"),
            constant("ten", 10, "dimensionless"),
            constant("var1a", [-1, 0, 5], "dimensionless", ("county",)),
            constant("var1b", [50, 0], "dimensionless", ("hub",)),
            constant("matrix1", [[3, 5], [0, -11], [-6, 0]], "dimensionless", BOTH),
        ),
        labels={"county": ("A", "B", "C"), "hub": ("D", "E")},
        known={"xidz_m_va_vb": lambda t: np.array([[[-3, -5], [50, 0], [-1.2, 0]]] * len(t))},
    ),
)
