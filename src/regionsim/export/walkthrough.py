"""Pages whose commands are run as they stand: `python -m regionsim.export.walkthrough README.md docs/tutorial.md`.

A comment on the line before a fenced block says what the block is:

- `<!-- run -->`: commands of regionsim, one per line, which must succeed;
- `<!-- run: refused -->`: the same, which must end with status 2, as wrong input does;
- `<!-- file: scenarios/name.yaml -->`: a file that the reader is told to write;
- `<!-- python -->`: Python that is executed;
- `<!-- output -->` or `<!-- output: first 12 lines -->`: what the last commands, or the last Python, printed.

A page is walked through from top to bottom in a folder of its own that holds the project's scenarios. Called as a
program, this writes what was printed into the pages; a test holds them to it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import regionsim

# Runs a command's words in the current folder; returns its exit status and all that it printed.
Runner = Callable[[Sequence[str]], tuple[int, str]]

SUCCESS, REFUSED = 0, 2
_BLOCK = re.compile(
    r"^<!-- (?P<kind>run|file|python|output)(?:: (?P<what>[^\n]+?))? -->\n"
    r"(?P<fence>`{3,})\w*\n(?P<text>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
_FIRST_LINES = re.compile(r"first (\d+) lines")


class WalkError(Exception):
    """A block that could not be walked through: page line, and what happened."""


@dataclass
class _State:
    printed: str
    names: dict[str, object]


def walked(page: str, folder: Path, run: Runner) -> str:
    """The page with every output block as it was printed now, after all its blocks were walked through in `folder`.

    Raises WalkError for a command with another exit status than the page promises, a command that is not regionsim's,
    a file outside the folder and Python that raises.
    """
    state = _State(printed="", names={})

    def walk(block: re.Match[str]) -> str:
        try:
            with contextlib.chdir(folder):
                return _walk(block, folder, run, state)
        except WalkError as error:
            line = page.count("\n", 0, block.start()) + 1
            raise WalkError(f"line {line}: {error}") from error.__cause__

    return _BLOCK.sub(walk, page)


def _walk(block: re.Match[str], folder: Path, run: Runner, state: _State) -> str:
    text, what = block["text"], block["what"] or ""
    if block["kind"] == "file":
        target = (folder / what).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise WalkError(f"the file '{what}' lies outside the folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    elif block["kind"] == "run":
        wanted = REFUSED if what == "refused" else SUCCESS
        state.printed = "".join(_command(line, wanted, run) for line in text.splitlines() if line.strip())
    elif block["kind"] == "python":
        state.printed = _python(text, state.names)
    else:
        limit = _FIRST_LINES.fullmatch(what)
        lines = state.printed.rstrip("\n").splitlines()
        shown = lines[: int(limit[1])] if limit else lines
        written = "\n".join(line.rstrip() for line in shown) + "\n"
        begin, end = (position - block.start() for position in block.span("text"))
        return block[0][:begin] + written + block[0][end:]
    return block[0]


def _command(line: str, wanted: int, run: Runner) -> str:
    words = shlex.split(line, comments=True)
    if not words:
        return ""
    if words[0] != "regionsim":
        raise WalkError(f"only commands of regionsim can be run here, found '{line}'")
    status, printed = run(words[1:])
    if status != wanted:
        raise WalkError(f"'{line}' ended with status {status}, expected {wanted}\n{printed}")
    return printed.replace("\\", "/")  # folders are written with / on every platform


def _python(text: str, names: dict[str, object]) -> str:
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(text, "<page>", "exec"), names)
    except Exception as error:
        raise WalkError(f"the Python raised {type(error).__name__}: {error}") from error
    return printed.getvalue()


def as_program(words: Sequence[str]) -> tuple[int, str]:
    """Run the command line in a process of its own."""
    started = "from regionsim.cli import main; main(prog_name='regionsim')"
    # The package that runs this, whatever else is installed.
    here = str(Path(regionsim.__file__).resolve().parents[1])
    done = subprocess.run(
        [sys.executable, "-c", started, *words],
        env={**os.environ, "PYTHONPATH": here, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def refresh(file: Path, scenarios: Path, run: Runner = as_program) -> bool:
    """Walk through the page in `file` in a new folder with a copy of `scenarios`; returns whether the page changed."""
    page = file.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as temporary:
        shutil.copytree(scenarios, Path(temporary) / "scenarios")
        fresh = walked(page, Path(temporary), run)
    if fresh != page:
        file.write_text(fresh, encoding="utf-8", newline="\n")
    return fresh != page


def main(arguments: Sequence[str]) -> int:
    """Refresh the pages that are named, from the root of the project, and say which changed."""
    if not arguments:
        print("usage: python -m regionsim.export.walkthrough PAGE...", file=sys.stderr)
        return 2
    for name in arguments:
        try:
            if refresh(Path(name), Path("scenarios")):
                print(name)
        except WalkError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
