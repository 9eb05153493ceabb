"""The command line: parse, call, print. Everything heavy is imported inside the command that needs it."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from regionsim.scenarios.scenario import Scenario
    from regionsim.studies.engines import Asked
    from regionsim.studies.run import Run
    from regionsim.studies.sweep.store import Store

BAD_INPUT = 2
FAILED = 1
INTERRUPTED = 130
RESULTS = "results"
ENGINES = click.Choice(["auto", "reference", "compiled"])
WHICH = "How members are simulated: by numpy, by machine code (the extra fast), or by what is sooner done"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="regionsim", message="regionsim %(version)s")
def main() -> None:
    """Scenarios of the Hunan-Jiangxi border cooperation zone, county by county.

    Start with: regionsim run scenarios/base.yaml
    """


@main.command()
@click.argument("scenario", type=click.Path())
@click.option("--out", default=RESULTS, show_default=True, type=click.Path(), help="Folder for the results.")
@click.option("--no-figures", is_flag=True, help="Write numbers only.")
@click.option("--members", default=1, type=click.IntRange(1), help="Draw parameters from their ranges: a fan of runs.")
@click.option("--seed", type=click.IntRange(0), help="Of the draws; the scenario's where not said.")
@click.option("--processes", type=click.IntRange(1), help="Processes at work on members; all processors if not said.")
@click.option("--engine", default="auto", show_default=True, type=ENGINES, help=f"{WHICH}.")
def run(
    scenario: str, out: str, no_figures: bool, members: int, seed: int | None, processes: int | None, engine: Asked
) -> None:
    """Run SCENARIO and write OUT/<scenario name>/: indicators, trajectories, record and figures.

    With --members the first member is the scenario as it is; the others draw every parameter that has a range, but for
    those of the network and shocks. Figures are then medians with bands, and quantiles.csv has the spread.
    """
    with _in_words():
        from regionsim.results.tables import summary_table
        from regionsim.studies.check import warnings_of
        from regionsim.studies.effects import unseen_effects
        from regionsim.studies.model import read_scenario
        from regionsim.studies.run import check_out, write_run

        checked = read_scenario(scenario)
        check_out(checked, out)
        for warning in (*warnings_of(checked), *unseen_effects(checked)):
            click.echo(str(warning), err=True)
        result = _run(checked) if members == 1 else _fan(checked, members, seed, processes, engine)
        _say("writing results" if no_figures else "drawing figures and writing results")
        directory = write_run(result, out, figures=not no_figures)
        click.echo(summary_table(result.dataset))
        click.echo(f"\nWritten to {directory}")


@main.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path())
@click.option("--out", default=RESULTS, show_default=True, type=click.Path(), help="Folder for the results.")
@click.option("--no-figures", is_flag=True, help="Write numbers only.")
def compare(scenarios: tuple[str, ...], out: str, no_figures: bool) -> None:
    """Run several SCENARIOS and set them side by side, with differences against the first."""
    with _in_words():
        from regionsim.studies.compare import check_comparison, read_scenarios, write_compared

        checked = read_scenarios(scenarios)
        check_comparison(checked, out)
        results = [_run(each) for each in checked]
        _say("writing results" if no_figures else "drawing figures and writing results")
        table, directory = write_compared(results, out, figures=not no_figures)
        click.echo(table)
        click.echo(f"\nWritten to {directory}")


@main.command()
@click.argument("results", nargs=-1, required=True, type=click.Path())
@click.option("--out", type=click.Path(), help=f"Folder for the figures; {RESULTS}/figures/<scenarios> if left out.")
@click.option("--lang", default="en", show_default=True, type=click.Choice(["en", "zh"]), help="Language of all text.")
@click.option("--format", "formats", default="png,pdf", show_default=True, help="Some of png, pdf, svg.")
@click.option("--style", default="paper", show_default=True, type=click.Choice(["paper", "slides"]))
@click.option("--width", metavar="89mm|183mm", help="One or two columns of a journal; two where not said.")
def figures(
    results: tuple[str, ...],
    out: str | None,
    lang: Literal["en", "zh"],
    formats: str,
    style: Literal["paper", "slides"],
    width: str | None,
) -> None:
    """Draw the figures of RESULTS, directories that run wrote, without running anything again.

    One result gives the figures of a run, several those of a comparison with the first. Each figure has its caption
    beside it, with units, sources and hashes.
    """
    with _in_words():
        from regionsim.studies.figures import request_figures

        request = request_figures(results, out, RESULTS, language=lang, formats=formats, style=style, width=width)
        for warning in request.warnings:
            click.echo(warning, err=True)
        with _counting("figures", len(request.drawings)) as tell:
            directory = request.draw(tell)
        click.echo(f"{len(request.drawings)} figures written to {directory}")


@main.command()
@click.argument("results", nargs=-1, required=True, type=click.Path())
@click.option("--out", type=click.Path(), help=f"Folder for the tables; {RESULTS}/tables if left out.")
@click.option("--lang", default="en", show_default=True, type=click.Choice(["en", "zh"]), help="Language of all text.")
@click.option("--format", "formats", default="csv,md,tex", show_default=True, help="Some of csv, md, tex, xlsx.")
def table(results: tuple[str, ...], out: str | None, lang: Literal["en", "zh"], formats: str) -> None:
    """Write the headline table of each of RESULTS, directories that run wrote, and of several their differences.

    The numbers are those of the figures. Each file carries scenario, hashes, version and seed.
    """
    with _in_words():
        from regionsim.studies.tables.request import request_tables

        request = request_tables(results, out, RESULTS, language=lang, formats=formats)
        for warning in request.warnings:
            click.echo(warning, err=True)
        for file in request.write():
            click.echo(f"Written to {file}")


@main.command()
@click.argument("file", type=click.Path())
@click.option("--results", default=RESULTS, show_default=True, type=click.Path(), help="Where results are looked for.")
def audit(file: str, results: str) -> None:
    """Find the runs that FILE, a figure or a table, shows; run them again and say whether they give the same.

    Exit status 1 where a number is different now.
    """
    with _in_words():
        from regionsim.studies.audit.audit import find_runs, judge, verdict_text

        found = find_runs(Path(file), Path(results))
        verdicts = [judge(each, _again) for each in found]
        click.echo("\n".join(verdict_text(verdict) for verdict in verdicts))
        if not all(verdict.is_same for verdict in verdicts):
            sys.exit(FAILED)


@main.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path())
def check(scenarios: tuple[str, ...]) -> None:
    """Check SCENARIOS and the model with their values, units too, and tell what in them changes nothing."""
    with _in_words():
        from regionsim.studies.check import check_scenario

        problems = []
        for path in scenarios:
            found, words, warnings = check_scenario(path)
            problems += found
            for warning in warnings:
                click.echo(str(warning), err=True)
            if not found:
                click.echo(words)
        if problems:
            from regionsim.problems import ProblemsError

            raise ProblemsError(problems)


@main.command()
@click.argument("scenario", required=False, type=click.Path())
@click.option("--observed", type=click.Path(), metavar="FILE.csv", help="Columns adcode, variable, year, value.")
@click.option(
    "--out",
    type=click.Path(),
    help=f"Folder to write; {RESULTS}/validation, or {RESULTS}/validation-observed beside --observed.",
)
@click.option("--no-figures", is_flag=True, help="Write numbers only.")
@click.option("--draws", type=click.IntRange(2), help="Members that the dossier draws; 16 if not said.")
@click.option("--seed", type=click.IntRange(0), help="Seed of the draws; 0 if not said.")
@click.option("--folder", type=click.Path(), help="Where the dossier's scenarios are; scenarios if not said.")
def validate(
    scenario: str | None,
    observed: str | None,
    out: str | None,
    no_figures: bool,
    draws: int | None,
    seed: int | None,
    folder: str | None,
) -> None:
    """Make the validation dossier, or score a run against what was observed.

    Alone: every test of the model with its numbers, passed, failed or not testable, as a page with figures. Tests that
    fail stay in it, and are no failure of the command.

    With --observed: SCENARIO (a scenario, or a directory of results already there; scenarios/as-built.yaml where not
    said) is scored beside three forecasts that need no model. Values are in the units of indicators.csv, whose
    variables the file names.
    """
    with _in_words():
        from regionsim.studies.validate.study import check_request

        said = {"--draws": draws, "--seed": seed, "--folder": folder}
        check_request(scenario, observed, [option for option, value in said.items() if value is not None])
        if observed is None:
            _make_dossier(
                Path(folder or "scenarios"), Path(out or f"{RESULTS}/validation"), draws, seed, not no_figures
            )
        else:
            _score(scenario, observed, out or f"{RESULTS}/validation-observed", figures=not no_figures)


def _make_dossier(folder: Path, out: Path, draws: int | None, seed: int | None, figures: bool) -> None:
    from regionsim.studies.dossier.registry import EXAMINATIONS
    from regionsim.studies.dossier.report import write_dossier
    from regionsim.studies.dossier.setting import BASE
    from regionsim.studies.dossier.shipped import read_shipped
    from regionsim.studies.dossier.study import DRAWS, SEED, check_place, make_dossier, read_library
    from regionsim.studies.dossier.uncertainty import draws_for

    check_place(out)
    scenarios = read_library(folder)
    shipped = read_shipped(folder.parent / "studies")
    seed = SEED if seed is None else seed
    uncertainty = draws_for(scenarios[BASE].calibration, draws or DRAWS, seed)
    with _counting("tests", len(EXAMINATIONS)) as tell:
        dossier = make_dossier(
            scenarios, uncertainty, seed=seed, shipped=shipped, examinations=EXAMINATIONS, progress=tell
        )
    _say("writing the dossier")
    directory = write_dossier(dossier, out, figures=figures)
    click.echo(dossier.outcomes_text)
    click.echo(f"\nWritten to {directory}: {dossier.summary}")


def _score(scenario: str | None, observed: str, out: str, *, figures: bool) -> None:
    from regionsim.scenarios.scenario import Scenario
    from regionsim.studies.validate.report import write_validation
    from regionsim.studies.validate.study import read_observed, read_subject
    from regionsim.studies.validate.study import validate as score
    from regionsim.studies.validate.table import SKILL_NOTE, remarks, terminal_table

    subject = read_subject(scenario)
    observations = read_observed(observed, subject, out)
    dataset = _run(subject).dataset if isinstance(subject, Scenario) else subject
    validation = score(dataset, observed, observations, subject if isinstance(subject, Scenario) else None)
    directory = write_validation(validation, Path(out), figures=figures)
    click.echo(terminal_table(validation.assessments, validation.with_given))
    click.echo("\n".join(["", SKILL_NOTE, *remarks(validation.assessments, validation.with_given)]))
    click.echo(f"\nWritten to {directory}")


@main.command()
@click.argument("study", type=click.Path())
@click.option(
    "--out", type=click.Path(), help=f"Folder for the results; {RESULTS}/calibration/<study name> if left out."
)
@click.option("--resume", is_flag=True, help="Go on with a calibration that was interrupted.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1), help="How many runs at a time.")
@click.option("--engine", type=ENGINES, help=f"{WHICH}; numpy if not said, or what a calibration was begun with.")
def calibrate(study: str, out: str | None, resume: bool, processes: int, engine: Asked | None) -> None:
    """Fit the parameters that STUDY names to what was observed, with intervals, and write them as a layer.

    A scenario uses the layer by `calibration: path/to/layer.yaml`. After an interruption --resume goes on to the very
    result that there would have been without one.
    """
    with _in_words(unfinished="interrupted; --resume goes on from here"):
        from regionsim.studies.calibrate.calibrate import calibrate as fit
        from regionsim.studies.calibrate.calibrate import steps
        from regionsim.studies.calibrate.read import read_study
        from regionsim.studies.calibrate.words import calibration_text
        from regionsim.studies.calibrate.write import calibration_folder, write_calibration

        checked = read_study(study)
        folder = calibration_folder(out or f"{RESULTS}/calibration/{checked.name}", checked.name)
        with _counting(checked.name, steps(checked)) as tell:
            found = fit(checked, folder, resume=resume, processes=processes, engine=engine, tell=tell)
        layer = write_calibration(found, folder)
        click.echo(calibration_text(found))
        click.echo(f"\nWritten to {layer}")


@main.command()
@click.argument("study", type=click.Path())
@click.option(
    "--out", default=f"{RESULTS}/sweeps", show_default=True, type=click.Path(), help="Folder for the sweep's directory."
)
@click.option("--resume", is_flag=True, help="Finish a sweep that was stopped.")
@click.option("--processes", type=click.IntRange(1), help="Processes at work; one for each processor where not said.")
@click.option("--engine", default="auto", show_default=True, type=ENGINES, help=f"{WHICH}; --resume keeps to it.")
@click.option("--scheduler", metavar="ADDRESS", help="Simulate on the workers of this dask scheduler.")
def sweep(study: str, out: str, resume: bool, processes: int | None, engine: Asked, scheduler: str | None) -> None:
    """Simulate the members of STUDY under all its scenarios and write OUT/<study name>/.

    Ctrl-C, a kill or a full disk lose no finished chunk: --resume goes on to the very result of an uninterrupted sweep.
    """
    import os
    import shlex
    from contextlib import ExitStack

    with _in_words(), ExitStack() as stack:
        from regionsim.studies.cluster import connected
        from regionsim.studies.sweep.run import prepare, run_sweep
        from regionsim.studies.sweep.study import read_study

        checked = read_study(study)
        command = _typed("sweep", study, out, scheduler and f"--scheduler {shlex.quote(scheduler)}")
        cluster = stack.enter_context(connected(scheduler)) if scheduler else None
        cores = processes or os.cpu_count() or 1
        _say("reading the scenarios of all members")
        begun = prepare(checked, out, resume=resume, command=command, processes=cores, cluster=cluster, engine=engine)
        with _resumable(begun.store, command), _members(checked.name, begun.total) as tell:
            text = run_sweep(begun, tell, _say)
        click.echo(text)
        click.echo(f"\nWritten to {begun.store.directory}")


@main.command()
@click.argument("study", type=click.Path())
@click.option(
    "--out", default=f"{RESULTS}/sweeps", show_default=True, type=click.Path(), help="Folder for the sweep's directory."
)
@click.option("--resume", is_flag=True, help="Finish a sweep that was stopped.")
@click.option("--processes", type=click.IntRange(1), help="Processes at work; one for each processor where not said.")
@click.option("--engine", default="auto", show_default=True, type=ENGINES, help=f"{WHICH}; --resume keeps to it.")
@click.option("--no-figures", is_flag=True, help="Write numbers only.")
def sensitivity(study: str, out: str, resume: bool, processes: int | None, engine: Asked, no_figures: bool) -> None:
    """Simulate the members of STUDY, and say which parameters and levers matter most.

    A sweep that is finished is taken as it is. Its design decides on the analysis: saltelli for indices of Sobol,
    morris for screening, one-at-a-time for a tornado, draws for PAWN and delta. All is written to
    OUT/<study name>/sensitivity/.
    """
    import os

    with _in_words():
        from regionsim.studies.sensitivity.analysis import analyse, steps_of
        from regionsim.studies.sensitivity.methods import method_of
        from regionsim.studies.sensitivity.sample import read_sample
        from regionsim.studies.sensitivity.words import summary
        from regionsim.studies.sensitivity.write import write_analysis
        from regionsim.studies.sweep.run import is_finished, prepare, run_sweep
        from regionsim.studies.sweep.study import read_study

        checked = read_study(study)
        method = method_of(checked)
        _say("reading the scenarios of all members")
        command = _typed("sensitivity", study, out)
        cores = processes or os.cpu_count() or 1
        resume = resume or is_finished(checked, out)
        begun = prepare(checked, out, resume=resume, processes=cores, command=command, engine=engine)
        with _resumable(begun.store, command):
            with _members(checked.name, begun.total) as tell:
                run_sweep(begun, tell, _say)
            sample = read_sample(begun.plan, begun.store)
            with _counting(method.name, steps_of(sample, method)) as count:
                analysis = analyse(sample, processes=cores, progress=count)
            _say("writing results" if no_figures else "drawing figures and writing results")
            directory = write_analysis(analysis, begun.store, figures=not no_figures)
        click.echo(summary(analysis))
        click.echo(f"\nWritten to {directory}")
        if not analysis.has_indices:
            sys.exit(FAILED)


@main.command()
@click.argument("file", type=click.Path())
@click.option(
    "--out", default=f"{RESULTS}/attribution", show_default=True, type=click.Path(), help="Folder to write in."
)
@click.option("--exact", is_flag=True, help="All subsets of the measures: 2^n runs.")
@click.option("--orders", type=click.IntRange(2), help="Orders at random, with intervals; an even number.")
@click.option("--seed", type=click.IntRange(0), help="Of the orders; 0 if not said.")
@click.option("--no-figures", is_flag=True, help="Write numbers only.")
@click.option("--resume", is_flag=True, help="Finish an attribution that was stopped.")
@click.option("--processes", type=click.IntRange(1), help="Processes at work; one for each processor where not said.")
@click.option("--engine", default="auto", show_default=True, type=ENGINES, help=f"{WHICH}; --resume keeps to it.")
def attribute(
    file: str,
    out: str,
    exact: bool,
    orders: int | None,
    seed: int | None,
    no_figures: bool,
    resume: bool,
    processes: int | None,
    engine: Asked,
) -> None:
    """Say what each measure of FILE, a scenario or a study, contributes to its results, and how measures act together.

    Contributions are Shapley values: what a measure adds, over all orders in which measures can be switched on. They
    add up to the difference that the measures make. Written to OUT/<name>/; --resume goes on to the very same result.
    """
    import os

    with _in_words():
        from regionsim.studies.attribute.report import write_attribution
        from regionsim.studies.attribute.run import prepare, run_attribution
        from regionsim.studies.attribute.study import read_study

        checked = read_study(file, exact=exact, orders=orders, seed=seed)
        command = _typed("attribute", file, out, exact and "--exact", orders and f"--orders {orders}")
        cores = processes or os.cpu_count() or 1
        begun = prepare(checked, out, resume=resume, processes=cores, command=command, engine=engine)
        with _resumable(begun.store, command), _members(checked.name, begun.total, "runs") as tell:
            found = run_attribution(begun, tell, _say)
        _say("writing results")
        text = write_attribution(begun, found, figures=not no_figures)
        click.echo(text)
        click.echo(f"\nWritten to {begun.store.directory}")


@main.command()
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
@click.option("--no-figures", is_flag=True, help="Write numbers only.")
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
    with _in_words():
        from regionsim.studies.discover.ask import asked
        from regionsim.studies.discover.discover import discover as find
        from regionsim.studies.discover.discover import searches
        from regionsim.studies.discover.finished import read_finished
        from regionsim.studies.discover.words import discovery_text, targets_text
        from regionsim.studies.discover.write import write_discovery

        finished = read_finished(directory)
        question = asked(finished, target=target, region=region, where=where, scenario=scenario, method=method)
        if question is None:
            click.echo(targets_text(finished))
            return
        with _counting("searches", searches(splits)) as tell:
            found = find(finished, question, splits=splits, seed=seed, tell=tell)
        _say("writing results" if no_figures else "drawing figures and writing results")
        written = write_discovery(found, figures=not no_figures)
        click.echo(discovery_text(found))
        click.echo(f"\nWritten to {written}")


@main.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--scenario", type=click.Path(), help="Show values as this scenario has them.")
def explain(name: tuple[str, ...], scenario: str | None) -> None:
    """Show what NAME is, or the names whose texts hold the words, Chinese or English.

    A name of the model (equation, stock, ledger, parameter), of the plan (measure, lever, instrument, project), or of
    the place (county, hub, agreement, cluster): 12, forest-chief, M12-04, 林长制, rural sewage, forest_area.
    """
    with _in_words():
        from regionsim.studies.explain import explanation

        click.echo(explanation(" ".join(name), scenario))


@main.command()
@click.argument("scenario", type=click.Path())
@click.option("--engine", type=click.Choice(["pysd", "pysimlin"]), help="One engine alone, in place of both.")
@click.option("--out", default=RESULTS, show_default=True, type=click.Path(), help="Folder for the certificate.")
def verify(scenario: str, engine: str | None, out: str) -> None:
    """Run SCENARIO by engines that are not regionsim's, compare, and write OUT/<scenario name>/verification.json."""
    with _in_words():
        from regionsim.studies.model import build_model, read_scenario
        from regionsim.studies.run import check_folder
        from regionsim.studies.verify.engines import ENGINES, check_engines
        from regionsim.studies.verify.study import certify, differences_text, write_certificate

        names = (engine,) if engine else tuple(ENGINES)
        check_engines(names)
        checked = read_scenario(scenario)
        check_folder(out)
        with _counting(f"{checked.name} elsewhere", len(names)) as tell:
            verification = certify(checked, build_model(checked), names, tell)
        click.echo(differences_text(verification))
        click.echo(f"\nWritten to {write_certificate(verification, Path(out))}")
        if not verification.agrees:
            sys.exit(FAILED)


