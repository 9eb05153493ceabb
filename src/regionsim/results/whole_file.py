"""A file that is whole or as it was, whatever interrupts the writing."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from regionsim.problems import Problem, ProblemsError

FRESH = ".*.new-*"


def write_whole(path: Path, text: str) -> None:
    """Write text with line feeds as UTF-8, in place of an older file of that name only when all of it is written.

    Raises ProblemsError where there is no such folder or the name is that of a folder, and OSError where the writing
    fails.
    """
    if not path.parent.is_dir():
        raise ProblemsError(
            [Problem(str(path), 0, "the folder is not there", str(path.parent), "a folder that exists")]
        )
    if path.is_dir():
        raise ProblemsError([Problem(str(path), 0, "the name of a file is needed", "a folder")])
    with whole_file(path) as fresh:
        fresh.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """The name of a new file, to be written in the block, that takes the place of `path` when the block ends well.

    Whatever is raised, the older file stays as it was. What a killed process leaves has a name like FRESH.
    """
    fresh = path.with_name(f".{path.name}.new-{secrets.token_hex(4)}")
    try:
        yield fresh
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        error.filename = error.filename or str(path)  # a full disk does not say where
        raise
    finally:
        fresh.unlink(missing_ok=True)
