"""Importance sampling, as pure functions of arrays: proposals, smoothed weights, and what can be said with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp
from scipy.stats import chi2, norm, qmc

Array = NDArray[np.float64]

# Of the proposal: its tails must be heavier than those of what is sought.
DEGREES_OF_FREEDOM = 6.0
# Above it weights have no finite variance that means anything (Vehtari et al. 2024).
HIGHEST_SHAPE = 0.7


@dataclass(frozen=True)
class Proposal:
    """A multivariate t distribution: `mean` (parameter,), `covariance` of its normal core (parameter, parameter)."""

    mean: Array
    covariance: Array

    def draws(self, count: int, seed: int) -> Array:
        """Draws by (draw, parameter), from a scrambled Sobol sequence."""
        size = len(self.mean)
        points = qmc.Sobol(size + 1, seed=seed).random_base2(int(np.ceil(np.log2(count))))[:count]
        points = np.clip(points, 1e-12, 1 - 1e-12)
        radius = np.sqrt(DEGREES_OF_FREEDOM / chi2.ppf(points[:, size], DEGREES_OF_FREEDOM))
        core = norm.ppf(points[:, :size]) @ np.linalg.cholesky(self.covariance).T
        return np.asarray(self.mean + radius[:, None] * core, dtype=np.float64)

    def log_density(self, z: Array) -> Array:
        """The log of its density at each of z (draw, parameter)."""
        size, freedom = len(self.mean), DEGREES_OF_FREEDOM
        root = np.linalg.cholesky(self.covariance)
        apart = np.linalg.solve(root, (z - self.mean).T)
        constant = gammaln((freedom + size) / 2) - gammaln(freedom / 2) - 0.5 * size * np.log(freedom * np.pi)
        spread = constant - np.log(np.diag(root)).sum()
        return np.asarray(spread - 0.5 * (freedom + size) * np.log1p((apart**2).sum(axis=0) / freedom))


@dataclass(frozen=True)
class Weighted:
    """Draws with their weights, which sum to 1; `shape` is that of the Pareto tail, nan where there are too few."""

    z: Array
    weights: Array
    shape: float

    @property
    def effective(self) -> float:
        """How many independent draws these are worth."""
        return float(1 / (self.weights**2).sum())

    def mean(self) -> Array:
        """(parameter,)"""
        return np.asarray(self.weights @ self.z)

    def covariance(self) -> Array:
        """(parameter, parameter)"""
        apart = self.z - self.mean()
        return np.asarray((self.weights[:, None] * apart).T @ apart)

    def quantiles(self, values: Array, shares: Array) -> Array:
        """Of one value for each draw, (share,)."""
        order = np.argsort(values, kind="stable")
        middle = np.cumsum(self.weights[order]) - 0.5 * self.weights[order]
        return np.asarray(np.interp(shares, middle, values[order]))

    def resampled(self, count: int, seed: int) -> NDArray[np.intp]:
        """Which draws stand for all with equal weights, (count,): systematic resampling."""
        points = (np.arange(count) + np.random.default_rng(seed).random()) / count
        return np.minimum(np.searchsorted(np.cumsum(self.weights), points), len(self.weights) - 1)


def weighted(z: Array, log_target: Array, proposals: list[tuple[Proposal, int]]) -> Weighted:
    """Draws from several proposals, so many of each, weighted against their mixture; the largest weights smoothed.

    `log_target` is minus infinity for a draw that cannot be, which gets no weight.
    """
    total = sum(count for _, count in proposals)
    mixture = logsumexp(
        np.stack([proposal.log_density(z) + np.log(count / total) for proposal, count in proposals]), axis=0
    )
    ratios = log_target - mixture
    smooth, shape = pareto_smoothed(ratios - ratios.max())
    return Weighted(z, np.exp(smooth - logsumexp(smooth)), shape)


def pareto_smoothed(log_ratios: Array) -> tuple[Array, float]:
    """The ratios with the largest in place of quantiles of a Pareto tail fitted to them, and the tail's shape.

    As in Vehtari, Simpson, Gelman, Yao and Gabry (2024): where the shape is above 0.7 the weights cannot be relied on.
    """
    count = len(log_ratios)
    tail = int(min(0.2 * count, 3 * np.sqrt(count)))
    order = np.argsort(log_ratios, kind="stable")
    if tail < 5 or not np.isfinite(log_ratios[order[-tail - 1]]):
        return log_ratios, float("nan")
    largest, cutoff = order[-tail:], float(np.exp(log_ratios[order[-tail - 1]]))
    excess = np.exp(log_ratios[largest]) - cutoff
    if not excess[0] > 0:  # equal weights have no tail
        return log_ratios, float("nan")
    shape, scale = pareto_fit(excess)
    shares = (np.arange(tail) + 0.5) / tail
    quantiles = scale * np.expm1(-shape * np.log1p(-shares)) / shape if shape else -scale * np.log1p(-shares)
    smooth = log_ratios.copy()
    smooth[largest] = np.minimum(np.log(cutoff + quantiles), log_ratios.max())
    return smooth, shape


def pareto_fit(excess: Array) -> tuple[float, float]:
    """Shape and scale of a generalized Pareto distribution of rising values above 0 (Zhang and Stephens 2009).

    The shape is drawn a little towards 0.5, as if ten more values said so.
    """
    count = len(excess)
    grid = 30 + int(np.sqrt(count))
    quartile = excess[int(count / 4 + 0.5) - 1]
    theta = 1 / excess[-1] + (1 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))) / (3 * quartile)
    shapes = np.log1p(-theta[:, None] * excess).mean(axis=1)
    likelihood = count * (np.log(-theta / shapes) - shapes - 1)
    mean = float((theta * np.exp(likelihood - logsumexp(likelihood))).sum())
    shape = float(np.log1p(-mean * excess).mean())
    scale = -shape / mean
    return (count * shape + 10 * 0.5) / (count + 10), scale
