"""From declarations and inputs to a model that can run: every problem of names, axes and cycles, all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from regionsim.engine.graph import cycles, evaluation_order, upstream
from regionsim.language.axes import AXES, position
from regionsim.language.declarations import (
    CLOCK,
    INITIAL,
    Declaration,
    Equation,
    Ledger,
    Stock,
    short_path,
)
from regionsim.language.functions import ReadingError
from regionsim.language.inputs import AnyInput, Path
from regionsim.language.readings import axes_of
from regionsim.language.syntax import expression, problems_of
from regionsim.problems import Problem, ProblemsError, nearest_name


@dataclass(frozen=True)
class Model:
    """A model ready to run.

    The equations stand in the order of evaluation and in four groups: `fixed` depend on constants and starting
    values only and are evaluated once; `held` depend on step paths besides and are evaluated when one of them
    changes; `moving` are evaluated at every stage of every step; `reported` move too, but no stock or ledger depends
    on them, so that they are evaluated only when a result is taken. `start_order` is the order at the start, where
    stocks are nodes like equations. `initial_names` are the variables whose value at the start some equation asks
    for as `initial_<name>`.
    """

    stocks: Mapping[str, Stock]
    equations: Mapping[str, Equation]
    ledgers: Mapping[str, Ledger]
    inputs: Mapping[str, AnyInput] = field(repr=False)
    labels: Mapping[str, tuple[str, ...]] = field(repr=False)
    fixed: tuple[Equation, ...]
    held: tuple[Equation, ...]
    moving: tuple[Equation, ...]
    reported: tuple[Equation, ...]
    start_order: tuple[str, ...]
    initial_names: tuple[str, ...]

    @property
    def inputs_of(self) -> dict[str, tuple[str, ...]]:
        """The influence graph: for each stock and equation the names it depends on; a stock on its flows."""
        graph: dict[str, tuple[str, ...]] = {name: s.inflows + s.outflows for name, s in self.stocks.items()}
        graph |= {name: e.arguments for name, e in self.equations.items()}
        return graph

    def find(self, name: str) -> Declaration | AnyInput:
        """The stock, equation, ledger or input of that name. Raises KeyError(nearest name or empty)."""
        for group in (self.stocks, self.equations, self.ledgers, self.inputs):
            if name in group:
                return group[name]
        known = [*self.stocks, *self.equations, *self.ledgers, *self.inputs]
        raise KeyError(nearest_name(name, known))


def compile_model(
    declarations: Iterable[Declaration],
    inputs: Mapping[str, AnyInput],
    labels: Mapping[str, tuple[str, ...]],
    *,
    used_elsewhere: Collection[str] = (),
) -> Model:
    """Check the declarations against each other and against the inputs, and put the equations in order.

    `labels` gives the elements of each axis in use; `used_elsewhere` names inputs that need no equation to read
    them, because other inputs are made from them. Raises ProblemsError with all problems found: unknown and
    duplicate names, unused inputs, missing units, what the language does not allow, wrong axes, cycles without
    a stock, starting values that depend on themselves.
    """
    declarations = tuple(declarations)
    problems = _duplicates(declarations, inputs)
    stocks = {d.name: d for d in declarations if isinstance(d, Stock)}
    equations = {d.name: d for d in declarations if isinstance(d, Equation)}
    ledgers = {d.name: d for d in declarations if isinstance(d, Ledger)}
    names = _Names(stocks, equations, inputs)

    for declaration in declarations:
        if not declaration.unit.strip():
            problems.append(_problem(declaration, "the unit is missing", expected='a unit, or "dimensionless"'))
    for equation in equations.values():
        problems += problems_of(equation)
        problems += names.unknown(equation, equation.arguments)
    for stock in stocks.values():
        problems += names.unknown(stock, names.start_of(stock))
        problems += names.flows(stock, stock.inflows + stock.outflows)
        if isinstance(stock.initial, int) and stock.initial not in (0, 1):
            problems.append(_problem(stock, "starting value", str(stock.initial), "a name, 0 or 1"))
        if not stock.about:
            problems.append(_problem(stock, "the stock has no description"))
    for ledger in ledgers.values():
        problems += names.flows(ledger, ledger.inflows + ledger.outflows)
        for name in ledger.stocks:
            if name not in stocks:
                problems.append(_problem(ledger, f"'{name}' is not a stock", nearest=nearest_name(name, stocks)))
    problems += names.unused(used_elsewhere)
    if problems:
        # Axes and orders of a model with unknown names would only repeat the same problems in other words.
        raise ProblemsError(problems)

    problems += [problem for equation in equations.values() for problem in _axes_problems(equation, names)]
    problems += [problem for stock in stocks.values() for problem in _stock_axes_problems(stock, names)]
    step_graph = {name: [a for a in e.arguments if a in equations] for name, e in equations.items()}
    for cycle in cycles(step_graph):
        problems.append(
            _problem(equations[cycle[0]], "cycle without a stock", found=" -> ".join(cycle), expected="a stock in it")
        )
    start_graph = {name: [names.at_start(a) for a in e.arguments] for name, e in equations.items()}
    start_graph |= {name: [names.at_start(a) for a in names.start_of(s)] for name, s in stocks.items()}
    if not problems:
        for cycle in cycles(start_graph):
            first = stocks.get(cycle[0]) or equations[cycle[0]]
            problems.append(_problem(first, "the starting value depends on itself", found=" -> ".join(cycle)))
    problems += _label_problems(declarations, inputs, labels)
    if problems:
        raise ProblemsError(problems)

    order = [equations[name] for name in evaluation_order(step_graph)]
    level = _levels(order, inputs)
    flows = [flow for stock in stocks.values() for flow in stock.inflows + stock.outflows]
    flows += [flow for ledger in ledgers.values() for flow in ledger.inflows + ledger.outflows]
    needed = upstream(step_graph, flows)
    return Model(
        stocks=stocks,
        equations={e.name: e for e in order},
        ledgers=ledgers,
        inputs=dict(inputs),
        labels=dict(labels),
        fixed=tuple(e for e in order if level[e.name] == 0),
        held=tuple(e for e in order if level[e.name] == 1),
        moving=tuple(e for e in order if level[e.name] == 2 and e.name in needed),
        reported=tuple(e for e in order if level[e.name] == 2 and e.name not in needed),
        start_order=tuple(evaluation_order(start_graph)),
        initial_names=tuple(names.initial_names()),
    )


def _levels(order: Iterable[Equation], inputs: Mapping[str, AnyInput]) -> dict[str, int]:
    """0 fixed for the run, 1 held within a step, 2 moving, for each equation, of equations in their order."""
    level: dict[str, int] = {}
    for equation in order:
        levels = [0]
        for argument in equation.arguments:
            if argument in level:
                levels.append(level[argument])
            elif argument in inputs:
                value = inputs[argument]
                levels.append((1 if value.kind == "step" else 2) if isinstance(value, Path) else 0)
            elif argument in CLOCK:
                levels.append(2)
            else:
                levels.append(0 if argument.startswith(INITIAL) else 2)
        level[equation.name] = max(levels)
    return level


class _Names:
    """What each name stands for."""

    def __init__(
        self, stocks: Mapping[str, Stock], equations: Mapping[str, Equation], inputs: Mapping[str, AnyInput]
    ) -> None:
        self.stocks, self.equations, self.inputs = stocks, equations, inputs
        self.variables = {**stocks, **equations}
        self.known = {*self.variables, *inputs, *CLOCK}

    def base(self, name: str) -> str:
        """The variable that `initial_<variable>` is the starting value of, or the empty string."""
        rest = name.removeprefix(INITIAL)
        return rest if name not in self.known and name.startswith(INITIAL) and rest in self.variables else ""

    def start_of(self, stock: Stock) -> tuple[str, ...]:
        """The name of the stock's starting value, if it is not a number."""
        return (stock.initial,) if isinstance(stock.initial, str) else ()

    def at_start(self, name: str) -> str:
        return self.base(name) or name

    def initial_names(self) -> list[str]:
        asked = [a for e in self.equations.values() for a in e.arguments]
        asked += [a for s in self.stocks.values() for a in self.start_of(s)]
        return sorted({self.base(name) for name in asked} - {""})

    def axes(self, name: str) -> frozenset[str]:
        name = self.at_start(name)
        if name in CLOCK:
            return frozenset()
        return frozenset((self.variables.get(name) or self.inputs[name]).over)

    def unknown(self, declaration: Declaration, asked: Iterable[str]) -> list[Problem]:
        return [
            _problem(declaration, f"unknown name '{name}'", nearest=nearest_name(name, self.known))
            for name in asked
            if name not in self.known and not self.base(name)
        ]

    def flows(self, declaration: Stock | Ledger, asked: Iterable[str]) -> list[Problem]:
        return [
            _problem(declaration, f"the flow '{name}' is not an equation", nearest=nearest_name(name, self.equations))
            for name in asked
            if name not in self.equations
        ]

    def unused(self, used_elsewhere: Collection[str]) -> list[Problem]:
        used = {a for e in self.equations.values() for a in e.arguments} | set(used_elsewhere)
        used |= {a for s in self.stocks.values() for a in self.start_of(s)}
        return [
            Problem(short_path(value.file) if value.file else "inputs", value.line, f"'{name}' is used by no equation")
            for name, value in self.inputs.items()
            if name not in used
        ]


