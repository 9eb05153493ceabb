"""Counties left out of a calibration: predicted without what they did, and with the doubt that this leaves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regionsim.place.counties import county_codes
from regionsim.studies.calibrate.held_out import LEVELS, _levels_of_others, fold
from regionsim.studies.calibrate.read import read_study
from regionsim.studies.calibrate.scores import Scores
from regionsim.studies.ensemble import ensemble_inputs

FREE = ("infants_missed_in_2010_share", "migration_income_elasticity", "town_moves_against_decade")
LIANHUA, LIUYANG = "360321", "430181"


@pytest.fixture(scope="module")
def study():
    whole = read_study("studies/hindcast.yaml")
    return replace(whole, priors=tuple(whole.prior(key) for key in FREE))


def test_a_county_is_predicted_without_its_rows_and_levels(study):
    centre = Scores(study.priors).centre()
    found = fold(study, centre, "Lianhua", [LIANHUA], 6, 1)
    assert {row.region for row in found.rows.observations} == {LIANHUA}
    assert found.modelled.shape == found.predicted.shape == (6, len(found.rows.observations))
    other = {row.variable: k for k, row in enumerate(found.rows.observations)}["population"]
    assert found.modelled[:, other].std() / found.modelled[:, other].mean() > 0.01  # levels of others differ
    # Its rows do not move the fit: with others in their place everything is the same.
    changed = replace(
        study,
        observations=tuple(
            replace(row, value=row.value * 1.3) if row.region == LIANHUA else row for row in study.observations
        ),
    )
    again = fold(changed, centre, "Lianhua", [LIANHUA], 6, 1)
    np.testing.assert_array_equal(again.modelled, found.modelled)
    np.testing.assert_array_equal(again.moved, found.moved)


def test_a_county_that_was_left_out_gets_the_levels_of_another(study):
    draws = {"migration_income_elasticity": np.full(50, 1.5)}
    left_out = [LIUYANG, LIANHUA]
    inputs = ensemble_inputs(study.scenario, draws, left_out).inputs
    changed = _levels_of_others(inputs, 50, left_out, np.random.default_rng(3))
    codes = list(county_codes())
    weight = inputs["county_deviation_weight"].values.item()
    for name in LEVELS:
        before, after = inputs[name].values.reshape(24), changed[name].values.reshape(50, 24)
        for code in left_out:
            place = codes.index(code)
            others = before[[k for k in range(24) if codes[k] not in {*left_out, "431027"}]]
            full = before[place] * (others / before[place]) ** (1 / weight)
            assert all(np.isclose(value, full).any() for value in after[:, place])
            assert len(np.unique(after[:, place])) > 10
        stay = [k for k in range(24) if codes[k] not in left_out]
        np.testing.assert_array_equal(after[:, stay], np.broadcast_to(before[stay], (50, len(stay))))
    # The same county lends both levels: who leaves much and who moves to town go together in the data.
    place = codes.index(LIUYANG)
    pairs = {
        (round(a, 12), round(b, 12))
        for a, b in zip(*(changed[n].values.reshape(50, 24)[:, place] for n in LEVELS), strict=True)
    }
    assert len(pairs) == len({a for a, _ in pairs})
