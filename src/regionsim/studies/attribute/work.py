"""An attribution cut into pieces that any process can do, and what the pieces add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regionsim.results.blocks import Block, width
from regionsim.studies.attribute.game import (
    Estimate,
    Masks,
    Sums,
    contribution_sums,
    contribution_weights,
    drawn_orders,
    end_masks,
    interaction_sums,
    interaction_weights,
    pairs,
    prefixes,
    swapped,
)
from regionsim.studies.attribute.study import Study
from regionsim.studies.attribute.subsets import Game

Array = NDArray[np.float64]

# Subsets, and orders, of one piece of work: some seconds of it.
SUBSETS, ORDERS = 4096, 32


@dataclass(frozen=True)
class Results:
    """What is asked of each subset; `columns` numbers in each of the years."""

    blocks: tuple[Block, ...]
    years: tuple[int, ...]

    @property
    def columns(self) -> int:
        """Numbers a year."""
        return width(self.blocks)

    def of(self, game: Game, masks: Masks) -> tuple[Array, dict[str, float]]:
        """(subset, year * column), and the largest residual of each ledger."""
        values, ledgers = game.values(masks, self.blocks, self.years)
        return values.reshape(len(masks), len(self.years) * self.columns), ledgers


@dataclass(frozen=True)
class Piece:
    """Some of the subsets, or some of the orders in which players are switched on."""

    place: int
    masks: Masks | None = None
    orders: NDArray[np.int64] | None = None

    @property
    def runs(self) -> int:
        """How many subsets are simulated."""
        if self.masks is not None:
            return len(self.masks)
        assert self.orders is not None
        return int(_middle_masks(self.orders).size)


def pieces_of(study: Study) -> list[Piece]:
    """All pieces, in the order in which they are added up; who does them does not matter."""
    n = len(study.players)
    if study.kind == "exact":
        ends = range(0, 1 << n, SUBSETS)
        return [Piece(k, masks=np.arange(at, min(at + SUBSETS, 1 << n))) for k, at in enumerate(ends)]
    orders = drawn_orders(n, study.orders, study.seed)
    return [Piece(k, orders=orders[at : at + ORDERS]) for k, at in enumerate(range(0, len(orders), ORDERS))]


def piece_result(game: Game, results: Results, ends: Array, piece: Piece) -> tuple[Array, dict[str, float]]:
    """The sums of one piece, and the largest residuals; `ends` has the results of `end_masks`.

    Exact: (player and pair, year * column), times whose weights they are summed. Of orders: sums, and sums of squares,
    (2, player and pair, year * column).
    """
    n = len(game.players)
    if piece.masks is not None:
        values, ledgers = results.of(game, piece.masks)
        beyond = values - ends[0]  # sums of small numbers lose no digits
        weights = np.concatenate([contribution_weights(piece.masks, n), interaction_weights(piece.masks, n)])
        return weights @ beyond, ledgers
    assert piece.orders is not None
    masks = _middle_masks(piece.orders)
    values, ledgers = results.of(game, masks)
    known = np.concatenate([end_masks(n), masks])
    order = np.argsort(known, kind="stable")
    table = np.concatenate([ends, values])[order] - ends[0]

    def at(asked: Masks) -> Array:
        return np.asarray(table[np.searchsorted(known[order], asked)])

    along = at(prefixes(piece.orders))
    both = contribution_sums(piece.orders, along), interaction_sums(piece.orders, along, at(swapped(piece.orders)))
    return np.stack([np.concatenate([sums.total for sums in both]), np.concatenate([s.squares for s in both])]), ledgers


def added_up(study: Study, sums: Sequence[Array]) -> tuple[Estimate, Estimate]:
    """Contributions (player, year * column) and interactions (pair, year * column) from the sums of all pieces."""
    n = len(study.players)
    whole = np.array(sums[0])
    for each in sums[1:]:
        whole += each
    if study.kind == "exact":
        return tuple(Estimate(part, part, part) for part in (whole[:n], whole[n:]))  # type: ignore[return-value]
    orders = drawn_orders(n, study.orders, study.seed)
    nothing = np.zeros((len(orders), n + 1, 0)), np.zeros((len(orders), n - 1, 0))
    count = contribution_sums(orders, nothing[0]).count, interaction_sums(orders, *nothing).count
    total, squares = whole
    return Sums(count[0], total[:n], squares[:n]).estimate(), Sums(count[1], total[n:], squares[n:]).estimate()


def runs_of(study: Study) -> int:
    """How many subsets are simulated for the whole of it, those that stand in several pieces more than once."""
    return len(end_masks(len(study.players))) + sum(piece.runs for piece in pieces_of(study))


def rows(study: Study) -> int:
    """Players and pairs."""
    return len(study.players) + len(pairs(len(study.players)))


def _middle_masks(orders: NDArray[np.int64]) -> Masks:
    """The subsets that orders pass, and their neighbours, each once; those of `end_masks` are known."""
    passed = np.unique(np.concatenate([prefixes(orders).reshape(-1), swapped(orders).reshape(-1)]))
    return np.asarray(np.setdiff1d(passed, end_masks(orders.shape[1])))
