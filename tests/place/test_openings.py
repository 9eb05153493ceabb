"""When projects open and close: history up to 2020, afterwards only what a scenario says."""

import pytest

from regionsim.place.network import load_network
from regionsim.place.openings import Opening, openings


def states(transport, start=2020.0, end=2035.0):
    return openings(load_network(), transport, start, end)


def test_without_a_scenario_nothing_opens_after_2020():
    ((year, links),) = states({})
    assert year == 2020
    assert links == load_network().standing_in(2020)


def test_a_project_opens_at_a_fraction_of_a_year():
    (_, before), (year, after) = states({"长赣高铁": Opening(opens=2029.8)})
    assert year == 2029.8
    assert after - before == {f"PL01-0{number}" for number in range(1, 10)} and before < after


def test_a_project_opened_before_the_start_is_open_from_the_start():
    ((year, links),) = states({"PL01": Opening(opens=2019.0)})
    assert year == 2020 and "PL01-01" in links


def test_an_opening_beyond_the_horizon_changes_nothing():
    assert states({"PL01": Opening(opens=2036.0)}) == states({})


def test_an_opening_without_years_leaves_things_as_they_are():
    assert states({"PL01": Opening(), "EX03": Opening()}) == states({})


def test_closing_removes_what_exists_and_reopening_brings_it_back():
    first, second, third = states({"changsha-liuyang-expressway": Opening(closes=2025.0, opens=2027.5)})
    assert [state[0] for state in (first, second, third)] == [2020, 2025, 2027.5]
    assert first[1] - second[1] == {"EX03-01"}
    assert third[1] == first[1]


def test_what_is_opened_can_be_closed_again():
    first, second, third = states({"PL01": Opening(opens=2030.0, closes=2032.0)})
    assert first[1] < second[1] and third[1] == first[1] and third[0] == 2032


def test_closing_at_the_start_removes_from_the_start():
    ((_, links),) = states({"EX03": Opening(closes=2020.0)})
    assert "EX03-01" not in links


def test_two_projects_of_one_year_make_one_state():
    found = states({"PL01": Opening(opens=2030.0), "PL02": Opening(opens=2030.0)})
    assert [year for year, _ in found] == [2020, 2030]


def test_a_run_from_2010_sees_history_open_and_stops_at_2020():
    found = states({}, start=2010.0, end=2025.0)
    assert found[0][1] == load_network().standing_in(2010)
    assert dict(found)[2014.0] == load_network().standing_in(2014)
    assert found[-1][0] == 2019 and found[-1][1] == load_network().standing_in(2020)


def test_history_can_be_delayed_by_closing_first():
    found = dict(states({"HSR01": Opening(closes=2010.0, opens=2018.0)}, start=2010.0, end=2020.0))
    assert "HSR01-01" not in found[2016.0]
    assert "HSR01-01" in found[2018.0]


def test_an_unknown_project_is_refused_with_the_nearest_name():
    with pytest.raises(KeyError, match="changsha-ganzhou-railway"):
        states({"changsha-ganzhou-railwa": Opening(opens=2030.0)})


def test_one_project_under_two_names_is_refused():
    with pytest.raises(ValueError, match="named twice"):
        states({"PL01": Opening(opens=2030.0), "长赣高铁": Opening(opens=2031.0)})


def test_opening_and_closing_in_the_same_moment_is_refused():
    with pytest.raises(ValueError, match="same moment"):
        Opening(opens=2030.0, closes=2030.0)
