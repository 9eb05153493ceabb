"""Commands that run a model many times and say what follows: sweeps, sensitivity, attribution, discovery."""

from __future__ import annotations

import shlex
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regionsim.cli import options
from regionsim.cli.endings import FAILED, in_words, resumable
from regionsim.cli.options import RESULTS, typed_command
from regionsim.cli.progress import counting_bar, members_bar, say

if TYPE_CHECKING:
    from regionsim.studies.engines import Asked


@click.command()
@options.of_a_sweep
@click.option("--scheduler", metavar="ADDRESS", help="Simulate on the workers of this dask scheduler.")
def sweep(study: str, out: str, resume: bool, processes: int, engine: Asked, scheduler: str | None) -> None:
    """Simulate the members of STUDY under all its scenarios and write OUT/<study name>/.

    Ctrl-C, a kill or a full disk lose no finished chunk: --resume goes on to the very result of an uninterrupted sweep.
    """
    with in_words(), ExitStack() as stack:
        from regionsim.studies.cluster import connected
        from regionsim.studies.sweep.run import prepare, run_sweep
        from regionsim.studies.sweep.study import read_study

        checked = read_study(study)
        command = typed_command("sweep", study, out, scheduler and f"--scheduler {shlex.quote(scheduler)}")
        cluster = stack.enter_context(connected(scheduler)) if scheduler else None
        say("reading the scenarios of all members")
        begun = prepare(
            checked, out, resume=resume, command=command, processes=processes, cluster=cluster, engine=engine
        )
        with resumable(begun.store, command), members_bar(checked.name, begun.total) as tell:
            text = run_sweep(begun, tell, say)
        click.echo(text)
        click.echo(f"\nWritten to {begun.store.directory}")


@click.command()
@options.of_a_sweep
@options.no_figures
def sensitivity(study: str, out: str, resume: bool, processes: int, engine: Asked, no_figures: bool) -> None:
    """Simulate the members of STUDY, and say which parameters and levers matter most.

    A sweep that is finished is taken as it is. Its design decides on the analysis: saltelli for indices of Sobol,
    morris for screening, one-at-a-time for a tornado, draws for PAWN and delta. All is written to
    OUT/<study name>/sensitivity/.
    """
    with in_words():
        from regionsim.studies.sensitivity.analysis import analyse, steps_of
        from regionsim.studies.sensitivity.methods import method_of
        from regionsim.studies.sensitivity.room import check_analysis_fits
        from regionsim.studies.sensitivity.sample import read_sample
        from regionsim.studies.sensitivity.words import summary
        from regionsim.studies.sensitivity.write import write_analysis
        from regionsim.studies.sweep.run import is_finished, prepare, run_sweep
        from regionsim.studies.sweep.study import read_study

        checked = read_study(study)
        method = method_of(checked)
        check_analysis_fits(checked, method)
        say("reading the scenarios of all members")
        command = typed_command("sensitivity", study, out)
        resume = resume or is_finished(checked, out)
        begun = prepare(checked, out, resume=resume, processes=processes, command=command, engine=engine)
        with resumable(begun.store, command):
            with members_bar(checked.name, begun.total) as tell:
                run_sweep(begun, tell, say)
            sample = read_sample(begun.plan, begun.store)
            with counting_bar(method.name, steps_of(sample, method)) as count:
                analysis = analyse(sample, processes=processes, progress=count)
            say("writing results" if no_figures else "drawing figures and writing results")
            directory = write_analysis(analysis, begun.store, figures=not no_figures)
        click.echo(summary(analysis))
        click.echo(f"\nWritten to {directory}")
        if not analysis.has_indices:
            sys.exit(FAILED)


