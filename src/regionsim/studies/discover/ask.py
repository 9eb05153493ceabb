"""What is asked of a finished sweep: the condition, in which scenario, by which method."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from regionsim.problems import Problem, ProblemsError
from regionsim.results.targets import REGIONS, ZONE
from regionsim.studies.discover.condition import FAILED, Condition, read_condition, target_condition
from regionsim.studies.discover.finished import FinishedSweep

EXTRA = "pip install 'regionsim[discovery]'"
NEEDED = {"prim": "ema_workbench", "tree": "sklearn"}


@dataclass(frozen=True)
class Question:
    """In which part of the space of factors does a condition hold; `condition` None asks where runs break down."""

    scenario: str
    condition: Condition | None
    method: str

    @property
    def words(self) -> str:
        """What failing means."""
        return "the run breaks down" if self.condition is None else self.condition.words

    @property
    def text(self) -> str:
        """The same as a reader writes it."""
        return FAILED if self.condition is None else self.condition.text


def asked(
    sweep: FinishedSweep,
    *,
    target: str | None,
    region: str | None,
    where: str | None,
    scenario: str | None,
    method: str,
) -> Question | None:
    """The question, or None where neither a target nor a condition is named. Raises ProblemsError."""
    problems = []
    if target is not None and where is not None:
        problems.append(Problem("--where", 0, "a condition beside a target", "", "one of --target and --where"))
    if region is not None and (target is None or region not in REGIONS):
        expected = f"{' or '.join(REGIONS)}, with --target" if target is None else " or ".join(REGIONS)
        problems.append(Problem("--region", 0, "the region of a target", f"'{region}'", expected))
    if problems:
        raise ProblemsError(problems)
    if target is None and where is None:
        return None
    if find_spec(NEEDED[method]) is None:
        what = f"the method {method} needs the package {NEEDED[method]}"
        raise ProblemsError([Problem("--method", 0, what, "", EXTRA)])
    condition = None
    if target is not None:
        condition = target_condition(target, region or ZONE, sweep)
    elif where is not None and where.strip() != FAILED:
        condition = read_condition(where, sweep)
    return Question(sweep.scenario(scenario), condition, method)
