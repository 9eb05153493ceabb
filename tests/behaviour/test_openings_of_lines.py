"""What must hold when a line opens, is late or is taken away again, whatever the parameters are guessed to be."""

from __future__ import annotations

import numpy as np
import pytest
from whole_model import Run, counties, county, differing, inputs_of, run, scenario

RAILWAY = "changsha-ganzhou-railway"
EXPRESSWAY = "suichuan-dayu-expressway"
LAST_BUILT = "chaling-changning-expressway"
PASSENGER_TIMES = ("travel_time_passenger", "hub_travel_time_passenger")
FREIGHT_TIMES = ("travel_time_freight", "hub_travel_time_freight")
TIMES = (*PASSENGER_TIMES, *FREIGHT_TIMES)
# What depends on the network of the day and on nothing else.
OF_THE_NETWORK = (
    "passenger_access_of_network",
    "freight_access_of_network",
    "passenger_nearness",
    "freight_nearness",
    "hub_passenger_nearness",
    "hub_freight_nearness",
    "county_nearness",
    "hub_nearness",
)


def opened(project: str, **dates: float) -> dict[str, object]:
    return {"transport": {project: dates}}


def times(changes: dict[str, object], name: str, year: float, extends: str = "base.yaml") -> np.ndarray:
    """Minutes in a year by (county, destination or hub)."""
    return np.squeeze(inputs_of(scenario(changes, extends=extends))[name].at(year))


@pytest.mark.parametrize(("project", "year"), [(RAILWAY, 2030), (EXPRESSWAY, 2025)])
def test_nothing_at_all_changes_before_a_line_opens(project: str, year: int) -> None:
    result = run(opened(project, opens=year))
    assert differing(result, run(), slice(None, year - 2020)) == []
    # In the moment of the opening people have their new times, and no stock has moved yet.
    now = differing(result, run(), slice(year - 2020, year - 2020 + 1))
    assert "passenger_access_of_network" in now and not set(now) & set(result.model.stocks)


@pytest.mark.parametrize("project", [RAILWAY, EXPRESSWAY])
def test_an_opening_raises_no_time(project: str) -> None:
    for name in TIMES:
        before, after = (times(opened(project, opens=2025), name, year) for year in (2020.0, 2025.0))
        assert (after <= before).all(), name


def test_the_railway_shortens_passenger_times_and_no_freight_time() -> None:
    for name in TIMES:
        before, after = (times(opened(RAILWAY, opens=2030), name, year) for year in (2029.75, 2030.0))
        assert (after < before).any() == (name in PASSENGER_TIMES), name


def test_the_expressway_shortens_times_where_it_runs() -> None:
    for name in ("travel_time_passenger", "travel_time_freight"):
        before, after = (times(opened(EXPRESSWAY, opens=2025), name, year) for year in (2020.0, 2025.0))
        for name_of_county in ("Suichuan", "Shangyou", "Chongyi"):
            assert (after < before)[county(name_of_county)].any(), (name, name_of_county)


def test_a_line_taken_away_again_leaves_the_network_as_it_was() -> None:
    result, base = run(opened(RAILWAY, opens=2028, closes=2031)), run()
    for name in OF_THE_NETWORK:
        assert np.array_equal(result[name][11:], base[name][11:]), name
    assert "passenger_access_of_network" in differing(result, base, slice(8, 11))


def test_until_it_is_taken_away_a_line_is_like_one_that_stays() -> None:
    assert (
        differing(run(opened(RAILWAY, opens=2028, closes=2031)), run(opened(RAILWAY, opens=2028)), slice(0, 11)) == []
    )


def test_a_line_left_out_of_what_was_built_leaves_no_trace() -> None:
    built = scenario(extends="as-built.yaml").transport
    without = run({"transport": {LAST_BUILT: "unchanged"}}, extends="as-built.yaml")
    others = {slug: {"opens": dates.opens} for slug, dates in built.items() if slug != LAST_BUILT}
    assert len(others) == len(built) - 1 > 1
    assert differing(without, run({"transport": others})) == []
    assert differing(without, run(extends="as-built.yaml")) != []
    nothing = run({"transport": dict.fromkeys(built, "unchanged")}, extends="as-built.yaml")
    assert differing(nothing, run()) == []


