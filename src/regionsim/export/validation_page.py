"""The summary of a validation dossier in the project's own pages: `python -m regionsim.export.validation_page FILE`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import regionsim
from regionsim.export.markdown import table, with_tables
from regionsim.studies.dossier.summary import SHIPPED, summary_text

PAGES = ("README.md", "docs/validation.md")
RECORD = Path("results") / "validation" / "validation.json"
ORDER = ("fail", "not testable", "pass")
LEAST_SHRINKAGE = 0.3
HASH_SHOWN = 12


def validation_tables(record: Mapping[str, Any]) -> dict[str, str]:
    """The tables of the pages by name, from what `validation.json` says."""
    tests = sorted(record["tests"], key=lambda test: ORDER.index(test["outcome"]))
    outcomes = record["outcomes"]
    draws = record["draws"]
    made = (
        f"{outcomes['pass']} of {len(tests)} tests pass, {outcomes['fail']} fail, {outcomes['not testable']} cannot "
        f"be made. Data and model {record['data_hash'][:HASH_SHOWN]}; {draws['members']} draws from the "
        f"{draws['origin']}, seed {draws['seed']}."
    )
    return {
        "validation": table(("outcome", "test", "what was found"), [_line(test) for test in tests]),
        "validation_origin": made,
        "validation_coverage": _copied(record, "held-out", 0),
        "validation_weak": _weak(record),
        "validation_hindcast": _copied(record, "calibration", 2),
    }


def refresh_pages(root: Path, record: Mapping[str, Any]) -> list[Path]:
    """Write the tables into the pages of the project at `root` and return the files that changed.

    The summary that reports quote is one of them, where `root` is a checkout that has it.
    """
    tables, changed = validation_tables(record), []
    shipped = root / "src" / SHIPPED.relative_to(Path(regionsim.__file__).parents[1])
    if shipped.parent.is_dir() and (
        not shipped.is_file() or shipped.read_text(encoding="utf-8") != summary_text(record)
    ):
        shipped.write_text(summary_text(record), encoding="utf-8", newline="\n")
        changed.append(shipped)
    for name in PAGES:
        file = root / name
        page = file.read_text(encoding="utf-8")
        asked = {key: text for key, text in tables.items() if f"<!-- table: {key} -->" in page}
        fresh = with_tables(page, asked)
        if fresh != page:
            file.write_text(fresh, encoding="utf-8", newline="\n")
            changed.append(file)
    return changed


def _line(test: Mapping[str, Any]) -> tuple[str, str, str]:
    return test["outcome"], test["title"], test["words"][0]


def _of(record: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    return next(test for test in record["tests"] if test["key"] == key)


def _copied(record: Mapping[str, Any], key: str, number: int) -> str:
    """A table of a test as it is in the dossier."""
    tables = _of(record, key)["tables"]
    if len(tables) <= number:
        return "Not testable."
    found = tables[number]
    heads = tuple(
        f"{column['name']} ({column['unit']})" if column["unit"] else column["name"] for column in found["columns"]
    )
    return table(heads, [tuple(_shown(cell) for cell in row) for row in found["rows"]])


def _weak(record: Mapping[str, Any]) -> str:
    """Parameters that the data moved little, with what is left of the width of their range."""
    tables = _of(record, "calibration")["tables"]
    if not tables:
        return "Not testable."
    names = [column["name"] for column in tables[0]["columns"]]
    kept = ("parameter", "evidence", "fitted", "5 %", "95 %", "width that remains", "shrinkage")
    at = [names.index(name) for name in kept]
    rows = [row for row in tables[0]["rows"] if (row[names.index("shrinkage")] or 0.0) < LEAST_SHRINKAGE]
    return table(
        (*kept[:5], "width that remains (%)", "shrinkage"), [tuple(_shown(row[k]) for k in at) for row in rows]
    )


def _shown(cell: str | float | None) -> str:
    if cell is None:
        return "n/a"
    return cell if isinstance(cell, str) else f"{cell:,}" if isinstance(cell, int) else f"{cell:.3g}"


def main(arguments: Sequence[str]) -> int:
    """Refresh the pages from a record; without one from where the command leaves it."""
    file = Path(arguments[0]) if arguments else RECORD
    for changed in refresh_pages(Path.cwd(), json.loads(file.read_text(encoding="utf-8"))):
        print(changed.relative_to(Path.cwd()).as_posix())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
