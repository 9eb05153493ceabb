"""Tables as files: CSV for programs, Markdown, LaTeX with booktabs, and Excel; each carries where it comes from."""

from __future__ import annotations

import csv
import io
import math
import re
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.results.identity import IDENTITY, identity_lines
from regionsim.results.whole_file import whole_file, write_whole
from regionsim.studies.tables.content import Cell, PaperTable, Row

if TYPE_CHECKING:
    import xarray

FORMATS = ("csv", "md", "tex", "xlsx")
DEFAULT_FORMATS = ("csv", "md", "tex")
COLUMNS = (
    "table", "region", "variable", "label", "column", "unit", "value", "low", "high", "shown",
    *IDENTITY,
)  # fmt: skip
HEADING_WIDTH = 15  # characters
# What LaTeX takes for something else.
ESCAPED = {character: f"\\{character}" for character in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
}
ESCAPED |= {"^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}"}


def write_table(
    table: PaperTable, directory: Path, datasets: Sequence[xarray.Dataset], formats: Sequence[str]
) -> list[Path]:
    """Write the table into the directory in each format (csv, md, tex, xlsx), each file whole or not at all."""
    texts = {"csv": csv_text, "md": markdown_text, "tex": latex_text}
    files = []
    for ending in formats:
        path = directory / f"{table.name}.{ending}"
        if ending == "xlsx":
            with whole_file(path) as fresh:
                _write_excel(table, fresh, datasets)
        else:
            write_whole(path, texts[ending](table, datasets))
        files.append(path)
    return files


def csv_text(table: PaperTable, datasets: Sequence[xarray.Dataset]) -> str:
    """A row for each number, unrounded, with what it is shown as and where it comes from."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    where = ["; ".join(str(dataset.attrs.get(key, "")) for dataset in datasets) for key in IDENTITY]
    for row in table.rows:
        for heading, cell, unit in _with_units(table, row):
            numbers = [f"{value:.12g}" if math.isfinite(value) else "" for value in (cell.value, cell.low, cell.high)]
            writer.writerow(
                [table.name, row.region, row.variable, row.label, heading, unit, *numbers, cell.text, *where]
            )
    return stream.getvalue()


def markdown_text(table: PaperTable, datasets: Sequence[xarray.Dataset]) -> str:
    """A table as Markdown has them, regions as rows of their own, notes below."""
    head = ["", *table.headings]
    lines = [f"**{table.title}**", "", _bar(head), _bar(["---", *("---:" for _ in table.headings)])]
    for title, rows in groupby(table.rows, lambda row: row.region_title):
        lines.append(_bar([f"**{title}**", *("" for _ in table.headings)]))
        lines += [_bar([row.title, *(cell.text for cell in row.cells)]) for row in rows]
    lines += ["", *(f"{note}  " for note in table.notes)]
    return "\n".join([*lines, *(f"<!-- {line} -->" for line in identity_lines(datasets))]) + "\n"


def latex_text(table: PaperTable, datasets: Sequence[xarray.Dataset]) -> str:
    """A floating table with the lines of booktabs; notes below it. Chinese needs a class like ctexart.

    Of a single run over time, or of two side by side, it fits on lines of 16 cm.
    """
    columns = len(table.headings) + 1
    lines = [
        *(f"% {line}" for line in identity_lines(datasets)),
        r"% \usepackage{booktabs}",
        r"\begin{table}[htbp]",
        r"  \centering\small\setlength{\tabcolsep}{4pt}",
        rf"  \caption{{{_latex(table.title)}}}",
        rf"  \begin{{tabular}}{{@{{}}l{'r' * len(table.headings)}@{{}}}}",
        r"    \toprule",
        "    " + " & ".join(["", *map(_latex_heading, table.headings)]) + r" \\",
    ]
    for title, rows in groupby(table.rows, lambda row: row.region_title):
        lines += [r"    \midrule", rf"    \multicolumn{{{columns}}}{{@{{}}l}}{{\textit{{{_latex(title)}}}}} \\"]
        lines += [
            "    " + " & ".join([_latex(row.title), *(_latex_number(cell.text) for cell in row.cells)]) + r" \\"
            for row in rows
        ]
    lines += [r"    \bottomrule", r"  \end{tabular}", r"  \par\smallskip"]
    lines += [r"  \begin{minipage}{\linewidth}\footnotesize", *(f"    {_latex(note)}\\par" for note in table.notes)]
    return "\n".join([*lines, r"  \end{minipage}", r"\end{table}"]) + "\n"


def _write_excel(table: PaperTable, path: Path, datasets: Sequence[xarray.Dataset]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "table"
    has_spread = any(math.isfinite(cell.low) for row in table.rows for cell in row.cells)
    headings = [text for heading in table.headings for text in ([heading, "5 %", "95 %"] if has_spread else [heading])]
    sheet.append([table.title])
    sheet.append(["", *headings])
    for title, rows in groupby(table.rows, lambda row: row.region_title):
        sheet.append([title])
        sheet.cell(sheet.max_row, 1).font = Font(italic=True)
        for row in rows:
            numbers = [value for cell in row.cells for value in _numbers(cell, has_spread)]
            sheet.append([row.title, *(value if math.isfinite(value) else None for value in numbers)])
            each = 3 if has_spread else 1
            for k, (cell, is_change) in enumerate(zip(row.cells, table.is_change, strict=True)):
                shape = "#,##0" + (f".{'0' * cell.decimals}" if cell.decimals else "")
                for place in range(each):
                    written = sheet.cell(sheet.max_row, 2 + each * k + place)
                    written.number_format = f"+{shape};-{shape};0" if is_change else shape
    sheet.cell(1, 1).font = Font(bold=True)
    for place in range(2, len(headings) + 2):
        sheet.cell(2, place).alignment = Alignment(horizontal="right", wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(place)].width = 16
    sheet.column_dimensions["A"].width = 2 + max(len(row.title) for row in table.rows)
    sheet.freeze_panes = "B3"
    for note in ("", *table.notes):
        sheet.append([note])
    source = book.create_sheet("source")
    source.append(list(IDENTITY))
    for dataset in datasets:
        source.append([str(dataset.attrs.get(key, "")) for key in IDENTITY])
    book.properties.title, book.properties.description = table.title, style.stamp(datasets)
    book.properties.keywords = "; ".join(identity_lines(datasets))
    book.properties.creator = f"regionsim {datasets[0].attrs.get('version', '')}".strip()
    book.save(path)


def _numbers(cell: Cell, has_spread: bool) -> tuple[float, ...]:
    return (cell.value, cell.low, cell.high) if has_spread else (cell.value,)


def _with_units(table: PaperTable, row: Row) -> Iterator[tuple[str, Cell, str]]:
    for heading, cell, is_change in zip(table.headings, row.cells, table.is_change, strict=True):
        yield heading, cell, row.change_unit if is_change else row.unit


def _bar(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _latex_heading(text: str) -> str:
    """A heading of some lines, which makes its column no wider than it must be."""
    lines = r"\\".join(map(_latex, textwrap.wrap(text, HEADING_WIDTH, break_long_words=False)))
    return rf"\shortstack[r]{{{lines}}}" if r"\\" in lines else lines


def _latex_number(text: str) -> str:
    """A cell: its signs as LaTeX sets them in formulas, where a hyphen would be too short."""
    return _latex(re.sub(r"(?<!\w)-(?=[\d<])", "\N{MINUS SIGN}", text))


def _latex(text: str) -> str:
    written = "".join(ESCAPED.get(character, character) for character in text)
    return written.replace("\N{EN DASH}", "--").replace("\N{MINUS SIGN}", "$-$")
