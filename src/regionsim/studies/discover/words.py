"""A discovery in words: what fails, in which boxes, and how far each is to be believed."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from regionsim.results.plain_text import columns, plain_number
from regionsim.results.targets import REGIONS, TARGETS
from regionsim.studies.discover.boxes import Limit, inside
from regionsim.studies.discover.condition import missed
from regionsim.studies.discover.discover import FEWEST, Discovery, FoundBox
from regionsim.studies.discover.finished import FinishedSweep
from regionsim.studies.discover.halves import ENOUGH_FOR_A_LIMIT
from regionsim.studies.discover.search import MOST_SEARCHED
from regionsim.studies.sweep.factors import Factor

if TYPE_CHECKING:
    from regionsim.problems import Problem

METHOD_NAMES = {"prim": "patient rule induction (PRIM)", "tree": "a classification tree (CART)"}
WIDTH = 110
MOST_VALUES = 5
MAY_BE_CHANCE = "may be chance"


def targets_text(sweep: FinishedSweep) -> str:
    """How many members miss each target of the plan, in each scenario; and what the study lacks for the others."""
    from regionsim.problems import ProblemsError

    rows = [["Members that miss", "region", *sweep.scenarios, "--target, --region"]]
    lacking: list[Problem] = []
    for target in TARGETS:
        for region in REGIONS:
            try:
                condition = missed(target, region, sweep)
            except ProblemsError as error:
                lacking += error.problems
                continue
            cells = []
            for scenario in sweep.scenarios:
                values = condition.values(sweep, scenario)
                values = values[np.isfinite(values)]
                cells.append(f"{int(condition.fails(values).sum())} of {len(values)}")
            least = f"{target.label}: {target.at_least * condition.factor:g} {condition.unit} by {target.year}"
            rows.append([least, region, *cells, f"{target.name} {region}"])
    lines = columns(rows) if len(rows) > 1 else ["No target of the plan can be asked of this sweep."]
    if lacking:
        lines += ["", *(str(problem) for problem in dict.fromkeys(lacking))]
    return "\n".join(lines)


def discovery_text(discovery: Discovery) -> str:
    """The whole discovery for readers; ends without a line break."""
    sweep, fails = discovery.sweep, discovery.fails
    lines = [
        f"When does it fail? {discovery.question.words}",
        f"scenario {discovery.question.scenario}, {sweep.title} (study {sweep.record['study']})",
        "",
        f"{fails.sum()} of {len(fails)} members fail ({percent(fails.sum() / max(len(fails), 1))})."
        + _left_out(discovery),
    ]
    if not discovery.is_enough:
        lines.append(
            f"With fewer than {FEWEST} members that fail, or fewer than {FEWEST} that do not, nothing can be said of "
            "where they lie. A sweep of more members, or a condition nearer to the middle, can tell more."
        )
        return "\n".join(_wrapped(lines))
    count = len(sweep.factors)
    entered = f", of which at most {MOST_SEARCHED} entered a search" if count > MOST_SEARCHED else ""
    lines.append(f"{count} factors were drawn{entered}. Searched by {METHOD_NAMES[discovery.question.method]}.")
    lines = _wrapped(lines)
    for number, found in enumerate(discovery.boxes, start=1):
        lines += ["", *_box(discovery, number, found)]
    if discovery.unsupported is not None:
        lines += ["", *_wrapped([_unsupported(discovery, discovery.unsupported)])]
    if discovery.boxes:
        lines += ["", *_wrapped([_caution(discovery)])]
    return "\n".join(lines)


def limit_words(factor: Factor, limit: Limit) -> str:
    """What a limit says of its factor, in the factor's own unit."""
    if limit.side == "one of":
        return "is " + " or ".join(f"'{factor.said(choice)}'" for choice in limit.choices)
    return f"{limit.side} {amount(factor, bound(factor, limit))}"


def bound(factor: Factor, limit: Limit) -> float:
    """The bound of a limit, moved to the next value inside where a factor has but some values."""
    if not factor.values:
        return limit.bound
    inner = [value for value in factor.choices if (value >= limit.bound) == (limit.side == "at least")]
    inner += [value for value in factor.choices if value == limit.bound]
    if not inner:
        return limit.bound
    return float(min(inner) if limit.side == "at least" else max(inner))


def amount(factor: Factor, number: float) -> str:
    """A number of a factor with its unit; a factor on the evidence is one."""
    return f"{plain(number)} {unit(factor)}".rstrip()


def plain(number: float) -> str:
    """A number with four digits, so that a year is one, or all of those before the point."""
    return plain_number(number, whole_from=10_000)


def unit(factor: Factor) -> str:
    """The unit that a factor's numbers are in, for readers."""
    if factor.prior is None:
        return ""
    if factor.prior.is_factor:
        return "times the evidence"
    return "" if factor.prior.unit == "dimensionless" else factor.prior.unit


