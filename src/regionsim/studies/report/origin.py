"""How to get the numbers of a report again: hashes, versions, seeds, commands, and the scenarios as they ran."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence

from regionsim.figures import style
from regionsim.figures.words import in_chinese
from regionsim.results.write import SCENARIO
from regionsim.studies.report.document import (
    Attachment,
    Block,
    Code,
    Column,
    Group,
    Section,
    Table,
    cell,
    paragraph,
    spans,
)
from regionsim.studies.report.finished import Finished
from regionsim.studies.report.words import phrase

UNKNOWN = "n/a"


def origin(found: Sequence[Finished], results: Sequence[str], asked: str) -> Section:
    """The identity of each run, what is typed to run it and to make the report, and each scenario as a file."""
    options = [*(["--lang", "zh"] if in_chinese() else []), *(["--question", asked] if asked else [])]
    made = shlex.join(["regionsim", "report", *results, *options])
    blocks: list[Block] = [
        *map(_table, spans(found)),
        paragraph(phrase("The runs and this report are made again by:")),
        Code("\n".join([*(_command(each) for each in found), made])),
        paragraph(
            phrase(
                "The report carries these hashes in its own record: regionsim audit, with the name of its file, finds "
                "the results, runs them again, and says whether they give the same."
            )
        ),
    ]
    kept = [each for each in found if each.scenario is not None]
    if kept:
        blocks.append(paragraph(phrase("The scenarios as they ran, with all that they extend:")))
    blocks += [_attachment(each) for each in kept]
    return Section("origin", phrase("How to get the same again"), tuple(blocks))


def _table(found: Sequence[Finished]) -> Table:
    titles = [style.scenario_title(each.dataset) for each in found]
    rows: list[tuple[str, Callable[[Finished], str]]] = [
        (phrase("Scenario"), lambda each: each.name),
        (phrase("Hash of the scenario"), lambda each: str(each.dataset.attrs.get("scenario_hash", UNKNOWN))),
        (phrase("Hash of data and model"), lambda each: str(each.dataset.attrs.get("data_hash", UNKNOWN))),
        (phrase("Seed"), lambda each: str(each.dataset.attrs.get("seed", UNKNOWN))),
        (phrase("Versions"), _versions),
        (phrase("Largest residual of a ledger"), _residual),
    ]
    return Table(
        phrase("The runs that this report shows"),
        (Column("", width=0.9), *(Column(title) for title in titles)),
        (Group("", tuple((cell(head), *(cell(text(each)) for each in found)) for head, text in rows)),),
    )


def _attachment(each: Finished) -> Attachment:
    assert each.scenario is not None
    return Attachment(f"{each.name}.yaml", style.scenario_title(each.dataset), each.scenario.resolved_yaml())


def _command(each: Finished) -> str:
    words = ["regionsim run", shlex.quote((each.directory / SCENARIO).as_posix())]
    if each.members > 1:
        record = each.record or {}
        words += [f"--members {record.get('members', each.members)}", f"--seed {each.dataset.attrs.get('seed', 0)}"]
        if "engine" in record:
            words.append(f"--engine {record['engine']}")
    return " ".join(words)


def _versions(each: Finished) -> str:
    if each.record is None:
        return f"regionsim {each.dataset.attrs.get('version', UNKNOWN)}"
    versions = dict(each.record["versions"])
    first = ("regionsim", "python", "numpy", "scipy")
    return ", ".join(f"{name} {versions[name]}" for name in first if name in versions)


def _residual(each: Finished) -> str:
    residuals = (each.record or {}).get("largest_ledger_residuals", {})
    return f"{max(residuals.values()):.1e}" if residuals else UNKNOWN
