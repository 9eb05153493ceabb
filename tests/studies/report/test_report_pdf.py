"""A report as PDF: the same as the page, in both languages, with its files and the runs that it shows."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("typst", reason="the extra report is not installed")

from pypdf import PdfReader

from regionsim.studies.audit.identity import identities_of
from regionsim.studies.report.document import Code, Paragraph, Table
from regionsim.studies.report.pdf import pdf_bytes

TITLES = {"en": "Other & <all> against One & <all>", "zh": "情景other与情景one的比较"}


def letters(text):
    """A text without what a line of a page may add to it or take away."""
    return re.sub(r"[\s\u00ad\u2010\u200b\u2060-]+", "", text)


@pytest.fixture(scope="module", params=["en", "zh"])
def file(request, reports):
    return reports / f"report-{request.param}.pdf"


@pytest.fixture(scope="module")
def text(file):
    return letters("".join(page.extract_text() for page in PdfReader(file).pages))


def test_all_that_the_document_says_is_in_it(file, text, document):
    report = document("one", "other", language=file.stem.removeprefix("report-"))
    for section in report.sections:
        assert letters(section.title) in text
        for block in section.blocks:
            if isinstance(block, Paragraph):
                assert letters(block.text.text) in text
            elif isinstance(block, Code):
                assert all(letters(line) in text for line in block.text.splitlines())
            elif isinstance(block, Table):
                assert letters(block.title) in text
                cells = [cell for group in block.groups for row in group.rows for cell in row]
                lost = [
                    words.text
                    for cell in cells
                    for words in (cell.text, *cell.notes)
                    if letters(words.text) not in text
                ]
                assert len(lost) <= 0.02 * len(cells), lost  # a page may end within a cell


def test_it_is_a_document_of_its_language_with_pages_and_an_outline(file):
    reader = PdfReader(file)
    language = file.stem.removeprefix("report-")
    assert len(reader.pages) > 10
    assert reader.metadata.title == TITLES[language]
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(language)
    assert len(reader.outline) == 10
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_scenarios_go_with_it(file, results):
    attached = PdfReader(file).attachments
    for name in ("one", "other"):
        (content,) = attached[f"{name}.yaml"]
        assert content.decode("utf-8") == (results / name / "scenario.yaml").read_text(encoding="utf-8")


def test_it_says_which_runs_it_shows(file):
    assert [found.scenario for found in identities_of(file)] == ["one", "other"]


def test_the_same_report_is_the_same_file(document):
    assert pdf_bytes(document("one")) == pdf_bytes(document("one"))
