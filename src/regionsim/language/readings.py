"""Readings of an equation's syntax tree other than running it: which axes the result has, and which unit."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from regionsim.language.functions import FUNCTIONS, Axes, ReadingError, UnitAlgebra


def axes_of(node: ast.expr, axes: Mapping[str, Axes]) -> Axes:
    """The axes of an expression, given the axes of its names. Raises ReadingError where it has no meaning."""
    match node:
        case ast.Name(id=name):
            return axes[name]
        case ast.Constant():
            return frozenset()
        case ast.BinOp(left=left, right=right):
            return axes_of(left, axes) | axes_of(right, axes)
        case ast.UnaryOp(operand=operand):
            return axes_of(operand, axes)
        case ast.Compare(left=left, comparators=[right]):
            return axes_of(left, axes) | axes_of(right, axes)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
            arguments = [_text_or(part, lambda part: axes_of(part, axes)) for part in args]
            named = {str(keyword.arg): axes_of(keyword.value, axes) for keyword in keywords}
            return FUNCTIONS[name].axes(arguments, named)
    raise AssertionError(ast.dump(node))


def unit_of(node: ast.expr, units: Mapping[str, Any], algebra: UnitAlgebra) -> Any:
    """The unit of an expression, given the units of its names. Raises ReadingError with both sides' text."""
    match node:
        case ast.Name(id=name):
            return units[name]
        case ast.Constant(value=value):
            return None if value == 0 else algebra.power(None, 0)
        case ast.UnaryOp(operand=operand):
            return unit_of(operand, units, algebra)
        case ast.Compare(left=left, comparators=[right]):
            return _same(node, left, right, units, algebra)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            return _same(node, left, right, units, algebra)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return algebra.product(unit_of(left, units, algebra), unit_of(right, units, algebra))
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            divisor = algebra.power(unit_of(right, units, algebra), -1)
            return algebra.product(unit_of(left, units, algebra), divisor)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            base = unit_of(left, units, algebra)
            if isinstance(right, ast.Constant) and isinstance(right.value, int | float):
                return algebra.power(base, float(right.value))
            algebra.dimensionless(unit_of(right, units, algebra), f"the exponent '{ast.unparse(right)}'")
            return algebra.dimensionless(base, f"'{ast.unparse(left)}', raised to the power '{ast.unparse(right)}',")
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
            arguments = [_text_or(part, lambda part: unit_of(part, units, algebra)) for part in args]
            named = {str(keyword.arg): unit_of(keyword.value, units, algebra) for keyword in keywords}
            try:
                return FUNCTIONS[name].units(arguments, named, algebra)
            except ReadingError as error:
                raise ReadingError(f"in '{ast.unparse(node)}': {error}") from None
    raise AssertionError(ast.dump(node))


def _same(node: ast.expr, left: ast.expr, right: ast.expr, units: Mapping[str, Any], algebra: UnitAlgebra) -> Any:
    sides = [unit_of(left, units, algebra), unit_of(right, units, algebra)]
    try:
        return algebra.same(sides, "both sides")
    except ReadingError as error:
        raise ReadingError(f"in '{ast.unparse(node)}': {error}") from None


def _text_or(part: ast.expr, read: Any) -> Any:
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else read(part)
