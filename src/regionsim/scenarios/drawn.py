"""One number for a parameter, or for an element of it, as its range understands numbers: a value or a factor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regionsim.language.axes import AXES, position
from regionsim.language.inputs import AnyInput, Path, Table
from regionsim.problems import nearest_name
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.values import assign

Array = NDArray[np.float64]

_ELEMENT = re.compile(r"(?P<name>[a-z][a-z0-9_]*)(\[(?P<labels>[^\[\]]+)\])?")


@dataclass(frozen=True)
class Drawn:
    """What a draw changes: a parameter, or the element of it that `labels` (of its first axes) name."""

    name: str
    labels: tuple[str, ...] = ()

    @classmethod
    def of(cls, key: str) -> Drawn:
        """From a key like "participation_share" or "capital_elasticity[industry]". Raises ValueError."""
        found = _ELEMENT.fullmatch(key)
        if found is None:
            raise ValueError(f"a parameter, or one with an element like capital_elasticity[industry], found '{key}'")
        labels = found["labels"]
        return cls(found["name"], tuple(part.strip() for part in labels.split(",")) if labels else ())


def find_drawn(key: str, parameters: Mapping[str, AnyInput], axes: AxisLabels) -> Drawn:
    """What a key names among the parameters.

    Raises ValueError, in words for who wrote the key, for an unknown name (with the nearest) and an element that is
    none.
    """
    one = Drawn.of(key)
    if one.name not in parameters:
        nearest = nearest_name(one.name, parameters)
        raise ValueError(f"unknown parameter '{one.name}'" + (f", did you mean '{nearest}'?" if nearest else ""))
    over = parameters[one.name].over
    if len(one.labels) > len(over):
        raise ValueError(f"'{one.name}' is over {over or 'no axis'}, found the element '{key}'")
    for axis, label in zip(over, one.labels, strict=False):
        names = axes.of(axis)
        if label not in names:
            nearest = nearest_name(label, names)
            raise ValueError(f"'{label}' is no {axis}" + (f", did you mean '{nearest}'?" if nearest else ""))
    return one


def drawn(
    parameter: AnyInput, labels: tuple[str, ...], number: float | Array, axes: AxisLabels, *, of: AnyInput | None = None
) -> AnyInput:
    """The parameter with `number` in it (of shape (member,), or one number), as its range understands numbers.

    Where the range is one of factors it is `number` times what stands in `of` (None: in the parameter itself), else
    the number takes its place; nan leaves it as it is. `labels` name the element, the empty tuple all. Raises TypeError
    for what one number cannot say: a path or a table with a range of values, or a table by member.
    """
    of = parameter if of is None else of
    numbers = np.atleast_1d(np.asarray(number, dtype=np.float64))
    is_factor = parameter.range_kind == "factor"
    if isinstance(parameter, Table):
        if not is_factor or len(numbers) > 1 or labels:
            raise TypeError(f"the table '{parameter.name}' can be multiplied by one number, and not member by member")
        return parameter if np.isnan(numbers[0]) else replace(parameter, values=of.values * numbers[0])
    if isinstance(parameter, Path) and not is_factor:
        raise TypeError(f"the path '{parameter.name}' has a range of values: one number does not say which years")
    sizes = [1] * len(AXES)
    for axis in parameter.over:
        sizes[position(axis)] = len(axes.of(axis))
    chosen = np.zeros((1, *sizes))
    assign(chosen, parameter.over, labels, 1.0, axes)
    told = numbers.reshape(-1, *(1 for _ in sizes[1:]))
    changes = (chosen[0] > 0) & ~np.isnan(told)
    values = np.where(changes, of.values * told if is_factor else told, parameter.values)
    return replace(parameter, values=values)
