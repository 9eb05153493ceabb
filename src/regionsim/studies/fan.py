"""A fan of uncertainty around one scenario: the scenario as it is, and members drawn from what is believed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.guard import SimulationError
from regionsim.engine.integrate import Trajectory
from regionsim.results.blocks import block_values, known_variables, raw_size, width
from regionsim.results.indicator_catalogue import variables_of_indicators
from regionsim.results.quantiles import quantile_table
from regionsim.results.write import MEMBERS, QUANTILES
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.believed import believed_draws
from regionsim.studies.chunks import done_by_processes
from regionsim.studies.engines import Asked, Engine, check_engine, chosen_engine, chunk_size, make_code
from regionsim.studies.ensemble import joined
from regionsim.studies.members import Members, simulate_members
from regionsim.studies.model import build_model
from regionsim.studies.run import CONSTANTS, Run, attributes_of
from regionsim.studies.sweep.outputs import axes_of
from regionsim.studies.sweep.room import check_members_fit

if TYPE_CHECKING:
    import pandas

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Fan(Run):
    """A run of several members. Those that failed are left out of the dataset; `failures` has their words.

    `draws` has the numbers of all members by parameter, (member,) each; nan is what the evidence has.
    """

    seed: int
    engine: Engine
    draws: dict[str, Array] = field(repr=False)
    failures: dict[int, str]

    @property
    def record(self) -> dict[str, Any]:
        """What `run.json` says: as of one run, with the seed of the draws and the members that failed."""
        failed = {str(member): words for member, words in self.failures.items()}
        about = {
            "seed": self.seed,
            "engine": self.engine,
            "drawn_parameters": len(self.draws),
            "draws_hash": draws_hash(self.draws),
            "failed_members": failed,
        }
        return {**super().record, **about, "members": int(self.dataset.sizes["member"]) + len(failed)}

    @property
    def tables(self) -> dict[str, pandas.DataFrame]:
        """Tables beside those of one run: the spread of each indicator over the draws, and what each member has."""
        import pandas

        blocks = [block for found in known_variables({}).values() for block in found]
        years = [int(year) for year in self.dataset["year"].values]
        values = block_values(self.shown, blocks)
        spread = quantile_table(self.scenario.name, blocks, years, values, len(self.failures))
        members = np.arange(len(next(iter(self.draws.values()))))
        status = ["failed" if member in self.failures else "" for member in members]
        drawn = pandas.DataFrame({"member": members, "status": status, **self.draws})
        return {QUANTILES: spread, MEMBERS: drawn}


def fan_draws(scenario: Scenario, members: int, seed: int) -> dict[str, Array]:
    """The numbers of every parameter that is drawn where nobody names one, (member,) each.

    The first member has nan: the scenario as it is. The others are what is believed (see `believed_draws`).
    """
    draws, _ = believed_draws(scenario.calibration, members - 1, seed)
    return {key: np.concatenate([[np.nan], values]) for key, values in draws.items()}


def draws_hash(draws: Mapping[str, Array]) -> str:
    """SHA-256 of names and numbers of the draws, to the last bit: with it members of one number are the same draw."""
    digest = hashlib.sha256("\n".join(draws).encode())
    for values in draws.values():
        digest.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
    return digest.hexdigest()


def check_fan(scenario: Scenario, members: int) -> None:
    """Refuse more members than the memory holds, before any is drawn. Raises ProblemsError."""
    axes = axes_of(build_model(scenario))
    blocks = [block for found in known_variables({}).values() for block in found]
    numbers = raw_size(blocks, axes) + width(blocks)
    file = scenario.source_files[-1] if scenario.source_files else scenario.name
    check_members_fit(members, scenario.end - scenario.start + 1, numbers, file)


def run_members(
    scenario: Scenario,
    members: int,
    *,
    seed: int,
    processes: int = 1,
    engine: Asked = "reference",
    progress: Callable[[int], None] = lambda members: None,
) -> Fan:
    """Run a scenario with so many members, two or more, the first of which is the scenario as it is.

    The dataset has the variables behind the indicators. `progress` is called with the members that are finished. The
    result depends on the seed, not on the number of processes. Raises SimulationError where the first member breaks.
    """
    from regionsim.results.dataset import to_dataset

    begun = time.perf_counter()
    draws = fan_draws(scenario, members, seed)
    chosen = chosen_engine(engine, members)
    check_engine(chosen)
    if chosen == "compiled":
        make_code([scenario])
    size = chunk_size(chosen, members, processes)
    firsts = range(0, members, size)
    bare = replace(scenario, said=())
    spans = [slice(first, first + size) for first in firsts]
    chunks = [Members((bare,), {key: values[span] for key, values in draws.items()}) for span in spans]
    outputs = frozenset({*variables_of_indicators(), *CONSTANTS})
    built = time.perf_counter()
    parts: dict[int, Trajectory] = {}
    failures: dict[int, str] = {}
    finished = 0
    work = partial(simulate_members, outputs=outputs, engine=chosen)
    for place, outcome in done_by_processes(work, chunks, processes):
        failures |= {firsts[place] + k: words for k, words in outcome.failures.items()}
        if outcome.trajectory is not None:
            standing = [k for k in range(chunks[place].count) if k not in outcome.failures]
            parts[place] = _standing(outcome.trajectory, standing)
        finished += chunks[place].count
        progress(finished)
    if 0 in failures:
        raise SimulationError(failures[0])
    about = {**attributes_of(scenario, seed, members), "draws_hash": draws_hash(draws)}
    dataset = to_dataset(joined([parts[place] for place in sorted(parts)]), about)
    numbers = [member for member in range(members) if member not in failures]
    dataset = dataset.assign_coords(member=("member", np.array(numbers), dataset["member"].attrs))
    return Fan(
        scenario,
        dataset,
        built - begun,
        time.perf_counter() - built,
        seed=seed,
        engine=chosen,
        draws=draws,
        failures=dict(sorted(failures.items())),
    )


def failed_note(fan: Fan) -> str:
    """How many members failed, and the words of the first; nothing where none did."""
    if not fan.failures:
        return ""
    member, words = next(iter(fan.failures.items()))
    total = len(next(iter(fan.draws.values())))
    return f"{len(fan.failures)} of {total} members failed and are left out, the first of them {member}: {words}"


def _standing(trajectory: Trajectory, places: list[int]) -> Trajectory:
    """The trajectory with the members at these places alone."""
    variables = {
        name: replace(variable, values=variable.values[:, places]) for name, variable in trajectory.variables.items()
    }
    return replace(trajectory, variables=variables)
