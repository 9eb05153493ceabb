"""What a test of the dossier is and what it finds: an outcome, numbers in tables, words, figures, limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionsim.studies.validate.assess import Outcome

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from regionsim.studies.dossier.setting import Setting

Cell = str | int | float | None

FORREY = "Forrester and Senge 1980"
BARLAS = "Barlas 1996"


@dataclass(frozen=True)
class Column:
    """One column: its name, the unit of its numbers, and how a reader gets them (as in a format string)."""

    name: str
    unit: str = ""
    form: str = ".4g"

    @property
    def head(self) -> str:
        """Name and unit."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    def shown(self, cell: Cell) -> str:
        """A cell as it is printed; a number that does not exist is n/a."""
        if cell is None or (isinstance(cell, float) and cell != cell):
            return "n/a"
        return cell if isinstance(cell, str) else f"{cell:,}" if isinstance(cell, int) else f"{cell:{self.form}}"


@dataclass(frozen=True)
class Table:
    """Numbers with their units: a cell for each column in each row."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Illustration:
    """A figure: the name of its file, its caption, and how it is drawn."""

    name: str
    caption: str
    draw: Callable[[], Figure]


@dataclass(frozen=True)
class Finding:
    """What a test found; `words` are paragraphs, the first a sentence for the summary, `limits` what it cannot tell."""

    outcome: Outcome
    words: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    illustrations: tuple[Illustration, ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Examination:
    """One test: `question` says in a sentence what it asks, `passes` what was agreed beforehand to be a pass."""

    key: str
    title: str
    question: str
    passes: str
    source: str
    examine: Callable[[Setting], Finding]


@dataclass(frozen=True)
class Examined:
    """A test with what it found and how long it took, in seconds."""

    examination: Examination
    finding: Finding
    seconds: float


def passed(holds: bool) -> Outcome:
    """The outcome of a test that could be made."""
    return "pass" if holds else "fail"
