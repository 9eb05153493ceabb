"""Check a scenario and the model with its values, without running it."""

from __future__ import annotations

from pathlib import Path

from regionsim.engine.units import check_units
from regionsim.problems import Problem, ProblemsError
from regionsim.studies.model import build_model, read_scenario


def check_scenario(path: str | Path) -> tuple[list[Problem], str]:
    """Everything that is wrong with the scenario or the model, and one line that says what was checked."""
    try:
        scenario = read_scenario(path)
        model = build_model(scenario)
    except ProblemsError as error:
        return list(error.problems), ""
    words = (
        f"{path}: scenario '{scenario.name}', {scenario.start} to {scenario.end}; "
        f"{len(model.equations)} equations, {len(model.stocks)} stocks, {len(model.inputs)} inputs, "
        f"{len(model.ledgers)} ledgers; names, axes, units and loops agree"
    )
    return check_units(model), words
