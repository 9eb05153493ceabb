"""A report put together: all sections in the language of the drawing, built once for every form that is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from regionsim.figures import style
from regionsim.figures.look import Language
from regionsim.results.identity import identity_lines
from regionsim.studies.report.assumptions import assumptions
from regionsim.studies.report.document import Document, Figure, Labels, numbered
from regionsim.studies.report.finished import Finished
from regionsim.studies.report.illustrations import figures_section
from regionsim.studies.report.limits import limits
from regionsim.studies.report.numbers import tables_section, targets_section
from regionsim.studies.report.opening import question, summary
from regionsim.studies.report.origin import origin
from regionsim.studies.report.scenarios import scenarios_section
from regionsim.studies.report.uncertainty import uncertainty
from regionsim.studies.report.words import phrase, series

MOST_NAMED = 3  # scenarios in a title, beside the first


def build_report(
    found: Sequence[Finished],
    results: Sequence[str],
    *,
    language: Language,
    asked: str,
    figures: Sequence[Figure],
    pictures: Mapping[str, Mapping[str, bytes]],
    left_out: Sequence[str],
    results_folder: Path,
) -> Document:
    """The whole report, to be called inside a drawing in its language.

    `results` are the names under which the results were given, `asked` is the question in the reader's words,
    `left_out` names the figures that could not be drawn, and `results_folder` is where a dossier may be.
    """
    datasets = [each.dataset for each in found]
    sections = [
        question(found, asked),
        summary(datasets),
        scenarios_section(found),
        assumptions(found),
        targets_section(datasets),
        figures_section(figures, left_out),
        tables_section(datasets),
        uncertainty(found),
        limits(found, results_folder),
        origin(found, results, asked),
    ]
    return Document(
        title=_title([style.scenario_title(dataset) for dataset in datasets]),
        subtitle=phrase("Scenarios of the Hunan-Jiangxi border cooperation zone, {years}", years=_years(found)),
        language=language,
        labels=labels(),
        sections=numbered([section for section in sections if section is not None]),
        identity=tuple(identity_lines(datasets)),
        about=style.stamp(datasets),
        maker=f"regionsim {datasets[0].attrs.get('version', '')}".strip(),
        pictures=pictures,
    )


def labels() -> Labels:
    """The words of the frame."""
    return Labels(
        contents=phrase("Contents"),
        table=phrase("Table {number}", number="{number}"),
        figure=phrase("Figure {number}", number="{number}"),
        page=phrase("Page {number} of {all}", number="{number}", all="{all}"),
        attached=phrase("attached as {name}", name="{name}"),
    )


def _title(titles: Sequence[str]) -> str:
    first, *others = titles
    if len(others) > MOST_NAMED:
        return phrase("{count} scenarios against {first}", count=len(others), first=first)
    if others:
        return phrase("{others} against {first}", others=series(others), first=first)
    return phrase("Scenario report: {scenario}", scenario=first)


def _years(found: Sequence[Finished]) -> str:
    years = [int(year) for each in found for year in each.dataset["year"].values]
    return phrase("{start} to {end}", start=min(years), end=max(years))
