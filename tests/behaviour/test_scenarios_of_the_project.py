"""The scenario files of the project say what the data say, and run as they promise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from whole_model import SCENARIOS, county, differing, inputs_of, run, scenario

from regionsim.place.counties import county_codes
from regionsim.place.network import load_network
from regionsim.place.projects import find_project, load_projects
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.model import read_scenario

TIMES = ("travel_time_passenger", "travel_time_freight", "hub_travel_time_passenger", "hub_travel_time_freight")


def file(name: str) -> Scenario:
    return read_scenario(SCENARIOS / f"{name}.yaml")


def first_opening(name: str) -> float:
    return min(dates.opens for dates in file(name).transport.values() if dates.opens is not None)


def test_nothing_opens_in_the_base_scenario() -> None:
    assert file("base").transport == {} and file("base").parameters == {}


@pytest.mark.parametrize("name", [path.stem for path in sorted(SCENARIOS.glob("*.yaml"))])
def test_a_file_is_named_like_its_scenario_and_explains_itself_in_two_languages(name: str) -> None:
    found = file(name)
    assert found.name == name and found.about
    assert found.title_en.isascii() and not found.title_zh.isascii()


def test_as_built_has_exactly_the_projects_that_the_data_show_open_since_2020() -> None:
    data = {p.slug: p.open_year for p in load_projects() if p.status == "existing" and not p.stood_in_2020}
    assert {slug: dates.opens for slug, dates in file("as-built").transport.items()} == data and data
    assert all(dates.closes is None for dates in file("as-built").transport.values())


def test_an_opening_of_the_plan_without_a_year_in_the_data_says_that_it_is_an_assumption() -> None:
    dated = 0
    for slug, dates in file("plan").transport.items():
        year = find_project(slug).open_year
        if year is None:
            assert dates.note.startswith("assumption"), slug
        else:
            dated += 1
            assert dates.opens == year and not dates.note.startswith("assumption"), slug
    assert 0 < dated < len(file("plan").transport)


def test_every_project_of_the_plan_is_one_that_the_action_plan_names() -> None:
    named = {project.slug for project in load_projects() if project.plan_item is not None}
    assert set(file("plan").transport) <= named


def test_a_project_of_the_plan_that_shortens_no_time_says_so() -> None:
    before = inputs_of(file("base"))
    for slug, dates in file("plan").transport.items():
        after = inputs_of(replace(file("base"), transport={slug: dates}))
        same = all(np.array_equal(before[name].values[-1], after[name].values[-1]) for name in TIMES)
        assert same == ("No time changes" in dates.note), slug


@pytest.mark.parametrize("name", ["plan", "as-built"])
def test_no_time_rises_in_any_year(name: str) -> None:
    ahead, base = inputs_of(file(name)), inputs_of(scenario())
    for time in TIMES:
        values = ahead[time].values
        assert np.array_equal(values[0], base[time].values[0]), time
        assert (np.diff(values, axis=0) <= 0).all() and (np.diff(values, axis=0) < 0).any(), time


@pytest.mark.parametrize("name", ["plan", "as-built"])
def test_nothing_changes_before_the_first_opening(name: str) -> None:
    years = round(first_opening(name)) - 2020
    result = run(extends=f"{name}.yaml")
    assert differing(result, run(), slice(0, years)) == []
    assert differing(result, run(), slice(years, None))


def test_market_access_along_an_opened_line_is_not_lower_after() -> None:
    result, base = run(extends="plan.yaml"), run()
    along: dict[int, float] = {}
    for slug, dates in file("plan").transport.items():
        for key in find_project(slug).links:
            link = load_network().links[key]
            for end in {link.start, link.end} & set(county_codes()):
                k = county_codes().index(end)
                along[k] = min(along.get(k, np.inf), float(dates.opens or 0))
    assert len(along) > 12 and county("Liuyang") in along
    for k, opens in along.items():
        after = slice(round(opens) - 2020, None)
        assert (result["market_access"][after, k] >= base["market_access"][after, k]).all(), county_codes()[k]


def test_no_county_has_a_worse_network_under_the_plan() -> None:
    result = run(extends="plan.yaml")
    for name in ("passenger_access_of_network", "freight_access_of_network"):
        assert (result[name] >= 1).all(), name
        assert (np.diff(result[name], axis=0) >= 0).all(), name
