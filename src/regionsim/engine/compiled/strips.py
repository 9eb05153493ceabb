"""Loops over long arrays cut into strips: what one county needs is done for it before the next county's turn.

An array over county, residence and cohort is as large as the nearest cache. Equations that read each other county by
county are therefore done together, a county at a time: what one has formed the next one finds where it is nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import prod

from regionsim.engine.compiled.loops import Call, Choice, Lookup, Nest, Node, Place, Read, reads

# The axis along which strips are cut.
ALONG = "county"
# Loops of fewer elements a county stay whole: their code is longer than the time that they take.
WIDE = 16
# So many nests at most stand in the same loops: registers are few.
MOST = 12
# Functions of so many instructions that they are better done several at once in loops of their own.
LONG_FUNCTIONS = {"exp", "log", "power", "raised", "lookup"}


@dataclass(frozen=True)
class Task:
    """Nests that are done one after the other: by the function of that name, or, if wide, in a strip with others."""

    nests: tuple[Nest, ...]
    function: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it may be part of a strip."""
        return not self.function and all(map(is_wide, self.nests))


Phases = list[tuple[list[Task], list[Nest]]]


def is_wide(nest: Nest) -> bool:
    """Whether a nest is done strip by strip."""
    first = nest.loops[0].variable if nest.loops else ""
    return first == ALONG and prod(loop.size for loop in nest.loops[1:]) >= WIDE and not _is_product(nest)


def _is_product(nest: Nest) -> bool:
    """Whether a nest multiplies matrices: done for several counties at once it reads less."""
    kept = [loop.variable for loop in nest.loops if loop.variable not in nest.joined]
    return ALONG in kept and len(kept) > 1 and not _joins_innermost(nest)


def in_phases(tasks: Sequence[Task]) -> Phases:
    """The tasks in another order that forms the same: by turns those that stand apart, and all nests of one strip.

    A task comes after those before it whose numbers it reads or replaces, or that read what it replaces; within a
    strip this is enough for each county by itself where no other county's numbers are touched.
    """
    before = _before(tasks)
    left, done = list(range(len(tasks))), set[int]()

    def may_begin(k: int) -> bool:
        return not tasks[k].is_wide and before[k].keys() <= done

    def may_join(k: int) -> bool:
        return tasks[k].is_wide and all(other in done or (other in strip and own) for other, own in before[k].items())

    phases = []
    while left:
        strip = set[int]()
        apart, together = _taken(left, may_begin, done), _taken(left, may_join, strip)
        done |= strip
        phases.append(([tasks[k] for k in apart], [nest for k in together for nest in tasks[k].nests]))
    return phases


def passing(phases: Phases) -> list[list[Place]]:
    """For each strip the arrays that are formed in it and read nowhere else, but in the county whose turn it is.

    What is read before it is formed is left out: it is what an earlier step has left.
    """
    turns: list[tuple[int, Nest]] = []
    for k, (apart, strip) in enumerate(phases):
        turns += [(-1, nest) for task in apart for nest in task.nests]
        turns += [(k, nest) for nest in strip]
    formed: dict[Place, int] = {}
    barred = set[Place]()
    for k, nest in turns:
        for access in reads(nest.value):
            if formed.get(access.place, -1) != k or k < 0 or not _is_own(access):
                barred.add(access.place)
        target = nest.target.place
        if k < 0 or formed.setdefault(target, k) != k or not _is_own(nest.target) or target.over[0] != ALONG:
            barred.add(target)
    return [[place for place, at in formed.items() if at == k and place not in barred] for k in range(len(phases))]


def _taken(left: list[int], ready: Callable[[int], bool], into: set[int]) -> list[int]:
    """Those that may be taken from what is left, and from what is left then."""
    found = []
    while any(ready(k) for k in left):
        for k in list(left):
            if ready(k):
                left.remove(k)
                into.add(k)
                found.append(k)
    return found


def _before(tasks: Sequence[Task]) -> list[dict[int, bool]]:
    """For each task those that come before it, and whether it touches no other county's numbers of theirs."""
    written: dict[int, dict[int, bool]] = {}
    touched: dict[int, dict[int, bool]] = {}
    found = []
    for k, task in enumerate(tasks):
        mine: dict[int, bool] = {}
        inputs, outputs = _own(r for nest in task.nests for r in reads(nest.value)), _own(n.target for n in task.nests)
        for places, others in ((inputs, written), (outputs, touched)):
            for offset, own in places.items():
                for other, theirs in others.get(offset, {}).items():
                    mine[other] = mine.get(other, True) and own and theirs
        found.append(mine)
        for offset, own in outputs.items():
            written.setdefault(offset, {})[k] = own
        for offset, own in (inputs | outputs).items():
            touched.setdefault(offset, {})[k] = own and inputs.get(offset, True)
    return found


def _own(accesses: Iterable[Read]) -> dict[int, bool]:
    """By array: whether it is touched in the county alone whose turn it is."""
    found: dict[int, bool] = {}
    for access in accesses:
        found[access.place.offset] = found.get(access.place.offset, True) and _is_own(access)
    return found


def _is_own(access: Read) -> bool:
    place = access.place
    return ALONG in place.over and dict(access.moved).get(ALONG) == place.strides[ALONG]


def in_the_same_loops(nests: Sequence[Nest]) -> list[list[Nest]]:
    """The nests in another order that forms the same, those together that can be done in the same loops.

    A nest may read what another one of its loops has just set, element by element.
    """
    before = [
        {k: _element_by_element(nests[k], nest) for k in range(at) if _touches(nests[k], nest)}
        for at, nest in enumerate(nests)
    ]
    left, done = list(range(len(nests))), set[int]()
    groups = []
    while left:
        first = next(k for k in left if before[k].keys() <= done)
        group = {first}
        left.remove(first)
        for k in [k for k in left if _may_share(nests[first]) and _may_share(nests[k])]:
            ready = all(other in done or (other in group and own) for other, own in before[k].items())
            if nests[k].loops == nests[first].loops and ready and len(group) < MOST:
                group.add(k)
                left.remove(k)
        done |= group
        groups.append([nests[k] for k in sorted(group)])
    return groups


def _may_share(nest: Nest) -> bool:
    """Whether a nest may stand in loops with others."""
    return _joins_innermost(nest) and not (_functions(nest.value) & LONG_FUNCTIONS)


def _functions(node: Node) -> set[str]:
    match node:
        case Call(function, arguments):
            return {function}.union(*map(_functions, arguments))
        case Choice(_, left, right, then, otherwise):
            return set[str]().union(*map(_functions, (left, right, then, otherwise)))
        case Lookup(_, _, argument):
            return {"lookup"} | _functions(argument)
    return set()


def _joins_innermost(nest: Nest) -> bool:
    inside = [loop.variable in nest.joined for loop in nest.loops]
    return inside == sorted(inside)


def _touches(one: Nest, other: Nest) -> bool:
    """Whether a nest after another one must stay after it."""
    mine, theirs = ({access.place.offset for access in reads(nest.value)} for nest in (other, one))
    return one.target.place.offset in mine | {other.target.place.offset} or other.target.place.offset in theirs


def _element_by_element(one: Nest, other: Nest) -> bool:
    """Whether what two nests touch of each other's targets is the same element in each turn of their loops."""
    targets = {one.target.place.offset: one.target, other.target.place.offset: other.target}
    if not one.joined.isdisjoint(loop.variable for loop in one.loops) or len(targets) < 2:
        return False
    accesses = (access for nest in (one, other) for access in reads(nest.value))
    return all(access == targets[access.place.offset] for access in accesses if access.place.offset in targets)
