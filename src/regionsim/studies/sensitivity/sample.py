"""The members of a finished sweep, as every analysis wants them, and what indices are asked of.

The outputs are read group by group, since all together may be more than the memory holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from regionsim.problems import Problem, ProblemsError
from regionsim.results.blocks import Block, width
from regionsim.results.names import region_name
from regionsim.results.netcdf_file import stored_netcdf
from regionsim.results.targets import ZONE
from regionsim.studies.sensitivity.indices import spread
from regionsim.studies.sweep.plan import Plan
from regionsim.studies.sweep.store import FAILURES, OUTPUTS, Store

Array = NDArray[np.float64]

NOT_OURS = "not the results of this sweep"


@dataclass(frozen=True)
class Target:
    """What indices are of: a scenario, or its difference from the first one, member by member."""

    scenario: str
    against: str = ""

    @property
    def words(self) -> str:
        """What to call it."""
        return f"{self.scenario} minus {self.against}" if self.against else self.scenario

    @property
    def file_name(self) -> str:
        """The same, as a part of the name of a file."""
        return self.words.replace(" ", "-")


@dataclass(frozen=True)
class Shown:
    """A variable in the one region that stands for it in tables for readers; `column` is its place among all."""

    block: Block
    region: str
    column: int

    @property
    def label(self) -> str:
        """The variable in words, with the region where it is not the zone."""
        return self.block.label if self.region == ZONE else f"{self.block.label}, {region_name(self.region)}"

    @property
    def effect_unit(self) -> str:
        """The unit of changes of it, for readers."""
        return "percentage points" if self.block.shown_unit == "%" else self.block.shown_unit


@dataclass(frozen=True)
class Outputs:
    """Some columns in all years: `values` is (scenario, member, year, column), nan for members that failed.

    An output is a year and a column, the columns changing fastest.
    """

    scenarios: tuple[str, ...]
    values: Array = field(repr=False)

    def of(self, target: Target) -> Array:
        """The numbers of a target, (member, output)."""
        values = self.values[self.scenarios.index(target.scenario)]
        if target.against:
            values = values - self.values[self.scenarios.index(target.against)]
        return np.asarray(values.reshape(len(values), -1))

    def size(self, target: Target) -> Array:
        """How large the numbers are of which each output of the target is made, (output,)."""
        names = [name for name in (target.scenario, target.against) if name]
        levels = (self.values[self.scenarios.index(name)] for name in names)
        largest = [np.where(np.isfinite(each), np.abs(each), 0.0).max(axis=0) for each in levels]
        return np.asarray(np.max(largest, axis=0).reshape(-1))


@dataclass(frozen=True)
class Sample:
    """The outputs of all members, in `file`; `failures` has the words of those that failed, for each scenario."""

    plan: Plan
    file: Path
    failures: tuple[Mapping[int, str], ...]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the scenarios, the one that others are compared with first."""
        return tuple(scenario.name for scenario in self.plan.study.scenarios)

    @property
    def targets(self) -> list[Target]:
        """Each scenario, then the difference of each from the first."""
        first, *others = self.scenarios
        levels = [Target(name) for name in (first, *others)]
        return [*levels, *(Target(name, first) for name in others)]

    @property
    def output_count(self) -> int:
        """How many outputs a target has: one for each year and column, the columns changing fastest."""
        return len(self.plan.study.years) * width(self.plan.study.blocks)

    def output(self, column: int, year: int) -> int:
        """The place of an output, by the places of its column and of its year."""
        return year % len(self.plan.study.years) * width(self.plan.study.blocks) + column

    def outputs_of(self, columns: slice) -> list[int]:
        """The places of the outputs of some columns, in the order in which `Outputs` has them."""
        return [
            self.output(column, year)
            for year in range(len(self.plan.study.years))
            for column in range(columns.start, columns.stop)
        ]

    def outputs(self, blocks: Sequence[Block]) -> Outputs:
        """The outputs of some blocks."""
        study = self.plan.study
        values = np.empty((len(study.scenarios), self.plan.members, len(study.years), width(blocks)))
        begin = 0
        with stored_netcdf(self.file) as stored:
            for block in blocks:
                end = begin + len(block.regions)
                values[..., begin:end] = stored[block.key].values
                begin = end
        return Outputs(self.scenarios, values)

    def shown(self) -> list[Shown]:
        """Each variable in the zone, or in the region where it varies most if it is not known of the zone."""
        found: dict[str, Shown] = {}
        spreads: dict[str, float] = {}  # of what was found first, in the first scenario and the last year
        begin = 0
        with stored_netcdf(self.file) as stored:
            for block in self.plan.study.blocks:
                name, column = block.variable, begin
                begin += len(block.regions)
                if ZONE in block.regions:
                    found[name] = Shown(block, ZONE, column + block.regions.index(ZONE))
                    continue
                if name in found and found[name].region == ZONE:
                    continue
                varied = spread(np.asarray(stored[block.key][0, :, -1].values, dtype=np.float64))
                most = int(varied.argmax())
                if name not in found or varied[most] > spreads[name]:
                    found[name] = Shown(block, block.regions[most], column + most)
                    spreads[name] = float(varied[most])
        return list(found.values())

    def outputs_shown(self, shown: Sequence[Shown]) -> Outputs:
        """The outputs of these columns alone."""
        with stored_netcdf(self.file) as stored:
            parts = [
                np.asarray(stored[each.block.key][..., each.block.regions.index(each.region)].values, dtype=np.float64)
                for each in shown
            ]
        return Outputs(self.scenarios, np.stack(parts, axis=-1))


def read_sample(plan: Plan, store: Store) -> Sample:
    """What a finished sweep has stored. Raises ProblemsError where a file is missing or broken."""
    import pandas

    file, study = store.directory / OUTPUTS, plan.study
    with stored_netcdf(file) as stored:
        shapes = {name: each.shape for name, each in stored.data_vars.items()}
    before = len(study.scenarios), plan.members, len(study.years)
    lacking = [block.key for block in study.blocks if shapes.get(block.key) != (*before, len(block.regions))]
    if lacking:
        raise ProblemsError([Problem(str(file), 0, NOT_OURS, f"no outputs of all members of {lacking[0]}")])
    try:
        rows = pandas.read_csv(store.directory / FAILURES, dtype={"scenario": str, "words": str})
    except (OSError, ValueError) as error:
        raise ProblemsError([Problem(str(store.directory), 0, NOT_OURS, " ".join(str(error).split()))]) from None
    failures = []
    for scenario in study.scenarios:
        own = rows[rows["scenario"] == scenario.name]
        failures.append(dict(zip(own["member"].astype(int).tolist(), own["words"].tolist(), strict=True)))
    return Sample(plan, file, tuple(failures))