@click.command()
@click.argument("file", type=click.Path())
@click.option(
    "--out", default=f"{RESULTS}/attribution", show_default=True, type=click.Path(), help="Folder to write in."
)
@click.option("--exact", is_flag=True, help="All subsets of the measures: 2^n runs.")
@click.option("--orders", type=click.IntRange(2), help="Orders at random, with intervals; an even number.")
@click.option("--seed", type=click.IntRange(0), help="Of the orders; 0 if not said.")
@options.no_figures
@click.option("--resume", is_flag=True, help="Finish an attribution that was stopped.")
@options.processes
@options.kept_engine
def attribute(
    file: str,
    out: str,
    exact: bool,
    orders: int | None,
    seed: int | None,
    no_figures: bool,
    resume: bool,
    processes: int,
    engine: Asked,
) -> None:
    """Say what each measure of FILE, a scenario or a study, contributes to its results, and how measures act together.

    Contributions are Shapley values: what a measure adds, over all orders in which measures can be switched on. They
    add up to the difference that the measures make. Written to OUT/<name>/; --resume goes on to the very same result.
    """
    with in_words():
        from regionsim.studies.attribute.report import finished_attribution, write_attribution
        from regionsim.studies.attribute.run import prepare, run_attribution
        from regionsim.studies.attribute.study import read_study

        checked = read_study(file, exact=exact, orders=orders, seed=seed)
        design = (exact and "--exact", orders and f"--orders {orders}", seed is not None and f"--seed {seed}")
        command = typed_command("attribute", file, out, *design)
        begun = prepare(checked, out, resume=resume, processes=processes, command=command, engine=engine)
        there = finished_attribution(begun)
        if there is None:
            with resumable(begun.store, command), members_bar(checked.name, begun.total, "runs") as tell:
                found = run_attribution(begun, tell, say)
            say("writing results")
        text = write_attribution(begun, there or found, figures=not no_figures, only_missing=there is not None)
        click.echo(text)
        click.echo(f"\nWritten to {begun.store.directory}")


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--target", metavar="NAME", help="A target of the plan that is missed.")
@click.option("--region", metavar="NAME", help="Where the target is asked: zone, if not said, or Jiangxi.")
@click.option(
    "--where", metavar="CONDITION", help="What counts as failing: 'forest_cover zone 2025 < 70 %', or failed."
)
@click.option("--scenario", metavar="NAME", help="The scenario, where the sweep has several.")
@click.option("--method", default="prim", show_default=True, type=click.Choice(["prim", "tree"]))
@click.option(
    "--splits", default=10, show_default=True, type=click.IntRange(5, 1000), help="Halvings to test a box by."
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Of the halvings.")
@options.no_figures
def discover(
    directory: Path,
    target: str | None,
    region: str | None,
    where: str | None,
    scenario: str | None,
    method: str,
    splits: int,
    seed: int,
    no_figures: bool,
) -> None:
    """Find the boxes of parameters and levers in which members of the finished sweep in DIRECTORY fail.

    Without a target or a condition it says how many members miss each target of the plan. A condition is VARIABLE
    REGION YEAR [since YEAR] [against SCENARIO] below|above NUMBER [%], of what the study kept.
    """
    with in_words():
        from regionsim.studies.discover.ask import asked
        from regionsim.studies.discover.discover import discover as find
        from regionsim.studies.discover.discover import searches
        from regionsim.studies.discover.finished import read_finished
        from regionsim.studies.discover.words import discovery_text, targets_text
        from regionsim.studies.discover.write import write_discovery
        from regionsim.studies.run import check_folder

        finished = read_finished(directory)
        question = asked(finished, target=target, region=region, where=where, scenario=scenario, method=method)
        if question is None:
            click.echo(targets_text(finished))
            return
        check_folder(directory)
        with counting_bar("searches", searches(splits)) as tell:
            found = find(finished, question, splits=splits, seed=seed, tell=tell)
        say("writing results" if no_figures else "drawing figures and writing results")
        written = write_discovery(found, figures=not no_figures)
        click.echo(discovery_text(found))
        click.echo(f"\nWritten to {written}")
