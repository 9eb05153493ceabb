"""What each function of the language is in XMILE: the reading of an equation beside numbers, axes and units.

Sums are spelled out, one term per element: no way of writing a sum along a dimension is read alike by all readers.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from regionsim.export.xmile import tree
from regionsim.export.xmile.tree import Index, Node
from regionsim.language.inputs import Table

# Where each axis is read: at an element, or along a dimension.
Place = Mapping[str, Index]


class Reader(Protocol):
    """What a function's reading may ask for."""

    def read(self, node: ast.expr, at: Place) -> Node: ...
    def elements(self, axis: str) -> Sequence[Index]: ...
    def table(self, name: str) -> Table: ...


Reading = Callable[[ast.Call, Place, Reader], Node]

COMPARISONS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.Gt: ">", ast.LtE: "<=", ast.GtE: ">="}


def _text(node: ast.expr) -> str:
    assert isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value


def _own(function: str) -> Reading:
    """A function that XMILE has under another name."""
    return lambda node, at, reader: tree.call(function, *(reader.read(part, at) for part in node.args))


def _where(node: ast.Call, at: Place, reader: Reader) -> Node:
    compare, then, otherwise = node.args
    assert isinstance(compare, ast.Compare)
    return tree.choice(
        COMPARISONS[type(compare.ops[0])],
        reader.read(compare.left, at),
        reader.read(compare.comparators[0], at),
        reader.read(then, at),
        reader.read(otherwise, at),
    )


def _ratio(node: ast.Call, at: Place, reader: Reader) -> Node:
    numerator, denominator, otherwise = (reader.read(part, at) for part in node.args)
    return tree.choice("=", denominator, tree.ZERO, otherwise, tree.over(numerator, denominator))


def _total(node: ast.Call, at: Place, reader: Reader) -> Node:
    axis = _text(node.args[1])
    terms = (reader.read(node.args[0], {**at, axis: element}) for element in reader.elements(axis))
    return tree.added(terms)


def _select(node: ast.Call, at: Place, reader: Reader) -> Node:
    axis, label = _text(node.args[1]), _text(node.args[2])
    return reader.read(node.args[0], {**at, axis: Index(label)})


def _along(node: ast.Call, at: Place, reader: Reader) -> Node:
    part = {keyword.arg: keyword.value for keyword in node.keywords}[at[_text(node.args[0])].name]
    return reader.read(part, at)


def _at_destination(node: ast.Call, at: Place, reader: Reader) -> Node:
    return reader.read(node.args[0], {**at, "county": at["destination"]})


def _arrivals(node: ast.Call, at: Place, reader: Reader) -> Node:
    movers, share = node.args
    here = at["county"]
    terms = (
        tree.times(
            reader.read(movers, {**at, "county": origin}),
            reader.read(share, {**at, "county": origin, "destination": here}),
        )
        for origin in reader.elements("county")
    )
    return tree.added(terms)


def _lookup(node: ast.Call, at: Place, reader: Reader) -> Node:
    table, argument = node.args
    assert isinstance(table, ast.Name)
    return tree.graph(reader.table(table.id), reader.read(argument, at))


READINGS: dict[str, Reading] = {
    "minimum": _own("MIN"),
    "maximum": _own("MAX"),
    "exp": _own("EXP"),
    "log": _own("LN"),
    "sqrt": _own("SQRT"),
    "where": _where,
    "ratio": _ratio,
    "total": _total,
    "select": _select,
    "along": _along,
    "at_destination": _at_destination,
    "arrivals": _arrivals,
    "lookup": _lookup,
}


def read_expression(node: ast.expr, at: Place, reader: Reader, name: Callable[[str, Place], Node]) -> Node:
    """An expression of the language as XMILE has it; `name` gives what stands for a name at a place."""
    match node:
        case ast.Name(id=word):
            return name(word, at)
        case ast.Constant(value=int() | float() as value):
            return tree.Number(float(value))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return tree.negative(reader.read(operand, at))
        case ast.BinOp(left=left, op=operator, right=right):
            return OPERATIONS[type(operator)](reader.read(left, at), reader.read(right, at))
        case ast.Call(func=ast.Name(id=word)):
            return READINGS[word](node, at, reader)
    raise AssertionError(ast.dump(node))


OPERATIONS: dict[type[ast.operator], Callable[[Node, Node], Node]] = {
    ast.Add: tree.plus,
    ast.Sub: tree.minus,
    ast.Mult: tree.times,
    ast.Div: tree.over,
    ast.Pow: tree.power,
}
