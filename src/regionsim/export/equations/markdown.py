"""The listing in Markdown as GitHub shows it: one page, every name a heading that the others link to."""

from __future__ import annotations

from dataclasses import replace

from regionsim.export.entries import Ref, Row
from regionsim.export.entry_markdown import entry_text, spans_text
from regionsim.export.equations.document import CLOCK_TEXT, Document
from regionsim.export.markdown import code, table

FUNCTIONS = (
    "An equation is shown as it runs: `total` is the sum along an axis, `select` the part of one element, `along` one "
    "text per element, `at_destination` a county's value read as that of a destination, `arrivals` the sum over "
    "origins of movers times shares, `ratio` a quotient with a value for a divisor of 0, `lookup` a table."
)


def markdown_text(document: Document) -> str:
    """The whole document."""

    def links(span: Ref | Row) -> str:
        return f"[{code(span.name)}](#{document.anchor(span.name)})" if isinstance(span, Ref) else code(span.symbol)

    measures = [
        (
            row.measure.number,
            f"{row.measure.title_en} ({row.measure.title_zh})",
            code(row.measure.name),
            spans_text(row.acts_by, links),
            spans_text(row.read_by, links),
        )
        for row in document.measures
    ]
    parts = [
        f"# {document.title}",
        *document.preface,
        FUNCTIONS,
        "## Axes",
        table(("axis", "elements"), ((code(axis), elements) for _, axis, elements in document.letters)),
        "## The clock",
        CLOCK_TEXT,
        "## Measures of the action plan",
        table(("no.", "measure", "key in a scenario", "acts by", "equations that read it"), measures),
    ]
    for section in document.sections:
        parts += [f"## {section.title}", section.about]
        for group in section.groups:
            parts.append(f"**{group.heading}**")
            parts += [
                entry_text(replace(entry, about=f"*{entry.kind.value}.* {entry.about}"), links)
                for entry in group.entries
            ]
    return "\n\n".join(parts) + "\n"
