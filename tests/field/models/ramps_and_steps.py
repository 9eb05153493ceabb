"""Ramps and steps whose slopes and dates differ by up to three axes."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation
from regionsim.language.functions import maximum, minimum, where

# The second axis has names of the first one, but is one of its own.
FIRST_THIRD = ("county", "cluster")
SECOND_THIRD = ("hub", "cluster")
ALL = ("county", "hub", "cluster")


@equation(unit="dimensionless")
def ramp1(time, slope_a, start1, finish2):
    """One start, three ends."""
    return slope_a * maximum(minimum(time, finish2) - start1, 0)


@equation(unit="dimensionless")
def ramp2(time, slope_b, start2, finish1):
    """Three starts, one end."""
    return slope_b * maximum(minimum(time, finish1) - start2, 0)


@equation(unit="dimensionless", over=SECOND_THIRD)
def ramp3(time, slope_c, start3, finish4):
    """Starts over one axis, ends over another."""
    return slope_c * maximum(minimum(time, finish4) - start3, 0)


@equation(unit="dimensionless", over=FIRST_THIRD)
def ramp4(time, slope_d, start4, finish5):
    """Starts over one axis, ends over two."""
    return slope_d * maximum(minimum(time, finish5) - start4, 0)


@equation(unit="dimensionless", over=ALL)
def ramp5(time, slope_e, start5, finish3):
    """Starts over two axes, ends over a third one."""
    return slope_e * maximum(minimum(time, finish3) - start5, 0)


@equation(unit="dimensionless")
def ramp6(time, slope1, start1, finish1):
    """Three slopes."""
    return slope1 * maximum(minimum(time, finish1) - start1, 0)


@equation(unit="dimensionless", over=("county", "hub"))
def ramp7(time, slope2, start2, late_finish):
    """Slopes over one axis, starts over another."""
    return slope2 * maximum(minimum(time, late_finish) - start2, 0)


@equation(unit="dimensionless", over=ALL)
def ramp8(time, slope3, early_start, finish2):
    """Slopes over two axes, ends over a third one."""
    return slope3 * maximum(minimum(time, finish2) - early_start, 0)


@equation(unit="dimensionless", over=ALL)
def ramp9(time, slope2, start2, finish4):
    """Slopes, starts and ends over an axis each."""
    return slope2 * maximum(minimum(time, finish4) - start2, 0)


@equation(unit="year")
def step1(time, start1, finish2, no_height):
    """One date, three heights."""
    return where(time >= start1, finish2, no_height)


@equation(unit="year")
def step2(time, start2, finish1, no_height):
    """Three dates, one height."""
    return where(time >= start2, finish1, no_height)


@equation(unit="year", over=SECOND_THIRD)
def step3(time, start3, finish4, no_height):
    """Dates over one axis, heights over another."""
    return where(time >= start3, finish4, no_height)


@equation(unit="year", over=FIRST_THIRD)
def step4(time, start4, finish5, no_height):
    """Dates over one axis, heights over two."""
    return where(time >= start4, finish5, no_height)


@equation(unit="year", over=ALL)
def step5(time, start5, finish3, no_height):
    """Dates over two axes, heights over a third one."""
    return where(time >= start5, finish3, no_height)


CASES = (
    Published(
        folder="tests/subscripted_ramp_step",
        end=10,
        step=0.25,
        inputs=(
            # The dates of steps double as heights, as published.
            constant("start1", 1, "year"),
            constant("start2", [2, 4, 3], "year", ("county",)),
            constant("start3", [2.5, 3.25], "year", ("hub",)),
            constant("start4", [0, 1], "year", ("cluster",)),
            constant("start5", [[1, 3], [0.5, 1.5]], "year", SECOND_THIRD),
            constant("early_start", 1.5, "year"),
            constant("finish1", 5, "year"),
            constant("finish2", [6, 5, 8], "year", ("county",)),
            constant("finish3", [8.5, 6.5, 7.25], "year", ("county",)),
            constant("finish4", [10, 9], "year", ("cluster",)),
            constant("finish5", [[10, 7], [9, 8], [6.5, 7.5]], "year", FIRST_THIRD),
            constant("late_finish", 7.5, "year"),
            constant("no_height", 0, "year"),
            constant("slope_a", 5, "1/year"),
            constant("slope_b", 3, "1/year"),
            constant("slope_c", -1, "1/year"),
            constant("slope_d", -7, "1/year"),
            constant("slope_e", 2.1, "1/year"),
            constant("slope1", [1.5, -2.5, 4], "1/year", ("county",)),
            constant("slope2", [-1.5, 1.5], "1/year", ("hub",)),
            constant("slope3", [[3.1, 0.4], [-0.3, -1.5]], "1/year", SECOND_THIRD),
        ),
        labels={"county": ("A", "B", "C"), "hub": ("A", "B"), "cluster": ("X", "Y")},
        known={"ramp2": lambda t: 3 * np.clip(t[:, np.newaxis], [2, 4, 3], 5) - 3 * np.array([2, 4, 3])},
    ),
)
