"""The text of an equation as a syntax tree, and the rules of what may stand in one."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Protocol

from regionsim.language.declarations import Equation, short_path
from regionsim.language.functions import FUNCTIONS
from regionsim.problems import Problem, nearest_name

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
COMPARISONS = (ast.Lt, ast.Gt, ast.LtE, ast.GtE)
# Other numbers mean something, and what means something is a parameter with a unit, a range and a source.
FACTORS = (0, 1, 2, 0.5)


@cache
def _functions_of(file: str) -> dict[tuple[str, int], ast.FunctionDef]:
    tree = ast.parse(Path(file).read_text(encoding="utf-8"), filename=file)
    return {
        (node.name, min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])): node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }


def definition(equation: Equation) -> ast.FunctionDef:
    """The definition of the equation in its file. Raises KeyError where the file has changed since it was read."""
    return _functions_of(equation.file)[equation.function.__name__, equation.line]


def expression(equation: Equation) -> ast.expr:
    """The one expression that an equation returns. Call `problems_of` first: this asserts its rules."""
    last = definition(equation).body[-1]
    assert isinstance(last, ast.Return) and last.value is not None
    return last.value


def text(equation: Equation) -> str:
    """The expression as one line of text."""
    return ast.unparse(expression(equation))


@cache
def problems_of(equation: Equation) -> tuple[Problem, ...]:
    """What the language does not allow in this equation: one expression, names, factors and known functions only."""
    file = short_path(equation.file)
    node = definition(equation)
    problems: list[Problem] = []

    def problem(at: ast.AST, what: str, found: str = "", expected: str = "", nearest: str = "") -> None:
        line = getattr(at, "lineno", equation.line)
        problems.append(Problem(file, line, f"{equation.name}: {what}", found, expected, nearest))

    arguments = node.args
    if arguments.defaults or arguments.kw_defaults or arguments.vararg or arguments.kwarg:
        problem(node, "an equation has plain arguments", "a default or a starred argument", "names only")
    if not equation.about:
        problem(node, "the equation has no docstring", expected="one sentence that says what it is")
    body = node.body[1:] if equation.about else node.body
    if len(body) != 1 or not isinstance(body[0], ast.Return) or body[0].value is None:
        problem(node, "the body of an equation", f"{len(body)} statements", "one return of one expression")
        return tuple(problems)
    known = set(equation.arguments)
    _walk(body[0].value, known, problem)
    for name in equation.arguments:
        used = any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(body[0].value))
        if not used:
            problem(node, f"argument '{name}' is not used in the expression")
    return tuple(problems)


def _walk(node: ast.expr, known: set[str], problem: _Report) -> None:
    match node:
        case ast.Name(id=name):
            if name not in known:
                problem(node, f"'{name}' is not an argument of the equation", nearest=nearest_name(name, known))
        case ast.Constant(value=value):
            if isinstance(value, bool) or not isinstance(value, int | float):
                problem(node, "a value in an expression", repr(value), "a number or a name")
            elif value not in FACTORS:
                problem(node, "a number that means something is a parameter", f"{value:g}", "a name, or 0, 1, 2 or 0.5")
        case ast.BinOp(left=left, op=operator, right=right):
            if not isinstance(operator, OPERATORS):
                problem(node, "an operator", type(operator).__name__, "+ - * / **")
            _walk(left, known, problem)
            _walk(right, known, problem)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            _walk(operand, known, problem)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
            if name not in FUNCTIONS:
                problem(node, f"'{name}' is not a function of the language", nearest=nearest_name(name, FUNCTIONS))
            for k, part in enumerate(args):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    continue  # an axis or the name of an element: the axes reading checks it
                if name == "where" and k == 0:
                    _comparison(part, known, problem)
                else:
                    _walk(part, known, problem)
            for keyword in keywords:
                _walk(keyword.value, known, problem)
        case _:
            problem(node, "not part of the language", ast.unparse(node), "arithmetic, names and known functions")


def _comparison(node: ast.expr, known: set[str], problem: _Report) -> None:
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if isinstance(operator, COMPARISONS):
            _walk(left, known, problem)
            _walk(right, known, problem)
        case _:
            problem(node, "the first argument of where", ast.unparse(node), "one comparison with < > <= >=")


class _Report(Protocol):
    """The shape of the reporting function above, for the type checker."""

    def __call__(self, at: ast.AST, what: str, found: str = "", expected: str = "", nearest: str = "") -> None: ...
