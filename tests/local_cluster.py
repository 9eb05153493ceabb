"""A dask scheduler and workers as processes of this machine, each of which can be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import regionsim

SOURCE = Path(regionsim.__file__).parents[1]
# Where workers find the functions that tests send.
TESTS = Path(__file__).parent
WAIT = 90


@dataclass
class LocalCluster:
    """A scheduler with its address, and the workers that were started."""

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *words: str, source: Path = SOURCE) -> subprocess.Popen[bytes]:
        """One of dask's programs in the background; what it says goes to a file in the folder."""
        path = os.pathsep.join(map(str, (source, TESTS, TESTS / "studies")))
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def start_scheduler(self) -> None:
        """Start the scheduler, and learn its address."""
        file = self.folder / "scheduler.json"
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        self.address = json.loads(waited_for(file.is_file, file.read_text))["address"]

    def worker(self, *, source: Path = SOURCE) -> subprocess.Popen[bytes]:
        """One more worker of one thread, which nobody starts again when it ends."""
        return self.start("worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard", source=source)

    def have(self, workers: int) -> None:
        """Start workers until there are so many, and wait for them."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            for _ in range(workers - len(client.nthreads())):
                self.worker()
            client.wait_for_workers(workers, timeout=WAIT)


def waited_for(is_so, then=lambda: None):
    """What `then` yields once something is so."""
    deadline = time.monotonic() + WAIT
    while not is_so():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)
    return then()


@contextmanager
def local_cluster(folder: Path) -> Iterator[LocalCluster]:
    """A scheduler without workers, which ends with the block as they do."""
    cluster = LocalCluster(folder)
    try:
        cluster.start_scheduler()
        yield cluster
    finally:
        for process in reversed(cluster.processes):
            process.kill()
            process.wait(timeout=WAIT)
