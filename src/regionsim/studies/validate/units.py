"""Values that cannot be in the unit of indicators.csv: refused, since every score of them would be nonsense."""

from __future__ import annotations

from collections.abc import Sequence

from regionsim.problems import Problem, ProblemsError
from regionsim.results.indicator_catalogue import OUTPUT_UNIT, PER_PERSON_UNIT, Indicator
from regionsim.studies.validate.observations import Observation
from regionsim.studies.validate.pairs import Levels, by_indicator, is_balance, is_share

HIGHEST_SHARE = 1.5
# No county and no part of a province changes by such a factor from the base year on: beyond it is another unit, or
# another region. Land and people are slower than money, and visits, works or payments may begin from next to nothing.
MOST_CHANGE = {"person": 7.0, "ha": 7.0, "year": 7.0, OUTPUT_UNIT: 50.0, PER_PERSON_UNIT: 50.0}
MOST_CHANGE_OF_OTHERS = 500.0


def check_units(file: str, observations: Sequence[Observation], levels: Levels) -> None:
    """Raise ProblemsError for values that are certainly in another unit: one line for each variable, the first row."""
    problems = []
    for indicator, rows in by_indicator(observations).items():
        wrong = [(row, expected) for row in rows if (expected := _expected(indicator, row, levels))]
        if wrong:
            first, expected = wrong[0]
            more = f" ({len(wrong)} rows of {indicator.name} like this)" if len(wrong) > 1 else ""
            what = f"{indicator.name} of {first.region} in {first.year} cannot be in the unit of indicators.csv"
            problems.append(Problem(file, first.line, what, f"{first.value:g}{more}", expected))
    if problems:
        raise ProblemsError(problems)


def _expected(indicator: Indicator, row: Observation, levels: Levels) -> str:
    """What should stand there, in words; empty where the value can be."""
    if is_balance(indicator):
        return ""
    if is_share(indicator):
        return "" if 0 <= row.value <= HIGHEST_SHARE else "a share from 0 to 1, not percent"
    if row.value < 0:
        return f"0 or more ({indicator.unit})"
    base = levels.base(indicator, row.region)
    most = MOST_CHANGE.get(indicator.unit, MOST_CHANGE_OF_OTHERS)
    if base <= 0 or row.value == 0 or 1 / most <= row.value / base <= most:
        return ""
    return f"a value nearer to the {base:,.6g} of {levels.base_year} ({indicator.unit})"
