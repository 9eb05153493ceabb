"""What is believed of the parameters after the data: draws weighted by importance, in two rounds.

The first round is drawn around the fit (a Laplace approximation with heavier tails), the second around what the first
found. Prior and likelihood are those of the fit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from regionsim.studies.calibrate.fit import Aim, Evaluations
from regionsim.studies.calibrate.importance import Proposal, Weighted, weighted
from regionsim.studies.calibrate.targets import rho

Array = NDArray[np.float64]

FIRST_ROUND = 0.25  # of all draws
# A row that the loss all but leaves out still narrows the proposal by this much of what it would by least squares.
LEAST_CURVATURE = 0.1


def round_sizes(draws: int) -> tuple[int, int]:
    """How many draws each round has."""
    first = max(round(FIRST_ROUND * draws), 1)
    return first, draws - first


def around_fit(aim: Aim, z: Array) -> Proposal:
    """The Laplace approximation at the fitted scores (parameter,)."""
    covariance = np.asarray(np.linalg.inv(curvature(aim, *Evaluations(aim).at(z))), dtype=np.float64)
    return Proposal(z, _symmetric(covariance))


def curvature(aim: Aim, residuals: Array, jacobian: Array) -> Array:
    """That of minus the log of the posterior (parameter, parameter), without second derivatives of the model."""
    _, first, second = rho(residuals**2, aim.loss)
    of_rows = aim.rows.weight * np.maximum(first + 2 * second * residuals**2, LEAST_CURVATURE * first)
    return np.asarray(jacobian.T @ (of_rows[:, None] * jacobian) + np.eye(jacobian.shape[1]))


def around_draws(first: Proposal, draws: Weighted) -> Proposal:
    """What weighted draws say of mean and covariance, drawn towards the first proposal the fewer they are worth."""
    parameters = len(first.mean)
    trust = draws.effective / (draws.effective + 2 * parameters)
    mean = trust * draws.mean() + (1 - trust) * first.mean
    return Proposal(mean, _symmetric(trust * draws.covariance() + (1 - trust) * first.covariance))


def log_posterior(aim: Aim, z: Array) -> Array:
    """Of each draw (draw, parameter), up to a constant; minus infinity where the run breaks down."""
    modelled = aim.modelled(z)
    sound = np.isfinite(modelled).all(axis=-1)
    return np.where(sound, -aim.cost(aim.rows.residuals(modelled), z), -np.inf)


def combined(rounds: Sequence[tuple[Proposal, Array, Array]]) -> Weighted:
    """The draws of all rounds: proposal, scores (draw, parameter) and log of the posterior (draw,) of each."""
    return weighted(
        np.vstack([z for _, z, _ in rounds]),
        np.concatenate([logs for _, _, logs in rounds]),
        [(proposal, len(z)) for proposal, z, _ in rounds],
    )


def _symmetric(matrix: Array) -> Array:
    return np.asarray((matrix + matrix.T) / 2)
