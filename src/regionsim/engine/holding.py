"""A model with one link cut: an equation that reads the starting value of a variable in place of the variable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from regionsim.engine.compile import Model
from regionsim.language.declarations import INITIAL, Equation


def with_link_held(model: Model, source: str, target: str) -> Model:
    """The model in which the equation `target` reads `source` as it was at the start of the run, and never its change.

    Both runs begin alike, and every other reader of `source` sees it move. Raises ValueError where `target` is no
    equation, or one that does not read the stock or equation `source`.
    """
    if source not in model.stocks and source not in model.equations:
        raise ValueError(f"'{source}' is no stock and no equation: it has no starting value to be held at")
    if target not in model.equations:
        raise ValueError(f"'{target}' is no equation: what a stock gains is no link that can be held")
    equation = model.equations[target]
    if source not in equation.arguments:
        raise ValueError(f"'{target}' does not read '{source}'")
    arguments = tuple(INITIAL + name if name == source else name for name in equation.arguments)
    held = replace(equation, arguments=arguments)

    def put(equations: Iterable[Equation]) -> tuple[Equation, ...]:
        return tuple(held if each.name == target else each for each in equations)

    # Without a link every order that was good still is: nothing is worked out anew.
    return replace(
        model,
        equations={**model.equations, target: held},
        fixed=put(model.fixed),
        held=put(model.held),
        moving=put(model.moving),
        reported=put(model.reported),
        initial_names=tuple(sorted({*model.initial_names, source})),
    )
