"""The dossier as a study: read the scenarios, draw, examine one thing after the other, and hold what was found."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from regionsim.engine.guard import SimulationError
from regionsim.problems import Problem, ProblemsError
from regionsim.results.whole_directory import check_target
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.dossier.registry import EXAMINATIONS
from regionsim.studies.dossier.report import CONTENTS
from regionsim.studies.dossier.result import Examination, Examined, Finding
from regionsim.studies.dossier.setting import BASE, PLAN, Setting, workers
from regionsim.studies.dossier.shipped import Shipped
from regionsim.studies.dossier.uncertainty import Uncertainty
from regionsim.studies.model import read_scenario
from regionsim.studies.run import attributes_of, check_folder
from regionsim.studies.validate.assess import Outcome

PROCESSES = 2
DRAWS = 16
SEED = 0


@dataclass(frozen=True)
class Dossier:
    """Every test with what it found; `scenarios` by name with their hashes, draws by number and origin."""

    examined: tuple[Examined, ...]
    attributes: Mapping[str, str]
    scenarios: Mapping[str, str]
    members: int
    origin: str
    seed: int

    def count(self, outcome: Outcome) -> int:
        """How many tests ended so."""
        return Counter(each.finding.outcome for each in self.examined)[outcome]

    @property
    def outcomes_text(self) -> str:
        """A line for each test: its outcome, its title and what was found."""
        width = max(len(each.examination.title) for each in self.examined)
        return "\n".join(
            f"{each.finding.outcome:<12}  {each.examination.title:<{width}}  {each.finding.words[0]}"
            for each in self.examined
        )

    @property
    def summary(self) -> str:
        """How many passed, failed and could not be made, in words."""
        return (
            f"{self.count('pass')} of {len(self.examined)} tests passed, {self.count('fail')} failed, "
            f"{self.count('not testable')} not testable"
        )


def read_library(folder: Path) -> dict[str, Scenario]:
    """The scenarios of all files in a folder by name, base and plan among them. Raises ProblemsError."""
    if not folder.is_dir():
        expected = "the folder of the scenario files, or a start in the folder of the project"
        raise ProblemsError([Problem(folder.as_posix(), 0, "the folder of scenarios is missing", "", expected)])
    scenarios: dict[str, Scenario] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            scenario = read_scenario(path)
        except ProblemsError as error:
            problems += error.problems
            continue
        if scenario.name in scenarios:
            problems.append(Problem(path.as_posix(), 0, f"a second scenario is named '{scenario.name}'"))
        scenarios[scenario.name] = scenario
    if not problems:
        problems += [
            Problem(folder.as_posix(), 0, f"the scenario '{name}' is missing", ", ".join(scenarios) or "none")
            for name in (BASE, PLAN)
            if name not in scenarios
        ]
    if problems:
        raise ProblemsError(problems)
    return scenarios


def check_place(out: Path) -> None:
    """Refuse, before the work, a folder that the dossier cannot be written into. Raises ProblemsError."""
    check_folder(out.parent)
    check_target(out, CONTENTS)


def make_dossier(
    scenarios: Mapping[str, Scenario],
    uncertainty: Uncertainty,
    *,
    seed: int,
    shipped: Shipped | None = None,
    processes: int = PROCESSES,
    examinations: Sequence[Examination] = EXAMINATIONS,
    progress: Callable[[str], None] | None = None,
) -> Dossier:
    """Make every test, those of the calibration with the `shipped` one; `progress` is called with the title of each.

    A run that breaks down fails its test, with the words of the break, and stops no other.
    """
    examined = []
    with workers(processes) as hands:
        setting = Setting(scenarios, uncertainty, hands, shipped)
        for each in examinations:
            begun = time.perf_counter()
            try:
                finding = each.examine(setting)
            except SimulationError as error:
                finding = Finding("fail", (f"A run stopped: {error}",))
            examined.append(Examined(each, finding, time.perf_counter() - begun))
            if progress is not None:
                progress(each.title)
    return Dossier(
        tuple(examined),
        attributes_of(scenarios[BASE]),
        {name: scenario.content_hash() for name, scenario in scenarios.items()},
        uncertainty.members,
        uncertainty.origin,
        seed,
    )
