"""Ranges and ticks of axes and classes of maps, chosen so that a small change is not blown up to look large."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regionsim.figures.words import called, in_chinese, say
from regionsim.results.differences import INDEX_POINTS, PERCENT, PERCENTAGE_POINTS
from regionsim.results.indicator_catalogue import Indicator

SMALLEST_SPAN_OF_PERCENT = 10.0
SMALLEST_SPAN_OF_INDEX = 0.2
SMALLEST_SPAN_OF_GROWTH = 20.0
# Smaller differences lie flat on the line of zero, so that the noise of arithmetic is not drawn as an effect.
SMALLEST_SPANS_OF_DIFFERENCES = {PERCENTAGE_POINTS: 0.02, PERCENT: 0.02, INDEX_POINTS: 0.002}
MINUS = "\u2212"
PLURALS = {"person": "persons"}


@dataclass(frozen=True)
class Scale:
    """The range of an axis and the ticks inside it."""

    low: float
    high: float
    ticks: tuple[float, ...]


def is_amount(indicator: Indicator) -> bool:
    """Whether the indicator is an amount that starts at zero (people, land, money), not a share, index or balance."""
    return indicator.unit not in ("share", "person/year") and not indicator.unit.startswith("index")


def choose_scale(indicator: Indicator, values: NDArray[np.float64]) -> Scale:
    """The vertical scale for values in the indicator's shown unit.

    Amounts start at zero. Shares keep to 0-100 % and span 10 points at least; indices contain 1 and span 0.2 at
    least; balances contain zero.
    """
    low, high = ends(values)
    if is_amount(indicator) and low >= 0:
        return round_scale(0.0, high or 1.0)
    if indicator.unit == "share":
        low, high = widen(low, high, SMALLEST_SPAN_OF_PERCENT)
        slide = max(-low, 0.0) - max(high - 100.0, 0.0)  # a widened window keeps its width at the ends
        return round_scale(max(low + slide, 0.0), min(high + slide, 100.0))
    if indicator.unit.startswith("index"):
        return round_scale(*widen(min(low, 1.0), max(high, 1.0), SMALLEST_SPAN_OF_INDEX))
    low, high = min(low, 0.0), max(high, 0.0)
    return round_scale(low, high) if low < high else round_scale(-1.0, 1.0)


def growth_scale(values: NDArray[np.float64]) -> Scale:
    """The vertical scale of amounts as percent of their first value: contains 100 and spans 20 at least."""
    low, high = ends(values)
    return round_scale(*widen(min(low, 100.0), max(high, 100.0), SMALLEST_SPAN_OF_GROWTH))


def ends(values: NDArray[np.float64]) -> tuple[float, float]:
    """The smallest and the largest value that is a number; 0 and 1 where none is."""
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)


def round_scale(low: float, high: float) -> Scale:
    """A range to the next half step beyond the values, with round ticks in about five steps."""
    ticks = round_linear(low, high, 5)
    half = (ticks[1] - ticks[0]) / 2
    first = round(math.floor(low / half + 1e-9) * half, 10)
    last = round(math.ceil(high / half - 1e-9) * half, 10)
    return Scale(first, last, tuple(tick for tick in ticks if first - half / 9 < tick < last + half / 9))


def widen(low: float, high: float, span: float) -> tuple[float, float]:
    """The range made `span` wide about its middle where it is narrower."""
    if high - low >= span:
        return low, high
    middle = (low + high) / 2
    return middle - span / 2, middle + span / 2


def round_linear(low: float, high: float, intervals: int) -> tuple[float, ...]:
    """Round numbers that enclose the range, in about `intervals` equal steps."""
    raw = (high - low) / intervals
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * multiple for multiple in (1, 2, 2.5, 5, 10) if power * multiple >= raw * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(step * k, 10) for k in range(first, last + 1))


def round_logarithmic(low: float, high: float) -> tuple[float, ...]:
    """Numbers 1, 2, 5 times powers of ten that enclose the range; at least two."""
    first, last = math.floor(math.log10(low)), math.floor(math.log10(high)) + 1
    steps = [multiple * 10.0**power for power in range(first, last + 1) for multiple in (1, 2, 5)]
    start = max(k for k, step in enumerate(steps) if step <= low)
    end = min(k for k, step in enumerate(steps) if step >= high)
    return tuple(steps[start : max(end, start + 1) + 1])


# Of the larger end: values that differ by less are the same but for rounding.
NO_SPAN = 1e-9


def class_limits(values: NDArray[np.float64]) -> tuple[float, ...]:
    """The limits of four to nine classes for a map: round and even, by 1, 2, 5 for values that differ tenfold."""
    low, high = ends(values)
    if low > 0 and high / low > 10:
        limits = round_logarithmic(low, high)
        return limits if len(limits) >= 4 else round_linear(low, high, 8)
    if high - low <= NO_SPAN * max(abs(low), abs(high)):
        low, high = widen(low, high, abs(low) * 0.1 or 1.0)
    return round_linear(low, high, 8)


def year_ticks(years: NDArray[np.int64]) -> tuple[int, ...]:
    """The first year, every fifth year and the last year; without a fifth year that stands too near to an end."""
    first, last = int(years[0]), int(years[-1])
    between = [year for year in range(first + 1, last) if year % 5 == 0 and min(year - first, last - year) >= 3]
    return tuple(dict.fromkeys((first, *between, last)))


def written_unit(indicator: Indicator, values: NDArray[np.float64]) -> tuple[float, str]:
    """What to divide shown values by for writing them out, and the unit then, in the language of the drawing.

    Large amounts are told in thousands, in Chinese in ten thousands.
    """
    unit = called(indicator.shown_unit)
    largest = np.abs(ends(values)).max() if is_amount(indicator) else 0.0
    if in_chinese() and largest >= 1_000_000:
        return 10_000.0, f"万{unit}"
    if not in_chinese() and largest >= 100_000:
        return 1000.0, f"thousand {PLURALS.get(unit, unit)}"
    return 1.0, unit


def number_text(value: float, indicator: Indicator, decimals_of_percent: int = 0) -> str:
    """A value in the indicator's shown unit, without the unit: thousands separated, no more digits than it bears."""
    if not np.isfinite(value):
        return say("n/a")
    if indicator.unit.startswith("index"):
        text = f"{value:.2f}"
    elif indicator.shown_unit == "%":
        text = f"{value:.{decimals_of_percent}f}"
    else:
        text = f"{value:,.0f}" if abs(value) >= 10 or value == round(value) else f"{value:.2g}"
    return text.replace("-", MINUS)


