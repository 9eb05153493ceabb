"""Flows that look at the clock, and one that empties a stock within a step."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import where

held = stock(
    "Emptied in every step.",
    unit="person",
    initial=0,
    inflows=("inflow",),
    outflows=("outflow_1", "outflow_2"),
    over=(),
)


@equation(unit="person/year", over=())
def inflow(time, start_time, usual_inflow, first_inflow):
    """More at the start than later."""
    return where(time > start_time, usual_inflow, first_inflow)


@equation(unit="person/year", over=())
def outflow_1(held, step_length):
    """All that is there."""
    return held / step_length


@equation(unit="person/year", over=())
def outflow_2(time, end_time, last_outflow, none):
    """Something at the end."""
    return where(time < end_time, none, last_outflow)


CASES = (
    Published(
        folder="tests/time",
        end=10,
        inputs=(
            constant("start_time", 0, "year"),
            constant("end_time", 10, "year"),
            constant("step_length", 1, "year"),
            constant("usual_inflow", 3, "person/year"),
            constant("first_inflow", 10, "person/year"),
            constant("last_outflow", 2, "person/year"),
            constant("none", 0, "person/year"),
        ),
        columns={"Stock": "held"},
        known={"held": lambda t: np.where(t == 0, 0.0, np.where(t == 1, 10.0, 3.0))},
    ),
)
