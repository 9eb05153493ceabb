"""A value that reads its own smoothed past: the start of the smooth is given, so that the circle opens."""

import numpy as np
from published_models import Published
from small_models import constant, path

from regionsim.language.declarations import equation, stock

smooth_variable = stock(
    "Smooths what reads it.", unit="dimensionless", initial=1, inflows=("following",), over=(), non_negative=False
)


@equation(unit="dimensionless", over=())
def active_initial_variable(smooth_variable, swing):
    """The smoothed past with a growing swing."""
    return smooth_variable + swing


@equation(unit="1/year", over=())
def following(active_initial_variable, smooth_variable, smoothing_time):
    """The gap closes over the smoothing time."""
    return (active_initial_variable - smooth_variable) / smoothing_time


def smooth_step_by_step(times):
    """The sum of all swings so far, each counted twice: the smoothing time is half a step."""
    swings = times * np.sin(times) / 0.5
    return 1 + np.concatenate([[0], np.cumsum(swings)[:-1]])


CASES = (
    Published(
        folder="tests/active_initial_circular",
        end=10,
        inputs=(
            path("swing", {t: t * np.sin(t) for t in range(11)}, "dimensionless", kind="linear"),
            constant("smoothing_time", 0.5, "year"),
        ),
        known={"smooth_variable": smooth_step_by_step},
    ),
)
