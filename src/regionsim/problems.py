"""Problems in words: one line each, with file and line, all of a kind reported together."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place.

    `file` is shown as given; `line` counts from 1, 0 where the whole file is meant. `what` names the thing
    that is wrong; `found`, `expected` and `nearest` complete the sentence where they are known.
    """

    file: str
    line: int
    what: str
    found: str = ""
    expected: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        parts = [self.what]
        if self.found:
            parts.append(f"found {self.found}")
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.nearest:
            parts.append(f"did you mean '{self.nearest}'?")
        return f"{place}: " + "; ".join(parts)


class ProblemsError(Exception):
    """Raised with every problem that was found, sorted by file and line; its text has one line per problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest_name(name: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known name that is spelt most like `name`, or an empty string where none is near.

    `likeness` is how near: 1 would be the same spelling.
    """
    matches = difflib.get_close_matches(name, list(known), n=1, cutoff=likeness)
    return matches[0] if matches else ""
