"""Whatever stands in a file, the loaders answer with a result or with problems in words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenario_world import DEMOGRAPHY, ECONOMY, Load

from regionsim.language.inputs import AnyInput, Table
from regionsim.problems import ProblemsError
from regionsim.scenarios.parameters import load_parameters
from regionsim.scenarios.report import EXPECTED
from regionsim.scenarios.scenario import apply_overrides

WORDS = re.findall(
    r"\S+",
    """
    name title about extends run transport parameters start end step method seed opens closes note value scale path
    points kind outside_range en zh unchanged rk4 2020 2030 sector agriculture services rural urban 浏阳 360302
    长赣高铁 HSR01 suichuan-dayu-expressway birth_rate total_fertility mortality_of_age capital_share wage_gap
    border friction travel goods compensation all lushui xiu price bonus until shocks pandemic lithium-price unchanged
    subsidy park_size self.yaml unit over range low high as shape factor quality source argument recalled
    """,
)
words = st.sampled_from(WORDS)
numbers = st.one_of(st.integers(), st.floats(), st.sampled_from([0, 1, 0.25, 2020, 2030, 0.01, 10**310]))
texts = st.one_of(words, st.text(max_size=6), st.sampled_from(["1 %/year", "3 ha", "5 亿元/year", "1e999 ha", "1/7"]))
leaves = st.one_of(st.none(), st.booleans(), numbers, texts)
keys = st.one_of(words, words, words, st.text(max_size=4))
trees = st.recursive(
    leaves, lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(keys, inner, max_size=4)), max_leaves=9
)


def change() -> st.SearchStrategy[Any]:
    """What may stand, or nearly stand, for a parameter: half of it is sound but for the range."""
    small = st.one_of(st.floats(0, 1), st.floats(0, 1), leaves)
    by_year = st.dictionaries(st.sampled_from(["2020", "2030", "2031.5"]), small, min_size=2)
    label = st.sampled_from(["agriculture", "services", "urban", "浏阳", "360302", "nowhere"])
    inner = st.one_of(small, by_year)
    by_label = st.dictionaries(label, st.one_of(inner, st.dictionaries(label, inner, max_size=2)), max_size=2)
    form = st.sampled_from(["value", "scale", "path", "points"])
    entry = st.tuples(form, st.one_of(small, by_year, by_label), st.sampled_from([True, True, False, None]))
    sound = entry.map(lambda parts: {parts[0]: parts[1], "outside_range": parts[2]})
    return st.one_of(sound, sound, leaves, trees)


SMALL = tuple(re.findall(r"^(\w+):$", DEMOGRAPHY + ECONOMY, re.MULTILINE))
names = st.sampled_from(SMALL)
scenarios = st.fixed_dictionaries(
    {"parameters": st.one_of(st.dictionaries(names, change(), max_size=3), trees)},
    optional={
        "name": texts,
        "title": texts,
        "extends": texts,
        "run": st.one_of(leaves, st.dictionaries(st.sampled_from(["start", "end", "step", "method", "seed"]), leaves)),
        "transport": st.one_of(
            trees, st.dictionaries(words, st.dictionaries(st.sampled_from(["opens", "closes"]), leaves))
        ),
        "about": texts,
        "measures": trees,
        "border": st.one_of(
            trees, st.dictionaries(st.sampled_from(["friction", "travel", "goods", "start", "note"]), leaves)
        ),
        "compensation": st.one_of(
            trees,
            st.dictionaries(
                st.sampled_from(["all", "lushui", "xiu", "he"]),
                st.dictionaries(st.sampled_from(["price", "scale", "bonus", "start", "until"]), leaves),
            ),
        ),
        "shocks": st.one_of(trees, st.dictionaries(st.sampled_from(["pandemic", "lithium-price"]), change())),
    },
)
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check_words(error: ProblemsError) -> None:
    assert error.problems
    text = str(error)
    for word in ("Input should", "pydantic", "ruamel", "Traceback", "validation error", "dict", "another value"):
        assert word not in text or word in "".join(WORDS), text
    for problem in error.problems:
        assert problem.file
        assert "\n" not in str(problem)


@quick
@given(data=scenarios)
def test_a_scenario_of_any_structure_is_loaded_or_told(data: dict[str, Any], load: Load, tmp_path: Path) -> None:
    file = tmp_path / "self.yaml"
    file.write_text(json.dumps(data), encoding="utf-8")
    try:
        scenario = load(file)
    except ProblemsError as error:
        check_words(error)
        return
    file.write_text(scenario.resolved_yaml(), encoding="utf-8")
    assert load(file) == scenario
    assert load(file).content_hash() == scenario.content_hash()


def sound_change(name: str) -> st.SearchStrategy[Any]:
    """A change of `name` in any of its forms, which may leave the range but not mislead."""
    labels = {"capital_share": ["agriculture", "services"], "subsidy": ["浏阳", "360302", "liling"]}
    number = st.floats(0, 1)
    by_year = st.dictionaries(st.floats(1990, 2100), number, min_size=2, max_size=4)
    if name == "mortality_of_age":
        points = st.dictionaries(st.floats(0, 120), number, min_size=2, max_size=4)
        return st.one_of(st.builds(lambda x: {"points": x}, points), st.builds(lambda x: {"scale": x}, number))

    def over(leaf: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        if name == "wage_gap":
            sector = st.dictionaries(st.sampled_from(["agriculture", "industry"]), leaf, min_size=1)
            return st.one_of(leaf, st.dictionaries(st.sampled_from(["rural", "urban"]), sector, min_size=1))
        if name in labels:
            return st.one_of(leaf, st.dictionaries(st.sampled_from(labels[name]), leaf, min_size=1))
        return leaf

    return st.one_of(
        st.builds(lambda x: {"value": x}, over(number)),
        st.builds(lambda x: {"scale": x}, over(number)),
        st.builds(lambda x: {"path": x}, over(by_year)),
    )


changes = st.fixed_dictionaries({}, optional={name: sound_change(name) for name in SMALL})


@quick
@given(data=changes)
def test_any_sound_change_is_made_and_written_and_read_again(
    data: dict[str, Any], parameters: Mapping[str, AnyInput], load: Load, tmp_path: Path
) -> None:
    file = tmp_path / "self.yaml"
    for entry in data.values():
        entry["outside_range"] = True
    document = {"parameters": data} if data else {"about": "nothing"}
    file.write_text(json.dumps(document), encoding="utf-8")
    scenario = load(file)
    assert set(scenario.parameters) == set(data)
    file.write_text(scenario.resolved_yaml(), encoding="utf-8")
    assert load(file) == scenario
    assert load(file).content_hash() == scenario.content_hash()
    for name, changed in apply_overrides(parameters, scenario).items():
        assert np.isfinite(changed.values).all()
        assert (changed is parameters[name]) == (name not in data)
        if not isinstance(changed, Table):
            assert changed.values.shape[-8:] == parameters[name].values.shape[-8:]


@quick
@given(text=st.one_of(st.binary(max_size=30), st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace"))))
def test_a_scenario_of_any_bytes_is_loaded_or_told(text: bytes, load: Load, tmp_path: Path) -> None:
    file = tmp_path / "self.yaml"
    file.write_bytes(text)
    try:
        load(file)
    except ProblemsError as error:
        check_words(error)


@quick
@given(data=st.dictionaries(keys, st.one_of(trees, st.dictionaries(words, trees, max_size=6)), max_size=3))
def test_a_parameter_file_of_any_structure_is_loaded_or_told(data: Mapping[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "parameters"
    folder.mkdir(exist_ok=True)
    (folder / "any.yaml").write_text(json.dumps(data), encoding="utf-8")
    try:
        load_parameters(folder, check_units=True)
    except ProblemsError as error:
        check_words(error)


@quick
@given(data=st.data())
def test_a_parameter_file_with_one_line_changed_is_loaded_or_told(data: st.DataObject, tmp_path: Path) -> None:
    lines = (DEMOGRAPHY + ECONOMY).splitlines()
    index = data.draw(st.integers(0, len(lines) - 1))
    at = data.draw(st.integers(0, len(lines[index])))
    inserted = data.draw(st.one_of(texts, st.sampled_from(list("{}[]:,-'\"#&*\t "))))
    lines[index] = lines[index][:at] + inserted + lines[index][at + data.draw(st.integers(0, 5)) :]
    folder = tmp_path / "parameters"
    folder.mkdir(exist_ok=True)
    (folder / "any.yaml").write_text("\n".join(lines), encoding="utf-8", errors="replace")
    try:
        load_parameters(folder, check_units=True)
    except ProblemsError as error:
        check_words(error)


@pytest.mark.parametrize("kind", EXPECTED)
def test_every_expectation_is_said_in_words(kind: str) -> None:
    context = {"max_length": 5, "min_length": 1, "gt": 0, "ge": 0, "lt": 1, "le": 1, "expected": "'a' or 'b'"}
    assert EXPECTED[kind](context)
