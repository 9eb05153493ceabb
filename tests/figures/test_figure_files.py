"""Figures as files: what each format carries, and that text stays text in both languages."""

from __future__ import annotations

import io
import warnings
from xml.etree import ElementTree

import numpy as np
import pytest

from regionsim.figures.chinese_font import has_chinese_font
from regionsim.figures.comparison import comparison
from regionsim.figures.files import save
from regionsim.figures.font import font
from regionsim.figures.look import Look
from regionsim.figures.page import Page
from regionsim.figures.style import drawing

DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
with_font = pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font on this system")


def test_an_svg_says_where_it_comes_from_and_needs_no_font(dataset, tmp_path):
    (file,) = save(comparison([dataset]), tmp_path / "one", [dataset], "One figure", ("svg",))
    tree = ElementTree.parse(file)
    found = {child.tag.removeprefix(DUBLIN_CORE): "".join(child.itertext()).strip() for child in tree.iter()}
    assert found["title"] == "regionsim 0.1.0"  # the last of them, of its creator
    assert found["description"] == "regionsim 0.1.0; scenario base 3f2a9c10d4e5; data 77aa00bb11cc; seed 1"
    assert "scenario_hash 3f2a9c10d4e5, data_hash 77aa00bb11cc, version 0.1.0" in found["subject"]
    assert "date" not in found
    root = tree.getroot()
    assert float(root.get("width").removesuffix("pt")) / 72 * 25.4 == pytest.approx(183, abs=0.01)
    assert not list(root.iter("{http://www.w3.org/2000/svg}text"))


@pytest.mark.parametrize("ending", ["png", "pdf", "svg"])
def test_the_same_figure_is_the_same_file(dataset, tmp_path, ending):
    files = [save(comparison([dataset]), tmp_path / name, [dataset], "One", (ending,))[0] for name in ("a", "b")]
    assert files[0].read_bytes() == files[1].read_bytes()


@with_font
def test_a_chinese_pdf_has_its_text_as_text_in_embedded_type_42_fonts(make_dataset, tmp_path):
    import pypdf

    dataset = make_dataset()
    with drawing(Look("zh")):
        figure = comparison([dataset])
    (file,) = save(figure, tmp_path / "one", [dataset], "城镇化率", ("pdf",))
    reader = pypdf.PdfReader(file)
    assert reader.metadata["/Title"] == "城镇化率"
    page = reader.pages[0]
    text = page.extract_text()
    assert "城镇化率、森林覆盖率和地区生产总值" in text and "基准情景" in text
    fonts = [each.get_object() for each in page["/Resources"]["/Font"].values()]
    assert fonts and all(each["/Subtype"] == "/Type0" for each in fonts)
    for each in fonts:
        (descendant,) = each["/DescendantFonts"]
        assert descendant.get_object()["/Subtype"] == "/CIDFontType2"
        assert "/FontFile2" in descendant.get_object()["/FontDescriptor"].get_object()


@with_font
def test_a_title_with_rare_characters_is_drawn_too(make_dataset, texts_of):
    dataset = make_dataset()
    dataset.attrs["title_zh"] = "龘靐齉情景"
    with drawing(Look("zh")), warnings.catch_warnings():
        warnings.simplefilter("error")
        texts = [text for text, _ in texts_of(comparison([dataset]))]
    assert "龘靐齉情景，2020—2035" in texts


def test_a_letter_without_a_glyph_fails_a_test():
    """Warnings are errors in tests: a box for a letter cannot get by unseen."""
    from matplotlib.figure import Figure

    with drawing():
        figure = Figure()
        figure.text(0, 0, "龘", fontproperties=font())
        with pytest.raises(UserWarning, match="missing from font"):
            figure.savefig(io.BytesIO())


