"""Commands that show results which are there already: figures, tables, reports, and whether a file still holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from regionsim.cli import options
from regionsim.cli.endings import FAILED, in_words
from regionsim.cli.options import RESULTS
from regionsim.cli.progress import counting_bar
from regionsim.cli.simulate import run_again


@click.command()
@click.argument("results", nargs=-1, required=True, type=click.Path())
@click.option("--out", type=click.Path(), help=f"Folder for the figures; {RESULTS}/figures/<scenarios> if left out.")
@options.language
@click.option("--format", "formats", default="png,pdf", show_default=True, help="Some of png, pdf, svg.")
@click.option("--style", default="paper", show_default=True, type=click.Choice(["paper", "slides"]))
@click.option("--width", metavar="89mm|183mm", help="One or two columns of a journal; two where not said.")
@click.option("--observed", metavar="FILE.csv", help="Your own points: columns adcode, variable, year, value.")
def figures(
    results: tuple[str, ...],
    out: str | None,
    lang: Literal["en", "zh"],
    formats: str,
    style: Literal["paper", "slides"],
    width: str | None,
    observed: str | None,
) -> None:
    """Draw the figures of RESULTS, directories that run wrote, without running anything again.

    One result gives the figures of a run, several those of a comparison with the first. The directory of an
    attribution or a discovery, or the sensitivity/ of a sweep, gives those of that study. Each figure has its caption
    beside it, with units, sources and hashes.
    """
    with in_words():
        from regionsim.studies.figures import request_figures

        request = request_figures(
            results, out, RESULTS, language=lang, formats=formats, style=style, width=width, observed=observed
        )
        for warning in request.warnings:
            click.echo(warning, err=True)
        with counting_bar("figures", len(request.drawings)) as tell:
            directory = request.draw(tell)
        click.echo(f"{len(request.drawings)} figures written to {directory}")


@click.command()
@click.argument("results", nargs=-1, required=True, type=click.Path())
@click.option("--out", type=click.Path(), help=f"Folder for the tables; {RESULTS}/tables if left out.")
@options.language
@click.option("--format", "formats", default="csv,md,tex", show_default=True, help="Some of csv, md, tex, xlsx.")
def table(results: tuple[str, ...], out: str | None, lang: Literal["en", "zh"], formats: str) -> None:
    """Write the headline table of each of RESULTS, directories that run wrote, and of several their differences.

    The numbers are those of the figures. Each file carries scenario, hashes, version, seed and members.
    """
    with in_words():
        from regionsim.studies.tables.request import request_tables

        request = request_tables(results, out, RESULTS, language=lang, formats=formats)
        for warning in request.warnings:
            click.echo(warning, err=True)
        for file in request.write():
            click.echo(f"Written to {file}")


@click.command()
@click.argument("results", nargs=-1, required=True, type=click.Path())
@click.option("--out", type=click.Path(), help=f"Folder for the report; {RESULTS}/reports/<scenarios> if left out.")
@click.option(
    "--lang", default="en", show_default=True, type=click.Choice(["en", "zh", "both"]), help="Language of all text."
)
@click.option("--format", "formats", default="html,pdf", show_default=True, help="Some of html, pdf.")
@click.option("--question", metavar="TEXT", help="What the report is to answer; a general question if left out.")
def report(
    results: tuple[str, ...], out: str | None, lang: Literal["en", "zh", "both"], formats: str, question: str | None
) -> None:
    """Write a report of RESULTS, directories that run wrote, as one page of HTML and as PDF.

    It has the question, the results in short, the scenarios, what they assume otherwise than the base and by which
    source, targets, figures, tables, uncertainty, limits, and how to get the same again. Several results are compared
    with the first. The page needs no network, and PDF needs the extra report.
    """
    with in_words():
        from regionsim.studies.report.request import request_report

        request = request_report(results, out, RESULTS, language=lang, formats=formats, question=question)
        for warning in request.warnings:
            click.echo(warning, err=True)
        with counting_bar("report", request.steps) as tell:
            files = request.write(tell)
        for file in files:
            click.echo(f"Written to {file}")


@click.command()
@click.argument("file", type=click.Path())
@click.option("--results", default=RESULTS, show_default=True, type=click.Path(), help="Where results are looked for.")
def audit(file: str, results: str) -> None:
    """Find the runs that FILE, a figure, a table or a report, shows; run them again and say whether they give the same.

    Of a table its own lines are compared too. Exit status 1 where a number or a line is different now.
    """
    with in_words():
        from regionsim.studies.audit.audit import find_runs, judge, verdict_text
        from regionsim.studies.audit.wording import judge_wording, wording_text

        found = find_runs(Path(file), Path(results))
        verdicts = [judge(each, run_again) for each in found]
        click.echo("\n".join(verdict_text(verdict) for verdict in verdicts))
        wording = judge_wording(Path(file), [(verdict.found.identity, verdict.dataset) for verdict in verdicts])
        if wording is not None:
            click.echo(wording_text(wording))
        if not all(verdict.is_same for verdict in verdicts) or not (wording is None or wording.is_same):
            sys.exit(FAILED)
