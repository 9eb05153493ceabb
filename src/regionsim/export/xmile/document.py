"""The document itself: header, run, dimensions and variables as XML, and where each part of the model stands in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from regionsim import __version__
from regionsim.engine.compile import Model
from regionsim.export.xmile.build import variables_of
from regionsim.export.xmile.limits import refuse_shared_names, refuse_too_many_slots
from regionsim.export.xmile.tree import text
from regionsim.export.xmile.variables import MOST_DIMENSIONS, Names, Variable

NAMESPACE = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"


@dataclass(frozen=True)
class Document:
    """A model as XMILE. `variables` are those printed, `dimensions` their dimensions with the elements.

    `about` says in the header what cannot be said in the plain names below it.
    """

    title: str
    about: str
    start: float
    end: float
    step: float
    dimensions: Mapping[str, tuple[str, ...]]
    variables: tuple[Variable, ...] = field(repr=False)

    @property
    def slots(self) -> int:
        """How many numbers the document asks its reader to hold at a time."""
        return sum(len(self.elements(variable)) for variable in self.variables)

    def elements(self, variable: Variable) -> list[tuple[str, ...]]:
        """Every element of a variable as the names in its brackets; one, the empty one, for a single value."""
        return list(product(*(self.dimensions[dimension] for dimension in variable.dimensions)))

    def columns(self, source: str) -> Iterator[tuple[Variable, list[str]]]:
        """The variables that a stock or equation of the model became, each with the names of its elements."""
        for variable in self.variables:
            if variable.source == source:
                yield variable, [bracketed(variable.name, at) for at in self.elements(variable)]

    def xml(self) -> str:
        """The document's text."""
        root = Element("xmile", version="1.0", xmlns=NAMESPACE)
        header = SubElement(root, "header")
        SubElement(header, "vendor").text = "regionsim"
        SubElement(header, "product", version=__version__, lang="en").text = "regionsim"
        SubElement(header, "name").text = self.title
        SubElement(header, "caption").text = self.about
        options = SubElement(header, "options")
        SubElement(options, "uses_arrays", maximum_dimensions=str(MOST_DIMENSIONS))
        run = SubElement(root, "sim_specs", method="Euler", time_units="year")
        for name, value in (("start", self.start), ("stop", self.end), ("dt", self.step)):
            SubElement(run, name).text = repr(value)
        if self.dimensions:
            dimensions = SubElement(root, "dimensions")
            for name, elements in self.dimensions.items():
                dimension = SubElement(dimensions, "dim", name=name)
                for element in elements:
                    SubElement(dimension, "elem", name=element)
        variables = SubElement(SubElement(root, "model"), "variables")
        for variable in self.variables:
            variables.append(_variable(variable))
        indent(root, " ")
        return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def document_of(
    model: Model,
    *,
    title: str,
    start: float,
    end: float,
    step: float,
    about: str = "",
    elements: Mapping[str, Sequence[str]] | None = None,
    shown: Collection[str] = (),
) -> Document:
    """The model as a document: its stocks, the equations named in `shown` and all that they need.

    `elements` gives other names than the model's labels to the elements of an axis, in their order. Raises
    ProblemsError where something has more than two dimensions, two things have one name, or there are too many slots.
    """
    names = Names(model.labels, elements or {})
    variables = variables_of(model, names, start, end, shown)
    used = {dimension for variable in variables for dimension in variable.dimensions}
    dimensions = {name: labels for name, labels in names.dimensions().items() if name in used}
    document = Document(title, about, start, end, step, dimensions, variables)
    refuse_shared_names(name for name, count in Counter(_all_names(document)).items() if count > 1)
    refuse_too_many_slots(title, document.slots)
    return document


def bracketed(name: str, at: tuple[str, ...]) -> str:
    """An element of a variable as readers call it: `population[Liling]`."""
    return f"{name}[{','.join(at)}]" if at else name


def unit_text(unit: str) -> str:
    """A unit as XMILE has it: names without spaces, ^ for powers; 1 without dimension."""
    if unit == "dimensionless":
        return "1"
    return re.sub(r"(?<=\w) (?=\w)", "_", unit).replace("**", "^")


def _all_names(document: Document) -> Iterator[str]:
    """Every name that must be one thing's alone, without capital letters, which XMILE does not tell apart."""
    yield from (variable.name.lower() for variable in document.variables)
    yield from (name.lower() for name in document.dimensions)
    for name, elements in document.dimensions.items():
        yield from (f"{name}.{element}".lower() for element in elements)


def _variable(variable: Variable) -> Element:
    node: Element = Element(variable.kind, name=variable.name)
    SubElement(node, "doc").text = _doc(variable)
    if variable.dimensions:
        dimensions = SubElement(node, "dimensions")
        for name in variable.dimensions:
            SubElement(dimensions, "dim", name=name)
    if isinstance(variable.body, Mapping):
        for at, body in variable.body.items():
            SubElement(SubElement(node, "element", subscript=",".join(at)), "eqn").text = text(body)
    else:
        SubElement(node, "eqn").text = text(variable.body)
    for name in variable.inflows:
        SubElement(node, "inflow").text = name
    for name in variable.outflows:
        SubElement(node, "outflow").text = name
    if variable.table is not None:
        graph = SubElement(node, "gf", type="continuous")
        points = (("xpts", variable.table.arguments), ("ypts", variable.table.values))
        for name, numbers in points:
            SubElement(graph, name).text = ",".join(repr(float(number)) for number in numbers)
    if variable.unit:
        SubElement(node, "units").text = unit_text(variable.unit)
    return node


def _doc(variable: Variable) -> str:
    if not variable.written:
        return variable.about
    return f"{variable.about} Written into it: {', '.join(variable.written)}."
