"""Designs: from what a study says of its members to a table of numbers, a row for each member."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from regionsim.studies.sweep.factors import Factor
from regionsim.studies.sweep.schema import DEFAULT_LEVELS, DesignEntry

Array = NDArray[np.float64]

# Kinds whose members are draws from a distribution, which can be correlated.
DRAWN = ("latin-hypercube", "sobol", "monte-carlo")


@dataclass(frozen=True)
class Correlation:
    """The rank correlation of two factors, by their places."""

    first: int
    second: int
    coefficient: float


def members_of(design: DesignEntry, factors: Sequence[Factor]) -> int:
    """How many members the design has, before any is made."""
    levels = design.levels or DEFAULT_LEVELS.get(design.kind, 0)
    if design.kind == "grid":
        return math.prod(len(_levels(factor, levels)) for factor in factors)
    if design.kind == "one-at-a-time":
        return 1 + sum(len(_levels(factor, levels)) for factor in factors)
    if design.kind == "morris":
        assert design.trajectories is not None
        return design.trajectories * (len(factors) + 1)
    assert design.members is not None
    if design.kind == "saltelli":
        return design.members * (len(factors) + 2)
    return design.members


def numbers_of(design: DesignEntry, factors: Sequence[Factor], correlations: Sequence[Correlation] = ()) -> Array:
    """The numbers of all members, (member, factor); the same for the same design, whatever else is asked.

    - grid: every level with every level, the last factor changing fastest;
    - one-at-a-time: first a member in which nothing is changed, then each factor at each of its levels alone;
    - latin-hypercube, sobol (scrambled), monte-carlo: draws from the factors' distributions;
    - morris: trajectories one after the other, each of which changes every factor once by half of its range or more;
    - saltelli: two samples A and B of a Sobol sequence (scrambled), row by row: the row of A, that of B, and for each
      factor that of A with the factor's number of B.

    Raises ValueError for correlations that no distribution has.
    """
    levels = design.levels or DEFAULT_LEVELS.get(design.kind, 0)
    if design.kind == "grid":
        meshes = np.meshgrid(*(_levels(factor, levels) for factor in factors), indexing="ij")
        return np.stack([mesh.reshape(-1) for mesh in meshes], axis=1)
    if design.kind == "one-at-a-time":
        return _one_at_a_time(factors, levels)
    members = members_of(design, factors)
    if design.kind == "morris":
        shares = morris_shares(len(factors), members // (len(factors) + 1), levels, design.seed)
        return _numbers(factors, shares, ends=True)
    if design.kind == "saltelli":
        return _numbers(factors, saltelli_shares(len(factors), members // (len(factors) + 2), design.seed))
    generator = np.random.default_rng(design.seed)
    if not factors:
        return np.empty((members, 0))
    shares = _shares(design.kind, len(factors), members, generator)
    if correlations:
        shares = correlated(shares, correlations, keep_ranks=design.kind == "latin-hypercube")
    return _numbers(factors, shares)


def correlation_matrix(size: int, correlations: Sequence[Correlation]) -> Array:
    """The correlations of the normal scores. Raises ValueError where no distribution has all of them together."""
    matrix = np.eye(size)
    for each in correlations:
        # Of two normal numbers with the correlation r the ranks have that of 6/pi asin(r/2).
        score = 2 * math.sin(math.pi * each.coefficient / 6)
        matrix[each.first, each.second] = matrix[each.second, each.first] = score
    if np.linalg.eigvalsh(matrix)[0] <= 1e-10:
        raise ValueError("no numbers can have all these correlations together")
    return matrix


def correlated(shares: Array, correlations: Sequence[Correlation], *, keep_ranks: bool = False) -> Array:
    """Shares (member, factor) made dependent by a Gaussian copula; each factor alone stays uniform.

    With `keep_ranks` every factor keeps its very shares, in another order (Iman and Conover 1982), as those of a Latin
    hypercube must.
    """
    root = np.linalg.cholesky(correlation_matrix(shares.shape[1], correlations))
    inside = np.clip(shares, 1e-12, 1 - 1e-12)
    scores = stats.norm.ppf(inside) @ root.T
    touched = sorted({place for each in correlations for place in (each.first, each.second)})
    made = shares.copy()
    for place in touched:
        if keep_ranks:
            ranks = np.argsort(np.argsort(scores[:, place], kind="stable"), kind="stable")
            made[:, place] = np.sort(shares[:, place])[ranks]
        else:
            made[:, place] = stats.norm.cdf(scores[:, place])
    return made


def morris_shares(factors: int, trajectories: int, levels: int, seed: int) -> Array:
    """The trajectories of Morris (1991) on a grid of an even number of levels: (trajectory * (factor + 1), factor)."""
    generator = np.random.default_rng(seed)
    jump = levels / (2 * (levels - 1))
    rows = np.empty((trajectories, factors + 1, factors))
    for trajectory in rows:
        upward = generator.random(factors) < 0.5
        start = generator.integers(0, levels // 2, factors) / (levels - 1)
        position = np.where(upward, start, start + jump)
        trajectory[0] = position
        for step, factor in enumerate(generator.permutation(factors), start=1):
            position[factor] += jump if upward[factor] else -jump
            trajectory[step] = position
    return np.clip(rows.reshape(-1, factors), 0.0, 1.0)


def saltelli_shares(factors: int, rows: int, seed: int) -> Array:
    """The samples of Saltelli et al. (2010), A, B and A with one column of B: (row * (factor + 2), factor).

    A row stands together, so that its members, of which most differ in one number, are simulated in the same chunk, and
    that the first half of the rows is a design of its own.
    """
    both = stats.qmc.Sobol(2 * factors, seed=np.random.default_rng(seed)).random(rows)
    first, second = both[:, :factors], both[:, factors:]
    made = np.repeat(first[:, None, :], factors + 2, axis=1)
    made[:, 1] = second
    places = np.arange(factors)
    made[:, places + 2, places] = second
    return made.reshape(-1, factors)


def drawn_rows(rows: int, members: int, seed: int) -> NDArray[np.intp]:
    """Which of the equally likely rows the members are: each at most once as long as there are enough."""
    generator = np.random.default_rng(seed)
    if members <= rows:
        return generator.permutation(rows)[:members]
    return generator.integers(0, rows, members)


def _levels(factor: Factor, levels: int) -> Array:
    return factor.spread(factor.levels or levels)


def _one_at_a_time(factors: Sequence[Factor], levels: int) -> Array:
    rows = [np.full(len(factors), np.nan)]
    for place, factor in enumerate(factors):
        for number in _levels(factor, levels):
            row = np.full(len(factors), np.nan)
            row[place] = number
            rows.append(row)
    return np.stack(rows)


def _shares(kind: str, factors: int, members: int, generator: np.random.Generator) -> Array:
    if kind in ("monte-carlo", "posterior"):
        return generator.random((members, factors))
    if kind == "latin-hypercube":
        return np.asarray(stats.qmc.LatinHypercube(factors, seed=generator).random(members), dtype=np.float64)
    return np.asarray(stats.qmc.Sobol(factors, seed=generator).random(members), dtype=np.float64)


def _numbers(factors: Sequence[Factor], shares: Array, *, ends: bool = False) -> Array:
    made = [factor.within(shares[:, k]) if ends else factor.numbers(shares[:, k]) for k, factor in enumerate(factors)]
    return np.stack(made, axis=1)
