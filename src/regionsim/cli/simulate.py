"""Runs with a bar over their years or members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from regionsim.cli import options
from regionsim.cli.progress import members_bar, years_bar

if TYPE_CHECKING:
    from regionsim.scenarios.scenario import Scenario
    from regionsim.studies.engines import Asked
    from regionsim.studies.run import Run


def run_one(scenario: Scenario) -> Run:
    from regionsim.studies.run import run_checked

    with years_bar(scenario.name, scenario.start, scenario.end) as tell:
        return run_checked(scenario, tell)


def run_again(scenario: Scenario, record: dict[str, Any]) -> Run:
    """The run of which this is the record."""
    if record["members"] == 1:
        return run_one(scenario)
    return run_fan(scenario, record["members"], record["seed"], options.cores(), record["engine"])


def run_fan(scenario: Scenario, members: int, seed: int | None, processes: int, engine: Asked) -> Run:
    from regionsim.studies.fan import check_fan, failed_note, run_members

    check_fan(scenario, members)
    with members_bar(scenario.name, members) as tell:
        tell(0)
        fan = run_members(
            scenario,
            members,
            seed=scenario.seed if seed is None else seed,
            processes=processes,
            engine=engine,
            progress=tell,
        )
    if fan.failures:
        click.echo(failed_note(fan), err=True)
    return fan
