"""Every function of single numbers, along an axis of trials."""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import exp, log, lookup, maximum, minimum, ratio, sqrt, where

held = stock("What a run must have.", unit="dimensionless", initial=0, over=())


@equation(unit="dimensionless", over=("cohort",))
def exponential(one):
    """The exponential of one."""
    return exp(one)


@equation(unit="dimensionless", over=("cohort",))
def logarithm(one):
    """The logarithm of one."""
    return log(one)


@equation(unit="dimensionless", over=("cohort",))
def root(one):
    """The root of one."""
    return sqrt(one)


@equation(unit="dimensionless", over=("cohort",))
def power(one, other):
    """One to the power of the other."""
    return one**other


@equation(unit="dimensionless", over=("cohort",))
def powers(one, other):
    """A product of powers."""
    return one**other * minimum(one, other) * maximum(one, 0.5) ** (other / 2) * maximum(other, 0.5) ** other


@equation(unit="dimensionless", over=("cohort",))
def literal_powers(one):
    """Powers that stand in the equation."""
    return one**2 - one**0.5 + one**1


@equation(unit="dimensionless", over=("cohort",))
def smaller(one, other):
    """The smaller one."""
    return minimum(one, other)


@equation(unit="dimensionless", over=("cohort",))
def larger(one, other):
    """The larger one."""
    return maximum(one, other)


@equation(unit="dimensionless", over=("cohort",))
def quotient(one, other):
    """One over the other."""
    return ratio(one, other, 0.5)


@equation(unit="dimensionless", over=("cohort",))
def chosen(one, other):
    """By each of the four comparisons."""
    return (
        where(one < other, one, 0)
        + where(one > other, other, 0)
        + where(one <= other, 1, 0)
        - where(one >= other, 1, 0)
    )


@equation(unit="dimensionless", over=("cohort",))
def read(table, one):
    """A table at one."""
    return lookup(table, one)


@equation(unit="dimensionless", over=("cohort",))
def turned(one):
    """Less than nothing."""
    return -one
