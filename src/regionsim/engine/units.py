"""The units reading of a whole model: every equation, every stock's flows, every ledger."""

from __future__ import annotations

from typing import Any

from regionsim.engine.compile import Model
from regionsim.language.declarations import CLOCK, Declaration, short_path
from regionsim.language.functions import ReadingError
from regionsim.language.inputs import Table
from regionsim.language.readings import unit_of
from regionsim.language.syntax import expression
from regionsim.language.units import parse_unit, registry
from regionsim.problems import Problem


class PintAlgebra:
    """Units as pint quantities of magnitude 1; None stands for a bare 0, which has any unit.

    pint converts ha + mu in silence, the numbers do not: two units are the same only if their ratio is exactly 1.
    """

    def __init__(self, tables: dict[str, tuple[Any, Any]]) -> None:
        self.tables = tables
        self.one = registry().Unit("dimensionless")

    def same(self, units: list[Any], what: str) -> Any:
        known = [unit for unit in units if unit is not None]
        for unit in known[1:]:
            if not self.equal(known[0], unit):
                raise ReadingError(f"{what} must have one unit, found [{show(known[0])}] and [{show(unit)}]")
        return known[0] if known else None

    def dimensionless(self, unit: Any, what: str) -> Any:
        if unit is not None and not self.equal(unit, self.one):
            raise ReadingError(f"{what} needs a dimensionless value, found [{show(unit)}]")
        return self.one

    def product(self, left: Any, right: Any) -> Any:
        return None if left is None or right is None else left * right

    def power(self, unit: Any, exponent: float) -> Any:
        return self.one if unit is None else unit**exponent

    def table(self, table: Any, argument: Any) -> Any:
        unit, wanted = table
        if argument is not None and not self.equal(argument, wanted):
            raise ReadingError(f"the table is read at [{show(wanted)}], found [{show(argument)}]")
        return unit

    def equal(self, left: Any, right: Any) -> bool:
        """Whether two units have the same dimension and the same size."""
        ratio = (1 * left / right).to_base_units()
        return bool(ratio.dimensionless and abs(ratio.magnitude - 1) < 1e-12)


def show(unit: Any) -> str:
    """A unit as messages show it."""
    return f"{unit:~C}" if unit is not None else "any"


def check_units(model: Model) -> list[Problem]:
    """Every equation, stock and ledger whose units do not agree, with file, line and both sides."""
    problems: list[Problem] = []
    units: dict[str, Any] = {name: parse_unit(unit) for name, unit in CLOCK.items()}
    tables: dict[str, tuple[Any, Any]] = {}
    for declaration in (*model.stocks.values(), *model.equations.values(), *model.inputs.values()):
        try:
            units[declaration.name] = parse_unit(declaration.unit)
            if isinstance(declaration, Table):
                tables[declaration.name] = (units[declaration.name], parse_unit(declaration.argument_unit))
        except ValueError as error:
            problems.append(Problem(short_path(declaration.file), declaration.line, f"{declaration.name}: {error}"))
    for name in model.initial_names:
        units[f"initial_{name}"] = units.get(name)
    if problems:
        return problems
    algebra = PintAlgebra(tables)
    year = parse_unit("year")
    for equation in model.equations.values():
        known = {name: tables.get(name, units[name]) for name in equation.arguments}
        try:
            found = unit_of(expression(equation), known, algebra)
            if found is not None and not algebra.equal(found, units[equation.name]):
                problems.append(_problem(equation, "unit of the expression", f"[{show(found)}]", f"[{equation.unit}]"))
        except ReadingError as error:
            problems.append(_problem(equation, str(error)))
    for stock in model.stocks.values():
        number = algebra.one if stock.initial else None  # a bare 0 has any unit
        start = units[stock.initial] if isinstance(stock.initial, str) else number
        if start is not None and not algebra.equal(start, units[stock.name]):
            what = f"unit of the starting value '{stock.initial}'"
            problems.append(_problem(stock, what, f"[{show(start)}]", f"[{stock.unit}]"))
        problems += _flows(stock, stock.inflows + stock.outflows, units, units[stock.name] / year, algebra)
    for ledger in model.ledgers.values():
        unit = parse_unit(ledger.unit)
        for name in ledger.stocks:
            if not algebra.equal(units[name], unit):
                problems.append(_problem(ledger, f"unit of '{name}'", f"[{show(units[name])}]", f"[{ledger.unit}]"))
        problems += _flows(ledger, ledger.inflows + ledger.outflows, units, unit / year, algebra)
    return problems


def _flows(
    declaration: Declaration, flows: tuple[str, ...], units: dict[str, Any], wanted: Any, algebra: PintAlgebra
) -> list[Problem]:
    return [
        _problem(declaration, f"unit of the flow '{name}'", f"[{show(units[name])}]", f"[{show(wanted)}]")
        for name in flows
        if not algebra.equal(units[name], wanted)
    ]


def _problem(declaration: Declaration, what: str, found: str = "", expected: str = "") -> Problem:
    return Problem(short_path(declaration.file), declaration.line, f"{declaration.name}: {what}", found, expected)
