"""Scores of modelled against observed values, as pure functions: nothing of counties, files or runs.

All take arrays of one shape (n,) in one unit. A score that these values cannot give raises `NotTestable` with why.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LEAST_FOR_SPLIT = 3  # of two points any line is the best one
WITHIN = 2.0  # times the uncertainty
# What is left of a difference of two equal numbers after rounding, against their size.
ROUNDING = 1e-12


class NotTestable(Exception):  # noqa: N818 - it is no error: its text is the result
    """The values do not allow this score; the text says why."""


@dataclass(frozen=True)
class ErrorSplit:
    """Shares of the mean square error, which sum to 1: unequal means, unequal variances, imperfect correlation."""

    bias: float
    variance: float
    covariance: float


def mean_absolute_percentage_error(modelled: Array, observed: Array) -> float:
    """The mean of |modelled - observed| / observed, as a share of 1 (0.05 is 5 %)."""
    return float(np.mean(_relative_errors(modelled, observed)))


def weighted_mean_absolute_percentage_error(modelled: Array, observed: Array, uncertainty: Array) -> float:
    """The same mean with the weight 1 / uncertainty^2 for each value; `uncertainty` is relative to the value."""
    return float(np.average(_relative_errors(modelled, observed), weights=uncertainty**-2.0))


def root_mean_square_error(modelled: Array, observed: Array) -> float:
    """The root of the mean square of modelled - observed, in their unit."""
    _some(observed)
    return float(np.sqrt(np.mean((modelled - observed) ** 2)))


def mean_error(modelled: Array, observed: Array) -> float:
    """The mean of modelled - observed, in their unit: above 0 where the model is too high."""
    _some(observed)
    return float(np.mean(modelled - observed))


def theil_u(modelled_change: Array, observed_change: Array) -> float:
    """The inequality coefficient of Theil (1966) of changes since the base year; 0 is perfect, 1 as good as no change.

    The root of sum((P - A)^2) / sum(A^2), with P the modelled and A the observed change.
    """
    _some(observed_change)
    size = float(np.sum(observed_change**2))
    if size == 0:
        raise NotTestable("nothing observed has changed since the base year")
    return float(np.sqrt(np.sum((modelled_change - observed_change) ** 2) / size))


def error_split(modelled: Array, observed: Array) -> ErrorSplit:
    """The mean square error split as in Theil (1966), the way that Sterman (1984) recommends for models of this kind.

    With means M and O, standard deviations s and t (divided by n) and correlation r, the mean square error is
    (M - O)^2 + (s - t)^2 + 2 (1 - r) s t; the shares are its three terms over their sum.
    """
    if len(observed) < LEAST_FOR_SPLIT:
        raise NotTestable(f"{_rows(len(observed))}; a split of the error takes {LEAST_FOR_SPLIT}")
    whole = float(np.mean((modelled - observed) ** 2))
    if whole <= (ROUNDING * float(np.max(np.abs(observed)))) ** 2:
        raise NotTestable("there is no error to split")
    bias = float(np.mean(modelled) - np.mean(observed)) ** 2
    variance = float(np.std(modelled) - np.std(observed)) ** 2
    # The rest, rather than from the correlation, which a series that stands still does not have.
    return ErrorSplit(bias / whole, variance / whole, max(whole - bias - variance, 0.0) / whole)


def skill(modelled: Array, benchmark: Array, observed: Array) -> float:
    """1 - mean square error of the model over that of the benchmark: 1 is perfect, above 0 beats the benchmark."""
    _some(observed)
    of_benchmark = float(np.mean((benchmark - observed) ** 2))
    if of_benchmark <= (ROUNDING * float(np.max(np.abs(observed)))) ** 2:
        raise NotTestable("the benchmark has no error")
    return 1.0 - float(np.mean((modelled - observed) ** 2)) / of_benchmark


def errors_in_uncertainties(modelled: Array, observed: Array, uncertainty: Array) -> Array:
    """The errors z, as multiples of the uncertainty of each observed value (relative to it), shape (n,)."""
    _some(observed)
    if (observed == 0).any():
        raise NotTestable("an observed value is 0: an uncertainty relative to it says nothing")
    return np.asarray((modelled - observed) / (uncertainty * np.abs(observed)), dtype=np.float64)


def share_within(errors: Array) -> float:
    """The share of errors z that are no larger than twice the uncertainty."""
    _some(errors)
    return float(np.mean(np.abs(errors) <= WITHIN))


def root_mean_square(errors: Array) -> float:
    """The root of the mean square of errors z: about 1 where the model is as good as the observations."""
    _some(errors)
    return float(np.sqrt(np.mean(errors**2)))


def _relative_errors(modelled: Array, observed: Array) -> Array:
    _some(observed)
    if (observed <= 0).any():
        raise NotTestable("an observed value is 0 or below: a percentage of it says nothing")
    return np.asarray(np.abs(modelled - observed) / observed, dtype=np.float64)


def _some(values: Array) -> None:
    if len(values) == 0:
        raise NotTestable("no rows")


def _rows(count: int) -> str:
    return f"{count} row" + ("" if count == 1 else "s")
