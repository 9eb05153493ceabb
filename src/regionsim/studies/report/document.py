"""A report as what it says, apart from how it looks: sections of paragraphs, lists, tables, figures and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

Align = Literal["left", "right"]
Item = TypeVar("Item")
# Scenarios side by side in a table of short cells: more do not fit a page.
MOST_COLUMNS = 5


@dataclass(frozen=True)
class Words:
    """A text in another language than the report: `language` is its code, empty where it is that of the report."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Sentences; a warning is set apart from the rest."""

    text: Words
    is_warning: bool = False


@dataclass(frozen=True)
class Bullets:
    """Things of one kind, each of texts that follow one another."""

    items: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True)
class Code:
    """What is typed at a command line."""

    text: str


@dataclass(frozen=True)
class Cell:
    """A text in a table, with what is said of it in smaller type below, a line each."""

    text: Words
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Column:
    """A heading, the side to which its cells are set, and how wide the column is beside the others."""

    head: str
    align: Align = "left"
    width: float = 1.0


@dataclass(frozen=True)
class Group:
    """Rows below a heading of their own, which may be empty; the first cell of a row is its heading."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Table:
    """A table with a title, a cell for each column in each row, and notes below. `number` counts from 1."""

    title: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()
    number: int = 0

    @property
    def size(self) -> int:
        """How many rows it has."""
        return sum(len(group.rows) for group in self.groups)


@dataclass(frozen=True)
class Figure:
    """A figure by the name of its files, with its caption, and with `about` for who cannot see it."""

    name: str
    title: str
    about: str
    notes: tuple[str, ...]
    number: int = 0


@dataclass(frozen=True)
class Attachment:
    """A file that goes with the report, as text."""

    name: str
    about: str
    text: str


Block = Paragraph | Bullets | Code | Table | Figure | Attachment


@dataclass(frozen=True)
class Section:
    """A part of the report under a heading; `key` is the name by which it is linked."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Labels:
    """The words of the frame around the sections; `{number}`, `{all}` and `{name}` stand for what they say."""

    contents: str
    table: str
    figure: str
    page: str
    attached: str


@dataclass(frozen=True)
class Document:
    """A report in one language (`en` or `zh`), with the lines of identity of the runs that it shows."""

    title: str
    subtitle: str
    language: str
    labels: Labels
    sections: tuple[Section, ...]
    identity: tuple[str, ...]
    about: str
    maker: str
    pictures: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict, repr=False, hash=False)

    def tables(self) -> list[Table]:
        """All tables in their order."""
        return [block for section in self.sections for block in section.blocks if isinstance(block, Table)]


def spans(items: Sequence[Item], most: int = MOST_COLUMNS) -> list[Sequence[Item]]:
    """The items in parts of at most so many, as columns of tables that follow one another."""
    return [items[k : k + most] for k in range(0, len(items), most)]


def numbered(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with their tables and figures counted, each kind from 1."""
    counts = {Table: 0, Figure: 0}

    def counted(block: Block) -> Block:
        if isinstance(block, Table | Figure):
            counts[type(block)] += 1
            return replace(block, number=counts[type(block)])
        return block

    return tuple(replace(section, blocks=tuple(map(counted, section.blocks))) for section in sections)


def paragraph(text: str, language: str = "") -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph(Words(text, language))


def warning(text: str, language: str = "") -> Paragraph:
    """A paragraph that a reader must not overlook."""
    return Paragraph(Words(text, language), is_warning=True)


def bullets(*texts: str, language: str = "") -> Bullets:
    """A list of plain texts."""
    return Bullets(tuple((Words(text, language),) for text in texts))


def cell(text: str, *notes: Words, language: str = "") -> Cell:
    """A cell of plain text."""
    return Cell(Words(text, language), tuple(note for note in notes if note.text))
