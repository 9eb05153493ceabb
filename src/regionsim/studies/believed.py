"""Draws of what is believed of the parameters: after the scenario's calibration, else by the ranges beside them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regionsim.place.assemble import network_parameters
from regionsim.scenarios.calibration import Calibration, shipped_layers
from regionsim.scenarios.drawn import Drawn
from regionsim.scenarios.layers import SHOCKS
from regionsim.studies.layer_draws import layer_draws
from regionsim.studies.model import evidence
from regionsim.studies.priors import drawable, from_uniform, prior_of

Array = NDArray[np.float64]

PRIOR, POSTERIOR = "prior", "posterior"


def default_parameters() -> list[str]:
    """The parameters that are drawn where nobody names one: those with a range, but for the network's and shocks.

    Each draw of a parameter of the network needs shortest paths of its own, and the range of a shock is what a scenario
    may say, not what is believed: both are drawn where one is named.
    """
    apart = {*network_parameters(evidence()), *SHOCKS.values()}
    return [name for name in drawable() if name not in apart]


def believed_draws(calibration: Calibration | None, members: int, seed: int) -> tuple[dict[str, Array], str]:
    """Numbers of every parameter that is drawn by default, (member,) each, and where they come from.

    Parameters of a shipped layer have its draws, spread over all of them, with what the data say of them together; of
    those of which it has elements the others are as in the evidence. All other parameters have a Latin hypercube of
    their priors, and so have all where the scenario's calibration is none that is shipped.
    """
    from scipy.stats import qmc

    shipped = calibration is not None and calibration.name in shipped_layers()
    found = layer_draws(calibration.name) if shipped and calibration is not None else {}
    settled = {Drawn.of(key).name for key in found}
    priors = [prior_of(name) for name in default_parameters() if name not in settled]
    generator = np.random.default_rng(seed)
    draws = from_uniform(priors, qmc.LatinHypercube(len(priors), rng=generator).random(members))
    if not found:
        return draws, PRIOR
    rows = len(next(iter(found.values())))
    chosen = generator.permutation(np.linspace(0, rows - 1, members).round().astype(int))
    return {**draws, **{key: values[chosen] for key, values in found.items()}}, POSTERIOR
