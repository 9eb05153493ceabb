"""The shipped calibration: is it the optimum of its study still, and which parameters did the data say nothing of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from regionsim.scenarios.calibration import LayerEntry
from regionsim.studies.calibrate.fit import Aim
from regionsim.studies.calibrate.held_out import refitted
from regionsim.studies.calibrate.result import UNMOVED, WEAK
from regionsim.studies.calibrate.scores import Scores
from regionsim.studies.calibrate.targets import Rows
from regionsim.studies.dossier.result import Column, Finding, Table, passed
from regionsim.studies.dossier.setting import Setting
from regionsim.studies.dossier.shipped import Shipped

# A step to the optimum that is shorter, in standard deviations of the posterior, is none.
MOST_STEP = 0.1


def shipped_calibration(setting: Setting) -> Finding:
    """Ask the data once more at the shipped values: a step of Gauss and Newton tells how far the optimum is."""
    shipped = setting.shipped
    if shipped is None:
        return NO_CALIBRATION
    study = shipped.study
    scores = Scores(study.priors)
    aim = Aim(study.scenario, Rows.of(study.observations, study.targets), scores, {}, study.loss)
    found, covariance = refitted(aim, shipped.z)
    steps = np.abs(found - shipped.z) / np.sqrt(np.diag(covariance))
    furthest = int(np.argmax(steps))
    same = shipped.layer.fitted.get("study_hash") == study.content_hash()
    flagged = [key for key, entry in shipped.entries.items() if entry.flag]
    return Finding(
        passed(float(steps.max()) <= MOST_STEP),
        (
            f"At the shipped values the optimum is {steps.max():.2f} posterior standard deviations away at most "
            f"({study.priors[furthest].key}); study, data and code are "
            + ("those that the layer was fitted with." if same else "not to the letter those that it was fitted with."),
            f"{len(flagged)} of {len(shipped.entries)} parameters are flagged: shrinkage below {UNMOVED:g} says that "
            f"the data did not move a parameter, below {WEAK:g} that they did little. What remains of the width of "
            "such a parameter is that of the evidence, and results that rest on it rest on judgement.",
            f"{study.about}",
        ),
        (
            _parameters("Parameters that all runs take from the calibration", shipped.layer.parameters, shipped),
            _parameters(
                "Fitted beside them, and taken by no run: they speak of the decade", shipped.layer.nuisance, shipped
            ),
            _fit(shipped.layer.fit),
        ),
        limits=(
            "More parameters than the data can tell apart: values that are correlated stand for each other.",
            "The step is linear; whether other starts come to the same optimum is in the log of the calibration.",
        ),
    )


NO_CALIBRATION = Finding("not testable", ("No calibration is shipped, or its study is not beside the scenarios.",))


def _parameters(title: str, entries: Mapping[str, LayerEntry], shipped: Shipped) -> Table:
    priors = {prior.key: prior for prior in shipped.study.priors}
    rows = []
    for key, entry in entries.items():
        prior = priors[key]
        low, high = entry.interval_90
        left = (high - low) / float(np.ptp(prior.quantile([0.05, 0.95])))
        rows.append(
            (key, "factor" if prior.is_factor else prior.unit, prior.central, prior.low, prior.high)
            + (entry.value, low, high, 100 * left, entry.shrinkage, entry.flag or "")
        )
    rows.sort(key=lambda row: row[-2] if row[-2] is not None else 1.0)
    return Table(
        title,
        (
            *(Column("parameter"), Column("unit"), Column("evidence"), Column("low"), Column("high")),
            *(Column("fitted"), Column("5 %"), Column("95 %"), Column("width that remains", "%", ".0f")),
            *(Column("shrinkage", "", ".2f"), Column("flag")),
        ),
        tuple(rows),
    )


def _fit(fit: Mapping[str, Any]) -> Table:
    return Table(
        "How near the run from 2010 came to 2020",
        (
            *(Column("indicator"), Column("rows"), Column("RMSE before"), Column("RMSE after")),
            *(Column("in sigma before", "", ".2f"), Column("in sigma after", "", ".2f")),
        ),
        tuple(
            (name, each["rows"], each["rmse_before"], each["rmse_after"], each["sigmas_before"], each["sigmas_after"])
            for name, each in fit.items()
        ),
    )
