"""Screening by Morris: the mean and the spread of what a step of each factor changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from regionsim.studies.sensitivity.indices import CONFIDENCE, Indices, constant, no_indices, usable, whole_rows

Array = NDArray[np.float64]

NAMES = ("mu_star", "mu", "sigma")
LEAST_TRAJECTORIES = 4


def morris(shares: Array, rows: Array, size: Array) -> Indices:
    """Mean of the absolute effects (mu_star, with its interval), mean (mu) and standard deviation (sigma).

    `shares` (trajectory, factor + 1, factor) are the factors' places in their ranges, 0 to 1, `rows`
    (trajectory, factor + 1, output) the outputs. An effect is in units of the output for a whole range (Morris 1991,
    Campolongo et al. 2007). A trajectory with a member that failed is left out as a whole. The numbers are those of
    SALib, for all outputs at once; its interval is resampled and for many trajectories, this one is Student's.
    """
    found = no_indices(NAMES, shares.shape[2], rows.shape[2])
    whole = whole_rows(rows)
    for mask, places in usable(found, whole, constant(rows, whole, size), LEAST_TRAJECTORIES):
        effects = _effects(shares[mask], rows[mask][:, :, places])
        absolute = np.abs(effects)
        found.values[:, :, places] = absolute.mean(axis=0), effects.mean(axis=0), effects.std(axis=0, ddof=1)
        count = len(effects)
        half = stats.t.ppf((1 + CONFIDENCE) / 2, count - 1) * absolute.std(axis=0, ddof=1) / np.sqrt(count)
        found.low[0][:, places] = absolute.mean(axis=0) - half
        found.high[0][:, places] = absolute.mean(axis=0) + half
    return found


def _effects(shares: Array, rows: Array) -> Array:
    """The change of each output for each factor, as if the factor went through its whole range, by trajectory."""
    steps = np.diff(shares, axis=1)  # (trajectory, step, factor), of which one factor moves in each step
    moved = np.abs(steps).argmax(axis=2)
    slopes = np.diff(rows, axis=1) / np.take_along_axis(steps, moved[:, :, None], axis=2)
    return np.take_along_axis(slopes, np.argsort(moved, axis=1)[:, :, None], axis=1)
