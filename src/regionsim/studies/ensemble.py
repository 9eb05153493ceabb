"""Many variants of one scenario in one run: parameters drawn member by member, beside what the scenario says."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.equations import mechanisms
from regionsim.language.axes import AXES, position
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput, Constant, Path, Table
from regionsim.place.assemble import ModelInputs, axis_labels
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.values import assign
from regionsim.studies.model import evidence, given

Array = NDArray[np.float64]
Draws = Mapping[str, Array]

# Which engine simulates: the reference, machine code of the same equations (the extra `fast`), or what is sooner done.
Engine = Literal["reference", "compiled", "auto"]

# Members that are simulated together: enough to share the cost of a call, few enough to stay in the cache.
CHUNK = 32
# Machine code takes members one by one: here it is the making of a model that is shared.
COMPILED_CHUNK = 512
# From so many members on machine code is sooner done: where it has to be made first, and where it is on disk.
PAYS, PAYS_IF_MADE = 1000, 2 * CHUNK
_ELEMENT = re.compile(r"(?P<name>[a-z][a-z0-9_]*)(\[(?P<labels>[^\[\]]+)\])?")


@dataclass(frozen=True)
class Drawn:
    """What a draw changes: a parameter, or the element of it that `labels` (of its first axes) name."""

    name: str
    labels: tuple[str, ...] = ()

    @classmethod
    def of(cls, key: str) -> Drawn:
        """From a key like "participation_share" or "capital_elasticity[industry]". Raises ValueError."""
        found = _ELEMENT.fullmatch(key)
        if found is None:
            raise ValueError(f"a parameter, or one with an element like capital_elasticity[industry], found '{key}'")
        labels = found["labels"]
        return cls(found["name"], tuple(part.strip() for part in labels.split(",")) if labels else ())


def drawn(parameter: AnyInput, labels: tuple[str, ...], number: float | Array) -> AnyInput:
    """The parameter with `number` in it (of shape (member,), or one number), as its range understands numbers.

    Where the range is one of factors the value is multiplied, else replaced; `labels` name the element, the empty
    tuple all. Raises TypeError for what one number cannot say: a path or a table with a range of values, or a
    table by member.
    """
    numbers = np.atleast_1d(np.asarray(number, dtype=np.float64))
    is_factor = parameter.range_kind == "factor"
    if isinstance(parameter, Table):
        if not is_factor or len(numbers) > 1 or labels:
            raise TypeError(f"the table '{parameter.name}' can be multiplied by one number, and not member by member")
        return replace(parameter, values=parameter.values * numbers[0])
    if isinstance(parameter, Path) and not is_factor:
        raise TypeError(f"the path '{parameter.name}' has a range of values: one number does not say which years")
    axes = AxisLabels(axis_labels())
    sizes = [1] * len(AXES)
    for axis in parameter.over:
        sizes[position(axis)] = len(axes.of(axis))
    chosen = np.zeros((1, *sizes))
    assign(chosen, parameter.over, labels, 1.0, axes)
    told = numbers.reshape(-1, *(1 for _ in sizes[1:]))
    values = np.where(chosen[0] > 0, parameter.values * told if is_factor else told, parameter.values)
    return replace(parameter, values=values)


def ensemble_inputs(scenario: Scenario, draws: Draws) -> ModelInputs:
    """What a model of all members is fed; `draws` has the members' numbers by parameter, (member,) each.

    A draw changes the evidence, and what the scenario says of a parameter is laid over it. What the base year is worked
    out with is worked out anew for each member. Without draws it is the scenario, as one member.
    """
    known = evidence()
    plain = given(scenario)
    keys = {key: Drawn.of(key) for key in draws}
    of_place = [key for key, one in keys.items() if one.name in plain.read]
    others = [key for key in draws if key not in of_place]
    if not draws:
        return plain
    if not of_place:
        return given(scenario, _evidence_with(known, {key: draws[key] for key in others}))
    members = len(next(iter(draws.values())))
    fed = []
    for k in range(members):
        own = {key: draws[key][k : k + 1] for key in of_place}
        fed.append(given(scenario, _evidence_with(known, own)).inputs)
    together = {name: stacked([one[name] for one in fed]) for name in plain.inputs}
    if others:
        beside = given(scenario, _evidence_with(known, {key: draws[key] for key in others})).inputs
        together |= {keys[key].name: beside[keys[key].name] for key in others}
    return replace(plain, inputs=together)


def ensemble_model(scenario: Scenario, draws: Draws) -> Model:
    """The compiled model of all members (see `ensemble_inputs`)."""
    fed = ensemble_inputs(scenario, draws)
    return compile_model(collect(mechanisms()), fed.inputs, axis_labels(scenario.start), used_elsewhere=fed.read)


def simulate_ensemble(
    scenario: Scenario,
    draws: Draws,
    outputs: Collection[str],
    *,
    processes: int = 1,
    progress: Callable[[int], None] | None = None,
    engine: Engine = "reference",
) -> Trajectory:
    """The trajectories of all members, simulated in chunks; `progress` is called with the members that are finished.

    The result does not depend on the number of processes, and on the engine only by rounding (1e-10). Raises
    SimulationError for the first member that breaks, and ImportError for the compiled engine without its extra.
    """
    return joined(list(ensemble_parts(scenario, draws, outputs, processes=processes, progress=progress, engine=engine)))


def ensemble_parts(
    scenario: Scenario,
    draws: Draws,
    outputs: Collection[str],
    *,
    processes: int = 1,
    progress: Callable[[int], None] | None = None,
    engine: Engine = "reference",
) -> Iterator[Trajectory]:
    """The trajectories of `simulate_ensemble` chunk by chunk, for who only wants a summary of very many members."""
    members = len(next(iter(draws.values()))) if draws else 1
    compiled = is_compiled(scenario, draws, engine)
    size = COMPILED_CHUNK if compiled else CHUNK
    if compiled and processes > 1:
        size = min(size, -(-members // processes))
    spans = [slice(begin, min(begin + size, members)) for begin in range(0, members, size)]
    chunks = [_Chunk(span.start, {key: np.asarray(values[span]) for key, values in draws.items()}) for span in spans]
    work = partial(_simulate_chunk, scenario, frozenset(outputs), compiled)
    for part, span in zip(_mapped(work, chunks, processes), spans, strict=True):
        yield part
        if progress is not None:
            progress(span.stop)


def is_compiled(scenario: Scenario, draws: Draws, engine: Engine) -> bool:
    """Whether the members are simulated by machine code, which is made here if it is not there yet.

    Raises ImportError where the compiled engine is asked for and its extra is missing.
    """
    from regionsim.engine.compiled.machine import code_of, is_installed, is_made
    from regionsim.engine.compiled.program import program_of

    members = len(next(iter(draws.values()))) if draws else 1
    if engine == "reference" or (engine == "auto" and (members < PAYS_IF_MADE or not is_installed())):
        return False
    first = {key: np.asarray(values[:1]) for key, values in draws.items()}
    text = program_of(ensemble_model(scenario, first), scenario.method).text
    if engine == "auto" and members < PAYS and not is_made(text):
        return False
    code_of(text)
    return True


def joined(parts: Sequence[Trajectory]) -> Trajectory:
    """Trajectories of the same variables with all their members, and the largest residual of each ledger."""
    first = parts[0]
    if len(parts) == 1:
        return first
    variables = {
        name: replace(variable, values=np.concatenate([part.variables[name].values for part in parts], axis=1))
        for name, variable in first.variables.items()
    }
    ledgers = {name: max(part.ledgers[name] for part in parts) for name in first.ledgers}
    return replace(first, variables=variables, ledgers=ledgers)


def same_input(one: AnyInput, other: AnyInput) -> bool:
    """Whether two inputs of one name have the same numbers, bit for bit."""
    if type(one) is not type(other):
        return False
    arrays = ("values",) if isinstance(one, Constant) else ("values", "years" if isinstance(one, Path) else "arguments")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays)


def stacked(members: Sequence[AnyInput]) -> AnyInput:
    """One input with a member for each of the given ones; as it is where all are the same.

    Raises TypeError for tables that differ, which have no members.
    """
    first = members[0]
    if all(one is first or same_input(first, one) for one in members):
        return first
    if isinstance(first, Table):
        raise TypeError(f"the table '{first.name}' cannot differ from member to member")
    if isinstance(first, Constant):
        arrays = [member.values for member in members if isinstance(member, Constant)]
        return replace(first, values=np.concatenate(np.broadcast_arrays(*arrays)))
    paths = [member for member in members if isinstance(member, Path)]
    years = np.unique(np.concatenate([path.years for path in paths]))
    values = np.stack([np.concatenate(np.broadcast_arrays(*(path.at(year) for path in paths))) for year in years])
    return replace(first, years=years, values=values)


@dataclass(frozen=True)
class _Chunk:
    """Members that are simulated together, and the number of the first of them."""

    first_member: int
    draws: Draws


def _simulate_chunk(scenario: Scenario, outputs: frozenset[str], compiled: bool, chunk: _Chunk) -> Trajectory:
    from regionsim.engine.compiled.simulate import simulate_compiled

    return (simulate_compiled if compiled else simulate)(
        ensemble_model(scenario, chunk.draws),
        start=scenario.start,
        end=scenario.end,
        step=scenario.step,
        method=scenario.method,
        outputs=outputs,
        first_member=chunk.first_member,
    )


def _mapped(work: Callable[[_Chunk], Trajectory], chunks: Sequence[_Chunk], processes: int) -> Iterator[Trajectory]:
    if processes <= 1 or len(chunks) == 1:
        yield from map(work, chunks)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(work, chunks)


def _evidence_with(known: Mapping[str, AnyInput], draws: Draws) -> dict[str, AnyInput]:
    changed = dict(known)
    for key, numbers in draws.items():
        one = Drawn.of(key)
        changed[one.name] = drawn(changed[one.name], one.labels, numbers)
    return changed
