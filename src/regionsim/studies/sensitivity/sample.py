"""The members of a finished sweep, as every analysis wants them, and what indices are asked of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from regionsim.problems import Problem, ProblemsError
from regionsim.results.blocks import Block, columns, width
from regionsim.results.names import region_name
from regionsim.results.netcdf_file import read_netcdf
from regionsim.results.targets import ZONE
from regionsim.studies.sensitivity.indices import spread
from regionsim.studies.sweep.plan import Plan
from regionsim.studies.sweep.store import FAILURES, OUTPUTS, Store

Array = NDArray[np.float64]


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
class Sample:
    """The outputs of all members: `values` is (scenario, member, year, column), nan for members that failed.

    `failures` has the words of those by their place, for each scenario.
    """

    plan: Plan
    values: Array = field(repr=False)
    failures: tuple[Mapping[int, str], ...]

    @property
    def targets(self) -> list[Target]:
        """Each scenario, then the difference of each from the first."""
        first, *others = [scenario.name for scenario in self.plan.study.scenarios]
        levels = [Target(name) for name in (first, *others)]
        return [*levels, *(Target(name, first) for name in others)]

    @property
    def output_count(self) -> int:
        """How many outputs a target has: one for each year and column, the columns changing fastest."""
        return len(self.plan.study.years) * width(self.plan.study.blocks)

    def outputs(self, target: Target) -> Array:
        """The numbers of a target, (member, output)."""
        values = self.values[self._place(target.scenario)]
        if target.against:
            values = values - self.values[self._place(target.against)]
        return np.asarray(values.reshape(len(values), -1))

    def size(self, target: Target) -> Array:
        """How large the numbers are of which each output of the target is made, (output,)."""
        names = [name for name in (target.scenario, target.against) if name]
        levels = np.abs(self.values[[self._place(name) for name in names]])
        largest = np.where(np.isfinite(levels), levels, 0.0).max(axis=(0, 1))
        return np.asarray(largest.reshape(-1))

    def shown(self) -> list[Shown]:
        """Each variable in the zone, or in the region where it varies most if it is not known of the zone."""
        varied = spread(self.values[0, :, -1])
        found: dict[str, Shown] = {}
        placed = columns(self.plan.study.blocks)
        for column, (block, place) in enumerate(placed):
            region = block.regions[place]
            before = found.get(block.variable)
            is_better = before is None or (before.region != ZONE and varied[column] > varied[before.column])
            if region == ZONE or is_better:
                found[block.variable] = Shown(block, region, column)
        return list(found.values())

    def output(self, column: int, year: int) -> int:
        """The place of an output, by the places of its column and of its year."""
        return year % len(self.plan.study.years) * width(self.plan.study.blocks) + column

    def _place(self, scenario: str) -> int:
        return [each.name for each in self.plan.study.scenarios].index(scenario)


def read_sample(plan: Plan, store: Store) -> Sample:
    """What a finished sweep has stored. Raises ProblemsError where a file is missing or broken."""
    import pandas

    stored = read_netcdf(store.directory / OUTPUTS)
    try:
        parts = [np.asarray(stored[block.key].values, dtype=np.float64) for block in plan.study.blocks]
        rows = pandas.read_csv(store.directory / FAILURES, dtype={"scenario": str, "words": str})
    except (KeyError, OSError, ValueError) as error:
        what = "not the results of this sweep"
        raise ProblemsError([Problem(str(store.directory), 0, what, " ".join(str(error).split()))]) from None
    values = np.concatenate(parts, axis=-1)
    failures = []
    for scenario in plan.study.scenarios:
        own = rows[rows["scenario"] == scenario.name]
        failures.append(dict(zip(own["member"].astype(int).tolist(), own["words"].tolist(), strict=True)))
    return Sample(plan, values, tuple(failures))
