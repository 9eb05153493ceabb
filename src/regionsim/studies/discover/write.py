"""What a discovery leaves beside its sweep: boxes, how they were reached, who lies in them, and figures."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from regionsim import __version__
from regionsim.results.whole_directory import check_target, whole_directory
from regionsim.studies.discover.ask import Question
from regionsim.studies.discover.boxes import Box, Limit, inside
from regionsim.studies.discover.discover import Discovery
from regionsim.studies.discover.recorded import found_record
from regionsim.studies.discover.words import bound, discovery_text, drawn_words, limit_words, support, unit

if TYPE_CHECKING:
    import pandas

BOXES, STEPS, MEMBERS, TEXT, RECORD, FIGURES = (
    "boxes.csv", "trajectory.csv", "members.csv", "discovery.txt", "discovery.json", "figures",
)  # fmt: skip
CONTENTS = frozenset({BOXES, STEPS, MEMBERS, TEXT, RECORD, FIGURES})
LIMITS = (
    "box", "factor", "unit", "side", "limit", "words", "drawn_from", "quasi_p", "share_of_halves", "members", "failing",
    "density", "coverage", "coverage_of_all", "mass", "base_rate", "density_in_other_half", "coverage_in_other_half",
    "halves_denser",
)  # fmt: skip
PACKAGES = {"prim": "ema_workbench", "tree": "scikit-learn"}


def directory_of(discovery: Discovery) -> Path:
    """Where a discovery goes: beside the outputs of its sweep."""
    return discovery.sweep.directory / f"discovery-{_slug(discovery.question)}"


def write_discovery(discovery: Discovery, *, figures: bool = True) -> Path:
    """Write boxes.csv (a row for each limit), trajectory.csv, members.csv, discovery.txt, discovery.json and figures/.

    Whole or not at all, in place of an older one of the same question. Raises ProblemsError where the directory holds
    anything else.
    """
    directory = directory_of(discovery)
    check_target(directory, CONTENTS)
    with whole_directory(directory, CONTENTS) as fresh:
        for name, table in ((BOXES, _limits(discovery)), (STEPS, _steps(discovery)), (MEMBERS, _members(discovery))):
            table.to_csv(fresh / name, index=False, float_format="%.12g", lineterminator="\n", encoding="utf-8")
        (fresh / TEXT).write_text(discovery_text(discovery) + "\n", encoding="utf-8", newline="\n")
        record = json.dumps(discovery_record(discovery), indent=2, ensure_ascii=False, allow_nan=False)
        (fresh / RECORD).write_text(record + "\n", encoding="utf-8", newline="\n")
        if figures and discovery.boxes:
            from regionsim.figures.drawings import write_drawings
            from regionsim.figures.files import DEFAULT_FORMATS
            from regionsim.figures.style import drawing
            from regionsim.studies.discover.draw import discovery_drawings

            (fresh / FIGURES).mkdir()
            with drawing():
                write_drawings(discovery_drawings(discovery), fresh / FIGURES, (), DEFAULT_FORMATS)
    return directory


def discovery_record(discovery: Discovery) -> dict[str, Any]:
    """What was asked of which sweep, with which versions, and the numbers of what was found."""
    record = discovery.sweep.record
    return {
        "question": discovery.question.words,
        "condition": discovery.question.text,
        "scenario": discovery.question.scenario,
        "scenario_hash": record["scenarios"][discovery.question.scenario],
        "study": record["study"],
        "design_hash": record["design"]["hash"],
        "data_hash": record["data_hash"],
        "method": discovery.question.method,
        "splits": discovery.splits,
        "seed": discovery.seed,
        "versions": {
            "regionsim": __version__,
            **{name: version(name) for name in ("numpy", "scipy", PACKAGES[discovery.question.method])},
        },
        "members": len(discovery.members),
        "failing": int(discovery.fails.sum()),
        "left_out": {"broken": discovery.broken, "without_value": discovery.without_value},
        "enough_members": discovery.is_enough,
        "boxes": len(discovery.boxes),
        "found": [found_record(found) for found in discovery.boxes],
        "unsupported": None
        if discovery.unsupported is None
        else {
            "limits": [_said(discovery, limit) for limit in discovery.unsupported.box],
            "density": discovery.unsupported.fit.density,
            "density_in_other_half": discovery.unsupported.halves.density,
            "halves_denser": discovery.unsupported.halves.denser,
        },
    }


def _limits(discovery: Discovery) -> pandas.DataFrame:
    import pandas

    rows = []
    for number, found in enumerate(discovery.boxes, start=1):
        fit, halves = found.fit, found.halves
        for limit, share in zip(found.box, found.shares, strict=True):
            factor = discovery.sweep.factors[limit.factor]
            is_bound = limit.side != "one of"
            rows.append(
                (
                    number, factor.key, unit(factor), limit.side, bound(factor, limit) if is_bound else np.nan,
                    limit_words(factor, limit), drawn_words(factor, discovery.numbers[:, limit.factor]), share,
                    support(found, limit), fit.members, fit.failing, fit.density, fit.coverage,
                    fit.failing / int(discovery.fails.sum()), fit.mass, fit.base_rate, halves.density, halves.coverage,
                    halves.denser,
                )
            )  # fmt: skip
    return pandas.DataFrame(rows, columns=list(LIMITS))


def _steps(discovery: Discovery) -> pandas.DataFrame:
    """Every box that a chosen one was chosen from, in the order in which the method made them."""
    import pandas

    names = ("box", "step", "chosen", "factors", "members", "failing", "density", "coverage", "mass", "limits")
    rows = []
    for number, found in enumerate(discovery.boxes, start=1):
        for step, (box, fit) in enumerate(found.row):
            factors = len({limit.factor for limit in box})
            said = "; ".join(_said(discovery, limit) for limit in box)
            rows.append(
                (number, step, int(box == found.box), factors, fit.members, fit.failing, fit.density, fit.coverage,
                 fit.mass, said)
            )  # fmt: skip
    return pandas.DataFrame(rows, columns=list(names))


def _members(discovery: Discovery) -> pandas.DataFrame:
    """Who was looked at: value in the unit of the variable, whether it fails, the first box that it lies in or 0."""
    import pandas

    boxes: list[Box] = [found.box for found in discovery.boxes]
    within = np.zeros(len(discovery.members), dtype=np.intp)
    for number, box in reversed(list(enumerate(boxes, start=1))):
        within[inside(box, discovery.numbers)] = number
    columns = {
        "member": discovery.members,
        "value": discovery.values,
        "fails": discovery.fails.astype(int),
        "box": within,
    }
    return pandas.DataFrame(columns)


def _said(discovery: Discovery, limit: Limit) -> str:
    factor = discovery.sweep.factors[limit.factor]
    return f"{factor.key} {limit_words(factor, limit)}"


def _slug(question: Question) -> str:
    """A name that says what was asked."""
    asked = question.text
    for sign, words in (("<=", "at-most"), (">=", "at-least"), ("<", "below"), (">", "above"), ("%", "percent")):
        asked = asked.replace(sign, f" {words} ")
    asked = re.sub(r"-(?=[\d.])", "minus-", asked)  # else "< -2" and "< 2" have one name
    method = "" if question.method == "prim" else question.method
    return re.sub(r"[^\w.]+", "-", f"{asked} {question.scenario} {method}").strip("-")
