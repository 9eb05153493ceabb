"""A finished sweep in words: the spread of each variable, differences between scenarios, members that failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.results.blocks import Block
from regionsim.results.names import region_name
from regionsim.results.plain_text import columns, plain_number
from regionsim.results.targets import ZONE
from regionsim.studies.sweep.failures import failure_lines
from regionsim.studies.sweep.plan import Plan

if TYPE_CHECKING:
    import pandas

Array = NDArray[np.float64]
# Failed members of each scenario, with their words.
Failures = Sequence[Mapping[int, str]]

MOST_SHOWN = 12
SPREAD = ("p05", "p50", "p95")


def summary(
    plan: Plan, quantiles: Sequence[pandas.DataFrame], differences: Sequence[pandas.DataFrame], failures: Failures
) -> str:
    """Median and range of each variable in the last year, of its differences from the first scenario, and what failed.

    A variable is shown in the zone, or where its spread is largest if it is not known of the zone. Ends without a line
    break.
    """
    study, year = plan.study, plan.study.years[-1]
    names = [scenario.name for scenario in study.scenarios]
    blocks = list({block.variable: block for block in reversed(study.blocks)}.values())[::-1]
    shown = [(block, _widest(block, quantiles, year)) for block in blocks]
    rows = [[f"In {year}", "region", *names]]
    for block, place in shown[:MOST_SHOWN]:
        rows.append([*_heads(block, place), *(_cell(table, block, place, year) for table in quantiles)])
    title = f"{study.title_en} (study {study.name})"
    count = f"{plan.members:,} members, design {study.design.kind}; median (5th to 95th percentile)"
    lines = [title, count, "", *columns(rows)]
    if differences:
        rows = [[f"Against {names[0]}, member by member", "region", *names[1:]]]
        for block, place in shown[:MOST_SHOWN]:
            cells = (_cell(table, block, place, year, signs=True) for table in differences)
            rows.append([*_heads(block, place), *cells])
        lines += ["", *columns(rows)]
    if len(shown) > MOST_SHOWN:
        lines += ["", f"and {len(shown) - MOST_SHOWN} more variables in quantiles.csv"]
    for name, failed in zip(names, failures, strict=True):
        failing = failure_lines(name, plan.factors, plan.numbers, failed)
        lines += ["", *failing] if failing else []
    return "\n".join(lines if any(failures) else [*lines, "", "No member failed."])


def _widest(block: Block, tables: Sequence[pandas.DataFrame], year: int) -> int:
    """The place of the zone in the block, or of the region with the widest spread in any scenario."""
    if ZONE in block.regions:
        return block.regions.index(ZONE)
    widths = np.zeros(len(block.regions))
    for table in tables:
        chosen = _rows(table, block, year)
        width = (chosen["p95"] - chosen["p05"]).to_numpy(dtype=np.float64)
        widths = np.fmax(widths, width)
    return int(np.argmax(widths))


def _rows(table: pandas.DataFrame, block: Block, year: int) -> pandas.DataFrame:
    """The rows of a block in a year, one for each of its regions in their order."""
    is_here = (table["year"] == year) & (table["variable"] == block.variable)
    return table[is_here & table["region_type"].isin(set(block.region_types))]


def _heads(block: Block, place: int) -> list[str]:
    return [f"{block.label} ({block.shown_unit})", region_name(block.regions[place])]


def _cell(table: pandas.DataFrame, block: Block, place: int, year: int, *, signs: bool = False) -> str:
    row = _rows(table, block, year).iloc[place]
    low, middle, high = (float(row[name]) * block.shown_factor for name in SPREAD)
    if signs and low == high == 0:
        return "none"
    lower, mid, upper = (plain_number(value, signed=signs) for value in (low, middle, high))
    text = f"{mid} ({lower} to {upper})"
    return f"{text}, higher in {100 * float(row['higher']):.0f} %" if signs and np.isfinite(middle) else text
