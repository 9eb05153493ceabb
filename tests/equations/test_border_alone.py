"""The border by itself: 2020 is kept exactly, each part can be lifted alone, and one side alone cannot lift it."""

from __future__ import annotations

import numpy as np
import pytest
from mechanism_alone import alone, effort, path, run, values
from small_models import constant

from regionsim.engine.integrate import Trajectory
from regionsim.engine.units import check_units
from regionsim.equations import border
from regionsim.studies.model import evidence

LABELS = {
    "county": ("here", "beside", "across"),
    "destination": ("here", "beside", "across"),
    "hub": ("own_capital", "capital_across", "coast"),
}
PAIR, HUB = ("county", "destination"), ("county", "hub")
SAME_PROVINCE = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]])
HUB_SAME_PROVINCE = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0]])
HUB_ACROSS_BORDER = np.array([[0, 1, 0], [0, 1, 0], [1, 0, 0]])
MINUTES = np.array([[12, 40, 90], [40, 15, 300], [90, 300, 10]])

FRICTIONS = ("travel", "goods", "clusters", "labour", "services", "fiscal")
EFFORTS = (
    "border_roads_effort",
    "data_sharing_effort",
    "mutual_recognition_effort",
    "insurance_portability_effort",
    "labour_market_effort",
    "cross_province_services_effort",
    "cross_province_care_effort",
    "border_cooperation_effort",
)
# What each friction works on, and whether it grows (+1) or shrinks (-1) as the border opens.
EFFECTS = {
    "travel": {"border_travel_factor": -1},
    "goods": {"border_freight_factor": -1, "hub_border_freight_factor": -1},
    "clusters": {"cluster_permeability": 1},
    "labour": {"labour_friction": 1, "hub_labour_friction": 1},
    "services": {"service_recognition": 1},
    "fiscal": {"fiscal_cooperation": 1},
}
FRICTIONS_OF = {
    "border_roads_effort": {"travel", "goods"},
    "data_sharing_effort": {"goods", "services"},
    "mutual_recognition_effort": {"clusters", "labour"},
    "insurance_portability_effort": {"labour"},
    "labour_market_effort": {"labour"},
    "cross_province_services_effort": {"services"},
    "cross_province_care_effort": {"services"},
    "border_cooperation_effort": {"clusters", "fiscal"},
}


def _model(frictions=None, efforts=None, minutes=MINUTES):
    """Frictions that reach the given number in 2022, from 1; efforts by county that are full in 2025."""
    given = [path(f"border_{name}", {2020: 1, 2022: (frictions or {}).get(name, 1)}) for name in FRICTIONS]
    given += [effort(name, *(efforts or {}).get(name, (0, 0, 0))) for name in EFFORTS]
    given += [
        constant("same_province", SAME_PROVINCE, "dimensionless", PAIR),
        constant("other_county", 1 - np.eye(3), "dimensionless", PAIR),
        constant("hub_same_province", HUB_SAME_PROVINCE, "dimensionless", HUB),
        constant("hub_across_border", HUB_ACROSS_BORDER, "dimensionless", HUB),
        constant("travel_time_passenger", minutes, "minute", PAIR),
        constant("initial_population", [300_000, 200_000, 400_000], "person", ("county",)),
    ]
    return alone(border, LABELS, *given)


def _parameter(name: str) -> float:
    return float(evidence()[name].values.reshape(-1)[0])


def _effects(trajectory: Trajectory) -> dict[str, np.ndarray]:
    return {name: values(trajectory, name) for part in EFFECTS.values() for name in part}


@pytest.fixture(scope="module")
def as_in_2020() -> Trajectory:
    return run(_model())


def test_units_agree():
    assert check_units(_model()) == []


def test_with_the_border_of_2020_and_no_effort_every_effect_is_exactly_that_of_2020(as_in_2020):
    within, across = _parameter("friction_within_province"), _parameter("friction_across_provinces")
    expected = {
        "border_travel_factor": 1,
        "border_freight_factor": 1,
        "hub_border_freight_factor": 1,
        # As migration has them without a border that can change.
        "labour_friction": SAME_PROVINCE * within + (1 - SAME_PROVINCE) * across,
        "hub_labour_friction": HUB_SAME_PROVINCE * within + (1 - HUB_SAME_PROVINCE) * across,
        "cluster_permeability": np.where(SAME_PROVINCE == 1, 1, _parameter("cluster_permeability_base")),
        "service_recognition": 1,
        "fiscal_cooperation": 1,
    }
    for name, found in _effects(as_in_2020).items():
        assert (found == expected[name]).all(), name


@pytest.mark.parametrize("friction", FRICTIONS)
def test_each_friction_can_be_lifted_alone(friction, as_in_2020):
    before, after = _effects(as_in_2020), _effects(run(_model({friction: 0})))
    for name, found in after.items():
        change = found[-1] - before[name][-1]
        sign = EFFECTS[friction].get(name, 0)
        assert (change * sign >= 0).all() and (change != 0).any() == (sign != 0), name


