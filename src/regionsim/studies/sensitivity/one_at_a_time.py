"""One factor at a time: what its ends change, from the member in which nothing is changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regionsim.studies.sensitivity.indices import FAILED, TOO_FEW, Indices, no_indices

Array = NDArray[np.float64]

NAMES = ("swing", "at_low", "at_high")


def one_at_a_time(numbers: Array, outputs: Array) -> Indices:
    """The change at the lowest and the highest level of each factor, and the range of all its levels and of no change.

    `numbers` (member, factor) are nan but for what a member changes, the first member changing nothing; `outputs` is
    (member, output). All are in units of the output. There are no intervals, since nothing is drawn.
    """
    found = no_indices(NAMES, numbers.shape[1], outputs.shape[1])
    found.used[:] = np.isfinite(outputs).sum(axis=0)
    changes = outputs - outputs[0]
    for factor in range(numbers.shape[1]):
        ordered = np.argsort(numbers[:, factor], kind="stable")  # nan last; a study may say values in any order
        own = changes[ordered[: int(np.sum(~np.isnan(numbers[:, factor])))]]
        none = np.zeros_like(own[:1])
        found.values[:, factor] = np.ptp(np.concatenate([own, none]), axis=0), own[0], own[-1]
        found.reasons[factor, ~np.isfinite(own).all(axis=0)] = FAILED
    found.values[:, found.reasons == FAILED] = np.nan
    found.reasons[:, ~np.isfinite(outputs[0])] = TOO_FEW
    return found
