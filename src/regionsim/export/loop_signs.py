"""The sign of each named loop, measured: the product of the polarities of its links at states of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from regionsim.engine.compile import Model
from regionsim.engine.polarity import Polarity, States, polarity, product_of
from regionsim.export.loops import NamedLoop, path_through
from regionsim.language.inputs import AnyInput

Links = Mapping[tuple[str, str], Polarity]


@dataclass(frozen=True)
class MeasuredLoop:
    """A loop with its path (first name again at the end), the polarity of each link, and that of the whole.

    `at_ends` are the polarities at the low and the high end of the parameter that the loop hangs on.
    """

    loop: NamedLoop
    path: tuple[str, ...]
    links: tuple[Polarity, ...]
    sign: Polarity
    at_ends: tuple[Polarity, Polarity] | None


def measured(model: Model, states: States, loop: NamedLoop) -> MeasuredLoop:
    """A named loop as the model has it. Raises ValueError where the loop does not close."""
    path = path_through(model.inputs_of, loop.through)
    links = _links(model, states, path)
    ends = None
    if loop.hangs_on:
        parameter = model.inputs[loop.hangs_on]
        low, high = (
            _links(model, {**states, parameter.name: _at(parameter, states, end)}, path) for end in _ends(parameter)
        )
        ends = (product_of(low), product_of(high))
    return MeasuredLoop(loop, path, links, product_of(links), ends)


def _links(model: Model, states: States, path: tuple[str, ...]) -> tuple[Polarity, ...]:
    return tuple(polarity(model, states, source, target) for source, target in pairwise(path))


def _ends(parameter: AnyInput) -> tuple[float, float]:
    if parameter.low is None or parameter.high is None:
        raise ValueError(f"'{parameter.name}' has no range")
    return parameter.low, parameter.high


def _at(parameter: AnyInput, states: States, end: float) -> object:
    """The parameter's states at one end of its range, which is a value or a factor on it."""
    values = states[parameter.name]
    return values * end if parameter.range_kind == "factor" else values * 0 + end
