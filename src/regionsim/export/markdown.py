"""Small pieces of Markdown, and blocks of a page that are made anew while the text around them stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

NOTES_BEGIN, NOTES_END = "<!-- notes -->", "<!-- end of notes -->"
_NOTES = re.compile(rf"{NOTES_BEGIN}\n(.*?){NOTES_END}", re.DOTALL)
_TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)
_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with one line per row; a bar in a cell is escaped."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |" for cells in lines)


def code(text: str) -> str:
    """Text in the type of code."""
    return f"`{text}`"


def with_tables(page: str, tables: Mapping[str, str]) -> str:
    """The page with every block between `<!-- table: name -->` and `<!-- end of table -->` made anew.

    Raises KeyError for a block whose name is unknown.
    """
    return _TABLE.sub(lambda found: f"{found[1]}{tables[found[2]]}\n{found[3]}", page)


def notes_of(page: str) -> str:
    """What stands between the markers of the hand-written notes; empty where there are none.

    Raises ValueError for a page with a marker that has no partner, whose notes would be lost.
    """
    blocks = _NOTES.findall(page)
    if len(blocks) != page.count(NOTES_BEGIN) or len(blocks) != page.count(NOTES_END) or len(blocks) > 1:
        raise ValueError(f"the notes of a page stand once between {NOTES_BEGIN} and {NOTES_END}, each on its own line")
    return str(blocks[0]) if blocks else ""


def notes_block(notes: str) -> str:
    """The notes between their markers."""
    return f"{NOTES_BEGIN}\n{notes}{NOTES_END}"


def anchors(page: str) -> list[str]:
    """The names by which the headings of a page can be linked to, as the common Markdown viewers make them."""
    found: list[str] = []
    for heading in _HEADING.findall(_FENCE.sub("", page)):
        plain = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        earlier = sum(name == plain or re.fullmatch(rf"{re.escape(plain)}-\d+", name) is not None for name in found)
        found.append(f"{plain}-{earlier}" if earlier else plain)
    return found
