"""Draws of the parameters that tests are made over, with the name of where they come from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from regionsim.scenarios.calibration import Calibration
from regionsim.studies.believed import believed_draws
from regionsim.studies.engines import CHUNK
from regionsim.studies.ensemble import Draws


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


def draws_for(calibration: Calibration | None, members: int, seed: int) -> Uncertainty:
    """What is believed of every parameter but the network's and shocks, by a calibration or by the priors alone."""
    return Uncertainty(*believed_draws(calibration, members, seed))
