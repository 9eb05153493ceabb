"""Commands that hold the model against what was observed, and against engines that are not its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regionsim.cli import options
from regionsim.cli.endings import FAILED, in_words
from regionsim.cli.options import RESULTS
from regionsim.cli.progress import counting_bar, say
from regionsim.cli.simulate import run_one

if TYPE_CHECKING:
    from regionsim.studies.engines import Asked


@click.command()
@click.argument("scenario", required=False, type=click.Path())
@click.option("--observed", type=click.Path(), metavar="FILE.csv", help="Columns adcode, variable, year, value.")
@click.option(
    "--out",
    type=click.Path(),
    help=f"Folder to write; {RESULTS}/validation, or {RESULTS}/validation-observed beside --observed.",
)
@options.no_figures
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
    with in_words():
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
    with counting_bar("tests", len(EXAMINATIONS)) as tell:
        dossier = make_dossier(
            scenarios, uncertainty, seed=seed, shipped=shipped, examinations=EXAMINATIONS, progress=tell
        )
    say("writing the dossier")
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
    dataset = run_one(subject).dataset if isinstance(subject, Scenario) else subject
    validation = score(dataset, observed, observations, subject if isinstance(subject, Scenario) else None)
    directory = write_validation(validation, Path(out), figures=figures)
    click.echo(terminal_table(validation.assessments, validation.with_given))
    click.echo("\n".join(["", SKILL_NOTE, *remarks(validation.assessments, validation.with_given)]))
    click.echo(f"\nWritten to {directory}")


@click.command()
@click.argument("study", type=click.Path())
@click.option(
    "--out", type=click.Path(), help=f"Folder for the results; {RESULTS}/calibration/<study name> if left out."
)
@click.option("--resume", is_flag=True, help="Go on with a calibration that was interrupted.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1), help="How many runs at a time.")
@click.option(
    "--engine",
    type=options.ENGINES,
    help=f"{options.WHICH_ENGINE}; numpy if not said, or what a calibration was begun with.",
)
def calibrate(study: str, out: str | None, resume: bool, processes: int, engine: Asked | None) -> None:
    """Fit the parameters that STUDY names to what was observed, with intervals, and write them as a layer.

    A scenario uses the layer by `calibration: path/to/layer.yaml`. After an interruption --resume goes on to the very
    result that there would have been without one.
    """
    with in_words(unfinished="interrupted; --resume goes on from here"):
        from regionsim.studies.calibrate.calibrate import calibrate as fit
        from regionsim.studies.calibrate.calibrate import steps
        from regionsim.studies.calibrate.read import read_study
        from regionsim.studies.calibrate.words import calibration_text
        from regionsim.studies.calibrate.write import calibration_folder, write_calibration

        checked = read_study(study)
        folder = calibration_folder(out or f"{RESULTS}/calibration/{checked.name}", checked.name)
        with counting_bar(checked.name, steps(checked)) as tell:
            found = fit(checked, folder, resume=resume, processes=processes, engine=engine, tell=tell)
        layer = write_calibration(found, folder)
        click.echo(calibration_text(found))
        click.echo(f"\nWritten to {layer}")


@click.command()
@click.argument("scenario", type=click.Path())
@click.option("--engine", type=click.Choice(["pysd", "pysimlin"]), help="One engine alone, in place of both.")
@click.option("--out", default=RESULTS, show_default=True, type=click.Path(), help="Folder for the certificate.")
def verify(scenario: str, engine: str | None, out: str) -> None:
    """Run SCENARIO by engines that are not regionsim's, compare, and write OUT/<scenario name>/verification.json."""
    with in_words():
        from regionsim.studies.model import build_model, read_scenario
        from regionsim.studies.run import check_folder
        from regionsim.studies.verify.engines import ENGINES, check_engines
        from regionsim.studies.verify.study import certify, differences_text, write_certificate

        names = (engine,) if engine else tuple(ENGINES)
        check_engines(names)
        checked = read_scenario(scenario)
        check_folder(out)
        with counting_bar(f"{checked.name} elsewhere", len(names)) as tell:
            verification = certify(checked, build_model(checked), names, tell)
        click.echo(differences_text(verification))
        click.echo(f"\nWritten to {write_certificate(verification, Path(out))}")
        if not verification.agrees:
            sys.exit(FAILED)
