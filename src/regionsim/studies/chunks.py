"""Pieces of work over several processes, each done whole or not at all, stopped at once when somebody stops us."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Protocol, TypeVar

from regionsim.engine.guard import SimulationError

Piece = TypeVar("Piece")
Done = TypeVar("Done")


class Workers(Protocol):
    """Who does pieces of work: processes of this machine, or machines elsewhere (`studies.cluster`)."""

    def done(self, work: Callable[[Piece], Done], pieces: Sequence[Piece]) -> Iterator[tuple[int, Done]]:
        """Each piece's place and what `work` made of it, in the order of finishing."""


@dataclass(frozen=True)
class Processes:
    """So many processes of this machine."""

    count: int

    def done(self, work: Callable[[Piece], Done], pieces: Sequence[Piece]) -> Iterator[tuple[int, Done]]:
        """As `done_by_processes`."""
        return done_by_processes(work, pieces, self.count)


def done_by_processes(
    work: Callable[[Piece], Done], pieces: Sequence[Piece], processes: int
) -> Iterator[tuple[int, Done]]:
    """Each piece's place and what `work` made of it, in the order of finishing, which nobody should rely on.

    When the caller is interrupted, or stops asking, the processes end at once; when it is killed, they end by
    themselves. Raises what `work` raises, and SimulationError where the system ended a process.
    """
    if processes <= 1 or len(pieces) <= 1:
        for place, piece in enumerate(pieces):
            yield place, work(piece)
        return
    # New interpreters: no thread of this one is copied halfway, on any system.
    context = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(min(processes, len(pieces)), mp_context=context, initializer=_begin)
    running: dict[Future[Done], int] = {}
    waiting = iter(enumerate(pieces))
    try:
        while True:
            while len(running) < 2 * processes and (following := next(waiting, None)) is not None:
                place, piece = following
                running[pool.submit(work, piece)] = place
            if not running:
                break
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield running.pop(future), future.result()
        pool.shutdown()
    except BrokenProcessPool:
        raise SimulationError("the system ended one of the processes, as it does when memory runs out") from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()


def in_order(done: Iterable[tuple[int, Done]]) -> Iterator[Done]:
    """What was made of the pieces in the order of the pieces, each as soon as it and those before it are there."""
    waiting: dict[int, Done] = {}
    following = 0
    for place, made in done:
        waiting[place] = made
        while following in waiting:
            yield waiting.pop(following)
            following += 1


def _begin() -> None:
    """Ctrl-C is for the process that started this one; with its end this one ends too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
