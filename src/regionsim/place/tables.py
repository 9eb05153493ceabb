"""Checked reading of the CSV files in `place/data`: a broken file says which row, which column and why."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from regionsim.problems import Problem, ProblemsError, nearest_name

DATA = Path(__file__).parent / "data"

Check = Callable[[str], Any]


def text(value: str) -> str:
    """Any text that is not empty. Raises ValueError for an empty cell."""
    if not value:
        raise ValueError("a value")
    return value


def optional_text(value: str) -> str:
    """Any text, empty allowed."""
    return value


def one_of(*allowed: str) -> Check:
    """A reader that accepts only the given words."""

    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"one of {', '.join(allowed)}")
        return value

    return read


def number(low: float = float("-inf"), high: float = float("inf")) -> Check:
    """A reader of finite numbers from `low` to `high`."""

    def read(value: str) -> float:
        try:
            result = float(value)
        except ValueError:
            raise ValueError(f"a number from {low:g} to {high:g}") from None
        if not low <= result <= high:  # also refuses nan
            raise ValueError(f"a number from {low:g} to {high:g}")
        return result

    return read


def optional(check: Check) -> Check:
    """The same reader, with None for an empty cell."""
    return lambda value: None if value == "" else check(value)


def whole(low: int, high: int) -> Check:
    """A reader of whole numbers from `low` to `high`."""

    def read(value: str) -> int:
        if not value.lstrip("-").isdigit() or not low <= int(value) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return read


def read_table(name: str, columns: Mapping[str, Check], *, folder: Path = DATA) -> list[dict[str, Any]]:
    """The rows of `folder/name`, the named columns read by their checks, plus `line` (the row's line in the file).

    Columns that are not named are left out. Raises ProblemsError with every missing column and every cell that
    its check refuses.
    """
    path = folder / name
    if not path.is_file():
        raise ProblemsError([Problem(str(path), 0, "the data file is missing")])
    problems: list[Problem] = []
    rows: list[dict[str, Any]] = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        header = reader.fieldnames or []
        for column in columns:
            if column not in header:
                problems.append(Problem(name, 1, f"column '{column}' is missing", nearest=nearest_name(column, header)))
        if problems:
            raise ProblemsError(problems)
        for raw in reader:
            row: dict[str, Any] = {"line": reader.line_num}
            for column, check in columns.items():
                value = (raw[column] or "").strip()
                try:
                    row[column] = check(value)
                except ValueError as expected:
                    problems.append(Problem(name, reader.line_num, f"column '{column}'", f"'{value}'", str(expected)))
            rows.append(row)
    if not rows:
        problems.append(Problem(name, 0, "the data file has no rows"))
    if problems:
        raise ProblemsError(problems)
    return rows


QUALITY = one_of("official", "secondary", "derived", "recalled")
