"""What was observed, from a file that nobody of the project has seen: read whole, checked line by line."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from regionsim.place.counties import county_codes, find_county, load_counties, names_of
from regionsim.place.estimate import QUALITIES
from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.results.indicator_catalogue import INDICATORS, PROVINCES
from regionsim.results.targets import ZONE

COLUMNS = ("adcode", "variable", "year", "value")
UNCERTAINTY = "rel_uncertainty"
QUALITY = "quality"
FURTHER = (UNCERTAINTY, QUALITY)
REGIONS = "a six-digit county code of the zone, Hunan, Jiangxi or zone"


@dataclass(frozen=True)
class Observation:
    """One row: `value` in the unit of indicators.csv; `uncertainty` is relative to the value, nan where not given.

    `quality` is one of QUALITIES, or empty where not given.
    `region` is a six-digit county code, "Hunan" or "Jiangxi" (the part inside the zone) or "zone".
    """

    line: int
    region: str
    variable: str
    year: int
    value: float
    uncertainty: float
    quality: str = ""


def read_observations(file: str | Path, first_year: int, last_year: int) -> list[Observation]:
    """The rows of a CSV file with the columns adcode, variable, year, value.

    If wanted, rel_uncertainty and quality stand beside them. Further columns are left out, and so are rows without any
    cell. Years are those of the run, from `first_year` to `last_year`. Raises ProblemsError with everything that is
    wrong.
    """
    name, problems = str(file), list[Problem]()
    header, lines = _cells(Path(file), name)
    columns = {column: header.index(column) for column in (*COLUMNS, *FURTHER) if column in header}
    observations: list[Observation] = []
    for line, cells in lines:
        row = {column: cells[at].strip() if at < len(cells) else "" for column, at in columns.items()}
        found = _observation(row, _Row(name, line), (first_year, last_year), problems)
        if found is not None:
            observations.append(found)
    first_line: dict[tuple[str, str, int], int] = {}
    for each in observations:
        key = (each.region, each.variable, each.year)
        if key in first_line:
            what = f"{each.variable} of {each.region} in {each.year} stands twice"
            problems.append(Problem(name, each.line, what, f"also on line {first_line[key]}"))
        first_line.setdefault(key, each.line)
    if not lines:
        problems.append(Problem(name, 0, "the file has no rows of observations"))
    if problems:
        raise ProblemsError(problems)
    return observations


@dataclass(frozen=True)
class _Row:
    """Where a row stands."""

    file: str
    line: int

    def problem(self, what: str, found: str = "", expected: str = "", nearest: str = "") -> Problem:
        """What is wrong with the row."""
        return Problem(self.file, self.line, what, found, expected, nearest)


def _cells(path: Path, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header and the rows with their lines in the file."""
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ProblemsError([Problem(name, 0, "the file of observations cannot be read", reason)]) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        what = "the text cannot be read"
        found = f"the byte 0x{content[error.start]:02x}"
        raise ProblemsError([Problem(name, line, what, found, "a file in UTF-8")]) from None
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise ProblemsError([Problem(name, reader.line_num, "not a row of a CSV file", str(error))]) from None
    if not rows:
        raise ProblemsError([Problem(name, 0, "the file is empty", expected=f"the columns {', '.join(COLUMNS)}")])
    line, header = rows[0][0], [cell.strip() for cell in rows[0][1]]
    problems = [
        Problem(name, line, f"column '{column}' is missing", ", ".join(header), nearest=nearest_name(column, header))
        for column in COLUMNS
        if column not in header
    ]
    problems += [
        Problem(name, line, f"column '{column}' stands twice")
        for column in (*COLUMNS, *FURTHER)
        if header.count(column) > 1
    ]
    if problems:
        raise ProblemsError(problems)
    return header, rows[1:]


def _observation(row: dict[str, str], at: _Row, years: tuple[int, int], problems: list[Problem]) -> Observation | None:
    """The row as it is meant; None, and a problem for each cell, where it cannot be."""
    before = len(problems)
    region = _region(row["adcode"], at, problems)
    variable = row["variable"]
    known = [indicator.name for indicator in INDICATORS]
    if variable not in known:
        nearest = nearest_name(variable, known)
        problems.append(at.problem("unknown variable", f"'{variable}'", "a variable of indicators.csv", nearest))
    year = _number(row["year"])
    first, last = years
    if not year.is_integer():
        problems.append(at.problem("column 'year'", f"'{row['year']}'", "a whole number"))
    elif not first <= year <= last:
        problems.append(at.problem("year outside the run", row["year"], f"a year from {first} to {last}"))
    value = _number(row["value"])
    if not math.isfinite(value):
        problems.append(at.problem("column 'value'", f"'{row['value']}'", "a number"))
    uncertainty = math.nan
    if said := row.get(UNCERTAINTY, ""):
        uncertainty = _number(said)
        if not 0 < uncertainty <= 1:
            expected = "a share of the value above 0, to 1, or an empty cell"
            problems.append(at.problem(f"column '{UNCERTAINTY}'", f"'{said}'", expected))
    quality = row.get(QUALITY, "")
    if quality and quality not in QUALITIES:
        nearest = nearest_name(quality, QUALITIES)
        expected = f"one of {', '.join(QUALITIES)}, or an empty cell"
        problems.append(at.problem(f"column '{QUALITY}'", f"'{quality}'", expected, nearest))
    if len(problems) > before:
        return None
    return Observation(at.line, region, variable, int(year), value, uncertainty, quality)


def _region(said: str, at: _Row, problems: list[Problem]) -> str:
    known: Sequence[str] = (*county_codes(), *PROVINCES, ZONE)
    code = said.removesuffix(".0")  # a column of codes that some program took for numbers
    if code in known:
        return code
    try:
        nearest = find_county(said).code
    except KeyError:
        nearest = nearest_name(said, [*PROVINCES, ZONE, *names_of(load_counties())])
        if nearest and nearest not in known:  # a county's name, which no row may have
            nearest = find_county(nearest).code
    problems.append(at.problem("unknown county", f"'{said}'", REGIONS, nearest))
    return ""


def _number(cell: str) -> float:
    """The number in a cell, nan where there is none."""
    try:
        return math.nan if "_" in cell else float(cell)
    except ValueError:
        return math.nan
