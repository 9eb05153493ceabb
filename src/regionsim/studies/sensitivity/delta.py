"""Delta of Borgonovo: how much of the density of an output moves where a factor is known, through SALib."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from os import environ
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from regionsim.studies.chunks import done_by_processes
from regionsim.studies.sensitivity.indices import CONFIDENCE

Array = NDArray[np.float64]

RESAMPLES = 20
# The matrices are tiny: with threads of their own they take ten times as long.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class DeltaPiece:
    """One output of members that ran through: `numbers` (member, factor), `output` (member,)."""

    numbers: Array
    output: Array
    seed: int


def deltas(pieces: Sequence[DeltaPiece], processes: int) -> Iterator[tuple[int, Array]]:
    """The place and the delta of each piece, in the order of finishing; only new processes take a number of threads."""
    with mock.patch.dict(environ, ONE_THREAD):
        yield from done_by_processes(delta, pieces, max(processes, 2))


def delta(piece: DeltaPiece) -> Array:
    """Delta of each factor with its bias corrected, and half the width of its interval: (2, factor).

    The estimator of Plischke et al. (2013); nan where it has too few members, or too few values of a factor, to bin.
    """
    from SALib.analyze import delta as salib

    factors = piece.numbers.shape[1]
    problem = {"num_vars": factors, "names": [f"factor {k:04d}" for k in range(factors)], "bounds": [[0, 1]] * factors}
    with _as_it_was(piece.seed):
        found = salib.analyze(
            problem, piece.numbers, piece.output, num_resamples=RESAMPLES, conf_level=CONFIDENCE, method="delta"
        )
    # Since 1.5.2 there are several of the name; the plain one leaves the distribution of the factors as it is.
    name = "delta_raw" if "delta_raw" in found else "delta"
    return np.array([found[name], found[f"{name}_conf"]], dtype=np.float64)


@contextmanager
def _as_it_was(seed: int) -> Iterator[None]:
    """SALib draws from numpy's own generator, and changes how warnings are shown: both are given back."""
    state, form = np.random.get_state(), warnings.formatwarning
    np.random.seed(seed)
    try:
        with warnings.catch_warnings(record=True):
            yield
    finally:
        np.random.set_state(state)
        warnings.formatwarning = form
