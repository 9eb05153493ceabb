"""The command line: parse, call, print. Everything heavy is imported inside the command that needs it."""

from __future__ import annotations

import click

from regionsim.cli.ensembles import attribute, discover, sensitivity, sweep
from regionsim.cli.evidence import calibrate, validate, verify
from regionsim.cli.exports import export
from regionsim.cli.presentation import audit, figures, report, table
from regionsim.cli.questions import check, explain, list_
from regionsim.cli.runs import compare, run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="regionsim", message="regionsim %(version)s")
def main() -> None:
    """Scenarios of the Hunan-Jiangxi border cooperation zone, county by county.

    Start with: regionsim run scenarios/base.yaml
    """


COMMANDS = (
    *(run, compare, figures, table, report, audit),
    *(check, explain, list_, export),
    *(validate, calibrate, verify),
    *(sweep, sensitivity, attribute, discover),
)

for command in COMMANDS:
    main.add_command(command)
