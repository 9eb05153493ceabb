"""Entries in Markdown, for pages that link to each other and for one page that links within itself."""

from __future__ import annotations

from collections.abc import Callable

from regionsim.export.atlas import EVIDENCE, Atlas
from regionsim.export.entries import Code, Entry, Ref, Row, Span
from regionsim.export.markdown import code
from regionsim.language.declarations import Equation
from regionsim.language.syntax import text

# How a reference is written where it stands.
Links = Callable[[Ref | Row], str]


def page_links(atlas: Atlas, page: str) -> Links:
    """Links as they are written on one of the pages of the mechanisms."""

    def link(span: Ref | Row) -> str:
        if isinstance(span, Ref):
            return atlas.link(span.name, page)
        return f"[{code(span.symbol)}]({EVIDENCE}.md#{span.symbol.lower()})"

    return link


def entry_text(entry: Entry, links: Links) -> str:
    """An entry under a heading that is its name."""
    lines = []
    for fact in entry.facts:
        told = spans_text(fact.spans, links)
        lines.append(f"- {fact.label}: {told}" if fact.label else f"- {told}")
    parts = [f"### {entry.name}", entry.about, "\n".join(lines)]
    if isinstance(entry.declaration, Equation):
        parts.insert(2, f"```python\n{entry.name} = {text(entry.declaration)}\n```")
    return "\n\n".join(parts)


def spans_text(spans: tuple[Span, ...], links: Links) -> str:
    """Spans one after the other."""
    return "".join(_span(span, links) for span in spans)


def _span(span: Span, links: Links) -> str:
    if isinstance(span, Ref | Row):
        return links(span)
    return code(span.text) if isinstance(span, Code) else span
