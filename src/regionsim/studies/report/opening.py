"""The question that a report answers, and the answer in a few numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.results.tables import HEADLINES
from regionsim.results.targets import ZONE
from regionsim.studies.report.document import Block, Bullets, Section, Words, bullets, paragraph
from regionsim.studies.report.finished import Finished
from regionsim.studies.report.numbers import attained_count, common_years, differences_of
from regionsim.studies.report.words import foreign, phrase, series
from regionsim.studies.tables.content import Row, headline_table

if TYPE_CHECKING:
    import xarray


def question(found: Sequence[Finished], asked: str) -> Section:
    """What was asked, in the reader's words or in general ones, and what each scenario says it is about."""
    datasets = [each.dataset for each in found]
    abouts = [
        (Words(f"{style.scenario_title(each)}: "), Words(str(each.attrs["about"]), foreign()))
        for each in datasets
        if each.attrs.get("about")
    ]
    blocks: list[Block] = [paragraph(asked or _general(datasets))]
    if abouts:
        blocks += [paragraph(phrase("What the scenarios say of themselves:")), Bullets(tuple(abouts))]
    return Section("question", phrase("Question"), tuple(blocks))


def _general(datasets: Sequence[xarray.Dataset]) -> str:
    first, *others = [style.scenario_title(dataset) for dataset in datasets]
    if not others:
        year = int(datasets[0]["year"].values[-1])
        return phrase("What becomes of the zone by {year} under the scenario {scenario}?", year=year, scenario=first)
    return phrase(
        "What is different in the zone by {year} under {others}, against {first}?",
        year=common_years(datasets)[-1],
        others=series(others),
        first=first,
    )


def summary(datasets: Sequence[xarray.Dataset]) -> Section:
    """What the scenarios reach in the zone at the end, differences against the first, and targets."""
    numbers = _over_time(datasets[0]) if len(datasets) == 1 else _beside_the_first(datasets)
    count = datasets[0].sizes["county"]
    blocks: list[Block] = [
        paragraph(phrase("In the zone of {count} counties, with everything else in the tables below:", count=count)),
        bullets(*numbers, *_targets(datasets)),
    ]
    if any(dataset.sizes["member"] > 1 for dataset in datasets):
        spread = phrase(
            "Of an ensemble the median is given, in brackets the 5th and the 95th percentile; it attains a target "
            "where more than half of its members do."
        )
        blocks.append(paragraph(spread))
    return Section("summary", phrase("Results in short"), tuple(blocks))


def _over_time(dataset: xarray.Dataset) -> list[str]:
    """For each headline where it begins, where it ends, and the change."""
    paper = headline_table(dataset)
    return [
        phrase(
            "{what}: {before} in {first}, {after} in {last}; change {change}\u00a0{unit}{spread}.",
            what=row.title,
            before=row.cells[0].text,
            first=paper.headings[0],
            after=row.cells[-2].text,
            last=paper.headings[-2],
            change=row.cells[-1].middle,
            unit=_change_unit(row),
            spread=row.cells[-1].spread,
        )
        for row in paper.rows
        if row.region == ZONE
    ]


def _beside_the_first(datasets: Sequence[xarray.Dataset]) -> list[str]:
    """For each headline the level of the first scenario in the last year that all have, and what others differ by."""
    papers = differences_of(datasets)
    lines = []
    for name in HEADLINES:
        rows = [next(row for row in paper.rows if (row.region, row.variable) == (ZONE, name)) for paper in papers]
        differences = [each for row in rows for each in row.cells[2::2]]
        said = [
            phrase(
                "{scenario} {change}\u00a0{unit}{spread}",
                scenario=title,
                change=each.middle,
                unit=_change_unit(rows[0]),
                spread=each.spread,
            )
            for title, each in zip(map(style.scenario_title, datasets[1:]), differences, strict=True)
        ]
        lines.append(
            phrase(
                "{what} in {year}: {level} under {first}; against it {differences}.",
                what=rows[0].title,
                year=common_years(datasets)[-1],
                level=rows[0].cells[0].text,
                first=style.scenario_title(datasets[0]),
                differences=series(said),
            )
        )
    return lines


def _targets(datasets: Sequence[xarray.Dataset]) -> list[str]:
    """How many of the plan's targets for the zone each scenario attains."""
    lines = []
    for dataset in datasets:
        attained, wanted = attained_count(dataset, ZONE)
        if wanted:
            title = style.scenario_title(dataset)
            lines.append(
                phrase(
                    "{scenario} attains {attained} of the {wanted} targets that the plan sets the zone in numbers.",
                    scenario=title,
                    attained=attained,
                    wanted=wanted,
                )
            )
    return lines


def _change_unit(row: Row) -> str:
    return phrase("pp") if row.unit == "%" else "%"
