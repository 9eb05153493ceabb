"""Expressions as XMILE has them, made by functions that simplify with what is known: 0, 1 and plain numbers."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from regionsim.language.inputs import Table


@dataclass(frozen=True)
class Index:
    """Where an array is read along one axis: at one element, or, with `runs`, at each along a dimension."""

    name: str
    runs: bool = False


@dataclass(frozen=True)
class Number:
    """A value that is known before the run."""

    value: float


@dataclass(frozen=True)
class Reference:
    """A variable of the document, at one index per dimension of it."""

    name: str
    at: tuple[Index, ...] = ()


@dataclass(frozen=True)
class Operation:
    """Two values and one of + - * / ^ between them."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Negative:
    """A value with its sign turned."""

    value: Node


@dataclass(frozen=True)
class Call:
    """One of XMILE's own functions."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Choice:
    """`then` where the comparison of left and right holds, else `otherwise`."""

    comparison: str
    left: Node
    right: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, eq=False)
class Graph:
    """The value of a table at an argument. XMILE has it only as the whole of a variable."""

    table: Table
    argument: Node


Node = Number | Reference | Operation | Negative | Call | Choice | Graph

ZERO, ONE = Number(0.0), Number(1.0)

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "=": operator.eq,
}
CALLS: dict[str, Callable[..., float]] = {"EXP": np.exp, "LN": np.log, "SQRT": np.sqrt, "MIN": min, "MAX": max}


def plus(left: Node, right: Node) -> Node:
    """left + right."""
    match left, right:
        case Number(a), Number(b):
            return Number(a + b)
        case Number(0.0), _:
            return right
        case _, Number(0.0):
            return left
        case _, Negative(value):
            return Operation("-", left, value)
    return Operation("+", left, right)


def added(terms: Iterable[Node]) -> Node:
    """The sum of the terms, from the left."""
    found: Node = ZERO
    for term in terms:
        found = plus(found, term)
    return found


def minus(left: Node, right: Node) -> Node:
    """left - right."""
    match left, right:
        case Number(a), Number(b):
            return Number(a - b)
        case Number(0.0), _:
            return negative(right)
        case _, Number(0.0):
            return left
        case _, Negative(value):
            return Operation("+", left, value)
    return Operation("-", left, right)


def negative(value: Node) -> Node:
    """-value."""
    match value:
        case Number(a):
            return Number(-a) if a else ZERO
        case Negative(inner):
            return inner
    return Negative(value)


def times(left: Node, right: Node) -> Node:
    """left * right; what is multiplied by a known 0 is 0."""
    match left, right:
        case Number(a), Number(b):
            return Number(a * b)
        case (Number(0.0), _) | (_, Number(0.0)):
            return ZERO
        case Number(1.0), _:
            return right
        case _, Number(1.0):
            return left
    return Operation("*", left, right)


def over(left: Node, right: Node) -> Node:
    """left / right; a known 0 divided by anything not known is 0."""
    match left, right:
        case Number(a), Number(b) if b != 0:
            return Number(a / b)
        case Number(0.0), _ if not isinstance(right, Number):
            return ZERO
        case _, Number(1.0):
            return left
    return Operation("/", left, right)


def power(base: Node, exponent: Node) -> Node:
    """base ^ exponent."""
    match base, exponent:
        case Number(a), Number(b):
            return Number(float(np.float64(a) ** np.float64(b)))
        case _, Number(1.0):
            return base
        case (Number(1.0), _) | (_, Number(0.0)):
            return ONE
    return Operation("^", base, exponent)


def call(function: str, *arguments: Node) -> Node:
    """One of XMILE's functions; with known arguments its value."""
    known = [argument.value for argument in arguments if isinstance(argument, Number)]
    if len(known) == len(arguments):
        return Number(float(CALLS[function](*known)))
    return Call(function, arguments)


def choice(comparison: str, left: Node, right: Node, then: Node, otherwise: Node) -> Node:
    """then if left and right compare so, else otherwise; one of them where that is known."""
    if isinstance(left, Number) and isinstance(right, Number):
        return then if COMPARISONS[comparison](left.value, right.value) else otherwise
    return then if then == otherwise else Choice(comparison, left, right, then, otherwise)


def graph(table: Table, argument: Node) -> Node:
    """The value of a table at an argument."""
    if isinstance(argument, Number):
        return Number(float(np.interp(argument.value, table.arguments, table.values)))
    return Graph(table, argument)


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes right below a node."""
    match node:
        case Operation(_, left, right):
            return left, right
        case Negative(value):
            return (value,)
        case Call(_, arguments):
            return arguments
        case Choice(_, left, right, then, otherwise):
            return left, right, then, otherwise
        case Graph(_, argument):
            return (argument,)
    return ()


def references(node: Node) -> Iterator[Reference]:
    """Every reference in an expression, in the order of its text."""
    if isinstance(node, Reference):
        yield node
    for part in parts(node):
        yield from references(part)


def running(node: Node) -> set[Index]:
    """The dimensions along which an expression reads anything."""
    return {index for reference in references(node) for index in reference.at if index.runs}


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """The expression with `change` done to every node below the first, the lowest first."""
    below = tuple(change(rebuilt(part, change)) for part in parts(node))
    match node:
        case Operation(sign, _, _):
            return Operation(sign, *below)
        case Negative():
            return Negative(*below)
        case Call(function, _):
            return Call(function, below)
        case Choice(comparison, _, _, _, _):
            return Choice(comparison, *below)
        case Graph(table, _):
            return Graph(table, *below)
    return node


# --- text -------------------------------------------------------------------------------------------------------------

# How tightly a node holds together: one that holds less than its surroundings ask for is put in brackets.
LOOSE, SUM, PRODUCT, POWER, TIGHT = range(5)
STRENGTH = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}


def text(node: Node) -> str:
    """The expression as an XMILE equation."""
    return _text(node)[0]


def _text(node: Node) -> tuple[str, int]:
    match node:
        case Number(value):
            if not math.isfinite(value):
                raise ValueError(f"an equation cannot hold the number {value}")
            written = repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))
            return (written, TIGHT) if value >= 0 else (f"({written})", TIGHT)
        case Reference(name, at):
            return name + (f"[{','.join(index.name for index in at)}]" if at else ""), TIGHT
        case Negative(value):
            # PySD drops the brackets of a negative base of a power; a difference keeps them.
            return f"(0 - {_within(value, PRODUCT)})", TIGHT
        case Operation("^", left, right):
            base = f"(0 - {-left.value!r})" if isinstance(left, Number) and left.value < 0 else _within(left, TIGHT)
            return f"{base}^{_within(right, TIGHT)}", POWER
        case Operation(sign, left, right):
            strength = STRENGTH[sign]
            gap = " " if strength == SUM else ""
            # a - (b + c) and a / (b * c) keep their brackets; so do a + (b + c), since the order of adding matters.
            return f"{_within(left, strength)}{gap}{sign}{gap}{_within(right, strength + 1)}", strength
        case Call(function, arguments):
            return f"{function}({', '.join(text(argument) for argument in arguments)})", TIGHT
        case Choice(comparison, left, right, then, otherwise):
            condition = f"{_within(left, SUM)} {comparison} {_within(right, SUM)}"
            return f"(IF {condition} THEN {_within(then, SUM)} ELSE {_within(otherwise, SUM)})", TIGHT
    raise ValueError("a table is the whole of a variable in XMILE, never a part of an equation")


def _within(node: Node, wanted: int) -> str:
    written, strength = _text(node)
    return written if strength >= wanted else f"({written})"
