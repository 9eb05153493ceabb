"""Indices as tables, a row for each number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.results.blocks import columns
from regionsim.studies.sensitivity.analysis import Analysis, Found
from regionsim.studies.sensitivity.indices import REASONS, Indices
from regionsim.studies.sensitivity.methods import IN_UNITS, quotable
from regionsim.studies.sweep.report import MOST_ROWS

if TYPE_CHECKING:
    import pandas

COLUMNS = ("scenario", "against", "variable", "region_type", "region", "year", "factor", "index", "unit")
ANSWERS = np.array(["", "no", "yes"])


def indices_table(analysis: Analysis) -> pandas.DataFrame:
    """The indices of every output: value with the ends of its interval, what it rests on, why there is none.

    `against` is the scenario from which the difference is taken, empty for a level; `used` the rows, trajectories or
    members that were whole; `quotable` says yes or no, and nothing where there is neither interval nor noise to tell.
    Where there are too many for a table, it has the outputs of `outputs_in_table`.
    """
    import pandas

    places = outputs_in_table(analysis)
    return pandas.concat(
        [_rows(analysis, found, found.indices.of(places), places) for found in analysis.found], ignore_index=True
    )


def outputs_in_table(analysis: Analysis) -> list[int]:
    """The outputs that the table has room for: all, else those that stand for their variables, in all years or one."""
    everything = list(range(analysis.sample.output_count))
    wanted = (everything, _standing(analysis))
    return next((each for each in wanted if _fits(analysis, len(each))), analysis.outputs_shown())


def has_all(analysis: Analysis) -> bool:
    """Whether the table has every output."""
    return len(outputs_in_table(analysis)) == analysis.sample.output_count


def convergence_table(analysis: Analysis) -> pandas.DataFrame:
    """The same of the outputs that stand for their variables, from ever more of the sample (`sampled` rows of it)."""
    import pandas

    standing = _standing(analysis)
    steps = len(analysis.found[0].steps)
    chosen = standing if _fits(analysis, steps * len(standing)) else analysis.outputs_shown()
    within = [standing.index(output) for output in chosen]
    parts = []
    for found in analysis.found:
        for step in found.steps:
            rows = _rows(analysis, found, step.indices.of(within), chosen)
            rows.insert(len(COLUMNS), "sampled", step.rows)
            rows["width"] = rows["high"] - rows["low"]
            parts.append(rows)
    return pandas.concat(parts, ignore_index=True) if parts else pandas.DataFrame(columns=[*COLUMNS, "sampled"])


def _standing(analysis: Analysis) -> list[int]:
    """The outputs that stand for their variables, in every year; `Step.indices` are of them."""
    years = range(len(analysis.plan.study.years))
    return [analysis.sample.output(each.column, year) for each in analysis.shown for year in years]


def _fits(analysis: Analysis, outputs: int) -> bool:
    """Whether a table has room for all indices of so many outputs of each target."""
    return len(analysis.found) * analysis.found[0].indices.values[..., 0].size * outputs <= MOST_ROWS


def _rows(analysis: Analysis, found: Found, indices: Indices, places: list[int]) -> pandas.DataFrame:
    """Output by output, factor by factor, index by index; what was not worked out has no row.

    `indices` are of the outputs at these `places` among all.
    """
    import pandas

    study = analysis.plan.study
    placed = columns(study.blocks)
    outputs = [(*placed[place % len(placed)], study.years[place // len(placed)]) for place in places]
    factors, names = [factor.key for factor in analysis.plan.factors], indices.names
    inner, count = len(factors) * len(names), len(places)

    def by_output(values: list[object]) -> NDArray[np.generic]:
        return np.repeat(np.asarray(values), inner)

    def flat(values: NDArray[np.generic]) -> NDArray[np.generic]:
        return np.moveaxis(values, (2, 1, 0), (0, 1, 2)).reshape(-1)

    units = [block.unit for block, _, _ in outputs]
    in_units = np.tile([name in IN_UNITS for name in names], len(factors) * count)
    answers = np.nan_to_num(quotable(indices), nan=-1.0).astype(np.int64) + 1
    reasons = np.broadcast_to(indices.reasons, indices.values.shape)
    table = pandas.DataFrame(
        {
            "scenario": found.target.scenario,
            "against": found.target.against,
            "variable": by_output([block.variable for block, _, _ in outputs]),
            "region_type": by_output([block.region_types[place] for block, place, _ in outputs]),
            "region": by_output([block.regions[place] for block, place, _ in outputs]),
            "year": by_output([year for _, _, year in outputs]),
            "factor": np.tile(np.repeat(factors, len(names)), count),
            "index": np.tile(names, len(factors) * count),
            "unit": np.where(in_units, by_output(list(units)), "1"),
            "value": flat(indices.values),
            "low": flat(indices.low),
            "high": flat(indices.high),
            "used": by_output(indices.used.tolist()),
            "quotable": ANSWERS[flat(answers)],
            "reason": np.asarray(REASONS)[flat(reasons)],
        }
    )
    return table[table["value"].notna() | (table["reason"] != "")]
