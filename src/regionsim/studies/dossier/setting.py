"""What every test of the dossier is given: the scenarios with their runs, the draws, and hands to work with."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from regionsim.engine.compile import Model
from regionsim.engine.integrate import simulate
from regionsim.results.indicator_catalogue import variables_of_indicators
from regionsim.results.indicators import indicator_array
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.dossier.shipped import Shipped
from regionsim.studies.dossier.uncertainty import Uncertainty
from regionsim.studies.model import build_model
from regionsim.studies.run import CONSTANTS, attributes_of

if TYPE_CHECKING:
    import xarray

Job = TypeVar("Job")
Done = TypeVar("Done")

BASE, PLAN = "base", "plan"
OUTPUTS = frozenset({*variables_of_indicators(), *CONSTANTS})
# What a reader of a scenario looks at first, in this order.
HEADLINES = ("population", "urbanization_rate", "output", "output_per_person", "forest_cover")


@dataclass(frozen=True)
class ScenarioRun:
    """A run as tests need it: indicators by (member, year, region), and the largest residual of each ledger."""

    indicators: xarray.Dataset
    ledgers: Mapping[str, float]


class Workers:
    """One or more processes that do jobs; results come in the order of the jobs and do not depend on the number."""

    def __init__(self, pool: ProcessPoolExecutor | None) -> None:
        self._pool = pool

    def map(self, work: Callable[[Job], Done], jobs: Iterable[Job]) -> list[Done]:
        """What `work` makes of each job; `work` and jobs must be such as can be sent to another process."""
        return list(map(work, jobs) if self._pool is None else self._pool.map(work, jobs))


@contextmanager
def workers(processes: int) -> Iterator[Workers]:
    """Hands for the time of the block; one process does without any other."""
    if processes <= 1:
        yield Workers(None)
        return
    with ProcessPoolExecutor(processes, initializer=_leave_interrupts) as pool:
        try:
            yield Workers(pool)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_interrupts() -> None:
    """An interrupt is for the process that was started by hand: it ends the others, in one voice."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@dataclass(frozen=True)
class Setting:
    """Scenarios by name, draws of the parameters, workers, and the shipped calibration where there is one.

    The base scenario and the plan are always there.
    """

    scenarios: Mapping[str, Scenario]
    uncertainty: Uncertainty
    hands: Workers
    shipped: Shipped | None = None

    @cached_property
    def runs(self) -> Mapping[str, ScenarioRun]:
        """Every scenario as it stands, run once for all tests."""
        return dict(zip(self.scenarios, self.hands.map(run_of, self.scenarios.values()), strict=True))

    @cached_property
    def base_model(self) -> Model:
        """The compiled model of the base scenario."""
        return build_model(self.scenarios[BASE])

    def over_members(
        self, work: Callable[[Uncertainty, Job], Done], jobs: Sequence[Job]
    ) -> list[tuple[Job, list[Done]]]:
        """What `work` makes of each job with each group of members; groups in the order of the members."""
        groups = self.uncertainty.parts()
        # One group after another, so that what a worker knows of its draws serves all jobs.
        done = {group: self.hands.map(partial(work, group), jobs) for group in groups}
        return [(job, [done[group][k] for group in groups]) for k, job in enumerate(jobs)]


def run_of(scenario: Scenario) -> ScenarioRun:
    """The run of a scenario."""
    return run_of_model(build_model(scenario), scenario)


def run_of_model(model: Model, scenario: Scenario) -> ScenarioRun:
    """The run of a model with the settings of a scenario."""
    from regionsim.results.dataset import to_dataset

    trajectory = simulate(
        model, start=scenario.start, end=scenario.end, step=scenario.step, method=scenario.method, outputs=OUTPUTS
    )
    return ScenarioRun(indicator_array(to_dataset(trajectory, attributes_of(scenario))), trajectory.ledgers)
