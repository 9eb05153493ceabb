"""Commands that answer questions on scenarios and the model, without running anything."""

from __future__ import annotations

from pathlib import Path

import click

from regionsim.cli.endings import in_words


@click.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path())
def check(scenarios: tuple[str, ...]) -> None:
    """Check SCENARIOS and the model with their values, units too, and tell what in them changes nothing."""
    with in_words():
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


@click.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--scenario", type=click.Path(), help="Show values as this scenario has them.")
def explain(name: tuple[str, ...], scenario: str | None) -> None:
    """Show what NAME is, or the names whose texts hold the words, Chinese or English.

    A name of the model (equation, stock, ledger, parameter), of the plan (measure, lever, instrument, project), or of
    the place (county, hub, agreement, cluster): 12, forest-chief, M12-04, 林长制, rural sewage, forest_area.
    """
    with in_words():
        from regionsim.studies.explain import explanation

        click.echo(explanation(" ".join(name), scenario))


@click.command(name="list")
@click.argument(
    "kind", type=click.Choice(["counties", "hubs", "measures", "parameters", "projects", "variables", "scenarios"])
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@click.option("--folder", default="scenarios", show_default=True, type=click.Path(), help="Where scenarios are.")
def list_(kind: str, as_json: bool, folder: str) -> None:
    """List what there is: counties, hubs, measures, parameters, transport projects, variables or scenarios."""
    with in_words():
        from regionsim.studies.listing import listed, listing_text

        rows = listed(kind, Path(folder))
        if as_json:
            import json

            click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            click.echo(listing_text(rows))
