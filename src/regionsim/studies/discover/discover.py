"""Scenario discovery in a finished sweep: box after box, each tested by halves of the members."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regionsim.studies.discover.ask import Question
from regionsim.studies.discover.boxes import Array, Box, Fit, Mask, fit, inside, quasi_p
from regionsim.studies.discover.finished import FinishedSweep
from regionsim.studies.discover.halves import Halves, in_halves
from regionsim.studies.discover.search import METHODS, Search, search

# Of fewer, failing or not, nothing can be said.
FEWEST = 20
MOST_BOXES = 3
# Two factors whose ranks are correlated as much in the draws cannot be told apart by them.
ALIKE = 0.5


@dataclass(frozen=True)
class FoundBox:
    """A box among `looked_at` (member,), the members outside all boxes before it.

    `shares` are the quasi p-values of its limits; `row` has the boxes that it was chosen from; `alike` has for each
    factor that it limits the factors that move with it, with their rank correlation.
    """

    box: Box
    fit: Fit
    shares: tuple[float, ...]
    row: tuple[tuple[Box, Fit], ...]
    halves: Halves
    looked_at: Mask
    alike: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, kw_only=True)
class LookedAt:
    """Who was looked at: `members` are places; `values` (nan for breaks), `fails` and `numbers` are theirs.

    `broken` members broke down and `without_value` have no value: both are left out.
    """

    members: NDArray[np.intp]
    values: Array
    fails: Mask
    numbers: Array
    broken: int
    without_value: int


@dataclass(frozen=True, kw_only=True)
class Discovery(LookedAt):
    """What was found of a question: `boxes` hold; `unsupported` is the one after them that did not."""

    sweep: FinishedSweep
    question: Question
    splits: int
    seed: int
    boxes: tuple[FoundBox, ...]
    unsupported: FoundBox | None

    @property
    def is_enough(self) -> bool:
        """Whether there are enough members of both kinds to say anything."""
        return _is_enough(self.fails)


def searches(splits: int) -> int:
    """How many searches in halves there are at most."""
    return 2 * splits * MOST_BOXES


def discover(
    sweep: FinishedSweep,
    question: Question,
    *,
    splits: int = 10,
    seed: int = 0,
    tell: Callable[[str], object] = lambda what: None,
) -> Discovery:
    """The boxes in which members fail; `tell` is called after each search in half of them (`searches`)."""
    method, looked = METHODS[question.method], looked_at_of(sweep, question)
    in_words = {k for k, factor in enumerate(sweep.factors) if factor.in_words}
    boxes: list[FoundBox] = []
    unsupported: FoundBox | None = None
    looked_at = np.ones(len(looked.fails), dtype=bool)
    while len(boxes) < MOST_BOXES and _is_enough(looked.fails[looked_at]):
        members = looked.numbers[looked_at], looked.fails[looked_at]
        searched = search(method, *members, in_words)
        halves = in_halves(method, *members, in_words, splits=splits, seed=seed, tell=tell)
        found = _found_box(looked, looked_at, searched, halves)
        if not (found.box and found.halves.hold):
            unsupported = found
            break
        boxes.append(found)
        looked_at = looked_at & ~inside(found.box, looked.numbers)
    return Discovery(
        sweep=sweep,
        question=question,
        splits=splits,
        seed=seed,
        **vars(looked),
        boxes=tuple(boxes),
        unsupported=unsupported,
    )


def _found_box(looked: LookedAt, looked_at: Mask, found: Search, halves: Halves) -> FoundBox:
    """The box of a search among the members in `looked_at`, with what its numbers say of it."""
    seen, failing = looked.numbers[looked_at], looked.fails[looked_at]
    return FoundBox(
        box=found.box,
        fit=fit(found.box, seen, failing),
        shares=quasi_p(found.box, seen, failing),
        row=tuple((box, fit(box, seen, failing)) for box in found.row),
        halves=halves,
        looked_at=looked_at,
        alike=_alike(found.box, looked.numbers),
    )


def looked_at_of(sweep: FinishedSweep, question: Question) -> LookedAt:
    """Who is asked, and who of them fails."""
    condition, broken = question.condition, sweep.failed(question.scenario) > 0
    if condition is None:
        values, counted = np.full(len(broken), np.nan), np.ones(len(broken), dtype=bool)
        fails = broken
    else:
        values = condition.values(sweep, question.scenario)
        counted = np.isfinite(values)
        fails = condition.fails(values)
    members = np.flatnonzero(counted)
    return LookedAt(
        members=members,
        values=values[members],
        fails=fails[members],
        numbers=sweep.numbers[members],
        broken=0 if condition is None else int((broken & ~counted).sum()),
        without_value=int((~broken & ~counted).sum()),
    )


def _is_enough(fails: Mask) -> bool:
    return min(int(fails.sum()), int((~fails).sum())) >= FEWEST


def _alike(box: Box, numbers: Array) -> tuple[tuple[int, int, float], ...]:
    """Factor of the box, other factor, rank correlation: of all pairs whose ranks are much correlated in the draws."""
    from scipy import stats

    limited = sorted({limit.factor for limit in box})
    ranks = stats.rankdata(numbers, axis=0)
    ranks = ranks - ranks.mean(axis=0)
    norms = np.sqrt((ranks**2).sum(axis=0))
    found = []
    for factor in limited:
        with np.errstate(invalid="ignore"):  # a factor that is the same in all members has no correlation
            correlation = ranks.T @ ranks[:, factor] / (norms * norms[factor])
        found += [
            (factor, int(other), float(correlation[other]))
            for other in np.flatnonzero(np.abs(correlation) >= ALIKE)
            if other != factor
        ]
    return tuple(found)
