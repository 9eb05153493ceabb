"""How the equations of a model use each other's names: what is better written into its readers than kept by itself.

Every element of every variable takes one of the slots that a reader has, and time in those that are slow with arrays.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from regionsim.engine.compile import Model
from regionsim.export.xmile.variables import MOST_DIMENSIONS, printed_order
from regionsim.language.inputs import Constant
from regionsim.language.syntax import expression


def read_once(model: Model) -> set[str]:
    """Equations over two dimensions that stand in one place only, in one other equation or as one start of a stock."""
    counted: Counter[str] = Counter(stock.initial for stock in model.stocks.values() if isinstance(stock.initial, str))
    for equation in model.equations.values():
        body = expression(equation)
        counted.update(_names(body))
        for node in ast.walk(body):
            if _called(node) == "ratio":  # its denominator is written twice
                assert isinstance(node, ast.Call)
                counted.update(_names(node.args[1]))
    return {
        name
        for name, equation in model.equations.items()
        if counted[name] == 1 and name not in model.initial_names and _is_wide(equation.over)
    }


def summed(model: Model) -> set[str]:
    """Constants and equations over two dimensions that only sums along one of these read, directly or not.

    Of a relation with few pairs, such as which county lies on which reach, such a sum needs the pairs alone.
    """
    over = {name: value.over for name, value in model.inputs.items() if isinstance(value, Constant)}
    over |= {name: equation.over for name, equation in model.equations.items()}
    kept = {name for name, axes in over.items() if _is_wide(axes)}
    kept -= {flow for stock in model.stocks.values() for flow in (*stock.inflows, *stock.outflows, stock.initial)}
    kept -= set(model.initial_names)
    while True:
        outside: set[str] = set()
        for name, equation in model.equations.items():
            if name in kept:
                continue
            for found, along in _read_in(expression(equation), frozenset()):
                # Written out for every pair of a wide equation, the terms would be more than they save.
                if found in kept and (_is_wide(equation.over) or not along.intersection(over[found])):
                    outside.add(found)
        if not outside:
            return kept
        kept -= outside


def _read_in(node: ast.AST, along: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Every name in an expression, with the axes that are summed where it stands."""
    called = _called(node)
    if called == "total":
        assert isinstance(node, ast.Call) and isinstance(node.args[1], ast.Constant)
        along |= {str(node.args[1].value)}
    elif called == "arrivals" or (called == "at_destination" and "destination" in along):
        along |= {"county"}
    if isinstance(node, ast.Name):
        yield node.id, along
    for below in ast.iter_child_nodes(node):
        yield from _read_in(below, along)


def _called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _names(node: ast.AST) -> list[str]:
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]


def _is_wide(over: tuple[str, ...]) -> bool:
    return len(printed_order(over)) == MOST_DIMENSIONS
