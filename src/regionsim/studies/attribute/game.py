"""Shapley values and interactions of a game whose players are switched on and off, from the values of its subsets.

A subset of the players is a whole number, bit k of which says whether player k is in it. The contribution of a player
is the mean, over all orders in which players can be switched on, of what its own switching on changes (Shapley 1953).
The interaction of two is the mean of what they change together beyond what each changes alone, over what may stand
around them (Grabisch and Roubens 1999): above 0 they help each other, below 0 each takes from what the other gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Array = NDArray[np.float64]
Masks = NDArray[np.int64]

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """Contributions (player, ...) or interactions (pair, ...) with the ends of their 95 % intervals."""

    values: Array
    low: Array
    high: Array


def pairs(players: int) -> list[tuple[int, int]]:
    """All pairs of players, in the order of every array by pair."""
    return list(combinations(range(players), 2))


def bits(masks: Masks, players: int) -> NDArray[np.bool_]:
    """Who is in each subset, (player, subset)."""
    return np.asarray((masks[None, :] >> np.arange(players)[:, None]) & 1 == 1)


def end_masks(players: int) -> Masks:
    """Nobody, everybody, each player alone, and all but each player."""
    whole, single = (1 << players) - 1, 1 << np.arange(players)
    return np.concatenate([[0, whole], single, whole - single]).astype(np.int64)


def contribution_weights(masks: Masks, players: int) -> Array:
    """(player, subset): the contributions are these times the values of all subsets."""
    n = players
    with_player = [0.0, *(float(Fraction(factorial(s - 1) * factorial(n - s), factorial(n))) for s in range(1, n + 1))]
    without = [*(-float(Fraction(factorial(s) * factorial(n - s - 1), factorial(n))) for s in range(n)), 0.0]
    inside = bits(masks, n)
    size = inside.sum(axis=0)
    return np.asarray(np.where(inside, np.array(with_player)[size], np.array(without)[size]))


def interaction_weights(masks: Masks, players: int) -> Array:
    """(pair, subset): the interactions are these times the values of all subsets."""
    n = players
    if n < 2:
        return np.zeros((0, len(masks)))
    # By how many of the pair are in the subset, and by its size.
    weights = np.zeros((3, n + 1))
    for within, sign in ((0, 1), (1, -1), (2, 1)):
        for size in range(within, n - 2 + within + 1):
            others = size - within
            weights[within, size] = sign * Fraction(factorial(others) * factorial(n - 2 - others), factorial(n - 1))
    inside = bits(masks, n).astype(np.int64)
    size = inside.sum(axis=0)
    first, second = np.array(pairs(n)).T
    return np.asarray(weights[inside[first] + inside[second], size])


def drawn_orders(players: int, count: int, seed: int) -> NDArray[np.int64]:
    """(order, player): an even number of orders, each second one the one before it backwards, to narrow intervals."""
    generator = np.random.default_rng(seed)
    forward = np.array([generator.permutation(players) for _ in range(count // 2)])
    return np.stack([forward, forward[:, ::-1]], axis=1).reshape(-1, players)


def prefixes(orders: NDArray[np.int64]) -> Masks:
    """(order, place): who is switched on after so many steps of each order, from nobody to everybody."""
    steps = np.cumsum(1 << orders, axis=1)
    return np.concatenate([np.zeros((len(orders), 1), dtype=np.int64), steps], axis=1)


def swapped(orders: NDArray[np.int64]) -> Masks:
    """(order, place): what stands before each step but the last, and the player that comes one step later."""
    return np.asarray(prefixes(orders)[:, :-2] + (1 << orders[:, 1:]))


@dataclass(frozen=True)
class Sums:
    """Observations of contributions (player, ...) or interactions (pair, ...), summed; `count` by player or pair."""

    count: NDArray[np.int64]
    total: Array
    squares: Array

    def estimate(self) -> Estimate:
        """Means with the intervals of Student's t; nan where nothing, or nothing twice, was observed."""
        shape = (-1, *(1,) * (self.total.ndim - 1))
        count = self.count.reshape(shape).astype(np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = self.total / count
            variance = np.maximum(self.squares - count * mean**2, 0.0) / (count - 1)
            wide = stats.t.ppf(0.5 + CONFIDENCE / 2, np.maximum(count - 1, 1)) * np.sqrt(variance / count)
        return Estimate(mean, mean - wide, mean + wide)


def contribution_sums(orders: NDArray[np.int64], along: Array) -> Sums:
    """From the values (order, place, ...) of `prefixes`: an order and the one backwards are one observation.

    The means of any number of orders add up to the difference that all players make together.
    """
    steps = np.diff(along, axis=1)
    places = np.argsort(orders, axis=1).reshape(*orders.shape, *(1,) * (steps.ndim - 2))
    by_player = np.take_along_axis(steps, places, axis=1)
    observed = (by_player[0::2] + by_player[1::2]) / 2
    count = np.full(orders.shape[1], len(observed), dtype=np.int64)
    return Sums(count, observed.sum(axis=0), (observed**2).sum(axis=0))


def interaction_sums(orders: NDArray[np.int64], along: Array, beside: Array) -> Sums:
    """From the values (order, place, ...) of `prefixes` and of `swapped`: neighbours in an order are one observation.

    They are neighbours in the order backwards, too, and that is the same observation.
    """
    players = orders.shape[1]
    together = along[:, 2:] - along[:, 1:-1] - beside + along[:, :-2]
    observed = (together[0::2] + together[1::2, ::-1]) / 2
    low, high = np.minimum(orders[0::2, :-1], orders[0::2, 1:]), np.maximum(orders[0::2, :-1], orders[0::2, 1:])
    of_pair = np.zeros((players, players), dtype=np.int64)
    for k, (first, second) in enumerate(pairs(players)):
        of_pair[first, second] = k
    which = of_pair[low, high]
    number = players * (players - 1) // 2
    total, squares = np.zeros((2, number, *along.shape[2:]))
    np.add.at(total, which, observed)
    np.add.at(squares, which, observed**2)
    return Sums(np.bincount(which.reshape(-1), minlength=number), total, squares)
