"""Travel times: sums done by hand, what an opening may and may not do, and the ends of the range."""

from dataclasses import replace
from math import pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regionsim.language.axes import full_rank
from regionsim.place.counties import find_county, load_counties
from regionsim.place.hubs import load_hubs
from regionsim.place.network import load_network
from regionsim.place.projects import find_project, load_projects
from regionsim.place.travel_times import TravelTimes, scalar, travel_times
from regionsim.studies.model import evidence

PRICES = (
    "high_speed_rail_fare",
    "conventional_rail_fare",
    "passenger_expressway_toll",
    "passenger_road_cost",
    "freight_expressway_toll",
    "freight_road_cost",
    "freight_rail_charge",
)
ARRAYS = ("passenger", "freight", "hub_passenger", "hub_freight")
STATIONS = ("浏阳", "上栗", "安源", "芦溪", "莲花", "永新", "井冈山", "遂川")


def parameters(**changed):
    return {
        **evidence(),
        **{name: replace(evidence()[name], values=full_rank(value, ())) for name, value in changed.items()},
    }


NETWORK = load_network()
PARAMETERS = parameters()
BY_THE_CLOCK = parameters(**dict.fromkeys(PRICES, 0.0))
BASE = NETWORK.standing_in(2020)
ALL = frozenset(NETWORK.links)


def times(links, given=PARAMETERS) -> TravelTimes:
    return travel_times(NETWORK, links, given)


def row(name):
    return [county.code for county in load_counties()].index(find_county(name).code)


def column(key):
    return [hub.key for hub in load_hubs()].index(key)


def to_hub(name, key, links=BASE, given=BY_THE_CLOCK):
    return times(links, given).hub_passenger[row(name), column(key)]


def assert_nowhere_longer(after, before):
    for array in ARRAYS:
        assert np.all(getattr(after, array) <= getattr(before, array)), array


def test_one_expressway_costs_its_access_its_minutes_and_its_money():
    found = times(["EX03-01"])  # Changsha-Liuyang, 82 km, designed for 100 km/h
    by_hand = 16 + 82 * 60 / 90 + 82 * (0.25 + 0.30) / 30 * 60
    assert found.hub_passenger[row("浏阳"), column("changsha")] == pytest.approx(by_hand)
    freight = 16 + 82 * 60 / (90 * 0.8) + 82 * (1.2 + 2.5) / 180 * 60
    assert found.hub_freight[row("浏阳"), column("changsha")] == pytest.approx(freight)


def test_one_high_speed_line_is_boarded_once_and_moves_no_freight():
    found = times(["HSR01-01", "HSR01-02"])  # Changsha-Liling-Anyuan, 78.6 + 36.6 km
    by_hand = 60 + 115.2 * (60 / 250 + 0.45 / 30 * 60)
    assert found.hub_passenger[row("安源"), column("changsha")] == pytest.approx(by_hand)
    assert found.hub_freight[row("安源"), column("changsha")] == scalar(PARAMETERS, "unreachable_minutes")


def test_goods_on_a_line_for_fast_trains_run_no_faster_than_wagons_may():
    fast = times(["CR01-01"]).hub_freight[row("醴陵"), column("zhuzhou_xiangtan")]  # 47.2 km at 160 km/h
    slow = times(["CR05-01"]).hub_freight[row("永新"), column("jian")]  # 61.7 km at 120 km/h
    assert fast == pytest.approx(720 + 47.2 * (60 / 45 + 2.4 / 3))
    assert slow == pytest.approx(720 + 61.7 * (60 / 45 + 2.4 / 3))


def test_a_coal_line_takes_goods_and_no_travellers():
    found, cap = times(["CR07-01"]), scalar(PARAMETERS, "unreachable_minutes")  # Yueyang-Pingjiang
    assert found.hub_passenger[row("平江"), column("yueyang")] == cap
    assert found.hub_freight[row("平江"), column("yueyang")] == pytest.approx(720 + 114.1 * (60 / 45 + 0.8))


