"""The dossier in Markdown: the summary, what fails first, then each test with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionsim.export.markdown import table
from regionsim.studies.dossier.result import Examined, Table

if TYPE_CHECKING:
    from regionsim.studies.dossier.study import Dossier

ORDER = ("fail", "not testable", "pass")
SUMMARY_HEADS = ("outcome", "test", "what was found", "seconds")


def worst_first(examined: tuple[Examined, ...]) -> list[Examined]:
    """Tests that fail, tests that cannot be made, tests that pass; each in the order of the dossier."""
    return sorted(examined, key=lambda each: ORDER.index(each.finding.outcome))


def origin_lines(dossier: Dossier) -> list[str]:
    """What the dossier was made from, in words."""
    return [
        f"{dossier.summary}.",
        f"Made from {len(dossier.scenarios)} scenarios with regionsim {dossier.attributes['version']}, data "
        f"{dossier.attributes['data_hash'][:12]}; {dossier.members} draws of the parameters from the {dossier.origin}, "
        f"seed {dossier.seed}. What was agreed to be a pass stands with each test. A test that fails stays in the "
        "dossier.",
    ]


def markdown_page(dossier: Dossier, figures: str) -> str:
    """The whole dossier; figures are linked from the folder `figures` beside it."""
    rows = [
        (each.finding.outcome, f"[{each.examination.title}](#{_anchor(each)})", each.finding.words[0])
        + (f"{each.seconds:.0f}",)
        for each in worst_first(dossier.examined)
    ]
    lines = ["# Validation dossier", ""]
    for paragraph in origin_lines(dossier):
        lines += [paragraph, ""]
    lines += [table(SUMMARY_HEADS, rows), ""]
    for each in dossier.examined:
        lines += _section(each, figures)
    return "\n".join(lines)


def _section(each: Examined, figures: str) -> list[str]:
    test, found = each.examination, each.finding
    lines = [
        *(f"## {test.title}", "", f"**{found.outcome}** in {each.seconds:.0f} s", ""),
        *(f"- asks: {test.question}", f"- passes: {test.passes}", f"- source: {test.source}", ""),
    ]
    for paragraph in found.words:
        lines += [paragraph, ""]
    for figure in found.illustrations:
        lines += [f"![{figure.caption}]({figures}/{figure.name}.png)", ""]
    for numbers in found.tables:
        lines += [f"### {numbers.title}", "", _table(numbers), ""]
    if found.limits:
        lines += ["What it cannot tell:", "", *(f"- {limit}" for limit in found.limits), ""]
    return lines


def _table(numbers: Table) -> str:
    heads = [column.head for column in numbers.columns]
    return table(
        heads,
        (
            [column.shown(cell).replace("\n", " ") for column, cell in zip(numbers.columns, row, strict=True)]
            for row in numbers.rows
        ),
    )


def _anchor(each: Examined) -> str:
    return each.examination.title.lower().replace(" ", "-")
