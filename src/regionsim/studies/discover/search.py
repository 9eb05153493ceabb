"""Searching a box: a library makes a row of boxes, one of which is chosen and freed of limits that tell nothing."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regionsim.studies.discover.boxes import Array, Box, Limit, Mask, fit, quasi_p, tightened, without
from regionsim.studies.sweep.failures import distances

# Among hundreds of factors some tell the failing well by chance, and a search that sees them all finds these.
LEAST_SEARCHED, MOST_SEARCHED = 3, 12
MOST_FALSE = 0.2  # of those that are seen
PEELED = 0.1  # of the members in a step; less follows single members where there are few
LEAST_MASS = 0.05  # of a box, as in ema-workbench
LEAST_INSIDE = 10  # members
MOST_FACTORS = 4  # that a box limits: more nobody can picture
CHANCE = 0.05  # a limit with a greater quasi p-value tells nothing

# Gets numbers (member, factor), who fails, and the places of factors in words; the last boxes are the smallest.
Method = Callable[[Array, Mask, Collection[int]], list[Box]]


@dataclass(frozen=True)
class Search:
    """What a search found: the chosen box, and the row of boxes that it was chosen from."""

    box: Box
    row: tuple[Box, ...]


def search(method: Method, numbers: Array, fails: Mask, in_words: Collection[int]) -> Search:
    """The box that tells the failing best, by `numbers` (member, factor) and `fails` (member,), some but not all true.

    It is the one of the row nearest to a coverage and a density of 1 (`Fit.distance`). Where it limits a factor that
    chance explains as well, the search begins anew without the weakest: limits that tell nothing would take the place
    of those that do. A box without limits says that none was found.
    """
    places = searched(numbers, fails)
    row: tuple[Box, ...] = ()
    while True:
        # Peeling stops where no step tells, which further factors help it over: what they led to is kept.
        seen = dict.fromkeys(tuple(limit for limit in box if limit.factor in places) for box in row)
        row = (*_row(method, numbers, fails, in_words, places), *seen)
        box = min(row, key=lambda each: (fit(each, numbers, fails).distance, len(each)))
        strength: dict[int, float] = {}
        for limit, share in zip(box, quasi_p(box, numbers, fails), strict=True):
            strength[limit.factor] = min(share, strength.get(limit.factor, 1.0))
        kept = sorted(strength, key=lambda factor: strength[factor])[:MOST_FACTORS]
        if len(kept) == len(strength):
            if not kept or strength[kept[-1]] <= CHANCE:
                box = pruned(box, numbers, fails)
                return Search(box, row if box in row else (*row, box))
            kept.pop()
        if not kept:
            return Search((), row)
        places = np.sort(np.asarray(kept, dtype=np.intp))


def _row(
    method: Method, numbers: Array, fails: Mask, in_words: Collection[int], places: NDArray[np.intp]
) -> tuple[Box, ...]:
    """The boxes that the method makes of the factors at these places alone."""
    words = {k for k, place in enumerate(places) if place in in_words}
    return tuple(_placed(box, places) for box in method(numbers[:, places], fails, words))


def searched(numbers: Array, fails: Mask) -> NDArray[np.intp]:
    """The places of the factors that enter a search, in their order: all, where they are few.

    Of many those that differ most where members fail, as long as no more than some of them differ by chance (Benjamini
    and Hochberg 1995); three in any case.
    """
    from scipy import stats

    if numbers.shape[1] <= MOST_SEARCHED:
        return np.arange(numbers.shape[1])
    found = distances(numbers, fails)
    size = fails.sum() * (~fails).sum() / len(fails)
    share = stats.false_discovery_control(stats.kstwobign.sf(np.sqrt(size) * found))
    count = min(max(int((share <= MOST_FALSE).sum()), LEAST_SEARCHED), MOST_SEARCHED)
    return np.sort(np.argsort(-found, kind="stable")[:count])


def pruned(box: Box, numbers: Array, fails: Mask) -> Box:
    """The box less the limits that chance explains, the least telling first."""
    while box:
        shares = quasi_p(box, numbers, fails)
        weakest = int(np.argmax(shares))
        if shares[weakest] <= CHANCE:
            break
        box = without(box, weakest)
    return box


def peel(numbers: Array, fails: Mask, in_words: Collection[int]) -> list[Box]:
    """The boxes that the patient rule induction method (Friedman and Fisher 1999) makes by peeling and pasting."""
    import pandas

    with warnings.catch_warnings():
        # It warns of packages that it can do without, and of what a later pandas will not do.
        warnings.filterwarnings("ignore", message="ipyparallel not installed", category=UserWarning)
        warnings.filterwarnings("ignore", message="altair", category=ImportWarning)
        warnings.filterwarnings("ignore", module=r"ema_workbench\.", category=DeprecationWarning)
        warnings.filterwarnings("ignore", module=r"ema_workbench\.", category=FutureWarning)
        from ema_workbench.analysis.prim import Prim

        columns = {
            k: pandas.Categorical(numbers[:, k]) if k in in_words else numbers[:, k] for k in range(numbers.shape[1])
        }
        least = min(max(LEAST_MASS, LEAST_INSIDE / len(fails)), 0.5)
        prim = Prim(
            pandas.DataFrame(columns),
            fails.astype(int),
            threshold=float(fails.mean()),
            mass_min=least,
            peel_alpha=PEELED,
        )
        found = prim.find_box()
    whole = found.box_lims[0]
    return [_limits(limits, whole, in_words) for limits in found.box_lims]


def split(numbers: Array, fails: Mask, in_words: Collection[int]) -> list[Box]:
    """All nodes of a classification tree (CART, Breiman and others 1984), each of which is a box."""
    from sklearn.tree import DecisionTreeClassifier

    columns: list[Array] = []
    meaning: list[tuple[int, float]] = []  # the factor of each column, and the choice that it stands for
    for k in range(numbers.shape[1]):
        choices = np.unique(numbers[:, k]) if k in in_words else [math.nan]
        for choice in choices:
            columns.append((numbers[:, k] == choice).astype(float) if k in in_words else numbers[:, k])
            meaning.append((k, float(choice)))
    least = max(math.ceil(LEAST_MASS * len(fails)), min(LEAST_INSIDE, len(fails) // 2))
    grown = DecisionTreeClassifier(max_depth=MOST_FACTORS, min_samples_leaf=least, random_state=0)
    tree = grown.fit(np.stack(columns, axis=1), fails).tree_
    boxes: list[Box] = [()] * tree.node_count
    for node in range(tree.node_count):  # a node stands before those below it
        below = (int(tree.children_left[node]), int(tree.children_right[node]))
        if below[0] < 0:
            continue
        factor, choice = meaning[int(tree.feature[node])]
        for child, is_left in zip(below, (True, False), strict=True):
            if math.isnan(choice):
                limit = Limit(factor, "at most" if is_left else "at least", float(tree.threshold[node]))
            else:
                left = _choices(boxes[node], factor, numbers)
                chosen = tuple(each for each in left if (each != choice) == is_left)
                limit = Limit(factor, "one of", choices=chosen)
            boxes[child] = tightened(boxes[node], limit)
    return boxes


METHODS: dict[str, Method] = {"prim": peel, "tree": split}


def _choices(box: Box, factor: int, numbers: Array) -> tuple[float, ...]:
    """What a box has left of the choices of a factor in words."""
    for limit in box:
        if limit.factor == factor:
            return limit.choices
    return tuple(float(choice) for choice in np.unique(numbers[:, factor]))


def _limits(limits: object, whole: object, in_words: Collection[int]) -> Box:
    """A box of ema-workbench (two rows, a column for each factor) as limits, where it is less than the whole."""
    box: list[Limit] = []
    for k in limits.columns:  # type: ignore[attr-defined]
        (low, high), (least, most) = limits[k], whole[k]  # type: ignore[index]
        if k in in_words:
            if low != least:
                box.append(Limit(k, "one of", choices=tuple(sorted(map(float, low)))))
            continue
        if low > least:
            box.append(Limit(k, "at least", float(low)))
        if high < most:
            box.append(Limit(k, "at most", float(high)))
    return tuple(box)


def _placed(box: Box, places: NDArray[np.intp]) -> Box:
    """The box of a search among all factors."""
    return tuple(Limit(int(places[each.factor]), each.side, each.bound, each.choices) for each in box)
