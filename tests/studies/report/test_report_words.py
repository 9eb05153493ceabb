"""The catalogue of Chinese of reports: nothing missing, nothing left over, and no English where there is Chinese."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from sentences_said import sentences_said

import regionsim.studies.report
from regionsim.figures.look import Look
from regionsim.figures.style import drawing
from regionsim.scenarios.border import PARTS
from regionsim.studies.dossier.registry import EXAMINATIONS
from regionsim.studies.dossier.summary import ORDER
from regionsim.studies.report.build import labels
from regionsim.studies.report.chinese import NAMES, SENTENCES
from regionsim.studies.report.document import Bullets, Paragraph, Table, Words
from regionsim.studies.report.said_terms import TERMS
from regionsim.studies.report.words import bracketed, phrase, series, title_of

ROOM = Path(regionsim.studies.report.__file__).parent
# Three words of English in a row.
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
# Notes of the scenario of these tests are in the language of who wrote them.
NOTES = ("half of it", "a tenth fewer births")


@cache
def said():
    """Every sentence of a report with the names of its values."""
    return sentences_said(ROOM.glob("*.py"), "phrase")


def test_the_catalogue_has_every_sentence_and_no_other():
    assert set(said()) == set(SENTENCES)


@pytest.mark.parametrize("english", SENTENCES)
def test_a_translation_has_the_values_of_its_sentence(english):
    values = set(re.findall(r"\{(\w+)\}", english))
    assert set(re.findall(r"\{(\w+)\}", SENTENCES[english])) == values == said()[english]


def test_names_of_the_project_have_chinese():
    tests = {examination.title for examination in EXAMINATIONS}
    units = {unit for unit in TERMS.values() if unit}
    assert set(NAMES) == {*tests, *ORDER, *PARTS, *TERMS, *units}


def test_words_are_those_of_the_drawing():
    assert (phrase("off"), title_of("Ledgers"), series(["a", "b", "c"])) == ("off", "Ledgers", "a, b and c")
    assert (bracketed("a", "b"), bracketed("a", ""), series(["a"])) == ("a (b)", "a", "a")
    with drawing(Look("zh")):
        assert (phrase("off"), title_of("Ledgers"), series(["a", "b", "c"])) == ("未启用", "账户平衡", "a、b和c")
        assert (bracketed("a", "b"), labels().page) == ("a（b）", "第{number}页，共{all}页")


def words_of(document):
    """All words of a report, each with its language, but for commands and files."""
    for section in document.sections:
        yield Words(section.title)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Bullets):
                yield from (words for item in block.items for words in item)
            elif isinstance(block, Table):
                yield from map(Words, (block.title, *block.notes, *(column.head for column in block.columns)))
                cells = [cell for group in block.groups for row in group.rows for cell in row]
                yield from (words for cell in cells for words in (cell.text, *cell.notes))
                yield from (Words(group.title) for group in block.groups)


@pytest.mark.parametrize("names", [("one", "other"), ("fan",)])
def test_a_chinese_report_says_of_what_is_english_that_it_is(document, names):
    chinese = list(words_of(document(*names, language="zh")))
    told = [words.text for words in chinese if not words.language and words.text not in NOTES]
    assert not [text for text in told if ENGLISH.search(text)]
    assert [words for words in chinese if words.language == "en"]
    english = list(words_of(document(*names)))
    assert not [words for words in english if words.language]
    assert len(chinese) == len(english)
