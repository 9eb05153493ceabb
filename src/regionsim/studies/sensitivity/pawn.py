"""PAWN: how far the distribution of an output moves where a factor is known to lie in a part of its range."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from regionsim.studies.sensitivity.indices import Indices, constant, no_indices, usable, whole_rows

Array = NDArray[np.float64]

NAMES = ("pawn", "pawn_maximum")
SLICES = 10
LEAST_MEMBERS = 10 * SLICES
DUMMIES = 1000
MOST_TRIED = 4096  # members; beyond them what chance makes goes with the root of their number


def pawn(numbers: Array, outputs: Array, size: Array) -> Indices:
    """Median and maximum over ten slices of a factor of the distance of Kolmogorov and Smirnov, 0 to 1.

    `numbers` (member, factor), `outputs` (member, output). The slices of a factor hold as many members each, or one of
    its values each where it has ten or fewer (Pianosi and Wagener 2018). It is the index of SALib, for all outputs of
    a sweep at once: SALib also works out the probability of each distance, which takes it thirty times as long.
    Failed members are left out.
    """
    found = no_indices(NAMES, numbers.shape[1], outputs.shape[1])
    rows = outputs[:, None]
    whole = whole_rows(rows)
    for mask, places in usable(found, whole, constant(rows, whole, size), LEAST_MEMBERS):
        slices = [_slices(column) for column in numbers[mask].T]
        for place in places:
            values = outputs[mask, place]
            order = np.argsort(values, kind="stable")
            ordered = values[order]
            ends = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True))
            for factor, within in enumerate(slices):
                distances = _distances(within[order], ends)
                found.values[:, factor, place] = np.median(distances), distances.max()
    return found


@cache
def noise(members: int) -> tuple[float, float]:
    """Median and 95th percentile of the PAWN index of a factor that does nothing.

    The distances depend on ranks alone, and so does what chance makes of them: on the number of members only.
    """
    if members > MOST_TRIED:
        middle, high = noise(MOST_TRIED)
        return middle * (MOST_TRIED / members) ** 0.5, high * (MOST_TRIED / members) ** 0.5
    generator = np.random.default_rng(0)
    within, ends = np.arange(members) * SLICES // members, np.arange(members)
    found = [np.median(_distances(generator.permutation(within), ends)) for _ in range(DUMMIES)]
    middle, high = np.percentile(found, (50, 95))
    return float(middle), float(high)


def _slices(column: Array) -> NDArray[np.intp]:
    """The slice of each member."""
    values, places = np.unique(column, return_inverse=True)
    if len(values) <= SLICES:
        return np.asarray(places.reshape(-1), dtype=np.intp)
    edges = np.quantile(column, np.arange(1, SLICES) / SLICES)
    return np.searchsorted(edges, column, side="right")


def _distances(within: NDArray[np.intp], ends: NDArray[np.intp]) -> Array:
    """Of each slice that has members; `within` is in the order of the output, `ends` the last of each of its values."""
    is_there = within[:, None] == np.unique(within)
    known = np.cumsum(is_there, axis=0) / is_there.sum(axis=0)
    all_of_them = np.arange(1, len(within) + 1) / len(within)
    return np.asarray(np.abs(known - all_of_them[:, None])[ends].max(axis=0))
