"""The main loops of a run for figures: their paths are read from the model, their signs measured in the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from regionsim.engine.integrate import Trajectory, Variable, simulate
from regionsim.engine.polarity import Polarity, States, states_of
from regionsim.export.atlas import YEARS_BETWEEN_STATES
from regionsim.export.main_loops import MAIN_LOOPS, MainLoop, measured_links
from regionsim.figures.loops import AT_REST, BALANCING, EITHER, REINFORCING, CausalLoop, LoopsOfRun, Step
from regionsim.language.axes import MEMBER
from regionsim.studies.model import build_model

if TYPE_CHECKING:
    import xarray

    from regionsim.engine.compile import Model
    from regionsim.scenarios.scenario import Scenario

KINDS = {
    Polarity.UP: REINFORCING,
    Polarity.DOWN: BALANCING,
    Polarity.EITHER: EITHER,
    Polarity.NONE: AT_REST,
}


def loops_of(scenario: Scenario, dataset: xarray.Dataset) -> LoopsOfRun:
    """The main loops of a scenario's model with the signs that they have in its run, whose dataset this is.

    A dataset of several members lacks most variables: the scenario is then run once more, as its first member is.
    """
    model = build_model(scenario)
    states = _states(model, scenario, dataset)
    years = tuple(int(year) for year in np.ravel(states["time"]))
    return LoopsOfRun(tuple(_loop(model, states, loop) for loop in MAIN_LOOPS), years)


def _loop(model: Model, states: States, loop: MainLoop) -> CausalLoop:
    found, links = measured_links(model, states, loop)
    steps = tuple(
        Step(link.source, link.source in model.stocks, link.polarity.value, link.passes_stock) for link in links
    )
    return CausalLoop(loop.code, loop.title, loop.title_zh, KINDS[found.sign], bool(found.loop.hangs_on), steps)


def _states(model: Model, scenario: Scenario, dataset: xarray.Dataset) -> States:
    """The values of all names in some years of the run."""
    if dataset.sizes[MEMBER] == 1:
        run = _trajectory(model, dataset)
    else:
        run = simulate(model, start=scenario.start, end=scenario.end, step=scenario.step, method=scenario.method)
    return states_of(model, run, run.years[::YEARS_BETWEEN_STATES].tolist())


def _trajectory(model: Model, dataset: xarray.Dataset) -> Trajectory:
    """The variables of the model as its run had them. Raises KeyError for a dataset that lacks one."""
    variables = {}
    for name, declaration in {**model.stocks, **model.equations}.items():
        array = dataset.variables[name]
        kind: Literal["stock", "equation"] = "stock" if name in model.stocks else "equation"
        over = tuple(str(axis) for axis in array.dims if axis not in (MEMBER, "year"))
        values = array.transpose("year", MEMBER, *over).values
        variables[name] = Variable(name, declaration.about, declaration.unit, over, kind, values)
    return Trajectory(dataset["year"].values.astype(np.float64), variables, {}, {})
