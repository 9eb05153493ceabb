"""When what changes with time changes: the moments of a run, and the values of each path at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model
from regionsim.engine.compiled.program import Program
from regionsim.engine.integrate import STAGES, Method
from regionsim.language.inputs import Path

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Varying:
    """Numbers that differ from member to member: where they stand, and `values` over (member, number)."""

    offset: int
    values: Array = field(repr=False)


@dataclass(frozen=True)
class Schedule:
    """The moments at which equations are evaluated, as the machine code reads them.

    `times` are clock and start of the step by moment, `table` holds the values that paths take one after the other;
    `copies` are triples (offset in the table, offset in the memory, length), those of moment k from `starts[k]` up to
    `starts[k + 1]`; `flags` say by moment and group of driven equations whether one of its paths has changed.
    """

    times: Array = field(repr=False)
    table: Array = field(repr=False)
    starts: NDArray[np.int64] = field(repr=False)
    copies: NDArray[np.int64] = field(repr=False)
    flags: NDArray[np.int8] = field(repr=False)
    varying: Sequence[Varying] = field(repr=False)


def schedule_of(model: Model, program: Program, start: float, years: int, steps: int, method: Method) -> Schedule:
    """The schedule of a run: the start, then each stage of each step but a year's first one, and each year's end."""
    times = list(_moments(start, years, steps, method))
    rows: list[Array] = []
    size = 0
    varying: list[Varying] = []
    copies: list[list[tuple[int, int, int]]] = [[] for _ in times]
    changed: list[set[str]] = [set() for _ in times]
    for name, path in ((name, value) for name, value in model.inputs.items() if isinstance(value, Path)):
        place = program.places[name]
        before: Array | None = None
        # Most paths are those of what a scenario leaves alone: they never change.
        changing = bool((path.values != path.values[0]).any())
        for moment, (time, step_start) in enumerate(times if changing else times[:1]):
            values = _at(path, step_start if path.kind == "step" else time)
            if before is not None and np.array_equal(values, before):
                continue
            before = values
            if len(values) > 1:
                varying.append(Varying(size, values))
            rows.append(values[0])
            copies[moment].append((size, place.offset, place.size))
            changed[moment].add(name)
            size += place.size
    flags = [[bool(paths & names) for paths in program.driven] for names in changed]
    return Schedule(
        times=np.array(times, dtype=np.float64),
        table=np.concatenate([*rows, np.zeros(1)]),
        starts=np.cumsum([0, *(len(moment) for moment in copies)], dtype=np.int64),
        copies=np.array([triple for moment in copies for triple in moment] or [(0, 0, 0)], dtype=np.int64),
        flags=np.array(flags, dtype=np.int8),
        varying=varying,
    )


def _at(path: Path, time: float) -> Array:
    values = path.at(time)
    return values.reshape(len(values), -1)


def _moments(start: float, years: int, steps: int, method: Method) -> Iterator[tuple[float, float]]:
    yield start, start
    for year in range(years):
        for k in range(steps):
            now = start + year + k / steps
            for stage, (_, into) in enumerate(STAGES[method]):
                if k or stage:
                    yield now + into * (1 / steps), now
        yield start + year + 1.0, start + year + 1.0
