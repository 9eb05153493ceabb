"""The listing as one HTML page with a style of its own: each name in an equation leads to where it is explained."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from regionsim.export.entries import Code, Entry, Ref, Row, Span
from regionsim.export.equations.document import CLOCK_ANCHOR, CLOCK_TEXT, NOTATION, Document, Group, Section
from regionsim.export.equations.typesetting import Pen, Typesetter, equation_lines

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid #8888; }
h4 { margin: 2rem 0 0; font-family: ui-monospace, monospace; }
h4 small { font: italic 0.9rem system-ui, sans-serif; opacity: 0.7; }
p { margin: 0.3rem 0; }
code { font-family: ui-monospace, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
a { color: LinkText; text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
:target { outline: 2px solid #e69f00; outline-offset: 0.2rem; }
.equation { margin: 0.5rem 0 0.5rem 2rem; text-indent: -2rem; line-height: 2; font-family: Georgia, serif; }
.equation .fraction, .equation .cases { text-indent: 0; }
.fraction { display: inline-block; vertical-align: middle; text-align: center; line-height: 1.3; }
.fraction > span { display: block; padding: 0 0.3em; }
.fraction > span + span { border-top: 1px solid; }
.cases { display: inline-block; vertical-align: middle; border-left: 2px solid; padding-left: 0.5em; line-height: 1.4; }
.cases > span { display: block; }
sub { white-space: nowrap; }
.root { border-top: 1px solid; }
dl { display: grid; grid-template-columns: 7rem 1fr; margin: 0.3rem 0; font-size: 0.9rem; }
dt { opacity: 0.7; }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; font-size: 0.9rem; }
table code { overflow-wrap: normal; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.6rem 0.2rem 0; border-bottom: 1px solid #8884; }
nav { columns: 14rem; }
@media print { body { max-width: none; font-size: 10pt; } a { color: inherit; } h4 { break-after: avoid; } }
"""


class HtmlPen(Pen):
    """Mathematics in plain HTML that can be broken over lines."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def name(self, name: str, indices: tuple[str, ...], *, at_start: bool) -> str:
        below = f"<sub>{', '.join(_index(index) for index in indices)}</sub>" if indices else ""
        return link(self.document, name) + below + ("(<i>t</i><sub>0</sub>)" if at_start else "")

    def plain(self, text: str) -> str:
        return escape(text)

    def binary(self, left: str, sign: str, right: str) -> str:
        return f"{left} {sign} {right}"

    def negative(self, operand: str) -> str:
        return f"−{operand}"

    def fraction(self, above: str, below: str) -> str:
        return f'<span class="fraction"><span>{above}</span><span>{below}</span></span>'

    def power(self, base: str, exponent: str) -> str:
        return f"{base}<sup>{exponent}</sup>"

    def root(self, radicand: str) -> str:
        return f'√<span class="root">{radicand}</span>'

    def sum(self, index: str, summand: str) -> str:
        return f"∑<sub>{_index(index)}</sub> {summand}"

    def call(self, function: str, arguments: list[str]) -> str:
        return f"{function}({', '.join(arguments)})"

    def brackets(self, inner: str) -> str:
        return f"({inner})"

    def guarded(self, quotient: str, otherwise: str) -> str:
        return f"[{quotient}]<sub>{otherwise}</sub>"

    def cases(self, cases: list[tuple[str, str]]) -> str:
        lines = "".join(f"<span>{value} &ensp;{condition}</span>" for value, condition in cases)
        return f'<span class="cases">{lines}</span>'

    def condition(self, left: str, sign: str, right: str) -> str:
        return f"if {left} {escape(sign)} {right}"

    def otherwise(self) -> str:
        return "otherwise"

    def rate_of_change(self, stock: str) -> str:
        return f"{self.fraction('d', 'd<i>t</i>')} {stock}"


def html_text(document: Document) -> str:
    """The whole document."""
    typesetter = Typesetter(HtmlPen(document), document.over)
    sections = [_section(document, typesetter, number, section) for number, section in enumerate(document.sections)]
    contents = [
        f'<a href="#section-{number}">{escape(section.title)}</a>' for number, section in enumerate(document.sections)
    ]
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(document.title)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{escape(document.title)}</h1>",
        *(f"<p>{_prose(paragraph)}</p>" for paragraph in document.preface),
        "<h2>Notation</h2>",
        *(f"<p>{_prose(paragraph)}</p>" for paragraph in NOTATION),
        _table(
            ("index", "axis", "elements"), ((_index(a), f"<code>{b}</code>", escape(c)) for a, b, c in document.letters)
        ),
        f'<h2 id="{CLOCK_ANCHOR}">The clock</h2>',
        f"<p>{_prose(CLOCK_TEXT)}</p>",
        "<h2>Measures of the action plan</h2>",
        _table(("no.", "measure", "key in a scenario", "acts by", "equations that read it"), _measures(document)),
        "<h2>Contents</h2>",
        f"<nav>{'<br>'.join(contents)}</nav>",
        *sections,
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def link(document: Document, name: str) -> str:
    """A name that leads to where it is explained."""
    return f'<a href="#{document.anchor(name)}">{escape(name)}</a>'


def _measures(document: Document) -> Iterable[tuple[str, ...]]:
    for row in document.measures:
        yield (
            row.measure.number,
            f"{escape(row.measure.title_en)} ({escape(row.measure.title_zh)})",
            f"<code>{row.measure.name}</code>",
            _spans(document, row.acts_by),
            _spans(document, row.read_by),
        )


def _section(document: Document, typesetter: Typesetter, number: int, section: Section) -> str:
    paragraphs = [f"<p>{_prose(paragraph)}</p>" for paragraph in section.about.split("\n\n")]
    groups = [_group(document, typesetter, group) for group in section.groups]
    return "\n".join([f'<h2 id="section-{number}">{escape(section.title)}</h2>', *paragraphs, *groups])


def _group(document: Document, typesetter: Typesetter, group: Group) -> str:
    entries = (_entry(document, typesetter, entry) for entry in group.entries)
    return "\n".join([f"<h3>{escape(group.heading)}</h3>", *entries])


def _entry(document: Document, typesetter: Typesetter, entry: Entry) -> str:
    lines = [
        f'<h4 id="{entry.name}">{entry.name} <small>{entry.kind.value}</small></h4>',
        *(f"<p>{_prose(paragraph)}</p>" for paragraph in entry.about.split("\n\n")),
        *(f'<p class="equation">{left} = {right}</p>' for left, right in equation_lines(typesetter, entry.declaration)),
    ]
    facts = "".join(f"<dt>{fact.label or 'file'}</dt><dd>{_spans(document, fact.spans)}</dd>" for fact in entry.facts)
    return "\n".join([*lines, f"<dl>{facts}</dl>"])


def _spans(document: Document, spans: tuple[Span, ...]) -> str:
    return "".join(_span(document, span) for span in spans)


def _span(document: Document, span: Span) -> str:
    match span:
        case Ref(name):
            return f"<code>{link(document, name)}</code>"
        case Row(told) | Code(told):
            return f"<code>{escape(told)}</code>"
    return escape(span)


def _prose(text: str) -> str:
    """A paragraph; what stands between backticks is code."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(text, quote=False))


def _index(index: str) -> str:
    """A letter is a variable and slanted, the label of an element is upright."""
    return f"<i>{index}</i>" if len(index.rstrip("′")) == 1 else escape(index)


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in header)
    body = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>\n<tr>{head}</tr>\n{body}\n</table>"
