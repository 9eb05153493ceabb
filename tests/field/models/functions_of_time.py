"""Smaller and larger, comparisons, choices and powers of the time."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation
from regionsim.language.functions import maximum, minimum, where


@equation(unit="year", over=())
def larger(time, turning):
    """The larger of time and turning point."""
    return maximum(time, turning)


@equation(unit="year", over=())
def smaller(time, turning):
    """The smaller of time and turning point."""
    return minimum(time, turning)


@equation(unit="dimensionless", over=())
def before(time, turning, yes, no):
    """Before the turning point."""
    return where(time < turning, yes, no)


@equation(unit="dimensionless", over=())
def until(time, turning, yes, no):
    """Up to the turning point."""
    return where(time <= turning, yes, no)


@equation(unit="dimensionless", over=())
def after(time, turning, yes, no):
    """After the turning point."""
    return where(time > turning, yes, no)


@equation(unit="dimensionless", over=())
def since(time, turning, yes, no):
    """From the turning point on."""
    return where(time >= turning, yes, no)


@equation(unit="dimensionless", over=())
def just_then(until, since):
    """At the turning point: not before and not after."""
    return until * since


@equation(unit="dimensionless", over=())
def not_then(just_then):
    """Before or after the turning point."""
    return 1 - just_then


@equation(unit="dimensionless", over=())
def phase(time, turning, second_turning, first_phase, second_phase, third_phase):
    """One of three phases: a choice in a choice."""
    return where(time < turning, first_phase, where(time < second_turning, second_phase, third_phase))


@equation(unit="year*year", over=())
def squared(time):
    """The time raised to a power."""
    return time**2


@equation(unit="dimensionless", over=())
def sign_first_or_last(two):
    """The sign of a power is taken last."""
    return -(two**2)


@equation(unit="dimensionless", over=())
def sign_was_first(sign_first_or_last, yes, no):
    """Whether the sign was taken first."""
    return where(sign_first_or_last > 0, yes, no)


INPUTS = (
    constant("turning", 5, "year"),
    constant("second_turning", 10, "year"),
    constant("yes", 1, "dimensionless"),
    constant("no", 0, "dimensionless"),
    constant("first_phase", 0, "dimensionless"),
    constant("second_phase", 1, "dimensionless"),
    constant("third_phase", 2, "dimensionless"),
    constant("two", 2, "dimensionless"),
)

CASES = (
    Published(
        folder="tests/builtin_max",
        end=10,
        inputs=INPUTS,
        columns={"output": "larger"},
        known={"larger": lambda t: np.maximum(t, 5)},
    ),
    Published(
        folder="tests/builtin_min",
        end=10,
        inputs=INPUTS,
        columns={"output": "smaller"},
        known={"smaller": lambda t: np.minimum(t, 5)},
    ),
    Published(
        folder="tests/comparisons",
        end=10,
        inputs=INPUTS,
        columns={"lt": "before", "lte": "until", "gt": "after", "gte": "since", "eq": "just_then", "neq": "not_then"},
        known={"just_then": lambda t: np.where(t == 5, 1.0, 0.0)},
    ),
    Published(
        folder="tests/if_stmt",
        end=12,
        step=0.25,
        inputs=INPUTS,
        columns={"output": "after"},
        known={"after": lambda t: np.where(t > 5, 1.0, 0.0)},
    ),
    Published(
        folder="tests/nested_functions",
        end=20,
        inputs=INPUTS,
        columns={"nested if then else": "phase"},
        left_out={"nested integ": "a remainder is no function of the language"},
        known={"phase": lambda t: np.floor(np.minimum(t, 10) / 5)},
    ),
    Published(
        folder="tests/exponentiation",
        end=4,
        inputs=INPUTS,
        columns={"output": "squared", "associativity": "sign_first_or_last", "test": "sign_was_first"},
        known={"squared": lambda t: t**2},
    ),
)
