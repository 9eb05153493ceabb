"""The words of figures in the language of the drawing: said in English where they are used, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regionsim.figures.chinese import NAMES, SENTENCES
from regionsim.figures.chinese_variables import VARIABLES
from regionsim.figures.look import current

if TYPE_CHECKING:
    from regionsim.results.indicator_catalogue import Indicator
    from regionsim.results.targets import Target


def in_chinese() -> bool:
    """Whether the drawing is in Chinese."""
    return current().language == "zh"


def say(english: str, **values: object) -> str:
    """A sentence with `{values}` in it, in the language of the drawing.

    The English is the key of the catalogue of `chinese.py`; a test holds that it has all sentences and no other.
    """
    return (SENTENCES[english] if in_chinese() else english).format(**values)


def called(name: str) -> str:
    """A unit, a province or another name of the data in the language of the drawing; as it is where none is known."""
    return NAMES.get(name, name) if in_chinese() else name


def variable_words(name: str) -> str:
    """A variable of the model as words; its own name where there are no Chinese ones."""
    words = name.replace("_", " ")
    return VARIABLES.get(name, words) if in_chinese() else words


def label(of: Indicator | Target) -> str:
    """What an indicator or a target is called."""
    return of.label_zh if in_chinese() else of.label


def within_text(of: Indicator | Target) -> str:
    """The same inside a sentence."""
    name = label(of)
    return name if in_chinese() or name[:3].upper() == name[:3] else name[0].lower() + name[1:]


def joined(names: Sequence[str]) -> str:
    """Names as a list."""
    return ("、" if in_chinese() else ", ").join(names)


def clauses(parts: Sequence[str]) -> str:
    """Parts of a sentence, one after the other."""
    return ("，" if in_chinese() else ", ").join(parts)


def separated(parts: Sequence[str]) -> str:
    """Things told one after the other, with semicolons."""
    return ("；" if in_chinese() else "; ").join(parts)


def sentences(parts: Sequence[str]) -> str:
    """Sentences as a paragraph."""
    return ("" if in_chinese() else " ").join(part for part in parts if part)


def with_unit(name: str, unit: str) -> str:
    """A name with its unit in brackets; percent goes without."""
    return name if unit == "%" else bracketed(name, unit)


def bracketed(name: str, rest: str) -> str:
    """A name and more of it in brackets."""
    return f"{name}（{rest}）" if in_chinese() else f"{name} ({rest})"


def enumeration(labels: Sequence[str]) -> str:
    """Labels of indicators as a title: the first with its capital, the last after an `and`."""
    if in_chinese():
        return "、".join(labels[:-1]) + (f"和{labels[-1]}" if len(labels) > 1 else labels[-1])
    names = [name.lower() if k else name for k, name in enumerate(labels)]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def region_title(region: str) -> str:
    """The zone, or a province's part of it."""
    if region == "zone":
        return say("Zone")
    return say("{province} part of the zone", province=called(region))
