"""A scenario, checked and resolved: what a run reads, what is written beside its results, and its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from regionsim.language.inputs import AnyInput
from regionsim.scenarios.calibration import Calibration, said_without_layer
from regionsim.scenarios.changes import Change, make_changes
from regionsim.scenarios.report import number
from regionsim.scenarios.schema import AgreementTerms, BorderSetting, MeasureSetting, ProjectDates
from regionsim.scenarios.values import Leaf
from regionsim.scenarios.yaml_writer import yaml_text

SECTIONS_READ = ("run", "measures", "border", "compensation", "transport", "parameters")


@dataclass(frozen=True)
class Said:
    """One thing that a scenario says: in which section, of what, where, and the scenario as it were without that."""

    section: str
    what: str
    file: str
    line: int
    without: Scenario


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One scenario with all it extends. `start` and `end` are model years, `step` is in years.

    `calibration` is the layer of calibrated values that lies between the evidence and the scenario, None without one.
    `transport` has the canonical slugs as keys, `compensation` the keys of agreements, `parameters` the names of
    parameters, those that the scenario calls shocks among them. Two scenarios are equal if
    they say the same, wherever their files stand. `said` has what its files say beside the run, thing by thing.
    """

    name: str
    title_en: str
    title_zh: str
    about: str
    start: int
    end: int
    step: float
    method: Literal["euler", "rk4"]
    seed: int
    calibration: Calibration | None = None
    measures: dict[str, MeasureSetting] = field(default_factory=dict, hash=False)
    border: BorderSetting = field(default_factory=BorderSetting, hash=False)
    compensation: dict[str, AgreementTerms] = field(default_factory=dict, hash=False)
    transport: dict[str, ProjectDates] = field(default_factory=dict, hash=False)
    parameters: dict[str, Change] = field(default_factory=dict, hash=False)
    source_files: tuple[str, ...] = field(default=(), compare=False)
    said: tuple[Said, ...] = field(default=(), compare=False, repr=False)

    def resolved(self) -> dict[str, Any]:
        """The scenario as the plain mapping of a scenario file without `extends`, names in order."""
        return {
            "name": self.name,
            "title": {"en": self.title_en, "zh": self.title_zh},
            "about": self.about,
            "run": {
                "start": self.start,
                "end": self.end,
                "step": self.step,
                "method": self.method,
                "seed": self.seed,
            },
            "calibration": self._calibration(),
            "measures": {name: _setting(setting) for name, setting in sorted(self.measures.items())},
            "border": _said(self.border),
            "compensation": {key.replace("_", "-"): _said(terms) for key, terms in sorted(self.compensation.items())},
            "transport": {slug: _said(dates) for slug, dates in sorted(self.transport.items())},
            "parameters": {name: _entry(change) for name, change in sorted(self.parameters.items())},
        }

    def _calibration(self) -> Any:
        """The values themselves, so that the text says the same wherever it is read."""
        if self.calibration is not None:
            return self.calibration.resolved()
        return said_without_layer()

    def resolved_yaml(self) -> str:
        """The resolved scenario as a scenario file in a stable order; it loads again to an equal Scenario."""
        return yaml_text(self.resolved())

    def content_hash(self) -> str:
        """SHA-256 (hexadecimal) of all that a run reads: horizon, step, method, seed, openings, calibrated values and
        parameters.

        Names, titles and notes do not enter, so that two scenarios with one hash must have the same outcome.
        """
        content = self.resolved()
        read = {key: _spoken(content[key]) for key in SECTIONS_READ}
        if self.calibration is not None:
            read["calibration"] = dict(self.calibration.values)
        canonical = json.dumps(_floats(read), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def apply_overrides(
    parameters: Mapping[str, AnyInput], scenario: Scenario, *, labels: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, AnyInput]:
    """All parameters with the scenario's changes made in new Inputs; those given stay as they are.

    `labels` are those given to `load_scenario`. A changed parameter says that it is an assumption of the scenario.
    """
    return make_changes(parameters, scenario.parameters, f"scenario {scenario.name}", labels)


def _spoken(content: Any) -> Any:
    """Nested mappings without the keys that change no number."""
    if not isinstance(content, dict):
        return content
    return {key: _spoken(value) for key, value in content.items() if key not in ("note", "outside_range")}


def _said(keys: BorderSetting | AgreementTerms | ProjectDates) -> dict[str, Any]:
    """The keys that have a value."""
    return {key: value for key, value in keys.model_dump().items() if value not in (None, "")}


def _setting(setting: MeasureSetting) -> dict[str, Any]:
    """A measure or a part of it as a scenario file says it."""
    said = {
        key: getattr(setting, key)
        for key in ("start", "full", "strength", "counties", "note")
        if getattr(setting, key) not in (None, "")
    }
    return {**said, **{name: _setting(part) for name, part in sorted(setting.parts.items())}}


def _entry(change: Change) -> dict[str, Any]:
    nested: Any = {}
    for labels, leaf in change.values.items():
        if not labels:
            nested = _plain(leaf)
            break
        below = nested
        for label in labels[:-1]:
            below = below.setdefault(label, {})
        below[labels[-1]] = _plain(leaf)
    entry: dict[str, Any] = {change.form: nested}
    if change.form == "path":
        entry["kind"] = change.kind
    if change.outside_range:
        entry["outside_range"] = True
    if change.note:
        entry["note"] = change.note
    return entry


def _plain(leaf: Leaf) -> float | dict[float, float]:
    return dict(leaf) if isinstance(leaf, tuple) else leaf


def _floats(value: Any) -> Any:
    """Numbers as numbers of one kind and keys as text, so that 1 and 1.0 have one spelling."""
    if isinstance(value, dict):
        return {number(key) if isinstance(key, (int, float)) else key: _floats(item) for key, item in value.items()}
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
