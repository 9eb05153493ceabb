"""Wrong models give the exact messages that stand beside them; right ones are put in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_models import constant, load_module

from regionsim.engine.compile import compile_model
from regionsim.engine.graph import cycles, shortest_loop
from regionsim.engine.units import check_units
from regionsim.language.declarations import collect
from regionsim.problems import ProblemsError

WRONG = sorted((Path(__file__).parent / "wrong").glob("*.py"))


def _messages(path: Path) -> str:
    module = load_module(path)
    inputs = {value.name: value for value in module.INPUTS}
    try:
        model = compile_model(collect([module]), inputs, getattr(module, "LABELS", {}))
    except ProblemsError as error:
        return str(error)
    return str(ProblemsError(check_units(model)))


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_wrong_model_gives_exactly_the_message_beside_it(path):
    assert _messages(path) == path.with_suffix(".expected").read_text(encoding="utf-8").strip()


def test_equations_are_grouped_by_what_they_depend_on(small_model):
    model = small_model("growth", constant("amount_at_start", 1, "person"), constant("growth_rate", 0.1, "1/year"))
    assert [e.name for e in model.moving] == ["growth"]
    assert model.fixed == model.held == ()


def test_a_model_finds_its_names_and_suggests_near_ones(small_model):
    model = small_model("growth", constant("amount_at_start", 1, "person"), constant("growth_rate", 0.1, "1/year"))
    assert model.find("growth").unit == "person/year"
    with pytest.raises(KeyError, match="growth_rate"):
        model.find("growht_rate")


def test_the_feedback_loop_of_a_stock_is_found_in_the_direction_of_influence(small_model):
    model = small_model("oscillator", constant("first_speed", 1, "meter/year"), constant("frequency", 1, "1/year"))
    assert shortest_loop(model.inputs_of, "position") == ("position", "pull", "speed", "movement", "position")
    assert shortest_loop({"a": ("b",), "b": ()}, "a") == ()


def test_every_knot_of_a_graph_gives_one_cycle():
    graph = {"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"], "e": ["a"]}
    found = {frozenset(cycle) for cycle in cycles(graph)}
    assert found == {frozenset("ab"), frozenset("cd")}


def test_the_models_of_the_tests_have_right_units(small_model):
    model = small_model(
        "exchange",
        constant("people_at_start", [1, 2], "person", ("county",)),
        constant("moving_rate", [[0, 1], [1, 0]], "1/year", ("county", "destination")),
        labels={"county": ("a", "b"), "destination": ("a", "b")},
    )
    assert check_units(model) == []
