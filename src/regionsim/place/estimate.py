"""A figure with its doubt: value, range, quality, source and year, as the readers of the base year return it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from regionsim.language.inputs import Quality

# From the best to the worst, as the qualities of the language are listed.
QUALITIES: tuple[Quality, ...] = get_args(Quality)


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One figure; `low` and `high` enclose `value` and share its unit, `year` is the year that it was stated for."""

    value: float
    low: float
    high: float
    quality: Quality
    source: str
    year: int
    note: str = ""


def quality_rank(quality: str) -> int:
    """0 for the best quality, rising; calibrated and assumed figures come after all that were read or derived."""
    return QUALITIES.index(quality)


def worst_quality(qualities: Iterable[str]) -> Quality:
    """The worst of the given qualities: a total is no better than its poorest part. Raises ValueError for none."""
    return QUALITIES[max(quality_rank(quality) for quality in qualities)]


def independent_error(errors: Iterable[float]) -> float:
    """The half-range of a sum or difference of figures whose half-ranges are independent, in the same unit."""
    return math.sqrt(sum(error * error for error in errors))
