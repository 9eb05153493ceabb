"""The run from the census of 2010 against what was counted in 2020, with the calibration that had seen it."""

from __future__ import annotations

from pathlib import Path

from regionsim.place.counties import load_counties
from regionsim.results.dataset import to_dataset
from regionsim.studies.dossier.calibration import NO_CALIBRATION
from regionsim.studies.dossier.reproduction import reproduction
from regionsim.studies.dossier.result import Column, Finding, Table, passed
from regionsim.studies.dossier.setting import OUTPUTS, Setting
from regionsim.studies.ensemble import simulate_ensemble
from regionsim.studies.run import attributes_of
from regionsim.studies.validate.assess import COUNTIES, Assessment, assess, levels_of
from regionsim.studies.validate.benchmarks import Benchmark
from regionsim.studies.validate.observed_2020 import SOURCE, observed_2020
from regionsim.studies.validate.study import Validation

# What the test asks for; every other indicator is scored and reported.
ASKED = ("population", "urbanization_rate")


def hindcast(setting: Setting) -> Finding:
    """Score the calibrated run from 2010, county by county, against three forecasts that need no model."""
    shipped = setting.shipped
    if shipped is None:
        return NO_CALIBRATION
    scenario = shipped.study.scenario
    dataset = to_dataset(simulate_ensemble(scenario, shipped.numbers, OUTPUTS), attributes_of(scenario))
    observations = observed_2020()
    assessments = tuple(assess(observations, levels_of(dataset)))
    found = reproduction(Validation(dataset, Path(SOURCE), observations, assessments))
    asked = [each for each in assessments if each.indicator.name in ASKED]
    lost = [
        f"{verdict.variable} to {verdict.name.removeprefix('beats_').replace('_', ' ')} ({verdict.words})"
        for each in asked
        for verdict in each.verdicts
        if verdict.region == COUNTIES and verdict.name.startswith("beats_") and verdict.outcome == "fail"
    ]
    untold = [
        f"{verdict.variable} beside {verdict.name.removeprefix('beats_').replace('_', ' ')}"
        for each in asked
        for verdict in each.verdicts
        if verdict.region == COUNTIES and verdict.name.startswith("beats_") and verdict.outcome == "not testable"
    ]
    words = (
        "In the median county the run beats every benchmark that there is for population and urban share."
        if not lost
        else f"In the median county the run loses: {'; '.join(lost)}.",
        *([f"Not testable: {', '.join(untold)}, for want of a trend by county before 2010."] if untold else []),
        "The calibration has seen 2020: this tells how well the model can follow what happened, and not how well it "
        "forecasts. The test with counties left out does that.",
        *found.words,
    )
    return Finding(
        passed(not lost), words, (_worst(asked), *found.tables), found.illustrations, (*found.limits, *LIMITS)
    )


LIMITS = (
    "Output of 2010 by county is in part derived, and sectors more so; three districts are left out of it.",
    "Guidong's census of 2010 has more residents than registered: its error of population is that of the census.",
)


def _worst(asked: list[Assessment]) -> Table:
    """The counties in which a benchmark is nearer to what was counted than the run."""
    names = {county.code: county.name for county in load_counties()}
    rows = []
    for each in asked:
        for k, code in enumerate(each.pairs.regions.tolist()):
            error = each.pairs.modelled[k] - each.pairs.observed[k]
            others = {b: f.values[k] - each.pairs.observed[k] for b, f in each.forecasts.items() if f.known[k]}
            nearest: Benchmark = min(others, key=lambda benchmark: abs(others[benchmark]))
            if abs(others[nearest]) < abs(error):
                observed = each.pairs.observed[k]
                rows.append(
                    (each.indicator.name, names[code], 100 * error / observed, nearest.label)
                    + (100 * others[nearest] / observed,)
                )
    rows.sort(key=lambda row: (row[0], -abs(row[2])))
    return Table(
        "Counties in which some benchmark is nearer than the run",
        (
            *(Column("indicator"), Column("county"), Column("error of the run", "%", "+.1f")),
            *(Column("nearest benchmark"), Column("its error", "%", "+.1f")),
        ),
        tuple(rows),
    )
