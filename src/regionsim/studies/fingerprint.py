"""What a result rests on besides its scenario: one hash over data, parameters and equations."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import regionsim

PACKAGE = Path(regionsim.__file__).parent
# Everything that decides the numbers: what was counted, what is assumed, and how one follows from the other.
PARTS = ("place/data/*.csv", "place/data/*.geojson", "parameters/*.yaml", "equations/*.py", "place/*.py", "engine/*.py")


@cache
def data_hash() -> str:
    """SHA-256 over names and contents of the files, line ends apart, so that it is the same on every platform."""
    digest = hashlib.sha256()
    for pattern in PARTS:
        for path in sorted(PACKAGE.glob(pattern)):
            digest.update(path.relative_to(PACKAGE).as_posix().encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
