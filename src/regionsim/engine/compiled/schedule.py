"""When what changes with time changes: the moments of a run, and the values of each path at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model
from regionsim.engine.compiled.lanes import LANES, bits
from regionsim.engine.compiled.program import Program
from regionsim.engine.integrate import STAGES, Method
from regionsim.language.inputs import AnyInput, Path

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

    `times` are clock and start of the step by moment, `table` holds the entries of paths, those that differ from member
    to member (`varying`) at its end. What a path is at a moment lies between two entries: `changes` are (offset of one
    in the table, offset of the other, offset in the memory, length, and the bits of how far it is from the one to the
    other), those of moment k from `starts[k]` up to `starts[k + 1]`; `flags` say by moment and group of driven
    equations whether one of its paths has changed. Until `apart`, a moment, all members have the same paths.
    """

    times: Array = field(repr=False)
    table: Array = field(repr=False)
    starts: NDArray[np.int64] = field(repr=False)
    changes: NDArray[np.int64] = field(repr=False)
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
    found = [
        (moment, name, change)
        for name, path in model.inputs.items()
        if isinstance(path, Path)
        for moment, change in _changes(path, times)
    ]
    found.sort(key=lambda each: each[0])
    entries = {(name, k): _entry(model.inputs[name], k) for _, name, change in found for k in change.entries}
    offsets: dict[tuple[str, int], int] = {}
    size = 0
    # Those that differ from member to member stand at the end.
    for key in sorted(entries, key=lambda key: len(entries[key]) > 1):
        offsets[key] = size
        size += entries[key].shape[1]
    varying = [Varying(offsets[key], values) for key, values in entries.items() if len(values) > 1]
    varying.sort(key=lambda part: part.offset)
    changes, changed = [], [set[str]() for _ in times]
    for moment, name, change in found:
        place = program.places[name]
        ends = [offsets[name, k] for k in change.entries]
        changes.append((ends[0], ends[-1], place.offset, place.size, bits(change.weight)))
        changed[moment].add(name)
    singles = {key for key, values in entries.items() if len(values) > 1}
    parting = (moment for moment, name, change in found if any((name, k) in singles for k in change.entries))
    return Schedule(
        times=np.array(times, dtype=np.float64),
        table=np.concatenate([*(entries[key][0] for key in offsets), np.zeros(1)]),
        starts=np.searchsorted([moment for moment, _, _ in found], np.arange(len(times) + 1)).astype(np.int64),
        changes=np.array(changes or [(0, 0, 0, 0, 0)], dtype=np.int64),
        flags=np.array([[bool(paths & names) for paths in program.driven] for names in changed], dtype=np.int8),
        varying=varying,
        apart=min(parting, default=len(times)),
    )


@dataclass(frozen=True)
class _Change:
    """What a path becomes: one of its entries, or what lies between it and the next one."""

    entry: int
    weight: float

    @property
    def entries(self) -> tuple[int, ...]:
        """The entries that it is made of."""
        return (self.entry, self.entry + 1) if self.weight else (self.entry,)


def _changes(path: Path, times: Sequence[tuple[float, float]]) -> Iterator[tuple[int, _Change]]:
    """The moments at which a path is another than at the moment before, and what it is then."""
    # The first entry of those that are equal stands for all of them; most paths have only one.
    rows = path.values.reshape(len(path.years), -1)
    same = (rows[1:] == rows[:-1]).all(axis=1)
    first = np.maximum.accumulate(np.where(np.concatenate([[False], same]), 0, np.arange(len(path.years)))).tolist()
    before: _Change | None = None
    for moment, (time, step_start) in enumerate(times if first[-1] else times[:1]):
        at = step_start if path.kind == "step" else time
        k = path.index(at)
        moving = path.kind == "linear" and path.years[0] < at and k + 1 < len(first) and first[k] != first[k + 1]
        weight = (at - path.years[k]) / (path.years[k + 1] - path.years[k]) if moving else 0.0
        change = _Change(k if weight else first[k], float(weight))
        if change != before:
            yield moment, change
        before = change


def _entry(path: AnyInput, k: int) -> Array:
    """An entry of a path over (member, number), of one member where all have the same."""
    assert isinstance(path, Path)
    flat = path.values[k].reshape(path.values.shape[1], -1)
    if len(flat) == 1:
        return np.asarray(flat)
    # Most that differ are seen from the last one.
    alike = np.array_equal(flat[-1], flat[0]) and bool((flat == flat[0]).all())
    return np.asarray(flat[:1] if alike else flat)


def _moments(start: float, years: int, steps: int, method: Method) -> Iterator[tuple[float, float]]:
    yield start, start
    for year in range(years):
        for k in range(steps):
            now = start + year + k / steps
            for stage, (_, into) in enumerate(STAGES[method]):
                if k or stage:
                    yield now + into * (1 / steps), now
        yield start + year + 1.0, start + year + 1.0
