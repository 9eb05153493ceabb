"""The Chinese font of figures: found on the system or in the extra `zh`."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.figures.chinese import characters_of_catalogue

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

# Names of files, best first: sans before serif, what comes with a system after what is free.
FILES = (
    *("NotoSansCJK", "NotoSansSC", "SourceHanSans", "msyh", "PingFang", "Hiragino ?Sans ?GB", "STHeiti"),
    *("wqy-", "simhei", "Deng", "DroidSansFallback", "NotoSerifCJK", "NotoSerifSC", "SourceHanSerif"),
    *("simsun", "Songti", "ukai", "uming", "gbsn00lp", "gkai00mp", "Arial ?Unicode"),
)
EXTRA_PACKAGE, EXTRA_FILE = "mplfonts", "fonts/NotoSansCJKsc-Regular.otf"
OTHER_WEIGHTS = re.compile("thin|light|demi|medium|bold|black|heavy|mono|bd\\.|l\\.tt", re.IGNORECASE)
SIMPLIFIED = re.compile(r"\b(SC|CN|GB|Hans)\b")
NOT_FOUND = (
    "no Chinese font was found: figures are in English; "
    "install Noto Sans CJK SC (or another of its kind), or regionsim[zh], which brings one"
)


class NoChineseFontError(Exception):
    """Raised where neither the system nor the extra has a font with all characters of the catalogue."""


@dataclass(frozen=True)
class ChineseFont:
    """A font in a file that may hold several: its place there, its name, and the code points that it has."""

    file: Path
    number: int
    name: str
    characters: frozenset[int]


def has_chinese_font() -> bool:
    """Whether a figure can be drawn in Chinese."""
    try:
        chinese_font()
    except NoChineseFontError:
        return False
    return True


@cache
def chinese_font() -> ChineseFont:
    """The best font that has all characters of the catalogue. Raises NoChineseFontError."""
    needed = frozenset(map(ord, characters_of_catalogue()))
    for file in candidates():
        for found in _faces(file):
            if needed <= found.characters:
                return found
    raise NoChineseFontError(NOT_FOUND)


def candidates() -> Iterator[Path]:
    """Files that may be Chinese fonts, best first; the extra's goes after good ones of the system."""
    from matplotlib.font_manager import findSystemFonts

    # Files, not matplotlib's list of families: that is kept from an earlier day and has one family for each file.
    files = sorted(map(Path, findSystemFonts()))
    for stem in FILES:
        alike = [file for file in files if re.match(stem, file.name, re.IGNORECASE)]
        yield from sorted(alike, key=lambda file: bool(OTHER_WEIGHTS.search(file.name)))
        if stem == "SourceHanSans":
            yield from _of_extra()


def _of_extra() -> Iterator[Path]:
    # The package is not imported: it would change matplotlib's settings.
    found = find_spec(EXTRA_PACKAGE)
    for folder in (found.submodule_search_locations or []) if found else []:
        if (Path(folder) / EXTRA_FILE).is_file():
            yield Path(folder) / EXTRA_FILE


def _faces(file: Path) -> list[ChineseFont]:
    """The fonts in a file, those for simplified characters first; none where it cannot be read."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        with file.open("rb") as stream:  # opened here, as fontTools leaves open what it cannot read
            if file.suffix.lower() in (".ttc", ".otc"):
                collection = TTCollection(stream, lazy=True)
                found = [_face(file, number, font) for number, font in enumerate(collection.fonts)]
            else:
                found = [_face(file, 0, TTFont(stream, lazy=True))]
    except (TTLibError, struct.error, OSError, KeyError, AttributeError):
        return []
    return sorted(found, key=lambda face: ("Mono" in face.name, not SIMPLIFIED.search(face.name)))


def _face(file: Path, number: int, font: TTFont) -> ChineseFont:
    return ChineseFont(file, number, str(font["name"].getDebugName(1)), frozenset(font.getBestCmap()))
