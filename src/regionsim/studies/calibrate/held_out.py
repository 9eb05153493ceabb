"""Counties left out of a calibration and predicted by it: the parameters fitted anew without them, then many runs.

What a county did between the censuses enters the model twice: by the rows that parameters are fitted to, and by its own
levels of departure and of moves to town. Both are taken from it. Its levels are then those of another county, drawn
anew for each run: no more is known of a county that has not been seen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import compile_model
from regionsim.engine.integrate import simulate
from regionsim.equations import mechanisms
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput, Constant
from regionsim.place.assemble import axis_labels
from regionsim.place.counties import county_codes
from regionsim.place.demography_inputs import ARTEFACT_IN_2010
from regionsim.results.dataset import to_dataset
from regionsim.results.indicator_catalogue import find_indicator
from regionsim.studies.calibrate.fit import Aim, Evaluations
from regionsim.studies.calibrate.posterior import curvature
from regionsim.studies.calibrate.scores import Scores
from regionsim.studies.calibrate.study import Study
from regionsim.studies.calibrate.targets import Rows, rho, values_of
from regionsim.studies.ensemble import ensemble_inputs

Array = NDArray[np.float64]

LEVELS = ("departure_level", "town_move_level")
WEIGHT = "county_deviation_weight"


@dataclass(frozen=True)
class Fold:
    """Counties left out together, and their rows with what runs that have not seen them give: (draw, row).

    `predicted` has the error of observation and the tolerance of the model in it, `modelled` has not. `moved` is how
    far the fit went from that to all counties, in standard deviations of the parameters (parameter,).
    """

    name: str
    counties: tuple[str, ...]
    rows: Rows
    modelled: Array
    predicted: Array
    moved: Array


def fold(study: Study, z: Array, name: str, counties: Collection[str], draws: int, seed: int) -> Fold:
    """Fit without the counties from the scores `z` (parameter,) on, and predict them with so many draws.

    Raises SimulationError where a run breaks down.
    """
    left_out = tuple(sorted(counties))
    scores = Scores(study.priors)
    own = replace(study, left_out=left_out)
    seen = Rows.of([row for row in study.observations if own.is_fitted(row)], study.targets)
    unseen = Rows.of([row for row in study.observations if row.region in left_out], study.targets)
    aim = Aim(study.scenario, seen, scores, {}, study.loss, left_out)
    found, covariance = refitted(aim, z)
    generator = np.random.default_rng(seed)
    normal = generator.standard_normal((draws, len(z)))
    members = found + normal @ np.linalg.cholesky(covariance).T
    modelled = _modelled(study, scores.numbers(members), unseen, left_out, generator)
    noise = generator.standard_normal(modelled.shape) * unseen.sigma
    return Fold(name, left_out, unseen, modelled, modelled + noise, (found - z) / np.sqrt(np.diag(covariance)))


def refitted(aim: Aim, z: Array) -> tuple[Array, Array]:
    """The scores (parameter,) a step of Gauss and Newton from `z`, and their covariance by Laplace.

    One step is enough: without one county of 24, or a handful, the optimum lies near (`Fold.moved` says how near).
    """
    residuals, jacobian = Evaluations(aim).at(z)
    precision, slope = curvature(aim, residuals, jacobian), aim.rows.weight * rho(residuals**2, aim.loss)[1]
    step = np.linalg.solve(precision, jacobian.T @ (slope * residuals) + z)
    return z - step, np.asarray(np.linalg.inv(precision), dtype=np.float64)


def _modelled(
    study: Study, draws: Mapping[str, Array], rows: Rows, left_out: Sequence[str], generator: np.random.Generator
) -> Array:
    """The model's values by (draw, row) where counties left out have the levels of others."""
    fed = ensemble_inputs(study.scenario, draws, left_out)
    members = len(next(iter(draws.values())))
    inputs = {**fed.inputs, **_levels_of_others(fed.inputs, members, left_out, generator)}
    model = compile_model(collect(mechanisms()), inputs, axis_labels(study.scenario.start), used_elsewhere=fed.read)
    needed = {name for variable in rows.variables for name in find_indicator(variable).needs}
    trajectory = simulate(
        model,
        start=study.scenario.start,
        end=study.scenario.end,
        step=study.scenario.step,
        method=study.scenario.method,
        outputs=needed,
    )
    return values_of(to_dataset(trajectory, {}), rows, study.scenario.start)


def _levels_of_others(
    inputs: Mapping[str, AnyInput], members: int, left_out: Sequence[str], generator: np.random.Generator
) -> dict[str, AnyInput]:
    """The levels with those of a county drawn at random, in full, in place of the zone's for each one left out.

    A known county's level is drawn towards the zone's; how far counties lie apart is told by what it was before.
    """
    codes = county_codes()
    known = [k for k, code in enumerate(codes) if code not in {*left_out, *ARTEFACT_IN_2010}]
    places = [codes.index(code) for code in left_out]
    drawn = generator.choice(known, size=(members, len(places)))
    weight = _by_member(inputs[WEIGHT], members).reshape(members, 1)
    changed: dict[str, AnyInput] = {}
    for name in LEVELS:
        given = inputs[name]
        assert isinstance(given, Constant)
        values = np.array(np.broadcast_to(given.values, (members, *given.values.shape[1:])))
        flat = values.reshape(members, len(codes))
        zone = flat[:, places]
        others = np.take_along_axis(flat, drawn, axis=1)
        flat[:, places] = zone * (others / zone) ** (1 / weight)
        changed[name] = replace(given, values=values)
    return changed


def _by_member(given: AnyInput, members: int) -> Array:
    assert isinstance(given, Constant)
    return np.broadcast_to(given.values.reshape(-1), (members,))
