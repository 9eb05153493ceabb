"""Towns by themselves: as in 2020 without effort, better with it, and worn again when the effort ends."""

from __future__ import annotations

import numpy as np
import pytest
from mechanism_alone import alone, at_range, effort, path, run, values

from regionsim.engine.units import check_units
from regionsim.equations import towns

LABELS = {"county": ("first", "second")}
EFFORTS = ("urban_renewal_effort", "county_town_effort", "border_towns_effort")
EFFECTS = ("town_housing_quality", "town_facilities", "town_quality", "congestion_relief")
MOVES = {
    "urban_renewal_effort": {"town_housing_quality": 1, "town_quality": 1},
    "county_town_effort": {"town_facilities": 1, "town_quality": 1, "congestion_relief": -1},
    "border_towns_effort": {"town_facilities": 1, "town_quality": 1, "congestion_relief": -1},
}


def _model(*given, **strength):
    """Full effort in the first county only, where a strength is named."""
    named = {each.name for each in given}
    return alone(
        towns, LABELS, *(effort(name, strength.get(name, 0), 0) for name in EFFORTS if name not in named), *given
    )


@pytest.fixture(scope="module")
def without_effort():
    return run(_model())


def test_units_agree():
    assert check_units(_model()) == []


@pytest.mark.parametrize("name", EFFECTS)
def test_without_effort_towns_stay_as_in_2020(name, without_effort):
    found = values(without_effort, name)
    assert found == pytest.approx(np.ones(found.shape), rel=1e-12)


@pytest.mark.parametrize("name", EFFORTS)
def test_each_effort_moves_its_own_effects_in_its_county_only(name, without_effort):
    with_effort = run(_model(**{name: 1}))
    for effect in EFFECTS:
        change = values(with_effort, effect) - values(without_effort, effect)
        assert (change[:3] == 0).all(), "before 2022 nothing changes"
        assert (change[:, 1] == 0).all(), "the second county makes no effort"
        assert np.sign(change[-1, 0]) == MOVES[name].get(effect, 0), effect


def test_what_has_been_renewed_wears_again_when_the_effort_ends():
    there_and_back = path("county_town_effort", {2022: [0, 0], 2025: [1, 0], 2026: [0, 0]}, ("county",))
    quality = values(run(_model(there_and_back)), "town_quality")[:, 0]
    peak = quality.argmax()
    assert peak == 6 and (np.diff(quality[peak:]) < 0).all() and quality[-1] > 1


def test_better_towns_do_not_grow_without_end():
    growth = np.diff(values(run(_model(county_town_effort=1)), "town_facilities")[:, 0])
    assert growth[6:].min() > 0 and (np.diff(growth[6:]) < 0).all()


def test_the_whole_programme_changes_the_pull_of_towns_by_a_few_percent():
    # The response to services is a sixth: whatever is built, it is no second engine of growth.
    all_of_it = run(_model(**dict.fromkeys(EFFORTS, 1)))
    assert 1.01 < values(all_of_it, "town_quality")[-1, 0] < 1.06


def test_relief_may_be_nothing_at_the_low_end_of_its_range():
    ends = run(_model(at_range("congestion_relief_elasticity"), county_town_effort=1))
    relief = ends.variables["congestion_relief"].values[-1, :, 0]
    assert relief[0] == 1 and (np.diff(relief) < 0).all()


def test_half_the_step_changes_no_effect_by_half_a_percent():
    everything = dict.fromkeys(EFFORTS, 1)
    coarse, fine = run(_model(**everything)), run(_model(**everything), step=0.125)
    for effect in EFFECTS:
        assert values(coarse, effect)[-1] == pytest.approx(values(fine, effect)[-1], rel=0.005), effect
