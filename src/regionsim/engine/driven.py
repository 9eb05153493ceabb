"""Equations that no stock moves: they are worked out again only where time or a path moves them."""

from __future__ import annotations

from regionsim.engine.compile import Model
from regionsim.language.declarations import CLOCK, Equation
from regionsim.language.inputs import Path


def driven_from_outside(model: Model) -> dict[frozenset[str], tuple[Equation, ...]]:
    """The equations that depend on paths, on the clock and on what is fixed only, each group after those it reads.

    Groups are named by the paths, and the names of the clock, that move them. What only results ask for is left out
    where the clock moves it: it would be evaluated at every moment.
    """
    moving = {name for name, value in model.inputs.items() if isinstance(value, Path)} | set(CLOCK)
    reported = {equation.name for equation in model.reported}
    found: dict[str, frozenset[str]] = {}
    for equation in model.equations.values():
        mine: set[str] = set()
        for name in equation.arguments:
            if (name in model.equations and name not in found) or name in model.stocks:
                break
            mine |= found.get(name, {name} & moving)
        else:
            if equation.name not in reported or mine.isdisjoint(CLOCK):
                found[equation.name] = frozenset(mine)
    groups: dict[frozenset[str], list[Equation]] = {}
    for name, depends in found.items():
        if depends:
            groups.setdefault(depends, []).append(model.equations[name])
    # What moves an equation is among what moves its readers: the fewest first is an order of evaluation.
    return {names: tuple(groups[names]) for names in sorted(groups, key=len)}
