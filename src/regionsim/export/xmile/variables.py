"""The variables of a document, and the names of its dimensions and elements.

Few readers know more than two dimensions. Axes whose elements an equation may name, and the hubs, are therefore
unrolled: `output` over county and sector becomes `output_agriculture`, `output_industry` and `output_services` over
County. The others are dimensions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from regionsim.export.xmile import tree
from regionsim.export.xmile.tree import Index, Node
from regionsim.language.axes import LABELS, position
from regionsim.language.inputs import Table

UNROLLED = frozenset({*LABELS, "hub"})
MOST_DIMENSIONS = 2
ORIGIN = "Origin"

# Along each unrolled axis of something, the label that is meant.
Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Variable:
    """One variable of the document.

    `source` and `labels` say of what it is in the model; `axes` are the model's axes of its `dimensions`, in the same
    order. `body` is one expression for all elements, or one for each; `table` is read at what the body gives. `written`
    names what was written into the body instead of standing by itself.
    """

    name: str
    about: str
    unit: str
    source: str
    labels: Labels = ()
    axes: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    kind: Literal["stock", "flow", "aux"] = "aux"
    body: Node | Mapping[tuple[str, ...], Node] = field(repr=False)
    table: Table | None = field(default=None, repr=False)
    inflows: tuple[str, ...] = ()
    outflows: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def bodies(self) -> tuple[Node, ...]:
        """Every expression in the body."""
        return tuple(self.body.values()) if isinstance(self.body, Mapping) else (self.body,)

    @property
    def needs(self) -> set[str]:
        """The names of the variables that it reads, and of its flows."""
        names = {reference.name for body in self.bodies for reference in tree.references(body)}
        return {*names, *self.inflows, *self.outflows}

    def read_at(self, place: Mapping[str, Index]) -> Node:
        """What stands for it at a place; at an element where it is known to be 0 or 1, that."""
        where = tuple(place[axis] for axis in self.axes)
        if isinstance(self.body, Mapping) and not any(index.runs for index in where):
            known = self.body[tuple(index.name for index in where)]
            if known in (tree.ZERO, tree.ONE):
                return known
        return tree.Reference(self.name, where)


class Names:
    """What the dimensions and elements of a model are called in the document.

    `elements` may give other names than the model's labels, axis by axis, in the order of the labels.
    """

    def __init__(self, labels: Mapping[str, tuple[str, ...]], elements: Mapping[str, Sequence[str]]) -> None:
        self.labels = labels
        self._elements = {
            axis: tuple(element_name(axis, name) for name in elements.get(axis, names))
            for axis, names in labels.items()
        }
        if "county" in labels and "destination" in labels:
            self._elements["destination"] = self._elements["county"]

    def elements(self, axis: str) -> tuple[str, ...]:
        """The names of an axis' elements; of an unrolled one its labels."""
        return self.labels[axis] if axis in UNROLLED else self._elements[axis]

    def dimension(self, axis: str, over: Iterable[str]) -> str:
        """The dimension along which something over `over` has an axis.

        Between two counties the destination is the County, so that who arrives is a sum over the origins.
        """
        if axis == "county" and "destination" in over:
            return ORIGIN
        return "County" if axis == "destination" else axis.capitalize()

    def dimensions(self) -> dict[str, tuple[str, ...]]:
        """Every dimension that may be needed, with its elements."""
        found = {self.dimension(axis, ()): self._elements[axis] for axis in self.labels if axis not in UNROLLED}
        if "destination" in self.labels:
            found[ORIGIN] = self._elements["county"]
        return found

    def unrolled(self, over: Iterable[str]) -> list[Labels]:
        """Every combination of labels along the unrolled axes of `over`; one, the empty one, where there is none."""
        axes = [axis for axis in over if axis in UNROLLED]
        return [tuple(zip(axes, labels, strict=True)) for labels in product(*(self.labels[axis] for axis in axes))]

    def place(self, over: Iterable[str], labels: Labels) -> dict[str, Index]:
        """Where something is read as a whole: at its labels, and along its dimensions."""
        over = tuple(over)
        running = {axis: Index(self.dimension(axis, over), runs=True) for axis in over if axis not in UNROLLED}
        return running | {axis: Index(label) for axis, label in labels}


def printed_order(over: Iterable[str]) -> tuple[str, ...]:
    """The axes of `over` that are dimensions, as they stand in brackets: the destination first."""
    return tuple(sorted((axis for axis in over if axis not in UNROLLED), key=_rank))


def _rank(axis: str) -> int:
    return 0 if axis == "destination" else position(axis)


def suffixed(name: str, labels: Labels) -> str:
    """The name of the part of something that belongs to its labels."""
    return "_".join((name, *(label for _, label in labels)))


def element_name(axis: str, label: str) -> str:
    """A label as a name that every reader takes: letters and digits, beginning with a letter.

    PySD reads an underscore in an element's name as a space, and then does not find the element.
    """
    words = [word[0].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", label)]
    name = re.sub(r"(?<=\d) (?=\d)", "to", " ".join(words)).replace(" ", "")
    return name if name[:1].isalpha() else axis.capitalize() + name
