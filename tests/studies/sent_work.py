"""Functions that the tests of a cluster send to its workers, which import them from here."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from regionsim.engine.guard import SimulationError


def doubled(piece: int) -> int:
    return 2 * piece


def ends_its_worker_once(folder: Path, piece: int) -> int:
    """Kill the worker at piece 1, the first time that anybody does it."""
    if piece == 1 and not (folder / "done").exists():
        (folder / "done").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return doubled(piece)


def always_ends_its_worker(piece: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return piece


def breaks(folder: Path, piece: int) -> int:
    """Raise an error of the model, and leave a file for each time."""
    (folder / f"{len(list(folder.iterdir()))}").touch()
    raise SimulationError(f"piece {piece} broke", {0: "it broke"})
