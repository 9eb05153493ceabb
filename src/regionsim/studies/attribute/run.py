"""Run an attribution: piece by piece into its directory, from the beginning or from where one was stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from regionsim.problems import Problem, ProblemsError
from regionsim.studies.attribute.game import Estimate, end_masks
from regionsim.studies.attribute.study import Study
from regionsim.studies.attribute.subsets import Game, Player
from regionsim.studies.attribute.work import SUBSETS, Piece, Results, added_up, piece_result, pieces_of, rows, runs_of
from regionsim.studies.chunks import done_by_processes
from regionsim.studies.engines import Asked, Engine, check_engine, chosen_engine, make_code
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.run import check_folder
from regionsim.studies.sweep.identity import versions_of
from regionsim.studies.sweep.room import LEFT_FREE, MEMBER_BYTES, NUMBER, PROCESS_BYTES, available_memory
from regionsim.studies.sweep.store import STUDY, ChunkResult, Store

Array = NDArray[np.float64]

SCENARIO = "scenario.yaml"
WHAT = "an attribution"


@dataclass(frozen=True)
class Attribution:
    """A finished attribution. All arrays end with (year, column).

    `nothing` is what comes of the scenario without any measure, `before` without the players, `after` as it is;
    `alone` and `last` (player, ...) are what each player changes when nobody else is on, and when everybody else is;
    `ledgers` has the largest residual of each ledger in all runs.
    """

    study: Study
    runs: int
    nothing: Array = field(repr=False)
    before: Array = field(repr=False)
    after: Array = field(repr=False)
    contributions: Estimate = field(repr=False)
    interactions: Estimate = field(repr=False)
    alone: Array = field(repr=False)
    last: Array = field(repr=False)
    ledgers: dict[str, float] = field(repr=False)

    @property
    def difference(self) -> Array:
        """What all players make together."""
        return self.after - self.before

    @property
    def rest(self) -> Array:
        """By how much contributions miss the difference: what rounding leaves."""
        return np.asarray(self.contributions.values.sum(axis=0) - self.difference)


@dataclass(frozen=True)
class Prepared:
    """An attribution that may begin."""

    study: Study
    game: Game
    store: Store
    processes: int

    @property
    def total(self) -> int:
        """Runs of the model."""
        return runs_of(self.study)


def prepare(
    study: Study, out: str | Path, *, resume: bool, processes: int, command: str, engine: Asked = "auto"
) -> Prepared:
    """Check directory and memory, decide the engine, and make the directory.

    `command` is what the reader typed, for the words of a refusal. One that is taken up has the engine that it was
    begun with. Raises ProblemsError where an attribution is there already and is not to be resumed, where it is another
    one, where memory is too small, and where the engine is not installed.
    """
    store = Store(Path(out) / study.name, WHAT)
    check_folder(store.directory if store.is_there else out)
    if not (resume and store.is_there):
        store.refuse_what_is_there(command)
        engine = chosen_engine(engine, runs_of(study), [study.scenario])
    else:
        engine = store.engine(engine)
    check_engine(engine)
    processes = _processes_that_fit(study, processes)
    now = _identity(study, engine)
    if store.is_there:
        store.refuse_another(now, study.file)
    else:
        text = Path(study.file).read_text(encoding="utf-8-sig")
        store.begin(now, {STUDY: text, SCENARIO: study.scenario.resolved_yaml()})
    return Prepared(study, Game(study.scenario, study.players, engine == "compiled"), store, processes)


def run_attribution(
    prepared: Prepared,
    progress: Callable[[int], None] = lambda runs: None,
    say: Callable[[str], None] = lambda words: None,
) -> Attribution:
    """Simulate what is missing and add it up; `progress` gets the runs that are done, `say` is told of slow work.

    Whatever stops it, finished pieces are kept. The result does not depend on the number of processes, nor on how often
    it was stopped. Raises SimulationError for measures with which the model breaks down.
    """
    study, game, store = prepared.study, prepared.game, prepared.store
    results = Results(study.blocks, study.years)
    with store.locked():
        if game.compiled:
            make_code([study.scenario], say)
        ends = _ends(prepared, results)
        pieces = pieces_of(study)
        finished = {place - 1 for place in store.finished_chunks(len(pieces) + 1) if place}
        count = len(ends) - 1 + sum(piece.runs for piece in pieces if piece.place in finished)
        progress(count)
        missing = [piece for piece in pieces if piece.place not in finished]
        work = partial(_done, _Kept(game, json.dumps(store.record)), results, ends[:-1])
        for place, (sums, ledgers) in done_by_processes(work, missing, prepared.processes):
            store.write_chunk(missing[place].place + 1, ChunkResult(sums, {}, ledgers))
            count += missing[place].runs
            progress(count)
        found = [store.read_chunk(place) for place in range(len(pieces) + 1)]
    estimates = added_up(study, [each.values for each in found[1:]])
    ledgers = {name: max(each.ledgers.get(name, 0.0) for each in found) for name in found[0].ledgers}
    return _attribution(study, results, ends, estimates, ledgers)


class _Kept:
    """A game that a process keeps from piece to piece, with the models that it has made."""

    known: ClassVar[dict[str, Game]] = {}

    def __init__(self, game: Game, key: str) -> None:
        self.game, self.key = game, key

    def get(self) -> Game:
        return self.known.setdefault(self.key, self.game)


def _done(kept: _Kept, results: Results, ends: Array, piece: Piece) -> tuple[Array, dict[str, float]]:
    return piece_result(kept.get(), results, ends, piece)


def _ends(prepared: Prepared, results: Results) -> Array:
    """The results of `end_masks`, and those of the scenario without any measure."""
    store, game = prepared.store, prepared.game
    if 0 not in store.finished_chunks(1):
        values, ledgers = results.of(game, end_masks(len(game.players)))
        held = tuple(Player(name, (name,)) for name in prepared.study.held)
        nothing = values[:1]
        if held:
            bare = Game(game.without(game.players), held, game.compiled)
            nothing, _ = results.of(bare, np.zeros(1, dtype=np.int64))
        store.write_chunk(0, ChunkResult(np.concatenate([values, nothing]), {}, ledgers))
    return store.read_chunk(0).values


def _attribution(
    study: Study, results: Results, ends: Array, found: tuple[Estimate, Estimate], ledgers: dict[str, float]
) -> Attribution:
    n = len(study.players)
    shape = len(results.years), results.columns

    def shaped(values: Array) -> Array:
        return values.reshape(*values.shape[:-1], *shape)

    estimates = [Estimate(*(shaped(part) for part in (one.values, one.low, one.high))) for one in found]
    return Attribution(
        study=study,
        runs=runs_of(study),
        nothing=shaped(ends[-1]),
        before=shaped(ends[0]),
        after=shaped(ends[1]),
        contributions=estimates[0],
        interactions=estimates[1],
        alone=shaped(ends[2 : n + 2] - ends[0]),
        last=shaped(ends[1] - ends[n + 2 : 2 * n + 2]),
        ledgers=ledgers,
    )


def _identity(study: Study, engine: Engine) -> dict[str, Any]:
    """All that decides the numbers, as plain values that JSON gives back as they were."""
    sampled = {"orders": study.orders, "seed": study.seed} if study.kind == "orders" else {}
    content = {
        "attribution": study.name,
        "title": {"en": study.title_en, "zh": study.title_zh},
        "scenarios": {study.scenario.name: study.scenario.content_hash()},
        "players": {player.name: list(player.measures) for player in study.players},
        "design": {"kind": study.kind, **sampled},
        "outputs": {
            "blocks": {block.key: list(block.regions) for block in study.blocks},
            "years": list(study.years),
        },
        "engine": engine,
        "data_hash": data_hash(),
        "versions": versions_of(engine),
    }
    return dict(json.loads(json.dumps(content)))


def _processes_that_fit(study: Study, processes: int) -> int:
    """As many processes as there is memory for. Raises ProblemsError where there is none for one."""
    available = available_memory()
    columns = Results(study.blocks, study.years).columns * len(study.years)
    piece = NUMBER * columns * (3 * SUBSETS + 4 * rows(study))
    each = PROCESS_BYTES + 128 * MEMBER_BYTES + piece
    whole = NUMBER * columns * rows(study) * (4 + len(pieces_of(study)))
    if available is None:
        return processes
    usable = int(available * (1 - LEFT_FREE))
    if whole + each > usable:
        found = f"{(whole + each) / 1e9:,.1f} GB of memory needed, {usable / 1e9:,.1f} GB free"
        expected = f"fewer of the {columns:,} outputs (variables, regions, years)"
        raise ProblemsError([Problem(study.file, 0, "the outputs do not fit", found, expected)])
    return max(1, min(processes, (usable - whole) // each))
