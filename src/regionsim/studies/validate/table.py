"""Scores as a table, in the terminal and in Markdown: a line for each indicator, then what they rest on, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from regionsim.results.indicator_catalogue import Indicator
from regionsim.results.plain_text import MISSING
from regionsim.studies.validate.assess import COUNTIES, Assessment, Score
from regionsim.studies.validate.benchmarks import Benchmark

HEADS = ("variable", "n", "MAPE", "RMSE", "U", *(benchmark.label for benchmark in Benchmark), "verdict")
FORECAST_ALONE = (
    "Population is scored as a forecast alone: births and deaths of the provinces can be given to a scenario that "
    "starts in 2020 and is run here, not to results already there."
)
BOTH_READINGS = (
    "Population is scored twice: as a forecast, and with births and deaths given that move as those of the two "
    "provinces did (published; of Jiangxi in 2020 recalled). What is left of the error in the second is migration."
)
GIVEN = "births and deaths given"

LEAST_SHOWN = -99.0  # of skill: what is below says only that the benchmark was all but exact
SKILL_NOTE = (
    "Under the name of a benchmark: skill, of the median county; above 0 the model is nearer to what was observed. "
    "U: of Theil (1966), changes since the base year; below 1 is better than no change. n/a: not testable."
)


def score_rows(assessments: Sequence[Assessment], with_given: Sequence[Assessment] = ()) -> list[list[str]]:
    """The cells under HEADS: a row for each indicator over its counties, and for each larger region observed.

    `with_given` are assessments of the run that is given births and deaths; their rows come last and say so.
    """
    rows = [_row(each, group) for each in assessments for group in each.groups]
    return rows + [_row(each, group, GIVEN) for each in with_given for group in each.groups]


def terminal_table(assessments: Sequence[Assessment], with_given: Sequence[Assessment] = ()) -> str:
    """The rows in columns; skill is that of the median county. Ends without a line break."""
    rows = [list(HEADS), *score_rows(assessments, with_given)]
    widths = [max(len(row[k]) for row in rows) for k in range(len(HEADS))]
    lines = []
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        cells[0], cells[-1] = row[0].ljust(widths[0]), row[-1]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def verdict(assessment: Assessment, group: str) -> str:
    """How many benchmarks the model beats, and which not."""
    found = {each.name: each for each in assessment.verdicts if each.region == group}
    verdicts = {benchmark: found[f"beats_{benchmark.value}"] for benchmark in Benchmark}
    testable = [benchmark for benchmark, each in verdicts.items() if each.outcome != "not testable"]
    if not testable:
        return f"not testable: {verdicts[Benchmark.LAST_VALUE].words}"
    lost = [benchmark.label for benchmark in testable if verdicts[benchmark].outcome == "fail"]
    where = " in the median county" if group == COUNTIES else ""
    words = f"beats {len(testable) - len(lost)} of {len(testable)} benchmarks{where}"
    return words + (f"; loses to {', '.join(lost)}" if lost else "")


def remarks(assessments: Sequence[Assessment], with_given: Sequence[Assessment] = ()) -> list[str]:
    """What a reader must know of these scores: what each benchmark rests on, and what could not be tested."""
    said: dict[str, list[str]] = {}
    for each in assessments:
        for benchmark, forecast in each.forecasts.items():
            if benchmark is not Benchmark.LAST_VALUE and forecast.basis:
                said.setdefault(f"{benchmark.label} from {forecast.basis}", []).append(each.indicator.name)
            if forecast.missing:
                part = "in part " if forecast.known.any() else ""
                words = f"{benchmark.label} {part}not testable: {forecast.missing}"
                said.setdefault(words, []).append(each.indicator.name)
    everything = [each.indicator.name for each in assessments]
    lines = [
        f"{'All variables' if names == everything else ', '.join(names)}: {words}." for words, names in said.items()
    ]
    if any(each.indicator.name == "population" for each in assessments):
        lines.append(BOTH_READINGS if with_given else FORECAST_ALONE)
    return lines


def shown(score: Score, indicator: Indicator) -> str:
    """A score as it is printed: shares of errors in percent, errors in the shown unit, n/a where not testable."""
    if math.isnan(score.value):
        return MISSING
    if score.name in ("rmse", "bias"):
        value = score.value * indicator.shown_factor
        unit = "pp" if indicator.unit == "share" else ""
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g} {unit}".rstrip()
    if score.name.endswith("mape"):
        return f"{100 * score.value:.2f} %"
    if "skill" in score.name:
        return f"{score.value:+.2f}" if score.value >= LEAST_SHOWN else f"<{LEAST_SHOWN:.0f}"
    return f"{score.value:.2f}"


def _row(assessment: Assessment, group: str, reading: str = "") -> list[str]:
    indicator, found = assessment.indicator, assessment.scores
    prefix = "median_county_" if group == COUNTIES else ""
    names = ("mape", "rmse", "theil_u", *(f"{prefix}skill_{benchmark.value}" for benchmark in Benchmark))
    label = ", ".join(part for part in (indicator.name, group if group != COUNTIES else "", reading) if part)
    cells = [shown(found[group, name], indicator) for name in names]
    return [label, str(found[group, "rmse"].n), *cells, verdict(assessment, group)]