@with_font
def test_the_cut_font_draws_what_the_whole_font_draws(tmp_path):
    """Outlines are redrawn as quadratic curves: the picture is the same to a few grey dots."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    from regionsim.figures.chinese_font import chinese_font

    found = chinese_font()
    if found.number != 0 and found.file.suffix != ".otf":  # matplotlib reads the first font of a collection alone
        from fontTools.ttLib import TTFont

        whole = tmp_path / "whole.otf"
        TTFont(found.file, fontNumber=found.number).save(whole)
    else:
        whole = found.file
    pictures = []
    for properties in (FontProperties(fname=whole), None):
        with drawing(Look("zh")), matplotlib.rc_context({"text.hinting": "none"}):
            figure = Figure(figsize=(4, 0.7), dpi=200)
            figure.text(0.02, 0.3, "城镇化率 74.5% 示范区", fontproperties=properties or font(), fontsize=24)
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
            pictures.append(np.asarray(canvas.buffer_rgba())[..., 0].astype(float))
    assert np.abs(pictures[0] - pictures[1]).mean() < 1.0
    assert (pictures[0] < 128).mean() > 0.05


def test_text_that_is_long_is_broken_and_pushes_nothing_off_the_page(texts_of):
    with drawing(Look(width=89.0)):
        page = Page(60.0, title="A title that is far too long for one column " * 2, subtitle="s", notes=[], source="r")
    assert len([text for text, _ in texts_of(page.figure) if "title" in text or "column" in text]) > 1
    assert all(right < 89.0 for _, (_, _, right, _) in texts_of(page.figure))


def test_the_font_of_the_extra_is_found_without_importing_its_package(tmp_path, monkeypatch):
    """What follows in the list are serif fonts and fonts of other kinds."""
    import sys

    from regionsim.figures.chinese_font import EXTRA_FILE, EXTRA_PACKAGE, candidates

    file = tmp_path / EXTRA_PACKAGE / EXTRA_FILE
    file.parent.mkdir(parents=True)
    file.write_bytes(b"")
    (tmp_path / EXTRA_PACKAGE / "__init__.py").write_text("raise SystemExit('imported')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("matplotlib.font_manager.findSystemFonts", lambda: ["/fonts/simsun.ttc", "/fonts/DejaVu.ttf"])
    assert [path.name for path in candidates()] == [file.name, "simsun.ttc"]
    assert EXTRA_PACKAGE not in sys.modules


def test_regular_fonts_go_before_other_weights(monkeypatch):
    from regionsim.figures.chinese_font import candidates

    there = ["/f/NotoSansCJK-Bold.ttc", "/f/NotoSansCJK-Regular.ttc", "/f/msyhbd.ttc", "/f/msyh.ttc", "/f/Arial.ttf"]
    monkeypatch.setattr("matplotlib.font_manager.findSystemFonts", lambda: there)
    monkeypatch.setattr("regionsim.figures.chinese_font._of_extra", lambda: iter(()))
    names = [path.name for path in candidates()]
    assert names == ["NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "msyh.ttc", "msyhbd.ttc"]


def test_a_file_that_is_no_font_is_passed_over(tmp_path):
    from regionsim.figures.chinese_font import _faces

    for name, content in {"a.ttf": b"not a font", "b.ttc": b"not a font", "c.ttf": b"", "d.ttc": b"ttcf"}.items():
        (tmp_path / name).write_bytes(content)
        assert _faces(tmp_path / name) == [], name


@with_font
def test_a_cut_font_says_no_time_and_may_be_used_as_the_whole_font_may(tmp_path):
    from fontTools.ttLib import TTFont

    from regionsim.figures.chinese_cut import cut_chinese
    from regionsim.figures.chinese_font import chinese_font

    found = chinese_font()
    for name in ("one", "two"):
        cut_chinese(found, frozenset(map(ord, "城镇 70%")), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    cut, whole = TTFont(tmp_path / "one"), TTFont(found.file, fontNumber=found.number)
    assert set(map(chr, cut.getBestCmap())) == set("城镇 70%")
    assert cut["head"].modified == whole["head"].modified and cut["OS/2"].fsType == whole["OS/2"].fsType
