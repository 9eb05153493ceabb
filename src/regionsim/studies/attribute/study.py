"""What is to be attributed: a scenario by itself, or a study file that names one; all that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.results.blocks import Block
from regionsim.scenarios.report import Report, Strict, cut, key_name, refuse
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.schema import Title, kebab
from regionsim.scenarios.yaml_reader import Document, KeyPath, read_yaml
from regionsim.studies.attribute.subsets import Player
from regionsim.studies.model import build_model, read_scenario
from regionsim.studies.scenario_file import scenario_beside
from regionsim.studies.sweep.outputs import axes_of, read_outputs
from regionsim.studies.sweep.schema import ALL, OutputsEntry

Kind = Literal["exact", "orders"]
ORDERS = 128
MOST_ORDERS = 100_000
# With so many players all their subsets are soon simulated: nobody needs a sample.
FEW_PLAYERS = 10
MOST_PLAYERS = 20
DEFAULT_YEARS = (2025, 2030, 2035)


class DesignEntry(Strict):
    """All subsets of the players, or players switched on in `orders` at random."""

    kind: Kind
    orders: Annotated[int, Field(ge=2, le=MOST_ORDERS)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind == "exact" and self.model_fields_set - {"kind"}:
            raise refuse("nothing beside the kind 'exact'", found=", ".join(sorted(self.model_fields_set - {"kind"})))
        if self.kind == "orders" and self.orders is not None and self.orders % 2:
            raise refuse("an even number of orders: each is taken backwards, too", found=str(self.orders))
        return self


class StudyFile(Strict):
    """Everything that may stand in the study of an attribution."""

    name: Annotated[str, AfterValidator(kebab)]
    title: Title = Title()
    about: str = ""
    scenario: Annotated[str, Field(min_length=1)]
    measures: list[Annotated[str, Field(min_length=1)]] | Literal["all"] = "all"
    groups: dict[Annotated[str, AfterValidator(kebab)], list[str]] = Field(default={})
    design: DesignEntry | None = None
    outputs: OutputsEntry = OutputsEntry()


@dataclass(frozen=True)
class Study:
    """A checked attribution: what is switched on and off, by which design, and the results that are kept."""

    file: str
    name: str
    title_en: str
    title_zh: str
    scenario: Scenario
    players: tuple[Player, ...]
    kind: Kind
    orders: int
    seed: int
    blocks: tuple[Block, ...] = field(repr=False)
    years: tuple[int, ...]

    @property
    def held(self) -> tuple[str, ...]:
        """The measures that are on throughout."""
        players = {measure for player in self.players for measure in player.measures}
        return tuple(name for name in _measures_on(self.scenario) if name not in players)


def read_study(path: str | Path, *, exact: bool = False, orders: int | None = None, seed: int | None = None) -> Study:
    """The attribution that a file asks for: a study, or a scenario, all of whose measures are then players.

    `exact`, `orders` and `seed` go before what the file says. Raises ProblemsError.
    """
    _check_options(exact, orders)
    document = read_yaml(path)
    is_study = "scenario" in document.data
    report = Report(document)
    if is_study:
        report.add_missing_values()
        try:
            StudyFile.model_validate(document.data)
        except ValidationError as error:
            report.add_validation(error, StudyFile)
    elsewhere: list[Problem] = []
    said = document.data.get("scenario")
    scenario = scenario_beside(report, ("scenario",), said, elsewhere) if is_study else read_scenario(path)
    if scenario is None:
        raise ProblemsError([*report.problems, *elsewhere])
    players = _players(report, scenario, document if is_study else None)
    axes = axes_of(build_model(scenario))
    outputs = document.data.get("outputs", {}) if is_study else {}
    blocks, years = read_outputs(report, _with_years(outputs, scenario), (scenario,), axes)
    design = _design(report, document.data if is_study else {}, len(players), exact, orders, seed)
    if report.problems or elsewhere:
        raise ProblemsError([*report.problems, *elsewhere])
    file = StudyFile.model_validate(document.data) if is_study else None
    title = file.title if file else Title(en=scenario.title_en, zh=scenario.title_zh)
    name = file.name if file else scenario.name
    return Study(
        file=str(path),
        name=name,
        title_en=title.en or title.zh or name,
        title_zh=title.zh or title.en or name,
        scenario=scenario,
        players=tuple(players),
        kind=design.kind,
        orders=design.orders or ORDERS,
        seed=design.seed,
        blocks=tuple(blocks),
        years=tuple(years),
    )


def _measures_on(scenario: Scenario) -> list[str]:
    """The measures that do anything: a part may be on where the rest of its measure is off."""
    return [
        name
        for name, setting in scenario.measures.items()
        if setting.strength or any(part.strength for part in setting.parts.values())
    ]


def _check_options(exact: bool, orders: int | None) -> None:
    problems = []
    if exact and orders is not None:
        problems.append(Problem("--orders", 0, "orders beside --exact", "", "one of the two"))
    if orders is not None and (orders % 2 or orders > MOST_ORDERS):
        expected = f"an even number, to {MOST_ORDERS:,}: each order is taken backwards, too"
        problems.append(Problem("--orders", 0, "the number of orders", str(orders), expected))
    if problems:
        raise ProblemsError(problems)


def _with_years(said: Any, scenario: Scenario) -> Any:
    """The outputs, with the usual years where none are said."""
    if said == ALL or not isinstance(said, Mapping) or "years" in said:
        return said
    usual = [year for year in DEFAULT_YEARS if scenario.start < year <= scenario.end]
    return {**said, "years": usual or [int(scenario.end)]}


def _players(report: Report, scenario: Scenario, document: Document | None) -> list[Player]:
    on = _measures_on(scenario)
    data: Mapping[Any, Any] = document.data if document else {}
    groups = data.get("groups", {})
    groups = groups if isinstance(groups, dict) and report.sound(("groups",)) else {}
    grouped: dict[str, str] = {}
    for group, names in groups.items():
        for k, name in enumerate(names):
            _check_measure(report, ("groups", group, k), name, on, grouped, group)
    said = data.get("measures", ALL)
    chosen = [name for name in on if name not in grouped] if said == ALL else []
    if isinstance(said, list) and report.sound(("measures",)):
        taken: dict[str, str] = dict(grouped)
        for k, name in enumerate(said):
            _check_measure(report, ("measures", k), name, on, taken, "measures")
        chosen = list(said)
    players = [Player(name, (name,)) for name in chosen]
    players += [Player(str(group), tuple(map(str, names))) for group, names in groups.items()]
    if not report.problems and len(players) < 1:
        report.add(("measures",), f"no measure is on in '{scenario.name}'", expected="a scenario with measures")
    return players


def _check_measure(
    report: Report, where: KeyPath, name: object, on: list[str], taken: dict[str, str], group: str
) -> None:
    """Report a measure that is not on, or that another group has in `taken`; else put it there."""
    if name not in on:
        nearest = nearest_name(str(name), on)
        words = f"no measure '{cut(str(name))}' is on in the scenario"
        report.add(where, words, "", "" if nearest else "a measure that is", nearest)
    elif str(name) in taken:
        report.add(where, f"'{name}' stands twice", f"in '{taken[str(name)]}', too")
    else:
        taken[str(name)] = group


def _design(
    report: Report, data: Mapping[Any, Any], players: int, exact: bool, orders: int | None, seed: int | None
) -> DesignEntry:
    said = data.get("design")
    entry = DesignEntry(kind="exact") if players <= FEW_PLAYERS else DesignEntry(kind="orders")
    if said is not None and report.sound(("design",)):
        entry = DesignEntry.model_validate(said)
    if exact:
        entry = DesignEntry(kind="exact")
    elif orders is not None:
        entry = DesignEntry(kind="orders", orders=orders, seed=entry.seed)
    if seed is not None and entry.kind == "orders":
        entry = entry.model_copy(update={"seed": seed})
    if entry.kind == "exact" and players > MOST_PLAYERS:
        where = ("design",) if said is not None else ()
        expected = f"at most {MOST_PLAYERS} (see 'measures' and 'groups'), or a design of the kind 'orders'"
        report.add(
            where, f"{players} players have {1 << players:,} subsets", key_name(where) if where else "", expected
        )
    return entry
