"""How much arithmetic a run is, counted from the equations: what no engine can do without."""

from __future__ import annotations

from collections import Counter
from math import prod

from regionsim.engine.compiled.loops import Call, Choice, Lookup, Nest, Node, Number
from regionsim.engine.compiled.program import Program
from regionsim.engine.compiled.schedule import Schedule

# By what they cost: one instruction, a division or a root, or a function of many instructions.
KINDS = {
    **dict.fromkeys(("+", "-", "*", "negative", "magnitude", "minimum", "maximum"), "simple"),
    **dict.fromkeys(("/", "ratio", "sqrt"), "division"),
    **{name: name for name in ("exp", "log", "power", "raised", "lookup")},
}


def operations_of_run(program: Program, schedule: Schedule, years: int) -> Counter[str]:
    """Operations on single numbers in one member's run, by kind; what the checks of the run add is left out.

    An equation that only paths drive counts as often as one of its paths changes.
    """
    moments = len(schedule.times) - 1
    found = _of_functions(program, program.calls["moving"], moments)
    found += _of_functions(program, program.calls["reported"], years)
    for k in range(len(program.driven)):
        found += _of_functions(program, program.calls[f"driven.{k}"], int(schedule.flags[1:, k].sum()))
    found += _of_functions(program, program.calls["begin"], 1)
    stages = [name for name in program.nests if name.startswith(("enter.", "leave."))]
    return found + _of_functions(program, stages, moments // max(1, sum(name.startswith("enter.") for name in stages)))


def operations(nest: Nest) -> Counter[str]:
    """Operations of one nest, by kind."""
    times = prod(loop.size for loop in nest.loops)
    once = _of_value(nest.value) + Counter({"simple": 1} if nest.joined else {})
    return Counter({kind: times * count for kind, count in once.items()})


def _of_functions(program: Program, names: tuple[str, ...] | list[str], times: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in names:
        for nest in program.nests[name]:
            found += operations(nest)
    return Counter({kind: times * count for kind, count in found.items()})


def _of_value(node: Node) -> Counter[str]:
    match node:
        case Call("power", (base, Number(_))):
            return Counter({"simple": 1}) + _of_value(base)
        case Call(function, arguments):
            return sum((_of_value(part) for part in arguments), Counter({KINDS[function]: 1}))
        case Choice(_, left, right, then, otherwise):
            return sum((_of_value(part) for part in (left, right, then, otherwise)), Counter({"simple": 2}))
        case Lookup(_, _, argument):
            return Counter({"lookup": 1}) + _of_value(argument)
    return Counter()
