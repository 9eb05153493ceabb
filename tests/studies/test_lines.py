"""What a transport project saves by itself, and that a project of the plan that saves nothing says why."""

from __future__ import annotations

import pytest

from regionsim.place.network import load_network
from regionsim.place.projects import BASE_YEAR, find_project
from regionsim.place.travel_times import travel_times
from regionsim.scenarios.measures import load_measures
from regionsim.studies.lines import saving_in_words, savings, shortens_a_time
from regionsim.studies.model import evidence

PLANNED = [project for measure in load_measures() for project in measure.projects]


@pytest.mark.parametrize("planned", PLANNED, ids=lambda planned: planned.slug)
def test_a_project_of_the_plan_gives_a_reason_exactly_where_it_saves_nothing(planned) -> None:
    assert bool(planned.no_saving) != shortens_a_time(find_project(planned.slug))


def test_the_lines_that_save_nothing_save_nothing_beside_all_the_others_either() -> None:
    network = load_network()
    projects = {planned.slug: find_project(planned.slug) for planned in PLANNED}
    all_open = network.standing_in(BASE_YEAR) | {key for project in projects.values() for key in project.links}
    ahead = travel_times(network, all_open, evidence())
    idle = [planned.slug for planned in PLANNED if planned.no_saving]
    assert len(idle) == 3
    for slug in idle:
        behind = travel_times(network, all_open - set(projects[slug].links), evidence())
        for flow in ("passenger", "freight", "hub_passenger", "hub_freight"):
            assert (getattr(behind, flow) == getattr(ahead, flow)).all(), slug


def test_a_railway_for_travellers_saves_no_time_of_goods() -> None:
    travellers, goods = savings(find_project("changsha-ganzhou-railway"))
    assert (travellers.start, travellers.end) == ("Liuyang", "Ganzhou") and travellers.minutes > 200
    assert goods.minutes == 0
    words = saving_in_words(find_project("changsha-ganzhou-railway"))
    assert words == f"travellers up to {travellers.minutes:.0f} minutes (Liuyang to Ganzhou)"


def test_what_stood_in_2020_is_compared_with_its_absence() -> None:
    assert shortens_a_time(find_project("nanchang-ganzhou-high-speed-railway"))
    assert saving_in_words(find_project("wanzai-zhutan-houcha-road-upgrade")) == "no time"


def test_the_road_beside_the_ring_of_pingxiang_is_as_long_and_as_fast() -> None:
    links = load_network().links
    ring = links[find_project("pingxiang-ring-expressway-east").links[0]]
    beside = [links["EX02-01"], links["EX02-02"]]
    assert {beside[0].start, beside[0].end} ^ {beside[1].start, beside[1].end} == {ring.start, ring.end}
    assert (ring.length, sum(link.length for link in beside)) == pytest.approx((37.6, 37.1))
    assert {link.speed for link in beside} == {ring.speed}
