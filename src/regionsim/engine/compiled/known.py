"""What no stock moves, and what is the same for all members: worked out once, and then read like a path."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model
from regionsim.engine.compiled.program import Program
from regionsim.engine.compiled.schedule import Change, Schedule
from regionsim.language.declarations import INITIAL
from regionsim.language.inputs import Constant

Array = NDArray[np.float64]


def with_known(
    schedule: Schedule, model: Model, program: Program, memory: Array, drive: Callable[[int], object]
) -> Schedule:
    """The schedule in which what is known for all members is not evaluated for each of them.

    `memory` has any member at the start; `drive` brings to a moment what of it no stock moves.
    """
    known = _known_groups(schedule, model, program)
    if not schedule.flags[1:, known].any():
        return schedule
    groups = list(program.driven.values())
    changes, entries = [], {}
    for moment in range(1, len(schedule.times)):
        drive(moment)
        for name, *others in (groups[k] for k in known if schedule.flags[moment, k]):
            begin, last = program.places[name], program.places[others[-1] if others else name]
            entries[name, moment] = memory[begin.offset : last.offset + last.size, 0].reshape(1, -1).copy()
            changes.append(Change(moment, begin.offset, ((name, moment),)))
    flags = schedule.flags.copy()
    flags[:, known] = 0
    return schedule.with_more(changes, entries, flags)


def _known_groups(schedule: Schedule, model: Model, program: Program) -> list[int]:
    """The groups of equations that nothing tells apart from member to member."""
    apart = {name for name, value in model.inputs.items() if isinstance(value, Constant) and len(value.values) > 1}
    # Of what a stock begins with it is not asked which constants it is made of.
    apart |= {INITIAL + name for name in model.initial_names if apart}
    apart |= schedule.names_apart
    for equation in model.equations.values():
        if not apart.isdisjoint(equation.arguments):
            apart.add(equation.name)
    return [k for k, names in enumerate(program.driven.values()) if apart.isdisjoint(names)]