def whole_range(factor: Factor, numbers: Sequence[float] | np.ndarray) -> tuple[float, float]:
    """From where to where a factor was drawn: the ends of its range, or of `numbers` where these go beyond."""
    low, high = float(np.min(numbers)), float(np.max(numbers))
    if factor.prior is not None and factor.prior.shape in ("uniform", "triangular"):
        return min(factor.prior.low, low), max(factor.prior.high, high)
    return low, high


def about(factor: Factor) -> str:
    """What a factor is, of a parameter in the words beside it."""
    from regionsim.scenarios.drawn import Drawn
    from regionsim.studies.model import evidence

    if factor.is_lever:
        return "lever of a scenario"
    known = evidence().get(Drawn.of(factor.key).name)
    return known.about if known is not None else ""


def percent(share: float) -> str:
    """A share as whole percent."""
    return f"{100 * share:.0f} %"


def support(found: FoundBox, limit: Limit) -> float:
    """The share of halves that limit this factor on this side."""
    return found.halves.limited.get((limit.factor, limit.side), 0.0)


def _box(discovery: Discovery, number: int, found: FoundBox) -> list[str]:
    fit, halves, all_failing = found.fit, found.halves, int(discovery.fails.sum())
    outside = f" among the {fit.all_members} outside the boxes above" if number > 1 else ""
    of_all = f" ({percent(fit.failing / all_failing)} of all)" if number > 1 else ""
    without = percent(fit.base_rate)
    lines = _wrapped(
        [
            f"Box {number}{outside}: {fit.failing} of the {fit.members} members in it fail (density "
            f"{percent(fit.density)}; without a box {without}). It has {percent(fit.coverage)}{of_all} of the members "
            f"that fail (coverage), and {percent(fit.mass)} of the members (mass).",
            f"Searched in a half of the members and judged in the other, in {halves.count} halves on average: density "
            f"{percent(halves.density)}, coverage {percent(halves.coverage)}; in {percent(halves.denser)} of the "
            "halves denser than without a box.",
        ]
    )
    rows = []
    for limit, share in zip(found.box, found.shares, strict=True):
        factor = discovery.sweep.factors[limit.factor]
        often = support(found, limit)
        doubt = f", {MAY_BE_CHANCE}" if often < ENOUGH_FOR_A_LIMIT else ""
        rows.append(
            [
                f"  {factor.key}",
                limit_words(factor, limit),
                drawn_words(factor, discovery.numbers[:, limit.factor]),
                f"p {share:.1g}",
                f"in {percent(often)} of the halves{doubt}",
            ]
        )
    lines += columns(rows)
    for place in dict.fromkeys(limit.factor for limit in found.box):
        factor = discovery.sweep.factors[place]
        lines += textwrap.wrap(f"{factor.key}: {about(factor)}", WIDTH, initial_indent="  ", subsequent_indent="    ")
        for _, other, correlation in (each for each in found.alike if each[0] == place):
            name = discovery.sweep.factors[other].key
            lines.append(
                f"    moves with {name} (rank correlation {correlation:.2f}): the draws cannot tell them apart"
            )
    return lines


def drawn_words(factor: Factor, numbers: np.ndarray) -> str:
    """What a factor was drawn from."""
    if factor.values:
        values = [plain(value) if isinstance(value, float) else str(value) for value in factor.values]
        if len(values) > MOST_VALUES:
            values = [*values[: MOST_VALUES - 2], "...", values[-1]]
        return "of " + ", ".join(values)
    low, high = whole_range(factor, numbers)
    return f"of {plain(low)} to {plain(high)}"


def _left_out(discovery: Discovery) -> str:
    parts = []
    if discovery.broken:
        parts.append(f"{discovery.broken} broke down")
    if discovery.without_value:
        parts.append(f"{discovery.without_value} have no value")
    return f" {' and '.join(parts)}: left out." if parts else ""


def _unsupported(discovery: Discovery, found: FoundBox) -> str:
    which = "No further box" if discovery.boxes else "No box"
    halves = found.halves
    if not found.box:
        return f"{which}: no limit tells failing members from others better than chance."
    return (
        f"{which} holds. The best has density {percent(found.fit.density)} where it was found, but boxes found in a "
        f"half of the members have {percent(halves.density)} in the other half, where {percent(found.fit.base_rate)} "
        f"fail, and are denser in {percent(halves.denser)} of {halves.count} halves: it may be chance and is not shown."
    )


def _caution(discovery: Discovery) -> str:
    inside_any = np.zeros(len(discovery.fails), dtype=bool)
    for found in discovery.boxes:
        inside_any |= inside(found.box, discovery.numbers)
    left = int((discovery.fails & ~inside_any).sum())
    return (
        f"{left} members fail outside all boxes. A box says where failing members lie among these draws. That is an "
        "association, of ranges that are mostly judgements: neither a cause, nor how likely failing is. p is the quasi "
        "p-value of a limit (Bryant and Lempert 2010), too small by itself; what halves say weighs more."
    )


def _wrapped(lines: Sequence[str]) -> list[str]:
    """The lines broken between words, but not between a number and its %."""
    joined = (line.replace(" %", "\xa0%") for line in lines)
    return [part.replace("\xa0", " ") for line in joined for part in (textwrap.wrap(line, WIDTH) or [""])]
