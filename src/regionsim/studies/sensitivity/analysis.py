"""The analysis of a sample: indices of every target, and how they settle as the sample grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regionsim.results.blocks import Block
from regionsim.studies.sensitivity import morris, one_at_a_time, pawn, sobol
from regionsim.studies.sensitivity.delta import DeltaPiece, deltas
from regionsim.studies.sensitivity.indices import Indices, no_indices
from regionsim.studies.sensitivity.methods import SAMPLED, TORNADO, Method, method_of, row_count
from regionsim.studies.sensitivity.sample import Outputs, Sample, Shown, Target
from regionsim.studies.sweep.design import morris_shares
from regionsim.studies.sweep.plan import Plan
from regionsim.studies.sweep.report import groups
from regionsim.studies.sweep.schema import DEFAULT_LEVELS

Array = NDArray[np.float64]

MOST_SHOWN = 12  # factors in tables and figures
LEAST_NAMED = 0.01
PARTS = (8, 4, 2)  # of the sample, for the record of convergence


@dataclass(frozen=True)
class Step:
    """Indices of the shown outputs, year by year, from the first `rows` of the sample: outputs as `Found.shown`."""

    rows: int
    indices: Indices


@dataclass(frozen=True)
class Found:
    """What was found of one target; `steps` go up to the whole sample, and are empty where nothing is drawn."""

    target: Target
    indices: Indices
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Analysis:
    """The indices of a sample; `shown` are the outputs that stand for their variables."""

    sample: Sample
    method: Method
    shown: tuple[Shown, ...]
    found: tuple[Found, ...]

    @property
    def plan(self) -> Plan:
        """The plan of the sweep."""
        return self.sample.plan

    @property
    def has_indices(self) -> bool:
        """Whether there is an index at all."""
        return any(bool(np.isfinite(found.indices.values).any()) for found in self.found)

    def outputs_shown(self, year: int = -1) -> list[int]:
        """The places of the shown outputs in a year, given by its place."""
        return [self.sample.output(each.column, year) for each in self.shown]


def steps_of(sample: Sample, method: Method) -> int:
    """How often `analyse` reports progress."""
    study = sample.plan.study
    deltas = len({block.variable for block in study.blocks}) if method is SAMPLED else 0
    return len(sample.targets) * (len(groups(study)) + deltas)


def analyse(sample: Sample, *, processes: int = 1, progress: Callable[[str], None] = lambda name: None) -> Analysis:
    """All indices that the design of the sample is made for, the same whatever the number of processes.

    Raises ProblemsError as `method_of` does.
    """
    method = method_of(sample.plan.study)
    indices = _of_all_outputs(sample, progress)
    shown = tuple(sample.shown())
    standing = sample.outputs_shown(shown)
    years = range(len(sample.plan.study.years))
    by_variable = [year * len(shown) + k for k in range(len(shown)) for year in years]  # as tables have them
    found = []
    for target in sample.targets:
        outputs, size = standing.of(target)[:, by_variable], standing.size(target)[by_variable]
        steps = tuple(
            Step(rows, _estimated(sample.plan, outputs, size, rows)) for rows in _growing(sample.plan, method)
        )
        found.append(Found(target, indices[target], steps))
    analysis = Analysis(sample, method, shown, tuple(found))
    return _with_delta(analysis, standing, processes, progress) if method is SAMPLED else analysis


def ranked(indices: Indices, output: int) -> list[int]:
    """The factors that have an index on the output, the largest first."""
    values = indices.values[0, :, output]
    return [int(k) for k in np.argsort(-values, kind="stable") if np.isfinite(values[k])]


def named(indices: Indices, output: int, most: int = MOST_SHOWN) -> list[int]:
    """The first factors of `ranked`, but for those that are next to nothing beside the largest."""
    order = ranked(indices, output)[:most]
    values = indices.values[0, :, output]
    return [k for k in order if values[k] > 0 and values[k] >= LEAST_NAMED * values[order[0]]]


def _of_all_outputs(sample: Sample, progress: Callable[[str], None]) -> dict[Target, Indices]:
    """The indices of every target from the whole sample, worked out group by group."""
    found: dict[Target, Indices] = {}
    for blocks, span in groups(sample.plan.study):
        places = sample.outputs_of(span)
        for target, part in _of_group(sample, blocks):
            if target not in found:
                found[target] = no_indices(part.names, len(part.reasons), sample.output_count)
            found[target].put(places, part)
            progress(target.words)
    return found


def _of_group(sample: Sample, blocks: Sequence[Block]) -> Iterator[tuple[Target, Indices]]:
    """The indices of every target for some blocks: the outputs of a group are let go before those of the next."""
    outputs, rows = sample.outputs(blocks), row_count(sample.plan.study)
    for target in sample.targets:
        yield target, _estimated(sample.plan, outputs.of(target), outputs.size(target), rows)


def _growing(plan: Plan, method: Method) -> Iterator[int]:
    rows = row_count(plan.study)
    if method is not TORNADO:
        yield from (rows // part for part in PARTS if rows // part >= method.least)
        yield rows


def _estimated(plan: Plan, outputs: Array, size: Array, rows: int) -> Indices:
    """The indices from the first rows of the design; `outputs` is (member, output)."""
    design, factors = plan.study.design, len(plan.factors)
    if design.kind == "saltelli":
        return sobol.sobol(outputs.reshape(-1, factors + 2, outputs.shape[1])[:rows], size, design.seed)
    if design.kind == "morris":
        levels = design.levels or DEFAULT_LEVELS["morris"]
        shares = morris_shares(factors, row_count(plan.study), levels, design.seed)
        by_trajectory = outputs.reshape(-1, factors + 1, outputs.shape[1])
        return morris.morris(shares.reshape(-1, factors + 1, factors)[:rows], by_trajectory[:rows], size)
    if design.kind == "one-at-a-time":
        return one_at_a_time.one_at_a_time(plan.numbers, outputs)
    return pawn.pawn(plan.numbers[:rows], outputs[:rows], size)


def _with_delta(analysis: Analysis, standing: Outputs, processes: int, progress: Callable[[str], None]) -> Analysis:
    """Delta beside PAWN: since it costs much, of the shown outputs in the last year, for the first factors alone."""
    plan, places = analysis.plan, analysis.outputs_shown()
    pieces, where = [], []
    for k, found in enumerate(analysis.found):
        last = standing.of(found.target)[:, -len(places) :]
        for output, values in zip(places, last.T, strict=True):
            factors = ranked(found.indices, output)[:MOST_SHOWN]
            mask = np.isfinite(values)
            if factors:
                numbers = plan.numbers[np.ix_(np.flatnonzero(mask), np.asarray(factors))]
                pieces.append(DeltaPiece(numbers, values[mask], plan.study.design.seed))
                where.append((k, factors, output))
    blanks = [np.full((3, *each.indices.values.shape[1:]), np.nan) for each in analysis.found]
    for place, (middle, half) in deltas(pieces, processes):
        k, factors, output = where[place]
        blanks[k][:, factors, output] = middle, middle - half, middle + half
        progress("delta")
    made = [
        replace(each, indices=_joined(each.indices, blank)) for each, blank in zip(analysis.found, blanks, strict=True)
    ]
    return replace(analysis, found=tuple(made))


def _joined(found: Indices, further: Array) -> Indices:
    """The indices with delta, whose value and interval are the three of `further`, as the last."""
    values, low, high = (
        np.concatenate([own, one[None]])
        for own, one in zip((found.values, found.low, found.high), further, strict=True)
    )
    return replace(found, names=(*found.names, "delta"), values=values, low=low, high=high)
