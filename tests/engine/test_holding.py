"""A link that is held passes on no change, and nothing else of the model is touched."""

from __future__ import annotations

import numpy as np
import pytest
from small_models import constant

from regionsim.engine.holding import with_link_held
from regionsim.engine.integrate import simulate


@pytest.fixture
def growing(small_model):
    return small_model("growth", constant("amount_at_start", 100.0, "person"), constant("growth_rate", 0.3, "1/year"))


def amounts(model):
    return simulate(model, start=2020, end=2024, step=0.25).variables["amount"].values.ravel()


def test_growth_that_reads_the_first_amount_is_a_straight_line(growing):
    held = with_link_held(growing, "amount", "growth")
    np.testing.assert_allclose(amounts(held), 100 + 30 * np.arange(5), rtol=1e-12)


def test_the_model_that_a_link_is_held_in_stays_as_it_was(growing):
    before = amounts(growing)
    with_link_held(growing, "amount", "growth")
    assert np.array_equal(amounts(growing), before) and before[-1] > 300


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("growth_rate", "growth", "'growth_rate' is no stock and no equation"),
        ("growth", "amount", "'amount' is no equation"),
        ("growth", "growth", "'growth' does not read 'growth'"),
    ],
)
def test_what_is_no_link_between_variables_cannot_be_held(growing, source, target, words):
    with pytest.raises(ValueError, match=words):
        with_link_held(growing, source, target)
