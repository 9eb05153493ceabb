"""Shapley values and interactions against their definitions, on games small enough to be written out."""

from __future__ import annotations

from itertools import permutations
from types import SimpleNamespace

import numpy as np
import pytest

from regionsim.studies.attribute import work
from regionsim.studies.attribute.game import (
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
from regionsim.studies.attribute.words import rest_in_words

PLAYERS = 5
ALL = np.arange(1 << PLAYERS)


@pytest.fixture(scope="module")
def game():
    """A value for each subset, in three columns: at random, a plain sum, and a sum with one pair that helps itself."""
    generator = np.random.default_rng(4)
    worth = generator.normal(size=PLAYERS)
    inside = (ALL[:, None] >> np.arange(PLAYERS)) & 1
    added = inside @ worth
    return np.stack(
        [generator.normal(size=len(ALL)), 7 + added, added + 3 * inside[:, 1] * inside[:, 4]], axis=1
    ), worth


def by_definition(values):
    """The mean over all orders of what each player's coming changes."""
    found = np.zeros((PLAYERS, values.shape[1]))
    orders = list(permutations(range(PLAYERS)))
    for order in orders:
        before = 0
        for player in order:
            found[player] += values[before | 1 << player] - values[before]
            before |= 1 << player
    return found / len(orders)


def together_by_definition(values, first, second):
    """The mean over all orders in which the two stand side by side of what they change beyond what each does alone."""
    found, count = 0.0, 0
    for order in permutations(range(PLAYERS)):
        place = order.index(first)
        if place + 1 < PLAYERS and order[place + 1] == second:
            before = sum(1 << player for player in order[:place])
            one, other = 1 << first, 1 << second
            found = (
                found + values[before | one | other] - values[before | one] - values[before | other] + values[before]
            )
            count += 1
    return found / count


def test_contributions_are_the_mean_over_all_orders_and_add_up(game):
    values, worth = game
    found = contribution_weights(ALL, PLAYERS) @ values
    np.testing.assert_allclose(found, by_definition(values), atol=1e-14)
    np.testing.assert_allclose(found.sum(axis=0), values[-1] - values[0], atol=1e-13)
    np.testing.assert_allclose(found[:, 1], worth, atol=1e-14)
    np.testing.assert_allclose(found[:, 2] - worth, [0, 1.5, 0, 0, 1.5], atol=1e-14)


def test_interactions_are_what_two_change_beyond_what_each_does(game):
    values, _ = game
    found = interaction_weights(ALL, PLAYERS) @ values
    for k, (first, second) in enumerate(pairs(PLAYERS)):
        np.testing.assert_allclose(found[k], together_by_definition(values, first, second), atol=1e-14)
    assert found[pairs(PLAYERS).index((1, 4)), 2] == pytest.approx(3)
    np.testing.assert_allclose(found[:, 1], 0, atol=1e-14)


def test_weights_of_parts_of_the_subsets_are_those_of_the_whole():
    parts = [contribution_weights(ALL[k : k + 8], PLAYERS) for k in range(0, len(ALL), 8)]
    np.testing.assert_array_equal(np.concatenate(parts, axis=1), contribution_weights(ALL, PLAYERS))


def test_one_player_has_no_pair():
    assert interaction_weights(np.arange(2), 1).shape == (0, 2)
    np.testing.assert_array_equal(contribution_weights(np.arange(2), 1), [[-1, 1]])


def test_ends_are_nobody_everybody_each_alone_and_all_but_each():
    assert end_masks(3).tolist() == [0, 7, 1, 2, 4, 6, 5, 3]


def sampled(values, orders):
    along, beside = values[prefixes(orders)], values[swapped(orders)]
    return contribution_sums(orders, along), interaction_sums(orders, along, beside)


def test_any_orders_add_up_to_the_whole(game):
    values, _ = game
    contributions, _ = sampled(values, drawn_orders(PLAYERS, 2, 1))
    estimate = contributions.estimate()
    np.testing.assert_allclose(estimate.values.sum(axis=0), values[-1] - values[0], atol=1e-14)
    assert np.isnan(estimate.low).all()  # one observation has no interval


@pytest.mark.parametrize("kind", ["orders", "exact"])
def test_pieces_of_the_work_add_up_to_the_whole(game, kind, monkeypatch):
    values, _ = game
    study = SimpleNamespace(players=range(PLAYERS), kind=kind, orders=40, seed=2)
    asked = SimpleNamespace(of=lambda game, masks: (values[masks], {}))

    def found(orders, subsets):
        monkeypatch.setattr(work, "ORDERS", orders)
        monkeypatch.setattr(work, "SUBSETS", subsets)
        pieces = work.pieces_of(study)
        sums = [work.piece_result(study, asked, values[end_masks(PLAYERS)], piece)[0] for piece in pieces]
        return len(pieces), work.added_up(study, sums)

    one, whole = found(40, 32)
    several, parts = found(12, 8)
    assert (one, several) == (1, 4)
    for ours, theirs in zip(parts, whole, strict=True):
        np.testing.assert_allclose(ours.values, theirs.values, atol=1e-13)
        np.testing.assert_allclose(ours.low, theirs.low, atol=1e-12)
    if kind == "orders":
        for ours, sums in zip(parts, sampled(values, drawn_orders(PLAYERS, 40, 2)), strict=True):
            np.testing.assert_allclose(ours.high, sums.estimate().high, atol=1e-12)


def test_a_rest_where_there_is_no_result_is_no_endless_share():
    rest, before, after = np.array([1e-9, 1e-17, 0.0]), np.array([1.0, 0.0, 0.0]), np.array([-10.0, 0.0, np.nan])
    assert rest_in_words(SimpleNamespace(rest=rest, before=before, after=after)) == "1e-10 of the result"


def test_intervals_hold_the_exact_values_about_as_often_as_they_say(game):
    values, _ = game
    exact = by_definition(values)[:, 0], (interaction_weights(ALL, PLAYERS) @ values)[:, 0]
    held = [[], []]
    for seed in range(200):
        for k, sums in enumerate(sampled(values[:, :1], drawn_orders(PLAYERS, 60, seed))):
            found = sums.estimate()
            held[k].append((found.low[:, 0] <= exact[k]) & (exact[k] <= found.high[:, 0]))
    assert 0.92 <= np.mean(held[0]) <= 0.98
    assert 0.90 <= np.mean(held[1]) <= 0.98


def test_a_pair_that_never_stood_together_has_no_figure(game):
    values, _ = game
    _, interactions = sampled(values, np.array([[0, 1, 2, 3, 4], [4, 3, 2, 1, 0]]))
    found = interactions.estimate().values
    assert (
        np.isnan(found[pairs(PLAYERS).index((0, 2))]).all() and np.isfinite(found[pairs(PLAYERS).index((0, 1))]).all()
    )
