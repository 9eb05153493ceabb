"""Five-year birth cohorts against a projection by single years of age (see single_years.py)."""

from __future__ import annotations

import numpy as np
import pytest
from single_years import five_year_groups, project

from regionsim.engine.integrate import simulate
from regionsim.language.axes import squeeze_to
from regionsim.results.age_groups import age_groups
from regionsim.results.dataset import to_dataset
from regionsim.studies.model import evidence
from regionsim.studies.run import CONSTANTS, with_schedules

FROM_RUN = (
    "population",
    "mortality_index",
    "departing_share",
    "town_moving_share",
    "county_share",
    "hub_share",
    "home_wage_index",
    "rural_return_share",
    "reclassification_rate",
    "total_fertility",
)
FROM_INPUTS = (
    "initial_residents",
    "initial_absent",
    "women_share",
    "hub_group_membership",
    "migration_income_elasticity",
    "infant_mortality",
    "residence_mortality_ratio",
)
TABLES = {
    "propensity": "migration_propensity_by_age",
    "returning": "return_propensity_by_age",
    "mortality": "mortality_by_age",
    "fertility": "fertility_by_age",
}


# Euler against Euler with the same step shows the cohorts alone; RK4 against small steps adds the integration.
@pytest.fixture(scope="module", params=[("euler", 4, False), ("rk4", 20, True)], ids=["euler", "rk4"])
def pair(request, base_model):
    method, steps, middle = request.param
    outputs = {*base_model.stocks, *base_model.equations, *CONSTANTS}
    trajectory = simulate(base_model, start=2020, end=2035, step=0.25, method=method, outputs=outputs)
    run = {name: variable.values[:, 0] for name, variable in trajectory.variables.items()}
    run["dataset"] = with_schedules(to_dataset(trajectory, {}), base_model)
    sizes = {axis: len(labels) for axis, labels in base_model.labels.items()}
    given = [base_model.inputs[name] for name in FROM_INPUTS]
    inputs = {value.name: squeeze_to(value.values, value.over, sizes)[0] for value in given}
    tables = {name: (evidence()[source].arguments, evidence()[source].values) for name, source in TABLES.items()}
    single = project({name: run[name] for name in FROM_RUN}, inputs, tables, steps, middle)
    return run, single


def test_age_groups_under_80_are_within_one_percent_where_cohorts_and_groups_coincide(pair):
    run, single = pair
    groups = five_year_groups(single)
    residents = run["residents"].sum(axis=2)  # (year, county, cohort)
    for k in (5, 10, 15):
        model = np.stack([residents[k, :, 17 + k // 5 - group] for group in range(16)], axis=-1)
        assert np.abs(model / groups[k] - 1).max() < 0.01, 2020 + k


def test_age_groups_between_those_years_are_within_five_percent(pair):
    run, single = pair
    groups = five_year_groups(single)
    found = age_groups(run["dataset"]).sum("residence").values[0, :, :, :16]
    assert np.abs(found[::5] / groups[::5] - 1).max() < 0.01
    assert np.abs(found / groups - 1).max() < 0.05


def test_age_groups_add_up_to_the_population(pair):
    run, _ = pair
    found = age_groups(run["dataset"]).sum(("residence", "age_group")).values[0]
    assert found == pytest.approx(run["population"], rel=1e-12)


def test_the_dependency_ratio_of_every_county_is_within_0_002_in_every_year(pair):
    run, single = pair
    young, working, old = single[..., :15].sum(-1), single[..., 15:65].sum(-1), single[..., 65:].sum(-1)
    assert np.abs(run["dependency_ratio"] - (young + old) / working).max() < 0.002


def test_the_population_of_every_county_is_within_half_a_percent_in_every_year(pair):
    run, single = pair
    assert np.abs(run["population"] / single.sum(axis=-1) - 1).max() < 0.005
