"""Calls of the command line, in this process and as a program of its own."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from whole_model import SCENARIOS

import regionsim
from regionsim.cli import main

BASE, PLAN = SCENARIOS / "base.yaml", SCENARIOS / "plan.yaml"


@dataclass(frozen=True)
class Said:
    """What a call of the command line left: exit status and the two streams."""

    status: int
    out: str
    error: str


def call(*arguments: object) -> Said:
    """The command line in this process; whatever is raised is raised here."""
    older = "mix_stderr" in inspect.signature(CliRunner).parameters
    runner = CliRunner(mix_stderr=False) if older else CliRunner()
    result = runner.invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, result.stdout, result.stderr)


def program(*arguments: object, folder: Path) -> Said:
    """The command line as a program of its own, started in a folder, with nothing of it a terminal."""
    source = str(Path(regionsim.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-m", "regionsim.cli", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": source, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Said(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def write(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    """A scenario file beside a copy of base.yaml."""
    (folder / "base.yaml").write_bytes(BASE.read_bytes())
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name
