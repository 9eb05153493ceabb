"""The size of the step and the method of integration decide no result."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import run

from regionsim.results.dataset import to_dataset
from regionsim.results.indicator_catalogue import INDICATORS
from regionsim.results.indicators import indicator_array

TOLERANCE = 0.005
FINER = {"half the step": {"step": 0.125}, "RK4": {"method": "rk4"}}
NET_FLOW = "net_migration"
SWIFT = ("compensation_paid", "compensation_received", "compensation_awards", "rural_sewage_coverage")
SHARES_OF_WORK = tuple(f"employment_share_{sector}" for sector in ("agriculture", "industry", "services"))
ZONE = -1


def indicators(changes: dict[str, object], scenario: str) -> dict[str, np.ndarray]:
    """Every indicator by (year, region)."""
    array = indicator_array(to_dataset(run(changes, extends=scenario).trajectory, {"scenario": "any"}))
    return {indicator.name: array[indicator.name].values[0] for indicator in INDICATORS}


@pytest.mark.parametrize("scenario", ["base.yaml", "plan.yaml"])
@pytest.mark.parametrize("finer", FINER)
def test_indicators_change_by_less_than_half_a_percent(finer: str, scenario: str) -> None:
    coarse, fine = indicators({}, scenario), indicators({"run": FINER[finer]}, scenario)
    told_elsewhere = (NET_FLOW, *SWIFT, *SHARES_OF_WORK)
    apart = {name: np.abs(fine[name] / coarse[name] - 1).max() for name in coarse if name not in told_elsewhere}
    assert max(apart.values()) < TOLERANCE, apart
    assert max(apart.values()) > 1e-6  # the step did change


@pytest.mark.parametrize("scenario", ["base.yaml", "plan.yaml"])
@pytest.mark.parametrize("finer", FINER)
def test_shares_of_work_change_by_less_than_a_twentieth_of_a_point(finer: str, scenario: str) -> None:
    # In a city hardly anybody farms: percent of a share of two percent would say little.
    coarse, fine = indicators({}, scenario), indicators({"run": FINER[finer]}, scenario)
    assert max(np.abs(fine[name] - coarse[name]).max() for name in SHARES_OF_WORK) < 0.0005


@pytest.mark.parametrize("finer", FINER)
def test_net_migration_changes_by_less_than_half_a_percent_of_the_moves(finer: str) -> None:
    # It is the small difference of two flows and goes through 0: a change in percent of itself has no meaning.
    coarse, fine = run(), run({"run": FINER[finer]})
    moves = sum(coarse[name].sum(axis=(2, 3)) for name in ("departures", "returns_by_residence"))
    assert (np.abs(fine[NET_FLOW] - coarse[NET_FLOW]) / moves).max() < TOLERANCE


@pytest.mark.parametrize("scenario", ["base.yaml", "plan.yaml"])
@pytest.mark.parametrize("finer", FINER)
def test_what_moves_within_a_year_changes_by_less_than_a_twentieth_of_its_largest(finer: str, scenario: str) -> None:
    # Accounts are cleared and small works are built within a year: on the way there a quarter of a year can be seen.
    coarse, fine = indicators({}, scenario), indicators({"run": FINER[finer]}, scenario)
    apart = {name: np.abs(fine[name] - coarse[name])[:, ZONE].max() / coarse[name][:, ZONE].max() for name in SWIFT}
    assert max(apart.values()) < 0.05, apart
    assert apart["compensation_paid"] > 1e-6
