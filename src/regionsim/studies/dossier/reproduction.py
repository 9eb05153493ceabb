"""Behaviour reproduction: how a run scores against what was observed, for each indicator and county."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from regionsim.place.counties import load_counties
from regionsim.studies.dossier.result import Cell, Column, Finding, Table, passed
from regionsim.studies.validate.assess import COUNTIES, Assessment
from regionsim.studies.validate.benchmarks import Benchmark
from regionsim.studies.validate.table import remarks

if TYPE_CHECKING:
    from regionsim.studies.validate.study import Validation

SPLIT = ("bias_share", "variance_share", "covariance_share")
SKILLS = tuple(f"skill_{benchmark.value}" for benchmark in Benchmark)
OF_REGION = ("rmse", "mape", "theil_u", *SPLIT, *SKILLS)


def reproduction(validation: Validation) -> Finding:
    """All scores of a run against observations, as assessed: a pass is a pass of every verdict that can be given."""
    assessments = validation.assessments
    verdicts = [each for assessment in assessments for each in assessment.verdicts]
    testable = [each for each in verdicts if each.outcome != "not testable"]
    failing = [each for each in testable if each.outcome == "fail"]
    scored = sum(len(each.pairs) for each in assessments)
    words = (
        f"{len(testable) - len(failing)} of {len(testable)} verdicts pass over {scored} observations of "
        f"{len(assessments)} indicators; {len(verdicts) - len(testable)} are not testable.",
        *remarks(assessments, validation.with_given),
    )
    tables = (
        Table(
            "Verdicts, those that fail first",
            (Column("indicator"), Column("region"), Column("asks"), Column("outcome"), Column("numbers")),
            tuple(
                (each.variable, each.region, each.name.replace("_", " "), each.outcome, each.words)
                for each in sorted(verdicts, key=lambda each: ("fail", "pass", "not testable").index(each.outcome))
            ),
        ),
        Table("Over all counties, and larger regions that were observed", _columns("region"), _together(assessments)),
        *(
            (Table("With births and deaths given", _columns("region"), _together(validation.with_given)),)
            if validation.with_given
            else ()
        ),
        *(Table(f"{each.indicator.label} by county", _columns("county"), _by_county(each)) for each in assessments),
    )
    return Finding(
        passed(not failing) if testable else "not testable",
        words,
        tables,
        limits=("A skill of the counties together is that over all rows; verdicts ask for that of the median county.",),
    )


def _columns(of: str) -> tuple[Column, ...]:
    return (
        *(Column("indicator"), Column(of), Column("n"), Column("RMSE", "", ",.4g"), Column("unit")),
        *(Column("MAPE", "%", ".2f"), Column("Theil's U", "", ".2f")),
        *(Column(f"share of {part.removesuffix('_share')}", "", ".2f") for part in SPLIT),
        *(Column(f"skill, {benchmark.label}", "", "+.2f") for benchmark in Benchmark),
    )


def _together(assessments: Sequence[Assessment]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(_row(each, group, group) for each in assessments for group in each.groups)


def _by_county(assessment: Assessment) -> tuple[tuple[Cell, ...], ...]:
    names = {county.code: county.name for county in load_counties()}
    return tuple(_row(assessment, code, names[code]) for code in names if (code, "rmse") in assessment.scores)


def _row(assessment: Assessment, region: str, shown: str) -> tuple[Cell, ...]:
    indicator = assessment.indicator
    found = {name: assessment.scores[region, name].value for name in OF_REGION}
    numbers: list[Cell] = [None if math.isnan(found[name]) else found[name] for name in OF_REGION[2:]]
    label = "all counties together" if region == COUNTIES else shown
    return (
        *(indicator.name, label, assessment.scores[region, "rmse"].n),
        *(found["rmse"] * indicator.shown_factor, indicator.shown_unit, 100 * found["mape"], *numbers),
    )
