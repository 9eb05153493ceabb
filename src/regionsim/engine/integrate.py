"""Run a compiled model: fixed steps by Euler or RK4, checked and accounted for at every step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model
from regionsim.engine.driven import driven_from_outside
from regionsim.engine.guard import Guard
from regionsim.language.axes import AXES, position, squeeze_to
from regionsim.language.declarations import CLOCK, INITIAL, STEP_START, TIME, Declaration, Equation, Stock
from regionsim.language.inputs import Constant, Path, Table

Array = NDArray[np.float64]
Method = Literal["euler", "rk4"]

# Share of each stage in the step, and how far into the step it is taken.
STAGES: dict[str, tuple[tuple[float, float], ...]] = {
    "euler": ((1.0, 0.0),),
    "rk4": ((1 / 6, 0.0), (1 / 3, 0.5), (1 / 3, 0.5), (1 / 6, 1.0)),
}


@dataclass(frozen=True)
class Variable:
    """One variable's trajectory: `values` over (year, member, *over)."""

    name: str
    about: str
    unit: str
    over: tuple[str, ...]
    kind: Literal["stock", "equation", "input"]
    values: Array = field(repr=False)


@dataclass(frozen=True)
class Trajectory:
    """What a run yields: variables at whole years, and the largest relative residual of each ledger."""

    years: Array
    variables: Mapping[str, Variable]
    labels: Mapping[str, tuple[str, ...]]
    ledgers: Mapping[str, float]


def simulate(
    model: Model,
    *,
    start: float,
    end: float,
    step: float,
    method: Method = "euler",
    outputs: Collection[str] | None = None,
    at: Collection[int] | None = None,
    progress: Callable[[float], None] | None = None,
    first_member: int = 0,
) -> Trajectory:
    """Integrate the model from `start` to `end` in steps of `step` years and report it at every whole year.

    Members are the leading axis of the inputs: one run is an ensemble of one. `outputs` names the stocks, equations
    and constants to keep (all stocks and equations where None), `at` the years to keep them at (all where None).
    `progress` is called with the year after each step.
    `first_member` is the number of the first member in messages, where these are some of an ensemble's members. The
    model and its inputs are left as they were, and nothing is kept between runs.

    Raises SimulationError for a stock that is not finite or negative, naming variable, element, member and year,
    LedgerError for a ledger that does not close to 1e-9, and ValueError for a step that does not divide a year.
    """
    steps_per_year = steps_of(step)
    run = _Run(model, start)
    kept = kept_years(start, round(end - start), at)
    recorder = Recorder(model, outputs, run.members, start + np.flatnonzero(kept).astype(np.float64))
    with np.errstate(all="ignore"):  # what is not finite is found, and named, by the guard
        run.begin()
        guard = Guard(model, run.values, first_member)
        if kept[0]:
            recorder.take(run.values)
        for year in range(round(end - start)):
            for k in range(steps_per_year):
                now = start + year + k / steps_per_year
                before = {name: run.values[name] for name in model.stocks}
                flows = run.advance(now, 1 / steps_per_year, method)
                guard.check(now + 1 / steps_per_year, before, flows, 1 / steps_per_year, run.values)
                if progress is not None:
                    progress(now + 1 / steps_per_year)
            if kept[year + 1]:
                run.report(start + year + 1.0)
                recorder.take(run.values)
    return recorder.trajectory(guard.residuals)


def steps_of(step: float) -> int:
    """How many steps make a year. Raises ValueError for a step that does not divide one."""
    steps = round(1 / step)
    if steps < 1 or abs(steps * step - 1) > 1e-9:
        raise ValueError(f"the step must divide a year, found {step:g}")
    return steps


def kept_years(start: float, years: int, at: Collection[int] | None) -> NDArray[np.bool_]:
    """Whether the results are kept at the start and after each year."""
    return np.array([at is None or round(start + year) in at for year in range(years + 1)])


def members_of(model: Model) -> int:
    """How many members the inputs have. Raises ValueError where they differ."""
    sizes = {v.values.shape[0] for v in model.inputs.values() if isinstance(v, Constant)}
    sizes |= {v.values.shape[1] for v in model.inputs.values() if isinstance(v, Path)}
    members = max(sizes, default=1)
    if sizes - {1, members}:
        raise ValueError(f"inputs differ in their number of members: {sorted(sizes)}")
    return members


def scalar(value: float) -> Array:
    """A single number laid out over all axes."""
    return np.full((1,) * len(AXES), value)


