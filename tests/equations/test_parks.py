"""Parks in the market for capital: what they bring to their county, and what of it other places lose."""

from __future__ import annotations

import numpy as np
import pytest
from small_models import constant

from regionsim.engine.compile import compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.equations import clusters, floods, investment
from regionsim.language.axes import LABELS
from regionsim.language.declarations import Declaration, collect

COUNTIES, HUBS = ("with_a_park", "without"), ("near", "far")
OUTPUT = np.array([[900, 5_000, 6_000], [2_000, 9_000, 11_000]], dtype=float)
HUB_OUTPUT = np.array([150_000, 90_000], dtype=float)
PARK = {
    *("park_capital", "park_account", "park_capital_target", "park_wear", "park_building", "park_diversion"),
    *("park_investment", "usual_footloose_rate", "park_pull"),
}


def _declarations() -> list[Declaration]:
    """Investment, with the parks of clusters and, as capital may be lost to one, a flood."""
    parks = [each for each in collect([clusters]) if each.name in PARK]
    return [*collect([investment]), *parks, *(each for each in collect([floods]) if each.name == "flood_loss")]


def run(effort: float = 1, diversion: float = 0.5, gain: float = 0.05, years: int = 5) -> Trajectory:
    """Capital of two counties and two hubs whose output is held; the first county has a park, full at once."""
    inputs = [
        constant("initial_sector_output", OUTPUT, "million CNY_2020/year", ("county", "sector")),
        constant("sector_output", OUTPUT, "million CNY_2020/year", ("county", "sector")),
        constant("output", OUTPUT.sum(axis=1), "million CNY_2020/year", ("county",)),
        constant("initial_hub_output", HUB_OUTPUT, "million CNY_2020/year", ("hub",)),
        constant("hub_output", HUB_OUTPUT, "million CNY_2020/year", ("hub",)),
        constant("capital_output_ratio", [1.5, 2.6, 3.6], "year", ("sector",)),
        constant("hub_capital_output_ratio", 3, "year"),
        constant("local_investment_share", [0.12, 0.30, 0.32], "dimensionless", ("sector",)),
        constant("hub_local_investment_share", 0.3, "dimensionless"),
        constant("footloose_investment_share", 0.12, "dimensionless"),
        constant("footloose_sector", [0, 1, 1], "dimensionless", ("sector",)),
        constant("capital_elasticity", [0.35, 0.5, 0.45], "dimensionless", ("sector",)),
        constant("hub_capital_elasticity", 0.47, "dimensionless"),
        constant("return_sensitivity", 2, "year"),
        constant("passenger_access", [1, 1], "dimensionless", ("county",)),
        constant("hub_access", [1, 1], "dimensionless", ("hub",)),
        constant("investment_access_elasticity", 0.05, "dimensionless"),
        constant("depreciation_rate", [0.055, 0.105, 0.065], "1/year", ("sector",)),
        constant("hub_depreciation_rate", 0.08, "1/year"),
        constant("finance_effect", 1, "dimensionless"),
        constant("phase_out_effect", 1, "dimensionless"),
        constant("flood_damage_rate", 0.1, "1/year"),
        constant("flood_shock", 0, "dimensionless"),
        constant("flood_protection", 0, "dimensionless"),
        constant("cross_province_parks_effort", [effort, 0], "dimensionless", ("county",)),
        constant("park_capital_gain", gain, "dimensionless"),
        constant("park_diversion_share", diversion, "dimensionless"),
        constant("park_building_time", 3, "year"),
    ]
    labels = {"county": COUNTIES, "hub": HUBS, "sector": LABELS["sector"]}
    model = compile_model(_declarations(), {each.name: each for each in inputs}, labels)
    return simulate(model, start=2020, end=2020 + years, step=0.25, method="rk4")


def industry(trajectory: Trajectory) -> np.ndarray:
    """Industrial capital over (year, county)."""
    return trajectory.variables["capital"].values[:, 0, :, LABELS["sector"].index("industry")]


def everywhere(trajectory: Trajectory) -> np.ndarray:
    """Capital of all counties and hubs over years."""
    return trajectory.variables["capital"].values[:, 0].sum(axis=(1, 2)) + trajectory.variables["hub_capital"].values[
        :, 0
    ].sum(axis=1)


def invested_at_first(trajectory: Trajectory) -> float:
    """All footloose and created investment at the start, million CNY a year."""
    flows = ("footloose_investment", "hub_footloose_investment", "park_investment")
    return float(sum(trajectory.variables[name].values[0].sum() for name in flows))


@pytest.fixture(scope="module")
def base() -> Trajectory:
    return run(effort=0)


@pytest.mark.parametrize("diversion", [0, 0.5, 1])
def test_after_five_years_a_park_has_raised_industrial_capital_by_about_its_gain(base: Trajectory, diversion: float):
    gain = industry(run(diversion=diversion))[-1, 0] / industry(base)[-1, 0] - 1
    # Four fifths of 5 %: 1 - exp(-5/3) is 0.81. Output is held, so that the county's own investment adds nothing.
    assert gain == pytest.approx(0.05 * 0.81, rel=0.1)


def test_what_is_wholly_diverted_adds_nothing_to_the_whole(base: Trajectory):
    diverted = run(diversion=1)
    assert invested_at_first(diverted) == pytest.approx(invested_at_first(base), rel=1e-12)
    # Later they differ by no more than that capital wears faster in industry than in what it was taken from.
    brought = diverted.variables["park_capital"].values[-1, 0, 0]
    assert abs(everywhere(diverted)[-1] - everywhere(base)[-1]) < 0.1 * brought
    assert np.all(industry(diverted)[1:, 0] > industry(base)[1:, 0])
    assert np.all(industry(diverted)[1:, 1] < industry(base)[1:, 1])
    assert np.all(diverted.variables["hub_capital"].values[1:] < base.variables["hub_capital"].values[1:])
    assert np.all(diverted.variables["park_investment"].values == 0)


def test_what_is_wholly_created_takes_nothing_from_others_at_first(base: Trajectory):
    created = run(diversion=0)
    assert np.all(created.variables["park_pull"].values == 1)
    added = everywhere(created)[-1] - everywhere(base)[-1]
    brought = created.variables["park_capital"].values[-1, 0, 0]
    assert added == pytest.approx(brought, rel=0.02)


def test_diversion_lies_between_the_two_ends(base: Trajectory):
    added = [everywhere(run(diversion=share))[-1] - everywhere(base)[-1] for share in (0, 0.5, 1)]
    assert added[0] > added[1] > added[2]
    assert added[1] == pytest.approx((added[0] + added[2]) / 2, rel=0.02)


def test_a_full_park_only_makes_good_its_wear():
    trajectory = run(years=40)
    building = trajectory.variables["park_building"].values[-1, 0, 0]
    wear = trajectory.variables["park_wear"].values[-1, 0, 0]
    assert building == pytest.approx(wear, rel=0.01)


def test_without_an_effort_and_without_a_gain_nothing_changes(base: Trajectory):
    np.testing.assert_array_equal(industry(run(gain=0)), industry(base))


def test_every_account_closes():
    ledgers = run().ledgers
    assert set(ledgers) == {"capital_account", "park_account"}
    assert max(ledgers.values()) < 1e-9
