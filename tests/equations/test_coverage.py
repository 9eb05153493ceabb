"""Every equation has numbers done by hand, and every mechanism its test and its parameters.

Only a case that has run and held counts, here as in the mechanism's own file.
"""

from __future__ import annotations

import ast
import dataclasses
import runpy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hand import Case, case, county

import regionsim
from regionsim.equations import demography, forest, mechanisms
from regionsim.language.declarations import Equation, collect
from regionsim.language.inputs import Table

HERE = Path(__file__).parent
PARAMETERS = Path(regionsim.__file__).parent / "parameters"
MECHANISMS: dict[str, ModuleType] = {module.__name__.rpartition(".")[2]: module for module in mechanisms()}
EQUATIONS = {e.name: e for e in collect(MECHANISMS.values()) if isinstance(e, Equation)}

of_each_mechanism = pytest.mark.parametrize("name", MECHANISMS)


def _equations(name: str) -> list[Equation]:
    return [e for e in collect([MECHANISMS[name]]) if isinstance(e, Equation)]


@cache
def _cases(name: str) -> list[Case]:
    """The cases of a mechanism's test file; none where there is no file."""
    file = HERE / f"test_{name}.py"
    return list(runpy.run_path(str(file))["CASES"]) if file.exists() else []


def _not_worked_out(equations: list[Equation], cases: list[Case]) -> list[str]:
    """The equations for which no case has been run. Raises AssertionError where a case does not hold."""
    for case_of_equation in cases:
        case_of_equation.check()
    worked = {id(each.equation) for each in cases}
    return [f"{e.place} {e.name}" for e in equations if id(e) not in worked]


def _arguments_that_do_not_matter(equations: list[Equation], cases: list[Case]) -> list[str]:
    """The arguments that may be raised without a change of the result of any case: there a slip would go unseen."""
    unseen = []
    for equation in equations:
        own = [each for each in cases if each.equation is equation]
        for argument in equation.arguments if own else ():
            if not any(_moves(each, argument) for each in own):
                unseen.append(f"{equation.place} {equation.name}: {argument}")
    return unseen


def _moves(worked: Case, argument: str) -> bool:
    changed = {**worked.arguments, argument: _raised(worked.arguments[argument])}
    result, before = worked.equation(**changed), worked.equation(**worked.arguments)
    return not np.allclose(result, before, rtol=1e-9, atol=0)


def _raised(value: Any) -> Any:
    """A number a quarter higher; the numbers of an array by factors that differ: of weights only proportions count."""
    if isinstance(value, Table):
        return dataclasses.replace(value, values=_raised(value.values))
    given = np.asarray(value, dtype=np.float64)
    return given * np.linspace(1.25, 2, given.size).reshape(given.shape)


def _calls_of_equations(source: str) -> Iterator[str]:
    """Line and name of every call of an equation: a number on the right-hand side would then not be done by hand."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if called in EQUATIONS:
                yield f"line {node.lineno}: {called}"


@of_each_mechanism
def test_every_equation_has_numbers_done_by_hand(name):
    missing = _not_worked_out(_equations(name), _cases(name))
    assert not missing, "no numbers done by hand for\n" + "\n".join(missing)


@of_each_mechanism
def test_every_argument_of_an_equation_matters_in_one_of_its_cases(name):
    unseen = _arguments_that_do_not_matter(_equations(name), _cases(name))
    assert not unseen, "no case notices a change of\n" + "\n".join(unseen)


@of_each_mechanism
def test_no_number_done_by_hand_comes_from_an_equation(name):
    file = HERE / f"test_{name}.py"
    calls = list(_calls_of_equations(file.read_text(encoding="utf-8"))) if file.exists() else []
    assert not calls, f"{file.name} calls equations, at\n" + "\n".join(calls)


@of_each_mechanism
def test_every_mechanism_has_its_test_and_its_parameters(name):
    files = [HERE / f"test_{name}.py", PARAMETERS / f"{name}.yaml"]
    missing = [f"{file.parent.name}/{file.name}" for file in files if not file.exists()]
    assert not missing, f"equations/{name}.py has no {' and no '.join(missing)}"


def test_an_equation_without_numbers_is_named():
    held = case(forest.forest_cover, 0.7, forest_area=county(105_000), county_area=150_000)
    missing = _not_worked_out([forest.forest_cover, forest.afforestation], [held])
    assert missing == [f"{forest.afforestation.place} afforestation"]


def test_a_case_that_does_not_hold_is_named_with_both_numbers():
    wrong = case(forest.forest_cover, 0.8, forest_area=county(105_000), county_area=150_000)
    with pytest.raises(AssertionError, match=r"forest_cover: found 0\.7, by hand 0\.8"):
        _not_worked_out([forest.forest_cover], [wrong])


def test_a_case_along_another_axis_does_not_hold():
    wrong = case(demography.births, county(900, 1_680), births_per_total_fertility=600, total_fertility=1.5)
    with pytest.raises(AssertionError, match="shape"):
        wrong.check()


def test_an_argument_that_no_case_notices_is_named():
    full = case(
        forest.forest_built_over,
        35,
        built_up_demand=100,
        forest_share_of_new_built_up=0.35,
        forest_clearing_effect=1,
        forest_area=100_000,
        land_adjustment_time=1,
    )
    unseen = _arguments_that_do_not_matter([forest.forest_built_over], [full])
    place = f"{forest.forest_built_over.place} forest_built_over"
    assert unseen == [f"{place}: forest_area", f"{place}: land_adjustment_time"]


def test_a_call_of_an_equation_is_found():
    source = "CASES = [\n    case(forest.forest_cover, forest.forest_cover(forest_area=1, county_area=2))\n]"
    assert list(_calls_of_equations(source)) == ["line 2: forest_cover"]
