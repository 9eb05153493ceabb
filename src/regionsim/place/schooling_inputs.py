"""Inputs of schooling: what people of the base year have, and who attends school by a cohort's mean age."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant, Table
from regionsim.place import schooling
from regionsim.place.cohorts import BASE_YEAR
from regionsim.place.schedules import by_mean_age, integral

COMPULSORY = "compulsory_attendance_by_age"
FURTHER = "further_attendance_by_age"
ATTAINMENT = "census_attainment_by_age"
ADVANTAGE = "urban_schooling_advantage"
CARRIED_ON = "young_deviation_share"


def schooling_inputs(
    parameters: Mapping[str, AnyInput],
    initial_residents: AnyInput,
    evidence: Mapping[str, AnyInput] | None = None,
    base_year: int = BASE_YEAR,
) -> list[AnyInput]:
    """Schooling of the base year and attendance by mean age.

    Years: base_mean_schooling (county, residence, cohort), base_absent_mean_schooling (county, cohort; the absent
    have the county's mean of their age). Dimensionless: relative_further_attendance (county), and the tables
    compulsory_attendance_by_mean_age and further_attendance_by_mean_age.

    `initial_residents` is the input of that name (county, residence, cohort). What the young attended up to the base
    year is worked out from the `evidence` (the parameters themselves where None): a scenario that changes attendance
    does so from then on.
    """
    known = parameters if evidence is None else evidence
    further = _table(known[FURTHER])
    residents = np.asarray(vars(initial_residents)["values"]).squeeze()
    base = schooling.spread(
        schooling.person_years_as_counted(base_year),
        residents,
        _table(parameters[ATTAINMENT]),
        (_table(known[COMPULSORY]), further),
        _number(parameters[ADVANTAGE]),
        base_year,
    )
    years_of_further = float(integral(further, 0.0, further.arguments[-1]))
    relative = np.maximum(1 + _number(parameters[CARRIED_ON]) * base.deviation / years_of_further, 0)
    source = f"census of {base_year}, attainment by county (census_other.csv), spread over ages"
    return [
        _constant(
            "base_mean_schooling",
            f"Mean years of schooling of residents in {base_year}; by age and residence derived, the total counted.",
            "year",
            ("county", "residence", "cohort"),
            base.residents,
            f"{source}; {ATTAINMENT}, {COMPULSORY}, {FURTHER}, {ADVANTAGE}",
        ),
        _constant(
            "base_absent_mean_schooling",
            f"Mean years of schooling of the absent in {base_year}: that of the county's residents of the same age.",
            "year",
            ("county", "cohort"),
            base.together,
            f"{source}; {ATTAINMENT}, {COMPULSORY}, {FURTHER}",
        ),
        _constant(
            "relative_further_attendance",
            "A county's attendance after compulsory school over the zone's.",
            "dimensionless",
            ("county",),
            relative,
            f"{source}: its deviation among those of 20 and over; {CARRIED_ON}",
        ),
        by_mean_age(
            _table(parameters[COMPULSORY]),
            name="compulsory_attendance_by_mean_age",
            about="Share of a cohort in compulsory school, by its mean age.",
        ),
        by_mean_age(
            _table(parameters[FURTHER]),
            name="further_attendance_by_mean_age",
            about="Share of a cohort in upper secondary school, college or university, by its mean age.",
        ),
    ]


def _constant(name: str, about: str, unit: str, over: tuple[str, ...], values: ArrayLike, source: str) -> Constant:
    return Constant(
        name=name,
        about=about,
        unit=unit,
        over=over,
        quality="derived",
        source=source,
        file=schooling.FILE,
        values=full_rank(values, over),
    )


def _table(given: AnyInput) -> Table:
    if not isinstance(given, Table) or given.argument_unit != "year":
        raise TypeError(f"parameter '{given.name}' must be a table by age in years")
    return given


def _number(given: AnyInput) -> float:
    if not isinstance(given, Constant) or given.values.size != 1:
        raise TypeError(f"parameter '{given.name}' must be a single number")
    return float(given.values.reshape(()))
