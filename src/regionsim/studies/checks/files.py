"""Behaviour checks as YAML: what may stand in a check file, and what is wrong with one that cannot be read.

A file has one key, `checks`: a list. Each check has a name, tags and one subject:

- `variable` (a name, or a pattern like "*_share"), `variables` (a list of them) or `sum` (names added up), with limits
  `within: [low, high]`, `at_least`, `at_most`, `equals` (a number, or the name of a variable or constant),
  `yearly` (the sign of the change from each year to the next) or `finite: true`; it is held against the base run and
  against a run for each end of the range of each parameter;
- `ledger` (a name or a pattern) with `at_most`: its largest relative residual;
- `pair`: two runs, one with the `change` (keys of a scenario file), one with what stands in `against` (base where it
  is left out), and the `sign` of the first less the second, or `free` where theory leaves it open and it is only told.

A check that the model does not hold says with `fails` what is known of why: it is told as failed until it holds.

A check of an extreme is held against one run alone: that of the changes `under` (keys of a scenario file), in which
nobody lives or is registered in the counties of `emptied`.

`from` and `to` (years), `counties` (any of their names) and `where` (one label of an axis) narrow a check; `total`
lists axes to sum over; `tolerance` is relative to the largest number that is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from regionsim.engine.compile import Model
from regionsim.language.axes import AXES
from regionsim.language.inputs import Constant
from regionsim.place.assemble import axis_labels
from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.report import Report, Strict, cut, key_name, one_of, refuse, shown
from regionsim.scenarios.schema import FiniteNumber, WholeYear
from regionsim.scenarios.yaml_reader import KeyPath, read_yaml
from regionsim.studies.checks.variants import variant
from regionsim.studies.model import build_model, evidence_scenario

SUBJECTS = ("variable", "variables", "sum", "ledger", "pair")
LIMITS = ("within", "at_least", "at_most", "equals", "yearly", "finite")
SCENARIO_KEYS = ("run", "measures", "border", "compensation", "shocks", "transport", "parameters")
ROUNDING = 1e-9
FOLDER = Path(__file__).parent / "data"

Sign = Literal[">0", ">=0", "=0", "<=0", "<0"]
Text = Annotated[str, Field(min_length=1)]
Names = Annotated[list[Text], Field(min_length=1)]


def _number_or_name(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise refuse("a number, or the name of a variable or constant")
    return value


def _two_numbers(value: list[float]) -> list[float]:
    if len(value) != 2 or not value[0] <= value[1]:
        raise refuse("two numbers, [low, high]")
    return value


Limit = Annotated[Any, BeforeValidator(_number_or_name)]


class Part(Strict):
    """What narrows a check to a part of a run."""

    start: Annotated[WholeYear | None, Field(alias="from")] = None
    to: WholeYear | None = None
    counties: list[Text] = Field(default=[])
    where: dict[str, Text] = Field(default={})
    total: list[Text] = Field(default=[])
    tolerance: Annotated[FiniteNumber, Field(ge=0)] = ROUNDING


class Pair(Part):
    """Two runs that differ in a change, and which way a variable (or each that a pattern fits) must go."""

    change: dict[str, Any]
    against: dict[str, Any] = Field(default={})
    variable: Text
    sign: Literal[">0", ">=0", "=0", "<=0", "<0", "free"]


class Check(Part):
    """One check as it stands in its file."""

    name: Text
    tags: Names
    about: str = ""
    fails: str = ""
    variable: Text | None = None
    variables: Names | None = None
    sum: Names | None = None
    ledger: Text | None = None
    pair: Pair | None = None
    under: dict[str, Any] | None = None
    emptied: Names | None = None
    within: Annotated[list[FiniteNumber], AfterValidator(_two_numbers)] | None = None
    at_least: Limit = None
    at_most: Limit = None
    equals: Limit = None
    yearly: Sign | None = None
    finite: Literal[True] | None = None

    @property
    def subject(self) -> str:
        """Which of the subjects the check has; the first where it has several."""
        return next(key for key in SUBJECTS if getattr(self, key) is not None)

    @property
    def is_extreme(self) -> bool:
        """Whether the check has a run of its own."""
        return self.under is not None or self.emptied is not None


def all_checks() -> list[Check]:
    """The checks of all files that come with the model. Raises ProblemsError with what is wrong in any."""
    checks: list[Check] = []
    problems: list[Problem] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        try:
            checks += read_checks(path)
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return checks


def read_checks(path: Path) -> list[Check]:
    """The checks of a file. Raises ProblemsError with everything that is wrong in it."""
    report = Report(read_yaml(path, shown=f"{path.parent.name}/{path.name}"))
    report.add_missing_values()
    for key in report.document.data:
        if key != "checks":
            report.add((key,), f"unknown {key_name((key,))}", expected="'checks' alone")
    entries = report.document.data.get("checks", [])
    if not isinstance(entries, list) or not entries:
        report.add(("checks",), "key 'checks'", shown(entries), "a list of checks, each with '- name: ...'")
        entries = []
    checks: list[Check] = []
    lines: dict[str, int] = {}
    for index, entry in enumerate(entries):
        path_of: KeyPath = ("checks", index)
        check = _check(report, path_of, entry)
        if check is None:
            continue
        if check.name in lines:
            report.add((*path_of, "name"), f"the check '{cut(check.name)}' stands twice", f"line {lines[check.name]}")
        lines.setdefault(check.name, report.document.line((*path_of, "name")))
        checks.append(check)
    if report.problems:
        raise ProblemsError(report.problems)
    return checks


def names_of(check: Check | Pair, known: Iterable[str]) -> list[str]:
    """The names that the subject of a check or of a pair means: patterns are filled in."""
    asked = [check.variable] if isinstance(check, Pair) else asked_for(check)
    return [name for pattern in asked for name in ([pattern] if "*" not in pattern else _matches(pattern, known))]


def asked_for(check: Check) -> list[str]:
    """The names and patterns of a check that is no pair, as they stand in its file."""
    return check.variables or check.sum or [check.variable or check.ledger or ""]


def _matches(pattern: str, known: Iterable[str]) -> list[str]:
    return [name for name in known if fnmatchcase(name, pattern)]


@cache
def _base_model() -> Model:
    return build_model(evidence_scenario())


def _check(report: Report, path: KeyPath, entry: Any) -> Check | None:
    try:
        check = Check.model_validate(entry)
    except ValidationError as error:
        report.add_validation(error, Check, path)
        return None
    subjects = [key for key in SUBJECTS if getattr(check, key) is not None]
    limits = [key for key in LIMITS if getattr(check, key) is not None]
    if len(subjects) != 1:
        report.add(path, "the subject of a check", ", ".join(subjects) or "none", f"one of {', '.join(SUBJECTS)}")
        return None
    if check.pair is None and not limits:
        report.add(path, "the limit of a check", "none", f"one of {', '.join(LIMITS)}")
    elif check.pair is not None and check.is_extreme:
        key = "under" if check.under is not None else "emptied"
        report.add((*path, key), f"'{key}' beside 'pair'", expected="'change' in the pair")
    elif check.pair is not None and limits:
        report.add((*path, limits[0]), f"'{limits[0]}' beside 'pair'", expected="'sign' in the pair")
    elif check.ledger is not None and limits != ["at_most"]:
        report.add(path, "the limit of a ledger", ", ".join(limits), "'at_most' alone")
    model = _base_model()
    variables = {*model.stocks, *model.equations}
    constants = {name for name, value in model.inputs.items() if isinstance(value, Constant)}
    for key in ("at_least", "at_most", "equals"):
        limit = getattr(check, key)
        if isinstance(limit, str):
            _known(report, (*path, key), limit, variables | constants, "variable or constant")
    if check.pair is not None:
        _known(report, (*path, "pair", "variable"), check.pair.variable, variables, "variable")
        _part(report, (*path, "pair"), check.pair)
        for key in ("change", "against"):
            _change(report, (*path, "pair", key), getattr(check.pair, key))
    else:
        known = set(model.ledgers) if check.ledger is not None else variables
        for name in asked_for(check):
            _known(report, (*path, subjects[0]), name, known, "ledger" if check.ledger is not None else "variable")
    _change(report, (*path, "under"), check.under or {})
    for name in check.emptied or []:
        _label(report, (*path, "emptied"), AxisLabels(axis_labels()), "county", name)
    _part(report, path, check)
    return check if report.sound(path) else None


def _known(report: Report, path: KeyPath, name: str, known: Iterable[str], kind: str) -> None:
    """A name, or a pattern that fits at least one."""
    known = sorted(known)
    if not _matches(name, known):
        nearest = nearest_name(name, known)
        report.add(path, f"unknown {kind} '{cut(name)}'", "", "" if nearest else one_of(known), nearest)


def _part(report: Report, path: KeyPath, part: Part) -> None:
    labels = AxisLabels(axis_labels())
    for name in part.counties:
        _label(report, (*path, "counties"), labels, "county", name)
    for axis, name in part.where.items():
        if _axis(report, (*path, "where", axis), axis):
            _label(report, (*path, "where", axis), labels, axis, name)
    for axis in part.total:
        _axis(report, (*path, "total"), axis)


def _axis(report: Report, path: KeyPath, axis: str) -> bool:
    if axis not in AXES[1:]:
        nearest = nearest_name(axis, AXES[1:])
        report.add(path, f"unknown axis '{cut(axis)}'", "", "" if nearest else one_of(AXES[1:]), nearest)
    return axis in AXES[1:]


def _label(report: Report, path: KeyPath, labels: AxisLabels, axis: str, name: str) -> None:
    try:
        labels.find(axis, name)
    except KeyError as error:
        nearest = str(error.args[0])
        report.add(path, f"unknown {axis} '{cut(name)}'", "", "" if nearest else labels.expected(axis), nearest)


def _change(report: Report, path: KeyPath, change: Mapping[str, Any]) -> None:
    """A change must be what a scenario may say; its problems get the line of the change in the check file."""
    for key in change:
        if key not in SCENARIO_KEYS:
            report.add((*path, key), f"unknown {key_name((key,))} in a change", "", one_of(SCENARIO_KEYS))
    if not report.sound(path):
        return
    try:
        variant(change)
    except ProblemsError as error:
        where = report.document
        report.wrong.add(path)
        report.problems += [replace(problem, file=where.file, line=where.line(path)) for problem in error.problems]
