"""A finished calibration in the terminal: parameters, fit, and what a reader must know before believing them."""

from __future__ import annotations

from regionsim.results.indicator_catalogue import find_indicator
from regionsim.results.plain_text import aligned, plain_number
from regionsim.scenarios.ranges import short
from regionsim.studies.calibrate.importance import HIGHEST_SHAPE
from regionsim.studies.calibrate.result import Calibrated, Estimate, TargetFit

FEWEST_EFFECTIVE = 100.0
PARAMETER_HEADS = ["parameter", "evidence", "range", "fitted", "90 %", "shrinkage", ""]
FIT_HEADS = ["target", "rows", "RMSE before", "after", "in sigma before", "after"]


def calibration_text(found: Calibrated) -> str:
    """The tables and remarks; ends without a line break."""
    parameters = [PARAMETER_HEADS, *(_parameter(each) for each in found.lasting)]
    if found.passing:
        parameters += [["Fitted beside them, and not in the layer"], *(_parameter(each) for each in found.passing)]
    fits = [FIT_HEADS, *(_fit(each) for each in found.target_fits())]
    if found.study.left_out:
        fits += [["Counties left out of the fit"], *(_fit(each) for each in found.target_fits(left_out=True))]
    return "\n".join([*aligned(parameters, words_last=True), "", *aligned(fits), "", *remarks(found)])


def remarks(found: Calibrated) -> list[str]:
    """Whether the starts agree, what the draws are worth, what broke down, and what the data did not move."""
    lines = [f"Stage {name}: {agree} of {of} starts come to the least cost." for name, agree, of in found.agreeing()]
    posterior = found.posterior
    lines.append(f"{found.study.draws} draws are worth {posterior.effective:.0f} independent ones.")
    if posterior.shape > HIGHEST_SHAPE:
        lines.append(
            f"Warning: intervals are rough, since the weights' tail has the shape {posterior.shape:.2f} "
            f"(above {HIGHEST_SHAPE})."
        )
    if posterior.effective < FEWEST_EFFECTIVE:
        lines.append(
            f"Warning: fewer than {FEWEST_EFFECTIVE:.0f}: more draws are needed for intervals to be relied on."
        )
    broken = sum(fit.broken for fits in found.fits for fit in fits)
    if broken or found.broken_draws:
        lines.append(f"Runs that broke down: {broken} in the fits, {found.broken_draws} of the draws (weight 0).")
    for word in ("not moved by the data", "at the edge of its prior"):
        keys = [each.prior.key for each in found.estimates if word in each.flag]
        if keys:
            lines.append(f"{word.capitalize()}: {', '.join(keys)}.")
    return lines


def _parameter(estimate: Estimate) -> list[str]:
    prior = estimate.prior
    times = "x " if prior.is_factor else ""
    lowest, _, _, highest = estimate.quantiles
    return [
        prior.key,
        f"{times}{plain_number(prior.central)}",
        f"{short(prior.low)} to {short(prior.high)}",
        f"{times}{plain_number(estimate.value)}",
        f"{plain_number(lowest)} to {plain_number(highest)}",
        f"{round(estimate.shrinkage, 2) + 0.0:.2f}",  # no -0.00
        estimate.flag,
    ]


def _fit(fit: TargetFit) -> list[str]:
    indicator = find_indicator(fit.variable)
    errors = [f"{each * indicator.shown_factor:,.4g}" for each in (fit.error_before, fit.error_after)]
    unit = "pp" if indicator.unit == "share" else indicator.unit
    label = f"{fit.variable} ({unit})"
    return [label, str(fit.rows), *errors, f"{fit.sigmas_before:.2f}", f"{fit.sigmas_after:.2f}"]
