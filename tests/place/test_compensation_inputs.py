"""What agreements give to the model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regionsim.place.agreements import agreement_keys, load_agreements
from regionsim.place.compensation_inputs import compensation_inputs
from regionsim.place.counties import county_codes
from regionsim.place.rivers import reach_keys


def _inputs(agreements=None):
    return {each.name: each for each in compensation_inputs(agreements)}


def test_every_agreement_has_its_terms_along_the_axis():
    inputs = _inputs()
    for name, unit in {
        "agreement_price": "million CNY_2020/year",
        "agreement_award": "million CNY_2020/year",
        "agreement_bonus": "dimensionless",
        "agreement_start": "year",
        "agreement_end": "year",
        "agreement_signed": "year",
    }.items():
        assert (inputs[name].unit, inputs[name].over) == (unit, ("agreement",))
        assert inputs[name].values.squeeze().shape == (len(agreement_keys()),)
    assert inputs["agreement_price"].values.squeeze()[0] == pytest.approx(12 * 0.83)
    assert (inputs["agreement_price"].low, inputs["agreement_price"].high) == (0.6, 1.8)


def test_each_agreement_looks_at_one_section():
    section = _inputs()["agreement_section"].values.squeeze()
    assert section.sum(axis=0).tolist() == [1] * len(agreement_keys())
    assert section[reach_keys().index("lushui_jinyushi")].tolist()[:3] == [1, 1, 0]


def test_each_agreement_is_brought_about_in_one_way():
    inputs = _inputs()
    ways = ("agreement_standing", "agreement_of_lushui_renewal", "agreement_of_market_compensation")
    assert sum(inputs[name].values.squeeze() for name in ways).tolist() == [1] * len(agreement_keys())


def test_shares_stand_at_their_counties():
    inputs = _inputs()
    shares = inputs["upstream_share"].values.squeeze()
    assert shares[county_codes().index("360313"), 0] == 0.4
    assert np.array_equal(inputs["upstream_county"].values.squeeze(), (shares > 0).astype(float))
    assert inputs["downstream_share"].values.squeeze()[county_codes().index("430281"), 0] == 0.4


def test_the_date_of_the_last_signing_steps_from_renewal_to_renewal():
    path = _inputs()["agreement_renewed"]
    second = agreement_keys().index("lushui_second_round")
    start = load_agreements()[second].start

    def last(year):
        return path.values[path.index(year)].squeeze()[second]

    assert [last(2020), last(start), last(start + 2.9)] == pytest.approx([start] * 3)
    assert [last(start + 3), last(start + 5.9), last(start + 6.1)] == pytest.approx([start + 3, start + 3, start + 6])


def test_a_scenario_may_change_terms():
    first, *rest = load_agreements()
    inputs = _inputs([replace(first, price=1.5, end=2030.0), *rest])
    assert inputs["agreement_price"].values.squeeze()[0] == pytest.approx(18)
    assert inputs["agreement_end"].values.squeeze()[0] == 2030
    # The longer agreement is renewed every three years.
    dates = {float(values.squeeze()[0]) for values in inputs["agreement_renewed"].values}
    assert sorted(dates) == pytest.approx([first.start, first.start + 3, first.start + 6, first.start + 9])
