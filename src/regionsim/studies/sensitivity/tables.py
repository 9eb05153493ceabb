"""Indices as tables, a row for each number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.results.blocks import columns
from regionsim.studies.sensitivity.analysis import Analysis, Found, Step
from regionsim.studies.sensitivity.indices import REASONS, Indices
from regionsim.studies.sensitivity.methods import IN_UNITS, quotable

if TYPE_CHECKING:
    import pandas

COLUMNS = ("scenario", "against", "variable", "region_type", "region", "year", "factor", "index", "unit")
ANSWERS = np.array(["", "no", "yes"])


def indices_table(analysis: Analysis) -> pandas.DataFrame:
    """Every index of every output: value with the ends of its interval, what it rests on, why there is none.

    `against` is the scenario from which the difference is taken, empty for a level; `used` the rows, trajectories or
    members that were whole; `quotable` says yes or no, and nothing where there is neither interval nor noise to tell.
    """
    import pandas

    places = range(analysis.sample.output_count)
    return pandas.concat(
        [_rows(analysis, found, found.indices, list(places)) for found in analysis.found], ignore_index=True
    )


def convergence_table(analysis: Analysis) -> pandas.DataFrame:
    """The same of the outputs that stand for their variables, from ever more of the sample (`sampled` rows of it)."""
    import pandas

    years = range(len(analysis.plan.study.years))
    chosen = [analysis.sample.output(each.column, year) for each in analysis.shown for year in years]
    parts = []
    for found in analysis.found:
        for step in found.steps:
            rows = _rows(analysis, found, _placed(step, chosen, analysis.sample.output_count), chosen)
            rows.insert(len(COLUMNS), "sampled", step.rows)
            rows["width"] = rows["high"] - rows["low"]
            parts.append(rows)
    return pandas.concat(parts, ignore_index=True) if parts else pandas.DataFrame(columns=[*COLUMNS, "sampled"])


def _placed(step: Step, chosen: list[int], outputs: int) -> Indices:
    """The indices of a step, which has the chosen outputs only, at the places that these have among all."""
    own = step.indices
    values, low, high = (np.full((*part.shape[:2], outputs), np.nan) for part in (own.values, own.low, own.high))
    used, reasons = np.zeros(outputs, dtype=np.int64), np.zeros((own.reasons.shape[0], outputs), dtype=np.int8)
    values[..., chosen], low[..., chosen], high[..., chosen] = own.values, own.low, own.high
    used[chosen], reasons[:, chosen] = own.used, own.reasons
    return Indices(own.names, values, low, high, used, reasons)


def _rows(analysis: Analysis, found: Found, indices: Indices, places: list[int]) -> pandas.DataFrame:
    """Output by output, factor by factor, index by index; what was not worked out has no row."""
    import pandas

    study = analysis.plan.study
    placed = columns(study.blocks)
    outputs = [(*placed[place % len(placed)], study.years[place // len(placed)]) for place in places]
    factors, names = [factor.key for factor in analysis.plan.factors], indices.names
    inner, count = len(factors) * len(names), len(places)

    def by_output(values: list[object]) -> NDArray[np.generic]:
        return np.repeat(np.asarray(values), inner)

    def flat(values: NDArray[np.generic]) -> NDArray[np.generic]:
        return np.moveaxis(values[..., places], (2, 1, 0), (0, 1, 2)).reshape(-1)

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
            "used": by_output([int(indices.used[place]) for place in places]),
            "quotable": ANSWERS[flat(answers)],
            "reason": np.asarray(REASONS)[flat(reasons)],
        }
    )
    return table[table["value"].notna() | (table["reason"] != "")]
