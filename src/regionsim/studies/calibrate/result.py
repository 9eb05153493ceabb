"""A finished calibration in plain numbers: what each parameter is now, how sure, and how near the model came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regionsim.studies.calibrate.fit import Fit, agreeing, best
from regionsim.studies.calibrate.importance import Weighted
from regionsim.studies.calibrate.scores import Scores
from regionsim.studies.calibrate.study import Study
from regionsim.studies.calibrate.targets import Rows
from regionsim.studies.priors import Prior
from regionsim.studies.validate.scores import root_mean_square, root_mean_square_error

Array = NDArray[np.float64]

DIGITS = 6
# Shrinkage below which the data did not move a parameter, and below which they moved it little.
UNMOVED, WEAK = 0.1, 0.3
# A fitted score this far out lies in the outer twentieth of the prior: prior and data, or the model, disagree.
OUTER = 1.96
SHARES = np.array([0.05, 0.25, 0.75, 0.95])
ROWS_OF_DRAWS = 400


@dataclass(frozen=True)
class Estimate:
    """One parameter after the fit: its most probable value, and quantiles 5, 25, 75 and 95 % of what is believed.

    `shrinkage` is 1 minus the standard deviation after the data over that before, both of the normal score.
    """

    prior: Prior
    value: float
    quantiles: tuple[float, float, float, float]
    shrinkage: float
    is_outer: bool

    @property
    def flag(self) -> str:
        """What a reader must know of it, empty where there is nothing."""
        moved = "not moved by the data" if self.shrinkage < UNMOVED else "weak" if self.shrinkage < WEAK else ""
        return "; ".join(word for word in (moved, "at the edge of its prior" if self.is_outer else "") if word)


@dataclass(frozen=True)
class TargetFit:
    """How near the model came to one indicator, with the evidence and with the fit: root mean squares of its errors.

    In the unit of the indicator, and in sigma.
    """

    variable: str
    rows: int
    error_before: float
    error_after: float
    sigmas_before: float
    sigmas_after: float


@dataclass(frozen=True)
class Calibrated:
    """All that was found: modelled values `before` and `after` (row,), equally weighted `draws` by key (draw,).

    `rows` are all that were observed, those of counties that were left out among them.
    """

    study: Study
    rows: Rows
    fits: tuple[tuple[Fit, ...], ...]
    estimates: tuple[Estimate, ...]
    posterior: Weighted
    broken_draws: int
    before: Array
    after: Array
    draws: dict[str, Array]

    @property
    def lasting(self) -> tuple[Estimate, ...]:
        """Those that the layer holds."""
        return tuple(each for each in self.estimates if each.prior.key not in self.study.nuisance)

    @property
    def passing(self) -> tuple[Estimate, ...]:
        """Those that say nothing beyond the scenario of the study."""
        return tuple(each for each in self.estimates if each.prior.key in self.study.nuisance)

    def target_fits(self, *, left_out: bool = False) -> list[TargetFit]:
        """Of each target, in the order of the study: over the rows that were fitted to, or those `left_out`."""
        found = []
        for variable in self.study.targets:
            own = np.array(
                [row.variable == variable and self.study.is_fitted(row) != left_out for row in self.rows.observations]
            )
            if not own.any():
                continue
            before, after, observed, sigma = (
                each[own] for each in (self.before, self.after, self.rows.observed, self.rows.sigma)
            )
            found.append(
                TargetFit(
                    variable,
                    int(own.sum()),
                    root_mean_square_error(before, observed),
                    root_mean_square_error(after, observed),
                    root_mean_square((before - observed) / sigma),
                    root_mean_square((after - observed) / sigma),
                )
            )
        return found

    def agreeing(self) -> list[tuple[str, int, int]]:
        """Of each stage its name, how many starts came to the least cost, and of how many."""
        return [
            (stage.name, agreeing(list(fits)), len(fits))
            for stage, fits in zip(self.study.stages, self.fits, strict=True)
        ]

    def correlations(self, least: float = 0.3, most: int = 20) -> list[tuple[str, str, float]]:
        """The pairs of parameters that the data tie most, strongest first."""
        covariance = self.posterior.covariance()
        deviation = np.sqrt(np.diag(covariance))
        correlation = covariance / np.outer(deviation, deviation)
        keys = [estimate.prior.key for estimate in self.estimates]
        pairs = [
            (keys[i], keys[j], float(correlation[i, j])) for i in range(len(keys)) for j in range(i + 1, len(keys))
        ]
        return sorted((pair for pair in pairs if abs(pair[2]) >= least), key=lambda pair: -abs(pair[2]))[:most]


def rounded(number: float) -> float:
    """The number with as many digits as a layer has: what is fitted is what can be read."""
    return float(f"{number:.{DIGITS}g}")


def estimates(scores: Scores, z: Array, posterior: Weighted) -> tuple[Estimate, ...]:
    """Of each parameter, from the fitted scores (parameter,) and the weighted draws."""
    deviation = np.sqrt(np.diag(posterior.covariance()))
    values = scores.numbers(z)
    # Quantiles of scores are scores of quantiles: the way from one to the other only rises.
    quantiles = scores.numbers(np.stack([posterior.quantiles(column, SHARES) for column in posterior.z.T], axis=-1))
    return tuple(
        Estimate(
            prior,
            rounded(float(values[prior.key][0])),
            tuple(rounded(float(each)) for each in quantiles[prior.key]),  # type: ignore[arg-type]
            1 - float(deviation[k]),
            bool(abs(z[k]) > OUTER),
        )
        for k, prior in enumerate(scores.priors)
    )


def fitted_scores(fits: tuple[Fit, ...]) -> Array:
    """Those of the least cost."""
    return np.array(best(list(fits)).z)