def test_a_plan_without_its_transport_opens_no_line() -> None:
    without = run({"measures": {"14-transport": "unchanged"}}, extends="plan.yaml")
    for name in TIMES:
        assert np.array_equal(without.model.inputs[name].values, run().model.inputs[name].values), name
    assert differing(without, run(extends="plan.yaml"), slice(0, 3)) == []
    assert "passenger_access_of_network" in differing(without, run(extends="plan.yaml"))


def test_a_delay_changes_no_time_before_the_earlier_and_after_the_later_date() -> None:
    early, late = run(opened(RAILWAY, opens=2028)), run(opened(RAILWAY, opens=2031))
    for name in OF_THE_NETWORK:
        assert np.array_equal(early[name][:8], late[name][:8]), name
        assert np.array_equal(early[name][11:], late[name][11:]), name
    assert not np.array_equal(early["passenger_access_of_network"][8:11], late["passenger_access_of_network"][8:11])
    assert differing(early, late, slice(0, 8)) == []


def test_an_opening_in_the_middle_of_a_year_acts_from_then_on() -> None:
    result = run(opened(RAILWAY, opens=2029.5))
    earlier, later = run(opened(RAILWAY, opens=2029)), run(opened(RAILWAY, opens=2030))
    assert differing(result, run(), slice(0, 10)) == []
    station = county("Yongxin")
    access = [each["passenger_access"][10, station] for each in (later, result, earlier)]
    assert access[0] < access[1] < access[2]


# --- investment -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def footloose() -> tuple[Run, Run]:
    """A line to Chenzhou opens, or not, while footloose investors care for access as much as the range allows."""
    care = {"parameters": {"investment_access_elasticity": 0.12}}
    return run({**care, **opened("ganzhou-chenzhou-railway", opens=2022)}), run(care)


def test_the_shares_of_counties_and_hubs_in_footloose_investment_sum_to_one(footloose: tuple[Run, Run]) -> None:
    for result in footloose:
        placed = result.total("footloose_investment") + result.total("hub_footloose_investment")
        np.testing.assert_allclose(placed / result.total("footloose_pool"), 1, rtol=1e-12)


def test_a_county_that_a_line_passes_by_can_lose_capital(footloose: tuple[Run, Run]) -> None:
    opened_line, base = (result["capital"].sum(axis=2) for result in footloose)
    change = opened_line[-1] / base[-1] - 1
    assert (change[counties("Shangyou", "Chongyi", "Rucheng")] > 1e-3).all()
    assert (change[counties("Lianhua", "Jinggangshan", "Yongxin", "Yanling")] < -1e-6).all()


def test_what_investors_find_elsewhere_is_lost_at_home_even_where_access_is_the_same(
    footloose: tuple[Run, Run],
) -> None:
    opened_line, base = footloose
    bypassed = counties("Yanling", "Chaling")
    assert (
        np.abs(opened_line["passenger_access_of_network"] / base["passenger_access_of_network"] - 1)[:, bypassed].max()
        < 1e-3
    )
    drawn = (result["footloose_investment"].sum(axis=2)[-1, bypassed] for result in footloose)
    with_line, without = drawn
    assert (with_line < without).all()


def test_without_care_for_access_a_line_moves_investment_by_returns_alone() -> None:
    careless = {"parameters": {"investment_access_elasticity": 0.0, "return_sensitivity": 0}}
    with_line, without = run({**careless, **opened(RAILWAY, opens=2022)}), run(careless)
    # The pull is then capital itself: the share of a county in the pool moves only as its capital does.
    for result in (with_line, without):
        pull = result["capital"] * result["footloose_sector"][0]
        np.testing.assert_allclose(result["investment_pull"], pull, rtol=1e-12)


# --- more births, later workers ---------------------------------------------------------------------------------------


def test_children_of_more_births_are_no_workers_for_fifteen_years() -> None:
    more, base = run({"parameters": {"fertility_index": {"scale": 1.2}}}), run()
    children = more["population_below_working_age"] / base["population_below_working_age"] - 1
    assert (children[1] > 0.003).all() and (children[15] > 0.1).all()
    # Who was born before the change is as many as before, but for a trace of moves to towns that more children fill.
    older = more["residents"][..., :-3].sum(axis=(2, 3)) / base["residents"][..., :-3].sum(axis=(2, 3)) - 1
    workers = more["employment"].sum(axis=2) / base["employment"].sum(axis=2) - 1
    assert np.abs(older).max() < 1e-3 and np.abs(workers).max() < 1e-3
    assert (more["dependency_ratio"][15] > base["dependency_ratio"][15] + 0.01).all()
