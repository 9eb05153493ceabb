"""Choices whose condition and answers have no axis, one of two axes, or both."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation
from regionsim.language.functions import where

BOTH = ("county", "hub")


@equation(unit="dimensionless", over=())
def if_then_else_s_s_s(scalar1, none):
    """A value by a value, from values."""
    return where(scalar1 > none, scalar1, scalar1 + 1)


@equation(unit="dimensionless")
def if_then_else_s_s_va(scalar1, none, var1a):
    """By a value, from a value or a vector."""
    return where(scalar1 > none, scalar1 + 1, var1a)


@equation(unit="dimensionless")
def if_then_else_s_va_s(scalar1, none, var1a):
    """By a value, from a vector or a value."""
    return where(scalar1 > none, var1a, scalar1 + 1)


@equation(unit="dimensionless")
def if_then_else_s_va_va(scalar1, none, var1a):
    """By a value, from vectors."""
    return where(scalar1 > none, var1a, var1a + 1)


@equation(unit="dimensionless", over=BOTH)
def if_then_else_s_va_vb(scalar1, none, var1a, var1b):
    """By a value, from vectors over two axes."""
    return where(scalar1 > none, var1a, var1b)


@equation(unit="dimensionless", over=BOTH)
def if_then_else_s_va_m(scalar1, none, var1a, matrix1):
    """By a value, from a vector or a matrix."""
    return where(scalar1 > none, var1a, matrix1)


@equation(unit="dimensionless", over=BOTH)
def if_then_else_s_m_vb(scalar1, none, matrix1, var1b):
    """By a value, from a matrix or a vector."""
    return where(scalar1 <= none, matrix1, var1b)


@equation(unit="dimensionless")
def if_then_else_va_s_s(var1a, none, scalar1):
    """By a vector, from values."""
    return where(var1a > none, scalar1, scalar1 + 1)


@equation(unit="dimensionless", over=BOTH)
def if_then_else_va_vb_vb(var1a, none, var1b):
    """By a vector, from vectors over the other axis."""
    return where(var1a > none, var1b, var1b + 1)


@equation(unit="dimensionless", over=BOTH)
def if_then_else_m_va_vb(matrix1, none, var1a, var1b):
    """By a matrix, from vectors over its axes."""
    return where(matrix1 > none, var1a, var1b)


CASES = (
    Published(
        folder="tests/subscripted_if_then_else",
        end=1,
        inputs=(
            constant("scalar1", 0, "dimensionless"),
            constant("none", 0, "dimensionless"),
            constant("var1a", [-1, -10, 5], "dimensionless", ("county",)),
            constant("var1b", [50, 100], "dimensionless", ("hub",)),
            constant("matrix1", [[3, 5], [7, -11], [-6, 10]], "dimensionless", BOTH),
        ),
        labels={"county": ("A", "B", "C"), "hub": ("D", "E")},
        known={"if_then_else_m_va_vb": lambda t: np.array([[[-1, -1], [-10, 100], [50, 5]]] * len(t))},
    ),
)
