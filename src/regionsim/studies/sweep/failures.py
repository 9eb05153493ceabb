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
    from scipy import stats

    is_failed = np.zeros(len(numbers), dtype=bool)
    is_failed[list(failed)] = True
    if not is_failed.any() or is_failed.all():
        return []
    found = []
    for k, factor in enumerate(factors):
        column = numbers[:, k]
        ones, others = (column[chosen & ~np.isnan(column)] for chosen in (is_failed, ~is_failed))
        if len(ones) and len(others):
            distance = float(stats.ks_2samp(ones, others, method="asymp").statistic)
            both = np.concatenate([ones, others])
            found.append(Separation(factor, distance, _ends(ones), _ends(both)))
    return sorted(found, key=lambda each: -each.distance)


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
