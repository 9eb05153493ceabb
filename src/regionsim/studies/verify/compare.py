"""How far an engine's values lie from ours, variable by variable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.integrate import Trajectory, Variable
from regionsim.export.xmile.document import Document

Array = NDArray[np.float64]

TOLERANCE = 1e-9
# Of a variable's largest value: nearer to 0 than this, differences are measured against this.
SMALLEST_SHARE = 1e-9


@dataclass(frozen=True)
class Difference:
    """The largest relative difference of one variable, and where it is: the element's name in XMILE, and the year."""

    variable: str
    largest: float
    element: str
    year: int

    @property
    def agrees(self) -> bool:
        """Whether it is within the tolerance; what is not a number in one of the two is not."""
        return self.largest <= TOLERANCE


def element_names(document: Document, sources: Sequence[str]) -> dict[str, list[str]]:
    """The names in XMILE of all elements of each variable of the model."""
    return {source: [name for _, names in document.columns(source) for name in names] for source in sources}


def our_values(document: Document, variable: Variable, labels: Mapping[str, tuple[str, ...]]) -> Array:
    """Our trajectory of a variable over (year, element), the elements in the order of `element_names`."""
    values = variable.values[:, 0]  # a scenario is an ensemble of one
    parts = []
    for part, _ in document.columns(variable.name):
        chosen = dict(part.labels)
        index = [labels[axis].index(chosen[axis]) if axis in chosen else slice(None) for axis in variable.over]
        kept = [axis for axis in variable.over if axis not in chosen]
        block = values[(slice(None), *index)].transpose(0, *(1 + kept.index(axis) for axis in part.axes))
        parts.append(block.reshape(len(values), -1))
    return np.concatenate(parts, axis=1)


def differences(document: Document, ours: Trajectory, theirs: Mapping[str, Array]) -> list[Difference]:
    """The largest relative difference of each variable in `theirs`, whose values are over (year, element)."""
    found = []
    for name, values in theirs.items():
        expected = our_values(document, ours.variables[name], ours.labels)
        relative = _relative(expected, values)
        year, element = np.unravel_index(int(relative.argmax()), relative.shape)
        names = element_names(document, (name,))[name]
        found.append(Difference(name, float(relative.max()), names[element], int(ours.years[year])))
    return found


def _relative(expected: Array, found: Array) -> Array:
    """Differences relative to what is expected; infinite where one of the two is no finite number and they differ."""
    with np.errstate(invalid="ignore"):
        apart = np.where(expected == found, 0.0, np.abs(found - expected))
    scale = np.abs(expected[np.isfinite(expected)]).max(initial=0.0)
    against = np.maximum(np.abs(expected), SMALLEST_SHARE * scale)
    relative = np.divide(apart, against, out=np.where(apart == 0, 0.0, np.inf), where=against > 0)
    return np.where(np.isnan(relative) | ~np.isfinite(apart), np.inf, relative)
