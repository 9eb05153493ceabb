"""Members that failed: how many, with which words, and in which part of the space of parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regionsim.studies.sweep.factors import Factor

Array = NDArray[np.float64]

MOST_FACTORS = 3
MOST_WORDS = 3
BLOCK = 1_000_000  # numbers that are looked at together
NUMBER = re.compile(r"-?\b\d[\d.]*(e[-+]?\d+)?\b|-?\binf\b|\bnan\b")


@dataclass(frozen=True)
class Separation:
    """How far a factor tells the failed from the others: the distance of Kolmogorov and Smirnov, 0 to 1.

    `failed` and `all` are the lowest and highest number of the failed members and of all.
    """

    factor: Factor
    distance: float
    failed: tuple[float, float]
    all: tuple[float, float]


def separations(factors: Sequence[Factor], numbers: Array, failed: Sequence[int]) -> list[Separation]:
    """The factors, the one that tells most first; `numbers` is (member, factor), `failed` the places of the failed."""
    is_failed = np.zeros(len(numbers), dtype=bool)
    is_failed[list(failed)] = True
    found = []
    for k, distance in enumerate(distances(numbers, is_failed)):
        drawn = ~np.isnan(numbers[:, k])
        if np.isfinite(distance):
            ends = _ends(numbers[drawn & is_failed, k]), _ends(numbers[drawn, k])
            found.append(Separation(factors[k], float(distance), *ends))
    return sorted(found, key=lambda each: -each.distance)


def distances(numbers: Array, chosen: NDArray[np.bool_]) -> Array:
    """How far the numbers of chosen members and of the others lie apart, factor by factor (Kolmogorov and Smirnov).

    `numbers` is (member, factor), nan where a member has none; nan where one of the two groups has no number.
    """
    # In blocks of factors: what is sorted and counted takes several times the room of the numbers.
    step = max(1, BLOCK // max(len(numbers), 1))
    parts = [_distances(numbers[:, k : k + step], chosen) for k in range(0, numbers.shape[1], step)]
    return np.concatenate(parts) if parts else np.empty(0)


def _distances(numbers: Array, chosen: NDArray[np.bool_]) -> Array:
    order = np.argsort(numbers, axis=0, kind="stable")  # nan last
    ranked = np.take_along_axis(numbers, order, axis=0)
    groups = [(chosen[order] == side) & ~np.isnan(ranked) for side in (True, False)]
    with np.errstate(invalid="ignore"):
        ones, others = (np.cumsum(group, axis=0) / group.sum(axis=0) for group in groups)
    apart = np.abs(ones - others)
    apart[:-1][ranked[:-1] == ranked[1:]] = 0.0  # between equal numbers nothing can be told
    return np.asarray(apart.max(axis=0, initial=0.0), dtype=np.float64)


def failure_lines(scenario: str, factors: Sequence[Factor], numbers: Array, failures: Mapping[int, str]) -> list[str]:
    """What a reader must know of the failed members of one scenario; nothing where there is none."""
    if not failures:
        return []
    lines = [f"{scenario}: {len(failures)} of {len(numbers)} members failed, and enter no figure."]
    alike: dict[str, list[str]] = {}
    for words in failures.values():
        alike.setdefault(NUMBER.sub("#", words), []).append(words)
    groups = sorted(alike.values(), key=lambda group: -len(group))
    lines += [f"  {len(group)} like: {group[0]}" for group in groups[:MOST_WORDS]]
    if len(groups) > MOST_WORDS:
        lines.append(f"  and {len(groups) - MOST_WORDS} kinds more (failures.csv)")
    found = separations(factors, numbers, list(failures))
    if found:
        lines.append("  Where they lie (distance of Kolmogorov and Smirnov; 1 tells the failed from the others):")
    for each in found[:MOST_FACTORS]:
        failed, every = (
            f"{_shown(each.factor, low)} to {_shown(each.factor, high)}" for low, high in (each.failed, each.all)
        )
        lines.append(f"    {each.factor.key}: {each.distance:.2f}; failed {failed}, all {every}")
    return lines


def _ends(numbers: Array) -> tuple[float, float]:
    return float(numbers.min()), float(numbers.max())


def _shown(factor: Factor, number: float) -> str:
    said = factor.said(number)
    return f"{said:.4g}" if isinstance(said, float) else f"'{said}'"
