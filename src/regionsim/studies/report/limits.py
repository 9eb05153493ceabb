"""What the numbers of a report cannot say: warnings of the runs, what the validation found, what is not modelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from regionsim.figures import style
from regionsim.figures.words import called
from regionsim.place.plan_instruments import load_instruments
from regionsim.scenarios.calibration import ENDING, SHIPPED, shipped_layers
from regionsim.scenarios.measures import load_measures, plan_coverage
from regionsim.scenarios.yaml_reader import read_yaml
from regionsim.studies.check import warnings_of
from regionsim.studies.dossier.summary import Summary, fitting_summary
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.model import known_parameters
from regionsim.studies.report.document import (
    Block,
    Bullets,
    Column,
    Group,
    Section,
    Table,
    Words,
    cell,
    paragraph,
    warning,
)
from regionsim.studies.report.finished import Finished
from regionsim.studies.report.words import chosen, foreign, phrase, series, title_of

SHOWN = 12  # characters of a hash


def limits(found: Sequence[Finished], results: Path) -> Section:
    """Warnings, what validation found failing, how well parameters are known, and what of the plan does not act."""
    first = str(found[0].dataset.attrs.get("data_hash", ""))
    blocks: list[Block] = [
        paragraph(
            phrase(
                "No number of this report is a forecast. It says what follows from the assumptions of a scenario in "
                "this model; differences between scenarios carry further than levels."
            )
        ),
        *_warnings(found),
        *_validation(fitting_summary(results, first), first),
        *_evidence(found),
        *_left_wide(found),
        *_not_modelled(found),
    ]
    return Section("limits", phrase("Limits"), tuple(blocks))


def _warnings(found: Sequence[Finished]) -> list[Block]:
    """Results of other data than the installed ones, and what a scenario says without effect."""
    here = data_hash()
    blocks: list[Block] = []
    said: list[tuple[Words, ...]] = []
    for each in found:
        title, made = style.scenario_title(each.dataset), str(each.dataset.attrs.get("data_hash", ""))
        if made != here:
            other = phrase(
                "{scenario} was run with other data or equations ({made}) than those installed ({installed}): what is "
                "told of parameters, sources and the plan is that of the installed ones.",
                scenario=title,
                made=made[:SHOWN],
                installed=here[:SHOWN],
            )
            blocks.append(warning(other))
        found_in = warnings_of(each.scenario) if each.scenario is not None else []
        said += [(Words(f"{title}: "), Words(one.what.removeprefix("warning: "), foreign())) for one in found_in]
    if said:
        blocks += [
            warning(phrase("Without effect in a scenario, or with another effect than it seems:")),
            Bullets(tuple(said)),
        ]
    return blocks


def _validation(summary: Summary, examined: str) -> list[Block]:
    text = phrase(
        "Of {count} tests of the model in its validation dossier {passed} pass, {failed} fail and {open} cannot be "
        "made (regionsim validate).",
        count=len(summary.tests),
        passed=summary.count("pass"),
        failed=summary.count("fail"),
        open=summary.count("not testable"),
    )
    blocks: list[Block] = [paragraph(text)]
    if summary.data_hash != examined:
        other = phrase(
            "The dossier is of other data or another model ({dossier}) than the first result ({result}).",
            dossier=summary.data_hash[:SHOWN],
            result=examined[:SHOWN],
        )
        blocks.append(warning(other))
    rows = tuple(
        (cell(title_of(test.title)), cell(title_of(test.outcome)), cell(test.words, language=foreign()))
        for test in summary.tests
    )
    columns = (
        Column(phrase("Test"), width=1.2),
        Column(phrase("Outcome"), width=0.6),
        Column(phrase("What was found"), width=3.0),
    )
    return [*blocks, Table(phrase("What the validation found, failures first"), columns, (Group("", rows),))]


def _evidence(found: Sequence[Finished]) -> list[Block]:
    """How many parameters of the first scenario are of which quality."""
    scenario = next((each.scenario for each in found if each.scenario is not None), None)
    if scenario is None:
        return []
    counts = Counter(parameter.quality for parameter in known_parameters(scenario).values())
    said = series([f"{called(quality)} {count}" for quality, count in counts.most_common()])
    text = phrase(
        "Of the {count} parameters of the model so many are of each quality: {qualities}. What is recalled or assumed "
        "was read in no source; its range is wide on purpose.",
        count=sum(counts.values()),
        qualities=said,
    )
    return [paragraph(text)]


def _left_wide(found: Sequence[Finished]) -> list[Block]:
    """The calibrated parameters that the data moved little, as the file of the layer has them."""
    layers = {each.scenario.calibration.name for each in found if each.scenario and each.scenario.calibration}
    rows = [
        (
            cell(name),
            cell(_short(entry["prior"]["central"])),
            cell(_short(entry["value"])),
            cell(phrase("{low} to {high}", low=_short(entry["interval_90"][0]), high=_short(entry["interval_90"][1]))),
            cell(f"{entry['shrinkage']:.3f}"),
        )
        for layer in sorted(layers & set(shipped_layers()))
        for name, entry in _entries(layer)
        if entry.get("flag")
    ]
    if not rows:
        return []
    columns = (
        Column(phrase("Parameter"), width=1.6),
        *(Column(head, "right") for head in (phrase("Evidence"), phrase("Fitted"), phrase("90 % of the draws"))),
        Column(phrase("Shrinkage"), "right", 0.8),
    )
    title = phrase("Calibrated parameters that the data of 2010 and 2020 did not move")
    note = phrase(
        "Shrinkage: the part of the width that was believed before and that the data took away. Results that rest on "
        "these parameters rest on the literature and on judgement."
    )
    return [Table(title, columns, (Group("", tuple(rows)),), (note,))]


def _entries(layer: str) -> list[tuple[str, dict[str, Any]]]:
    return list(read_yaml(SHIPPED / f"{layer}{ENDING}").data["parameters"].items())


def _short(value: float) -> str:
    return f"{value:.3g}"


def _not_modelled(found: Sequence[Finished]) -> list[Block]:
    """What of the plan does not act; row by row for the measures that some scenario switches on."""
    instruments = load_instruments()
    covered = plan_coverage(load_measures(), instruments)
    text = phrase(
        "The plan has {all} instruments. {levers} act in the model by levers and {projects} by transport projects; "
        "{lines} are projects that shorten no travel time, {narrative} are not modelled, and {outside} are goals or "
        "closing words.",
        all=len(instruments),
        levers=len(covered.levers),
        projects=len(covered.projects),
        lines=len(covered.without_saving),
        narrative=len(covered.narrative),
        outside=len(covered.outside),
    )
    on = {name for each in found if each.scenario is not None for name in each.scenario.measures}
    reasons = {**covered.narrative, **covered.without_saving}
    groups = []
    for measure in load_measures():
        rows = [row for row in instruments if row.measure == measure.number and row.row_id in reasons]
        if measure.name in on and rows:
            cells = tuple(
                (cell(row.row_id), cell(chosen(row.item, row.item_zh)), cell(reasons[row.row_id], language=foreign()))
                for row in rows
            )
            groups.append(Group(f"{measure.number} {chosen(measure.title_en, measure.title_zh)}", cells))
    if not groups:
        return [paragraph(text)]
    columns = (
        Column(phrase("Row"), width=0.5),
        Column(phrase("Instrument"), width=1.6),
        Column(phrase("Why nothing in the model carries it"), width=2.4),
    )
    title = phrase("Instruments of the measures that are switched on and yet do not act")
    return [paragraph(text), Table(title, columns, tuple(groups))]
