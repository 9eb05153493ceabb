r"""The listing as a LaTeX article, for XeLaTeX: the Chinese in it needs the package ctex and a Chinese font.

Equations are set in the line and not displayed, so that TeX breaks them at signs of operation wherever it must.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from regionsim.export.entries import Code, Entry, Ref, Row, Span
from regionsim.export.equations.document import CLOCK_ANCHOR, CLOCK_TEXT, NOTATION, Document, Section
from regionsim.export.equations.typesetting import Pen, Typesetter, equation_lines

PREAMBLE = r"""% Compile with XeLaTeX, twice: xelatex FILE.tex. ctex takes a Chinese font that it finds.
\documentclass[10pt,a4paper]{article}
\usepackage[margin=22mm]{geometry}
\usepackage{amsmath}
\usepackage{longtable}
\usepackage[UTF8,scheme=plain]{ctex}
\usepackage[hidelinks]{hyperref}
\newcommand{\name}[2]{\hyperlink{#1}{\mathrm{#2}}}
\newcommand{\entry}[3]{\par\medskip\noindent\hypertarget{#1}{\texttt{\textbf{#2}}} \hfill\textit{#3}\par\nopagebreak}
\newcommand{\fact}[2]{\par{\small\hangindent=6em\hangafter=1\noindent\makebox[6em][l]{#1}#2\par}}
\newcommand{\formula}[1]{\par\smallskip{\hangindent=2em\hangafter=1\noindent$\displaystyle #1$\par}\smallskip}
\setlength{\parindent}{0pt}
\setlength{\emergencystretch}{3em}
\raggedright
"""
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_\allowbreak{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "²": r"\textsuperscript{2}",
    "³": r"\textsuperscript{3}",
    "₀": r"\textsubscript{0}",
}
SIGNS = {"·": r"\cdot", "−": "-", "/": r"\mathbin{/}", "≤": r"\le", "≥": r"\ge"}


class LatexPen(Pen):
    """Mathematics in LaTeX without groups that could not be broken over lines."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def name(self, name: str, indices: tuple[str, ...], *, at_start: bool) -> str:
        below = f"_{{{','.join(_index(index) for index in indices)}}}" if indices else ""
        target = self.document.anchor(name)
        return rf"\name{{{target}}}{{{_in_mathematics(name)}}}" + below + ("(t_0)" if at_start else "")

    def plain(self, text: str) -> str:
        return text if re.fullmatch(r"[\d.]+|[a-z]′*", text) else rf"\mathrm{{{_in_mathematics(text)}}}"

    def binary(self, left: str, sign: str, right: str) -> str:
        return f"{left} {SIGNS.get(sign, sign)} {right}"

    def negative(self, operand: str) -> str:
        return f"-{operand}"

    def fraction(self, above: str, below: str) -> str:
        return rf"\frac{{{above}}}{{{below}}}"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{{{exponent}}}"

    def root(self, radicand: str) -> str:
        return rf"\sqrt{{{radicand}}}"

    def sum(self, index: str, summand: str) -> str:
        return rf"\sum_{{{_index(index)}}} {summand}"

    def call(self, function: str, arguments: list[str]) -> str:
        return function + self.brackets(r",\allowbreak ".join(arguments))

    def brackets(self, inner: str) -> str:
        return _fenced("(", inner, ")")

    def guarded(self, quotient: str, otherwise: str) -> str:
        return f"{_fenced('[', quotient, ']')}_{{{otherwise}}}"

    def cases(self, cases: list[tuple[str, str]]) -> str:
        lines = r" \\ ".join(f"{value} & {condition}" for value, condition in cases)
        return rf"\begin{{cases}} {lines} \end{{cases}}"

    def condition(self, left: str, sign: str, right: str) -> str:
        return rf"\text{{if }} {left} {SIGNS.get(sign, sign)} {right}"

    def otherwise(self) -> str:
        return r"\text{otherwise}"

    def rate_of_change(self, stock: str) -> str:
        return rf"\frac{{\mathrm{{d}}}}{{\mathrm{{d}}t}} {stock}"


def latex_text(document: Document) -> str:
    """The whole document."""
    typesetter = Typesetter(LatexPen(document), document.over)
    parts = [
        PREAMBLE,
        rf"\title{{{escaped(document.title)}}}",
        r"\date{}",
        r"\begin{document}",
        r"\maketitle",
        *(_prose(paragraph) + r"\par" for paragraph in document.preface),
        r"\tableofcontents",
        r"\section{Notation}",
        *(_prose(paragraph) + r"\par" for paragraph in NOTATION),
        _table(
            ("index", "axis", "elements"),
            ("l", "l", r"p{11cm}"),
            ((f"${_index(letter)}$", _code(axis), escaped(elements)) for letter, axis, elements in document.letters),
        ),
        rf"\section{{The clock}}\hypertarget{{{CLOCK_ANCHOR}}}{{}}",
        _prose(CLOCK_TEXT),
        r"\section{Measures of the action plan}",
        _table(("no.", "measure", "acts by"), ("l", r"p{5.5cm}", r"p{8.5cm}"), _measures(document)),
        *(_section(document, typesetter, section) for section in document.sections),
        r"\end{document}",
    ]
    return "\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text in which nothing means anything to TeX."""
    return "".join(SPECIAL.get(character, character) for character in text)


def _measures(document: Document) -> Iterable[tuple[str, ...]]:
    for row in document.measures:
        title = f"{escaped(row.measure.title_en)} ({escaped(row.measure.title_zh)}), {_code(row.measure.name)}"
        yield (row.measure.number, title, _spans(document, row.acts_by))


def _section(document: Document, typesetter: Typesetter, section: Section) -> str:
    parts = [rf"\section{{{escaped(section.title)}}}", _prose(section.about)]
    for group in section.groups:
        parts.append(rf"\subsection*{{{escaped(group.heading)}}}")
        parts += [_entry(document, typesetter, entry) for entry in group.entries]
    return "\n".join(parts)


def _entry(document: Document, typesetter: Typesetter, entry: Entry) -> str:
    lines = [
        rf"\entry{{{entry.name}}}{{{escaped(entry.name)}}}{{{entry.kind.value}}}",
        _prose(entry.about),
        *(rf"\formula{{{left} = {right}}}" for left, right in equation_lines(typesetter, entry.declaration)),
        *(rf"\fact{{{fact.label or 'file'}}}{{{_spans(document, fact.spans)}}}" for fact in entry.facts),
    ]
    return "\n".join(lines)


def _spans(document: Document, spans: tuple[Span, ...]) -> str:
    return "".join(_span(document, span) for span in spans)


def _span(document: Document, span: Span) -> str:
    match span:
        case Ref(name):
            return rf"\hyperlink{{{document.anchor(name)}}}{{{_code(name)}}}"
        case Row(told) | Code(told):
            return _code(told)
    return escaped(span)


def _code(text: str) -> str:
    return rf"\texttt{{{escaped(text)}}}"


def _prose(text: str) -> str:
    """Paragraphs; what stands between backticks is code."""
    pieces = text.split("`")
    return "".join(_code(piece) if k % 2 else escaped(piece) for k, piece in enumerate(pieces))


def _in_mathematics(name: str) -> str:
    return name.replace("_", r"\_")


def _index(index: str) -> str:
    """A letter is a variable and slanted, the label of an element is upright."""
    letter = index.rstrip("′")
    return letter + "'" * (len(index) - len(letter)) if len(letter) == 1 else rf"\mathrm{{{_in_mathematics(index)}}}"


def _fenced(left: str, inner: str, right: str) -> str:
    """Brackets as high as what they hold; unlike those of left and right they can be broken over lines."""
    size = "Big" if r"\frac" in inner or r"\sum" in inner else ""
    return rf"\{size}l{left}{inner}\{size}r{right}" if size else f"{left}{inner}{right}"


def _table(header: Iterable[str], columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [" & ".join(cells) + r" \\" for cells in rows]
    head = " & ".join(rf"\textbf{{{cell}}}" for cell in header) + r" \\ \hline \endhead"
    return "\n".join([rf"\begin{{longtable}}{{{''.join(columns)}}}", head, *lines, r"\end{longtable}"])
