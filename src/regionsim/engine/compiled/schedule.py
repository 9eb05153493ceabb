"""When what changes with time changes: the moments of a run, and the values of each path at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model
from regionsim.engine.compiled.lanes import LANES
from regionsim.engine.compiled.loops import Place
from regionsim.engine.compiled.program import Program
from regionsim.engine.integrate import STAGES, Method
from regionsim.language.inputs import Path

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Varying:
    """Numbers that differ from member to member: where they stand, and `values` over (member, number)."""

    offset: int
    values: Array = field(repr=False)


# So many members' numbers are laid side by side at a time: copying them then costs little, and so does holding them.
SIDE_BY_SIDE = 64


@dataclass(frozen=True)
class Schedule:
    """The moments at which equations are evaluated, as the machine code reads them.

    `times` are clock and start of the step by moment, `table` holds the values that paths take one after the other,
    those that differ from member to member (`varying`) at its end; `copies` are triples (offset in the table, offset in
    the memory, length), those of moment k from `starts[k]` up to `starts[k + 1]`; `flags` say by moment and group of
    driven equations whether one of its paths has changed. Until `apart`, a moment, all members have the same paths.
    """

    times: Array = field(repr=False)
    table: Array = field(repr=False)
    starts: NDArray[np.int64] = field(repr=False)
    copies: NDArray[np.int64] = field(repr=False)
    flags: NDArray[np.int8] = field(repr=False)
    varying: Sequence[Varying] = field(repr=False)
    apart: int

    @property
    def varying_offset(self) -> int:
        """Where the numbers of single members begin in the table."""
        return self.varying[0].offset if self.varying else len(self.table)

    def side_by_side(self, members: range) -> Array:
        """What stands at the end of the table for so many members at a time, (batch, number, lane).

        Lanes of the last batch for which no member is left have the numbers of the last one.
        """
        which = np.minimum(np.arange(members.start, members.stop + -len(members) % LANES), members.stop - 1)
        singles = np.concatenate([part.values[which] for part in self.varying], axis=1)
        return np.ascontiguousarray(singles.reshape(-1, LANES, singles.shape[1]).swapaxes(1, 2))


def schedule_of(model: Model, program: Program, start: float, years: int, steps: int, method: Method) -> Schedule:
    """The schedule of a run: the start, then each stage of each step but a year's first one, and each year's end."""
    times = list(_moments(start, years, steps, method))
    common: list[tuple[int, Place, Array]] = []
    single: list[tuple[int, Place, Array]] = []
    changed: list[set[str]] = [set() for _ in times]
    for name, path in ((name, value) for name, value in model.inputs.items() if isinstance(value, Path)):
        before: Array | None = None
        for moment, time in _changes(path, times):
            values = _at(path, time)
            if before is not None and np.array_equal(values, before):
                continue
            before = values
            (common if len(values) == 1 else single).append((moment, program.places[name], values))
            changed[moment].add(name)
    size = 0
    copies: list[list[tuple[int, int, int]]] = [[] for _ in times]
    varying: list[Varying] = []
    for moment, place, values in (*common, *single):
        copies[moment].append((size, place.offset, place.size))
        if len(values) > 1:
            varying.append(Varying(size, values))
        size += place.size
    rows = [values[0] for _, _, values in (*common, *single)]
    flags = [[bool(paths & names) for paths in program.driven] for names in changed]
    return Schedule(
        times=np.array(times, dtype=np.float64),
        table=np.concatenate([*rows, np.zeros(1)]),
        starts=np.cumsum([0, *(len(moment) for moment in copies)], dtype=np.int64),
        copies=np.array([triple for moment in copies for triple in moment] or [(0, 0, 0)], dtype=np.int64),
        flags=np.array(flags, dtype=np.int8),
        varying=varying,
        apart=min((moment for moment, _, _ in single), default=len(times)),
    )


def _changes(path: Path, times: Sequence[tuple[float, float]]) -> Iterator[tuple[int, float]]:
    """The moments at which a path may be another than at the moment before, with the time at which it is read."""
    # Most paths are those of what a scenario leaves alone: they never change.
    changing = bool((path.values != path.values[0]).any())
    last: int | None = None
    for moment, (time, step_start) in enumerate(times if changing else times[:1]):
        at = step_start if path.kind == "step" else time
        entry = path.index(at)
        moving = path.kind == "linear" and path.years[0] < at and entry + 1 < len(path.years)
        if moving or entry != last:
            yield moment, at
        last = None if moving else entry


def _at(path: Path, time: float) -> Array:
    """The values over (member, number), of one member where all have the same."""
    values = path.at(time)
    flat = values.reshape(len(values), -1)
    return flat[:1] if bool((flat == flat[0]).all()) else flat


def _moments(start: float, years: int, steps: int, method: Method) -> Iterator[tuple[float, float]]:
    yield start, start
    for year in range(years):
        for k in range(steps):
            now = start + year + k / steps
            for stage, (_, into) in enumerate(STAGES[method]):
                if k or stage:
                    yield now + into * (1 / steps), now
        yield start + year + 1.0, start + year + 1.0
