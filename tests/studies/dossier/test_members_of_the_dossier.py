"""Runs over many draws are made faster than one by one, and are the same."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import SCENARIOS

from regionsim.scenarios.scenario import Scenario
from regionsim.studies.believed import PRIOR
from regionsim.studies.checks.variants import variant
from regionsim.studies.dossier.members import inputs_under, simulate_members
from regionsim.studies.dossier.uncertainty import Uncertainty, draws_for
from regionsim.studies.ensemble import ensemble_inputs, same_input, simulate_ensemble
from regionsim.studies.model import evidence, read_scenario

TWO = draws_for(None, 2, 7)


def differing(uncertainty: Uncertainty, setting: Scenario) -> list[str]:
    """Inputs that are not the same as those of the ensemble, or are missing."""
    fast, slow = inputs_under(uncertainty, setting).inputs, ensemble_inputs(setting, uncertainty.draws).inputs
    assert fast.keys() == slow.keys() and len(slow) > 500
    return [name for name in slow if not same_input(fast[name], slow[name])]


def test_the_plan_with_its_openings_and_measures_is_fed_the_same() -> None:
    assert differing(TWO, read_scenario(SCENARIOS / "full-cooperation.yaml")) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"parameters": {"fertility_index": {"scale": 1.2}}},
        {"parameters": {"cropland_floor_share": 1.0}},  # read where the base year is worked out
        {"compensation": {"all": {"scale": 0}}},
        {"border": {"clusters": 0, "start": 2022}},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_change_is_fed_the_same(changes: dict[str, object]) -> None:
    assert differing(TWO, variant(changes)) == []


def test_a_run_of_the_members_is_that_of_the_ensemble() -> None:
    setting = variant({"transport": {"changsha-ganzhou-railway": {"opens": 2021}}, "run": {"end": 2022}})
    ours = simulate_members(TWO, setting, {"output"}).variables["output"].values
    assert np.array_equal(ours, simulate_ensemble(setting, TWO.draws, {"output"}).variables["output"].values)
    assert not np.array_equal(ours[:, 0], ours[:, 1])


@pytest.mark.parametrize("name", ["friction_across_provinces", "cropland_floor_share"])
def test_what_is_not_drawn_stands_at_its_evidence(name: str) -> None:
    fed = inputs_under(TWO, variant({}), undrawn=[name]).inputs
    assert same_input(fed[name], evidence()[name])
    assert not same_input(inputs_under(TWO, variant({})).inputs[name], evidence()[name])
    assert fed["participation_share"].values.shape[0] == 2


def test_draws_are_those_of_their_seed_and_fill_the_ranges() -> None:
    again, other = draws_for(None, 2, 7), draws_for(None, 2, 8)
    assert again == TWO and hash(again) == hash(TWO) and other != TWO
    many = draws_for(None, 40, 1)
    assert many.origin == PRIOR and [part.members for part in many.parts()] == [32, 8]
    parameter, values = evidence()["friction_across_provinces"], many.draws["friction_across_provinces"]
    assert parameter.low <= values.min() < values.max() <= parameter.high
