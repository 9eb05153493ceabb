"""A finished attribution in words: measures by what they contribute, and pairs that help or hinder each other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from regionsim.results.blocks import Block
from regionsim.results.names import region_name
from regionsim.results.plain_text import aligned, plain_number
from regionsim.results.tables import HEADLINES
from regionsim.results.targets import ZONE
from regionsim.studies.attribute.game import pairs
from regionsim.studies.attribute.run import Attribution
from regionsim.studies.attribute.subsets import player_titles

MOST_VARIABLES, MOST_MEASURES, MOST_PAIRS = 6, 10, 4
SMALL = 0.005  # of the largest contribution: what is below is named together


def attribution_text(attribution: Attribution) -> str:
    """What each measure contributes to the headline results of the last year in the zone. Ends without a line break."""
    study = attribution.study
    if study.kind == "exact":
        how = f"all {1 << len(study.players):,} subsets of {len(study.players)} measures"
    else:
        how = f"{study.orders:,} orders of {len(study.players)} measures at random, with 95 % intervals"
    lines = [f"{study.title_en} (attribution {study.name})", f"Shapley values from {how}: {attribution.runs:,} runs"]
    if study.held:
        lines.append(f"On throughout: {', '.join(name.split('-')[0] for name in study.held)}")
    for place, block, region in shown_results(attribution):
        lines += ["", *_result(attribution, place, block, region)]
    lines += ["", "Contributions are means over all orders in which measures can be switched on; they add up to the"]
    lines += [f"difference to {rest_in_words(attribution)}. Together: what two change beyond what each does alone."]
    return "\n".join(lines)


def shown_results(attribution: Attribution) -> Iterator[tuple[int, Block, int]]:
    """Column, block and region of what is told: headline results, else the first; the zone where it is kept."""
    blocks = attribution.study.blocks
    begins = np.cumsum([0, *(len(block.regions) for block in blocks)])
    names = [block.variable for block in blocks]
    wanted = [name for name in HEADLINES if name in names]
    wanted += [name for name in dict.fromkeys(names) if name not in wanted]
    for name in wanted[:MOST_VARIABLES]:
        k = names.index(name)
        region = blocks[k].regions.index(ZONE) if ZONE in blocks[k].regions else 0
        yield int(begins[k]) + region, blocks[k], region


def changes_unit(block: Block) -> str:
    """The unit of differences: shares differ in percentage points."""
    return "points" if block.unit == "share" else block.shown_unit


def rest_in_words(attribution: Attribution) -> str:
    """The largest rest that contributions leave, against the size of the result."""
    size = np.maximum(np.abs(attribution.before), np.abs(attribution.after))
    share = np.divide(np.abs(attribution.rest), size, out=np.zeros_like(size), where=size > 0)
    return f"{np.nanmax(share, initial=0.0):.0e} of the result"


def _result(attribution: Attribution, place: int, block: Block, region: int) -> list[str]:
    study, factor = attribution.study, block.shown_factor
    before, after = (float(values[-1, place]) * factor for values in (attribution.before, attribution.after))
    where = f"{region_name(block.regions[region])}, {study.years[-1]}"
    head = f"{block.label} ({block.shown_unit}), {where}: {plain_number(before)} without, "
    unit = f" {changes_unit(block)}" if block.unit == "share" else ""
    lines = [f"{head}{plain_number(after)} with, difference {_signed(after - before)}{unit}"]
    values, low, high = (
        part[:, -1, place] * factor
        for part in (attribution.contributions.values, attribution.contributions.low, attribution.contributions.high)
    )
    order = np.argsort(-np.abs(values), kind="stable")
    large = [k for k in order[:MOST_MEASURES] if abs(values[k]) >= SMALL * abs(values[order[0]]) and values[k] != 0]
    rows = [["  contribution", "", "alone", "last", ""]] if large else []
    for k in large:
        others = (part[k, -1, place] * factor for part in (attribution.alone, attribution.last))
        interval = "" if study.kind == "exact" else f"({_signed(low[k])} to {_signed(high[k])})"
        rows.append([f"  {_signed(values[k])}", interval, *map(_signed, others), player_titles(study.players[k])[0]])
    rest = [k for k in order if k not in large]
    if rest:
        rows.append([f"  {_signed(float(values[rest].sum()))}", "", "", "", f"{len(rest)} others together"])
    return [*lines, *aligned(rows), *_pairs(attribution, place, factor)]


def _pairs(attribution: Attribution, place: int, factor: float) -> list[str]:
    """The pairs whose interaction is largest, of those whose interval leaves no doubt of the sign."""
    found, players = attribution.interactions, attribution.study.players
    both = pairs(len(players))
    if not both:
        return []
    values, low, high = (part[:, -1, place] * factor for part in (found.values, found.low, found.high))
    sure = [k for k in np.argsort(-np.abs(np.nan_to_num(values))) if low[k] * high[k] > 0][:MOST_PAIRS]
    said = [f"{players[both[k][0]].name} with {players[both[k][1]].name} {_signed(values[k])}" for k in sure]
    return [f"  together: {'; '.join(said)}"] if said else []


def _signed(value: float) -> str:
    return plain_number(value, 3, signed=True)
