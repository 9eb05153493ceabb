"""What the dossier leaves on disk: a page that stands alone, the same in Markdown, figures, and all numbers as JSON."""

from __future__ import annotations

import json
import math
import platform
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionsim import __version__
from regionsim.results.whole_directory import whole_directory
from regionsim.studies.dossier.html import html_page
from regionsim.studies.dossier.markdown_page import markdown_page
from regionsim.studies.dossier.result import Cell, Examined, Table

if TYPE_CHECKING:
    from regionsim.studies.dossier.study import Dossier

PAGE, TEXT, FIGURES, RECORD = "index.html", "dossier.md", "figures", "validation.json"
CONTENTS = frozenset({PAGE, TEXT, FIGURES, RECORD})
PACKAGES = ("numpy", "scipy", "xarray", "matplotlib")


def write_dossier(dossier: Dossier, directory: Path, *, figures: bool = True) -> Path:
    """Write index.html, dossier.md, figures/ and validation.json into `directory`, whole or not at all.

    Without `figures` the pages have none. Raises ProblemsError where the directory holds anything that is not part of
    a dossier.
    """
    dossier = dossier if figures else _without_figures(dossier)
    with whole_directory(directory, CONTENTS) as fresh:
        if figures:
            (fresh / FIGURES).mkdir()
            _draw(dossier, fresh / FIGURES)
        record = json.dumps(dossier_record(dossier), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        pages = {PAGE: html_page(dossier, fresh / FIGURES), TEXT: markdown_page(dossier, FIGURES), RECORD: record}
        for name, text in pages.items():
            (fresh / name).write_text(text, encoding="utf-8", newline="\n")
    return directory


def dossier_record(dossier: Dossier) -> dict[str, Any]:
    """Everything for programs: versions, scenarios, draws, and every test with its outcome and all of its numbers.

    A number that does not exist is null.
    """
    return {
        "versions": {
            "regionsim": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        },
        "data_hash": dossier.attributes["data_hash"],
        "scenario_hashes": dict(dossier.scenarios),
        "draws": {"members": dossier.members, "origin": dossier.origin, "seed": dossier.seed},
        "outcomes": {outcome: dossier.count(outcome) for outcome in ("pass", "fail", "not testable")},
        "tests": [_test(each) for each in dossier.examined],
    }


def _test(each: Examined) -> dict[str, Any]:
    test, found = each.examination, each.finding
    return {
        "key": test.key,
        "title": test.title,
        "question": test.question,
        "passes": test.passes,
        "source": test.source,
        "outcome": found.outcome,
        "words": list(found.words),
        "limits": list(found.limits),
        "seconds": round(each.seconds, 2),
        "tables": [_table(table) for table in found.tables],
        "figures": [f"{FIGURES}/{figure.name}.png" for figure in found.illustrations],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [{"name": column.name, "unit": column.unit} for column in table.columns],
        "rows": [[_number(cell) for cell in row] for row in table.rows],
    }


def _number(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def _without_figures(dossier: Dossier) -> Dossier:
    plain = (replace(each, finding=replace(each.finding, illustrations=())) for each in dossier.examined)
    return replace(dossier, examined=tuple(plain))


def _draw(dossier: Dossier, folder: Path) -> None:
    import xarray

    from regionsim.figures.files import save

    origin = xarray.Dataset(attrs=dict(dossier.attributes))
    for each in dossier.examined:
        for figure in each.finding.illustrations:
            save(figure.draw(), folder / figure.name, [origin], figure.caption, ("png",))
