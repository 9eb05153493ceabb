"""The font of all figures, cut down to the characters that they need: DejaVu Sans, or a Chinese font of the system."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from regionsim.figures.chinese import characters_of_catalogue
from regionsim.figures.chinese_cut import cut_chinese
from regionsim.figures.chinese_font import chinese_font
from regionsim.figures.look import Language, current

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

FAMILY = "DejaVu Sans"  # comes with matplotlib: figures in English look the same on every machine
POINTS_PER_MILLIMETRE = 72 / 25.4

# Latin with all accents of Europe and of pinyin, Greek, punctuation, arrows and common signs.
CHARACTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x370, 0x400),
    *range(0x2010, 0x2027),
    0x2030,
    *range(0x2190, 0x2194),
    0x2212,
    0x2248,
    0x2264,
    0x2265,
)
# What may not begin or end a line of Chinese.
NOT_FIRST, NOT_LAST = "，。；：、）》”’％%)", "（《“‘("

_cut: dict[Language, tuple[Path, frozenset[int]]] = {}


@cache
def _folder() -> Path:
    """Where cut-down fonts are, for as long as the process lasts."""
    directory = Path(mkdtemp(prefix="regionsim-font-"))
    atexit.register(rmtree, directory, ignore_errors=True)
    return directory


def font_file() -> Path:
    """The cut-down font of the language of the drawing, as a file that lasts as long as the process.

    A full font has thousands of characters and large tables for scripts that no figure shows; matplotlib reads them
    all for every text and again for every PDF. Cutting them once saves a quarter of the drawing time.
    """
    language = current().language
    if language not in _cut:
        wanted = frozenset(CHARACTERS) if language == "en" else frozenset(map(ord, characters_of_catalogue()))
        _cut[language] = _made(language, wanted)
    return _cut[language][0]


def _made(language: Language, characters: frozenset[int]) -> tuple[Path, frozenset[int]]:
    path = _folder() / f"{language}-{len(characters)}.ttf"
    if language == "en":
        _cut_english(path)
    else:
        cut_chinese(chinese_font(), characters, path)
    return path, characters


def _cut_english(path: Path) -> None:
    from fontTools import subset  # type: ignore[import-untyped]  # matplotlib depends on it
    from matplotlib.font_manager import FontProperties, findfont

    options = subset.Options(layout_features=[], glyph_names=True, notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "FFTM"]
    full = str(findfont(FontProperties(family=FAMILY), fallback_to_default=False))
    with subset.load_font(full, options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=CHARACTERS)
        cutter.subset(font)
        font.save(path)


def font() -> FontProperties:
    """The font as matplotlib's texts want it."""
    return _properties(font_file())


@cache
def _properties(path: Path) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=path)


def drawable(text: str, otherwise: str) -> str:
    """`text` where the font has all of its characters, else `otherwise`: a figure never shows empty boxes.

    A Chinese font that was cut without one of them is cut again.
    """
    if text.isascii() and text.isprintable():
        return text
    characters = frozenset(map(ord, text))
    path = font_file()
    if characters <= _known_characters(path):
        return text
    language = current().language
    if language == "en" or not characters <= chinese_font().characters:
        return otherwise
    _cut[language] = _made(language, _cut[language][1] | characters)
    return text


@cache
def _known_characters(path: Path) -> frozenset[int]:
    from matplotlib.font_manager import get_font

    return frozenset(get_font(path).get_charmap())


@cache
def _advance(character: str, path: Path) -> float:
    """How far the character moves the pen, in units of the font size."""
    from matplotlib.font_manager import get_font

    drawn = get_font(path)
    drawn.set_size(64.0, 72)
    return float(drawn.load_char(ord(character)).linearHoriAdvance) / 65536 / 64


def text_width(text: str, size: float) -> float:
    """The width in mm of one line of text at `size` points, without kerning."""
    text = drawable(text, text)  # gets what the cut-down font lacks
    path = font_file()
    return sum(_advance(character, path) for character in text) * size / POINTS_PER_MILLIMETRE


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines no wider than `width` mm at `size` points, broken between words and Chinese characters."""
    width *= 0.97  # small letters are drawn a little wider, on whole dots
    lines: list[str] = []
    for space, piece in _pieces(text):
        longer = f"{lines[-1]}{space}{piece}" if lines else piece
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def _pieces(text: str) -> list[tuple[str, str]]:
    """What a line may be broken between, each with the space before it: words, and single Chinese characters."""
    pieces: list[tuple[str, str]] = []
    for word in text.split():
        space = " "
        for character in word:
            last = pieces[-1][1] if pieces and not space else ""
            breaks = not last or (
                (_is_chinese(character) or _is_chinese(last[-1]))
                and character not in NOT_FIRST
                and last[-1] not in NOT_LAST
            )
            if breaks:
                pieces.append((space, character))
            else:
                pieces[-1] = (pieces[-1][0], last + character)
            space = ""
    return pieces


def _is_chinese(character: str) -> bool:
    return "\u2e80" <= character <= "\uffef"
