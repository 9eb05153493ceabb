"""Run a sweep: chunk by chunk into its directory, from the beginning or from where one was stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.guard import SimulationError
from regionsim.results.blocks import Block, block_values, width
from regionsim.studies.chunks import Processes, Workers
from regionsim.studies.engines import Asked, Engine, check_engine, chosen_engine, make_code
from regionsim.studies.members import simulate_members
from regionsim.studies.run import check_folder
from regionsim.studies.sweep.identity import PACKAGES, identity
from regionsim.studies.sweep.plan import Chunk, Plan, plan_of
from regionsim.studies.sweep.report import design_rows, write_outputs
from regionsim.studies.sweep.room import processes_that_fit
from regionsim.studies.sweep.store import DESIGN, SCENARIOS, STUDY, SUMMARY, ChunkResult, Store
from regionsim.studies.sweep.study import Study

if TYPE_CHECKING:
    from regionsim.studies.cluster import Cluster

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Sweep:
    """A sweep that may begin: its plan, its directory, and who simulates."""

    plan: Plan
    store: Store
    workers: Workers

    @property
    def total(self) -> int:
        """Members of all scenarios."""
        return self.plan.members * len(self.plan.study.scenarios)


def prepare(
    study: Study,
    out: str | Path,
    *,
    resume: bool,
    command: str,
    processes: int = 1,
    cluster: Cluster | None = None,
    engine: Asked = "auto",
) -> Sweep:
    """Check the directory and the memory, make the design and read every member's scenario, and make the directory.

    `command` is what the reader typed, for the words of a refusal. As many of the `processes` work as there is memory
    for, or the `cluster` does. The engine is decided here, once; a sweep that is taken up has the one that it was begun
    with. Raises ProblemsError where a sweep is there already and is not to be resumed, where it is another one, where
    memory or disk is too small, where the engine is not installed, and where workers are not as this machine.
    """
    store = Store(Path(out) / study.name)
    check_folder(store.directory if store.is_there else out)
    if not (resume and store.is_there):
        store.refuse_what_is_there(command)
        engine = chosen_engine(engine, study.members * len(study.scenarios), study.scenarios)
    else:
        engine = store.engine(engine)
    check_engine(engine)
    study = replace(study, engine=engine)
    fitting = processes_that_fit(study, Path(out), processes, stored=store.size)
    plan = plan_of(study)
    if cluster is not None:
        cluster.check(PACKAGES[engine])
    now = identity(plan)
    if store.is_there:
        store.refuse_another(now, study.file)
    else:
        scenarios = {f"{SCENARIOS}/{each.name}.yaml": each.resolved_yaml() for each in study.scenarios}
        text = Path(study.file).read_text(encoding="utf-8-sig")
        store.begin(now, {STUDY: text, DESIGN: design_rows(plan), **scenarios})
    return Sweep(plan, store, cluster or Processes(fitting))


def is_finished(study: Study, out: str | Path) -> bool:
    """Whether a finished sweep of the study's name stands there."""
    store = Store(Path(out) / study.name)
    return store.is_there and store.is_finished


def run_sweep(
    sweep: Sweep,
    progress: Callable[[int], None] = lambda members: None,
    say: Callable[[str], None] = lambda words: None,
) -> str:
    """Simulate what is missing, write the results, and return the summary; `progress` gets the members finished.

    Whatever stops it, every finished chunk is kept. The result does not depend on who works, nor on how often it was
    stopped. Raises SimulationError where no member of any scenario ran through.
    """
    plan, store = sweep.plan, sweep.store
    with store.locked():
        if store.is_finished:
            store.tidy()
            progress(sweep.total)
            failed = sum(store.record["results"]["failed"].values())
            return _some_ran((store.directory / SUMMARY).read_text(encoding="utf-8").rstrip("\n"), failed, sweep.total)
        chunks = plan.chunks()
        there = store.finished_chunks(len(chunks))
        count = sum(chunk.members.count for chunk in chunks if chunk.place in there)
        progress(count)
        missing = [chunk for chunk in chunks if chunk.place not in there]
        if missing and plan.study.engine == "compiled" and isinstance(sweep.workers, Processes):
            make_code(plan.study.scenarios, say)  # before processes ask for it
        work = partial(chunk_result, plan.study.blocks, plan.study.years, plan.study.engine)
        for place, result in sweep.workers.done(work, missing):
            store.write_chunk(missing[place].place, result)
            count += missing[place].members.count
            progress(count)
        return _finish(plan, store, chunks)


def chunk_result(blocks: tuple[Block, ...], years: tuple[int, ...], engine: Engine, chunk: Chunk) -> ChunkResult:
    """What the members of a chunk yield, by (member, year, column)."""
    from regionsim.results.dataset import to_dataset

    outputs = {name for block in blocks for name in block.needs}
    outcome = simulate_members(chunk.members, outputs, engine)
    values = np.full((chunk.members.count, len(years), width(blocks)), np.nan)
    if outcome.trajectory is None:
        return ChunkResult(values, outcome.failures, {})
    dataset = to_dataset(outcome.trajectory, {}).sel(year=list(years))
    values = block_values(dataset, blocks)
    values[list(outcome.failures)] = np.nan
    return ChunkResult(values, outcome.failures, outcome.trajectory.ledgers)


def _finish(plan: Plan, store: Store, chunks: list[Chunk]) -> str:
    study = plan.study
    failures: list[dict[int, str]] = [{} for _ in study.scenarios]
    ledgers: dict[str, float] = {}
    for chunk in chunks:
        result = store.read_chunk(chunk.place)
        failures[chunk.scenario] |= {chunk.first + k: words for k, words in result.failures.items()}
        ledgers |= {name: max(size, ledgers.get(name, 0.0)) for name, size in result.ledgers.items()}
    summary = write_outputs(plan, store.directory, partial(_columns, plan, store, chunks), failures)
    results: dict[str, Any] = {
        "members": plan.members * len(study.scenarios),
        "failed": {scenario.name: len(found) for scenario, found in zip(study.scenarios, failures, strict=True)},
        "largest_ledger_residuals": {name: float(f"{size:.3g}") for name, size in sorted(ledgers.items())},
    }
    store.finish(results)
    return _some_ran(summary, sum(map(len, failures)), results["members"])


def _some_ran(summary: str, failed: int, members: int) -> str:
    """The summary. Raises SimulationError, with it, where every member failed."""
    if failed == members:
        raise SimulationError(f"no member ran through\n{summary}")
    return summary


def _columns(plan: Plan, store: Store, chunks: list[Chunk], span: slice) -> Array:
    """Some columns of all chunks, by (scenario, member, year, column)."""
    study = plan.study
    values = np.empty((len(study.scenarios), plan.members, len(study.years), span.stop - span.start))
    for chunk in chunks:
        members = slice(chunk.first, chunk.first + chunk.members.count)
        values[chunk.scenario, members] = store.read_chunk(chunk.place).values[..., span]
    return values
