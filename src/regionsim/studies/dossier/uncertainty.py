"""Draws of the parameters that tests are made over, with the name of where they come from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from regionsim.scenarios.drawn import Drawn
from regionsim.studies.ensemble import CHUNK, Draws
from regionsim.studies.layer_draws import layer_draws
from regionsim.studies.priors import drawable, from_uniform, prior_of

PRIOR, POSTERIOR = "prior", "posterior"


@dataclass(frozen=True)
class Uncertainty:
    """Numbers of each member by parameter, (member,) each, and `origin`: the prior, or what they were fitted to.

    Two with the same numbers are the same, in any process.
    """

    draws: Draws = field(compare=False, repr=False)
    origin: str

    @property
    def members(self) -> int:
        """How many draws there are."""
        return len(next(iter(self.draws.values())))

    @cached_property
    def identity(self) -> str:
        """A hash of all numbers."""
        digest = hashlib.sha256()
        for key, values in self.draws.items():
            digest.update(key.encode())
            digest.update(np.asarray(values, dtype=np.float64).tobytes())
        return digest.hexdigest()

    def __hash__(self) -> int:
        return hash(self.identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Uncertainty) and self.identity == other.identity

    def parts(self) -> tuple[Uncertainty, ...]:
        """The members in groups that are simulated together."""
        begins = range(0, self.members, CHUNK)
        return tuple(self.of_members(slice(begin, begin + CHUNK)) for begin in begins)

    def of_members(self, which: slice) -> Uncertainty:
        """Some of the members."""
        return Uncertainty({key: np.asarray(values)[which] for key, values in self.draws.items()}, self.origin)


def prior_draws(members: int, seed: int) -> Uncertainty:
    """Every parameter with a range drawn from its prior, independently of all others, by a Latin hypercube."""
    priors = [prior_of(name) for name in drawable()]
    shares: NDArray[np.float64] = qmc.LatinHypercube(len(priors), rng=np.random.default_rng(seed)).random(members)
    return Uncertainty(from_uniform(priors, shares), PRIOR)


def posterior_draws(members: int, seed: int, layer: str) -> Uncertainty:
    """The draws of a shipped layer for its parameters, spread over all of them, and of the prior for all others.

    A parameter of which the layer has elements alone is at its evidence in the others: one number for all of them would
    be laid over what was found of the elements.
    """
    prior, believed = prior_draws(members, seed).draws, layer_draws(layer)
    rows = len(next(iter(believed.values())))
    chosen = np.random.default_rng(seed).permutation(np.linspace(0, rows - 1, members).round().astype(int))
    names = {Drawn.of(key).name for key in believed}
    others = {key: values for key, values in prior.items() if key not in names}
    return Uncertainty({**others, **{key: values[chosen] for key, values in believed.items()}}, POSTERIOR)
