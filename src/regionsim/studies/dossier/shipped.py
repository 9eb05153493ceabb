"""The calibration that comes with the project: its study, the values that it found, and draws of what is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from regionsim.scenarios.calibration import DEFAULT_LAYER, ENDING, SHIPPED, LayerEntry, LayerFile
from regionsim.scenarios.yaml_reader import read_yaml
from regionsim.studies.calibrate.read import read_study
from regionsim.studies.calibrate.scores import SMALLEST_SHARE
from regionsim.studies.calibrate.study import Study
from regionsim.studies.layer_draws import layer_draws

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Shipped:
    """The study of the layer that scenarios have by default, and the layer's own words on each parameter."""

    study: Study
    layer: LayerFile

    @property
    def entries(self) -> Mapping[str, LayerEntry]:
        """Every fitted parameter, those that no run takes from the layer among them."""
        return {**self.layer.parameters, **self.layer.nuisance}

    @property
    def numbers(self) -> dict[str, Array]:
        """The fitted values as draws of one member."""
        return {key: np.array([entry.value]) for key, entry in self.entries.items()}

    @property
    def z(self) -> Array:
        """The fitted values as normal scores, in the order of the study's priors (parameter,)."""
        shares = [prior.cumulated(self.entries[prior.key].value) for prior in self.study.priors]
        return np.asarray(norm.ppf(np.clip(shares, SMALLEST_SHARE, 1 - SMALLEST_SHARE)), dtype=np.float64)

    def draws(self) -> dict[str, Array]:
        """Equally weighted draws of the layer's parameters, those beside it among them, (draw,) each."""
        return layer_draws(self.layer.name, with_nuisance=True)


def read_shipped(studies: Path) -> Shipped | None:
    """The shipped calibration; None where no layer is shipped, or its study is not in the folder.

    Raises ProblemsError for a study or a layer that is wrong.
    """
    file = studies / f"{DEFAULT_LAYER}{ENDING}"
    if DEFAULT_LAYER is None or not file.is_file():
        return None
    document = read_yaml(SHIPPED / f"{DEFAULT_LAYER}{ENDING}")
    return Shipped(read_study(file), LayerFile.model_validate(document.data))