@pytest.mark.parametrize("name", EFFORTS)
def test_each_effort_opens_its_own_parts_of_the_border(name, as_in_2020):
    before, after = _effects(as_in_2020), _effects(run(_model(efforts={name: (1, 1, 1)})))
    signs = {effect: sign for friction in FRICTIONS_OF[name] for effect, sign in EFFECTS[friction].items()}
    for effect, found in after.items():
        assert (found[:3] == before[effect][:3]).all(), "before 2022 nothing changes"
        change = found[-1] - before[effect][-1]
        assert (change * signs.get(effect, 0) >= 0).all() and (change != 0).any() == (effect in signs), effect


def test_nothing_changes_within_a_province(as_in_2020):
    before, after = _effects(as_in_2020), _effects(run(_model(dict.fromkeys(FRICTIONS, 0))))
    for name in ("border_travel_factor", "border_freight_factor", "labour_friction", "cluster_permeability"):
        assert (after[name][:, SAME_PROVINCE == 1] == before[name][:, SAME_PROVINCE == 1]).all(), name


def test_without_a_border_people_and_clusters_cross_as_within_a_province():
    gone = run(_model(dict.fromkeys(FRICTIONS, 0)))
    within, across = _parameter("friction_within_province"), _parameter("friction_across_provinces")
    assert values(gone, "labour_friction")[-1] == pytest.approx(np.full((3, 3), within), rel=1e-12)
    near = HUB_SAME_PROVINCE + HUB_ACROSS_BORDER == 1
    assert values(gone, "hub_labour_friction")[-1] == pytest.approx(np.where(near, within, across), rel=1e-12)
    assert (values(gone, "cluster_permeability")[-1] == 1).all()
    assert (values(gone, "recognized_service_share")[-1] == 1).all()


def test_the_coast_stays_as_far_as_it_was_however_open_the_border(as_in_2020):
    gone = run(_model(dict.fromkeys(FRICTIONS, 0)))
    for name in ("hub_labour_friction", "hub_border_freight_factor"):
        assert (values(gone, name)[:, :, 2] == values(as_in_2020, name)[:, :, 2]).all()


@pytest.mark.parametrize("name", EFFORTS)
def test_an_effort_on_one_side_alone_opens_nothing_between_counties(name, as_in_2020):
    alone_here = run(_model(efforts={name: (1, 1, 0)}))
    for pair in ("border_travel_factor", "border_freight_factor", "labour_friction", "cluster_permeability"):
        assert (values(alone_here, pair) == values(as_in_2020, pair)).all(), pair


def test_effects_between_counties_are_the_same_in_both_directions():
    some = run(_model({"travel": 0.5, "goods": 0.3}, dict.fromkeys(EFFORTS, (1, 0.2, 0.6))))
    for pair in ("border_travel_factor", "border_freight_factor", "labour_friction", "cluster_permeability"):
        found = values(some, pair)[-1]
        assert (found == found.T).all() and len(np.unique(found)) > 2, pair


def test_the_minutes_of_the_crossing_weigh_on_short_ways_and_vanish_on_long_ones():
    near, far = values(run(_model({"travel": 0})), "border_travel_factor")[-1][[0, 1], 2]
    minutes = _parameter("border_crossing_time")
    assert near == pytest.approx(90 / (90 + minutes), rel=1e-12)
    assert far == pytest.approx(300 / (300 + minutes), rel=1e-12)
    cut_off = values(run(_model({"travel": 0}, minutes=MINUTES * 1e9)), "border_travel_factor")[-1]
    assert cut_off == pytest.approx(np.ones((3, 3)), abs=1e-9)


@pytest.mark.parametrize("strength", [1, 50])
def test_no_effort_however_strong_makes_more_of_the_border_vanish_than_there_is(strength):
    trajectory = run(_model(efforts=dict.fromkeys(EFFORTS, (strength,) * 3)))
    for friction in FRICTIONS:
        remaining = values(trajectory, f"border_{friction}_remaining")
        assert (remaining >= 0).all() and (remaining <= 1).all()
        assert (remaining[-1] == 0).all() == (strength == 50), friction


def test_a_border_harder_than_in_2020_keeps_every_effect_above_nothing():
    for name, found in _effects(run(_model(dict.fromkeys(FRICTIONS, 3)))).items():
        assert (found > 0).all() and np.isfinite(found).all(), name


def test_a_county_far_from_the_other_province_gains_less_from_recognition():
    gained = values(run(_model({"services": 0})), "service_recognition")[-1] - 1
    across = values(run(_model()), "across_border_population_share")[-1]
    assert gained[1] < gained[0] and across[1] < across[0] < across[2] == 1
    assert gained == pytest.approx(
        across * _parameter("cross_border_service_share") * (1 - _parameter("service_recognition_base")), rel=1e-9
    )
