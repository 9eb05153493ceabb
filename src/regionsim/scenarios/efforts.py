"""From the measures of a scenario to what the model is fed: efforts by county and year, and openings of projects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from regionsim.language.axes import full_rank
from regionsim.language.inputs import Path
from regionsim.place.counties import county_codes
from regionsim.scenarios.measures import CATALOGUE, Effort, Measure, load_measures
from regionsim.scenarios.schema import MeasureSetting, ProjectDates


def effort_inputs(
    settings: Mapping[str, MeasureSetting], scenario: str, measures: Iterable[Measure] | None = None
) -> list[Path]:
    """One path over (year, county) for each effort of the catalogue; 0 throughout where its measure is not switched on.

    `settings` are those of a scenario, complete, by the measure's name. An effort rises in a straight line from 0 in
    the year of start to its strength in the year of full effect and stays there. `measures` are all where None.
    """
    return [
        _path(effort, measure, settings.get(measure.name), scenario)
        for measure in (load_measures() if measures is None else measures)
        for effort in measure.efforts
    ]


def openings(
    settings: Mapping[str, MeasureSetting], touched: Callable[[str], Iterable[str]]
) -> dict[str, ProjectDates]:
    """The projects that the measures open; a measure that starts later opens them as much later.

    Where a setting names counties, only lines that touch one of them open; `touched` gives the codes of the counties
    that a project touches.
    """
    result = {}
    for measure in load_measures():
        setting = settings.get(measure.name)
        if setting is None or setting.strength == 0:
            continue
        assert setting.start is not None
        for project in measure.projects:
            wanted = setting.counties
            if wanted is not None and not set(touched(project.slug)) & set(map(str, wanted)):
                continue
            opens = project.opens + setting.start - measure.start
            result[project.slug] = ProjectDates(opens=opens, note=project.note)
    return result


def complete(measure: Measure, setting: MeasureSetting) -> MeasureSetting:
    """The setting with the catalogue's years where it says none; a later start moves the year of full effect along."""
    start = measure.start if setting.start is None else setting.start
    full = start + measure.full - measure.start if setting.full is None else setting.full
    parts = {name: _complete_part(part, start, full, setting) for name, part in setting.parts.items()}
    return setting.model_copy(update={"start": start, "full": full, "parts": parts})


def _complete_part(part: MeasureSetting, start: float, full: float, whole: MeasureSetting) -> MeasureSetting:
    begins = start if part.start is None else part.start
    ends = begins + full - start if part.full is None else part.full
    said = part.model_fields_set
    return part.model_copy(
        update={
            "start": begins,
            "full": ends,
            "strength": part.strength if "strength" in said else whole.strength,
            "counties": part.counties if "counties" in said else whole.counties,
        }
    )


def _path(effort: Effort, measure: Measure, setting: MeasureSetting | None, scenario: str) -> Path:
    codes = county_codes()
    setting = None if setting is None else setting.parts.get(effort.name, setting)
    begins, ends, strength, counties = measure.start, measure.full, 0.0, effort.counties
    if setting is not None and setting.strength:
        assert setting.start is not None and setting.full is not None
        begins, ends, strength = setting.start, setting.full, setting.strength
        counties = effort.counties if setting.counties is None else tuple(str(county) for county in setting.counties)
    here = strength * np.array([float(code in counties) for code in codes])
    # A measure that is in full effect at once begins in a step, not in a line.
    at_once = ends <= begins
    return Path(
        name=effort.input,
        about=effort.about,
        unit="dimensionless",
        over=("county",),
        quality="assumption",
        source=f"measure {measure.name}, scenario {scenario}",
        file=CATALOGUE.name,
        years=np.array([begins - 1, begins] if at_once else [begins, ends]),
        values=np.stack([full_rank(0 * here, ("county",)), full_rank(here, ("county",))]),
        kind="step" if at_once else "linear",
    )
