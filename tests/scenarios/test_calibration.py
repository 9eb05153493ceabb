"""Layers of calibrated values under a scenario: how one is named, what is wrong with one, and what it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from scenario_world import Load, find_project

from regionsim.language.inputs import AnyInput
from regionsim.problems import ProblemsError
from regionsim.scenarios import calibration
from regionsim.scenarios.calibration import Calibration, default_calibration, read_layer_file, with_calibration
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.load import load_scenario
from regionsim.scenarios.scenario import Scenario

LAYER = "name: fitted\nparameters:\n  birth_rate: {value: 0.01}\n  capital_share[services]: {value: 0.35}\n"
FITTED = Calibration("fitted", (("birth_rate", 0.01), ("capital_share[services]", 0.35)))
EXPECTED = "expected none, hindcast, or a file of a layer ('layer.yaml') beside this one"
Write = Callable[..., Scenario]


@pytest.fixture
def loaded(tmp_path: Path, load: Load, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes the given files beside the layer and loads the last of them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "layer.yaml").write_text(LAYER, encoding="utf-8")

    def write(**files: str) -> Scenario:
        for name, text in files.items():
            Path(f"{name}.yaml").write_text(text, encoding="utf-8")
        return load(f"{list(files)[-1]}.yaml")

    return write


def problems(load: Callable[[], object]) -> str:
    with pytest.raises(ProblemsError) as raised:
        load()
    return str(raised.value)


def test_a_scenario_that_says_nothing_has_no_layer_while_none_is_shipped_by_default(loaded: Write) -> None:
    silent = loaded(base="about: As it is.\n")
    assert silent.calibration is None
    assert silent == loaded(base="about: As it is.\ncalibration: none\n")


def test_the_file_of_a_layer_is_found_beside_the_scenario(loaded: Write) -> None:
    assert loaded(mine="calibration: layer.yaml\n").calibration == FITTED


def test_a_child_has_the_layer_of_its_parent_or_its_own_or_none(loaded: Write) -> None:
    files = {"parent": "calibration: layer.yaml\n"}
    assert loaded(**files, child="extends: parent.yaml\n").calibration == FITTED
    assert loaded(**files, child="extends: parent.yaml\ncalibration: none\n").calibration is None
    inline = "extends: parent.yaml\ncalibration: {name: own, values: {birth_rate: 0.009}}\n"
    assert loaded(**files, child=inline).calibration == Calibration("own", (("birth_rate", 0.009),))


def test_the_resolved_scenario_holds_the_values_and_needs_no_other_file(
    loaded: Write, load: Load, tmp_path: Path
) -> None:
    scenario = loaded(mine="calibration: layer.yaml\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "resolved.yaml").write_text(scenario.resolved_yaml(), encoding="utf-8")
    again = load(elsewhere / "resolved.yaml")
    assert again == scenario and again.content_hash() == scenario.content_hash()


def test_the_hash_knows_the_values_and_not_the_name_of_a_layer(loaded: Write) -> None:
    values = "values: {birth_rate: 0.01, 'capital_share[services]': 0.35}"
    texts = ["calibration: layer.yaml\n", f"calibration: {{name: other, {values}}}\n", "about: Nothing.\n"]
    one, same, without = (loaded(mine=text).content_hash() for text in texts)
    assert one == same != without


def test_a_layer_that_is_shipped_is_called_by_its_name_and_may_be_that_of_all_who_say_nothing(
    loaded: Write, load: Load, parameters: Mapping[str, AnyInput], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "fitted.yaml").write_text(LAYER, encoding="utf-8")
    monkeypatch.setattr(calibration, "SHIPPED", shipped)
    assert loaded(mine="calibration: fitted\n").calibration == FITTED
    assert "did you mean 'fitted'?" in problems(lambda: loaded(mine="calibration: fited\n"))
    monkeypatch.setattr(calibration, "DEFAULT_LAYER", "fitted")
    assert default_calibration(parameters, AxisLabels()) == FITTED
    loaded(mine="about: Nothing.\n")
    said = load_scenario("mine.yaml", parameters=parameters, find_project=find_project, calibration=FITTED)
    assert said.calibration == FITTED
    without = loaded(mine="calibration: none\n")
    Path("again.yaml").write_text(without.resolved_yaml(), encoding="utf-8")
    assert without.calibration is None and load("again.yaml") == without


def test_values_take_the_place_of_the_evidence_and_say_where_they_are_from(parameters: Mapping[str, AnyInput]) -> None:
    laid = with_calibration(parameters, FITTED, AxisLabels())
    assert laid["birth_rate"].values.ravel().tolist() == [0.01]
    assert laid["capital_share"].values.ravel().tolist() == [0.1, 0.4, 0.35]
    assert (laid["birth_rate"].quality, laid["birth_rate"].source) == ("calibrated", "calibration:fitted")
    assert laid["wage_gap"] is parameters["wage_gap"]
    assert parameters["birth_rate"].values.ravel().tolist() == [0.008]


def test_a_factor_is_one_on_the_evidence_element_by_element(parameters: Mapping[str, AnyInput]) -> None:
    layer = Calibration("fitted", (("wage_gap[rural,industry]", 2.0), ("wage_gap[urban]", 0.5)))
    laid = with_calibration(parameters, layer, AxisLabels())["wage_gap"].values.squeeze()
    np.testing.assert_allclose(laid, [[0.5, 1.6, 0.7], [0.3, 0.6, 0.55]])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("calibration: non\n", "mine.yaml:1: unknown calibration 'non'; did you mean 'none'?"),
        (
            "calibration: zzz\n",
            f"mine.yaml:1: unknown calibration 'zzz'; {EXPECTED}",
        ),
        (
            "calibration: layers.yaml\n",
            "mine.yaml:1: the file of the calibration does not exist; found 'layers.yaml'; "
            f"{EXPECTED}; did you mean 'layer.yaml'?",
        ),
        (
            "calibration: 3\n",
            f"mine.yaml:1: key 'calibration'; found 3; {EXPECTED}",
        ),
        ("calibration: {name: own}\n", "mine.yaml:1: key 'calibration.values' is missing"),
        (
            "calibration: {name: own, values: {birth_rate: half}}\n",
            "mine.yaml:1: key 'calibration.values.birth_rate'; found 'half'; expected a number",
        ),
        (
            "calibration:\n  name: own\n  values:\n    birth_rate: 0.5\n    birth_rat: 0.01\n",
            "mine.yaml:4: the calibrated 'birth_rate' lies outside the range of the parameter; found 0.5; "
            "expected 0.003 to 0.02 (parameters/demography.yaml:1)\n"
            "mine.yaml:5: the calibrated 'birth_rat': unknown parameter 'birth_rat', did you mean 'birth_rate'?",
        ),
    ],
)
def test_a_wrong_word_for_a_layer_is_told_in_one_line(loaded: Write, text: str, words: str) -> None:
    assert problems(lambda: loaded(mine=text)) == words


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("wage_gap: {value: half}", "key 'parameters.wage_gap.value'; found 'half'; expected a number"),
        (
            "wage_gap: {value: 3.0}",
            "the calibrated 'wage_gap' lies outside the range of the parameter; found 3 times the evidence; "
            "expected 0.5 to 2 times (parameters/economy.yaml:18)",
        ),
        ("subsidy[长沙]: {value: 0.001}", "'长沙' is no county"),
        ("birth_rate: {values: 0.01}", "unknown key 'parameters.birth_rate.values'; did you mean 'value'?"),
    ],
)
def test_what_is_wrong_in_the_file_of_a_layer_has_its_line(
    tmp_path: Path, parameters: Mapping[str, AnyInput], entry: str, words: str
) -> None:
    file = tmp_path / "layer.yaml"
    file.write_text(f"name: fitted\nparameters:\n  {entry}\n", encoding="utf-8")
    said = problems(lambda: read_layer_file(file, parameters, AxisLabels()))
    assert words in said and all(f"{file.as_posix()}:3: " in line for line in said.splitlines())
