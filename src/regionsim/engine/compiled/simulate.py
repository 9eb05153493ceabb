"""Run a model by its machine code: what `engine.integrate.simulate` does, many times as fast."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model
from regionsim.engine.compiled.known import with_known
from regionsim.engine.compiled.lanes import LANES, aligned, copied
from regionsim.engine.compiled.loops import Place
from regionsim.engine.compiled.machine import DRIVE, RUN, Code, code_of
from regionsim.engine.compiled.program import Program, program_of
from regionsim.engine.compiled.schedule import SIDE_BY_SIDE, Schedule, schedule_of
from regionsim.engine.guard import SimulationError
from regionsim.engine.integrate import STAGES, Method, Recorder, Trajectory, kept_years, members_of, simulate, steps_of
from regionsim.language.inputs import AnyInput, Constant, Path, Table

Array = NDArray[np.float64]

# From so many members on it pays to know before what all have in common: some milliseconds.
KNOWN_FROM = 96


def simulate_compiled(
    model: Model,
    *,
    start: float,
    end: float,
    step: float,
    method: Method = "euler",
    outputs: Collection[str] | None = None,
    at: Collection[int] | None = None,
    threads: int = 1,
    first_member: int = 0,
) -> Trajectory:
    """What `simulate` returns, to 1e-10 of each variable's largest value, from machine code of the same equations.

    The code is made on first use (some 10 seconds for the whole model) and kept on disk. A member's results do not
    depend on the other members nor on the number of `threads`, to the last bit. Years in which no input tells the
    members apart are run once.

    Raises what `simulate` raises, in the same words, and ImportError where the optional extra `fast` is missing.
    """
    trajectory, broken = simulate_each(
        model,
        start=start,
        end=end,
        step=step,
        method=method,
        outputs=outputs,
        at=at,
        threads=threads,
        first_member=first_member,
    )
    if broken:
        first = broken[min(broken)]
        raise type(first)(str(first), words_of(broken))
    return trajectory


def words_of(broken: Mapping[int, SimulationError]) -> dict[int, str]:
    """What broke in each member, without its number."""
    return {member: error.members.get(0, str(error)) for member, error in broken.items()}


def simulate_each(
    model: Model,
    *,
    start: float,
    end: float,
    step: float,
    method: Method = "euler",
    outputs: Collection[str] | None = None,
    at: Collection[int] | None = None,
    threads: int = 1,
    first_member: int = 0,
) -> tuple[Trajectory, dict[int, SimulationError]]:
    """As `simulate_compiled`, with nan for members that break, and what the reference raises for each by its place."""
    steps, years = steps_of(step), round(end - start)
    program = program_of(model, method)
    members = members_of(model)
    schedule = schedule_of(model, program, start, years, steps, method)
    kept = kept_years(start, years, at)
    runner = _Runner(model, program, code_of(program.text), schedule, kept, steps, len(STAGES[method]))
    if members > KNOWN_FROM:
        runner.know()
    recorder = Recorder(model, outputs, members, start + np.flatnonzero(kept).astype(np.float64))
    runner.record(recorder)
    bounds = [members * k // threads for k in range(threads + 1)]
    spans = [range(begin, stop) for begin, stop in pairwise(bounds) if stop > begin]
    if len(spans) == 1:
        runs = [runner.run(spans[0])]
    else:
        with ThreadPoolExecutor(len(spans)) as pool:
            runs = list(pool.map(runner.run, spans))
    residuals = np.max([found for found, _ in runs], axis=0, initial=0.0)
    ledgers = dict(zip(program.residuals, residuals.tolist(), strict=True))
    broken: dict[int, SimulationError] = {}
    for member in (member for _, stopped in runs for member in stopped):
        # The reference says what is wrong, and where; were it to find nothing, its results would stand.
        try:
            alone = simulate(
                member_alone(model, member),
                start=start,
                end=end,
                step=step,
                method=method,
                outputs=outputs,
                at=at,
                first_member=first_member + member,
            )
        except SimulationError as error:
            broken[member] = error
            for store in recorder.store.values():
                store[:, member] = np.nan
            continue
        for name, variable in alone.variables.items():
            recorder.store[name][:, member] = variable.values[:, 0]
        ledgers = {name: max(value, alone.ledgers[name]) for name, value in ledgers.items()}
    return recorder.trajectory(ledgers), broken


def member_alone(model: Model, member: int) -> Model:
    """The model with the inputs of one member."""
    return replace(model, inputs={name: _alone(value, member) for name, value in model.inputs.items()})


def _alone(value: AnyInput, member: int) -> AnyInput:
    if isinstance(value, Constant) and len(value.values) > 1:
        return replace(value, values=value.values[member : member + 1])
    if isinstance(value, Path) and value.values.shape[1] > 1:
        return replace(value, values=value.values[:, member : member + 1])
    return value


@dataclass(frozen=True)
class _Varying:
    """Numbers that differ from member to member: where they stand, and `values` over (member, number)."""

    offset: int
    values: Array = field(repr=False)


class _Runner:
    """Feeds members to the machine code, and keeps what is asked for."""

    def __init__(
        self,
        model: Model,
        program: Program,
        code: Code,
        schedule: Schedule,
        kept: NDArray[np.bool_],
        steps: int,
        stages: int,
    ) -> None:
        self.model, self.program, self.code, self.schedule = model, program, code, schedule
        self.call, self.drive = code.function("run", *RUN), code.function("drive", *DRIVE)
        self.steps, self.steps_a_year, self.stages = steps * (len(kept) - 1), steps, stages
        self.asked = np.zeros(self.steps + 1, dtype=np.int8)
        self.asked[::steps] = kept
        self.rows = np.concatenate([[0], np.cumsum(self.asked)]).tolist()  # records before each step's end
        self.memory = aligned(program.size)
        self.varying: list[_Varying] = []
        for name, value in model.inputs.items():
            if isinstance(value, Table):
                arguments, values = program.tables[name]
                self._put(arguments, value.arguments)
                self._put(values, value.values)
            elif isinstance(value, Constant):
                flat = value.values.reshape(len(value.values), -1)
                self._put(program.places[name], flat[0])
                if len(flat) > 1:
                    self.varying.append(_Varying(program.places[name].offset, flat))
        offsets = [place.offset for place in program.residuals.values()]
        self.residuals = slice(min(offsets, default=0), max(offsets, default=-1) + 1)
        self.kept: list[tuple[Array, slice, tuple[int, ...]]] = []
        self.copies = np.zeros((0, 3), dtype=np.int64)
        self.width = 0

    def _put(self, place: Place, values: Array) -> None:
        self.memory[place.offset : place.offset + place.size] = values.reshape(-1, 1)

    def record(self, recorder: Recorder) -> None:
        """Keep what the recorder asks for, in its arrays."""
        copies = []
        for name, store in recorder.store.items():
            place = self.program.places[name]
            span = slice(self.width, self.width + place.size)
            self.kept.append((store, span, store.shape[2:]))
            copies.append((place.offset, self.width, place.size))
            self.width += place.size
        self.copies = np.array(copies, dtype=np.int64).reshape(-1, 3)

    def know(self) -> None:
        """Work out once what all members have in common."""
        memory, table = copied(self.memory), self.schedule.side_by_side(range(1))[0]
        if self._caller(memory)(table, np.empty(1), 0, 0, False):
            return  # each member breaks for itself
        arrays = [_address(array) for array in (memory, self.schedule.alike, table, *self._moments)]
        self.schedule = with_known(
            self.schedule, self.model, self.program, memory, lambda moment: self.drive(*arrays, moment)
        )

    def run(self, members: range) -> tuple[Array, list[int]]:
        """Run the members, some side by side: the largest residual of each ledger, and the members that broke."""
        memory = copied(self.memory)
        batches = -(-min(SIDE_BY_SIDE, len(members)) // LANES)
        out = np.empty((batches, self.rows[-1], max(self.width, 1), LANES))
        residuals, broken = np.zeros(self.residuals.stop - self.residuals.start), []
        call = self._caller(memory)
        tables = self.schedule.side_by_side(members[:SIDE_BY_SIDE])
        shared = self._shared_steps(members)
        if shared and call(tables[0], out[0], 0, shared, False):
            shared = 0  # each member then breaks for itself
        moved = self._moved_from(shared) if shared else []
        begun = [memory[span].copy() for span in moved]
        begun_out = out[0, : self.rows[shared]].copy()
        for first in range(0, len(members), SIDE_BY_SIDE):
            together = members[first : first + SIDE_BY_SIDE]
            if first:
                tables = self.schedule.side_by_side(together)
            for batch, begin in enumerate(range(0, len(together), LANES)):
                lanes = together[begin : begin + LANES]
                # Lanes for which no member is left do what the last one does.
                who = [*lanes, *[lanes[-1]] * (LANES - len(lanes))]
                for span, numbers in zip(moved, begun, strict=True):
                    memory[span] = numbers
                out[batch, : len(begun_out)] = begun_out
                for part in self.varying:
                    memory[part.offset : part.offset + part.values.shape[1]] = part.values[who].T
                stopped = call(tables[batch], out[batch], shared, self.steps, True)
                whole = [lane for lane in range(len(lanes)) if not stopped >> lane & 1]
                broken += [lanes[lane] for lane in range(len(lanes)) if stopped >> lane & 1]
                np.maximum(residuals, memory[self.residuals, whole].max(axis=1, initial=0.0), out=residuals)
            self._keep(out, together)
        return residuals, broken

    def _keep(self, out: Array, members: range) -> None:
        """Put what batches have recorded, (batch, year, number, lane), where it is asked for."""
        for store, span, shape in self.kept:
            found = out[:, :, span].transpose(1, 0, 3, 2).reshape(self.rows[-1], -1, *shape)
            store[:, members.start : members.stop] = found[:, : len(members)]

    def _shared_steps(self, members: range) -> int:
        """How many steps the members have in common, and need not be run for each of them."""
        if self.varying or len(members) == 1:
            return 0
        return min(self.schedule.parting // self.stages, self.steps)

    def _moved_from(self, step: int) -> list[slice]:
        """What of the memory other steps than those before this one move, and read before they form it."""
        program, plan, moment = self.program, self.schedule, step * self.stages
        moved = np.zeros(program.size + 2, dtype=bool)  # one more at each end
        moved[1:-1][program.carried] = True
        changed = {*plan.changes[plan.starts[2 * moment] :, 2].tolist()}
        evaluated = (plan.flags[moment:].max(axis=0, initial=0) > 0).tolist()
        groups: list[tuple[str, ...]] = [
            (name,) for name, value in self.model.inputs.items() if isinstance(value, Path)
        ]
        groups += [group for group, again in zip(program.driven.values(), evaluated, strict=True) if not again]
        for group in groups:
            begin, last = program.places[group[0]], program.places[group[-1]]
            if begin.offset not in changed:
                moved[1 + begin.offset : 1 + last.offset + last.size] = False
        return [slice(*ends) for ends in np.flatnonzero(moved[1:] != moved[:-1]).reshape(-1, 2).tolist()]

    @property
    def _moments(self) -> tuple[NDArray[Any], ...]:
        plan = self.schedule
        return plan.times, plan.starts, plan.changes, plan.flags

    def _caller(self, memory: Array) -> Callable[[Array, Array, int, int, bool], int]:
        """The run from one step to another, with a table of its members, recorded into an array (record, number).

        It returns what is not 0 where the run broke.
        """
        before = [_address(array) for array in (memory, self.schedule.alike)]
        after = [_address(array) for array in (*self._moments, self.copies)]
        asked = _address(self.asked)

        def call(table: Array, out: Array, first: int, last: int, ends: bool) -> int:
            to = _address(out) + self.rows[first] * out.strides[0]
            size = len(self.copies), asked, to, self.width, first, last, ends
            return self.call(*before, _address(table), *after, *size, 1 / self.steps_a_year)

        return call


def _address(array: NDArray[Any]) -> int:
    return array.ctypes.data
