"""The words of a report in its language: said in English where they are used, once, as those of figures are."""

from __future__ import annotations

from collections.abc import Sequence

from regionsim.figures.words import in_chinese
from regionsim.results.tables import signed_text
from regionsim.studies.report.chinese import NAMES, SENTENCES

ENGLISH = "en"


def phrase(english: str, **values: object) -> str:
    """A sentence with `{values}` in it, in the language of the drawing.

    The English is the key of the catalogue of `chinese.py`; a test holds that it has all sentences and no other.
    """
    return (SENTENCES[english] if in_chinese() else english).format(**values)


def title_of(name: str) -> str:
    """A test of the dossier, an axis of the border or another name of the project; as it is where none is known."""
    return NAMES.get(name, name) if in_chinese() else name


def chosen(english: str, chinese: str) -> str:
    """What has both names in the data, in the language of the drawing."""
    return chinese if in_chinese() and chinese else english


def foreign() -> str:
    """The language of texts that the project has in English alone, where the report is in another; else empty."""
    return ENGLISH if in_chinese() else ""


def series(names: Sequence[str]) -> str:
    """Names as a list within a sentence, the last after an `and`."""
    if len(names) < 2:
        return "".join(names)
    if in_chinese():
        return "、".join(names[:-1]) + f"和{names[-1]}"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def bracketed(text: str, more: str) -> str:
    """A text with another in brackets behind it, where there is one."""
    if not more:
        return text
    return f"{text}（{more}）" if in_chinese() else f"{text} ({more})"


def points(size: float) -> str:
    """A number of percentage points without a sign."""
    return signed_text(abs(size)).removeprefix("+")
