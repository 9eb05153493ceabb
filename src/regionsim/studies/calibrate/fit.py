"""The most probable parameters: least squares over data and priors, each Jacobian from one ensemble, many starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.stats import norm, qmc

from regionsim.scenarios.scenario import Scenario
from regionsim.studies.calibrate.scores import Scores
from regionsim.studies.calibrate.targets import BROKEN, Rows, log_likelihood, modelled, rho
from regionsim.studies.engines import Engine

Array = NDArray[np.float64]

# Of a score, towards the middle of the prior.
STEP = 0.01
MOST_EVALUATIONS = 40
TOLERANCE = 1e-6
# Sobol points stay within these shares of each prior.
INNER = 0.05
# Starts agree where their costs differ by less, in units of the log of the posterior.
AGREEMENT = 0.1


@dataclass(frozen=True)
class Aim:
    """What one stage makes small: the rows under a loss and the scores of its free parameters, others `held`.

    `held_out` are counties of which nothing between the censuses is known to the model.
    """

    scenario: Scenario
    rows: Rows
    scores: Scores
    held: Mapping[str, float]
    loss: str
    held_out: tuple[str, ...] = ()
    engine: Engine = "reference"

    def modelled(self, z: Array) -> Array:
        """The model's values by (member, row) at scores by (member, parameter)."""
        z = np.atleast_2d(z)
        held = {key: np.full(len(z), value) for key, value in self.held.items()}
        return modelled(self.scenario, held | self.scores.numbers(z), self.rows, self.held_out, self.engine)

    def cost(self, residuals: Array, z: Array) -> Array:
        """Minus the log of the posterior, up to a constant, (member,)."""
        prior = 0.5 * (np.atleast_2d(z) ** 2).sum(axis=-1)
        return np.asarray(prior - log_likelihood(residuals, self.rows.weight, self.loss), dtype=np.float64)


@dataclass(frozen=True)
class Fit:
    """Where one start came to: scores (parameter,), cost, ensembles that were run, and members in them that broke."""

    z: tuple[float, ...]
    cost: float
    cost_at_start: float
    ensembles: int
    broken: int


@dataclass
class Evaluations:
    """Residuals and their derivatives by the scores at which they were worked out, together in one ensemble."""

    aim: Aim
    known: dict[bytes, tuple[Array, Array]] = field(default_factory=dict)
    ensembles: int = 0
    broken: int = 0

    def at(self, z: Array) -> tuple[Array, Array]:
        """Residuals of the rows (row,) and their derivatives by the scores (row, parameter)."""
        key = z.tobytes()
        if key not in self.known:
            self.known[key] = self._worked_out(z)
        return self.known[key]

    def _worked_out(self, z: Array) -> tuple[Array, Array]:
        steps = np.where(z > 0, -STEP, STEP)
        residuals = self._residuals(np.vstack([z, z + np.diag(steps)]))
        own, beside = residuals[0], residuals[1:]
        missing = np.flatnonzero((beside == BROKEN).all(axis=-1))
        if len(missing) and not (own == BROKEN).all():
            # The other side: a derivative across the edge where runs break would be that of the edge.
            steps[missing] *= -1
            beside[missing] = self._residuals(z + np.diag(steps)[missing])
            steps[(beside == BROKEN).all(axis=-1)] = np.inf
        return own, ((beside - own) / steps[:, None]).T

    def _residuals(self, z: Array) -> Array:
        values = self.aim.modelled(z)
        self.ensembles += 1
        self.broken += int((~np.isfinite(values).all(axis=-1)).sum())
        return self.aim.rows.residuals(values)


def fit_start(aim: Aim, z: Array) -> Fit:
    """Least squares from the scores `z` (parameter,) on.

    scipy's loss applies to every residual. Here it is that of the aim for the rows, with the weights of their targets,
    and none for the scores, whose prior is normal.
    """
    evaluations, count = Evaluations(aim), len(aim.rows.observed)

    def residuals(moved: Array) -> Array:
        return np.concatenate([evaluations.at(z + moved)[0], z + moved])

    def jacobian(moved: Array) -> Array:
        return np.vstack([evaluations.at(z + moved)[1], np.eye(len(z))])

    def loss(squares: Array) -> Array:
        of_rows = aim.rows.weight * rho(squares[:count], aim.loss)
        return np.hstack([of_rows, rho(squares[count:], "linear")])

    # It looks for how far to move: its first step may then be as long as 1, and not as long as z happens to be.
    found = least_squares(
        residuals,
        np.zeros_like(z),
        jac=jacobian,
        loss=loss,
        ftol=TOLERANCE,
        xtol=TOLERANCE,
        gtol=TOLERANCE,
        max_nfev=MOST_EVALUATIONS,
    )
    at_start = float(aim.cost(evaluations.at(z)[0][None], z)[0])
    return Fit(
        tuple(float(score) for score in z + found.x),
        float(found.cost),
        at_start,
        evaluations.ensembles,
        evaluations.broken,
    )


def starts(scores: Scores, count: int, seed: int) -> Array:
    """Scores to start from, (start, parameter): the evidence as it is, then Sobol points of the priors."""
    centre = scores.centre()
    if count == 1:
        return centre[None]
    sobol = qmc.Sobol(len(centre), seed=seed).random_base2(int(np.ceil(np.log2(count))))[: count - 1]
    return np.vstack([centre, norm.ppf(INNER + (1 - 2 * INNER) * sobol)])


def best(fits: list[Fit]) -> Fit:
    """The fit of least cost, of equal ones the first."""
    return min(fits, key=lambda each: each.cost)


def agreeing(fits: list[Fit]) -> int:
    """How many starts came to the least cost."""
    return sum(each.cost <= best(fits).cost + AGREEMENT for each in fits)
