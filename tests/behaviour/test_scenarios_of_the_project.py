"""The scenario files of the project say what the data say, and run as they promise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from whole_model import SCENARIOS, Run, county, differing, inputs_of, run, scenario

from regionsim.place.counties import county_codes
from regionsim.place.network import load_network
from regionsim.place.projects import find_project, load_projects
from regionsim.scenarios.measures import load_measures
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.schema import MeasureSetting, ProjectDates
from regionsim.studies.model import project_dates, read_scenario

TIMES = ("travel_time_passenger", "travel_time_freight", "hub_travel_time_passenger", "hub_travel_time_freight")


def file(name: str) -> Scenario:
    return read_scenario(SCENARIOS / f"{name}.yaml")


def of(name: str) -> Run:
    """The run of a scenario of the project; the same one however often it is asked for."""
    return run(extends=f"{name}.yaml")


def dates(name: str) -> dict[str, ProjectDates]:
    """What a scenario opens and closes, by its measures or by name."""
    found = file(name)
    return project_dates(found)


NAMES = [path.stem for path in sorted(SCENARIOS.glob("*.yaml"))]
FIRST = {
    "transport-first": {"14"},
    "industry-first": {"4", "5", "6", "7"},
    "ecology-first": {"11", "12", "13"},
    "services-first": {"17", "18", "19"},
}
BORDER = ("travel", "goods", "clusters", "labour", "services", "fiscal")


# --- the files --------------------------------------------------------------------------------------------------------


def test_nothing_opens_in_the_base_scenario() -> None:
    base = file("base")
    assert dates("base") == {} and base.parameters == {} and base.measures == {} and base.compensation == {}


def test_the_library_asks_what_it_should() -> None:
    assert NAMES == [
        "as-built",
        "base",
        "borderless",
        "double-compensation",
        "ecology-first",
        "full-cooperation",
        "hindcast",
        "industry-first",
        "lithium-bust",
        "low-birth",
        "no-compensation",
        "no-cooperation",
        "plan",
        "railway-delayed",
        "services-first",
        "transport-first",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_named_like_its_scenario_and_explains_itself_in_two_languages(name: str) -> None:
    found = file(name)
    assert found.name == name and found.about
    assert found.title_en.isascii() and not found.title_zh.isascii()


def test_no_two_scenarios_are_the_same() -> None:
    assert len({file(name).content_hash() for name in NAMES}) == len(NAMES)


def test_the_plan_has_every_measure_as_it_is_written() -> None:
    settings = file("plan").measures
    assert set(settings) == {measure.name for measure in load_measures()} and len(settings) == 22
    for measure in load_measures():
        assert settings[measure.name] == MeasureSetting(start=measure.start, full=measure.full, parts={}), measure.name
    assert file("plan").transport == {}


def test_as_built_has_exactly_the_projects_that_the_data_show_open_since_2020() -> None:
    data = {p.slug: p.open_year for p in load_projects() if p.status == "existing" and not p.stood_in_2020}
    assert {slug: said.opens for slug, said in dates("as-built").items()} == data and data
    assert all(said.closes is None for said in dates("as-built").values())


def test_an_opening_of_the_plan_without_a_year_in_the_data_says_that_it_is_an_assumption() -> None:
    dated = 0
    for slug, said in dates("plan").items():
        year = find_project(slug).open_year
        if year is None:
            assert said.note.startswith("assumption"), slug
        else:
            dated += 1
            assert said.opens == year and not said.note.startswith("assumption"), slug
    assert 0 < dated < len(dates("plan"))


def test_every_project_of_the_plan_is_one_that_the_action_plan_names() -> None:
    named = {project.slug for project in load_projects() if project.plan_item is not None}
    assert set(dates("plan")) <= named and len(dates("plan")) == 13


def test_alone_no_province_does_what_takes_two_and_nothing_of_the_plan_acts_in_hunan() -> None:
    inputs = inputs_of(file("no-cooperation"))
    hunan = [k for k, code in enumerate(county_codes()) if code.startswith("43")]
    efforts = [effort for measure in load_measures() for effort in measure.efforts]
    assert len(hunan) == 10 and len(efforts) > 60
    for effort in efforts:
        values = inputs[effort.input].values
        assert not values.reshape(len(values), -1)[:, hunan].any(), effort.name
    off = {effort.name for effort in efforts if not inputs[effort.input].values.any()}
    assert off == {
        "regional-brand",
        "cross-province-parks",
        "lushui-agreement",
        "border-roads",
        "data-sharing",
        "cross-province-care",
        "mutual-recognition",
        "labour-market",
        "insurance-portability",
        "cross-province-services",
        "border-cooperation",
    }


@pytest.mark.parametrize("name", sorted(FIRST))
def test_what_comes_first_is_as_in_the_plan_and_the_rest_is_later_and_weaker(name: str) -> None:
    found, plan = file(name), file("plan")
    for measure in load_measures():
        setting = found.measures[measure.name]
        if measure.number in FIRST[name] or measure.number.startswith("S"):
            assert setting == plan.measures[measure.name] and setting.start == 2022, measure.name
        else:
            assert (setting.start, setting.full, setting.strength) == (2027, 2030, 0.5), measure.name
    late = 0 if name == "transport-first" else 5
    assert {slug: said.opens for slug, said in dates(name).items()} == {
        slug: (said.opens or 0) + late for slug, said in dates("plan").items()
    }


# --- their runs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_runs_to_the_end_and_its_ledgers_close(name: str) -> None:
    result = of(name)
    assert result.years == list(range(file(name).start, file(name).end + 1))
    assert (result.years[0], result.years[-1]) == ((2010, 2020) if name == "hindcast" else (2020, 2035))
    assert set(result.trajectory.ledgers) == set(result.model.ledgers) and len(result.model.ledgers) > 10
    assert max(result.trajectory.ledgers.values()) < 1e-9
    for variable in ("population", "output", "forest_cover", "urban_population"):
        assert np.isfinite(result[variable]).all() and (result[variable] > 0).all(), variable


def test_a_project_of_the_plan_that_shortens_no_time_says_so() -> None:
    before = inputs_of(file("base"))
    reasons = {project.slug: project.no_saving for measure in load_measures() for project in measure.projects}
    for slug, said in dates("plan").items():
        after = inputs_of(replace(file("base"), transport={slug: said}))
        same = all(np.array_equal(before[name].values[-1], after[name].values[-1]) for name in TIMES)
        assert same == bool(reasons[slug]), slug


@pytest.mark.parametrize("name", ["plan", "as-built"])
def test_no_time_rises_in_any_year(name: str) -> None:
    ahead, base = inputs_of(file(name)), inputs_of(scenario())
    for time in TIMES:
        values = ahead[time].values
        assert np.array_equal(values[0], base[time].values[0]), time
        assert (np.diff(values, axis=0) <= 0).all() and (np.diff(values, axis=0) < 0).any(), time


# The year after which something differs: the first opening, the start of a measure, the first price or birth that does.
LAST_ALIKE = [
    ("as-built", "base", 2020),
    ("plan", "base", 2022),
    ("low-birth", "base", 2022),
    *((name, "base", 2022) for name in sorted(FIRST)),
    ("no-cooperation", "plan", 2022),
    ("full-cooperation", "plan", 2021),
    ("borderless", "plan", 2021),
    ("lithium-bust", "plan", 2020),
    ("railway-delayed", "plan", 2029),
]


@pytest.mark.parametrize(("name", "extended", "year"), LAST_ALIKE)
def test_nothing_changes_before_what_it_says_begins(name: str, extended: str, year: int) -> None:
    result, other = of(name), of(extended)
    assert differing(result, other, slice(0, year + 1 - 2020)) == []
    assert differing(result, other, slice(year + 1 - 2020, year + 2 - 2020))


def test_market_access_along_an_opened_line_is_not_lower_after() -> None:
    result, base = of("plan"), run()
    along: dict[int, float] = {}
    for slug, said in dates("plan").items():
        for key in find_project(slug).links:
            link = load_network().links[key]
            for end in {link.start, link.end} & set(county_codes()):
                k = county_codes().index(end)
                along[k] = min(along.get(k, np.inf), float(said.opens or 0))
    assert len(along) > 12 and county("Liuyang") in along
    for k, opens in along.items():
        after = slice(round(opens) - 2020, None)
        assert (result["market_access"][after, k] >= base["market_access"][after, k]).all(), county_codes()[k]


def test_no_county_has_a_worse_network_under_the_plan() -> None:
    # What the budgets can pay for moves the cost of freight up and down; lines alone only ever help.
    nothing_else = {"border-roads": {"strength": 0}, "logistics-port": {"strength": 0}}
    lines = run({"measures": {"14-transport": nothing_else}})
    for name in ("passenger_access_of_network", "freight_access_of_network"):
        assert (of("plan")[name] >= 1).all(), name
        assert (lines[name] >= 1).all(), name
        assert (np.diff(lines[name], axis=0) >= 0).all() and (np.diff(lines[name], axis=0) > 0).any(), name


@pytest.mark.parametrize("part", BORDER)
def test_the_border_is_as_in_2020_alone_lower_in_the_plan_and_lower_still_together(part: str) -> None:
    name = f"border_{part}_remaining"
    assert (of("no-cooperation")[name] == 1).all()
    plan, together, without = (of(each)[name][-1] for each in ("plan", "full-cooperation", "borderless"))
    assert (plan < 1).all() and (together < 0.5 * plan + 1e-12).all() and (without == 0).all()
    assert (of("borderless")[name][:2] == of("plan")[name][:2]).all()


def test_markets_are_nearer_the_less_there_is_of_a_border() -> None:
    alone, plan, together, without = (
        of(name)["passenger_access_of_network"] for name in ("no-cooperation", "plan", "full-cooperation", "borderless")
    )
    assert (alone <= plan).all() and (plan <= together).all() and (together[5:] <= without[5:]).all()
    assert (alone[-1] < plan[-1]).any() and (plan[-1] < together[-1]).any() and (together[-1] < without[-1]).any()


def test_parks_across_the_border_take_two_provinces() -> None:
    alone, plan, together = (of(name).total("park_capital") for name in ("no-cooperation", "plan", "full-cooperation"))
    assert (alone == 0).all() and plan[-1] > 0 and (together[2:] > plan[2:]).all()


def test_without_compensation_nothing_is_paid_and_at_twice_the_price_more_is() -> None:
    none, plan, double = (of(name) for name in ("no-compensation", "plan", "double-compensation"))
    for name in ("compensation_received", "compensation_paid"):
        assert (none[name] == 0).all() and plan.total(name)[-1] > 0, name
        assert double.total(name)[0] == pytest.approx(2 * plan.total(name)[0]), name
        assert (double.total(name) > plan.total(name)).all(), name
    paid = double.total("compensation_paid")[-1] / plan.total("compensation_paid")[-1]
    assert 1.9 < paid < 2.1
    assert none.total("forest_area")[-1] < plan.total("forest_area")[-1] < double.total("forest_area")[-1]


def test_while_the_railway_is_late_its_counties_are_farther_and_not_after_it_opens() -> None:
    late, plan = (of(name)["passenger_access_of_network"] for name in ("railway-delayed", "plan"))
    assert (late <= plan).all()
    for year in range(2030, 2035):
        assert late[year - 2020].sum() < plan[year - 2020].sum() - 0.1
    assert late[-1] == pytest.approx(plan[-1], abs=2e-3)


def test_fewer_are_born_in_every_year_after_fertility_falls_further() -> None:
    low, base = of("low-birth"), of("base")
    assert (low["births"][3:] < base["births"][3:]).all()
    assert low.total("population")[-1] < base.total("population")[-1]
    # 0.58 in place of 0.72 in 2030 are 19 percent fewer for each woman.
    assert low.total("births")[10] / base.total("births")[10] == pytest.approx(0.58 / 0.72, rel=0.01)


def test_a_price_of_lithium_moves_the_value_of_the_cluster_up_and_down_and_nothing_real() -> None:
    price, plan = of("lithium-bust"), of("plan")
    gained = price.total("cluster_value_added") - plan.total("cluster_value_added")
    assert gained[0] == 0 and (gained[1:6] > 0).all() and gained[2] == gained.max() and (gained[8:] < 0).all()
    for name in ("output", "population", "capital"):
        assert np.array_equal(price[name], plan[name]), name


def test_each_kind_of_measure_does_most_for_its_own_end_where_it_comes_first() -> None:
    ends = {
        "transport-first": "passenger_access_of_network",
        "industry-first": "industry_value",
        "services-first": "education_capital",
        "ecology-first": "forest_area",
    }
    for name, end in ends.items():
        totals = {each: of(each).total(end)[-1] for each in FIRST}
        assert max(totals, key=lambda each: totals[each]) == name, (end, totals)
        assert totals[name] > of("base").total(end)[-1], end
