"""Is it chance? The search again in random halves of the members, each box judged by the members it did not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regionsim.studies.discover.boxes import Array, Mask, Side, fit
from regionsim.studies.discover.search import Method, search

# A box holds where so many of the halves find one that is denser in the other half than that half is.
ENOUGH_HALVES = 0.9
# A limit on a factor that fewer halves have may be chance.
ENOUGH_FOR_A_LIMIT = 0.5


@dataclass(frozen=True)
class Halves:
    """What `count` halves found. Density and coverage are those in the other halves, on average.

    `denser` is the share of halves with a box that is denser in the other half than that half is; `limited` the share
    that limits a factor on a side.
    """

    count: int
    density: float
    coverage: float
    denser: float
    limited: Mapping[tuple[int, Side], float]

    @property
    def hold(self) -> bool:
        """Whether boxes found in one half hold in the other."""
        return self.denser >= ENOUGH_HALVES


def in_halves(
    method: Method,
    numbers: Array,
    fails: Mask,
    in_words: Collection[int],
    *,
    splits: int,
    seed: int,
    tell: Callable[[str], object] = lambda what: None,
) -> Halves:
    """Split the members `splits` times, with as many failing in both halves, and search in each half by itself.

    Both halves of a split are used (Shah and Samworth 2013). `tell` is called after each half.
    """
    generator = np.random.default_rng(seed)
    limited: Counter[tuple[int, Side]] = Counter()
    density = coverage = denser = 0.0
    for _ in range(splits):
        first = _half(fails, generator)
        for seen in (first, ~first):
            box = search(method, numbers[seen], fails[seen], in_words).box
            limited.update({(limit.factor, limit.side) for limit in box})
            judged = fit(box, numbers[~seen], fails[~seen])
            # A box with nobody of the other half in it says nothing of them: it is as good as none.
            density += judged.density if judged.members else judged.base_rate
            coverage += judged.coverage
            denser += bool(box) and judged.density > judged.base_rate
            tell("half")
    count = 2 * splits
    shares = {key: number / count for key, number in limited.items()}
    return Halves(count, density / count, coverage / count, denser / count, shares)


def _half(fails: Mask, generator: np.random.Generator) -> NDArray[np.bool_]:
    """Half of the failing members and half of the others."""
    chosen = np.zeros(len(fails), dtype=bool)
    for group in (np.flatnonzero(fails), np.flatnonzero(~fails)):
        chosen[generator.permutation(group)[: len(group) // 2]] = True
    return chosen