def test_a_change_of_rail_costs_an_interchange_or_two_accesses_whichever_is_less():
    links = ["CR01-04", "HSR01-01", "HSR01-02"]  # Luxi-Anyuan 18.9 km conventional, Anyuan-Changsha 115.2 km
    on_the_way = 18.9 * (60 / 80 + 0.16 * 2) + 115.2 * (60 / 250 + 0.45 * 2)
    ends = 90 / 2 + 60 / 2
    short = times(links, parameters(rail_interchange_minutes=50.0))
    long = times(links, parameters(rail_interchange_minutes=300.0))
    assert short.hub_passenger[row("芦溪"), column("changsha")] == pytest.approx(ends + 50 + on_the_way)
    assert long.hub_passenger[row("芦溪"), column("changsha")] == pytest.approx(ends + 90 / 2 + 60 / 2 + on_the_way)


def test_a_traveller_drives_to_another_county_s_station():
    found = times(["OLD-360302-360313", "HSR01-01", "HSR01-02"], BY_THE_CLOCK)  # Xiangdong-Anyuan 19.5 km
    road = 19.5 * 60 / 50
    assert found.hub_passenger[row("湘东"), column("changsha")] == pytest.approx(road + 60 + 115.2 * 0.24)


def test_parallel_links_are_not_added():
    one, both = times(["EX01-02"]), times(["EX01-02", "EX29-01"])  # both Zhuzhou-Liling, 49.2 km
    assert np.array_equal(one.hub_passenger, both.hub_passenger)


def test_the_time_within_a_county_is_half_its_radius_by_ordinary_road():
    liuyang = find_county("浏阳")
    kilometres = 0.5 * sqrt(liuyang.area / 100 / pi)
    assert times(BASE, BY_THE_CLOCK).passenger[row("浏阳"), row("浏阳")] == pytest.approx(kilometres * 60 / 50)
    assert times(BASE).passenger[row("浏阳"), row("浏阳")] == pytest.approx(kilometres * (60 / 50 + 0.30 * 2))
    assert times(BASE).freight[row("浏阳"), row("浏阳")] == pytest.approx(kilometres * (60 / 40 + 2.5 / 3))


def test_the_rest_of_the_country_is_as_far_as_stated_whatever_is_open():
    for links in ((), BASE, ALL):
        assert np.allclose(times(links, BY_THE_CLOCK).hub_passenger[:, column("rest_of_country")], 420)
        assert np.allclose(times(links, BY_THE_CLOCK).hub_freight[:, column("rest_of_country")], 720)
    assert times(BASE).hub_passenger[0, column("rest_of_country")] == pytest.approx(420 + 900 * 0.45 * 2)


def test_a_hub_of_two_cities_takes_the_nearest():
    only_guangzhou, both = times(["EX17-01"]), times(["EX17-01", "EX31-01", "EX15-01", "EX15-02", "EX15-03"])
    delta = column("pearl_river_delta")
    assert only_guangzhou.hub_passenger[row("汝城"), delta] == both.hub_passenger[row("汝城"), delta]
    assert both.hub_passenger[row("上犹"), delta] < scalar(PARAMETERS, "unreachable_minutes")


@pytest.mark.parametrize(
    ("county", "hub", "low", "high"),
    [
        ("浏阳", "changsha", 55, 90),
        ("安源", "changsha", 70, 110),
        ("遂川", "ganzhou", 50, 80),
        ("井冈山", "nanchang", 170, 260),
        ("桂东", "changsha", 220, 320),
        ("汝城", "pearl_river_delta", 200, 280),
    ],
)
def test_times_of_2020_by_the_clock_are_those_of_the_real_world(county, hub, low, high):
    assert low < to_hub(county, hub) < high


def test_times_are_symmetric_finite_and_positive():
    found = times(BASE)
    for array in (found.passenger, found.freight):
        assert np.allclose(array, array.T, rtol=1e-12)
    for name in ARRAYS:
        array = getattr(found, name)
        assert np.all(np.isfinite(array)) and np.all(array > 0)
    assert found.passenger.shape == found.freight.shape == (24, 24)
    assert found.hub_passenger.shape == found.hub_freight.shape == (24, len(load_hubs()))


@pytest.mark.parametrize("project", [p for p in load_projects() if not p.stood_in_2020], ids=lambda p: p.slug)
def test_no_time_rises_when_a_project_opens(project):
    assert_nowhere_longer(times(BASE | set(project.links)), times(BASE))


@pytest.mark.parametrize("project", load_projects(), ids=lambda p: p.slug)
def test_no_time_falls_when_a_project_closes(project):
    assert_nowhere_longer(times(ALL), times(ALL - set(project.links)))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), fewer=st.floats(0.0, 0.9), added=st.floats(0.0, 0.5), scale=st.floats(0.2, 5.0))
