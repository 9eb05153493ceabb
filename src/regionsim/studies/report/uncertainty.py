"""How sure the numbers are: what was drawn for the members of ensembles, and the bands that come of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import numpy as np

from regionsim.figures import style
from regionsim.figures.words import called, label, region_title
from regionsim.results.differences import same_members
from regionsim.results.indicator_catalogue import find_indicator
from regionsim.results.indicators import indicator_array
from regionsim.results.tables import HEADLINES, REGIONS, number_text
from regionsim.scenarios.calibration import shipped_layers
from regionsim.scenarios.drawn import Drawn
from regionsim.studies.model import evidence
from regionsim.studies.report.document import (
    Block,
    Cell,
    Code,
    Column,
    Group,
    Section,
    Table,
    bullets,
    cell,
    paragraph,
    warning,
)
from regionsim.studies.report.finished import Finished
from regionsim.studies.report.words import foreign, phrase, series

MEMBERS_ADVISED = 200


def uncertainty(found: Sequence[Finished]) -> Section:
    """What is known of how far the numbers may be off; plainly none where no result is an ensemble."""
    fans = [each for each in found if each.members > 1]
    single = [each for each in found if each.members == 1]
    blocks: list[Block] = []
    if single:
        blocks += _of_single_runs(single, is_all=not fans)
    for each in fans:
        blocks += [*_drawn(each), _bands(each)]
    if len(fans) > 1:
        blocks.append(paragraph(_pairs(fans)))
    return Section("uncertainty", phrase("Uncertainty"), tuple(blocks))


def _of_single_runs(single: Sequence[Finished], *, is_all: bool) -> list[Block]:
    titles = series([style.scenario_title(each.dataset) for each in single])
    first = (
        phrase("No result of this report is an ensemble: no number in it has a band, and none says how sure it is.")
        if is_all
        else phrase("A single run without a band: {scenarios}.", scenarios=titles)
    )
    how = phrase("An ensemble, whose members draw the parameters from what is believed of them, is run by:")
    lines = [
        f"regionsim run {(each.directory / 'scenario.yaml').as_posix()} --members {MEMBERS_ADVISED}" for each in single
    ]
    return [warning(first), paragraph(how), Code("\n".join(lines))]


def _drawn(each: Finished) -> list[Block]:
    record = each.record or {}
    text = phrase(
        "{scenario}: {count} members, seed {seed}. The first member is the scenario as it is, and counts in no median "
        "or band; for each of the others {drawn} parameters were drawn.",
        scenario=style.scenario_title(each.dataset),
        count=record.get("members", each.members),
        seed=each.dataset.attrs.get("seed", ""),
        drawn=record.get("drawn_parameters", len(each.drawn)),
    )
    drawn_so = [
        *([_qualities(each)] if each.drawn else []),
        _origin(each),
        phrase("Not drawn: parameters of the transport network, shocks, and whatever the scenario itself says."),
    ]
    blocks: list[Block] = [paragraph(text), bullets(*drawn_so)]
    if each.failures:
        number, words = next(iter(each.failures.items()))
        failed = phrase(
            "{count} members failed and are left out of all numbers; the first of them, {number}:",
            count=len(each.failures),
            number=number,
        )
        blocks += [warning(failed), paragraph(words, foreign())]
    return blocks


def _qualities(each: Finished) -> str:
    """How many of the drawn parameters are of which quality, best known first."""
    names = {Drawn.of(key).name for key in each.drawn}
    counts = Counter(evidence()[name].quality for name in names if name in evidence())
    said = [f"{called(quality)} {count}" for quality, count in counts.most_common()]
    return phrase("By quality of the value that the evidence has: {qualities}.", qualities=series(said))


def _origin(each: Finished) -> str:
    layer = None if each.scenario is None else each.scenario.calibration
    if layer is None or layer.name not in shipped_layers():
        return phrase("All are drawn one by one from the ranges beside them, by a Latin hypercube.")
    return phrase(
        "The parameters of the calibration '{layer}' are drawn together from what the data leave of them, all others "
        "one by one from the ranges beside them, by a Latin hypercube.",
        layer=layer.name,
    )


def _bands(each: Finished) -> Table:
    """The headlines of the last year: the scenario as it is, and quantiles over the drawn members."""
    array, alone = indicator_array(each.dataset), indicator_array(each.as_it_is)
    year = int(array["year"].values[-1])
    regions = [region for region in REGIONS if region in array["region"].values]
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    for region in regions:
        for name in HEADLINES:
            indicator = find_indicator(name)
            values = array[name].sel(region=region, year=year).values * indicator.shown_factor
            itself = float(alone[name].sel(region=region, year=year).values[0]) * indicator.shown_factor
            numbers = [itself, *(float(number) for number in np.percentile(values, (5, 50, 95)))]
            title = phrase("{what} ({unit})", what=label(indicator), unit=called(indicator.shown_unit))
            cells = [cell(number_text(number, indicator)) for number in numbers]
            rows.append((region, (cell(title), *cells, cell(_width(numbers)))))
    heads = (phrase("As it is"), "5 %", phrase("Median"), "95 %", phrase("Band, % of the median"))
    return Table(
        phrase("{scenario} in {year}: bands", scenario=style.scenario_title(each.dataset), year=year),
        (Column(phrase("Indicator (unit)"), width=1.8), *(Column(head, "right") for head in heads)),
        tuple(
            Group(region_title(region), tuple(row for _, row in found))
            for region, found in groupby(rows, lambda row: row[0])
        ),
    )


def _width(numbers: Sequence[float]) -> str:
    _, low, middle, high = numbers
    return f"{100 * (high - low) / middle:.1f}" if middle else "n/a"


def _pairs(fans: Sequence[Finished]) -> str:
    first, *others = [indicator_array(each.dataset) for each in fans]
    if all(same_members(first, other) for other in others):
        return phrase(
            "The ensembles have the same draws: differences are taken member by member, so that what is uncertain in "
            "both scenarios alike does not widen the band of their difference."
        )
    return phrase("The ensembles differ in their draws: differences are those of their medians, and have no band.")
