"""Boxes in the space of factors: limits, who lies inside, and how well a box tells the failing members."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Side = Literal["at least", "at most", "one of"]


@dataclass(frozen=True)
class Limit:
    """One side of a box: the factor at place `factor` is at least or at most `bound`, or one of `choices`.

    Choices are the numbers of a factor in words: places among its values.
    """

    factor: int
    side: Side
    bound: float = math.nan
    choices: tuple[float, ...] = ()

    def holds(self, numbers: Array) -> Mask:
        """Which members, of `numbers` (member, factor), the limit lets in."""
        column = numbers[:, self.factor]
        if self.side == "one of":
            return np.isin(column, self.choices)
        return column >= self.bound if self.side == "at least" else column <= self.bound


# All limits hold at once; without any the box holds every member.
Box = tuple[Limit, ...]


def inside(box: Box, numbers: Array) -> Mask:
    """Which members, of `numbers` (member, factor), lie in the box."""
    held = np.ones(len(numbers), dtype=bool)
    for limit in box:
        held &= limit.holds(numbers)
    return held


@dataclass(frozen=True)
class Fit:
    """How a box stands to the failing: members in it and failing in it, and the same of all that were looked at."""

    members: int
    failing: int
    all_members: int
    all_failing: int

    @property
    def coverage(self) -> float:
        """The share of the failing that lie in the box."""
        return self.failing / self.all_failing

    @property
    def density(self) -> float:
        """The share of the members in the box that fail; nan for an empty box."""
        return self.failing / self.members if self.members else math.nan

    @property
    def mass(self) -> float:
        """The share of all members that lie in the box."""
        return self.members / self.all_members

    @property
    def base_rate(self) -> float:
        """The share of all members that fail."""
        return self.all_failing / self.all_members

    @property
    def distance(self) -> float:
        """How far coverage and density are from 1, density counted from 0 at the base rate to 1; inf if empty.

        Without the base rate the box of all members would be hard to beat wherever most of them fail.
        """
        if not self.members:
            return math.inf
        gain = (self.density - self.base_rate) / (1 - self.base_rate)
        return math.hypot(1 - self.coverage, 1 - gain)


def fit(box: Box, numbers: Array, fails: Mask) -> Fit:
    """The fit of a box to `fails` (member,)."""
    held = inside(box, numbers)
    return Fit(int(held.sum()), int(fails[held].sum()), len(fails), int(fails.sum()))


def quasi_p(box: Box, numbers: Array, fails: Mask) -> tuple[float, ...]:
    """Of each limit, how likely the box would be as dense by chance if the limit did nothing (Bryant, Lempert 2010).

    The probability that as many fail of as many members drawn from the box without that limit; limits were chosen to
    make it small, so that it is too small by itself.
    """
    from scipy import stats

    found = fit(box, numbers, fails)
    shares = []
    for place in range(len(box)):
        held = inside(without(box, place), numbers)
        wider = float(fails[held].mean())
        shares.append(float(stats.binomtest(found.failing, found.members, wider, alternative="greater").pvalue))
    return tuple(shares)


def without(box: Box, place: int) -> Box:
    """The box less the limit at this place."""
    return (*box[:place], *box[place + 1 :])


def tightened(box: Sequence[Limit], limit: Limit) -> Box:
    """The box with a further limit, in place of the one on that side, which it is tighter than."""
    kept = (each for each in box if (each.factor, each.side) != (limit.factor, limit.side))
    return (*kept, limit)
