"""The catalogue of the plan's measures, and what a scenario makes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regionsim.place.counties import county_codes, find_counties
from regionsim.place.projects import find_project
from regionsim.problems import ProblemsError
from regionsim.scenarios import efforts
from regionsim.scenarios.efforts import effort_inputs, openings
from regionsim.scenarios.load import load_scenario
from regionsim.scenarios.measures import Effort, find_measure, load_measures

PINGXIANG = [county.code for county in find_counties("萍乡")]
MADE_UP = Effort("old-mines", "What a test tries.", tuple(PINGXIANG), ("M11-11",))


@pytest.fixture
def catalogue(monkeypatch):
    """The real catalogue, with one effort of a test in measure 11."""
    measures = tuple(
        replace(measure, efforts=(MADE_UP,)) if measure.number == "11" else replace(measure, efforts=())
        for measure in load_measures()
    )
    monkeypatch.setattr(efforts, "load_measures", lambda: measures)
    return measures


@pytest.fixture
def settings(tmp_path, catalogue):
    """The settings of the measures of a scenario text."""

    def read(*texts: str):
        for k, text in enumerate(texts):
            extends = f"extends: s{k - 1}.yaml\n" if k else ""
            (tmp_path / f"s{k}.yaml").write_text(extends + text, encoding="utf-8")
        path = tmp_path / f"s{len(texts) - 1}.yaml"
        return load_scenario(path, parameters={}, find_project=str, measures=catalogue).measures

    return read


def touched(slug):
    return find_project(slug).counties


def _effort(settings):
    (path,) = effort_inputs(settings, "test")
    return path


def _at(path, year):
    return dict(zip(county_codes(), path.at(year).ravel(), strict=True))


def test_the_plan_has_19_measures_and_three_safeguards():
    numbers = [measure.number for measure in load_measures()]
    assert numbers == [*map(str, range(1, 20)), "S1", "S2", "S3"]
    assert len({measure.slug for measure in load_measures()}) == 22
    assert all(measure.title_en and measure.title_zh for measure in load_measures())


def test_every_project_of_the_catalogue_is_one_of_the_network_and_did_not_stand_in_2020():
    for measure in load_measures():
        for project in measure.projects:
            assert find_project(project.slug).slug == project.slug
            assert not find_project(project.slug).stood_in_2020
            dated = find_project(project.slug).open_year is not None
            assert dated or project.note.startswith("assumption"), project.slug


@pytest.mark.parametrize("name", ["12-ecosystem-quality", "12", "ecosystem-quality", "提升生态系统质量"])
def test_a_measure_is_found_by_any_of_its_names(name):
    assert find_measure(name, load_measures()).number == "12"


def test_an_effort_rises_from_the_start_to_full_strength_in_the_counties_of_the_plan(settings):
    path = _effort(settings("measures: {11-joint-environment: {start: 2022, full: 2026, strength: 2}}"))
    assert path.name == "old_mines_effort"
    for year, value in ((2020, 0), (2022, 0), (2024, 1), (2026, 2), (2035, 2)):
        assert _at(path, year)["360302"] == pytest.approx(value)
    assert set(np.flatnonzero(path.at(2030).ravel())) == {county_codes().index(code) for code in PINGXIANG}


def test_a_measure_that_says_nothing_acts_as_the_plan_has_it(settings):
    path = _effort(settings("measures: {11-joint-environment: {}}"))
    assert [_at(path, year)["360302"] for year in (2022, 2025)] == pytest.approx([0, 1])


def test_a_later_start_moves_the_year_of_full_effect_along(settings):
    path = _effort(settings("measures: {11-joint-environment: {start: 2024}}"))
    assert [_at(path, year)["360302"] for year in (2024, 2027)] == pytest.approx([0, 1])


def test_a_measure_at_once_in_full_effect_is_a_step(settings):
    path = _effort(settings("measures: {11-joint-environment: {start: 2024, full: 2024}}"))
    assert path.kind == "step"
    assert [_at(path, year)["360302"] for year in (2023.75, 2024)] == [0, 1]


def test_a_measure_that_is_off_is_nought_everywhere_and_always(settings):
    path = _effort(settings("measures: {14-transport: {}}"))
    assert not path.values.any()


def test_counties_may_be_named_singly_by_prefecture_or_by_province(settings):
    path = _effort(settings("measures: {11-joint-environment: {counties: [醴陵市, Yichun]}}"))
    named = {county.code for name in ("醴陵", "宜春市") for county in find_counties(name)}
    assert {code for code, value in _at(path, 2030).items() if value} == named and len(named) == 4


def test_a_part_may_differ_from_the_whole_and_takes_the_rest_from_it(settings):
    text = "measures: {11-joint-environment: {start: 2022, strength: 2, old-mines: {start: 2026}}}"
    path = _effort(settings(text))
    assert [_at(path, year)["360302"] for year in (2026, 2029)] == pytest.approx([0, 2])


def test_a_child_changes_single_keys_of_its_parents_measures(settings):
    text = "measures: {'11': {strength: 0.5}}"
    path = _effort(settings("measures: {11-joint-environment: {start: 2023}}", text))
    assert [_at(path, year)["360302"] for year in (2023, 2026)] == pytest.approx([0, 0.5])


def test_a_child_takes_a_measure_back(settings):
    assert settings("measures: {11-joint-environment: {}}", "measures: {11-joint-environment: unchanged}") == {}


def test_the_transport_measure_opens_its_projects_and_a_later_start_opens_them_later(settings):
    plain = openings(settings("measures: {14-transport: {}}"), touched)
    later = openings(settings("measures: {14-transport: {start: 2023}}"), touched)
    assert plain["changsha-ganzhou-railway"].opens == 2030
    assert {slug: dates.opens + 1 for slug, dates in plain.items()} == {k: v.opens for k, v in later.items()}
    assert openings(settings("measures: {14-transport: {strength: 0}}"), touched) == {}


def test_only_lines_that_touch_the_named_counties_open(settings):
    plain = openings(settings("measures: {14-transport: {}}"), touched)
    there = openings(settings("measures: {14-transport: {counties: [Xiushui, Suichuan]}}"), touched)
    assert 0 < len(there) < len(plain) and there.items() <= plain.items()
    for slug in plain:
        assert (slug in there) == bool({"360424", "360827"} & set(find_project(slug).counties)), slug
    assert openings(settings("measures: {14-transport: {counties: []}}"), touched) == {}


def test_the_resolved_scenario_with_measures_loads_again_to_the_same(settings, tmp_path, catalogue):
    settings("measures: {11-joint-environment: {counties: [Anyuan], old-mines: {strength: 2, note: why}}}")
    first = load_scenario(tmp_path / "s0.yaml", parameters={}, find_project=str, measures=catalogue)
    (tmp_path / "again.yaml").write_text(first.resolved_yaml(), encoding="utf-8")
    again = load_scenario(tmp_path / "again.yaml", parameters={}, find_project=str, measures=catalogue)
    assert again == first and again.content_hash() == first.content_hash()
    silent = first.resolved_yaml().replace('"why"', '"another reason"')
    (tmp_path / "again.yaml").write_text(silent, encoding="utf-8")
    assert (
        load_scenario(tmp_path / "again.yaml", parameters={}, find_project=str, measures=catalogue).content_hash()
        == first.content_hash()
    )


def test_a_catalogue_that_is_wrong_says_where(tmp_path):
    path = tmp_path / "measures.yaml"
    first = "{number: '1', slug: a, en: A, zh: 甲, efforts: {x: {about: X, instruments: [], counties: [Lilin]}}}"
    second = "{number: '2', slug: b, en: B, zh: 乙, efforts: {x: {about: X, instruments: []}}}"
    path.write_text(f"measures:\n  - {first}\n  - {second}\n", encoding="utf-8")
    with pytest.raises(ProblemsError) as error:
        load_measures(path)
    assert "unknown county 'Lilin'; did you mean" in str(error.value)
    assert "the effort 'x' stands twice" in str(error.value)
