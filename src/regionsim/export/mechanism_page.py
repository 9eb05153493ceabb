"""The page of one mechanism: what its file says, its stocks, ledgers, equations and parameters, and the notes."""

from __future__ import annotations

import inspect
from types import ModuleType

from regionsim.export.action_plan import MEASURES
from regionsim.export.atlas import Atlas, mechanism_name
from regionsim.export.entries import entry_of, parameter_entry
from regionsim.export.entry_markdown import entry_text, page_links
from regionsim.export.markdown import notes_block, table
from regionsim.language.declarations import Declaration, Equation, Ledger, Stock

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
        ("Stocks", [entry_of(atlas, d) for d in declarations if isinstance(d, Stock)]),
        ("Ledgers", [entry_of(atlas, d) for d in declarations if isinstance(d, Ledger)]),
        ("Equations", [entry_of(atlas, d) for d in declarations if isinstance(d, Equation)]),
        ("Parameters", [parameter_entry(atlas, value) for value in parameters]),
    ):
        parts += [f"## {heading}", *(entry_text(item, page_links(atlas, name)) for item in items)] if items else []
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
