"""Weights of draws: of a distribution that is known, moments come out, and the tail is told apart."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import genpareto, multivariate_normal, multivariate_t

from regionsim.studies.calibrate.importance import DEGREES_OF_FREEDOM, Proposal, Weighted, pareto_fit, weighted

MEAN = np.array([0.5, -1.0, 2.0])
COVARIANCE = np.array([[1.0, 0.6, 0.0], [0.6, 0.8, -0.1], [0.0, -0.1, 0.3]])


def test_draws_of_a_proposal_have_its_density() -> None:
    proposal = Proposal(MEAN, COVARIANCE)
    z = proposal.draws(100, seed=1)
    exact = multivariate_t(MEAN, COVARIANCE, df=DEGREES_OF_FREEDOM, seed=1)
    np.testing.assert_allclose(proposal.log_density(z), exact.logpdf(z), rtol=1e-12)
    many = proposal.draws(4096, seed=1)
    np.testing.assert_allclose(np.median(many, axis=0), MEAN, atol=0.02)
    np.testing.assert_allclose(np.cov(many.T), COVARIANCE * DEGREES_OF_FREEDOM / (DEGREES_OF_FREEDOM - 2), atol=0.1)


def test_moments_and_quantiles_of_a_normal_come_out_of_two_wrong_proposals() -> None:
    proposals = [Proposal(np.zeros(3), 2 * np.eye(3)), Proposal(MEAN + 0.2, 1.5 * COVARIANCE)]
    z = np.vstack([proposals[0].draws(1000, seed=3), proposals[1].draws(3000, seed=4)])
    # A constant that is not known, as in any posterior, changes nothing.
    draws = weighted(
        z, multivariate_normal(MEAN, COVARIANCE).logpdf(z) - 123.0, [(proposals[0], 1000), (proposals[1], 3000)]
    )
    assert draws.weights.sum() == pytest.approx(1)
    assert 1000 < draws.effective < 4000 and draws.shape < 0.5
    np.testing.assert_allclose(draws.mean(), MEAN, atol=0.03)
    np.testing.assert_allclose(draws.covariance(), COVARIANCE, atol=0.04)
    quantiles = draws.quantiles(draws.z[:, 0], np.array([0.05, 0.5, 0.95]))
    np.testing.assert_allclose(quantiles, [0.5 - 1.645, 0.5, 0.5 + 1.645], atol=0.08)
    chosen = draws.z[draws.resampled(400, seed=5)]
    np.testing.assert_allclose(chosen.mean(axis=0), MEAN, atol=0.06)


def test_a_draw_that_cannot_be_gets_no_weight() -> None:
    proposal = Proposal(np.zeros(2), np.eye(2))
    z = proposal.draws(256, seed=1)
    log_target = np.where(z[:, 0] > 0, -0.5 * (z**2).sum(axis=1), -np.inf)
    draws = weighted(z, log_target, [(proposal, 256)])
    assert draws.weights[z[:, 0] <= 0].max() == 0
    assert draws.mean()[0] == pytest.approx(np.sqrt(2 / np.pi), abs=0.05)


def test_too_narrow_a_proposal_shows_in_the_shape_of_the_tail() -> None:
    proposal = Proposal(np.zeros(4), 0.02 * np.eye(4))
    z = proposal.draws(2000, seed=2)
    assert weighted(z, -0.5 * (z**2).sum(axis=1), [(proposal, 2000)]).shape > 0.7


@pytest.mark.parametrize("shape", [-0.3, 0.1, 0.4, 0.9])
def test_the_shape_of_a_pareto_tail_is_found(shape: float) -> None:
    excess = np.sort(genpareto(shape, scale=2.0).rvs(4000, random_state=7))
    found, scale = pareto_fit(excess)
    assert found == pytest.approx(shape, abs=0.06) and scale == pytest.approx(2.0, rel=0.08)


def test_equal_weights_are_worth_all_their_draws() -> None:
    draws = Weighted(np.arange(10.0)[:, None], np.full(10, 0.1), float("nan"))
    assert draws.effective == pytest.approx(10)
    assert draws.resampled(10, seed=0).tolist() == list(range(10))
