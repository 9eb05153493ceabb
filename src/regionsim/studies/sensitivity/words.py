"""An analysis in words: which factors matter most, what failed, and what may be quoted."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

import numpy as np

from regionsim.results.plain_text import MISSING, columns, plain_number
from regionsim.results.targets import ZONE
from regionsim.studies.sensitivity.analysis import Analysis, Found, named, ranked
from regionsim.studies.sensitivity.factor_words import factor_about, factor_name
from regionsim.studies.sensitivity.indices import REASONS
from regionsim.studies.sensitivity.methods import (
    IN_UNITS,
    MORRIS,
    SAMPLED,
    SOBOL,
    TORNADO,
    WIDEST_EFFECT,
    WIDEST_SHARE,
    WORDS,
    quotable,
    row_count,
)
from regionsim.studies.sensitivity.pawn import noise
from regionsim.studies.sensitivity.sample import Shown
from regionsim.studies.sensitivity.tables import has_all, outputs_in_table
from regionsim.studies.sweep.failures import failure_lines

FIRST = 3  # factors named in the summary
MARK = " !"


def summary(analysis: Analysis) -> str:
    """The first factors of each variable, what failed, and how far the indices have settled.

    Ends without a line break.
    """
    lines = [*_head(analysis), *_first_factors(analysis), *_failed(analysis), *_settled(analysis)]
    return "\n".join([*lines, *_cut(analysis)])


def report(analysis: Analysis) -> str:
    """The summary, then a ranked table of each variable, then what the factors are."""
    lines = [summary(analysis)]
    for found in analysis.found:
        for shown in analysis.shown:
            lines += ["", *_table(analysis, found, shown)]
    lines += ["", "The factors"]
    lines += [f"  {factor_name(each)} ({each.key}): {factor_about(each)}" for each in analysis.plan.factors]
    return "\n".join([*lines, *_made_with(analysis)])


def _head(analysis: Analysis) -> list[str]:
    study, method = analysis.plan.study, analysis.method
    factors = len(analysis.plan.factors)
    rows = f"{row_count(study):,} {method.rows}" if method in (SOBOL, MORRIS) else f"{analysis.plan.members:,} members"
    of_each = f" ({analysis.plan.members:,} members of each scenario)" if method in (SOBOL, MORRIS) else ""
    lines = [
        f"{study.title_en} (study {study.name})",
        f"{method.name}: {factors} {'factor' if factors == 1 else 'factors'}, {rows}{of_each}",
        f"Said of a factor: {method.about}",
    ]
    if method is not TORNADO:
        lines.append("In brackets: the 95 % interval")
    if method is SAMPLED:
        lines.append(_noise(analysis))
    if study.correlations:
        lines.append("Factors were drawn correlated: what two of them share is counted with both.")
    return lines


def _noise(analysis: Analysis) -> str:
    members = analysis.plan.members
    return f"PAWN of a factor that does nothing, with {members:,} members: up to {noise(members)[1]:.2f}"


def _first_factors(analysis: Analysis) -> Iterator[str]:
    year, last = analysis.plan.study.years[-1], analysis.outputs_shown()
    names = [factor_name(each) for each in analysis.plan.factors]
    in_units = analysis.method in (MORRIS, TORNADO)
    labels = [f"{each.label} ({each.effect_unit})" if in_units else each.label for each in analysis.shown]
    width = max(map(len, labels))
    for found in analysis.found:
        yield from ("", f"{found.target.words}, {ZONE}, {year}")
        for shown, label, output in zip(analysis.shown, labels, last, strict=True):
            first = named(found.indices, output, FIRST)
            if analysis.method is SAMPLED:
                first = [k for k in first if quotable(found.indices)[0, k, output] == 1]
            said = [f"{names[k]} {_number(found, k, output, shown)}" for k in first]
            yield f"  {label:<{width}}  {'; '.join(said) or _reason(found, output)}"


def _reason(found: Found, output: int) -> str:
    codes = found.indices.reasons[:, output]
    if not codes.any():
        return "no factor above what chance makes of one that does nothing"
    reason = REASONS[int(codes.max())] or "nothing is known"
    rests = f" ({found.indices.used[output]:,} whole)" if "few" in reason else ""
    return f"no index: {reason}{rests}"


def _number(found: Found, factor: int, output: int, shown: Shown, index: int = 0) -> str:
    """A value with its interval, marked where it is not to be quoted."""
    indices = found.indices
    value, low, high = (float(part[index, factor, output]) for part in (indices.values, indices.low, indices.high))
    if not np.isfinite(value):
        return MISSING
    if indices.names[index] in IN_UNITS:
        factor_shown = shown.block.shown_factor
        text = plain_number(value * factor_shown, 3)
        if np.isfinite(low):
            text += f" ({plain_number(low * factor_shown, 3)} to {plain_number(high * factor_shown, 3)})"
    else:
        text = f"{value:z.2f}" + (f" ({low:z.2f} to {high:z.2f})" if np.isfinite(low) else "")
    return text


def _table(analysis: Analysis, found: Found, shown: Shown) -> list[str]:
    """The first factors on one variable in the last year, with all their indices."""
    output = analysis.sample.output(shown.column, -1)
    order = named(found.indices, output)
    unit = f" ({shown.effect_unit})" if analysis.method in (MORRIS, TORNADO) else ""
    title = f"{shown.label}{unit}, {found.target.words}, {analysis.plan.study.years[-1]}"
    if not order:
        return [title, f"  {_reason(found, output)}"]
    marks = quotable(found.indices)[..., output]
    rows = [["", "", *(WORDS[name] for name in found.indices.names)]]
    for place, factor in enumerate(order, start=1):
        cells = [
            _number(found, factor, output, shown, index) + (MARK if marks[index, factor] == 0 else "")
            for index in range(len(found.indices.names))
        ]
        rows.append([f"{place}", factor_name(analysis.plan.factors[factor]), *cells])
    lines = columns(rows)
    more = len(ranked(found.indices, output)) - len(order)
    if more:
        lines.append(f"and {more} more, of less weight (sensitivity.csv)")
    if analysis.method is SOBOL:
        alone = float(found.indices.values[1, :, output].sum())
        lines.append(f"First order of all factors together: {alone:.2f}; what is missing to 1 is their interactions.")
    return [title, *(f"  {line}" for line in lines)]


def _failed(analysis: Analysis) -> Iterator[str]:
    """Members that failed, where they lie, and what was left out for them."""
    sample, plan = analysis.sample, analysis.plan
    scenarios = [scenario.name for scenario in plan.study.scenarios]
    for name, failed in zip(scenarios, sample.failures, strict=True):
        lines = failure_lines(name, plan.factors, plan.numbers, failed)
        if lines:
            yield from ("", *lines)
    if not any(sample.failures):
        yield from ("", "No member failed.")
    elif analysis.method in (SOBOL, MORRIS):
        all_rows = row_count(plan.study)
        for found in analysis.found:
            left = int(found.indices.used.max())
            whole = f"{all_rows - left:,} of {all_rows:,} {analysis.method.rows}"
            yield f"{found.target.words}: {whole} are left out, a member of each having failed."
        yield "The indices are those of the part of the ranges in which the model runs."


def _settled(analysis: Analysis) -> Iterator[str]:
    """How wide the intervals are, and how much the indices moved when the sample was doubled."""
    if analysis.method is TORNADO:
        return
    marks = np.concatenate(
        [
            quotable(found.indices)[0][named(found.indices, output), output]
            for found in analysis.found
            for output in analysis.outputs_shown()
        ]
    )
    known = int(np.isfinite(marks).sum())
    if not known:
        return
    doubtful = int((marks == 0).sum())
    if analysis.method is SAMPLED:
        yield f"{known - doubtful} of {known} PAWN indices are above what chance makes of a factor that does nothing."
        return
    bound = f"{WIDEST_SHARE:g}" if analysis.method is SOBOL else f"{WIDEST_EFFECT:.0%} of the largest effect"
    name = "total-order indices" if analysis.method is SOBOL else "mean effects"
    text = f"Of {known} {name} in the tables, {doubtful} have an interval wider than {bound}, and are not to be quoted"
    yield f"{text} (marked{MARK} in sensitivity.txt)." if doubtful else f"{text}."
    moved = [_moved(found) for found in analysis.found if len(found.steps) > 1]
    if moved and analysis.method is SOBOL:
        rows = analysis.found[0].steps[-2].rows
        yield f"Doubling the sample from {rows:,} rows moved no index by more than {max(moved):.2f} (convergence.csv)."


def _cut(analysis: Analysis) -> Iterator[str]:
    """What the table leaves out."""
    if has_all(analysis):
        return
    shown = len(outputs_in_table(analysis))
    count = f"{analysis.sample.output_count:,} outputs"
    yield f"The indices of {count} of each scenario and difference are too many for a table:"
    yield f"sensitivity.csv has those of the {shown:,} that stand for their variables, sensitivity.nc has them all."


def _moved(found: Found) -> float:
    before, after = (step.indices.values[0] for step in found.steps[-2:])
    known = np.isfinite(before) & np.isfinite(after)
    return float(np.abs(after - before)[known].max(initial=0.0))


def _made_with(analysis: Analysis) -> list[str]:
    return ["", f"Made with SALib {version('SALib')}."] if analysis.method.needs_salib else []
