"""Many variants of one scenario in one run: parameters drawn member by member, beside what the scenario says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.compiled.simulate import simulate_compiled
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.equations import mechanisms
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput, Constant, Path, Table
from regionsim.place.assemble import ModelInputs, axis_labels
from regionsim.scenarios.drawn import Drawn, drawn
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.chunks import done_by_processes, in_order
from regionsim.studies.engines import Asked, Engine, chosen_engine, chunk_size, make_code
from regionsim.studies.model import evidence, given, known_parameters

Array = NDArray[np.float64]
Draws = Mapping[str, Array]


def ensemble_inputs(
    scenario: Scenario | Sequence[Scenario], draws: Draws, held_out: Collection[str] = ()
) -> ModelInputs:
    """What a model of all members is fed; `draws` has the members' numbers by parameter, (member,) each.

    A draw changes the evidence, in place of what the scenario's calibration has there, and what the scenario says of
    a parameter is laid over it. What the base year is worked out with is worked out anew for each member. Without draws
    it is the scenario, as one member. Of several scenarios each is a member of its own. `held_out` are counties of
    which nothing between the censuses is known.
    """
    if not isinstance(scenario, Scenario):
        return _one_by_one(scenario, draws, held_out)
    known = known_parameters(scenario)
    plain = given(scenario, known, held_out)
    keys = {key: Drawn.of(key) for key in draws}
    of_place = [key for key, one in keys.items() if one.name in plain.read]
    others = [key for key in draws if key not in of_place]
    if not draws:
        return plain
    if not of_place:
        return given(scenario, evidence_with(known, {key: draws[key] for key in others}), held_out)
    made: dict[tuple[float, ...], Mapping[str, AnyInput]] = {}  # members of one base year share what is worked out
    fed = []
    for numbers in zip(*(np.asarray(draws[key]).tolist() for key in of_place), strict=True):
        if numbers not in made:
            own = {key: np.array([number]) for key, number in zip(of_place, numbers, strict=True)}
            made[numbers] = given(scenario, evidence_with(known, own), held_out).inputs
        fed.append(made[numbers])
    together = {name: stacked([one[name] for one in fed]) for name in plain.inputs}
    if others:
        beside = given(scenario, evidence_with(known, {key: draws[key] for key in others}), held_out).inputs
        together |= {keys[key].name: beside[keys[key].name] for key in others}
    return replace(plain, inputs=together)


def ensemble_model(scenario: Scenario | Sequence[Scenario], draws: Draws, held_out: Collection[str] = ()) -> Model:
    """The compiled model of all members (see `ensemble_inputs`)."""
    fed = ensemble_inputs(scenario, draws, held_out)
    first = scenario if isinstance(scenario, Scenario) else scenario[0]
    return compile_model(collect(mechanisms()), fed.inputs, axis_labels(first.start), used_elsewhere=fed.read)


def simulate_ensemble(
    scenario: Scenario,
    draws: Draws,
    outputs: Collection[str],
    *,
    processes: int = 1,
    progress: Callable[[int], None] | None = None,
    held_out: Collection[str] = (),
    engine: Asked = "reference",
) -> Trajectory:
    """The trajectories of all members, simulated in chunks; `progress` is called with the members that are finished.

    The result does not depend on the number of processes, and on the engine only by rounding (1e-10). Raises
    SimulationError for the first member that breaks, and ImportError for the compiled engine without its extra.
    """
    return joined(
        list(
            ensemble_parts(
                scenario, draws, outputs, processes=processes, progress=progress, held_out=held_out, engine=engine
            )
        )
    )


def ensemble_parts(
    scenario: Scenario,
    draws: Draws,
    outputs: Collection[str],
    *,
    processes: int = 1,
    progress: Callable[[int], None] | None = None,
    held_out: Collection[str] = (),
    engine: Asked = "reference",
) -> Iterator[Trajectory]:
    """The trajectories of `simulate_ensemble` chunk by chunk, for who only wants a summary of very many members."""
    members = len(next(iter(draws.values()))) if draws else 1
    chosen = chosen_engine(engine, members, [scenario])
    if chosen == "compiled":
        make_code([scenario])
    size = chunk_size(chosen, members, processes)
    spans = [slice(begin, min(begin + size, members)) for begin in range(0, members, size)]
    chunks = [_Chunk(span.start, {key: np.asarray(values[span]) for key, values in draws.items()}) for span in spans]
    work = partial(_simulate_chunk, scenario, frozenset(outputs), frozenset(held_out), chosen)
    for part, span in zip(in_order(done_by_processes(work, chunks, processes)), spans, strict=True):
        yield part
        if progress is not None:
            progress(span.stop)


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

    A constant among paths is a path that stays what it is. Raises TypeError for tables that differ, which have no
    members, and for a path by steps beside one that is not.
    """
    first = members[0]
    if all(one is first or same_input(first, one) for one in members):
        return first
    if isinstance(first, Table):
        raise TypeError(f"the table '{first.name}' cannot differ from member to member")
    paths = [member for member in members if isinstance(member, Path)]
    if not paths:
        return replace(first, values=np.concatenate(np.broadcast_arrays(*(member.values for member in members))))
    if len({path.kind for path in paths}) > 1:
        raise TypeError(f"'{first.name}' goes by steps in one member and not in another")
    years = np.unique(np.concatenate([path.years for path in paths]))
    values = np.stack([np.concatenate(np.broadcast_arrays(*(_at(one, year) for one in members))) for year in years])
    return replace(paths[0], years=years, values=values)


def _at(one: AnyInput, year: float) -> Array:
    return one.at(year) if isinstance(one, Path) else one.values


def _one_by_one(scenarios: Sequence[Scenario], draws: Draws, held_out: Collection[str]) -> ModelInputs:
    """Members whose scenarios differ: each is fed by itself, and what it is fed then stands beside the others'."""
    made: dict[int, ModelInputs] = {}
    fed: list[ModelInputs] = []
    for k, scenario in enumerate(scenarios):
        if draws or id(scenario) not in made:
            own = {key: values[k : k + 1] for key, values in draws.items()}
            made[id(scenario)] = given(scenario, evidence_with(known_parameters(scenario), own), held_out)
        fed.append(made[id(scenario)])
    together = {name: stacked([one.inputs[name] for one in fed]) for name in fed[0].inputs}
    return replace(fed[0], inputs=together)


@dataclass(frozen=True)
class _Chunk:
    """Members that are simulated together, and the number of the first of them."""

    first_member: int
    draws: Draws


def _simulate_chunk(
    scenario: Scenario, outputs: frozenset[str], held_out: frozenset[str], engine: Engine, chunk: _Chunk
) -> Trajectory:
    return (simulate_compiled if engine == "compiled" else simulate)(
        ensemble_model(scenario, chunk.draws, held_out),
        start=scenario.start,
        end=scenario.end,
        step=scenario.step,
        method=scenario.method,
        outputs=outputs,
        first_member=chunk.first_member,
    )


def evidence_with(known: Mapping[str, AnyInput], draws: Draws) -> dict[str, AnyInput]:
    """The parameters with the draws in them; a factor is one on the evidence, whatever a calibration has made of it."""
    changed, axes = dict(known), AxisLabels(axis_labels())
    for key, numbers in draws.items():
        one = Drawn.of(key)
        changed[one.name] = drawn(changed[one.name], one.labels, numbers, axes, of=evidence()[one.name])
    return changed
