"""The countryside by itself: it stays as in 2020 without effort, keeps the plan's numbers, and leaves signs open."""

from __future__ import annotations

import numpy as np
import pytest
from mechanism_alone import alone, at_range, effort, path, run, values
from small_models import constant

from regionsim.engine.units import check_units
from regionsim.equations import rural

LABELS = {"county": ("first", "second"), "sector": ("agriculture", "industry", "services")}
EFFORTS = (
    "rural_sewage_effort",
    "rural_waste_effort",
    "rural_roads_effort",
    "rural_services_effort",
    "land_rights_effort",
    "settlement_rights_effort",
)
# What each effort moves at the central values, and in which direction.
MOVES = {
    "rural_sewage_effort": {"rural_sewage_coverage": 1},
    "rural_waste_effort": {"rural_waste_load_effect": -1},
    "rural_roads_effort": {"rural_road_index": 1, "rural_service_index": 1, "rural_amenity_effect": 1},
    "rural_services_effort": {"rural_facilities": 1, "rural_service_index": 1, "rural_amenity_effect": 1},
    "land_rights_effort": {"leaving_ease": 1, "return_ease": -1, "farm_scale_effect": 1},
    "settlement_rights_effort": {"return_ease": 1},
}
EFFECTS = sorted({name for moved in MOVES.values() for name in moved})


def _model(*given, **strength):
    """Full effort in the first county only, where a strength is named."""
    named = {each.name for each in given}
    efforts = [effort(name, strength.get(name, 0), 0) for name in EFFORTS if name not in named]
    start = constant("base_rural_sewage_coverage", [0.2, 0.2], "dimensionless", ("county",))
    return alone(rural, LABELS, start, *efforts, *given)


def _first(array: np.ndarray) -> np.ndarray:
    """The first county's values by year; of sectors agriculture."""
    return array[:, 0] if array.ndim == 2 else array[:, 0, 0]


@pytest.fixture(scope="module")
def without_effort():
    return run(_model())


def test_units_agree():
    assert check_units(_model()) == []


def test_without_effort_everything_stays_as_in_2020(without_effort):
    start = {"rural_sewage_coverage": 0.2}
    for name in EFFECTS:
        found = values(without_effort, name)
        assert found == pytest.approx(np.full(found.shape, start.get(name, 1)), rel=1e-12), name


@pytest.mark.parametrize("name", EFFORTS)
def test_each_effort_moves_its_own_effects_in_its_county_only(name, without_effort):
    with_effort = run(_model(**{name: 1}))
    for effect in EFFECTS:
        change = values(with_effort, effect) - values(without_effort, effect)
        sign = MOVES[name].get(effect, 0)
        assert (change[:3] == 0).all(), "before 2022 nothing changes"
        assert (change[:, 1] == 0).all(), "the second county makes no effort"
        assert np.sign(_first(change)[-1]) == sign, effect


def test_the_plan_keeps_its_word_on_rural_sewage():
    # Over 30 % and about 40 % at the most by the end of 2025, which is model year 2025.2.
    coverage = values(run(_model(rural_sewage_effort=1)), "rural_sewage_coverage")[:, 0]
    assert coverage[5] > 0.29 and coverage[6] > max(0.30, coverage[5])
    assert coverage.max() < 0.40


def test_across_its_range_the_aim_stays_between_what_the_plan_promises_and_what_it_hopes():
    ends = run(_model(at_range("rural_sewage_plan_share"), rural_sewage_effort=1))
    coverage = ends.variables["rural_sewage_coverage"].values[-1, :, 0]
    assert (np.diff(coverage) > 0).all() and coverage[0] > 0.28 and coverage[-1] < 0.40


def test_what_has_been_built_falls_idle_again_when_the_effort_ends():
    there_and_back = path("rural_sewage_effort", {2022: [0, 0], 2025: [1, 0], 2026: [0, 0]}, ("county",))
    coverage = values(run(_model(there_and_back)), "rural_sewage_coverage")[:, 0]
    peak = coverage.argmax()
    assert peak in (5, 6) and (np.diff(coverage[peak:]) < 0).all() and coverage[-1] > 0.2


def test_no_effort_treats_more_sewage_than_there_is():
    coverage = values(run(_model(rural_sewage_effort=100)), "rural_sewage_coverage")
    assert coverage.max() <= 1 and coverage[-1, 0] > 0.9


def test_works_that_go_on_reach_a_level_and_do_not_grow_without_end():
    growth = np.diff(values(run(_model(rural_roads_effort=1)), "rural_road_index")[:, 0])
    assert growth[6:].min() > 0 and (np.diff(growth[6:]) < 0).all()


@pytest.mark.parametrize(
    ("parameter", "effect"), [("leaving_response", "leaving_ease"), ("land_return_response", "return_ease")]
)
def test_the_range_of_what_land_rights_do_lies_on_both_sides_of_nothing(parameter, effect):
    ends = run(_model(at_range(parameter), land_rights_effort=1)).variables[effect].values[-1, :, 0]
    assert ends.min() < 1 < ends.max()


def test_rights_on_paper_take_years_to_be_used():
    rights = values(run(_model(land_rights_effort=1)), "transferable_rights")[:, 0]
    assert rights[2] == 0 and rights[5] < 0.5 < rights[9] < 1
    assert (np.diff(rights[2:]) > 0).all()


def test_half_the_step_changes_no_effect_by_half_a_percent():
    everything = dict.fromkeys(EFFORTS, 1)
    coarse, fine = run(_model(**everything)), run(_model(**everything), step=0.125)
    for effect in EFFECTS:
        assert values(coarse, effect)[-1] == pytest.approx(values(fine, effect)[-1], rel=0.005), effect
