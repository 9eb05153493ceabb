"""One scenario file read on its own (a layer), and layers laid upon each other, the child over its parent.

Names are resolved before layers meet, so that two spellings of one project are one key. A further key of a scenario
file is a field of `Layer`, a function that reads it and a function that lays it over the parent's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from regionsim.language.inputs import AnyInput
from regionsim.place.agreements import find_agreements
from regionsim.place.counties import find_counties
from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.scenarios.calibration import Calibration, said_calibration
from regionsim.scenarios.changes import Change, read_change
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.measures import Measure, find_measure
from regionsim.scenarios.report import Report, cut, key_name, one_of, shown
from regionsim.scenarios.schema import (
    HIGHEST_PRICE,
    UNCHANGED,
    AgreementTerms,
    BorderSetting,
    MeasureSetting,
    ParameterEntry,
    ProjectDates,
    RunSettings,
    ScenarioFile,
    Title,
)
from regionsim.scenarios.values import Reader
from regionsim.scenarios.yaml_reader import Document, KeyPath

FindProject = Callable[[str], str]
PRICE_UNIT = "million CNY_2020/month"
# What comes from outside and is not a measure: the word of a scenario, and the parameter that it changes.
SHOCKS = {"lithium-price": "lithium_price_index", "pandemic": "visit_disturbance", "flood": "flood_shock"}
Value = TypeVar("Value")
Key = TypeVar("Key")


@dataclass(frozen=True)
class Known:
    """What a scenario may refer to."""

    parameters: Mapping[str, AnyInput]
    find_project: FindProject
    axes: AxisLabels
    measures: tuple[Measure, ...] = ()
    calibration: Calibration | None = None


@dataclass(frozen=True)
class Placed(Generic[Value]):
    """A value and where it is written; `over` is what the same file says of the same key in more general words."""

    value: Value
    file: str
    line: int
    over: Placed[Any] | None = None

    @property
    def place(self) -> str:
        """File and line as a problem shows them."""
        return f"{self.file}:{self.line}"

    def problem(self, what: str, found: str = "", expected: str = "") -> Problem:
        """A problem with this value."""
        return Problem(self.file, self.line, what, found, expected)


Dates = dict[str, Placed[Any]]  # the keys of one transport project, or of one agreement
# The keys of one measure: its own by their name alone, those of a part by the part's name and theirs.
Keys = dict[tuple[str, ...], Placed[Any]]


@dataclass
class Layer:
    """What one file says, or several laid upon each other; None takes back what the parent says of a key."""

    name: str = ""
    title: Title = field(default_factory=Title)
    about: str = ""
    run: dict[str, Placed[Any]] = field(default_factory=dict)
    run_is_sound: bool = True
    calibration: Placed[Calibration | None] | None = None
    measures: dict[str, Placed[Keys | None]] = field(default_factory=dict)
    border: dict[str, Placed[Any]] = field(default_factory=dict)
    compensation: dict[str, Placed[Dates | None]] = field(default_factory=dict)
    transport: dict[str, Placed[Dates | None]] = field(default_factory=dict)
    parameters: dict[str, Placed[Change | None]] = field(default_factory=dict)
    shocks: dict[str, str] = field(default_factory=dict)  # parameters that this file changes by the word of a shock

    def called(self, parameter: str) -> tuple[str, str]:
        """Section and word by which this file changes a parameter."""
        return ("shocks", self.shocks[parameter]) if parameter in self.shocks else ("parameters", parameter)


def read_layer(document: Document, known: Known) -> tuple[Layer, list[Problem]]:
    """What `document` says by itself: every sound key, and every problem of the others."""
    report = Report(document)
    report.add_missing_values()
    # "unchanged" stands where keys and values would stand, so the models do not know it.
    data = dict(document.data)
    for key in ("compensation", "shocks", "transport", "parameters"):
        section = data.get(key)
        if isinstance(section, dict):
            data[key] = {name: entry for name, entry in section.items() if entry != UNCHANGED}
    if isinstance(data.get("measures"), dict):
        data["measures"] = {}  # read below: only the catalogue can tell which keys are right
    try:
        ScenarioFile.model_validate(data)
    except ValidationError as error:
        report.add_validation(error, ScenarioFile)
    own = {key: data[key] for key in ("name", "title", "about") if key in data and report.sound((key,))}
    file = ScenarioFile.model_validate(own)
    layer = Layer(name=file.name, title=file.title, about=file.about)
    layer.run = _read_run(report)
    layer.run_is_sound = report.sound(("run",))
    if data.get("calibration") is not None:
        try:
            calibration = said_calibration(document, known.parameters, known.axes)
            layer.calibration = _placed(report, ("calibration",), calibration)
        except ProblemsError as error:
            report.problems += error.problems
    layer.measures = _read_measures(report, known)
    layer.border = {
        key: _placed(report, ("border", key), value)
        for key, value in _section(report, "border").items()
        if key in BorderSetting.model_fields and report.sound(("border", key))
    }
    layer.compensation = _read_compensation(report, known)
    layer.transport = _read_transport(report, known)
    layer.parameters = _read_parameters(report, known, "parameters", {name: name for name in known.parameters})
    shocks = {word: name for word, name in SHOCKS.items() if name in known.parameters}
    for name, placed in _read_parameters(report, known, "shocks", shocks).items():
        if name in layer.parameters:
            also = f"also on line {layer.parameters[name].line}"
            report.problems.append(placed.problem(f"parameter '{name}' is changed twice, by two names", also))
        layer.parameters[name] = placed
        layer.shocks[name] = next(word for word, parameter in SHOCKS.items() if parameter == name)
    return layer, report.problems


def _placed(report: Report, path: KeyPath, value: Value) -> Placed[Value]:
    return Placed(value, report.document.file, report.document.line(path))


def _section(report: Report, key: str) -> dict[Any, Any]:
    section = report.document.data.get(key)
    return section if isinstance(section, dict) else {}


def _read_run(report: Report) -> dict[str, Placed[Any]]:
    sound = {key: value for key, value in _section(report, "run").items() if report.sound(("run", key))}
    settings = RunSettings.model_validate(sound)
    return {key: _placed(report, ("run", key), getattr(settings, key)) for key in sound}


def _read_measures(report: Report, known: Known) -> dict[str, Placed[Keys | None]]:
    found: dict[str, Placed[Keys | None]] = {}
    for name, entry in _section(report, "measures").items():
        path: KeyPath = ("measures", name)
        try:
            measure = find_measure(str(name), known.measures)
        except KeyError as error:
            nearest = str(error.args[0])
            expected = "" if nearest else "a measure of the plan, like '12-ecosystem-quality'"
            report.add(path, f"unknown measure '{cut(str(name))}'", "", expected, nearest)
            continue
        if measure.name in found:
            also = f"also on line {found[measure.name].line}"
            report.add(path, f"measure '{cut(str(name))}' stands twice, by two names", also)
        elif entry == UNCHANGED:
            found[measure.name] = _placed(report, path, None)
        elif not isinstance(entry, dict):
            report.add(path, f"measure '{cut(str(name))}'", shown(entry), "keys and values, like {start: 2024}")
        else:
            parts = {effort.name for effort in measure.efforts}
            keys = _read_setting(report, path, {k: v for k, v in entry.items() if k not in parts}, sorted(parts))
            for part in parts & entry.keys():
                if isinstance(entry[part], dict):
                    below = _read_setting(report, (*path, part), entry[part], [])
                    keys |= {(part, *key): placed for key, placed in below.items()}
                else:
                    report.add(
                        (*path, part), f"part '{part}'", shown(entry[part]), "keys and values, like {start: 2024}"
                    )
            found[measure.name] = _placed(report, path, keys)
    return found


def _read_setting(report: Report, path: KeyPath, entry: dict[Any, Any], parts: list[str]) -> Keys:
    """The keys of a measure or of a part of it; `parts` may stand among them and are read elsewhere."""
    allowed = [key for key in MeasureSetting.model_fields if key != "parts"]
    for key in entry:
        if key not in allowed:
            names = [*allowed, *parts]
            nearest = nearest_name(str(key), names)
            report.add((*path, key), f"unknown {key_name((*path, key))}", "", "" if nearest else one_of(names), nearest)
    try:
        MeasureSetting.model_validate({key: value for key, value in entry.items() if key in allowed})
    except ValidationError as error:
        report.add_validation(error, MeasureSetting, path)
    keys: Keys = {}
    for key, value in entry.items():
        if key in allowed and report.sound((*path, key)):
            keys[key,] = _placed(
                report, (*path, key), _codes(report, (*path, key), value) if key == "counties" else value
            )
    return keys


def _codes(report: Report, path: KeyPath, counties: list[str | int]) -> list[str]:
    """The codes of all counties that the names mean."""
    codes: list[str] = []
    for k, county in enumerate(counties):
        try:
            codes += [found.code for found in find_counties(county)]
        except KeyError as error:
            nearest = str(error.args[0])
            expected = "" if nearest else "a county, prefecture or province of the zone by code, Chinese or pinyin name"
            report.add((*path, k), f"unknown county '{cut(str(county))}'", "", expected, nearest)
    return sorted(set(codes))


def _read_transport(report: Report, known: Known) -> dict[str, Placed[Dates | None]]:
    found: dict[str, Placed[Dates | None]] = {}
    for name, entry in _section(report, "transport").items():
        path: KeyPath = ("transport", name)
        if not isinstance(name, str):
            continue
        try:
            slug = known.find_project(name)
        except KeyError as error:
            nearest = str(error.args[0]) if error.args else ""
            expected = "" if nearest else "the slug, id or Chinese name of a project"
            report.add(path, f"unknown transport project '{cut(name)}'", "", expected, nearest)
            continue
        if slug in found:
            also = f"also on line {found[slug].line}"
            report.add(path, f"transport project '{cut(name)}' stands twice, by two names", also)
            continue
        if entry == UNCHANGED:
            found[slug] = _placed(report, path, None)
        elif report.sound(path):
            dates = ProjectDates.model_validate(entry)
            found[slug] = _placed(
                report, path, {key: _placed(report, (*path, key), getattr(dates, key)) for key in entry}
            )
    return found


def _read_parameters(
    report: Report, known: Known, section: str, names: Mapping[str, str]
) -> dict[str, Placed[Change | None]]:
    """Changes by parameter; `names` has what a parameter is called in this section."""
    found: dict[str, Placed[Change | None]] = {}
    for said, entry in _section(report, section).items():
        path: KeyPath = (section, said)
        if not isinstance(said, str):
            continue
        name = names.get(said, "")
        parameter = known.parameters.get(name)
        if parameter is None:
            nearest = nearest_name(said, names)
            expected = "" if nearest or section == "parameters" else one_of(names)
            report.add(path, f"unknown {section.removesuffix('s')} '{cut(said)}'", "", expected, nearest)
        elif entry == UNCHANGED:
            found[name] = _placed(report, path, None)
        elif report.sound(path):
            change = read_change(report, path, ParameterEntry.model_validate(entry), parameter, known.axes)
            if change is not None:
                found[name] = _placed(report, path, change)
    return found


def _read_compensation(report: Report, known: Known) -> dict[str, Placed[Dates | None]]:
    """Terms by agreement; what is said of several agreements gives way to what is said of one."""
    found: dict[str, Placed[Dates | None]] = {}
    entries: list[tuple[str, Any, tuple[str, ...]]] = []
    for name, entry in _section(report, "compensation").items():
        try:
            entries.append((name, entry, find_agreements(str(name))))
        except KeyError as error:
            nearest = str(error.args[0])
            expected = "" if nearest else "an agreement, 'lushui' or 'all'"
            report.add(("compensation", name), f"unknown agreement '{cut(str(name))}'", "", expected, nearest)
    for name, entry, agreements in sorted(entries, key=lambda each: -len(each[2])):
        path: KeyPath = ("compensation", name)
        if entry == UNCHANGED:
            found |= {agreement: _placed(report, path, None) for agreement in agreements}
        elif isinstance(entry, dict) and report.sound(path):
            terms = {key: value for key, value in entry.items() if key in AgreementTerms.model_fields}
            if isinstance(terms.get("price"), str):
                price = Reader(report, known.axes, unit=PRICE_UNIT).number(terms["price"], (*path, "price"))
                if price is None:
                    continue
                if not 0 <= price <= HIGHEST_PRICE:
                    expected = f"0 to {HIGHEST_PRICE:g} {PRICE_UNIT}"
                    report.add((*path, "price"), key_name((*path, "price")), shown(terms["price"]), expected)
                    continue
                terms["price"] = price
            keys = {key: _placed(report, (*path, key), value) for key, value in terms.items()}
            for agreement in agreements:
                before = found.get(agreement)
                general = {} if before is None or before.value is None else before.value
                own = {key: replace(placed, over=general.get(key)) for key, placed in keys.items()}
                found[agreement] = _placed(report, path, {**general, **own})
    return found


def lay_over(child: Layer, parent: Layer) -> tuple[Layer, list[Problem]]:
    """The child's keys over the parent's; name, title and about are the child's own."""
    problems: list[Problem] = []
    measures = _lay_keys(child.measures, parent.measures, "measures", problems)
    compensation = _lay_keys(child.compensation, parent.compensation, "compensation", problems)
    transport = _lay_keys(child.transport, parent.transport, "transport", problems)
    parameters = _lay_parameters(child, parent, problems)
    laid = Layer(
        name=child.name,
        title=child.title,
        about=child.about,
        run={**parent.run, **child.run},
        run_is_sound=parent.run_is_sound and child.run_is_sound,
        calibration=child.calibration or parent.calibration,
        measures=measures,
        border={**parent.border, **child.border},
        compensation=compensation,
        transport=transport,
        parameters=parameters,
    )
    return laid, problems