def as_printed(value: float, indicator: Indicator) -> float:
    """The number that `number_text` prints; not-a-number stays what it is."""
    return float(number_text(value, indicator).replace(",", "").replace(MINUS, "-")) if np.isfinite(value) else value


def tick_text(value: float, unit: str, *, digits: int = 0) -> str:
    """A tick's label, with the unit if it is percent; `digits` as `tick_digits` says for all ticks of the axis."""
    return f"{value:,.{digits}f}".replace("-", MINUS) + ("%" if unit == "%" else "")


def tick_digits(ticks: tuple[float, ...]) -> int:
    """The decimals that tell the ticks apart."""
    for digits in range(6):
        if all(math.isclose(round(tick, digits), tick, rel_tol=1e-9, abs_tol=1e-12) for tick in ticks):
            return digits
    return 6


def difference_scale(values: NDArray[np.float64], unit: str) -> Scale:
    """The vertical scale of differences: contains zero, and follows small values down to the span worth showing."""
    low, high = ends(values) if np.isfinite(values).any() else (0.0, 0.0)
    return round_scale(*widen(min(low, 0.0), max(high, 0.0), SMALLEST_SPANS_OF_DIFFERENCES.get(unit, 2.0)))


def difference_limits(values: NDArray[np.float64], unit: str) -> tuple[float, ...]:
    """The limits of classes for a map of differences: even and as many on either side of zero."""
    finite = values[np.isfinite(values)]
    reach = max(float(np.abs(finite).max(initial=0.0)), SMALLEST_SPANS_OF_DIFFERENCES.get(unit, 2.0))
    above = round_linear(0.0, reach, 5)
    return (*(-limit for limit in reversed(above[1:])), *above)


def fine_digits(limits: tuple[float, ...]) -> int:
    """The decimals that tell values apart within a class of these even limits."""
    return max(0, math.ceil(-math.log10((limits[1] - limits[0]) / 4) - 1e-9))


def signed_text(value: float, digits: int) -> str:
    """A difference with its sign; a plain 0 where it rounds to nothing."""
    if not np.isfinite(value):
        return say("n/a")
    text = f"{value:+,.{digits}f}"
    return text.replace("-", MINUS) if any(digit in text for digit in "123456789") else "0"
