"""Draws of parameters from a file: the equally likely draws that a calibration leaves, or anybody's own."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from regionsim.problems import Problem, ProblemsError
from regionsim.scenarios.report import cut
from regionsim.studies.priors import prior_of

EXPECTED = "a CSV file with a column for each parameter and a row for each draw"


@dataclass(frozen=True)
class Posterior:
    """Equally likely draws in a file: `values` is (draw, key)."""

    file: str
    keys: tuple[str, ...]
    values: NDArray[np.float64]


def read_posterior(path: Path) -> Posterior:
    """The draws in a file, whose header has parameters or elements of them; a column 'draw' numbers the rows.

    Raises ProblemsError with everything that is wrong.
    """
    name = path.as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProblemsError([Problem(name, 0, "the text is not UTF-8", expected=EXPECTED)]) from None
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        raise ProblemsError([Problem(name, 0, "the draws cannot be read", reason, EXPECTED)]) from None
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise ProblemsError([Problem(name, reader.line_num, "not a row of a CSV file", str(error))]) from None
    if len(rows) < 2:
        raise ProblemsError([Problem(name, 0, "the file has no draws", expected=EXPECTED)])
    line, header = rows[0]
    problems = []
    places = {key.strip(): place for place, key in enumerate(header) if key.strip() not in ("draw", "member")}
    if len(places) < len([key for key in header if key.strip() not in ("draw", "member")]):
        problems.append(Problem(name, line, "a parameter has two columns"))
    if not places:
        problems.append(Problem(name, line, "no column is a parameter", expected=EXPECTED))
    for key in places:
        try:
            prior_of(key)
        except ValueError as error:
            problems.append(Problem(name, line, f"column '{cut(key)}': {error}"))
    values = np.empty((len(rows) - 1, len(places)))
    for k, (line, row) in enumerate(rows[1:]):
        if len(row) > len(header):  # as a decimal comma makes them
            problems.append(
                Problem(name, line, "a row of draws", f"{len(row)} cells", f"{len(header)}, as in the header")
            )
        for column, (key, place) in enumerate(places.items()):
            number = _number(row[place]) if place < len(row) else math.nan
            if not math.isfinite(number):
                found = f"'{cut(row[place])}'" if place < len(row) else "nothing"
                problems.append(Problem(name, line, f"column '{cut(key)}'", found, "a number"))
            values[k, column] = number
    if problems:
        raise ProblemsError(problems)
    return Posterior(name, tuple(places), values)


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return math.nan
