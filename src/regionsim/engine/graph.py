"""Who depends on whom: evaluation orders, cycles and feedback loops of a set of named nodes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


def evaluation_order(inputs_of: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The nodes so that each stands after its inputs; the given order is kept where it is free.

    Inputs that are not nodes themselves are left out. Raises graphlib.CycleError where there is no such order.
    """
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for node, inputs in inputs_of.items():
        sorter.add(node, *(name for name in inputs if name in inputs_of))
    return tuple(sorter.static_order())


def cycles(inputs_of: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """One cycle for each knot of nodes that depend on each other, as (a, b, c, a): a is read by b, b by c, c by a.

    A cycle begins with its alphabetically first node, so that messages do not change from run to run.
    """
    rest = {node: set(inputs) for node, inputs in inputs_of.items()}
    found = []
    while True:
        try:
            evaluation_order(rest)
        except CycleError as error:
            knot = list(error.args[1][:-1])
            first = knot.index(min(knot))
            knot = knot[first:] + knot[:first]
            found.append((*knot, knot[0]))
            # Cut the cycle where it closes and look for the next one.
            rest[knot[0]].discard(knot[-1])
        else:
            return found


def upstream(inputs_of: Mapping[str, Iterable[str]], names: Iterable[str]) -> set[str]:
    """The given nodes and all that they depend on, directly or not."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += inputs_of.get(name, ())
    return found


def users(inputs_of: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """For each name, the nodes that read it, in the given order."""
    result: dict[str, list[str]] = {}
    for node, inputs in inputs_of.items():
        for name in inputs:
            result.setdefault(name, []).append(node)
    return {name: tuple(nodes) for name, nodes in result.items()}


def shortest_loop(inputs_of: Mapping[str, Iterable[str]], name: str) -> tuple[str, ...]:
    """The shortest feedback loop through `name` as (name, …, name) in the direction of influence; () if none."""
    readers = users(inputs_of)
    came_from: dict[str, str] = {}
    queue = deque([name])
    while queue:
        node = queue.popleft()
        for reader in readers.get(node, ()):
            if reader == name:
                path = [name, node]
                while path[-1] != name:
                    path.append(came_from[path[-1]])
                return tuple(reversed(path)) if node != name else (name, name)
            if reader not in came_from:
                came_from[reader] = node
                queue.append(reader)
    return ()
