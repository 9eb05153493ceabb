"""Parameters as normal scores of their priors: each is N(0, 1) before any data, and no score leaves its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from regionsim.studies.priors import Prior, from_uniform

Array = NDArray[np.float64]

# The share of the prior beyond which a score says no more: about 6 standard deviations.
SMALLEST_SHARE = 1e-9
# A central value may be an end of its range, whose score is infinite: a fit sets out from within.
SMALLEST_START = 0.02


@dataclass(frozen=True)
class Scores:
    """Between numbers of parameters and their scores z by (member, parameter)."""

    priors: tuple[Prior, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the parameters."""
        return tuple(prior.key for prior in self.priors)

    def numbers(self, z: Array) -> dict[str, Array]:
        """Draws by key, (member,) each."""
        return from_uniform(self.priors, np.clip(norm.cdf(np.atleast_2d(z)), SMALLEST_SHARE, 1 - SMALLEST_SHARE))

    def centre(self) -> Array:
        """The scores of the evidence as it is, (parameter,)."""
        shares = np.array([float(prior.cumulated(prior.central)) for prior in self.priors])
        return np.asarray(norm.ppf(np.clip(shares, SMALLEST_START, 1 - SMALLEST_START)), dtype=np.float64)

    def chosen(self, keys: Sequence[str]) -> list[int]:
        """Where these parameters stand."""
        return [self.keys.index(key) for key in keys]
