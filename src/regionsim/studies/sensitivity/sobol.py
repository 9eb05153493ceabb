"""Indices of Sobol from the design of Saltelli: what share of the variance each factor makes, alone and with others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regionsim.studies.sensitivity.indices import CONFIDENCE, Indices, constant, no_indices, usable, whole_rows

Array = NDArray[np.float64]

NAMES = ("total_order", "first_order")
LEAST_ROWS = 16
RESAMPLES = 400
BATCH = 4_000_000  # numbers of a matrix that is worked with at a time


def sobol(rows: Array, size: Array, seed: int = 0) -> Indices:
    """Total and first order of each factor on each output, with intervals from resampled rows.

    `rows` is (row, factor + 2, output): the outputs of A, of B, and of A with a factor's number of B. `size` (output,)
    is how large the numbers are of which an output is made. A row with a member that failed is left out as a whole.
    The estimators are those of `scipy.stats.sobol_indices` (Saltelli et al. 2010 for the first order, Jansen 1999 for
    the total), which wants a power of two of rows and says 0 of a constant. Nothing is cut at 0 or 1. Intervals are
    percentiles over resampled rows; rows of a Sobol sequence vary less than that, so that they are rather too wide.
    """
    count, members, outputs = rows.shape
    found = no_indices(NAMES, members - 2, outputs)
    whole = whole_rows(rows)
    step = max(1, BATCH // (max(count, RESAMPLES * len(NAMES)) * members))  # of rows, or of what is resampled
    for mask, places in usable(found, whole, constant(rows, whole, size), LEAST_ROWS):
        weights = _weights(int(mask.sum()), seed)
        for begin in range(0, len(places), step):
            chosen = places[begin : begin + step]
            estimates = _estimates(rows[np.ix_(mask, np.ones(members, dtype=bool), chosen)], weights)
            found.values[:, :, chosen] = estimates[:, 0]
            ends = np.percentile(estimates[:, 1:], _percentiles(), axis=1)
            found.low[:, :, chosen], found.high[:, :, chosen] = ends
    return found


def _percentiles() -> tuple[float, float]:
    outside = 100 * (1 - CONFIDENCE) / 2
    return outside, 100 - outside


def _weights(rows: int, seed: int) -> Array:
    """How much each row counts, (1 + resample, row): once all alike, then as drawn with replacement."""
    drawn = np.random.default_rng(seed).multinomial(rows, np.full(rows, 1 / rows), RESAMPLES)
    return np.concatenate([np.ones((1, rows)), drawn]) / rows


def _estimates(rows: Array, weights: Array) -> Array:
    """By (index, resample, factor, output)."""
    rows = rows - rows[:, :2].mean(axis=(0, 1))
    first, second, mixed = rows[:, :1], rows[:, 1:2], rows[:, 2:]
    pair = rows[:, :2]
    variance = weights @ (pair**2).mean(axis=1) - (weights @ pair.mean(axis=1)) ** 2
    products = np.stack([(first - mixed) ** 2 / 2, second * (mixed - first)])
    made = np.einsum("sr,irfo->isfo", weights, products, optimize=True)
    return np.asarray(made / variance[:, None, :])
