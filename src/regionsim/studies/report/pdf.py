"""A report as PDF, set by Typst (the extra `report`): the same document, with figures as they are drawn."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from regionsim.figures.chinese_font import ChineseFont, NoChineseFontError, chinese_font
from regionsim.studies.report.document import Document

if TYPE_CHECKING:
    from typst import Fonts

PACKAGE = "typst"
EXTRA = "pip install 'regionsim[report]'"
TEMPLATE = Path(__file__).parent / "report.typ"
# Typst brings it along: the same page on every machine.
LATIN = "Libertinus Serif"


def is_installed() -> bool:
    """Whether PDF can be written."""
    return find_spec(PACKAGE) is not None


def pdf_bytes(document: Document) -> bytes:
    """The report as the content of a PDF file: tagged, with its runs in the keywords and no time of writing."""
    from typst import Compiler

    fonts, families = _fonts(document.language)
    with TemporaryDirectory(prefix="regionsim-report-") as name:
        folder = Path(name)
        (folder / "figures").mkdir()
        for figure, pictures in document.pictures.items():
            (folder / "figures" / f"{figure}.pdf").write_bytes(pictures["pdf"])
        copyfile(TEMPLATE, folder / TEMPLATE.name)
        content = json.dumps({**plain(document), "fonts": families}, ensure_ascii=False)
        (folder / "report.json").write_text(content, encoding="utf-8")
        compiler = Compiler(root=str(folder), font_paths=fonts, ignore_system_fonts=True)
        made = compiler.compile(input=str(folder / TEMPLATE.name), format="pdf")
    assert isinstance(made, bytes)
    return made


def plain(document: Document) -> dict[str, Any]:
    """The document without its pictures as mappings and lists; each block says of what kind it is."""
    content = {key: value for key, value in vars(document).items() if key not in ("pictures", "sections", "labels")}
    sections = [
        {
            "key": section.key,
            "title": section.title,
            "blocks": [{"kind": type(block).__name__, **asdict(block)} for block in section.blocks],
        }
        for section in document.sections
    ]
    return {**content, "labels": asdict(document.labels), "sections": sections}


def _fonts(language: str) -> tuple[Fonts, list[str]]:
    """What Typst may use, and the families of the text in the order in which a letter is looked for."""
    from typst import Fonts

    try:
        chinese = chinese_font()
    except NoChineseFontError:
        return Fonts(include_system_fonts=False), [LATIN]
    fonts = Fonts(include_system_fonts=False, font_paths=[str(chinese.file.parent)])
    family = _family(fonts, chinese)
    return fonts, [family] if language == "zh" else [LATIN, family]


def _family(fonts: Fonts, font: ChineseFont) -> str:
    """What Typst calls the font."""
    names = (
        each.family
        for each in fonts.fonts()
        if each.path is not None and Path(each.path) == font.file and each.index == font.number
    )
    return next(names, font.name)
