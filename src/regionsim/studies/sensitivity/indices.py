"""What every method gives: indices of each factor on each output, with intervals, or a reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CONFIDENCE = 0.95
# Why there is no index, by the code in `Indices.reasons`.
KNOWN, CONSTANT, TOO_FEW, FAILED = range(4)
REASONS = (
    "",
    "the output is the same in all members",
    "too few members ran through",
    "a member that it needs failed",
)
# Outputs that differ by less than this share of their size are the same: what two engines agree to.
SAME = 1e-10
# Where more has failed than this, the rest is no picture of the ranges that were drawn from.
MOST_FAILED = 0.5


@dataclass(frozen=True)
class Indices:
    """Indices by name, the first of which ranks; all arrays are (index, factor, output), nan where there is none.

    `low` and `high` are the ends of the interval of 95 %, nan where a method gives none. `used` (output,) is how many
    rows, trajectories or members each output rests on; `reasons` (factor, output) has a place in REASONS.
    """

    names: tuple[str, ...]
    values: Array
    low: Array
    high: Array
    used: NDArray[np.int64]
    reasons: NDArray[np.int8]

    @property
    def width(self) -> Array:
        """The widths of the intervals."""
        return self.high - self.low

    def put(self, outputs: Sequence[int], part: Indices) -> None:
        """Fill in the indices of some outputs, by their places."""
        places = list(outputs)
        self.values[..., places], self.low[..., places], self.high[..., places] = part.values, part.low, part.high
        self.used[places] = part.used
        self.reasons[:, places] = part.reasons

    def of(self, outputs: Sequence[int]) -> Indices:
        """The same of some outputs, by their places, alone."""
        chosen = list(outputs)
        values, low, high = (part[..., chosen] for part in (self.values, self.low, self.high))
        return Indices(self.names, values, low, high, self.used[chosen], self.reasons[:, chosen])


def no_indices(names: tuple[str, ...], factors: int, outputs: int) -> Indices:
    """Arrays to be filled in."""
    blank = np.full((3, len(names), factors, outputs), np.nan)
    reasons = np.zeros((factors, outputs), dtype=np.int8)
    return Indices(names, blank[0], blank[1], blank[2], np.zeros(outputs, dtype=np.int64), reasons)


def usable(
    into: Indices, whole: NDArray[np.bool_], is_constant: NDArray[np.bool_], least: int
) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.intp]]]:
    """Which rows are whole for which outputs: pairs of a mask (row,) and the places of the outputs that share it.

    `whole` is (row, output). Counts and reasons are written into `into`; outputs without an index are left out.
    """
    into.used[:] = whole.sum(axis=0)
    too_few = into.used < max(least, (1 - MOST_FAILED) * len(whole))
    into.reasons[:, is_constant] = CONSTANT
    into.reasons[:, too_few] = TOO_FEW
    places = np.flatnonzero(~(is_constant | too_few))
    if not len(places):
        return
    masks, which = np.unique(whole[:, places], axis=1, return_inverse=True)
    for k in range(masks.shape[1]):
        yield masks[:, k], places[which.reshape(-1) == k]


def whole_rows(rows: Array) -> NDArray[np.bool_]:
    """Which rows (row, member, output) have all their members, (row, output)."""
    return np.asarray(np.isfinite(rows).all(axis=1), dtype=np.bool_)


def constant(rows: Array, whole: NDArray[np.bool_], size: Array) -> NDArray[np.bool_]:
    """Which outputs are the same in all members of whole rows, but for rounding of numbers of that size (output,)."""
    kept = np.where(whole[:, None], rows, np.nan)
    found = spread(kept.reshape(-1, rows.shape[2]))
    return np.asarray((found >= 0) & (found <= SAME * size))


def spread(values: Array) -> Array:
    """From the lowest to the highest number of each output (member, output); -inf where no member has one."""
    known = np.isfinite(values)
    return np.asarray(np.where(known, values, -np.inf).max(axis=0) - np.where(known, values, np.inf).min(axis=0))
