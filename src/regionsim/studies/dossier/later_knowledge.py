"""What the run from 2010 knows of later years: every such input, and how far a score would move if it were wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import compile_model
from regionsim.engine.integrate import simulate
from regionsim.equations import mechanisms
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput, Constant
from regionsim.place.assemble import axis_labels
from regionsim.place.counties import county_codes
from regionsim.place.later_knowledge import LATER_KNOWLEDGE
from regionsim.place.output_2010 import TOTALS_WITH_LATER_SHARES
from regionsim.results.dataset import to_dataset
from regionsim.results.indicator_catalogue import find_indicator
from regionsim.results.indicators import indicator_array
from regionsim.studies.dossier.calibration import NO_CALIBRATION
from regionsim.studies.dossier.result import Column, Finding, Table, passed
from regionsim.studies.dossier.setting import Setting
from regionsim.studies.ensemble import ensemble_inputs, stacked

WRONG_BY = 0.1
# What moves no scored value by more than this, being wrong by a tenth, tells the run nothing of 2020 that counts.
MOST_EFFECT = 0.01
DECLARED = ("departure_level", "town_move_level")
# Figures that are made of another cannot be wrong without it.
TOGETHER = {"cropland_floor": "initial_cropland", "forest_ceiling": "initial_forest_area"}


def later_knowledge(setting: Setting) -> Finding:
    """Make each input that was found out after 2010 wrong by a tenth, all in one ensemble, and look at 2020."""
    if setting.shipped is None:
        return NO_CALIBRATION
    study = setting.shipped.study
    fed = ensemble_inputs(study.scenario, setting.shipped.numbers)
    tables = [name for name in LATER_KNOWLEDGE if not isinstance(fed.inputs[name], Constant)]
    names = [name for name in LATER_KNOWLEDGE if name not in (*tables, *TOGETHER)]
    inputs: dict[str, AnyInput] = dict(fed.inputs)
    for k, name in enumerate(names, start=1):
        for each in (name, *(other for other, of in TOGETHER.items() if of == name)):
            given = inputs[each]
            assert isinstance(given, Constant)
            other = replace(given, values=_wrong(each, given.values))
            inputs[each] = stacked([other if member == k else given for member in range(len(names) + 1)])
    model = compile_model(collect(mechanisms()), inputs, axis_labels(study.scenario.start), used_elsewhere=fed.read)
    needed = {name for variable in study.targets for name in find_indicator(variable).needs}
    trajectory = simulate(
        model,
        start=study.scenario.start,
        end=study.scenario.end,
        step=study.scenario.step,
        method=study.scenario.method,
        outputs=needed,
    )
    array = indicator_array(to_dataset(trajectory, {}), tuple(study.targets))
    # The three districts are not scored: their own output is what is wrong.
    counties = (array["region_type"].values == "county") & ~np.isin(array["region"].values, TOTALS_WITH_LATER_SHARES)
    effects: dict[str, tuple[float, str]] = {}
    for k, name in enumerate(names, start=1):
        moved = {
            variable: float(np.max(np.abs(values[k] / values[0] - 1)))
            for variable in study.targets
            for values in [array[variable].values[:, -1][:, counties]]
        }
        most = max(moved, key=lambda variable: moved[variable])
        effects[name] = (moved[most], most)
    leaks = [name for name in names if name not in DECLARED and effects[name][0] > MOST_EFFECT]
    return Finding(
        passed(not leaks),
        (
            f"{len(LATER_KNOWLEDGE)} inputs of the run from 2010 rest on what was found out later. Beside the levels "
            "that are declared as calibration, "
            + (
                f"these move a scored value of some county by more than {MOST_EFFECT:.0%} if they are wrong by "
                f"{WRONG_BY:.0%}: {', '.join(leaks)}."
                if leaks
                else f"none moves a scored value of any county by more than {MOST_EFFECT:.0%}, being wrong by "
                f"{WRONG_BY:.0%}."
            ),
            "All other inputs are of 2010; a test of the project changes the figures of 2020 and holds that nothing "
            "else moves.",
        ),
        (
            Table(
                f"Largest effect on a scored value of 2020 in any county, the input being wrong by {WRONG_BY:.0%}",
                (
                    Column("input"),
                    Column("largest effect", "%", ".2f"),
                    Column("on"),
                    Column("why it is of later years"),
                ),
                tuple(
                    (name, 100 * effects[name][0], effects[name][1], LATER_KNOWLEDGE[name])
                    for name in sorted(names, key=lambda name: -effects[name][0])
                )
                + tuple((name, None, f"as {TOGETHER[name]}", LATER_KNOWLEDGE[name]) for name in TOGETHER)
                + tuple((name, None, "a table by age", LATER_KNOWLEDGE[name]) for name in tables),
            ),
        ),
    )


def _wrong(name: str, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values made larger by WRONG_BY; of output only those of districts that are known by later years."""
    if name != "initial_sector_output":
        return values * (1 + WRONG_BY)
    later = np.isin(county_codes(), TOTALS_WITH_LATER_SHARES)
    return values * (1 + WRONG_BY * later.reshape(1, -1, *(1 for _ in values.shape[2:])))
