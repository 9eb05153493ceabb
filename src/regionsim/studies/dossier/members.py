"""Runs of many scenarios over the same draws: what the draws say of the base year is worked out once for all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from regionsim.engine.compile import compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.equations import mechanisms
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput
from regionsim.place.assemble import ModelInputs, axis_labels
from regionsim.place.compensation_inputs import compensation_inputs
from regionsim.place.network_inputs import network_inputs
from regionsim.place.openings import Opening
from regionsim.scenarios.border import border_settings
from regionsim.scenarios.compensation import agreements_under
from regionsim.scenarios.drawn import Drawn
from regionsim.scenarios.efforts import effort_inputs
from regionsim.scenarios.scenario import Scenario, apply_overrides
from regionsim.studies.dossier.uncertainty import Uncertainty
from regionsim.studies.ensemble import ensemble_inputs, evidence_with, stacked
from regionsim.studies.model import evidence_scenario, known_parameters, project_dates


@dataclass(frozen=True)
class _Drawn:
    """What the draws alone say: inputs of all members under no scenario, and the evidence of each member."""

    fed: ModelInputs
    members: tuple[dict[str, AnyInput], ...]


@lru_cache(maxsize=4)
def _drawn(uncertainty: Uncertainty, plain: Scenario) -> _Drawn:
    known = known_parameters(plain)
    own = [
        evidence_with(known, {key: values[k : k + 1] for key, values in uncertainty.draws.items()})
        for k in range(uncertainty.members)
    ]
    return _Drawn(ensemble_inputs(plain, uncertainty.draws), tuple(own))


def inputs_under(uncertainty: Uncertainty, setting: Scenario, undrawn: Collection[str] = ()) -> ModelInputs:
    """What all members are fed under a scenario; parameters of `undrawn` have their central value in every member.

    The same as `ensemble_inputs` gives, made faster: only what the scenario touches is made anew.
    """
    plain = replace(evidence_scenario(), calibration=setting.calibration)
    drawn = _drawn(uncertainty, plain)
    touched = {*setting.parameters, *undrawn}
    if touched & drawn.fed.read or (setting.start, setting.end) != (plain.start, plain.end):
        left = {key: values for key, values in uncertainty.draws.items() if Drawn.of(key).name not in undrawn}
        return ensemble_inputs(setting, left)
    central = known_parameters(plain)
    known = {name: central[name] if name in undrawn else drawn.fed.inputs[name] for name in central}
    said = apply_overrides(known, setting, labels=axis_labels())
    inputs = {**drawn.fed.inputs, **{name: said[name] for name in touched}}
    made = [*effort_inputs(setting.measures, setting.name), *border_settings(setting.border)]
    made += compensation_inputs(agreements_under(setting.compensation), setting.start)
    dates = project_dates(setting)
    if dates:
        transport = {slug: Opening(each.opens, each.closes) for slug, each in dates.items()}
        networks = [network_inputs(own, transport, setting.start, setting.end) for own in drawn.members]
        made += [stacked(each) for each in zip(*networks, strict=True)]
    return ModelInputs({**inputs, **{value.name: value for value in made}}, drawn.fed.read)


def simulate_members(
    uncertainty: Uncertainty,
    setting: Scenario,
    outputs: Collection[str],
    undrawn: Collection[str] = (),
    end: int | None = None,
) -> Trajectory:
    """The trajectories of all members under a scenario, to the year `end` (None: to its own).

    Raises SimulationError for the first member that breaks.
    """
    fed = inputs_under(uncertainty, setting, undrawn)
    model = compile_model(collect(mechanisms()), fed.inputs, axis_labels(setting.start), used_elsewhere=fed.read)
    return simulate(
        model,
        start=setting.start,
        end=setting.end if end is None else end,
        step=setting.step,
        method=setting.method,
        outputs=outputs,
    )
