"""From a compiled model to the variables of a document, read from the same syntax trees that run."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import product

from regionsim.engine.compile import Model
from regionsim.engine.graph import upstream
from regionsim.export.xmile import tree
from regionsim.export.xmile.asides import Asides
from regionsim.export.xmile.functions import Place, read_expression
from regionsim.export.xmile.inputs import TIME, Cell, InputCells, Sparse, is_sparse
from regionsim.export.xmile.limits import refuse_shared_names, refuse_what_is_too_wide
from regionsim.export.xmile.tree import Index, Node, Number, Reference
from regionsim.export.xmile.uses import read_once, summed
from regionsim.export.xmile.variables import (
    UNROLLED,
    Labels,
    Names,
    Variable,
    printed_order,
    suffixed,
)
from regionsim.language.declarations import CLOCK, INITIAL, Equation, Stock
from regionsim.language.inputs import Constant, Table
from regionsim.language.syntax import expression

SCALAR_STOCK = Variable(
    name="scalar_stock",
    about="A stock without dimensions, which stays at 0: some readers need one.",
    unit="dimensionless",
    source="scalar_stock",
    kind="stock",
    body=tree.ZERO,
)


def variables_of(
    model: Model, names: Names, start: float, end: float, shown: Collection[str] = ()
) -> tuple[Variable, ...]:
    """The stocks, the equations named in `shown`, and all that they need, each after what it is made of.

    Raises ProblemsError for what has more than two dimensions, and where two things would have one name.
    """
    return _Builder(model, names, start, end, shown).build()


class _NeedsElementsError(Exception):
    """An expression reads a relation along a dimension, of which only single pairs are known."""


class _Builder:
    """Makes each variable when it is first asked for, and keeps it."""

    def __init__(self, model: Model, names: Names, start: float, end: float, shown: Collection[str]) -> None:
        self.model = model
        self.names = names
        self.inputs = InputCells(names, start, end)
        self.flows = {flow for stock in model.stocks.values() for flow in stock.inflows + stock.outflows}
        self.whole = {*self.flows, *shown}
        self.shown = tuple(shown)
        self.fixed = {equation.name for equation in model.fixed}
        self.once = read_once(model) - self.whole
        self.summed = summed(model) - self.whole
        self.cells: dict[tuple[str, Labels], Cell] = {}
        self.made: dict[str, Variable] = {}
        self.asides = Asides()
        self.doubled: set[str] = set()
        self.written: list[list[str]] = []

    def build(self) -> tuple[Variable, ...]:
        refuse_what_is_too_wide(self.model)
        roots = [
            self._stock(stock, labels)
            for stock in self.model.stocks.values()
            for labels in self.names.unrolled(stock.over)
        ]
        for name in self.shown:
            for labels in self.names.unrolled(self.model.equations[name].over):
                cell = self._cell(name, labels)
                assert isinstance(cell, tuple)
                roots += cell
        refuse_shared_names(self.doubled | self.inputs.doubled | (set(self.made) & set(self.inputs.variables)))
        known = {**self.inputs.variables, **self.made}
        needs = {name: variable.needs for name, variable in known.items()}
        wanted = upstream(needs, [root.name for root in roots])
        found = tuple(variable for name, variable in known.items() if name in wanted)
        scalar = any(variable.kind == "stock" and not variable.dimensions for variable in found)
        return found if scalar else (SCALAR_STOCK, *found)

    # --- reading expressions ------------------------------------------------------------------------------------------

    def read(self, node: ast.expr, at: Place) -> Node:
        return read_expression(node, at, self, self._name)

    def elements(self, axis: str) -> Sequence[Index]:
        return [Index(name) for name in self.names.elements(axis)]

    def table(self, name: str) -> Table:
        table = self.model.inputs[name]
        assert isinstance(table, Table)
        return table

    def _name(self, name: str, at: Place) -> Node:
        if name in CLOCK:
            return TIME
        if name in self.once:
            self.written[-1].append(name)
            equation = self.model.equations[name]
            return self.read(expression(equation), {axis: at[axis] for axis in equation.over})
        over = self._over(name)
        labels = tuple((axis, at[axis].name) for axis in over if axis in UNROLLED)
        found: Node = tree.ONE
        cell = self._cell(name, labels)
        if isinstance(cell, Number):
            return cell
        if isinstance(cell, Sparse):
            where = [at[axis] for axis in cell.axes]
            if any(index.runs for index in where):
                raise _NeedsElementsError
            self.written[-1].append(name)
            return cell.bodies.get(tuple(index.name for index in where), tree.ZERO)
        for variable in cell:
            if variable.source not in (name, ""):
                self.written[-1].append(name)
            found = tree.times(found, variable.read_at(at))
        return found

    def _over(self, name: str) -> tuple[str, ...]:
        for group in (self.model.stocks, self.model.equations, self.model.inputs):
            if name in group:
                return group[name].over
        return self._over(name.removeprefix(INITIAL))

    def _cell(self, name: str, labels: Labels) -> Cell:
        key = name, labels
        if key not in self.cells:
            if name in self.model.stocks:
                self.cells[key] = (self._as_read(self.model.stocks[name], labels),)
            elif name in self.model.equations:
                self.cells[key] = self._equation(name, labels)
            elif name in self.model.inputs:
                value = self.model.inputs[name]
                assert not isinstance(value, Table)
                self.cells[key] = self.inputs.cell(value, labels, sparse=name in self.summed)
            else:
                self.cells[key] = self._initial(name.removeprefix(INITIAL), labels)
        return self.cells[key]

    # --- what the model declares --------------------------------------------------------------------------------------

    def _as_read(self, stock: Stock, labels: Labels) -> Variable:
        """A stock as others refer to it: its name and its dimensions."""
        return Variable(
            name=suffixed(stock.name, labels),
            about=stock.about,
            unit=stock.unit,
            source=stock.name,
            labels=labels,
            axes=printed_order(stock.over),
            dimensions=self._dimensions(stock.over, printed_order(stock.over)),
            kind="stock",
            body=tree.ZERO,
        )

    def _stock(self, stock: Stock, labels: Labels) -> Variable:
        """A stock and its flows; a flow that is known to be 0 is left out."""
        place = self.names.place(stock.over, labels)
        self.written.append([])
        initial = self._name(stock.initial, place) if isinstance(stock.initial, str) else Number(float(stock.initial))
        flows: dict[str, list[Variable]] = {}
        for flow in stock.inflows + stock.outflows:
            cell = self._cell(flow, labels)
            assert not isinstance(cell, Sparse)
            flows[flow] = [] if isinstance(cell, Number) else [replace(variable, kind="flow") for variable in cell]
        for flow, variables in flows.items():
            self.made |= {variable.name: variable for variable in variables}
            self.written[-1] += [flow for variable in variables if variable.source != flow]
        variable = replace(
            self._as_read(stock, labels),
            body=initial,
            inflows=tuple(variable.name for flow in stock.inflows for variable in flows[flow]),
            outflows=tuple(variable.name for flow in stock.outflows for variable in flows[flow]),
            written=tuple(dict.fromkeys(self.written.pop())),
        )
        return self._keep(variable)

    def _equation(self, name: str, labels: Labels) -> Cell:
        """An equation. It loses each axis on which nothing in it depends, unless it is a flow or shown."""
        equation = self.model.equations[name]
        axes = printed_order(equation.over)
        self.written.append([])
        try:
            body: Node | Mapping[tuple[str, ...], Node] = self.read(
                expression(equation), self.names.place(equation.over, labels)
            )
        except _NeedsElementsError:
            body = self._by_elements(equation, labels)
        written = tuple(dict.fromkeys(self.written.pop()))
        if isinstance(body, Mapping):
            if name in self.summed and is_sparse(body):
                return Sparse(axes, {at: node for at, node in body.items() if node != tree.ZERO})
        elif isinstance(body, Number) and name not in self.shown and (name not in self.flows or body == tree.ZERO):
            return body
        elif (other := self._same(equation, labels, body)) is not None:
            return (other,)
        elif name not in self.whole:
            running = tree.running(body)
            axes = tuple(a for a in axes if Index(self.names.dimension(a, equation.over), runs=True) in running)
        variable = Variable(
            name=suffixed(name, labels),
            about=equation.about,
            unit=equation.unit,
            source=name,
            labels=labels,
            axes=axes,
            dimensions=self._dimensions(equation.over, axes),
            body=body,
            written=written,
        )
        alike = bool(axes) and not isinstance(body, Number | Mapping) and not tree.running(body)
        return (self._keep(self._spread(variable) if alike else variable),)

    def _spread(self, variable: Variable) -> Variable:
        """The same value for every element, worked out once: PySD does not spread a value read from a table."""
        once = replace(
            variable,
            name=f"{variable.name}_everywhere",
            about=f"{variable.about} The same for every element.",
            source="",
            axes=(),
            dimensions=(),
        )
        found = Reference(self._keep(once).name)
        elements = product(*(self.names.elements(axis) for axis in variable.axes))
        return replace(variable, body=dict.fromkeys(elements, found), written=())

    def _by_elements(self, equation: Equation, labels: Labels) -> dict[tuple[str, ...], Node]:
        """An equation written out element by element, where it reads a relation of which only the pairs are known."""
        axes = printed_order(equation.over)
        place = self.names.place((), labels)
        return {
            at: self.read(expression(equation), {**place, **dict(zip(axes, map(Index, at), strict=True))})
            for at in product(*(self.names.elements(axis) for axis in axes))
        }

    def _same(self, equation: Equation, labels: Labels, body: Node) -> Variable | None:
        """The equation that another one only repeats, as people who leave one stock are those who enter the next."""
        if equation.name in self.shown or not isinstance(body, Reference) or body.name not in self.made:
            return None
        other = self.made[body.name]
        dimensions = self._dimensions(equation.over, printed_order(equation.over))
        along = tuple(Index(dimension, runs=True) for dimension in dimensions)
        if other.source not in self.model.equations or other.dimensions != dimensions or body.at != along:
            return None
        both = {equation.name, other.source}
        flows = (both <= {*stock.inflows, *stock.outflows} for stock in self.model.stocks.values())
        return None if other.labels == labels and any(flows) else other

    def _initial(self, name: str, labels: Labels) -> Cell:
        """What a variable was at the start: by INIT, but for what never moves and what starts from an input."""
        if name in self.model.stocks:
            start = self.model.stocks[name].initial
            if isinstance(start, int):
                return Number(float(start))
            if isinstance(self.model.inputs.get(start), Constant):
                return self._cell(start, labels)
        cell = self._cell(name, labels)
        if isinstance(cell, Number) or name in self.fixed:
            return cell
        assert not isinstance(cell, Sparse)
        (variable,) = cell
        running = tuple(Index(dimension, runs=True) for dimension in variable.dimensions)
        initial = replace(
            variable,
            name=INITIAL + variable.name,
            about=f"At the start: {variable.about}",
            source=INITIAL + variable.source,
            kind="aux",
            body=tree.Call("INIT", (Reference(variable.name, running),)),
            table=None,
            inflows=(),
            outflows=(),
            written=(),
        )
        return (self._keep(initial),)

    def _keep(self, variable: Variable) -> Variable:
        """The variable as it is printed, kept with the parts that stand aside from it."""
        *aside, kept = self.asides.split(variable)
        for part in (*aside, kept):
            self.made.setdefault(part.name, part)
            if (self.made[part.name].source, self.made[part.name].labels) != (part.source, part.labels):
                self.doubled.add(part.name)
        return kept

    def _dimensions(self, over: tuple[str, ...], axes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.names.dimension(axis, over) for axis in axes)
