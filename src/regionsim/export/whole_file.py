"""A file that is whole or as it was, whatever interrupts the writing."""

from __future__ import annotations

import secrets
from pathlib import Path

from regionsim.problems import Problem, ProblemsError


def write_whole(file: Path, content: str) -> None:
    """Write text with line feeds as UTF-8, in place of an older file of that name only when all of it is written.

    Raises ProblemsError where there is no such folder or the name is that of a folder, and OSError where the writing
    fails.
    """
    if not file.parent.is_dir():
        raise ProblemsError(
            [Problem(str(file), 0, "the folder is not there", str(file.parent), "a folder that exists")]
        )
    if file.is_dir():
        raise ProblemsError([Problem(str(file), 0, "the name of a file is needed", "a folder")])
    fresh = file.with_name(f".{file.name}.new-{secrets.token_hex(4)}")
    try:
        fresh.write_text(content, encoding="utf-8", newline="\n")
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
