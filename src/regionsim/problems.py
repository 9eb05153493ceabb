"""Problems in words: one line each, with file and line, all of a kind reported together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile


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
    """The known name, as it is written, that is spelt most like `name`, or an empty string where none is near.

    Case, blanks, hyphens, low lines and apostrophes count only between names that are else alike; of those the one that
    begins like `name` for longer is nearer, then the first. `likeness` is how near: 1 would be the same spelling.
    """
    wanted = _letters(name)
    letters, whole = SequenceMatcher(b=wanted), SequenceMatcher(b=name)  # they are quick where the second text stays
    nearest, most = "", (likeness, 0, 0.0)
    for each in known:
        said = _letters(each)
        letters.set_seq1(said)
        if min(letters.real_quick_ratio(), letters.quick_ratio()) < most[0]:
            continue
        whole.set_seq1(each)
        like = (letters.ratio(), _same_beginning(said, wanted), whole.ratio())
        if wanted and like > most:
            nearest, most = each, like
    return nearest


def _same_beginning(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _letters(name: str) -> str:
    """The letters and digits by which names are compared."""
    return re.sub(r"[-_\s'’]+", "", unicodedata.normalize("NFKC", name).casefold())
