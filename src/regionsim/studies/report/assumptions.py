"""The section of what scenarios assume otherwise than the base."""

from __future__ import annotations

from collections.abc import Sequence

from regionsim.figures import style
from regionsim.figures.words import called
from regionsim.studies.report.assumption import Assumption, Kind
from regionsim.studies.report.document import (
    Block,
    Cell,
    Column,
    Group,
    Section,
    Table,
    cell,
    paragraph,
    spans,
    warning,
)
from regionsim.studies.report.finished import Finished
from regionsim.studies.report.said_measures import measures_said
from regionsim.studies.report.said_parameters import parameters_said
from regionsim.studies.report.said_terms import border_said, compensation_said, transport_said
from regionsim.studies.report.words import bracketed, phrase, series

MOST_BESIDE = 3  # scenarios in one table: more do not fit a page


def kinds_of(found: Sequence[Finished]) -> list[Kind]:
    """All that some scenario assumes otherwise than the base, kind by kind; kinds without a row are left out."""
    scenarios = {each.name: each.scenario for each in found if each.scenario is not None}
    kinds = [
        measures_said(scenarios),
        border_said(scenarios),
        compensation_said(scenarios),
        transport_said(scenarios),
        *parameters_said(scenarios),
    ]
    return [kind for kind in kinds if kind.rows]


def assumptions(found: Sequence[Finished]) -> Section:
    """What differs from the base, with value there and here, unit, range, quality and source."""
    kinds = kinds_of(found)
    differing = {name for kind in kinds for row in kind.rows for name in row.values}
    shown = [each for each in found if each.name in differing]
    blocks: list[Block] = [
        paragraph(
            phrase(
                "The base is the model without the action plan: no measure, the border, agreements and transport as "
                "they stood in 2020, and parameters as the calibration has them. Listed is what a scenario says "
                "otherwise."
            )
        )
    ]
    unknown = [style.scenario_title(each.dataset) for each in found if each.scenario is None]
    if unknown:
        text = phrase(
            "Not known of {scenarios}: no scenario that fits the hash of the result stands beside it.",
            scenarios=series(unknown),
        )
        blocks.append(warning(text))
    plain = [style.scenario_title(each.dataset) for each in found if each.scenario and each.name not in differing]
    if plain:
        blocks.append(paragraph(phrase("Says nothing beyond the base: {scenarios}.", scenarios=series(plain))))
    blocks += [_table(span) for span in spans(shown, MOST_BESIDE)]
    return Section("assumptions", phrase("Assumptions that differ from the base"), tuple(blocks))


def _table(shown: Sequence[Finished]) -> Table:
    titles = [style.scenario_title(each.dataset) for each in shown]
    names = [each.name for each in shown]
    groups = [
        Group(bracketed(kind.title, kind.unit), tuple(_row(row, names) for row in kind.rows))
        for kind in kinds_of(shown)
    ]
    return Table(
        title=phrase("What is assumed otherwise than in the base: {scenarios}", scenarios=series(titles)),
        columns=(
            Column(phrase("Assumption (unit)"), width=2.6),
            Column(phrase("In the base"), width=1.2),
            *(Column(title, width=1.4) for title in titles),
            Column(phrase("Range"), width=0.9),
            Column(phrase("Quality, source and reasons"), width=2.0),
        ),
        groups=tuple(groups),
        notes=(
            phrase(
                "Range: what is believed of a parameter, or what a scenario may say of a lever. Quality and source are "
                "those of the value in the base; of a measure, of what the plan says. How strong a measure acts is an "
                "assumption in every scenario."
            ),
        ),
    )


def _row(row: Assumption, names: Sequence[str]) -> tuple[Cell, ...]:
    return (
        cell(bracketed(row.title.text, row.unit), row.detail, language=row.title.language),
        cell(row.base),
        *(cell(row.values.get(name, row.base)) for name in names),
        cell(row.range),
        cell(called(row.quality), row.source, *row.reasons),
    )
