"""A model's program: where everything stands in a member's memory, and the text of one member's run."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import inf

from regionsim.engine.compile import Model
from regionsim.engine.compiled.accounts import Accounts
from regionsim.engine.compiled.arithmetic import ARITHMETIC
from regionsim.engine.compiled.driver import write_run
from regionsim.engine.compiled.loops import BROKEN, STEP, Memory, Nest, Node, Number, Place, each, element, moved_to
from regionsim.engine.compiled.reading import Reading
from regionsim.engine.compiled.stages import Stages
from regionsim.engine.compiled.strips import ALONG, Phases, Task, in_phases, is_wide, passing
from regionsim.engine.compiled.text import ModuleWriter
from regionsim.engine.driven import driven_from_outside
from regionsim.engine.integrate import Method
from regionsim.language.declarations import CLOCK, INITIAL, Stock
from regionsim.language.inputs import AnyInput, Path, Table


@dataclass(frozen=True)
class Program:
    """The text of a model's run by one method, and what one must know to feed it and to read its results.

    What `carried` has of the memory is all that a step takes over from the step before, beside what never changes and
    what moves, which is evaluated anew.
    `driven` are the groups of equations that no stock moves, by the names of what moves them: each is evaluated where
    one of these has changed. They stand one after the other in the memory. `residuals` has the place of each ledger's
    largest residual; `nests` are the loops of each function, `calls` the functions that each sequence of them calls.
    """

    text: str
    size: int
    carried: slice
    places: Mapping[str, Place]
    tables: Mapping[str, tuple[Place, Place]]
    driven: Mapping[frozenset[str], tuple[str, ...]]
    residuals: Mapping[str, Place]
    nests: Mapping[str, tuple[Nest, ...]] = field(repr=False)
    calls: Mapping[str, tuple[str, ...]] = field(repr=False)


_WRITTEN: dict[tuple[Hashable, ...], Program] = {}


def program_of(model: Model, method: Method) -> Program:
    """The program of a model. The numbers of its inputs do not matter: their names, axes and kinds do."""
    inputs = (
        (name, type(value), value.over, value.kind if isinstance(value, Path) else "", _points(value))
        for name, value in model.inputs.items()
    )
    declarations = (*model.stocks.values(), *model.equations.values(), *model.ledgers.values())
    key = (method, *declarations, *inputs, *model.labels.items())
    if key not in _WRITTEN:
        _WRITTEN[key] = _written(model, method)
    return _WRITTEN[key]


def _points(value: AnyInput) -> int:
    return len(value.arguments) if isinstance(value, Table) else 0


def _written(model: Model, method: Method) -> Program:
    memory = Memory({axis: len(labels) for axis, labels in model.labels.items()})
    driven = {moved_by: tuple(e.name for e in group) for moved_by, group in driven_from_outside(model).items()}
    apart = [name for group in driven.values() for name in group]
    places, tables, begin = _places(model, memory, apart)
    stages = Stages(model, places, memory, method)
    accounts = Accounts(model, places, stages.means, memory)
    carried = slice(begin, memory.size)
    module = ModuleWriter()
    moving = _near(model, (equation.name for equation in model.moving if equation.name not in apart))
    reading = _read(model, places, tables, memory, moving)
    equations = {name: module.function(f"equation.{name}", nests) for name, nests in reading.nests.items()}

    module.sequence("begin", _begin(model, places, equations, module))
    groups = [
        module.sequence(f"driven.{k}", [equations[name] for name in group]) for k, group in enumerate(driven.values())
    ]
    reported = _near(model, (equation.name for equation in model.reported if equation.name not in apart))
    module.sequence("reported", [equations[name] for name in reported])
    tasks = [task for name in moving for task in reading.tasks(name)]
    _in_strips("moving", tasks, module)
    stages.write(module)
    accounts.write_opening(module)
    moves = [nest for name in model.stocks for nest in (*stages.moved(name), *accounts.check(name))]
    settling = [Task((nest,)) for nest in (*moves, *accounts.closing())]
    _in_strips("settle", settling, module)
    if len(stages.shares) == 1:  # what an evaluation has just formed moves the stocks while it is near
        _in_strips("move", [*tasks, *settling], module, memory)
    write_run(module, places, groups, len(stages.shares))
    text = module.text() + ARITHMETIC
    return Program(text, memory.size, carried, places, tables, driven, accounts.residuals, module.nests, module.calls)


def _near(model: Model, names: Iterable[str]) -> list[str]:
    """The equations in an order in which each stands soon after those it reads: what was just formed is still near."""
    wanted = set(names)
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in wanted and name not in found:
            for argument in model.equations[name].arguments:
                visit(argument)
            found[name] = None

    for name in model.equations:
        visit(name)
    return list(found)


def _places(
    model: Model, memory: Memory, driven: Iterable[str]
) -> tuple[dict[str, Place], dict[str, tuple[Place, Place]], int]:
    """Of names and of tables, and where what a step takes over from the step before begins: it stands at the end.

    The `driven` equations stand there one after the other.
    """
    tables: dict[str, tuple[Place, Place]] = {}
    for name, value in model.inputs.items():
        if isinstance(value, Table):
            points = len(value.arguments)
            tables[name] = memory.take_points(points), memory.take_points(points)
    axes: dict[str, tuple[str, ...]] = dict.fromkeys((*CLOCK, STEP, BROKEN), ())
    axes |= {name: value.over for name, value in model.inputs.items() if name not in tables}
    variables = {**model.stocks, **model.equations}
    axes |= {INITIAL + name: variables[name].over for name in model.initial_names}
    axes |= {name: variable.over for name, variable in variables.items()}
    paths = (name for name, value in model.inputs.items() if isinstance(value, Path))
    carried = [*CLOCK, STEP, BROKEN, *paths, *model.stocks, *driven]
    places = {name: memory.take(over) for name, over in axes.items() if name not in set(carried)}
    begin = memory.size
    return places | {name: memory.take(axes[name]) for name in carried}, tables, begin


@dataclass(frozen=True)
class _Nests:
    """The nests of each equation, and which of them are done in strips with those of others."""

    nests: Mapping[str, tuple[Nest, ...]]
    cut: frozenset[str]

    def tasks(self, name: str) -> list[Task]:
        """What the equation asks to be done."""
        if name in self.cut:
            return [Task((nest,)) for nest in self.nests[name]]
        return [Task(self.nests[name], f"equation.{name}")]


def _read(
    model: Model,
    places: Mapping[str, Place],
    tables: Mapping[str, tuple[Place, Place]],
    memory: Memory,
    moving: Collection[str],
) -> _Nests:
    """The nests of all equations; behind what the memory holds they take what they form on the way."""

    def read(name: str, own: Memory) -> tuple[Nest, ...]:
        return tuple(Reading(places, tables, own).read(model.equations[name]))

    # What an equation forms on the way no other one reads: all form it in the same place, which stays near. Where its
    # nests are not done in one go, this place must be its own.
    cut = frozenset(name for name in moving if any(map(is_wide, read(name, Memory(memory.sizes)))))
    nests = {name: read(name, memory) for name in moving if name in cut}
    size = memory.size
    for name in model.equations:
        if name not in cut:
            own = Memory(memory.sizes)
            own.size = size
            nests[name] = read(name, own)
            memory.size = max(memory.size, own.size)
    return _Nests(nests, cut)


def _in_strips(name: str, tasks: Sequence[Task], module: ModuleWriter, near: Memory | None = None) -> None:
    """Add the function that does the tasks, what is wide strip by strip.

    Where `near` is given, what only a strip itself reads is kept for one county alone, behind that memory.
    """
    functions: list[str] = []
    phases, limit = in_phases(tasks), near.size if near is not None else inf
    if near is not None:
        phases = _kept_near(phases, near)
    for k, (apart, strip) in enumerate(phases):
        for function, group in groupby(apart, key=lambda task: task.function):
            nests = [nest for task in group for nest in task.nests]
            functions.append(function or module.function(f"{name}.{k}.{len(functions)}", nests))
        # What is a plain number stays as the start has set it, but where several share a place.
        strip = [nest for nest in strip if not isinstance(nest.value, Number) or nest.target.place.offset >= limit]
        if strip:
            functions.append(module.strip(f"{name}.{k}.strip", strip))
    module.sequence(name, functions)


def _kept_near(phases: Phases, memory: Memory) -> Phases:
    """The phases with places of one county's size for what nothing but a strip itself reads: it stays in the cache."""
    begin, found = memory.size, []
    for (apart, strip), places in zip(phases, passing(phases), strict=True):
        own = Memory(memory.sizes)
        own.size = begin
        near = {place: own.take(place.over[1:]) for place in places}
        found.append((apart, [moved_to(nest, near, ALONG) for nest in strip]))
        memory.size = max(memory.size, own.size)
    return found


def _begin(
    model: Model, places: Mapping[str, Place], equations: Mapping[str, str], module: ModuleWriter
) -> Iterable[str]:
    """Stocks at their starting values, and every equation evaluated there."""
    for name in model.start_order:
        if name in model.stocks:
            start = each(places[name], _start_of(model.stocks[name], places))
            yield module.function(f"start.{name}", [start])
        else:
            yield equations[name]
        if name in model.initial_names:
            yield module.function(f"keep.{name}", [each(places[INITIAL + name], element(places[name]))])


def _start_of(stock: Stock, places: Mapping[str, Place]) -> Node:
    if isinstance(stock.initial, int):
        return Number(float(stock.initial))
    return element(places[stock.initial if stock.initial in places else stock.initial.removeprefix(INITIAL)])
