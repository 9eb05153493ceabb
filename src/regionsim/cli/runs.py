"""Commands that run scenarios: one, or several side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regionsim.cli import options
from regionsim.cli.endings import in_words
from regionsim.cli.progress import say
from regionsim.cli.simulate import run_fan, run_one

if TYPE_CHECKING:
    from regionsim.studies.engines import Asked


@click.command()
@click.argument("scenario", type=click.Path())
@options.out_folder
@options.no_figures
@click.option("--members", default=1, type=click.IntRange(1), help="Draw parameters from their ranges: a fan of runs.")
@click.option("--seed", type=click.IntRange(0), help="Of the draws; the scenario's where not said.")
@options.processes
@click.option("--engine", default="auto", show_default=True, type=options.ENGINES, help=f"{options.WHICH_ENGINE}.")
def run(
    scenario: str, out: str, no_figures: bool, members: int, seed: int | None, processes: int, engine: Asked
) -> None:
    """Run SCENARIO and write OUT/<scenario name>/: indicators, trajectories, record and figures.

    With --members the first member is the scenario as it is; the others draw every parameter that has a range, but for
    those of the network and shocks. Figures are then medians of these, with bands, and quantiles.csv has their spread.
    """
    with in_words():
        from regionsim.results.tables import summary_table
        from regionsim.studies.check import warnings_of
        from regionsim.studies.effects import unseen_effects
        from regionsim.studies.model import read_scenario
        from regionsim.studies.run import check_out, write_run

        checked = read_scenario(scenario)
        check_out(checked, out)
        for warning in (*warnings_of(checked), *unseen_effects(checked)):
            click.echo(str(warning), err=True)
        result = run_one(checked) if members == 1 else run_fan(checked, members, seed, processes, engine)
        say("writing results" if no_figures else "drawing figures and writing results")
        directory = write_run(result, out, figures=not no_figures)
        click.echo(summary_table(result.shown))
        click.echo(f"\nWritten to {directory}")


@click.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path())
@options.out_folder
@options.no_figures
def compare(scenarios: tuple[str, ...], out: str, no_figures: bool) -> None:
    """Run several SCENARIOS and set them side by side, with differences against the first."""
    with in_words():
        from regionsim.studies.compare import check_comparison, read_scenarios, write_compared

        checked = read_scenarios(scenarios)
        check_comparison(checked, out)
        results = [run_one(each) for each in checked]
        say("writing results" if no_figures else "drawing figures and writing results")
        table, directory = write_compared(results, out, figures=not no_figures)
        click.echo(table)
        click.echo(f"\nWritten to {directory}")
