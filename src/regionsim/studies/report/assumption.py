"""One thing that scenarios say otherwise than the base: its value there and in each, range, quality and source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from regionsim.figures.words import called
from regionsim.place.counties import PROVINCES, load_counties
from regionsim.scenarios.report import number
from regionsim.studies.report.document import Words
from regionsim.studies.report.words import chosen, foreign, phrase, series


@dataclass(frozen=True)
class Assumption:
    """A row of the table. `values` has what each scenario that differs has, by its name; all else has `base`.

    `detail` tells more of what it is, `source` is that of the value in the base or of the plan, `reasons` are what is
    said for the values of the scenarios.
    """

    title: Words
    detail: Words
    unit: str
    base: str
    values: Mapping[str, str]
    range: str
    quality: str
    source: Words
    reasons: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Kind:
    """Assumptions of one kind, which are a group of rows; `unit` is that of all of them, where they share one."""

    title: str
    rows: tuple[Assumption, ...]
    unit: str = ""


def english(text: str) -> Words:
    """A text that the project has in English alone."""
    return Words(text, foreign())


def notes_of(notes: Iterable[str]) -> tuple[Words, ...]:
    """What scenarios say of their own values, each once; the language is that of who wrote it."""
    return tuple(Words(note) for note in dict.fromkeys(notes) if note)


def years(start: float | None, full: float | None) -> str:
    """From the year of start to that of full effect."""
    assert start is not None and full is not None
    return phrase("{start} to {end}", start=number(start), end=number(full)) if full > start else number(start)


def places(codes: Collection[str]) -> str:
    """The counties of these codes: their names, or that they are all of the zone or of a province."""
    here = [county for county in load_counties() if county.code in codes]
    if len(here) == len(load_counties()):
        return phrase("all {count} counties", count=len(here))
    whole = []
    for province in PROVINCES:
        inside = [county for county in load_counties() if county.province == province]
        if all(county in here for county in inside):
            whole.append(phrase("the {count} counties in {province}", count=len(inside), province=called(province)))
            here = [county for county in here if county not in inside]
    return series([*whole, *(chosen(county.name, county.name_zh) for county in here)])


def bounds(model: type[BaseModel], field: str) -> str:
    """The numbers between which a scenario file may have a key."""
    limits = {type(each).__name__: each for each in model.model_fields[field].metadata}
    return phrase("{low} to {high}", low=number(limits["Ge"].ge), high=number(limits["Le"].le))
