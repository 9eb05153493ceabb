"""Pieces of work on the workers of a dask cluster, for which the extra `cluster` is needed."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from regionsim.engine.guard import SimulationError
from regionsim.problems import Problem, ProblemsError
from regionsim.studies.likeness import Description, describing, description, difference, refusals

if TYPE_CHECKING:
    from distributed import Client, Future

Piece = TypeVar("Piece")
Done = TypeVar("Done")

EXTRA = "pip install 'regionsim[cluster]'"
ADDRESS = "the address of a dask scheduler that runs, like tcp://node1:8786"
# Seconds: for an answer of the scheduler, for its first worker, and for anything to happen when none is left.
ANSWER, FIRST_WORKER, PATIENCE = 10, 60, 600
# So many workers may end at one piece before it is given up as what ended them.
MOST_ENDED = 12


class UnlikeError(Exception):
    """A worker that is not as the process that asks it."""


class Cluster:
    """The workers of a scheduler: what they yield is what processes here would, to the last bit on like processors."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self.here: Description = {}

    def check(self, packages: Iterable[str]) -> None:
        """Wait for a first worker, and refuse those whose model, data or packages differ. Raises ProblemsError."""
        self.here = description(packages)
        try:
            self.client.wait_for_workers(1, timeout=FIRST_WORKER)
        except TimeoutError:
            what = f"the scheduler has had no worker for {FIRST_WORKER} s"
            raise ProblemsError([Problem(self.address, 0, what, "", "one worker or more")]) from None
        found = self.client.run(describing(packages), on_error="return")
        unlike = {address: difference(self.here, there) for address, there in found.items()}
        unlike = {address: words for address, words in unlike.items() if any(words)}
        if unlike:
            raise ProblemsError(refusals(unlike))

    def done(self, work: Callable[[Piece], Done], pieces: Sequence[Piece]) -> Iterator[tuple[int, Done]]:
        """Each piece's place and what `work` made of it, in the order of finishing, which nobody should rely on.

        A piece whose worker ends is done by another. Whoever stops asking cancels what has not begun. Raises what
        `work` raises, and SimulationError where a piece ends many workers, none is left, or the scheduler is lost.
        """
        waiting = deque(range(len(pieces)))
        running: dict[Future[Done], int] = {}
        ended: Counter[int] = Counter()
        run = uuid4().hex
        try:
            while waiting or running:
                with self._reached():
                    while waiting and len(running) < self._most():
                        place = waiting.popleft()
                        key = f"regionsim-{run}-{place}-{ended[place]}"
                        future = self.client.submit(_made, self.here, work, pieces[place], key=key, pure=False)
                        running[future] = place
                    finished = self._finished(list(running))
                for future in finished:
                    place = running.pop(future)
                    with self._reached():
                        error = future.exception()
                    if error is None:
                        with self._reached():
                            made = future.result()
                        yield place, made
                        continue
                    ended[place] += _workers_ended(error)
                    if ended[place] >= MOST_ENDED:
                        words = f"{ended[place]} workers ended at the same work, as they do when memory runs out"
                        raise SimulationError(words)
                    waiting.appendleft(place)
        finally:
            if running and self.client.status == "running":
                with suppress(OSError, CancelledError):
                    self.client.cancel(list(running))

    def _most(self) -> int:
        """As many pieces are sent as keep every worker at work while results come in."""
        threads: dict[str, int] = self.client.nthreads()
        return 2 * max(sum(threads.values()), 1)

    def _finished(self, futures: Sequence[Future[Done]]) -> Sequence[Future[Done]]:
        """Those that are done, one or more."""
        from distributed import wait

        while True:
            try:
                with self.client.as_current():
                    wait(futures, timeout=PATIENCE, return_when="FIRST_COMPLETED")
                return [future for future in futures if future.done()]
            except TimeoutError:
                if not self.client.nthreads():
                    raise SimulationError(f"no worker has been left for {PATIENCE} s") from None

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """What is asked of the scheduler, in words where it does not answer any more."""
        try:
            yield
        except (CancelledError, OSError):
            raise SimulationError(f"the scheduler {self.address} is lost, or dropped the work") from None


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster of the scheduler at an address, as long as the block lasts.

    Raises ProblemsError where the extra is missing, where the address is none, and where nothing answers there.
    """
    if find_spec("distributed") is None:
        raise ProblemsError([Problem("--scheduler", 0, "dask's distributed is not installed", "", EXTRA)])
    from distributed import Client

    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it would say is said in words
    try:
        client = Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        what = f"no scheduler answers within {ANSWER} s" if isinstance(error, OSError) else "not an address"
        raise ProblemsError([Problem(address, 0, what, "", ADDRESS)]) from None
    try:
        yield Cluster(client, address)
    finally:
        with suppress(OSError, CancelledError):
            client.close(timeout=ANSWER)


def _made(here: Description, work: Callable[[Piece], Done], piece: Piece) -> Done:
    """What a worker does, unless it has come later and is another one than those that were looked at."""
    packages = [name for name in here if name not in ("python", "regionsim", "data")]
    found, wanted = difference(here, description(packages))
    if found or wanted:
        from distributed import get_worker

        raise UnlikeError(get_worker().address, (found, wanted))
    return work(piece)


def _workers_ended(error: BaseException) -> int:
    """How many workers ended at a piece that dask has given up for it. Raises what else went wrong."""
    from distributed import KilledWorker

    if isinstance(error, UnlikeError):
        raise ProblemsError(refusals({error.args[0]: error.args[1]})) from None
    if not isinstance(error, KilledWorker):
        raise error
    return int(error.allowed_failures) + 1
