"""What the listing of all equations says, before it is put into a format: sections of entries and a preface."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass

from regionsim import __version__
from regionsim.export.atlas import Atlas, mechanism_name
from regionsim.export.entries import (
    Entry,
    Kind,
    MeasureRow,
    entry_of,
    figure_entry,
    measure_rows,
    parameter_entry,
)
from regionsim.export.equations.typesetting import LETTERS
from regionsim.language.declarations import CLOCK, INITIAL
from regionsim.place.counties import find_county

# The headings under which the entries of a mechanism stand, in their order.
HEADINGS = {
    Kind.STOCK: "Stocks",
    Kind.FLOW: "Flows",
    Kind.AUXILIARY: "Auxiliaries",
    Kind.LEDGER: "Ledgers",
    Kind.PARAMETER: "Parameters",
}

CLOCK_ANCHOR = "the-clock"
CLOCK_TEXT = (
    "`time` and `step_start` are the date in years at which an equation is evaluated and at which the step began. "
    "`initial_x` is the value of `x` at the start of the run."
)
# How mathematics is to be read, for the formats that have it.
NOTATION = (
    "Each axis has a letter: x with the index i is the x of county i, with the index of a label (urban) that of "
    "this element. A letter with a prime runs over the same elements as the one without. d/dt is the change of a "
    "stock, x(t₀) the value of x at the start of the run.",
    "[a/b] with a small c below is a/b, and c where b is 0. A name with an argument in brackets is a table, read "
    "along straight lines between its points. An equation whose text differs by element of an axis stands once "
    "for each.",
)


@dataclass(frozen=True)
class Group:
    """Entries of one kind under a heading."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Section:
    """A mechanism, or what the model is fed besides."""

    title: str
    about: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Document:
    """The whole listing; `over` says which axes each name has, `letters` what indexes an axis and what it lists."""

    title: str
    preface: tuple[str, ...]
    letters: tuple[tuple[str, str, str], ...]
    measures: tuple[MeasureRow, ...]
    sections: tuple[Section, ...]
    over: Mapping[str, tuple[str, ...]]

    def anchor(self, name: str) -> str:
        """Where a name is explained: `initial_births` at `births`, the date at the clock."""
        if name in CLOCK:
            return CLOCK_ANCHOR
        return name if name in self.over else name.removeprefix(INITIAL)


def document_of(atlas: Atlas) -> Document:
    """The listing of everything in an atlas."""
    model = atlas.model
    declared = (*model.stocks.values(), *model.equations.values(), *model.inputs.values())
    return Document(
        title="Equations of regionsim",
        preface=_preface(atlas),
        letters=tuple((LETTERS[axis], axis, _elements(axis, labels)) for axis, labels in model.labels.items()),
        measures=measure_rows(atlas),
        sections=(*(_mechanism(atlas, mechanism_name(module), module.__doc__ or "") for module in atlas.modules),)
        + (_figures(atlas),),
        over={each.name: each.over for each in declared},
    )


def _elements(axis: str, labels: tuple[str, ...]) -> str:
    """What an axis lists, counties by name."""
    if axis == "destination":
        return "the counties, as places to go to or to trade with"
    if axis == "county":
        return ", ".join(f"{county.name} {county.name_zh}" for county in map(find_county, labels))
    return ", ".join(labels)


def _mechanism(atlas: Atlas, name: str, about: str) -> Section:
    entries = [entry_of(atlas, declaration) for declaration in atlas.declarations[name]]
    entries += [
        parameter_entry(atlas, value) for other, value in atlas.parameters.items() if atlas.page_of[other] == name
    ]
    groups = (Group(heading, tuple(e for e in entries if e.kind is kind)) for kind, heading in HEADINGS.items())
    return Section(f"Mechanism: {name}", inspect.cleandoc(about), tuple(group for group in groups if group.entries))


def _figures(atlas: Atlas) -> Section:
    entries = tuple(figure_entry(atlas, value) for _, value in sorted(atlas.figures.items()))
    return Section(
        "Figures of the place",
        "What the equations read that is no parameter: counts of the censuses, output, land, travel times, what is "
        "worked out from them before a run, the efforts of measures, and the border as a scenario sets it.",
        (Group("Figures", entries),),
    )


def _preface(atlas: Atlas) -> tuple[str, ...]:
    scenario, model = atlas.scenario, atlas.model
    flows = len(atlas.flows)
    return (
        f"regionsim {__version__}, values of the scenario '{scenario.name}' ({scenario.title_en}, "
        f"{scenario.title_zh}). {len(model.stocks)} stocks, {flows} flows, {len(model.equations) - flows} auxiliaries, "
        f"{len(model.ledgers)} ledgers, {len(atlas.parameters)} parameters and {len(atlas.figures)} figures of the "
        "place, read from the code that runs.",
        "A stock changes by its flows alone; a flow is an equation that a stock or a ledger names; all other equations "
        "are auxiliaries. A ledger is a sum that must close at every step. The quality of a value is official, "
        "secondary (read in a publication), derived (worked out), recalled (remembered and not checked), calibrated, "
        "or an assumption. A source such as `parameter_evidence:a_F` is the row of that symbol in "
        "`docs/parameter-evidence.csv`.",
    )
