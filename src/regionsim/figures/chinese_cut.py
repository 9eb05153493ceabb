"""A Chinese font cut down to some of its characters, with TrueType outlines and of regular weight."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionsim.figures.chinese_font import ChineseFont

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

REGULAR = 400.0
NO_CHARACTER = ".notdef"
NAMES = {"familyName": 1, "styleName": 2, "fullName": 4, "psName": 6}


def cut_chinese(font: ChineseFont, characters: frozenset[int], path: Path) -> None:
    """Write the font with these characters alone to `path`; what it lacks is left out.

    PDF keeps text as text (Type 42) of TrueType outlines alone, while most Chinese fonts have those of PostScript.
    They are redrawn with quadratic curves, to a thousandth of the size of type; metrics stay. What was read and
    redrawn once is kept, so that a few more characters cost little.
    """
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]

    opened, _ = _opened(font)
    names = {code: name for code, name in _names(font).items() if code in characters}
    order = [NO_CHARACTER, *sorted(set(names.values()) - {NO_CHARACTER})]
    glyphs = {name: _redrawn(font, name) for name in order}
    builder = FontBuilder(opened["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: glyph for name, (glyph, _) in glyphs.items()})
    builder.setupHorizontalMetrics({name: (width, glyph.xMin) for name, (glyph, width) in glyphs.items()})
    across = opened["hhea"]
    builder.setupHorizontalHeader(ascent=across.ascent, descent=across.descent, lineGap=across.lineGap)
    builder.setupNameTable({key: opened["name"].getDebugName(number) or font.name for key, number in NAMES.items()})
    builder.font["OS/2"] = deepcopy(opened["OS/2"])  # with what may be done with the font
    builder.setupPost()
    builder.updateHead(**{field: getattr(opened["head"], field) for field in ("fontRevision", "created", "modified")})
    builder.save(path)


@cache
def _opened(font: ChineseFont) -> tuple[TTFont, Any]:
    """The whole font, of which only what is needed is read, and its glyphs of regular weight."""
    from fontTools.ttLib import TTFont

    opened = TTFont(font.file, fontNumber=font.number)
    return opened, opened.getGlyphSet(location={"wght": REGULAR} if "fvar" in opened else None)


@cache
def _names(font: ChineseFont) -> dict[int, str]:
    """The glyphs of the whole font by code point."""
    return dict(_opened(font)[0].getBestCmap())


@cache
def _redrawn(font: ChineseFont, name: str) -> tuple[Any, int]:
    """A glyph with quadratic curves and without components, and how far it moves the pen."""
    from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]
    from fontTools.pens.filterPen import DecomposingFilterPen  # type: ignore[import-untyped]
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

    opened, drawn = _opened(font)
    pen = TTGlyphPen(None)
    quadratic = Cu2QuPen(pen, opened["head"].unitsPerEm / 1000, reverse_direction="glyf" not in opened)
    drawn[name].draw(DecomposingFilterPen(quadratic, drawn))
    glyph = pen.glyph()
    glyph.recalcBounds(None)
    if not hasattr(glyph, "xMin"):
        glyph.xMin = 0
    return glyph, round(drawn[name].width)
