"""What counts as failing: a condition in words like "forest_cover zone 2025 < 70 %", a target of the plan, a break."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass

import numpy as np

from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.results.targets import TARGETS, Target
from regionsim.scenarios.report import cut, number
from regionsim.studies.discover.boxes import Array, Mask
from regionsim.studies.discover.finished import FinishedSweep
from regionsim.studies.discover.kept import Series, find_series

FAILED = "failed"
FORM = (
    "VARIABLE REGION YEAR [since YEAR] [against SCENARIO] below|above NUMBER [%], like 'forest_cover zone 2025 < 70 %'"
    f", or the word {FAILED}"
)
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
WORDS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
LARGE = 10_000  # from here on thousands are set apart
_CONDITION = re.compile(
    r"(?P<variable>\S+)\s+(?P<region>\S.*?)\s+(?P<year>\d{4})(\s+since\s+(?P<since>\d{4}))?"
    r"(\s+against\s+(?P<against>[\w-]+))?\s*(?P<sign><=|>=|<|>|\bbelow\b|\babove\b)\s*"
    r"(?P<number>[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?)\s*(?P<percent>%)?"
)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A member fails where its value stands as `sign` says to `number`, in the unit of the variable.

    The value is that of a year, less that of the year `since`, less that of the scenario `against`; `relative` divides
    by the size of what it is compared with, so that a debt that shrinks is above 0.
    """

    text: str
    series: Series
    year: int
    since: int | None
    against: str | None
    sign: str
    number: float
    relative: bool = False

    def values(self, sweep: FinishedSweep, scenario: str) -> Array:
        """The values by member; nan where a member has none."""
        value = self._change(sweep, scenario)
        if self.against is not None:
            other = self._change(sweep, self.against)
            value = (value - other) / np.abs(other) if self.relative else value - other
        return value

    def fails(self, values: Array) -> Mask:
        """Which of the values fail."""
        return np.asarray(SIGNS[self.sign](values, self.number), dtype=np.bool_)

    @property
    def factor(self) -> float:
        """Times this, a value is in `unit`."""
        return 100.0 if self.relative or self.series.unit == "share" else 1.0

    @property
    def unit(self) -> str:
        """The unit that values are shown in."""
        if self.series.unit == "share" and not self.relative:
            return "%" if self.since is None and self.against is None else "points"
        return "%" if self.relative else self.series.unit

    @property
    def words(self) -> str:
        """The condition as a reader would say it."""
        change = f", change since {self.since}" if self.since is not None else ""
        change += f", difference from {self.against}" if self.against is not None else ""
        limit = self.number * self.factor
        shown = f"{limit:,.10g}" if abs(limit) >= LARGE else f"{limit:g}"
        measured = f"{self.series.label}, {self.series.region}, {self.year}{change}"
        return f"{measured}: {WORDS[self.sign]} {shown} {self.unit}".rstrip()

    def _change(self, sweep: FinishedSweep, scenario: str) -> Array:
        value = self.series.values(sweep, scenario, self.year)
        if self.since is None:
            return value
        then = self.series.values(sweep, scenario, self.since)
        return (value - then) / np.abs(then) if self.relative and self.against is None else value - then


def read_condition(text: str, sweep: FinishedSweep) -> Condition:
    """The condition that a reader wrote. Raises ProblemsError with all that is wrong or was not kept by the study."""
    found = _CONDITION.fullmatch(text.strip())
    if found is None:
        raise ProblemsError([Problem("--where", 0, "a condition", f"'{cut(text)}'", FORM)])
    against = found["against"]
    problems: list[Problem] = []
    if against is not None and against not in sweep.scenarios:
        nearest = nearest_name(against, sweep.scenarios)
        known = ", ".join(sweep.scenarios)
        problems.append(Problem("--where", 0, f"no scenario '{against}' in the sweep", "", known, nearest))
    year, since = int(found["year"]), int(found["since"]) if found["since"] else None
    years = [year] if since is None else [year, since]
    try:
        series = find_series(sweep, found["variable"], found["region"], years)
    except ProblemsError as error:
        raise ProblemsError([*problems, *error.problems]) from None
    percent, is_share = found["percent"] is not None, series.unit == "share"
    compared = [each for each in (since, against) if each is not None]
    if percent and not is_share and len(compared) != 1:
        what = f"percent of what: '{series.variable}' is in {series.unit}"
        expected = f"a number in {series.unit}, or percent with either 'since' or 'against'"
        problems.append(Problem("--where", 0, what, f"'{cut(text)}'", expected))
    if is_share and not percent and abs(float(found["number"])) > 1:
        what = f"'{series.variable}' is a share, from 0 to 1"
        problems.append(Problem("--where", 0, what, found["number"], "", f"{found['number']} %"))
    if problems:
        raise ProblemsError(problems)
    return Condition(
        text=" ".join(text.split()),
        series=series,
        year=year,
        since=since,
        against=against,
        sign={"below": "<", "above": ">"}.get(found["sign"], found["sign"]),
        number=float(found["number"]) / (100 if percent else 1),
        relative=percent and not is_share,
    )


def target_condition(name: str, region: str, sweep: FinishedSweep) -> Condition:
    """That a target of the plan is missed. Raises ProblemsError for an unknown one, or what the study did not keep."""
    by_name = {target.name: target for target in TARGETS}
    if name not in by_name:
        nearest = nearest_name(name, by_name)
        raise ProblemsError([Problem("--target", 0, f"no target '{cut(name)}'", "", ", ".join(by_name), nearest)])
    return missed(by_name[name], region, sweep)


def missed(target: Target, region: str, sweep: FinishedSweep) -> Condition:
    """The condition that a target is missed in a region. Raises ProblemsError where the study did not keep it."""
    years = [target.year] if target.since is None else [target.year, target.since]
    change = "" if target.since is None else f" since {target.since}"
    return Condition(
        text=f"{target.indicator} {region} {target.year}{change} < {number(round(target.at_least, 12))}",
        series=find_series(sweep, target.indicator, region, years),
        year=target.year,
        since=target.since,
        against=None,
        sign="<",
        number=target.at_least,
    )