def test_adding_links_never_raises_a_time(seed, fewer, added, scale):
    keys = np.array(sorted(ALL))
    chance = np.random.default_rng(seed).random((2, len(keys)))
    few = set(keys[chance[0] < fewer])
    more = few | set(keys[chance[1] < added])
    given_values = parameters(
        high_speed_rail_fare=0.45 * scale, passenger_time_value=30 * scale, expressway_access_minutes=16 * scale
    )
    assert_nowhere_longer(times(more, given_values), times(few, given_values))


def test_the_changsha_ganzhou_railway_brings_its_stations_nearer_and_moves_no_freight():
    before, after = times(BASE), times(BASE | set(find_project("长赣高铁").links))
    for array in ("freight", "hub_freight"):
        assert np.array_equal(getattr(before, array), getattr(after, array))

    def potential(found):
        """Sum of 1/time over other counties and hubs: market access with equal masses."""
        others = np.where(np.eye(24, dtype=bool), 0.0, 1 / found.passenger)
        return others.sum(axis=1) + (1 / found.hub_passenger).sum(axis=1)

    gain = potential(after) / potential(before) - 1
    assert np.all(gain >= 0)
    for county in STATIONS:
        assert gain[row(county)] > 0.003, county
    assert (
        after.hub_passenger[row("遂川"), column("changsha")]
        < 0.75 * before.hub_passenger[row("遂川"), column("changsha")]
    )


def test_at_no_price_only_minutes_count():
    # Suichuan-Anyuan 206.1 km on the new line and Anyuan-Changsha 115.2 km on the line of 2014, shorter than by Liuyang
    found = to_hub("遂川", "changsha", BASE | set(find_project("长赣高铁").links))
    assert found == pytest.approx(60 + (206.1 + 115.2) * 60 / 250)


def test_a_faster_upgrade_beside_the_old_line_takes_its_place():
    old = times(["CR05-01"]).hub_passenger[row("永新"), column("jian")]
    both = times(["CR05-01", "PL06-07"]).hub_passenger[row("永新"), column("jian")]
    assert old == pytest.approx(90 + 61.7 * (60 / 60 + 0.32))
    assert both == pytest.approx(90 + 67.0 * (60 / 100 + 0.32))


def test_the_road_within_wanzai_changes_no_time():
    before, after = times(BASE), times(BASE | set(find_project("PL13").links))
    for array in ARRAYS:
        assert np.array_equal(getattr(before, array), getattr(after, array))


def test_with_all_links_closed_only_caps_stated_and_internal_times_are_left():
    found, base = times([]), times(BASE)
    cap = scalar(PARAMETERS, "unreachable_minutes")
    off = ~np.eye(24, dtype=bool)
    assert np.all(found.passenger[off] == cap) and np.all(found.freight[off] == cap)
    assert np.array_equal(np.diagonal(found.passenger), np.diagonal(base.passenger))
    assert np.all(np.delete(found.hub_passenger, column("rest_of_country"), axis=1) == cap)
    assert np.all(found.hub_passenger[:, column("rest_of_country")] < cap)


def test_without_expressways_and_rails_the_primitive_path_is_left():
    roads = {key for key in BASE if NETWORK.links[key].mode == "highway"}
    found, base = times(roads), times(BASE)
    cap = scalar(PARAMETERS, "unreachable_minutes")
    for name in ARRAYS:
        assert np.all(getattr(found, name) < cap), name
    assert np.max(found.passenger / base.passenger) > 1.1


def test_speed_without_limit_leaves_access_and_fare():
    fast = parameters(high_speed_rail_speed=1e9)
    found = times(["HSR01-01"], fast).hub_passenger[row("醴陵"), column("changsha")]
    assert found == pytest.approx(60 + 78.6 * 0.45 * 2, abs=1e-4)


def test_no_access_time_is_no_missing_arc():
    free = parameters(**dict.fromkeys(PRICES, 0.0), high_speed_rail_access_minutes=0.0)
    assert times(["HSR01-01"], free).hub_passenger[row("醴陵"), column("changsha")] == pytest.approx(78.6 * 0.24)


def test_an_unknown_link_or_a_missing_parameter_is_refused():
    with pytest.raises(KeyError):
        times(["EX99-01"])
    with pytest.raises(KeyError):
        times(BASE, {k: v for k, v in PARAMETERS.items() if k != "expressway_speed"})
