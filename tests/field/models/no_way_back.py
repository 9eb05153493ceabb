"""Flows that go one way only, out of stocks that may fall below 0 and stocks that may not."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import maximum, minimum, where

free = stock(
    "Takes a flow that turns round.",
    unit="year",
    initial="free_content",
    outflows=("either_way",),
    over=(),
    non_negative=False,
)
one_way = stock(
    "Gives a flow that does not turn round, even below 0.",
    unit="year",
    initial="content",
    outflows=("outward",),
    over=(),
    non_negative=False,
)
kept = stock("Gives what it has.", unit="year", initial="content", outflows=("outward_kept",), over=())
small_kept = stock("Gives what it has.", unit="year", initial="small", outflows=("late_kept",), over=())
small_one_way = stock(
    "Gives a late flow, even below 0.",
    unit="year",
    initial="small",
    outflows=("late",),
    over=(),
    non_negative=False,
)


@equation(unit="dimensionless", over=())
def either_way(time, turning, pace):
    """Comes in before the turning point and goes out after it."""
    return (time - turning) * pace


@equation(unit="dimensionless", over=())
def outward(either_way):
    """The part that goes out."""
    return maximum(either_way, 0)


@equation(unit="dimensionless", over=())
def outward_kept(outward, kept, step_length):
    """No more than is there within a step."""
    return minimum(outward, kept / step_length)


@equation(unit="dimensionless", over=())
def late_either_way(time, late_turning, pace):
    """Comes in as time passes, and goes out after the turning point."""
    return where(time > late_turning, time * pace, -time * pace)


@equation(unit="dimensionless", over=())
def late(late_either_way):
    """The part that goes out."""
    return maximum(late_either_way, 0)


@equation(unit="dimensionless", over=())
def late_kept(late, small_kept, step_length):
    """No more than is there within a step."""
    return minimum(late, small_kept / step_length)


INPUTS = (
    constant("content", 25, "year"),
    constant("free_content", 2, "year"),
    constant("small", 10, "year"),
    constant("turning", 20, "year"),
    constant("late_turning", 10, "year"),
    constant("pace", 1, "1/year"),
    constant("step_length", 1, "year"),
)
KNOWN = {"free": lambda t: 2 + 20 * t - t * (t - 1) / 2, "kept": lambda t: np.maximum(25 - outward_sum(t), 0)}


def outward_sum(times):
    """What has gone out of a stock with no bottom."""
    over = np.maximum(times - 20, 0)
    return np.maximum(over * (over - 1) / 2, 0)


CASES = (
    Published(
        folder="tests/non_negative_flows",
        end=50,
        inputs=INPUTS,
        columns={
            "OutFlow0": "either_way",
            "OutFlow1": "outward",
            "if_else2": "late",
            "if_else3": "late_either_way",
            "TestStock0": "free",
            "TestStock1": "one_way",
        },
        known=KNOWN,
    ),
    Published(
        folder="tests/non_negative_all",
        end=50,
        inputs=INPUTS,
        columns={
            "OutFlow": "outward",
            "if_else": "late",
            "TestStock0": "kept",
            "TestStock1": "kept",
            "TestStock2": "small_kept",
            "TestStock3": "small_one_way",
        },
        known=KNOWN,
    ),
)