@main.command(name="list")
@click.argument(
    "kind", type=click.Choice(["counties", "hubs", "measures", "parameters", "projects", "variables", "scenarios"])
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@click.option("--folder", default="scenarios", show_default=True, type=click.Path(), help="Where scenarios are.")
def list_(kind: str, as_json: bool, folder: str) -> None:
    """List what there is: counties, hubs, measures, parameters, transport projects, variables or scenarios."""
    with _in_words():
        from regionsim.studies.listing import listed, listing_text

        rows = listed(kind, Path(folder))
        if as_json:
            import json

            click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            click.echo(listing_text(rows))


@main.group()
def export() -> None:
    """Write the model in forms that other people and programs read: a document, a graph, XMILE."""


@export.command()
@click.option("--format", "kind", default="md", show_default=True, type=click.Choice(["md", "latex", "html"]))
@click.option("--scenario", type=click.Path(), help="Show values as this scenario has them.")
@click.option("--out", type=click.Path(), help="File to write; printed without it.")
def equations(kind: str, scenario: str | None, out: str | None) -> None:
    """List every stock, flow, auxiliary, ledger and parameter with its equation, unit and source, as one document."""
    with _in_words():
        from regionsim.export.equations.listing import equations_text

        _write(equations_text(kind, scenario), out)


@export.command()
@click.option("--format", "kind", default="dot", show_default=True, type=click.Choice(["dot", "svg"]))
@click.option("--mechanism", metavar="NAME", help="Only this mechanism, with what it reads and who reads it.")
@click.option("--around", metavar="VARIABLE", help="Only what is near this variable.")
@click.option("--depth", type=click.IntRange(1), help="How many links away from it; 1 where not said.")
@click.option("--scenario", type=click.Path(), help="Measure signs in the run of this scenario.")
@click.option("--out", type=click.Path(), help="File to write; printed without it.")
def graph(
    kind: str, mechanism: str | None, around: str | None, depth: int | None, scenario: str | None, out: str | None
) -> None:
    """Draw what acts on what, with signs measured in a run: the whole model or a part. SVG needs Graphviz."""
    with _in_words():
        from regionsim.export.causal_graph import causal_graph
        from regionsim.export.dot import dot_text, svg_text

        _say("measuring the signs of links")
        causes = causal_graph(scenario, mechanism=mechanism, around=around, depth=depth)
        _write(dot_text(causes) if kind == "dot" else svg_text(causes), out)


@export.command(name="xmile")
@click.argument("scenario", type=click.Path())
@click.option("--out", type=click.Path(), help="The file; by default <scenario name>.xmile in this folder.")
def export_xmile(scenario: str, out: str | None) -> None:
    """Write the model with the values of SCENARIO as XMILE, for Stella, Vensim, simlin and PySD."""
    with _in_words():
        from regionsim.studies.xmile import export_scenario

        click.echo(export_scenario(scenario, out))


def _write(content: str, out: str | None) -> None:
    """Print, or write a file that is whole or as it was."""
    if out is None:
        click.echo(content, nl=False)
        return
    from regionsim.results.whole_file import write_whole

    write_whole(Path(out), content)
    click.echo(f"Written to {out}")


def _run(scenario: Scenario) -> Run:
    from regionsim.studies.run import run_checked

    with _progress(scenario.name, scenario.start, scenario.end) as tell:
        return run_checked(scenario, tell)


def _again(scenario: Scenario, record: dict[str, Any]) -> Run:
    """The run of which this is the record."""
    if record["members"] == 1:
        return _run(scenario)
    return _fan(scenario, record["members"], record["seed"], None, record["engine"])


def _fan(scenario: Scenario, members: int, seed: int | None, processes: int | None, engine: Asked) -> Run:
    import os

    from regionsim.studies.fan import check_fan, failed_note, run_members

    check_fan(scenario, members)
    with _members(scenario.name, members) as tell:
        tell(0)
        fan = run_members(
            scenario,
            members,
            seed=scenario.seed if seed is None else seed,
            processes=processes or os.cpu_count() or 1,
            engine=engine,
            progress=tell,
        )
    if fan.failures:
        click.echo(failed_note(fan), err=True)
    return fan


def _typed(command: str, file: str, out: str, *options: str | bool | int | None) -> str:
    """What the reader has typed, for them to type again."""
    import shlex

    said = " ".join(str(option) for option in options if option)
    return f"regionsim {command} {shlex.quote(file)} --out {shlex.quote(out)} {said}".rstrip()


@contextmanager
def _resumable(store: Store, command: str) -> Iterator[None]:
    """Where work in chunks is stopped, say how to go on with it."""
    from regionsim.engine.guard import SimulationError

    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"interrupted; resume with: {command} --resume", err=True)
        sys.exit(INTERRUPTED)
    except (OSError, SimulationError):
        if not store.is_finished:
            click.echo(f"finished chunks are kept; resume with: {command} --resume", err=True)
        raise


