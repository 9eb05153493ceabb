"""A calibration that is checked: scenario, observations, targets, and stages of free parameters."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from regionsim.place.counties import county_codes
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.calibrate.schema import TargetEntry
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.priors import Prior
from regionsim.studies.validate.observations import Observation


@dataclass(frozen=True)
class Stage:
    """Keys of parameters that are fitted together, and the indicators that they are fitted to."""

    name: str
    parameters: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Study:
    """A checked calibration. `priors` has every free parameter once, in the order of the stages.

    Those of `nuisance` are fitted, since else their errors would be put on others, but say nothing beyond the scenario
    of the study (growth of a decade that is over): no run takes them from the layer.
    The scenario has no calibration of its own: what is fitted is fitted from the evidence on. `observations` are those
    of the targets, in the order of their file. Counties that are `left_out` (codes) are not fitted to, and what they
    did between the censuses is not known to the model either: how it does there is a test.
    """

    name: str
    title_en: str
    title_zh: str
    about: str
    file: str
    scenario: Scenario
    observed: str
    observations: tuple[Observation, ...]
    seed: int
    starts: int
    loss: str
    targets: dict[str, TargetEntry]
    stages: tuple[Stage, ...]
    priors: tuple[Prior, ...]
    nuisance: tuple[str, ...]
    left_out: tuple[str, ...]
    draws: int

    def prior(self, key: str) -> Prior:
        """The prior of a free parameter."""
        return next(prior for prior in self.priors if prior.key == key)

    def is_fitted(self, row: Observation) -> bool:
        """Whether the fit may see a row: none of a county that is left out, or of a region that such a county is in."""
        return not self.left_out or (row.region in county_codes() and row.region not in self.left_out)

    def content_hash(self) -> str:
        """SHA-256 (hexadecimal) of all that decides the result, data and equations among it."""
        content = {
            "scenario": self.scenario.content_hash(),
            "data": data_hash(),
            "observations": [_spelled(row) for row in self.observations],
            "seed": self.seed,
            "starts": self.starts,
            "loss": self.loss,
            "targets": {name: target.model_dump() for name, target in self.targets.items()},
            "stages": [asdict(stage) for stage in self.stages],
            "priors": [asdict(prior) for prior in self.priors],
            "nuisance": self.nuisance,
            "left_out": self.left_out,
            "draws": self.draws,
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True, allow_nan=False).encode("utf-8")).hexdigest()


def _spelled(row: Observation) -> list[str | int | float]:
    """A row for the hash; an uncertainty that is not given is NaN, which no JSON has."""
    return [row.region, row.variable, row.year, row.value, repr(row.uncertainty)]