def _lay_keys(
    child: Mapping[str, Placed[dict[Key, Any] | None]],
    parent: Mapping[str, Placed[dict[Key, Any] | None]],
    section: str,
    problems: list[Problem],
) -> dict[str, Placed[dict[Key, Any] | None]]:
    """The child's keys of each project or measure over the parent's keys of the same one."""
    result = dict(parent)
    for name, entry in child.items():
        before = parent.get(name)
        if entry.value is None:
            _take_back(result, name, (section, name), entry, problems)
        elif before is not None and before.value is not None:
            result[name] = Placed({**before.value, **entry.value}, entry.file, entry.line)
        else:
            result[name] = entry
    return result


def _lay_parameters(child: Layer, parent: Layer, problems: list[Problem]) -> dict[str, Placed[Change | None]]:
    """A child's change replaces the parent's as a whole: two forms of a change cannot stand beside each other."""
    result = dict(parent.parameters)
    for name, entry in child.parameters.items():
        before = parent.parameters.get(name)
        if entry.value is None:
            _take_back(result, name, child.called(name), entry, problems)
            continue
        if entry.value.form == "scale" and before is not None and before.value and before.value.form != "scale":
            # Of what would it be a multiple? The reader of either file alone would answer differently.
            what = f"'scale' for parameter '{name}', of which the extended scenario gives the {before.value.form}"
            problems.append(entry.problem(what, before.place, "value or path"))
        result[name] = entry
    return result


def _take_back(
    result: dict[str, Placed[Any]], name: str, path: KeyPath, entry: Placed[None] | Placed[Any], problems: list[Problem]
) -> None:
    if result.pop(name, None) is None:
        expected = "a key that an extended scenario changes"
        problems.append(entry.problem(key_name(path), f"'{UNCHANGED}'", expected))
