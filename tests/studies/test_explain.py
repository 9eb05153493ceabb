"""What is said of a measure, a lever, an instrument, a project and the places, and who acts through a name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from whole_model import SCENARIOS

from regionsim.place.agreements import load_agreements
from regionsim.place.clusters import load_clusters
from regionsim.place.hubs import load_hubs
from regionsim.problems import ProblemsError
from regionsim.scenarios.measures import load_measures
from regionsim.studies.explain import explanation
from regionsim.studies.levers import all_levers, levers_through, nearest_parameters, reading_equations
from regionsim.studies.model import build_model, evidence, evidence_scenario, read_scenario


def test_a_measure_is_explained_with_titles_levers_instruments_and_what_is_not_in_the_model() -> None:
    said = explanation("12")
    for words in (
        "12-ecosystem-quality: measure of the action plan\n",
        "title   Quality of ecosystems\n",
        "chinese 提升生态系统质量\n",
        "starts  2022, in full effect 2025",
        "  lever   forest-chief: Less clearing and cutting.\n    where   the 14 of Jiangxi\n",
        "moves   forest_clearing_effect: ",
        "by      prevented_clearing_share, prevented_harvest_share\n",
        "carries M12-04 Forest chief system (全面推行林长制)\n",
        "not in  M12-07 Wetland protection (湿地保护): wetlands: the land data have no such class\n",
        "there   M12-08 Basin treatment works (流域综合治理等生态工程): lever joint-control of measure 11\n",
    ):
        assert words in said, words


def test_measure_14_shows_its_lines_and_why_some_save_nothing() -> None:
    said = explanation("14-transport")
    assert "line    changsha-ganzhou-railway: Changsha-Ganzhou high-speed railway (长赣高铁), opens 2030, saves" in said
    assert len(re.findall(r"^  line  ", said, re.MULTILINE)) == 13
    assert len(re.findall(r"saves no time: it ", said)) == 3


@pytest.mark.parametrize(
    "name", [*(measure.name for measure in load_measures()), *(lever.name for lever in all_levers())]
)
def test_what_is_to_be_written_switches_on_just_that(name: str, tmp_path: Path) -> None:
    said = written(explanation(name), tmp_path)
    measure, _, lever = name.partition(".")
    setting = said.measures[measure]
    assert list(said.measures) == [measure]
    if lever:
        acting = [part for part in setting.parts if setting.parts[part].strength] or [lever]
        assert acting == [lever] and setting.parts[lever].strength == 1
    else:
        assert setting.strength == 1 and not setting.parts


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("changsha-ganzhou-railway", "transport"),
        ("沪昆高铁(南昌—长沙段)", "transport"),
        *((f"agreement {agreement.key}", "compensation") for agreement in load_agreements()),
    ],
)
def test_what_is_to_be_written_of_a_project_or_an_agreement_is_a_scenario(name, section, tmp_path: Path) -> None:
    assert len(getattr(written(explanation(name), tmp_path), section)) == 1


def written(said: str, folder: Path):
    """The scenario of the lines that an explanation ends with."""
    lines = re.split(r"^  to .*$", said, flags=re.MULTILINE)[1].splitlines()
    text = "\n".join(line.removeprefix("    ") for line in lines if line.startswith("    "))
    (folder / "mine.yaml").write_text(f"name: mine\nextends: {SCENARIOS / 'base.yaml'}\n{text}\n", encoding="utf-8")
    return read_scenario(folder / "mine.yaml")


def test_the_plan_s_own_words_lead_to_the_lever_that_carries_them() -> None:
    said = explanation("林长制")
    assert said.startswith("M12-04: instrument of the action plan\n")
    assert "carried by the lever 12-ecosystem-quality.forest-chief\n" in said and "forest-chief: {strength: 1}" in said


def test_an_instrument_that_nothing_carries_says_why() -> None:
    assert explanation("M12-07").endswith("not in the model: wetlands: the land data have no such class")
    assert "no instrument: a goal of the whole" in explanation("MG-01")
    assert "saves no time: it begins and ends within Wanzai" in explanation("M14-13")


def test_words_that_several_texts_hold_give_a_list_of_names() -> None:
    lines = explanation("污水").splitlines()
    assert lines[0] == "'污水' is in the texts of 2 names:"
    assert lines[1].split()[:2] == ["instrument", "M8-04"] and lines[1].endswith(": lever rural-sewage")
    many = explanation("forest").splitlines()
    assert len(many) == 22 and re.fullmatch(r"  and \d+ more: add a word to find fewer", many[-1])


def test_a_name_that_two_things_have_explains_one_and_names_the_other() -> None:
    said = explanation("electric porcelain")
    assert said.startswith("4-industry-bases.electric-porcelain: lever")
    assert re.search(r"so called are also\n  cluster +electric_porcelain", said)


def test_a_project_shows_state_years_cost_counties_and_what_it_saves() -> None:
    said = explanation("长赣高铁", SCENARIOS / "plan.yaml")
    for words in (
        "changsha-ganzhou-railway: transport project PL01",
        "state   under construction; in May 2022: planned",
        "opens   2030 (secondary)",
        "set to  opens 2030 in scenario plan",
        "cost    84,620 million CNY (derived)",
        "where   Anyuan, Lianhua, Shangli,",
        "saves   travellers up to",
    ):
        assert words in said, words
    assert "set to  as it stood in scenario base" in explanation("PL01", SCENARIOS / "base.yaml")


def test_a_measure_says_how_a_scenario_sets_it() -> None:
    assert "set to  strength 1, 2022 to 2025 in scenario plan" in explanation("12", SCENARIOS / "plan.yaml")
    assert "set to  off in scenario base" in explanation("forest-chief", SCENARIOS / "base.yaml")
    weak = explanation("forest-chief", SCENARIOS / "transport-first.yaml")
    assert "set to  strength 0.5, 2027 to 2030 in scenario transport-first" in weak


def test_a_county_a_hub_an_agreement_and_a_cluster_are_explained() -> None:
    county = explanation("上栗")
    assert "name    Shangli County" in county and "cluster fireworks, electronic_circuits" in county
    assert "agreed  lushui-first-round, lushui-second-round" in county and "fireworks-zone" in county
    assert "in      Liuyang: gross output 17,100 million CNY a year (derived)" in explanation("烟花爆竹")
    assert "above   Anyuan 35%, Xiangdong 40%, Shangli 25%" in explanation("lushui-second-round")
    for hub in load_hubs():
        assert explanation(hub.name_zh).startswith(f"{hub.key}: hub outside the zone")
    for cluster in load_clusters():
        assert "  linked  " in explanation(cluster.name_zh), cluster.key


def test_an_equation_and_a_parameter_name_the_levers_that_act_through_them() -> None:
    for name in ("forest_clearing_effect", "prevented_clearing_share", "forest_chief_effort"):
        assert "lever   12-ecosystem-quality.forest-chief: Quality of ecosystems" in explanation(name), name
    assert "  lever " not in explanation("fertility_index")


def test_a_lever_acts_through_its_input_its_equations_and_its_parameters_and_nothing_else() -> None:
    model = build_model(evidence_scenario())
    for lever in all_levers()[::6]:
        reading = [equation.name for equation in reading_equations(model, lever.effort)]
        near = nearest_parameters(model, evidence(), lever.effort)
        assert reading and near
        for name in (lever.effort.input, *reading, *near):
            assert lever in levers_through(model, name), (lever.name, name)
    for name in ("forest_area", "fertility_index", "travel_time_freight"):
        assert levers_through(model, name) == ()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("12-ecosystem-qualty", "12-ecosystem-quality"),
        ("changsha-ganzou-railway", "changsha-ganzhou-railway"),
        ("rual sewage", "rural-sewage"),
        ("forest_aera", "forest_area"),
        ("M4-2", "M4-02"),
    ],
)
def test_a_name_that_is_misspelt_is_refused_with_the_nearest(wrong: str, right: str) -> None:
    with pytest.raises(ProblemsError) as error:
        explanation(wrong)
    assert str(error.value).count("\n") == 0 and str(error.value).endswith(f"did you mean '{right}'?")
