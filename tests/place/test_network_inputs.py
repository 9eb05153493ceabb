"""The inputs of the model that come from the network and the geography."""

import time
from dataclasses import replace

import numpy as np
import pytest

from regionsim.engine.integrate import scalar
from regionsim.language.axes import AXES
from regionsim.place import travel_times
from regionsim.place.counties import find_county, load_counties
from regionsim.place.hubs import load_hubs
from regionsim.place.network_inputs import network_inputs
from regionsim.place.openings import Opening
from regionsim.place.projects import load_projects
from regionsim.studies.model import evidence

TIMES = ("travel_time_passenger", "travel_time_freight", "hub_travel_time_passenger", "hub_travel_time_freight")
PARAMETERS = evidence()
PLAN = {p.slug: Opening(opens=float(p.open_year)) for p in load_projects() if not p.stood_in_2020 and p.open_year}
CHANGSHA_GANZHOU = "changsha-ganzhou-railway"


def inputs(transport, parameters=PARAMETERS):
    return {given.name: given for given in network_inputs(parameters, transport, 2020.0, 2035.0)}


def shape(**sizes):
    return tuple(sizes.get(axis, 1) for axis in AXES)


def test_names_units_axes_and_shapes():
    found = inputs(PLAN)
    counties, hubs, states = len(load_counties()), len(load_hubs()), len(found[TIMES[0]].years)
    assert counties == 24 and states == 8
    expected = {
        "travel_time_passenger": ("minute", ("county", "destination"), (states, *shape(county=24, destination=24))),
        "travel_time_freight": ("minute", ("county", "destination"), (states, *shape(county=24, destination=24))),
        "hub_travel_time_passenger": ("minute", ("county", "hub"), (states, *shape(county=24, hub=hubs))),
        "hub_travel_time_freight": ("minute", ("county", "hub"), (states, *shape(county=24, hub=hubs))),
        "other_county": ("dimensionless", ("county", "destination"), shape(county=24, destination=24)),
        "same_province": ("dimensionless", ("county", "destination"), shape(county=24, destination=24)),
        "hub_same_province": ("dimensionless", ("county", "hub"), shape(county=24, hub=hubs)),
        "hub_group_membership": (
            "dimensionless",
            ("county", "hub", "hub_group"),
            shape(county=24, hub=hubs, hub_group=2),
        ),
        "county_area": ("ha", ("county",), shape(county=24)),
    }
    assert {name: (x.unit, x.over, x.values.shape) for name, x in found.items()} == expected
    assert all(found[name].kind == "step" for name in TIMES)


def test_nothing_changes_before_the_first_opening_and_all_at_once_after():
    base, plan = inputs({}), inputs({CHANGSHA_GANZHOU: Opening(opens=2029.75)})
    for name in TIMES:
        for year in (2020.0, 2025.5, 2029.5):
            assert np.array_equal(base[name].at(year), plan[name].at(year))
    passenger = "travel_time_passenger"
    assert np.any(plan[passenger].at(2029.75) < base[passenger].at(2029.75))
    assert np.array_equal(plan[passenger].at(2029.75), plan[passenger].at(2035.0))
    assert np.array_equal(plan["travel_time_freight"].at(2035.0), base["travel_time_freight"].at(2035.0))


def test_closing_the_railway_again_is_an_exact_reversal():
    base = inputs({})
    closed = inputs({CHANGSHA_GANZHOU: Opening(opens=2030.0, closes=2032.0)})
    without = inputs({key: value for key, value in PLAN.items() if key != CHANGSHA_GANZHOU})
    never = inputs(PLAN | {CHANGSHA_GANZHOU: Opening()})
    for name in TIMES:
        assert np.array_equal(closed[name].at(2033.0), base[name].at(2033.0))
        assert np.array_equal(without[name].years, never[name].years)
        assert np.array_equal(without[name].values, never[name].values)
    assert np.any(closed["travel_time_passenger"].at(2031.0) < base["travel_time_passenger"].at(2031.0))


def test_a_delay_changes_nothing_before_the_earlier_and_after_the_later_date():
    early, late = inputs(PLAN), inputs(PLAN | {CHANGSHA_GANZHOU: Opening(opens=2033.0)})
    for name in TIMES:
        assert np.array_equal(early[name].at(2029.9), late[name].at(2029.9))
        assert np.array_equal(early[name].at(2034.0), late[name].at(2034.0))
    assert np.any(early["travel_time_passenger"].at(2031.0) < late["travel_time_passenger"].at(2031.0))


def test_no_time_rises_over_the_years_of_the_plan():
    found = inputs(PLAN)
    for name in TIMES:
        assert np.all(np.diff(found[name].values, axis=0) <= 0)


def test_each_state_of_the_network_is_computed_once():
    # A design speed that nobody else asks for, so that no other test has worked out these states.
    settings = {**PARAMETERS, "ordinary_road_speed": replace(PARAMETERS["ordinary_road_speed"], values=scalar(43.21))}
    before = travel_times._cheapest.cache_info()
    for _ in range(2):
        found = inputs({"EX03": Opening(closes=2022.0, opens=2024.0)}, settings)
    assert list(found["travel_time_passenger"].years) == [2020, 2022, 2024]
    after = travel_times._cheapest.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (2, 4)


def test_other_county_and_provinces():
    found = inputs({})
    codes = [county.code for county in load_counties()]
    liuyang, shangli, anyuan = (codes.index(find_county(name).code) for name in ("浏阳", "上栗", "安源"))
    other = found["other_county"].values.reshape(24, 24)
    assert other.sum() == 24 * 23 and np.all(np.diagonal(other) == 0)
    same = found["same_province"].values.reshape(24, 24)
    assert same[shangli, anyuan] == 1 and same[shangli, liuyang] == 0 and np.all(np.diagonal(same) == 1)
    assert same.sum() == 14**2 + 10**2


def test_a_hub_is_of_the_home_province_or_elsewhere_seen_from_each_county():
    found = inputs({})
    codes, hubs = [county.code for county in load_counties()], [hub.key for hub in load_hubs()]
    group = found["hub_group_membership"].values.reshape(24, len(hubs), 2)
    assert np.all(group.sum(axis=2) == 1)
    assert np.array_equal(group[:, :, 0], found["hub_same_province"].values.reshape(24, len(hubs)))
    liuyang, shangli = codes.index(find_county("浏阳").code), codes.index(find_county("上栗").code)
    assert list(group[liuyang, hubs.index("changsha")]) == [1, 0]
    assert list(group[shangli, hubs.index("changsha")]) == [0, 1]
    assert list(group[shangli, hubs.index("nanchang")]) == [1, 0]
    assert np.all(group[:, hubs.index("rest_of_country"), 1] == 1)


def test_areas_are_the_counties_own():
    area = inputs({})["county_area"].values.reshape(24)
    assert list(area) == [county.area for county in load_counties()]


@pytest.mark.parametrize(("transport", "limit"), [({}, 0.3), (PLAN, 1.0)], ids=["base", "plan"])
def test_the_inputs_are_ready_in_a_moment(transport, limit):
    inputs(transport)  # tables and libraries are read once
    fastest = min(_seconds(transport) for _ in range(3))
    assert fastest < limit


def _seconds(transport):
    start = time.perf_counter()
    inputs(transport)
    return time.perf_counter() - start
