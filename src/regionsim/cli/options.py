"""Options that several commands share, and what a reader typed, to be typed again."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable

import click

RESULTS = "results"
ENGINES = click.Choice(["auto", "reference", "compiled"])
WHICH_ENGINE = "How members are simulated: by numpy, by machine code (the extra fast), or by what is sooner done"


def cores() -> int:
    """The processors of this machine."""
    return os.cpu_count() or 1


out_folder = click.option(
    "--out", default=RESULTS, show_default=True, type=click.Path(), help="Folder for the results."
)
no_figures = click.option("--no-figures", is_flag=True, help="Write numbers only.")
language = click.option(
    "--lang", default="en", show_default=True, type=click.Choice(["en", "zh"]), help="Language of all text."
)
processes = click.option(
    "--processes",
    default=cores,
    type=click.IntRange(1),
    help="Processes at work; one for each processor where not said.",
)
kept_engine = click.option(
    "--engine", default="auto", show_default=True, type=ENGINES, help=f"{WHICH_ENGINE}; --resume keeps to it."
)


_OF_A_SWEEP = (
    click.argument("study", type=click.Path()),
    click.option(
        "--out",
        default=f"{RESULTS}/sweeps",
        show_default=True,
        type=click.Path(),
        help="Folder for the sweep's directory.",
    ),
    click.option("--resume", is_flag=True, help="Finish a sweep that was stopped."),
    processes,
    kept_engine,
)


def of_a_sweep(command: Callable[..., None]) -> Callable[..., None]:
    """What a command takes that simulates the members of a study."""
    for each in reversed(_OF_A_SWEEP):
        command = each(command)
    return command


def typed_command(command: str, file: str, out: str, *options: str | bool | int | None) -> str:
    """What the reader has typed, for them to type again."""
    said = " ".join(str(option) for option in options if option)
    return f"regionsim {command} {shlex.quote(file)} --out {shlex.quote(out)} {said}".rstrip()
