"""The dossier as one HTML page that needs nothing beside it: figures are in the page, and it prints."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.studies.dossier.markdown_page import SUMMARY_HEADS, origin_lines, worst_first
from regionsim.studies.dossier.result import Cell, Column, Examined, Table

if TYPE_CHECKING:
    from regionsim.studies.dossier.study import Dossier

LONG_TABLE = 25  # tables with more rows are folded on the screen, and printed whole
STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #1a1a1a;
  max-width: 72rem; margin: 2rem auto; padding: 0 1rem; background: #fff; }
h2 { margin-top: 3rem; border-bottom: 1px solid #ccc; }
h3, summary { font-size: 1rem; font-weight: 600; margin: 1.5rem 0 0.4rem; }
summary { cursor: pointer; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.85rem; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.7rem 0.2rem 0; border-bottom: 1px solid #ddd; }
th { border-bottom: 1px solid #888; }
th.number { text-align: right; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.outcome { display: inline-block; padding: 0 0.5em; border-radius: 0.3em; font-weight: 600; white-space: nowrap; }
.pass { background: #d7efe4; color: #00513a; }
.fail { background: #fbdccb; color: #7a2c00; }
.not-testable { background: #e6e6e6; color: #444; }
dl { display: grid; grid-template-columns: 5rem 1fr; gap: 0.1rem 1rem; font-size: 0.92rem; }
dt { color: #6e6e6e; }
dd { margin: 0; }
figure { margin: 1.5rem 0; }
figure img { max-width: 100%; height: auto; border: 1px solid #eee; }
figcaption { font-size: 0.85rem; color: #555; }
.limits { font-size: 0.92rem; color: #444; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { max-width: none; margin: 0; font-size: 9.5pt; }
  h2 { break-after: avoid; } figure, tr { break-inside: avoid; } a { color: inherit; text-decoration: none; }
  details > * { display: block; } .wide { overflow: visible; } table { font-size: 6.5pt; }
  th, td { padding-right: 0.3rem; }
}
"""
# Folded tables are opened for print, which no style sheet can do everywhere.
SCRIPT = "addEventListener('beforeprint',()=>document.querySelectorAll('details').forEach(e=>{e.open=true}));"


def html_page(dossier: Dossier, figures: Path) -> str:
    """The whole dossier; the figures are read from the folder `figures` and stand in the page."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Validation dossier of regionsim</title><style>{STYLE}</style></head><body>",
        "<h1>Validation dossier</h1>",
        *(f"<p>{escape(line)}</p>" for line in origin_lines(dossier)),
        _summary(dossier),
        *(_section(each, figures) for each in dossier.examined),
        f"<script>{SCRIPT}</script></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _summary(dossier: Dossier) -> str:
    rows = [
        f"<tr><td>{_badge(each)}</td>"
        f'<td><a href="#{each.examination.key}">{escape(each.examination.title)}</a></td>'
        f'<td>{escape(each.finding.words[0])}</td><td class="number">{each.seconds:.0f}</td></tr>'
        for each in worst_first(dossier.examined)
    ]
    heads = "".join(f"<th>{escape(head)}</th>" for head in SUMMARY_HEADS)
    return f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _badge(each: Examined) -> str:
    outcome = each.finding.outcome
    return f'<span class="outcome {outcome.replace(" ", "-")}">{outcome}</span>'


def _section(each: Examined, figures: Path) -> str:
    test, found = each.examination, each.finding
    parts = [
        f'<section><h2 id="{test.key}">{escape(test.title)} {_badge(each)}</h2>',
        f"<dl><dt>asks</dt><dd>{escape(test.question)}</dd><dt>passes</dt><dd>{escape(test.passes)}</dd>",
        f"<dt>source</dt><dd>{escape(test.source)}</dd><dt>took</dt><dd>{each.seconds:.1f} s</dd></dl>",
        *(f"<p>{escape(paragraph)}</p>" for paragraph in found.words),
        *(_figure(figures / f"{figure.name}.png", figure.caption) for figure in found.illustrations),
        *(_table(table) for table in found.tables),
    ]
    if found.limits:
        limits = "".join(f"<li>{escape(limit)}</li>" for limit in found.limits)
        parts.append(f'<div class="limits"><h3>What it cannot tell</h3><ul>{limits}</ul></div>')
    return "\n".join([*parts, "</section>"])


def _figure(path: Path, caption: str) -> str:
    picture = base64.b64encode(path.read_bytes()).decode("ascii")
    shown = escape(caption)
    return f'<figure><img alt="{shown}" src="data:image/png;base64,{picture}"><figcaption>{shown}</figcaption></figure>'


def _table(table: Table) -> str:
    numeric = [_is_numeric(table, k) for k in range(len(table.columns))]
    heads = "".join(
        f"<th{' class=number' if number else ''}>{escape(column.head)}</th>"
        for column, number in zip(table.columns, numeric, strict=True)
    )
    rows = "".join(f"<tr>{_cells(table.columns, row, numeric)}</tr>" for row in table.rows)
    content = f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    title = escape(table.title)
    if len(table.rows) > LONG_TABLE:
        return f"<details><summary>{title} ({len(table.rows)} rows)</summary>{content}</details>"
    return f"<h3>{title}</h3>{content}"


def _cells(columns: tuple[Column, ...], row: tuple[Cell, ...], numeric: list[bool]) -> str:
    # A long name of the model may break after each of its words.
    return "".join(
        f"<td{' class=number' if number else ''}>{escape(column.shown(cell)).replace('_', '_<wbr>')}</td>"
        for column, cell, number in zip(columns, row, numeric, strict=True)
    )


def _is_numeric(table: Table, column: int) -> bool:
    """Whether a column holds numbers, some of which may not exist."""
    cells = [row[column] for row in table.rows]
    return any(isinstance(cell, int | float) for cell in cells) and not any(isinstance(cell, str) for cell in cells)
