"""Members that break are told apart from the others, which yield what they would without them."""

from dataclasses import replace

import numpy as np
import pytest

from regionsim.engine.guard import SimulationError
from regionsim.studies.ensemble import simulate_ensemble
from regionsim.studies.members import Members, simulate_members
from regionsim.studies.model import read_scenario
from regionsim.studies.sweep.factors import parameter_factor
from regionsim.studies.sweep.failures import failure_lines, separations
from regionsim.studies.sweep.schema import FactorEntry

BASE = replace(read_scenario("scenarios/base.yaml"), end=2022)
# Industry with thirty times the elasticity pays wages below zero.
SOME_BREAK = {"capital_elasticity[industry]": np.array([1.0, 30.0, 0.9, 30.0]), "participation_share": np.full(4, 0.75)}


def test_members_that_break_say_why_and_leave_nan_never_zero():
    outcome = simulate_members(Members((BASE,), SOME_BREAK), {"output"})
    assert sorted(outcome.failures) == [1, 3]
    assert all("the stock 'perceived_wage' is -" in words for words in outcome.failures.values())
    assert not any("member" in words for words in outcome.failures.values())
    output = outcome.trajectory.variables["output"].values
    assert np.isnan(output[:, [1, 3]]).all() and np.isfinite(output[:, [0, 2]]).all()


def test_the_compiled_engine_says_the_same_of_members_that_break_and_runs_the_others_once():
    pytest.importorskip("llvmlite")
    members = Members((BASE,), SOME_BREAK | {"participation_share": np.array([0.75, 0.75, np.inf, 0.75])})
    said, compiled = (simulate_members(members, {"output"}, engine) for engine in ("reference", "compiled"))
    assert compiled.failures == said.failures and sorted(said.failures) == [1, 2, 3]
    output = compiled.trajectory.variables["output"].values
    assert np.isnan(output[:, 1:]).all()
    np.testing.assert_allclose(output[:, 0], said.trajectory.variables["output"].values[:, 0], rtol=1e-10)
    alone = simulate_members(members.taken([0]), {"output"}, "compiled").trajectory
    np.testing.assert_array_equal(output[:, 0], alone.variables["output"].values[:, 0])
    broken = simulate_members(members.taken([1, 3]), {"output"}, "compiled")
    assert broken.trajectory is None and broken.failures == {0: said.failures[1], 1: said.failures[3]}


def test_what_the_others_yield_does_not_depend_on_those_that_break():
    outcome = simulate_members(Members((BASE,), SOME_BREAK), {"output"})
    sound = {key: values[[0, 2]] for key, values in SOME_BREAK.items()}
    alone = simulate_ensemble(BASE, sound, {"output"})
    np.testing.assert_array_equal(
        outcome.trajectory.variables["output"].values[:, [0, 2]], alone.variables["output"].values
    )


def test_where_every_member_breaks_there_is_no_trajectory():
    draws = {"capital_elasticity[industry]": np.array([30.0, 40.0])}
    outcome = simulate_members(Members((BASE,), draws), {"output"})
    assert outcome.trajectory is None and sorted(outcome.failures) == [0, 1]
    with pytest.raises(SimulationError, match="member 0") as caught:
        simulate_ensemble(BASE, draws, {"output"})
    assert sorted(caught.value.members) == [0, 1]


def test_members_with_scenarios_of_their_own_are_those_scenarios():
    plan = replace(read_scenario("scenarios/plan.yaml"), end=2024)
    base = replace(BASE, end=2024)
    draws = {"participation_share": np.array([0.7, 0.7])}
    both = simulate_members(Members((base, plan), draws), {"output"}).trajectory
    for k, scenario in enumerate((base, plan)):
        alone = simulate_ensemble(scenario, {"participation_share": np.array([0.7])}, {"output"})
        np.testing.assert_allclose(
            both.variables["output"].values[:, k], alone.variables["output"].values[:, 0], rtol=1e-13
        )


def test_nan_leaves_a_parameter_as_the_evidence_has_it():
    draws = {"participation_share": np.array([np.nan]), "high_speed_rail_speed": np.array([np.nan])}
    drawn = simulate_ensemble(BASE, draws, {"output"})
    plain = simulate_ensemble(BASE, {}, {"output"})
    np.testing.assert_array_equal(drawn.variables["output"].values, plain.variables["output"].values)


def test_the_factor_that_tells_the_failed_from_the_others_is_named_first():
    factors = [parameter_factor(key, FactorEntry(), 1) for key in ("participation_share", "capital_output_ratio")]
    numbers = np.column_stack([[0.70, 0.71, 0.72, 0.73, 0.74], [0.8, 1.3, 0.9, 1.2, 1.0]])
    found = separations(factors, numbers, [1, 3])
    assert [each.factor.key for each in found] == ["capital_output_ratio", "participation_share"]
    assert found[0].distance == 1.0 and found[0].failed == (1.2, 1.3) and found[0].all == (0.8, 1.3)
    lines = failure_lines(
        "base", factors, numbers, {1: "the stock 'x' is -1 in 2021", 3: "the stock 'x' is -2 in 2030"}
    )
    assert lines[0] == "base: 2 of 5 members failed, and enter no figure."
    assert lines[1] == "  2 like: the stock 'x' is -1 in 2021"
    assert lines[3] == "    capital_output_ratio: 1.00; failed 1.2 to 1.3, all 0.8 to 1.3"
