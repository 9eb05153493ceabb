"""What is said of each name of the model, free of any format: pages and listings only put it into type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from regionsim.export.atlas import Atlas, axes_text, place_text
from regionsim.export.values import full_value, range_text
from regionsim.language.declarations import Declaration, Equation, Ledger, Stock
from regionsim.language.inputs import AnyInput, Path, Table
from regionsim.scenarios.measures import Measure, load_measures
from regionsim.studies.explain import value_text

_NAME_IN_TEXT = re.compile(r"(?:parameter:)?\b([a-z]+(?:_[a-z0-9]+)+)\b")


class Kind(Enum):
    """What a name is in the terms of system dynamics, or in those of this model."""

    STOCK = "stock"
    FLOW = "flow"
    AUXILIARY = "auxiliary"
    LEDGER = "ledger"
    PARAMETER = "parameter"
    FIGURE = "figure of the place"


@dataclass(frozen=True)
class Ref:
    """A name of the model, to be linked to where it is explained."""

    name: str


@dataclass(frozen=True)
class Row:
    """The symbol of a row of evidence."""

    symbol: str


@dataclass(frozen=True)
class Code:
    """Text in the type of code."""

    text: str


Span = str | Ref | Row | Code


@dataclass(frozen=True)
class Fact:
    """One line about a name; the label is empty where the text speaks for itself."""

    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Entry:
    """All that is said of one name; stocks and equations carry their declaration, for their text."""

    name: str
    kind: Kind
    about: str
    facts: tuple[Fact, ...]
    declaration: Stock | Equation | None = None


@dataclass(frozen=True)
class MeasureRow:
    """A measure of the plan: what it acts by (efforts and projects), and the equations that read the efforts."""

    measure: Measure
    acts_by: tuple[Span, ...]
    read_by: tuple[Span, ...]


def measure_rows(atlas: Atlas) -> tuple[MeasureRow, ...]:
    """All measures and safeguards of the plan in their order."""
    rows = []
    for measure in load_measures():
        names = [effort.input for effort in measure.efforts]
        acts = [_refs(names)] if names else []
        if measure.projects:
            acts.append((f"{len(measure.projects)} transport projects",))
        readers = dict.fromkeys(reader for name in names for reader in atlas.used_by(name))
        acts_by = tuple(span for k, part in enumerate(acts) for span in ((("; ",) if k else ()) + part))
        rows.append(MeasureRow(measure, acts_by, _refs(readers, none="-")))
    return tuple(rows)


def entry_of(atlas: Atlas, declaration: Declaration) -> Entry:
    """The entry of a stock, ledger or equation; an equation that a stock or ledger names is a flow."""
    if isinstance(declaration, Stock):
        return _stock(atlas, declaration)
    if isinstance(declaration, Ledger):
        return _ledger(declaration)
    assert isinstance(declaration, Equation)
    return _equation(atlas, declaration)


def parameter_entry(atlas: Atlas, value: AnyInput) -> Entry:
    """The entry of a parameter with all its numbers."""
    argument = f" by {value.argument_unit}" if isinstance(value, Table) else ""
    facts = (
        Fact("points" if isinstance(value, Table) else "value", (full_value(value, atlas.model.labels),)),
        Fact("unit", (f"{value.unit}{argument}; over: {axes_text(value.over)}",)),
        Fact("range", (range_text(value),)),
        Fact("quality", (value.quality,)),
        Fact("source", (value.source, *_rows(atlas, value.source))),
        Fact("used by", _readers(atlas, value.name)),
        _place(value.file, value.line),
    )
    return Entry(value.name, Kind.PARAMETER, value.about, facts)


def figure_entry(atlas: Atlas, value: AnyInput) -> Entry:
    """The entry of a figure of the place, an array by its spread; parameters that its source names are linked."""
    argument = f" by {value.argument_unit}" if isinstance(value, Table) else ""
    kind = f"; {value.kind} path" if isinstance(value, Path) else "; table" if isinstance(value, Table) else ""
    stated = range_text(value)
    facts = (
        Fact("unit", (f"{value.unit}{argument}; over: {axes_text(value.over)}{kind}",)),
        Fact("value", (value_text(value),)),
        *([Fact("range", (stated,))] if stated else []),
        Fact("quality", (value.quality,)),
        Fact("source", (*_named(atlas, value.source), *_rows(atlas, value.source))),
        Fact("used by", _refs(atlas.used_by(value.name))),
        *([_place(value.file, value.line)] if value.file else []),
    )
    return Entry(value.name, Kind.FIGURE, value.about, facts)


def _stock(atlas: Atlas, stock: Stock) -> Entry:
    facts = (
        Fact("unit", (f"{stock.unit}; over: {axes_text(stock.over)}",)),
        Fact("starts from", (str(stock.initial) if isinstance(stock.initial, int) else Ref(stock.initial),)),
        Fact("in", _refs(stock.inflows, none="nothing")),
        Fact("out", _refs(stock.outflows, none="nothing")),
        Fact("used by", _refs(atlas.used_by(stock.name))),
        _place(stock.file, stock.line),
    )
    return Entry(stock.name, Kind.STOCK, stock.about, facts, stock)


def _ledger(ledger: Ledger) -> Entry:
    closes = axes_text(ledger.over) if ledger.over else "the whole model"
    facts = (
        Fact("unit", (f"{ledger.unit}; closes over: {closes}",)),
        Fact("stocks", _refs(ledger.stocks, none="none: what comes in must go out")),
        Fact("in", _refs(ledger.inflows, none="nothing")),
        Fact("out", _refs(ledger.outflows, none="nothing")),
        _place(ledger.file, ledger.line),
    )
    return Entry(ledger.name, Kind.LEDGER, ledger.about, facts)


def _equation(atlas: Atlas, equation: Equation) -> Entry:
    measures = f"; measure {', '.join(map(str, equation.measures))}" if equation.measures else ""
    facts = (
        Fact("unit", (f"{equation.unit}; over: {axes_text(equation.over)}{measures}",)),
        Fact("inputs", _refs(equation.arguments)),
        Fact("used by", _refs(atlas.used_by(equation.name), none="nothing in the model; it is a result")),
        _place(equation.file, equation.line),
    )
    kind = Kind.FLOW if equation.name in atlas.flows else Kind.AUXILIARY
    return Entry(equation.name, kind, equation.about, facts, equation)


def _place(file: str, line: int) -> Fact:
    return Fact("", (Code(place_text(file, line)),))


def _refs(names: Iterable[str], *, none: str = "none") -> tuple[Span, ...]:
    """References with commas between them; `none` where there is no name."""
    return _with_commas([Ref(name) for name in names]) or (none,)


def _with_commas(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        joined += [", ", span] if joined else [span]
    return tuple(joined)


def _rows(atlas: Atlas, source: str) -> tuple[Span, ...]:
    """The rows of evidence that a source cites, in brackets; nothing where it cites none."""
    rows = _with_commas(Row(symbol) for symbol in atlas.symbols(source))
    return (" (evidence: ", *rows, ")") if rows else ()


def _readers(atlas: Atlas, name: str) -> tuple[Span, ...]:
    readers: list[Span] = [Ref(reader) for reader in atlas.used_by(name)]
    if name in atlas.read_before:
        readers.append("figures of the place that are worked out before the run")
    return _with_commas(readers)


def _named(atlas: Atlas, source: str) -> tuple[Span, ...]:
    """The source, the parameters that it names as references."""
    spans: list[Span] = []
    done = 0
    for found in _NAME_IN_TEXT.finditer(source):
        if found[1] in atlas.parameters:
            spans += [source[done : found.start()], Ref(found[1])]
            done = found.end()
    return tuple(span for span in (*spans, source[done:]) if span)
