"""A file that is whole or as it was before, whatever interrupts the writing."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write text as UTF-8 with plain line ends into a file, in the place of an older one."""
    fresh = path.with_name(f".{path.name}.new-{secrets.token_hex(4)}")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
