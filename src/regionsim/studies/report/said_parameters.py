"""Parameters and shocks that have other values under a scenario than in the base, whatever gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from regionsim.language.inputs import AnyInput, Constant, Path, Table
from regionsim.place.assemble import axis_labels
from regionsim.place.counties import load_counties
from regionsim.scenarios.changes import Change
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.layers import SHOCKS
from regionsim.scenarios.report import number
from regionsim.scenarios.scenario import Scenario, apply_overrides
from regionsim.scenarios.schema import BorderSetting
from regionsim.scenarios.values import Leaf
from regionsim.studies.model import known_parameters, shipped_calibration
from regionsim.studies.report.assumption import Assumption, Kind, english, notes_of
from regionsim.studies.report.document import Words
from regionsim.studies.report.words import chosen, phrase

Scenarios = Mapping[str, Scenario]
MANY = 4  # numbers that are told one by one


def base_of(scenario: Scenario) -> Scenario:
    """A scenario of the same years that says nothing: what every scenario is laid over."""
    return replace(
        scenario,
        calibration=shipped_calibration(),
        measures={},
        border=BorderSetting(),
        compensation={},
        transport={},
        parameters={},
        said=(),
    )


def parameters_said(scenarios: Scenarios) -> list[Kind]:
    """Shocks, and all other parameters of which some scenario has another value than the base."""
    known = {name: known_parameters(base_of(one)) for name, one in scenarios.items()}
    under = {name: apply_overrides(known_parameters(one), one, labels=axis_labels()) for name, one in scenarios.items()}
    rows: dict[bool, list[Assumption]] = {True: [], False: []}
    for key in next(iter(known.values()), {}):
        other = {name: found[key] for name, found in under.items() if not _same(found[key], known[name][key])}
        if other:
            base = known[next(iter(other))][key]
            rows[key in SHOCKS.values()].append(_row(base, other, scenarios))
    return [
        Kind(phrase("Shocks from outside"), tuple(rows[True])),
        Kind(phrase("Parameters"), tuple(rows[False])),
    ]


def _row(base: AnyInput, other: Mapping[str, AnyInput], scenarios: Scenarios) -> Assumption:
    changes = [change for name in other if (change := scenarios[name].parameters.get(base.name))]
    said = [_elements(change) for change in changes]
    by_layer = [name for name in other if base.name not in scenarios[name].parameters]
    reasons = [*said, *(change.note for change in changes)]
    if by_layer:
        reasons.append(phrase("another calibration than that of the base"))
    return Assumption(
        title=english(first_sentence(base.about)),
        detail=Words(base.name),
        unit="" if base.unit == "dimensionless" else base.unit,
        base=value_words(base),
        values={name: value_words(value) for name, value in other.items()},
        range=range_text(base),
        quality=base.quality,
        source=english(source_text(base.source)),
        reasons=notes_of(reasons),
    )


def first_sentence(about: str) -> str:
    """What a text begins with, without its stop."""
    return " ".join(about.split()).split(". ")[0].removesuffix(".")


def value_words(value: AnyInput) -> str:
    """The value of an input in a few words: a number, a number by year, or the spread of what has many."""
    if isinstance(value, Table):
        first, last = (number(float(each)) for each in (value.arguments[0], value.arguments[-1]))
        return phrase("table from {first} to {last}: {values}", first=first, last=last, values=_spread(value.values))
    if isinstance(value, Constant):
        return _spread(value.values, _labels(value))
    by_year = value.values.reshape(len(value.years), -1)
    if (by_year == by_year[:, :1]).all():
        return ", ".join(f"{year:g}: {each:.6g}" for year, each in zip(value.years, by_year[:, 0], strict=True))
    return phrase("path of {count} years: {values}", count=len(value.years), values=_spread(by_year))


def _spread(values: NDArray[np.float64], labels: Sequence[str] = ()) -> str:
    """One number where all are equal, a few with their labels, of many the ends and the mean."""
    flat = values.reshape(-1)
    if (flat == flat[0]).all():
        return f"{flat[0]:.6g}"
    if flat.size == len(labels) <= MANY:
        return ", ".join(f"{label} {each:.6g}" for label, each in zip(labels, flat, strict=True))
    low, high, mean = (f"{each:.6g}" for each in (flat.min(), flat.max(), flat.mean()))
    return phrase("{low} to {high}, mean {mean}", low=low, high=high, mean=mean)


def _labels(value: AnyInput) -> tuple[str, ...]:
    """The labels of the elements of an input over one axis; none for all others."""
    return AxisLabels(axis_labels()).of(value.over[0]) if len(value.over) == 1 else ()


def range_text(value: AnyInput) -> str:
    """The range of a parameter; one of factors says so."""
    if value.low is None or value.high is None:
        return ""
    text = phrase("{low} to {high}", low=number(value.low), high=number(value.high))
    return phrase("{range} times", range=text) if value.range_kind == "factor" else text


def source_text(source: str) -> str:
    """A source as a reader finds it: what is short for a row of a table of the documents names the table."""
    for short, table in (("parameter_evidence:", "docs/parameter-evidence.csv, "), ("calibration:", "calibration ")):
        source = source.replace(short, table)
    return source


def _elements(change: Change) -> str:
    """How a scenario says a change that is a multiple, or one of some elements alone; empty for all others."""
    parts = []
    for labels, leaf in change.values.items():
        if labels or change.form == "scale":
            said = _leaf(leaf)
            text = phrase("{value} times", value=said) if change.form == "scale" else said
            parts.append(f"{'/'.join(map(_label, labels))}: {text}" if labels else text)
    return "; ".join(parts)


def _leaf(leaf: Leaf) -> str:
    if isinstance(leaf, tuple):
        return ", ".join(f"{number(year)}: {number(value)}" for year, value in leaf)
    return number(leaf)


def _label(label: str) -> str:
    names = {county.code: chosen(county.name, county.name_zh) for county in load_counties()}
    return names.get(label, label)


def _same(one: AnyInput, other: AnyInput) -> bool:
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    knots = {Constant: (), Path: ("years",), Table: ("arguments",)}[type(one)]
    kinds = getattr(one, "kind", "") == getattr(other, "kind", "")
    return kinds and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in (*knots, "values"))