def _problem(declaration: Declaration, what: str, found: str = "", expected: str = "", nearest: str = "") -> Problem:
    return Problem(
        short_path(declaration.file), declaration.line, f"{declaration.name}: {what}", found, expected, nearest
    )


def _duplicates(declarations: Iterable[Declaration], inputs: Mapping[str, AnyInput]) -> list[Problem]:
    problems = []
    first: dict[str, str] = {name: f"{short_path(v.file)}:{v.line}" for name, v in inputs.items()}
    first |= dict.fromkeys(CLOCK, "the model's clock")
    for declaration in declarations:
        if declaration.name in first:
            problems.append(_problem(declaration, "the name is taken", found=f"also at {first[declaration.name]}"))
        first[declaration.name] = declaration.place
    return problems


def _text(axes: Iterable[str]) -> str:
    return ", ".join(sorted(axes, key=position)) or "no axis"


def _axes_problems(equation: Equation, names: _Names) -> list[Problem]:
    try:
        found = axes_of(expression(equation), {name: names.axes(name) for name in equation.arguments})
    except ReadingError as error:
        return [_problem(equation, str(error))]
    if found != frozenset(equation.over):
        return [_problem(equation, "axes of the expression", found=_text(found), expected=_text(equation.over))]
    return []


def _stock_axes_problems(stock: Stock, names: _Names) -> list[Problem]:
    problems = []
    for name in (*names.start_of(stock), *stock.inflows, *stock.outflows):
        if names.axes(name) != frozenset(stock.over):
            problems.append(_problem(stock, f"axes of '{name}'", _text(names.axes(name)), _text(stock.over)))
    return problems


def _label_problems(
    declarations: Iterable[Declaration], inputs: Mapping[str, AnyInput], labels: Mapping[str, tuple[str, ...]]
) -> list[Problem]:
    problems = []
    for declaration in declarations:
        for axis in declaration.over:
            if axis not in labels:
                problems.append(_problem(declaration, f"axis '{axis}' has no elements in this model"))
    for name, value in inputs.items():
        for axis in value.over:
            size = value.values.shape[position(axis) - len(AXES)] if axis in labels else 0
            if axis not in labels or size != len(labels[axis]):
                wanted = str(len(labels[axis])) if axis in labels else "no such axis in this model"
                problems.append(
                    Problem(short_path(value.file), value.line, f"size of '{name}' along {axis}", str(size), wanted)
                )
    return problems
