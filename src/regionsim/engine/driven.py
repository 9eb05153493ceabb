"""Equations that only paths drive: what they are need not be worked out again while their paths stay as they are."""

from __future__ import annotations

from regionsim.engine.compile import Model
from regionsim.language.declarations import CLOCK, Equation
from regionsim.language.inputs import Path


def driven_by_paths(model: Model) -> dict[frozenset[str], tuple[Equation, ...]]:
    """The equations that depend on paths and on what is fixed only, by their paths, each group after those it reads."""
    paths = {name for name, value in model.inputs.items() if isinstance(value, Path)}
    found: dict[str, frozenset[str]] = {}
    for equation in model.equations.values():
        mine: set[str] = set()
        for name in equation.arguments:
            if (name in model.equations and name not in found) or name in model.stocks or name in CLOCK:
                break
            mine |= found.get(name, {name} & paths)
        else:
            found[equation.name] = frozenset(mine)
    groups: dict[frozenset[str], list[Equation]] = {}
    for name, depends in found.items():
        if depends:
            groups.setdefault(depends, []).append(model.equations[name])
    # Paths of an equation are among those of its readers: the fewest first is an order of evaluation.
    return {paths: tuple(groups[paths]) for paths in sorted(groups, key=len)}
