from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from regionsim.place.public_finance_inputs import public_finance_inputs
from regionsim.studies.model import evidence


def by_name(parameters, known=None):
    return {each.name: each for each in public_finance_inputs(parameters, known)}


def test_both_inputs_have_one_finite_number_per_county_and_their_unit():
    inputs = by_name(evidence())
    assert {name: each.unit for name, each in inputs.items()} == {
        "own_revenue_share": "dimensionless",
        "base_transfers": "million CNY_2020/year",
    }
    for each in inputs.values():
        assert each.over == ("county",)
        assert each.values.size == 24
        assert np.isfinite(each.values).all()
        assert (each.values > 0).all()
        assert each.quality == "derived"


def test_a_scenario_that_changes_the_rule_leaves_2020_as_it_was():
    name = "equalization_share"
    changed = {**evidence(), name: dataclasses.replace(evidence()[name], values=evidence()[name].values * 0.5)}
    assert np.array_equal(
        by_name(changed, evidence())["base_transfers"].values, by_name(evidence())["base_transfers"].values
    )
    assert not np.array_equal(by_name(changed)["base_transfers"].values, by_name(evidence())["base_transfers"].values)


def test_a_parameter_by_county_is_refused():
    wrong = {
        **evidence(),
        "standard_revenue_share": dataclasses.replace(evidence()["standard_revenue_share"], values=np.ones((1, 2))),
    }
    with pytest.raises(TypeError, match="'standard_revenue_share' must be a single number"):
        public_finance_inputs(wrong)