class _Run:
    """The values of all names at one moment, and the way to the next."""

    def __init__(self, model: Model, start: float) -> None:
        self.model = model
        self.start = start
        self.values: dict[str, Array] = {}
        self.tables = {name: value for name, value in model.inputs.items() if isinstance(value, Table)}
        self.linear = [v for v in model.inputs.values() if isinstance(v, Path) and v.kind == "linear"]
        self.stepped = [v for v in model.inputs.values() if isinstance(v, Path) and v.kind == "step"]
        self.members = members_of(model)
        self.position: dict[str, int] = {}
        self.driven = driven_from_outside(model)
        apart = {equation.name for group in self.driven.values() for equation in group}
        self.moving = [equation for equation in model.moving if equation.name not in apart]
        self.reported = [equation for equation in model.reported if equation.name not in apart]
        # The moment for which all values hold, until stocks move on.
        self.moment: tuple[float, float] | None = None
        self.flows = {f for s in model.stocks.values() for f in s.inflows + s.outflows}
        self.flows |= {f for ledger in model.ledgers.values() for f in ledger.inflows + ledger.outflows}

    def begin(self) -> None:
        """Stocks at their starting values, and every equation evaluated there."""
        values = self.values
        for name, value in self.model.inputs.items():
            if isinstance(value, Constant):
                values[name] = value.values
        self._clock(self.start, self.start)
        self._hold(self.start)
        for name in self.model.start_order:
            if name in self.model.stocks:
                stock = self.model.stocks[name]
                initial = self._start_of(stock)
                shape = [1] * len(AXES)
                shape[0] = self.members
                for axis in stock.over:
                    shape[position(axis)] = len(self.model.labels[axis])
                values[name] = np.array(np.broadcast_to(initial, shape))
            else:
                self._compute(self.model.equations[name])
            if name in self.model.initial_names:
                values[INITIAL + name] = values[name]
        self.moment = (self.start, self.start)

    def _start_of(self, stock: Stock) -> Array:
        if isinstance(stock.initial, int):
            return scalar(stock.initial)
        name = stock.initial
        return self.values[name if name in self.values else name.removeprefix(INITIAL)]

    def evaluate(self, time: float, step_start: float) -> None:
        """Every equation at `time`; what no stock moves where something that moves it has changed."""
        if self.moment == (time, step_start):
            return  # a year begins where the report of the year before has been
        changed = {*CLOCK} | self._clock(time, step_start) | self._hold(step_start)
        for paths, equations in self.driven.items():
            if not paths.isdisjoint(changed):
                for equation in equations:
                    self._compute(equation)
        for equation in self.moving:
            self._compute(equation)
        self.moment = (time, step_start)

    def report(self, time: float) -> None:
        """Every equation at `time`, those too that only results ask for."""
        self.evaluate(time, time)
        for equation in self.reported:
            self._compute(equation)

    def advance(self, now: float, step: float, method: Method) -> dict[str, Array]:
        """Move the stocks over one step; the mean flows over the step are returned."""
        stocks = self.model.stocks
        origin = {name: self.values[name] for name in stocks}
        mean: dict[str, Array] = {}
        for k, (share, into) in enumerate(STAGES[method]):
            if k:
                self.moment = None
                for name, stock in stocks.items():
                    self.values[name] = origin[name] + into * step * self._net(stock.inflows, stock.outflows)
            self.evaluate(now + into * step, now)
            for flow in self.flows:
                value = self.values[flow]
                if method == "euler":
                    mean[flow] = value
                else:
                    mean[flow] = share * value if k == 0 else mean[flow] + share * value
        self.moment = None
        for name, stock in stocks.items():
            change: Array | None = None
            for flow in stock.inflows:
                change = mean[flow] if change is None else change + mean[flow]
            for flow in stock.outflows:
                change = -mean[flow] if change is None else change - mean[flow]
            self.values[name] = origin[name] if change is None else origin[name] + step * change
        return mean

    def _net(self, inflows: tuple[str, ...], outflows: tuple[str, ...]) -> Array | float:
        net: Array | float = 0.0
        for flow in inflows:
            net = net + self.values[flow]
        for flow in outflows:
            net = net - self.values[flow]
        return net

    def _compute(self, equation: Equation) -> None:
        values, tables = self.values, self.tables
        arguments = [values[name] if name in values else tables[name] for name in equation.arguments]
        values[equation.name] = equation.function(*arguments)

    def _clock(self, time: float, step_start: float) -> set[str]:
        """Set the clock and the linear paths; those of them are returned that have changed."""
        self.values[TIME] = scalar(time)
        self.values[STEP_START] = scalar(step_start)
        changed = set()
        for path in self.linear:
            value = path.at(time)
            if path.name not in self.values or not np.array_equal(self.values[path.name], value):
                self.values[path.name] = value
                changed.add(path.name)
        return changed

    def _hold(self, year: float) -> set[str]:
        """Read the step paths; those of them are returned that have changed."""
        changed = set()
        for path in self.stepped:
            index = path.index(year)
            if self.position.get(path.name) != index:
                self.position[path.name] = index
                self.values[path.name] = path.values[index]
                changed.add(path.name)
        return changed


class Recorder:
    """Copies of the chosen variables at the years to keep, in arrays made once."""

    def __init__(self, model: Model, outputs: Collection[str] | None, members: int, years: Array) -> None:
        self.model = model
        self.years = years
        self.taken = 0
        declared: dict[str, Declaration | Constant] = {**model.stocks, **model.equations}
        if outputs is not None:
            declared |= {name: value for name, value in model.inputs.items() if isinstance(value, Constant)}
            declared = {name: value for name, value in declared.items() if name in set(outputs)}
        names = list(declared)
        self.sizes = {axis: len(labels) for axis, labels in model.labels.items()}
        self.declared = {name: declared[name] for name in names}
        self.store = {
            name: np.empty((len(years), members, *(self.sizes[axis] for axis in declared[name].over))) for name in names
        }

    def take(self, values: Mapping[str, Array]) -> None:
        for name, declaration in self.declared.items():
            self.store[name][self.taken] = squeeze_to(values[name], declaration.over, self.sizes)
        self.taken += 1

    def trajectory(self, ledgers: Mapping[str, float]) -> Trajectory:
        variables = {
            name: Variable(
                name=name,
                about=declaration.about.splitlines()[0],
                unit=declaration.unit,
                over=declaration.over,
                kind=self._kind(name),
                values=self.store[name],
            )
            for name, declaration in self.declared.items()
        }
        return Trajectory(years=self.years, variables=variables, labels=self.model.labels, ledgers=dict(ledgers))

    def _kind(self, name: str) -> Literal["stock", "equation", "input"]:
        if name in self.model.stocks:
            return "stock"
        return "equation" if name in self.model.equations else "input"
