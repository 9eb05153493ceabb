"""From a checked study to a finished calibration: stage by stage, then the draws, each step kept as it ends."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from regionsim.problems import Problem, ProblemsError
from regionsim.results.dataset import to_dataset
from regionsim.results.indicator_catalogue import variables_of_indicators
from regionsim.studies.calibrate.fit import Aim, Fit, best, fit_start, starts
from regionsim.studies.calibrate.importance import Proposal, Weighted
from regionsim.studies.calibrate.posterior import around_draws, around_fit, combined, log_posterior, round_sizes
from regionsim.studies.calibrate.result import ROWS_OF_DRAWS, Calibrated, estimates, fitted_scores
from regionsim.studies.calibrate.scores import Scores
from regionsim.studies.calibrate.state import State, begun
from regionsim.studies.calibrate.study import Stage, Study
from regionsim.studies.calibrate.targets import Rows, modelled_soundly
from regionsim.studies.chunks import done_by_processes, in_order
from regionsim.studies.engines import CHUNK, Asked, Engine, check_engine, make_code
from regionsim.studies.ensemble import simulate_ensemble
from regionsim.studies.validate.assess import levels_of
from regionsim.studies.validate.units import check_units

Array = NDArray[np.float64]
Tell = Callable[[str], None]


def check_observed(study: Study) -> None:
    """Refuse values in a wrong unit, and rows for which the model has no value.

    Raises ProblemsError, and SimulationError where the run breaks down.
    """
    run = simulate_ensemble(study.scenario, {}, variables_of_indicators(), held_out=study.left_out)
    levels = levels_of(to_dataset(run, {}))
    check_units(study.observed, study.observations, levels)
    problems = [
        Problem(study.observed, row.line, f"the model has no {row.variable} of {row.region} in {row.year}")
        for row in study.observations
        if not levels.has(row)
    ]
    if problems:
        raise ProblemsError(problems)


def steps(study: Study) -> int:
    """How many steps a calibration takes, each of which it tells of."""
    chunks = sum(math.ceil(count / CHUNK) for count in round_sizes(study.draws))
    return len(study.stages) * study.starts + chunks


def calibrate(
    study: Study,
    folder: Path,
    *,
    resume: bool = False,
    processes: int = 1,
    engine: Asked | None = None,
    tell: Tell,
) -> Calibrated:
    """Fit the study stage by stage and draw from what is believed then; `folder` keeps how far it has come.

    The result depends neither on the number of processes nor on interruptions, and on the engine only by rounding; None
    is that of what is resumed, else the reference. `tell` is called after each step. Raises ProblemsError as `begun`,
    `check_engine` and `check_observed` do, and SimulationError where the evidence itself breaks down.
    """
    state = begun(folder, study.content_hash(), resume=resume, engine=engine)
    check_engine(state.engine)
    check_observed(study)
    if state.engine == "compiled":
        make_code([study.scenario])
    centre = dict[str, float]()
    for k, stage in enumerate(study.stages):
        fits = _stage_fits(study, k, centre, state, processes, tell)
        centre |= dict(zip(stage.parameters, best(fits).z, strict=True))
    aim = _aim(study, study.stages[-1], centre, state.engine)
    z = fitted_scores(tuple(state.fits[len(study.stages) - 1]))
    posterior = _posterior(study, aim, z, state, processes, tell)
    found = estimates(aim.scores, z, posterior)
    chosen = posterior.resampled(ROWS_OF_DRAWS, study.seed)
    values = {estimate.prior.key: np.array([estimate.value]) for estimate in found}
    broken = sum(not math.isfinite(log) for logs in state.logs for log in logs)
    rows = Rows.of(study.observations, study.targets)
    state.is_finished = True
    state.save()
    return Calibrated(
        study=study,
        rows=rows,
        fits=tuple(tuple(fits) for fits in state.fits),
        estimates=found,
        posterior=posterior,
        broken_draws=broken,
        before=modelled_soundly(study.scenario, {}, rows, study.left_out)[0],
        after=modelled_soundly(study.scenario, values, rows, study.left_out)[0],
        draws=aim.scores.numbers(posterior.z[chosen]),
    )


def _aim(study: Study, stage: Stage, centre: dict[str, float], engine: Engine) -> Aim:
    """What a stage fits, with the parameters of earlier stages held where they came to (scores by key)."""
    targets = {name: target for name, target in study.targets.items() if name in stage.targets}
    held: dict[str, float] = {}
    for key, score in centre.items():
        if key not in stage.parameters:
            held[key] = float(Scores((study.prior(key),)).numbers(np.array([score]))[key][0])
    scores = Scores(tuple(study.prior(key) for key in stage.parameters))
    rows = Rows.of([row for row in study.observations if study.is_fitted(row)], targets)
    return Aim(study.scenario, rows, scores, held, study.loss, study.left_out, engine)


def _stage_fits(study: Study, k: int, centre: dict[str, float], state: State, processes: int, tell: Tell) -> list[Fit]:
    """The fits of all starts of a stage, the first from where earlier stages came to."""
    stage = study.stages[k]
    aim = _aim(study, stage, centre, state.engine)
    from_here = starts(aim.scores, study.starts, study.seed + k)
    from_here[0] = [centre.get(key, score) for key, score in zip(stage.parameters, from_here[0], strict=True)]
    if len(state.fits) == k:
        state.fits.append([])
    done = state.fits[k]
    for _ in done:
        tell(stage.name)
    for fit in in_order(done_by_processes(partial(fit_start, aim), list(from_here[len(done) :]), processes)):
        done.append(fit)
        state.save()
        tell(stage.name)
    return done


def _posterior(study: Study, aim: Aim, z: Array, state: State, processes: int, tell: Tell) -> Weighted:
    """Weighted draws of two rounds, the second around what the first found."""
    proposal = around_fit(aim, z)
    rounds: list[tuple[Proposal, Array, Array]] = []
    for k, count in enumerate(round_sizes(study.draws)):
        if rounds:
            proposal = around_draws(proposal, combined(rounds))
        draws = proposal.draws(count, study.seed + len(study.stages) + k)
        rounds.append((proposal, draws, _logs(aim, draws, k, state, processes, tell)))
    return combined(rounds)


def _logs(aim: Aim, z: Array, k: int, state: State, processes: int, tell: Tell) -> Array:
    """The log of the posterior of each draw of a round, (draw,), chunk by chunk."""
    if len(state.logs) == k:
        state.logs.append([])
    done = state.logs[k]
    for _ in range(math.ceil(len(done) / CHUNK)):
        tell("draws")
    chunks: Sequence[Array] = [z[begin : begin + CHUNK] for begin in range(len(done), len(z), CHUNK)]
    for logs in in_order(done_by_processes(partial(log_posterior, aim), chunks, processes)):
        done.extend(float(log) for log in logs)
        state.save()
        tell("draws")
    return np.array(done)
