"""A file that is whole or as it was, whatever interrupts the writing."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from regionsim.problems import Problem, ProblemsError


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
    fresh = path.with_name(f".{path.name}.new-{secrets.token_hex(4)}")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
