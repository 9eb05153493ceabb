"""Rows of published figures (county or area, variable, year, value, unit, quality, source), and which to prefer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from regionsim.language.inputs import Quality
from regionsim.place.estimate import quality_rank
from regionsim.place.tables import DATA, QUALITY, Check, number, one_of, read_table, text, whole
from regionsim.problems import Problem, ProblemsError, nearest_name


@dataclass(frozen=True, kw_only=True)
class Published:
    """One row as it stands in the file; `uncertainty` is its relative half-range, `line` its line in the file."""

    line: int
    code: str
    variable: str
    year: int
    value: float
    unit: str
    quality: Quality
    source: str
    uncertainty: float
    cells: Mapping[str, Any] = field(default_factory=dict)

    @property
    def error(self) -> float:
        """The half-range in the unit of the value."""
        return self.value * self.uncertainty


def load_published(
    name: str,
    units: Mapping[str, str],
    codes: Collection[str],
    *,
    folder: Path = DATA,
    more: Mapping[str, Check] | None = None,
) -> list[Published]:
    """All rows of `folder/name`, each with a known area code, a known variable and the unit that `units` gives it.

    `more` names further columns, whose cells are kept in `cells`. Raises ProblemsError with every row that fails.
    """
    more = more or {}
    rows = read_table(
        name,
        {
            "adcode": whole(100000, 999999),
            "variable": one_of(*units),
            "year": whole(1990, 2035),
            "value": number(low=0.0),
            "unit": text,
            "quality": QUALITY,
            "source": text,
            "rel_uncertainty": number(0.0, 1.0),
            **more,
        },
        folder=folder,
    )
    problems = []
    published = []
    for row in rows:
        code = str(row["adcode"])
        if code not in codes:
            problems.append(
                Problem(name, row["line"], "area code", code, "a code of the zone", nearest_name(code, codes))
            )
        if row["unit"] != units[row["variable"]]:
            problems.append(
                Problem(name, row["line"], f"unit of {row['variable']}", row["unit"], units[row["variable"]])
            )
        published.append(
            Published(
                line=row["line"],
                code=code,
                variable=row["variable"],
                year=row["year"],
                value=row["value"],
                unit=row["unit"],
                quality=row["quality"],
                source=row["source"],
                uncertainty=row["rel_uncertainty"],
                cells={column: row[column] for column in more},
            )
        )
    if problems:
        raise ProblemsError(problems)
    return published


def pick(
    name: str, rows: Iterable[Published], wanted: Iterable[tuple[str, str]], year: int
) -> dict[tuple[str, str], Published]:
    """The row to use for each wanted (area code, variable) of `year`.

    Of several rows the best quality wins (official, secondary, derived, recalled), then the smaller uncertainty.
    Raises ProblemsError for every pair without a row, and for two rows that differ and that nothing decides between.
    """
    found: dict[tuple[str, str], list[Published]] = {}
    for row in rows:
        if row.year == year:
            found.setdefault((row.code, row.variable), []).append(row)
    problems = []
    picked = {}
    for code, variable in wanted:
        candidates = sorted(
            found.get((code, variable), []), key=lambda row: (quality_rank(row.quality), row.uncertainty, row.line)
        )
        if not candidates:
            problems.append(Problem(name, 0, f"no row of {variable} in {year} for {code}"))
            continue
        best = candidates[0]
        for rival in candidates[1:]:
            same_rank = (rival.quality, rival.uncertainty) == (best.quality, best.uncertainty)
            if same_rank and rival.value != best.value:
                problems.append(
                    Problem(
                        name,
                        rival.line,
                        f"second row of {variable} in {year} for {code}",
                        f"{rival.value:g}",
                        f"{best.value:g} as on line {best.line}, or another quality",
                    )
                )
        picked[code, variable] = best
    if problems:
        raise ProblemsError(problems)
    return picked
