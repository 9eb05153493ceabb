"""The trend of a wave: how fast it departs from its own average; once alone, once for every pair of two axes."""

import numpy as np
from published_models import Published
from small_models import constant, path

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import maximum, ratio

average = stock(
    "The smoothed wave.", unit="person", initial="average_at_start", inflows=("averaging",), over=("county", "hub")
)


@equation(unit="person", over=("county", "hub"))
def wave(wave_path, one_each):
    """What the trend is of."""
    return wave_path * one_each


@equation(unit="person", over=("county", "hub"))
def average_at_start(wave, initial_trend, average_time):
    """The average from which the wave departs by the trend at the start."""
    return wave / (1 + initial_trend * average_time)


@equation(unit="person/year", over=("county", "hub"))
def averaging(wave, average, average_time):
    """The average follows the wave."""
    return (wave - average) / average_time


@equation(unit="1/year", over=("county", "hub"))
def trend(wave, average, average_time, no_trend):
    """The gap over the size of the average and the averaging time."""
    return ratio(wave - average, average_time * maximum(average, -average), no_trend)


def trend_step_by_step(times):
    """The trend by a plain loop, written without the engine."""
    average, found = 1.0, []
    for time in times:
        wave = 1 + 0.5 * np.sin(2 * 3.14159 * time / 20)
        found.append((wave - average) / (6 * average))
        average += (wave - average) / 6
    return np.array(found)[:, np.newaxis, np.newaxis]


# No sine in the language: it comes as a path, as measured data would.
WAVE = path("wave_path", {t: 1 + 0.5 * np.sin(2 * 3.14159 * t / 20) for t in range(101)}, "person", kind="linear")
APPLES = ("Macoun", "Red Spy", "Grimes Golden", "Roxbury Russet")
CITRUS = ("Lemon", "Lime", "Orange", "Clementine", "Grapefruit")

CASES = (
    Published(
        folder="tests/trend",
        end=100,
        inputs=(
            WAVE,
            constant("one_each", [[1]], "dimensionless", ("county", "hub")),
            constant("average_time", 6, "year"),
            constant("initial_trend", [0], "1/year", ("hub",)),
            constant("no_trend", 0, "1/year"),
        ),
        labels={"county": ("all",), "hub": ("all",)},
        columns={"input": "wave[all,all]", "TREND of input": "trend[all,all]"},
        tolerance=1e-3,  # printed with five decimals, of a trend below 0.1
        known={"trend": trend_step_by_step},
    ),
    Published(
        folder="tests/subscripted_trend",
        end=100,
        inputs=(
            WAVE,
            constant("one_each", np.ones((4, 5)), "dimensionless", ("county", "hub")),
            constant("average_time", 6, "year"),
            constant("initial_trend", np.zeros(5), "1/year", ("hub",)),
            constant("no_trend", 0, "1/year"),
        ),
        labels={"county": APPLES, "hub": CITRUS},
        columns={"input": "wave", "TREND of input": "trend"},
        known={"trend": trend_step_by_step},
    ),
)
