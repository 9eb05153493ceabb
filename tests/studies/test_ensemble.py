"""Members of an ensemble are runs: each equals the scenario with its numbers, however they are simulated."""

from dataclasses import replace

import numpy as np
import pytest

from regionsim.engine.guard import SimulationError
from regionsim.place.assemble import axis_labels
from regionsim.scenarios.changes import Change
from regionsim.scenarios.drawn import Drawn, drawn
from regionsim.scenarios.labels import AxisLabels
from regionsim.studies.engines import CHUNK, PAYS, PAYS_IF_MADE, chosen_engine, make_code
from regionsim.studies.ensemble import (
    ensemble_inputs,
    ensemble_parts,
    simulate_ensemble,
    stacked,
)
from regionsim.studies.model import evidence, read_scenario
from regionsim.studies.priors import drawable, from_uniform, prior_of

AXES = AxisLabels(axis_labels())
BASE = replace(read_scenario("scenarios/base.yaml"), end=2022)
DRAWS = {
    "participation_share": np.array([0.70, 0.76, 0.80]),
    "capital_elasticity[industry]": np.array([0.9, 1.0, 1.1]),
    "county_deviation_weight": np.array([0.5, 0.7, 0.9]),  # read where the base year is worked out
}


def test_a_member_equals_the_run_with_its_numbers_alone():
    together = simulate_ensemble(BASE, DRAWS, {"output", "population"})
    for k in range(3):
        alone = simulate_ensemble(BASE, {key: values[k : k + 1] for key, values in DRAWS.items()}, {"output"})
        # To the rounding of one number: which loop of numpy raises to a power depends on the shape of the arrays.
        np.testing.assert_allclose(
            together.variables["output"].values[:, k], alone.variables["output"].values[:, 0], rtol=1e-13
        )


def test_a_draw_of_the_evidence_equals_a_scenario_that_says_the_same():
    parameters = {"migration_income_elasticity": Change(form="value", values={(): 1.9})}
    said = simulate_ensemble(replace(BASE, parameters=parameters), {}, {"population"})
    drawn_so = simulate_ensemble(BASE, {"migration_income_elasticity": np.array([1.9])}, {"population"})
    np.testing.assert_array_equal(said.variables["population"].values, drawn_so.variables["population"].values)


def test_the_number_of_processes_changes_no_bit():
    draws = {"participation_share": np.linspace(0.70, 0.80, CHUNK + 2)}
    one = simulate_ensemble(BASE, draws, {"output"})
    two = simulate_ensemble(BASE, draws, {"output"}, processes=2)
    assert one.variables["output"].values.shape[1] == CHUNK + 2
    np.testing.assert_array_equal(one.variables["output"].values, two.variables["output"].values)


def test_all_that_has_a_prior_can_be_drawn_at_once():
    draws = from_uniform([prior_of(name) for name in drawable()], np.full((2, len(drawable())), 0.4))
    together = simulate_ensemble(replace(BASE, end=2021), draws, {"population"})
    population = together.variables["population"].values
    assert population.shape[1] == 2 and (population[:, 0] == population[:, 1]).all() and (population > 0).all()


def test_a_draw_multiplies_where_the_range_is_one_of_factors_and_touches_its_element_alone():
    elasticity = evidence()["capital_elasticity"]
    changed = drawn(elasticity, ("industry",), np.array([0.5, 2.0]), AXES)
    np.testing.assert_allclose(changed.values.squeeze(), [[0.35, 0.25, 0.45], [0.35, 1.0, 0.45]])
    assert drawn(evidence()["participation_share"], (), 0.7, AXES).values.ravel().tolist() == [0.7]


def test_what_one_number_cannot_say_is_refused():
    with pytest.raises(TypeError, match="not member by member"):
        drawn(evidence()["mortality_by_age"], (), np.array([1.0, 1.1]), AXES)
    with pytest.raises(ValueError, match=r"found 'Capital elasticity'"):
        Drawn.of("Capital elasticity")
    tables = [drawn(evidence()["mortality_by_age"], (), factor, AXES) for factor in (1.0, 1.1)]
    with pytest.raises(TypeError, match="cannot differ from member to member"):
        stacked(tables)


