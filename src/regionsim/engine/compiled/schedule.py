"""When what changes with time changes: the moments of a run, and the values of each path at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model
from regionsim.engine.compiled.lanes import LANES, bits
from regionsim.engine.compiled.program import Program
from regionsim.engine.integrate import STAGES, Method
from regionsim.language.declarations import CLOCK
from regionsim.language.inputs import Path

Array = NDArray[np.float64]


# So many members' numbers are laid side by side at a time: copying them then costs little, and so does holding them.
SIDE_BY_SIDE = 64

# A name, and which of its values.
Key = tuple[str, int]


@dataclass(frozen=True)
class Change:
    """What stands at an offset of the memory from a moment on: an entry, or what lies between it and another one.

    `weight` says how far it is from the one to the other.
    """

    moment: int
    offset: int
    entries: tuple[Key, ...]
    weight: float = 0.0


@dataclass(frozen=True)
class Schedule:
    """The moments at which equations are evaluated, as the machine code reads them.

    `times` are clock and start of the step by moment. The entries of paths stand in two tables: `alike` has those of
    paths that all members share, `apart` those of the others. `changes` are (offset of one entry in its table, offset
    of the other, offset in the memory, length, and the bits of how far it is from the one to the other); those of
    moment k from `starts[2 k]` on are in the table `alike`, from `starts[2 k + 1]` up to `starts[2 k + 2]` in `apart`.
    `flags` say by moment and group of driven equations whether something that moves it has changed. Until `parting`, a
    moment, all members have the same paths; `names_apart` are those of which they then have others.
    """

    times: Array = field(repr=False)
    alike: Array = field(repr=False)
    apart: Sequence[Array] = field(repr=False)
    starts: NDArray[np.int64] = field(repr=False)
    changes: NDArray[np.int64] = field(repr=False)
    flags: NDArray[np.int8] = field(repr=False)
    parting: int
    names_apart: frozenset[str] = field(repr=False)
    found: Sequence[Change] = field(repr=False)
    entries: Mapping[Key, Array] = field(repr=False)

    def side_by_side(self, members: range) -> Array:
        """The table `apart` of so many members, (batch, number, lane).

        Lanes of the last batch for which no member is left have the numbers of the last one.
        """
        which = np.minimum(np.arange(members.start, members.stop + -len(members) % LANES), members.stop - 1)
        rows = [
            np.broadcast_to(part, (len(which), part.shape[1])) if len(part) == 1 else part[which] for part in self.apart
        ]
        numbers = np.concatenate([*rows, np.zeros((len(which), 1))], axis=1)
        return np.ascontiguousarray(numbers.reshape(-1, LANES, numbers.shape[1]).swapaxes(1, 2))

    def with_more(self, changes: Sequence[Change], entries: Mapping[Key, Array], flags: NDArray[np.int8]) -> Schedule:
        """The schedule with further changes, whose entries all members share, and with other flags."""
        return _laid_out(self.times, [*self.found, *changes], {**self.entries, **entries}, flags)


def schedule_of(model: Model, program: Program, start: float, years: int, steps: int, method: Method) -> Schedule:
    """The schedule of a run: the start, each stage of each step, and the end."""
    times = np.array(list(_moments(start, years, steps, method)), dtype=np.float64)
    found: list[Change] = []
    entries: dict[Key, Array] = {}
    changed = [{*CLOCK} for _ in times]
    grids: dict[tuple[bytes, str], _Grid] = {}
    for name, path in model.inputs.items():
        if not isinstance(path, Path):
            continue
        key = path.years.tobytes(), path.kind
        if key not in grids:
            grids[key] = _grid(path, times)
        for change in _changes(path, program.places[name].offset, grids[key]):
            found.append(change)
            changed[change.moment].add(name)
            for entry in change.entries:
                if entry not in entries:
                    entries[entry] = _entry(path, entry[1])
    flags = np.array([[not names.isdisjoint(group) for group in program.driven] for names in changed], dtype=np.int8)
    return _laid_out(times, found, entries, flags)


def _laid_out(times: Array, found: Sequence[Change], entries: Mapping[Key, Array], flags: NDArray[np.int8]) -> Schedule:
    names_apart = frozenset(name for (name, _), values in entries.items() if len(values) > 1)
    offsets: dict[Key, int] = {}
    sizes = [0, 0]
    for key, values in entries.items():
        table = key[0] in names_apart
        offsets[key] = sizes[table]
        sizes[table] += values.shape[1]
    rows = sorted((2 * change.moment + (change.entries[0][0] in names_apart), k) for k, change in enumerate(found))
    changes = []
    for _, k in rows:
        change = found[k]
        ends = [offsets[key] for key in change.entries]
        size = entries[change.entries[0]].shape[1]
        changes.append((ends[0], ends[-1], change.offset, size, bits(change.weight)))
    parting = (each.moment for each in found if any(len(entries[key]) > 1 for key in each.entries))
    return Schedule(
        times=times,
        alike=np.concatenate([*(v[0] for key, v in entries.items() if key[0] not in names_apart), np.zeros(1)]),
        apart=[values for key, values in entries.items() if key[0] in names_apart],
        starts=np.searchsorted([at for at, _ in rows], np.arange(2 * len(times) + 1)).astype(np.int64),
        changes=np.array(changes or [(0, 0, 0, 0, 0)], dtype=np.int64),
        flags=flags,
        parting=min(parting, default=len(times)),
        names_apart=names_apart,
        found=found,
        entries=entries,
    )


@dataclass(frozen=True)
class _Grid:
    """By moment: which entry of a path's holds, and how far it is from there to the next one."""

    entries: NDArray[np.int64]
    weights: Array


def _grid(path: Path, times: Array) -> _Grid:
    at = times[:, 1 if path.kind == "step" else 0]
    entries = np.array([path.index(year) for year in at])
    weights = np.zeros(len(at))
    if path.kind == "linear":
        moving = (path.years[0] < at) & (entries + 1 < len(path.years))
        k = entries[moving]
        weights[moving] = (at[moving] - path.years[k]) / (path.years[k + 1] - path.years[k])
    return _Grid(entries, weights)


def _changes(path: Path, offset: int, grid: _Grid) -> Iterator[Change]:
    """What the path is at the start, and at each moment at which it is another than before."""
    # The first entry of those that are equal stands for all of them; most paths have only one.
    rows = path.values.reshape(len(path.years), -1)
    differs = [False, *(rows[1:] != rows[:-1]).any(axis=1).tolist()]
    if not any(differs):
        yield Change(0, offset, ((path.name, 0),))
        return
    first = np.maximum.accumulate(np.where(differs, np.arange(len(rows)), 0))
    following = np.append(first[1:], first[-1])
    moves = (grid.weights != 0) & (first[grid.entries] != following[grid.entries])
    entries, weights = np.where(moves, grid.entries, first[grid.entries]), np.where(moves, grid.weights, 0.0)
    new = np.ones(len(entries), dtype=bool)
    new[1:] = (entries[1:] != entries[:-1]) | (weights[1:] != weights[:-1])
    for moment in np.flatnonzero(new).tolist():
        k, weight = int(entries[moment]), float(weights[moment])
        yield Change(moment, offset, ((path.name, k), (path.name, k + 1))[: 2 if weight else 1], weight)


def _entry(path: Path, k: int) -> Array:
    """An entry of a path over (member, number), of one member where all have the same."""
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
