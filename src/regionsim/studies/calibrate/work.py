"""Work shared between processes: what comes back is in the order of what was given, whatever their number."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def mapped(work: Callable[[Item], Result], items: Sequence[Item], processes: int) -> Iterator[Result]:
    """The results one by one. An interruption ends the waiting, and what has not begun is not begun."""
    if processes <= 1 or len(items) <= 1:
        yield from map(work, items)
        return
    # The interruption is for the process that was asked, which then ends the others.
    pool = ProcessPoolExecutor(processes, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
    try:
        yield from pool.map(work, items)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
