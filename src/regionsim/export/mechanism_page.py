"""The page of one mechanism: what its file says, its stocks, ledgers, equations and parameters, and the notes."""

from __future__ import annotations

import inspect
from types import ModuleType

from regionsim.export.action_plan import MEASURES
from regionsim.export.atlas import EVIDENCE, Atlas, axes_text, mechanism_name, place_text
from regionsim.export.markdown import code, notes_block, table
from regionsim.export.values import full_value, range_text
from regionsim.language.declarations import Declaration, Equation, Ledger, Stock
from regionsim.language.inputs import AnyInput, Table
from regionsim.language.syntax import text

MADE = "<!-- Made from the code. Only what stands between the two markers of the notes is written by hand. -->"
SOURCE = "../../src/regionsim"
TESTS = "../../tests"


def mechanism_page(atlas: Atlas, module: ModuleType, notes: str) -> str:
    """The page in Markdown, with `notes` between its markers."""
    name = mechanism_name(module)
    declarations = atlas.declarations[name]
    parameters = [p for parameter, p in atlas.parameters.items() if atlas.page_of[parameter] == name]
    parts = [
        MADE,
        f"# Mechanism: {name}",
        inspect.cleandoc(module.__doc__ or ""),
        f"Equations: [equations/{name}.py]({SOURCE}/equations/{name}.py). "
        f"Parameters: [parameters/{name}.yaml]({SOURCE}/parameters/{name}.yaml). "
        f"Numbers by hand: [tests/equations/test_{name}.py]({TESTS}/equations/test_{name}.py). "
        "All mechanisms: [index](index.md).",
        "## Notes",
        notes_block(notes),
        "## Measures of the plan",
        _measures(atlas, declarations, name),
    ]
    for heading, items in (
        ("Stocks", [_stock(atlas, d, name) for d in declarations if isinstance(d, Stock)]),
        ("Ledgers", [_ledger(atlas, d, name) for d in declarations if isinstance(d, Ledger)]),
        ("Equations", [_equation(atlas, d, name) for d in declarations if isinstance(d, Equation)]),
        ("Parameters", [_parameter(atlas, value, name) for value in parameters]),
    ):
        parts += [f"## {heading}", *items] if items else []
    return "\n\n".join(parts) + "\n"


def _measures(atlas: Atlas, declarations: tuple[Declaration, ...], page: str) -> str:
    equations = [d for d in declarations if isinstance(d, Equation)]
    carried = sorted({number for equation in equations for number in equation.measures})
    if not carried:
        return "No equation here carries a measure of the action plan."
    rows = []
    for number in carried:
        names = [equation.name for equation in equations if number in equation.measures]
        rows.append((str(number), MEASURES[number][0], atlas.links(names, page)))
    return table(("measure", "title", "equations"), rows)


def _head(declaration: Declaration) -> str:
    return f"### {declaration.name}\n\n{declaration.about}"


def _stock(atlas: Atlas, stock: Stock, page: str) -> str:
    start = str(stock.initial) if isinstance(stock.initial, int) else atlas.link(stock.initial, page)
    lines = [
        f"- unit: {stock.unit}; over: {axes_text(stock.over)}",
        f"- starts from: {start}",
        f"- in: {atlas.links(stock.inflows, page, none='nothing')}",
        f"- out: {atlas.links(stock.outflows, page, none='nothing')}",
        f"- used by: {atlas.links(atlas.used_by(stock.name), page)}",
        f"- {place_text(stock.file, stock.line)}",
    ]
    return f"{_head(stock)}\n\n" + "\n".join(lines)


def _ledger(atlas: Atlas, ledger: Ledger, page: str) -> str:
    lines = [
        f"- unit: {ledger.unit}; closes over: {axes_text(ledger.over) if ledger.over else 'the whole model'}",
        f"- stocks: {atlas.links(ledger.stocks, page, none='none: what comes in must go out')}",
        f"- in: {atlas.links(ledger.inflows, page, none='nothing')}",
        f"- out: {atlas.links(ledger.outflows, page, none='nothing')}",
        f"- {place_text(ledger.file, ledger.line)}",
    ]
    return f"{_head(ledger)}\n\n" + "\n".join(lines)


def _equation(atlas: Atlas, equation: Equation, page: str) -> str:
    measures = f"; measure {', '.join(map(str, equation.measures))}" if equation.measures else ""
    lines = [
        f"- unit: {equation.unit}; over: {axes_text(equation.over)}{measures}",
        f"- inputs: {atlas.links(equation.arguments, page)}",
        f"- used by: {atlas.links(atlas.used_by(equation.name), page, none='nothing in the model; it is a result')}",
        f"- {place_text(equation.file, equation.line)}",
    ]
    said = f"```python\n{equation.name} = {text(equation)}\n```"
    return f"{_head(equation)}\n\n{said}\n\n" + "\n".join(lines)


def _parameter(atlas: Atlas, value: AnyInput, page: str) -> str:
    argument = f" by {value.argument_unit}" if isinstance(value, Table) else ""
    kind = "points" if isinstance(value, Table) else "value"
    lines = [
        f"- {kind}: {full_value(value, atlas.model.labels)}",
        f"- unit: {value.unit}{argument}; over: {axes_text(value.over)}",
        f"- range: {range_text(value)}",
        f"- quality: {value.quality}",
        f"- source: {value.source}{evidence_links(atlas, value.source)}",
        f"- used by: {_readers(atlas, value.name, page)}",
        f"- {place_text(value.file, value.line)}",
    ]
    return f"### {value.name}\n\n{value.about}\n\n" + "\n".join(lines)


def evidence_links(atlas: Atlas, source: str) -> str:
    """Links to the rows of evidence that a source cites, in brackets; empty where it cites none."""
    symbols = atlas.symbols(source)
    links = ", ".join(f"[{code(symbol)}]({EVIDENCE}.md#{symbol.lower()})" for symbol in symbols)
    return f" (evidence: {links})" if links else ""


def _readers(atlas: Atlas, name: str, page: str) -> str:
    readers = [atlas.links(atlas.used_by(name), page)] if atlas.used_by(name) else []
    if name in atlas.read_before:
        readers.append("figures of the place that are worked out before the run")
    return ", ".join(readers)
