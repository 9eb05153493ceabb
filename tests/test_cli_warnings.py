"""A lever that changes nothing is said to be one: a line on stderr, and the command goes on."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from command_line import BASE, PLAN, call
from whole_model import SCENARIOS

from regionsim.studies.check import warnings_of
from regionsim.studies.effects import unseen_effects
from regionsim.studies.model import read_scenario


def warned(folder: Path, text: str, extends: str = "base.yaml") -> list[str]:
    """The warnings for a scenario text that stands below its first line, each without the name of the file."""
    (folder / "mine.yaml").write_text(f"extends: {SCENARIOS / extends}\n{text}", encoding="utf-8")
    start = f"{folder / 'mine.yaml'}:"
    lines = [str(each) for each in warnings_of(read_scenario(folder / "mine.yaml"))]
    assert all(line.startswith(start) for line in lines)
    return [line.removeprefix(start) for line in lines]


ONE_LINE = [
    ("measures: {1-red-education: {strength: 0}}", "measure '1-red-education' changes nothing: its strength is 0"),
    (
        "measures: {'4': {strength: 0, counties: [Shangli]}}",
        "measure '4-industry-bases' changes nothing: its strength is 0",
    ),
    ("measures: {'2': {counties: []}}", "measure '2-relics' changes nothing: its list of counties is empty"),
    (
        "measures: {'3': {start: 2035}}",
        "measure '3-culture-tourism' changes nothing: it starts in 2035, when the run ends",
    ),
    (
        "measures: {'14': {start: 2035}}",
        "measure '14-transport' changes nothing: it starts in 2035, when the run ends",
    ),
    (
        "measures: {'12': {restoration: {strength: 1}}}",
        "part 'restoration' of measure '12-ecosystem-quality' changes nothing: what it says holds without it",
    ),
    ("border: {travel: 1}", "key 'border.travel' changes nothing: 1 is the border as in 2020"),
    ("border: {friction: 0.5, goods: 0.5}", "key 'border.goods' changes nothing: the border is so without it"),
    ("border: {start: 2025}", "key 'border.start' changes nothing: no part of the border changes then"),
    ("compensation: {all: {scale: 1}}", "'scale' of 7 agreements changes nothing: these terms hold without it"),
    (
        "compensation: {lushui-first-round: {price: 0.83}}",
        "'price' of agreement 'lushui-first-round' changes nothing: these terms hold without it",
    ),
    (
        "compensation: {lushui-second-round: {price: 2}}",
        "'price' of agreement 'lushui-second-round' changes nothing: nothing brings this into force during the run",
    ),
    (
        "transport: {shanghai-kunming-railway: {opens: 2025}}",
        "transport project 'shanghai-kunming-railway' changes nothing: no travel time is other than without it",
    ),
    (
        "parameters: {access_decay: {scale: 1}}",
        "parameter 'access_decay' changes nothing: it has these values without it",
    ),
    (
        "shocks: {lithium-price: {path: {2020: 1, 2027: 1}}}",
        "shock 'lithium-price' changes nothing: it has these values without it",
    ),
    ("shocks: {pandemic: 1}", "shock 'pandemic' changes nothing: it has these values without it"),
]


@pytest.mark.parametrize(("text", "words"), ONE_LINE)
def test_what_changes_nothing_is_said_in_one_line_with_place_and_reason(text: str, words: str, tmp_path: Path) -> None:
    assert warned(tmp_path, text + "\n") == [f"2: warning: {words}"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "shocks: {lithium-price: {path: {2020: 2, 2027: 1}}}",
            "shock 'lithium-price' is there in 2020 already: what is told against 2020 is told against the shock",
        ),
    ],
)
def test_what_acts_otherwise_than_it_seems_is_said_as_well(text: str, words: str, tmp_path: Path) -> None:
    assert warned(tmp_path, text + "\n") == [f"2: warning: {words}"]


@pytest.mark.parametrize(
    ("text", "what", "moved"),
    [
        # Cooperation across the border needs counties on both sides.
        ("measures: {S1: {counties: [Shangli]}}", "measure 'S1-organization'", "border_cooperation_effort"),
        ("border: {fiscal: 0.2}", "key 'border.fiscal'", "border_fiscal"),
        ("parameters: {collective_land_gain: 0.1}", "parameter 'collective_land_gain'", "collective_land_gain"),
    ],
)
def test_what_moves_no_figure_of_the_results_is_told(text: str, what: str, moved: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"extends: {BASE}\n{text}\n", encoding="utf-8")
    words = f"changes no figure of the results: what it moves ({moved}) does not reach any"
    assert list(map(str, unseen_effects(read_scenario(file)))) == [f"{file}:2: warning: {what} {words}"]


def test_a_part_is_told_beside_another_that_moves_something(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    text = "measures:\n  '15':\n    strength: 0\n    flood-control: {strength: 1}\n    hydropower: {strength: 1}\n"
    file.write_text(f"extends: {BASE}\n{text}", encoding="utf-8")
    (line,) = map(str, unseen_effects(read_scenario(file)))
    assert line.startswith(f"{file}:5: warning: part 'flood-control' of measure '15-energy-water' changes no figure")
    # With a flood to hold back the same works are seen.
    flood = "shocks: {flood: {path: {2020: 0, 2026: 1, 2027: 0}, kind: step}}\n"
    file.write_text(f"extends: {BASE}\n{text}{flood}", encoding="utf-8")
    assert unseen_effects(read_scenario(file)) == []


@pytest.mark.parametrize("name", ["base", "plan", "lithium-bust", "railway-delayed"])
def test_scenarios_of_the_project_are_seen_in_the_results(name: str) -> None:
    assert unseen_effects(read_scenario(SCENARIOS / f"{name}.yaml")) == []


def test_without_a_border_what_lowers_it_is_not_seen() -> None:
    idle = [each.what.split("'")[1] for each in unseen_effects(read_scenario(SCENARIOS / "borderless.yaml"))]
    assert idle == ["19-social-security", "S1-organization"]


@pytest.mark.parametrize(
    "text",
    [
        "measures: {1-red-education: {strength: 0.01}}",
        "measures: {'2': {counties: [Shangli]}}",
        "measures: {'3': {start: 2034.75}}",
        "measures: {'12': {restoration: {strength: 2}}}",
        "border: {travel: 0.99}",
        "border: {friction: 0.5, goods: 1, start: 2034}",
        "compensation: {all: {scale: 0.99}}",
        "compensation: {lushui-first-round: {until: 2023}}",
        "compensation: {lushui-second-round: {price: 2}}\nmeasures: {'13': {}}",
        "transport: {shanghai-kunming-railway: {closes: 2025}}",
        "parameters: {access_decay: {scale: 1.01}}",
        "shocks: {lithium-price: {path: {2020: 1, 2027: 1.01}}}",
        "shocks: {flood: {path: {Shangli: {2024: 0, 2025: 1}}, kind: step}}",
    ],
)
def test_what_changes_a_little_in_one_place_is_no_reason_to_warn(text: str, tmp_path: Path) -> None:
    assert warned(tmp_path, text + "\n") == []


def test_what_undoes_something_of_the_extended_scenario_changes_something(tmp_path: Path) -> None:
    text = (
        "measures: {1-red-education: {strength: 0}, 12: unchanged}\nborder: {friction: 1}\n"
        "compensation: {lushui-first-round: {scale: 1}}\nshocks: {pandemic: 1}\n"
        "transport: {changsha-ganzhou-railway: {opens: 2032}}\n"
    )
    parent = (
        f"extends: {PLAN}\nborder: {{friction: 0.5}}\ncompensation: {{all: {{scale: 2}}}}\nshocks: {{pandemic: 0.5}}\n"
        "transport: {changsha-ganzhou-railway: {opens: 2033}}\n"
    )
    (tmp_path / "parent.yaml").write_text(parent, encoding="utf-8")
    assert warned(tmp_path, text, str(tmp_path / "parent.yaml")) == []
    # Over the base the same words change nothing, but for the railway.
    assert len(warned(tmp_path, text.replace(", 12: unchanged", ""))) == 4


def test_what_only_repeats_the_extended_scenario_changes_nothing(tmp_path: Path) -> None:
    text = "measures:\n  '12': {}\ntransport:\n  changsha-ganzhou-railway: {opens: 2030}\n"
    assert warned(tmp_path, text, "plan.yaml") == [
        "3: warning: measure '12-ecosystem-quality' changes nothing: what it says holds without it",
        "5: warning: transport project 'changsha-ganzhou-railway' changes nothing: "
        "no travel time is other than without it",
    ]


def test_a_general_word_that_is_overruled_everywhere_says_nothing_of_those(tmp_path: Path) -> None:
    text = "measures: {'13': {}}\ncompensation:\n  all: {price: 3}\n  xiu: {price: 0.4}\n  yuan: {price: 3}\n"
    assert warned(tmp_path, text) == [
        "6: warning: 'price' of agreement 'yuan' changes nothing: these terms hold without it"
    ]


def test_the_place_is_that_of_the_file_which_says_it(tmp_path: Path) -> None:
    parent = tmp_path / "parent.yaml"
    parent.write_text(f"extends: {BASE}\nmeasures:\n  '1': {{strength: 0}}\n", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("extends: parent.yaml\nborder: {goods: 0}\n", encoding="utf-8")
    (line,) = map(str, warnings_of(read_scenario(tmp_path / "mine.yaml")))
    assert line == f"{parent}:3: warning: measure '1-red-education' changes nothing: its strength is 0"


@pytest.mark.parametrize("file", sorted(SCENARIOS.glob("*.yaml")), ids=lambda file: file.stem)
def test_no_scenario_of_the_project_has_an_idle_lever_and_that_is_told_fast(file: Path) -> None:
    found = read_scenario(file)
    assert warnings_of(found) == []
    # A few milliseconds once tables are read; the bound is for a machine that does much else.
    begun = time.process_time()
    warnings_of(found)
    assert time.process_time() - begun < 0.2
    assert found.said or file.stem == "base"


def test_run_and_check_print_the_warning_aside_and_go_on(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"name: mine\nextends: {BASE}\nborder: {{goods: 1}}\n", encoding="utf-8")
    words = f"{file}:3: warning: key 'border.goods' changes nothing: 1 is the border as in 2020\n"
    checked = call("check", file)
    assert (checked.status, checked.error) == (0, words)
    assert "names, axes, units and loops agree" in checked.out
    ran = call("run", file, "--no-figures", "--out", tmp_path / "out")
    assert (ran.status, ran.error) == (0, words)
    assert (tmp_path / "out" / "mine" / "indicators.csv").is_file()


def test_the_resolved_scenario_warns_no_more_than_the_one_it_is_made_from(tmp_path: Path) -> None:
    for name in ("full-cooperation", "no-cooperation", "ecology-first"):
        file = tmp_path / "resolved.yaml"
        file.write_text(read_scenario(SCENARIOS / f"{name}.yaml").resolved_yaml(), encoding="utf-8")
        found = warnings_of(read_scenario(file))
        # Against nothing, what is switched off is as if it were not said.
        assert all("strength is 0" in str(each) for each in found), name


@pytest.mark.parametrize(
    "project",
    [
        "wanzai-zhutan-houcha-road-upgrade",
        "tongcheng-xiushui-expressway-hubei-part",
        "pingxiang-ring-expressway-east",
    ],
)
def test_a_line_that_shortens_no_time_is_told(tmp_path: Path, project: str) -> None:
    found = warned(tmp_path, f"transport: {{{project}: {{opens: 2027}}}}\n")
    assert found == [
        f"2: warning: transport project '{project}' changes nothing: no travel time is other than without it"
    ]
