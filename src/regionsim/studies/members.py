"""Members that may break down: each breaks for itself, says why, and leaves nan, while the others run on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model
from regionsim.engine.compiled.simulate import simulate_each, words_of
from regionsim.engine.guard import SimulationError
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.engines import Engine
from regionsim.studies.ensemble import ensemble_inputs, ensemble_model

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Members:
    """Members of one ensemble: their draws by key, (member,) each, and their scenarios, one for each or one for all."""

    scenarios: tuple[Scenario, ...]
    draws: Mapping[str, Array]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(next(iter(self.draws.values()))) if self.draws else len(self.scenarios)

    def taken(self, which: Sequence[int] | NDArray[np.intp]) -> Members:
        """The members at these places, in this order."""
        places = np.asarray(which, dtype=np.intp)
        scenarios = self.scenarios if len(self.scenarios) == 1 else tuple(self.scenarios[k] for k in places)
        if len(self.scenarios) == 1 and not self.draws:
            scenarios = self.scenarios * len(places)
        return Members(scenarios, {key: np.asarray(values)[places] for key, values in self.draws.items()})

    @property
    def said(self) -> Scenario | tuple[Scenario, ...]:
        """The scenario of all, or those of each."""
        return self.scenarios[0] if len(self.scenarios) == 1 else self.scenarios


@dataclass(frozen=True)
class Outcome:
    """What became of the members: `failures` has the words of those that broke, by their place.

    `trajectory` holds nan for them in every variable; it is None where none is left.
    """

    trajectory: Trajectory | None
    failures: Mapping[int, str]


def simulate_members(members: Members, outputs: Collection[str], engine: Engine = "reference") -> Outcome:
    """Simulate all members together, those apart that break.

    A member that breaks is taken out, and the others are simulated anew with one of them in its place: what they yield
    does not depend on it. (The compiled engine takes members one by one, and needs no second time.) A member with an
    output that is not finite counts as broken. The words of those that break are the reference's.
    """
    failures: dict[int, str] = {}
    order = np.arange(members.count)  # whose numbers stand in each place
    while len(failures) < members.count:
        at_work = members.taken(order)
        try:
            trajectory, broken = _simulated(at_work, outputs, engine)
        except _BrokenError as error:
            broken = {int(order[place]): words for place, words in error.members.items()}
        except SimulationError as error:
            broken = {int(order[place]): words for place, words in error.members.items()}
            if not broken:
                broken = {0: str(error)} if members.count == 1 else _broken_alone(members, outputs, failures)
            if not broken:
                raise
        else:
            broken = _not_finite(trajectory) | broken
            failures |= {place: words for place, words in broken.items() if order[place] == place}
            if len(failures) == members.count:
                break
            return Outcome(_without(trajectory, failures), dict(sorted(failures.items())))
        failures |= broken
        standing = [k for k in range(members.count) if k not in failures]
        if standing:
            order = np.array([k if k not in failures else standing[0] for k in range(members.count)])
    return Outcome(None, dict(sorted(failures.items())))


def _simulated(members: Members, outputs: Collection[str], engine: Engine) -> tuple[Trajectory, dict[int, str]]:
    """The trajectory, and the words of members that broke where the others ran through.

    Raises SimulationError where the others did not, and _BrokenError where no model can be made of some.
    """
    model, one = _model(members), members.scenarios[0]
    if engine == "reference":
        run = simulate(model, start=one.start, end=one.end, step=one.step, method=one.method, outputs=outputs)
        return run, {}
    run, broken = simulate_each(model, start=one.start, end=one.end, step=one.step, method=one.method, outputs=outputs)
    return run, words_of(broken)


class _BrokenError(Exception):
    """Members for which no model can be made."""

    def __init__(self, members: dict[int, str]) -> None:
        super().__init__("no model")
        self.members = members


def _model(members: Members) -> Model:
    try:
        return ensemble_model(members.said, members.draws)
    except (ValueError, ArithmeticError):  # numbers of which no base year can be made
        broken = {}
        for k in range(members.count):
            one = members.taken([k])
            try:
                ensemble_inputs(one.said, one.draws)
            except (ValueError, ArithmeticError) as error:
                broken[k] = f"no base year can be worked out: {' '.join(str(error).split())}"
        if not broken:
            raise
        raise _BrokenError(broken) from None


def _broken_alone(members: Members, outputs: Collection[str], known: Mapping[int, str]) -> dict[int, str]:
    """Who breaks, where the error does not say: each is run by itself."""
    broken: dict[int, str] = {}
    for k in range(members.count):
        if k not in known and (words := simulate_members(members.taken([k]), outputs).failures.get(0)):
            broken[k] = words
    return broken


def _not_finite(trajectory: Trajectory) -> dict[int, str]:
    """Members with a number that is not finite, with the first variable and year that has one."""
    found: dict[int, str] = {}
    for name, variable in trajectory.variables.items():
        whole = variable.values.reshape(*variable.values.shape[:2], -1)
        bad = np.asarray(~np.isfinite(whole).all(axis=2))
        for member in np.flatnonzero(bad.any(axis=0)):
            year = trajectory.years[int(np.argmax(bad[:, member]))]
            found.setdefault(int(member), f"'{name}' is not finite in {year:g}")
    return found


def _without(trajectory: Trajectory, failures: Collection[int]) -> Trajectory:
    """The trajectory with nan for the members that failed."""
    if not failures:
        return trajectory
    places = sorted(failures)
    variables = {}
    for name, variable in trajectory.variables.items():
        values = np.array(variable.values)
        values[:, places] = np.nan
        variables[name] = replace(variable, values=values)
    return replace(trajectory, variables=variables)
