"""Sums, products, quotients and a logarithm of constants, and the truth of statements."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation
from regionsim.language.functions import log, maximum, minimum, ratio, where


@equation(unit="dimensionless", over=())
def ten_thirds(ten, three):
    """A quotient of constants."""
    return ten / three


@equation(unit="dimensionless", over=())
def auxiliary(four, five, six):
    """A sum, from left to right."""
    return four - five + six


@equation(unit="dimensionless", over=())
def product_of_a_sum(var1, var2, var3):
    """A sum in parentheses is taken first."""
    return var1 * (var2 + var3)


@equation(unit="dimensionless", over=())
def downstream(upstream1, upstream2):
    """A sum."""
    return upstream1 + upstream2


@equation(unit="dimensionless", over=())
def quotient(numerator, denominator):
    """A quotient."""
    return numerator / denominator


@equation(unit="dimensionless", over=())
def equality(quotient, quotient_target, yes, no):
    """Whether the quotient is exactly the target: neither below nor above."""
    return where(quotient < quotient_target, no, where(quotient > quotient_target, no, yes))


@equation(unit="dimensionless", over=())
def log_test(x, base):
    """A logarithm of another base."""
    return log(x) / log(base)


@equation(unit="dimensionless", over=())
def and_output(true_input, false_input):
    """Both hold."""
    return minimum(true_input, false_input)


@equation(unit="dimensionless", over=())
def or_output(true_input, false_input):
    """One of them holds."""
    return maximum(true_input, false_input)


@equation(unit="dimensionless", over=())
def not_output(false_input):
    """It does not hold."""
    return 1 - false_input


@equation(unit="dimensionless", over=())
def test_zidz(eleven, zero, no):
    """A quotient, 0 where the divisor is 0."""
    return ratio(eleven, zero, no)


@equation(unit="dimensionless", over=())
def text_xidz(eleven, zero, alternate):
    """A quotient, another value where the divisor is 0."""
    return ratio(eleven, zero, alternate)


INPUTS = tuple(
    constant(name, value, "dimensionless")
    for name, value in {
        "ten": 10,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "var1": 6,
        "var2": 7,
        "var3": 17,
        "upstream1": 4,
        "upstream2": 3,
        "numerator": 3,
        "denominator": 4,
        "quotient_target": 0.75,
        "yes": 1,
        "no": 0,
        "x": 71,
        "base": 3,
        "true_input": 1,
        "false_input": 0,
        "eleven": 11,
        "zero": 0,
        "alternate": 4,
    }.items()
)


def always(value):
    """The same at every time."""
    return lambda times: np.full(times.shape, float(value))


CASES = tuple(
    Published(folder=folder, end=1, inputs=INPUTS, columns=columns, known={name: always(value)})
    for folder, columns, name, value in (
        ("tests/constant_expressions", {"My Variable": "ten_thirds"}, "ten_thirds", 10 / 3),
        ("tests/eval_order", {}, "auxiliary", 5),
        ("tests/parentheses", {"Equation Parenthesis Test": "product_of_a_sum"}, "product_of_a_sum", 144),
        ("tests/line_breaks", {}, "downstream", 7),
        ("tests/number_handling", {}, "equality", 1),
        ("tests/log", {}, "log_test", np.log(71) / np.log(3)),
        ("tests/logicals", {}, "or_output", 1),
        ("tests/xidz_zidz", {"numerator": "eleven"}, "text_xidz", 4),
    )
)