def test_without_draws_the_ensemble_is_the_scenario():
    assert ensemble_inputs(BASE, {}).inputs["participation_share"] is evidence()["participation_share"]


def test_priors_are_the_ranges_beside_the_parameters():
    prior = prior_of("participation_share")
    assert (prior.low, prior.central, prior.high, prior.is_factor) == (0.68, 0.76, 0.84, False)
    np.testing.assert_allclose(prior.quantile([0.0, 0.5, 1.0]), [0.68, 0.76, 0.84])
    factor = prior_of("capital_elasticity[industry]")
    assert (factor.central, factor.is_factor) == (1.0, True)
    np.testing.assert_allclose(factor.cumulated(factor.quantile(0.3)), 0.3)
    draws = from_uniform([prior, factor], np.array([[0.5, 0.5], [1.0, 0.0]]))
    np.testing.assert_allclose(draws["participation_share"], [0.76, 0.84])
    np.testing.assert_allclose(draws["capital_elasticity[industry]"], [1.0, factor.low])


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("participation_shares", "did you mean 'participation_share'"),
        ("capital_elasticity[industries]", "did you mean 'industry'"),
        ("participation_share[industry]", "is over no axis"),
        ("mortality_by_age", "has no members"),
        ("grid_emission_factor_year", "a single value"),
    ],
)
def test_what_has_no_prior_says_why(key, words):
    with pytest.raises(ValueError, match=words):
        prior_of(key)


def test_all_priors_can_be_drawn_at_once():
    names = drawable()
    assert len(names) > 300
    draws = from_uniform([prior_of(name) for name in names], np.full((1, len(names)), 0.5))
    assert all(np.isfinite(values).all() for values in draws.values())


def test_the_compiled_engine_gives_the_same_ensemble_whatever_the_processes():
    pytest.importorskip("llvmlite")
    reference = simulate_ensemble(BASE, DRAWS, {"output", "population"})
    one = simulate_ensemble(BASE, DRAWS, {"output", "population"}, engine="compiled")
    two = simulate_ensemble(BASE, DRAWS, {"output", "population"}, engine="compiled", processes=2)
    for name, variable in reference.variables.items():
        np.testing.assert_allclose(one.variables[name].values, variable.values, rtol=1e-10)
        np.testing.assert_array_equal(one.variables[name].values, two.variables[name].values)


def test_few_members_are_not_compiled_unless_asked_for_and_none_without_the_extra(monkeypatch):
    assert chosen_engine("auto", PAYS_IF_MADE - 1) == chosen_engine("reference", PAYS) == "reference"
    assert chosen_engine("compiled", 1) == "compiled"
    monkeypatch.setattr("regionsim.engine.compiled.machine.find_spec", lambda name: None)
    assert chosen_engine("auto", PAYS) == "reference"


def test_many_members_are_compiled_and_fewer_where_the_code_is_there(tmp_path, monkeypatch):
    pytest.importorskip("llvmlite")
    make_code([BASE])
    assert chosen_engine("auto", PAYS) == chosen_engine("auto", PAYS_IF_MADE, [BASE]) == "compiled"
    assert chosen_engine("auto", PAYS_IF_MADE) == "reference"
    monkeypatch.setenv("REGIONSIM_CACHE", str(tmp_path))
    assert chosen_engine("auto", PAYS_IF_MADE, [BASE]) == "reference"


def test_a_member_that_breaks_keeps_its_number_in_the_ensemble():
    numbers = np.full(CHUNK + 3, 0.75)
    numbers[CHUNK + 1] = np.inf
    with pytest.raises(SimulationError, match=f"member {CHUNK + 1}"):
        simulate_ensemble(BASE, {"participation_share": numbers}, {"output"})


def test_parts_are_the_members_in_their_order():
    draws = {"participation_share": np.linspace(0.70, 0.80, CHUNK + 2)}
    parts = list(ensemble_parts(BASE, draws, {"output"}))
    assert [part.variables["output"].values.shape[1] for part in parts] == [CHUNK, 2]
