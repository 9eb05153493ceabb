"""Names and words: what a name means, and which names the texts hold words of, best first."""

from __future__ import annotations

import pytest

from regionsim.place.counties import county_codes
from regionsim.place.plan_instruments import load_instruments
from regionsim.place.projects import load_projects
from regionsim.scenarios.measures import load_measures
from regionsim.studies.levers import all_levers
from regionsim.studies.model import build_model, evidence_scenario
from regionsim.studies.words import all_entries, holding, holding_most, named, nearest


@pytest.fixture(scope="module")
def entries():
    return all_entries(build_model(evidence_scenario()))


def names(found) -> list[str]:
    return [entry.name for entry in found]


def test_everything_that_has_a_name_can_be_asked_for_by_it(entries) -> None:
    asked = [measure.name for measure in load_measures()] + [lever.name for lever in all_levers()]
    asked += [row.row_id for row in load_instruments()] + [project.slug for project in load_projects()]
    for name in (*asked, *county_codes()):
        assert names(named(name, entries))[0] == name


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("12", "12-ecosystem-quality"),
        ("s1", "S1-organization"),
        ("Measure 7", "7-cross-province-parks"),
        ("agreement shangyou", "shangyou"),
        ("提升生态系统质量", "12-ecosystem-quality"),
        ("forest chief", "12-ecosystem-quality.forest-chief"),
        ("red education", "1-red-education"),
        ("m12-04", "M12-04"),
        ("长赣高铁", "changsha-ganzhou-railway"),
        ("PL01", "changsha-ganzhou-railway"),
        ("上栗", "360322"),
        ("Shangli County", "360322"),
        ("youxian", "430223"),
        ("烟花爆竹", "fireworks"),
        ("lushui_first_round", "lushui-first-round"),
        ("长沙", "changsha"),
        ("Forest area", "forest_area"),
    ],
)
def test_a_name_is_found_in_every_spelling(entries, name: str, first: str) -> None:
    assert names(named(name, entries))[0] == first


def test_two_things_of_one_name_are_both_found(entries) -> None:
    assert [entry.kind for entry in named("electric porcelain", entries)] == ["lever", "cluster"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("林长制", ["M12-04"]),
        ("污水", ["M8-04", "M8-06"]),
        ("forest chief system", ["M12-04", "prevented_clearing_share"]),
        ("village refuse", ["8-rural-revitalization.rural-waste"]),
        ("锂电", ["lithium", "ML-05", "M4-08"]),
    ],
)
def test_words_are_found_in_titles_and_texts(entries, words: str, found: list[str]) -> None:
    assert names(holding(words, entries)) == found


def test_a_title_goes_before_a_text_and_the_plan_before_the_model(entries) -> None:
    found = holding("sewage", entries)
    assert found[0].name == "8-rural-revitalization.rural-sewage"
    kinds = [entry.kind for entry in found]
    assert kinds.index("instrument") < kinds.index("stock")
    in_name = ["sewage" in " ".join((entry.name, *entry.titles)).casefold() for entry in found]
    assert in_name == sorted(in_name, reverse=True) and False in in_name


def test_a_word_is_held_from_its_beginning_and_in_the_singular(entries) -> None:
    assert names(holding("chiefs", entries)) == names(holding("chief", entries))
    assert "forest_area" not in names(holding("orest", entries))


def test_chinese_that_stands_nowhere_as_it_is_counts_by_its_pairs(entries) -> None:
    assert holding("农村污水", entries) == []
    assert names(holding_most("农村污水", entries)) == ["M8-06"]
    assert holding_most("绿萝萝", entries) == []


def test_one_word_of_several_is_not_enough(entries) -> None:
    assert holding("forest zeppelin", entries) == [] and holding_most("forest zeppelin", entries) == []
    assert holding("", entries) == [] and holding_most("", entries) == []
    assert "8-rural-revitalization.rural-sewage" in names(holding_most("village sewage zeppelin", entries))


def test_the_nearest_name_is_given_as_it_is_written(entries) -> None:
    assert nearest("12-Ecosystem-qualty", entries, 0.6) == "12-ecosystem-quality"
    assert nearest("m4-2x", entries, 0.6).startswith("M4-")
    assert nearest("zeppelin", entries, 0.85) == ""