@contextmanager
def _in_words(unfinished: str = "interrupted; older results are as they were") -> Iterator[None]:
    """Problems of the user's input as lines on stderr, exit status 2; a run that broke down, exit status 1."""
    from regionsim.problems import ProblemsError

    try:
        yield
    except ProblemsError as error:
        click.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        click.echo(unfinished, err=True)
        sys.exit(INTERRUPTED)
    except OSError as error:
        if error.errno == errno.EPIPE:  # who read our output has gone; click ends quietly
            raise
        click.echo(f"{error.filename or 'the system'}: {error.strerror or error}", err=True)
        sys.exit(FAILED)
    except Exception as error:
        from regionsim.engine.guard import SimulationError

        if not isinstance(error, SimulationError):
            raise
        click.echo(f"the run stopped: {error}", err=True)
        sys.exit(FAILED)


@contextmanager
def _progress(name: str, start: float, end: float) -> Iterator[Callable[[float], None] | None]:
    """A bar on stderr over the years of a run; nothing where stderr is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(
        total=end - start, desc=name, unit=" years", leave=False, bar_format="{desc}: {bar} {n:.0f}/{total:.0f}{unit}"
    ) as bar:
        yield lambda year: bar.update(year - start - bar.n)


@contextmanager
def _members(what: str, total: int, unit: str = "members") -> Iterator[Callable[[int], None]]:
    """A bar on stderr over members or runs that are finished, with the time left; nothing where it is no terminal."""
    if not sys.stderr.isatty():
        yield lambda finished: None
        return
    from tqdm import tqdm

    bars: list[tqdm[NoReturn]] = []
    words = f"{{desc}}: {{bar}} {{n_fmt}}/{{total_fmt}} {unit}, {{remaining}} left"

    def tell(finished: int) -> None:
        if bars:
            bars[0].update(finished - bars[0].n)
        else:  # what is there at the beginning says nothing of the time that the rest takes
            bars.append(tqdm(total=total, initial=finished, desc=what, leave=False, bar_format=words))

    try:
        yield tell
    finally:
        for bar in bars:
            bar.close()


@contextmanager
def _counting(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """A bar on stderr over things done; nothing where stderr is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from tqdm import tqdm

    with tqdm(total=total, desc=what, leave=False, bar_format="{desc}: {bar} {n}/{total} [{elapsed}]") as bar:
        yield lambda name: bar.update()


def _say(what: str) -> None:
    """What a slow step does, on stderr, where somebody looks."""
    if sys.stderr.isatty():
        click.echo(f"{what} ...", err=True)


if __name__ == "__main__":
    main(prog_name="regionsim")
