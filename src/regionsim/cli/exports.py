"""Commands that write the model for other people and programs: a document, a graph, XMILE."""

from __future__ import annotations

from pathlib import Path

import click

from regionsim.cli.endings import in_words
from regionsim.cli.progress import say


@click.group()
def export() -> None:
    """Write the model in forms that other people and programs read: a document, a graph, XMILE."""


@export.command()
@click.option("--format", "kind", default="md", show_default=True, type=click.Choice(["md", "latex", "html"]))
@click.option("--scenario", type=click.Path(), help="Show values as this scenario has them.")
@click.option("--out", type=click.Path(), help="File to write; printed without it.")
def equations(kind: str, scenario: str | None, out: str | None) -> None:
    """List every stock, flow, auxiliary, ledger and parameter with its equation, unit and source, as one document."""
    with in_words():
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
    with in_words():
        from regionsim.export.causal_graph import causal_graph
        from regionsim.export.dot import dot_text, svg_text

        say("measuring the signs of links")
        causes = causal_graph(scenario, mechanism=mechanism, around=around, depth=depth)
        _write(dot_text(causes) if kind == "dot" else svg_text(causes), out)


@export.command(name="xmile")
@click.argument("scenario", type=click.Path())
@click.option("--out", type=click.Path(), help="The file; by default <scenario name>.xmile in this folder.")
def export_xmile(scenario: str, out: str | None) -> None:
    """Write the model with the values of SCENARIO as XMILE, for Stella, Vensim, simlin and PySD."""
    with in_words():
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
