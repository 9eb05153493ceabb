"""Stocks that give no more than they have, and flows that do not turn round, beside those that may."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import maximum, minimum, where

drained = stock(
    "May fall below 0.",
    unit="year",
    initial="first_content",
    outflows=("draining",),
    over=(),
    non_negative=False,
)
emptied = stock("Gives what it has.", unit="year", initial="first_content", outflows=("emptying",), over=())
swung = stock(
    "May fall below 0 as the flow turns.",
    unit="year",
    initial="second_content",
    inflows=("swing",),
    over=(),
    non_negative=False,
)
swung_above = stock(
    "Takes the flow while it comes in and gives what it has while it goes out.",
    unit="year",
    initial="second_content",
    inflows=("swing_in",),
    outflows=("swing_out",),
    over=(),
)


@equation(unit="dimensionless", over=())
def draining(drain):
    """The same in every year."""
    return drain


@equation(unit="dimensionless", over=())
def emptying(draining, emptied, step_length):
    """No more than is there within a step."""
    return minimum(draining, emptied / step_length)


@equation(unit="dimensionless", over=())
def swing(time, turning, pace):
    """Goes out as time passes, and comes in after the turning point."""
    return where(time > turning, time * pace, -time * pace)


@equation(unit="dimensionless", over=())
def swing_in(swing):
    """The part that comes in."""
    return maximum(swing, 0)


@equation(unit="dimensionless", over=())
def swing_out(swing, swung_above, step_length):
    """The part that goes out, no more than is there within a step."""
    return minimum(maximum(-swing, 0), swung_above / step_length)


CASES = (
    Published(
        folder="tests/non_negative_stocks",
        end=60,
        step=1.5,
        inputs=(
            constant("first_content", 25, "year"),
            constant("second_content", 10, "year"),
            constant("drain", 1, "dimensionless"),
            constant("step_length", 1.5, "year"),
            constant("turning", 10, "year"),
            constant("pace", 1, "1/year"),
        ),
        columns={
            "OutFlow": "draining",
            "if_else": "swing",
            "TestStock0": "drained",
            "TestStock1": "emptied",
            "TestStock2": "swung",
            "TestStock3": "swung_above",
        },
        known={"emptied": lambda t: np.maximum(25 - t, 0)},
    ),
)
