"""The font of all figures: what matplotlib ships, cut down to the characters that a figure in English needs."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

FAMILY = "DejaVu Sans"  # comes with matplotlib: the figures look the same on every machine
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


@cache
def font_file() -> Path:
    """The cut-down font as a file that lasts as long as the process.

    The full font has 6,000 characters and large tables of ligatures for scripts that no figure shows; matplotlib
    reads them all for every text and again for every PDF. Cutting them once saves a quarter of the drawing time.
    """
    from fontTools import subset  # type: ignore[import-untyped]  # matplotlib depends on it
    from matplotlib.font_manager import FontProperties, findfont

    options = subset.Options(layout_features=[], glyph_names=True, notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "FFTM"]
    full = str(findfont(FontProperties(family=FAMILY), fallback_to_default=False))
    with subset.load_font(full, options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=CHARACTERS)
        cutter.subset(font)
        directory = Path(mkdtemp(prefix="regionsim-font-"))
        atexit.register(rmtree, directory, ignore_errors=True)
        path = directory / "DejaVuSans.ttf"
        font.save(path)
    return path


@cache
def font() -> FontProperties:
    """The font as matplotlib's texts want it."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=font_file())


@cache
def _known_characters() -> frozenset[int]:
    from matplotlib.font_manager import get_font

    return frozenset(get_font(font_file()).get_charmap())


def drawable(text: str, otherwise: str) -> str:
    """`text` where the font has all of its characters, else `otherwise`: a figure never shows empty boxes."""
    if text.isascii() and text.isprintable():
        return text
    return text if all(ord(character) in _known_characters() for character in text) else otherwise


@cache
def _advance(character: str) -> float:
    """How far the character moves the pen, in units of the font size."""
    from matplotlib.font_manager import get_font

    drawn = get_font(font_file())
    drawn.set_size(64.0, 72)
    return float(drawn.load_char(ord(character)).linearHoriAdvance) / 65536 / 64


def text_width(text: str, size: float) -> float:
    """The width in mm of one line of text at `size` points, without kerning."""
    return sum(_advance(character) for character in text) * size / POINTS_PER_MILLIMETRE


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines no wider than `width` mm at `size` points, broken between words."""
    width *= 0.97  # small letters are drawn a little wider, on whole dots
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
