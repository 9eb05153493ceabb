"""The directory of a sweep: made whole, filled chunk by chunk, and never with anything half-written in it."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regionsim.problems import Problem, ProblemsError
from regionsim.results.whole_directory import WORTHLESS, lock_directory, unlock_directory, whole_directory
from regionsim.results.whole_file import FRESH, whole_file, write_whole
from regionsim.scenarios.report import shown
from regionsim.studies.engines import Asked, Engine
from regionsim.studies.sweep.identity import changes

Array = NDArray[np.float64]

STUDY = "study.yaml"
SCENARIOS = "scenarios"
DESIGN = "design.csv"
RECORD = "record.json"
CHUNKS = "chunks"
OUTPUTS = "outputs.nc"
OUTPUTS_TABLE = "outputs.csv"
QUANTILES = "quantiles.csv"
DIFFERENCES = "differences.csv"
FAILURES = "failures.csv"
SUMMARY = "summary.txt"


@dataclass(frozen=True)
class ChunkResult:
    """What a chunk yields: `values` by (member, year, column), the words of members that failed, largest residuals."""

    values: Array
    failures: Mapping[int, str]
    ledgers: Mapping[str, float]


@dataclass(frozen=True)
class Store:
    """The directory of one sweep, or of other work in chunks, called `what` with its article."""

    directory: Path
    what: str = "a sweep"

    @property
    def is_there(self) -> bool:
        """Whether one was begun here."""
        return (self.directory / RECORD).is_file()

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(path.stat().st_size for path in self.directory.rglob("*") if path.is_file())

    @property
    def record(self) -> dict[str, Any]:
        """What record.json says. Raises ProblemsError where it cannot be read."""
        path = self.directory / RECORD
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ProblemsError([Problem(str(path), 0, f"not the record of {self.what}", str(error))]) from None
        if not isinstance(record, dict):
            raise ProblemsError([Problem(str(path), 0, f"not the record of {self.what}", shown(record))])
        return record

    @property
    def is_finished(self) -> bool:
        """Whether all results stand beside the record."""
        return "results" in self.record

    def engine(self, asked: Asked) -> Engine:
        """The engine that the sweep was begun with. Raises ProblemsError where another one is asked for."""
        begun: Engine = self.record.get("engine", "reference")
        if asked not in ("auto", begun):
            what = f"cannot resume {self.directory} by another engine"
            expected = f"--engine {begun}, which it was begun with, or another --out"
            raise ProblemsError([Problem("--engine", 0, what, asked, expected)])
        return begun

    def refuse_what_is_there(self, command: str) -> None:
        """Refuse a directory with anything in it, before a new one. Raises ProblemsError."""
        target = self.directory
        if target.exists() and not target.is_dir():
            raise ProblemsError([Problem(str(target), 0, "the results need a directory", "a file")])
        if not target.is_dir() or all(entry.name in WORTHLESS for entry in target.iterdir()):
            return
        there = f"there is {self.what} already"
        what = there if self.is_there else f"the directory is not empty, and not that of {self.what}"
        other = "another --out, or an empty directory"
        expected = f"--resume, which finishes it ({command} --resume), or {other}" if self.is_there else other
        raise ProblemsError([Problem(str(target), 0, what, "", expected)])

    def refuse_another(self, now: Mapping[str, Any], study: str) -> None:
        """Refuse to go on with anything but the very sweep that was begun. Raises ProblemsError."""
        record = {key: value for key, value in self.record.items() if key != "results"}
        found = changes(record, dict(now))
        if found:
            what = f"cannot resume {self.directory}, which was begun otherwise: {'; '.join(found)}"
            raise ProblemsError([Problem(study, 0, what, "", "the study as it was, or another --out")])

    def begin(self, identity: Mapping[str, Any], files: Mapping[str, str | Iterable[str]]) -> None:
        """Make the directory with its record and `files` (texts, or parts of them, by name), whole or not at all."""
        with whole_directory(self.directory, ()) as fresh:
            for name, text in files.items():
                (fresh / name).parent.mkdir(exist_ok=True)
                with (fresh / name).open("w", encoding="utf-8", newline="\n") as file:
                    file.writelines([text] if isinstance(text, str) else text)
            (fresh / CHUNKS).mkdir()
            write_whole(fresh / RECORD, _json(identity))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes out while chunks are written; what a killed one left half-written is removed."""
        try:
            lock = lock_directory(self.directory)
        except BlockingIOError:
            what = "another process is at work here"
            raise ProblemsError([Problem(str(self.directory), 0, what, expected="its end")]) from None
        try:
            for folder in (self.directory, self.directory / CHUNKS):
                for left in folder.glob(FRESH):
                    left.unlink(missing_ok=True)
            yield
        finally:
            unlock_directory(lock)

    def finished_chunks(self, count: int) -> set[int]:
        """The places of the chunks that are there whole; one that cannot be read is as if it were not there."""
        return {place for place in range(count) if self._chunk(place).is_file() and self._read(place) is not None}

    def write_chunk(self, place: int, result: ChunkResult) -> None:
        """Write a finished chunk, whole or not at all."""
        (self.directory / CHUNKS).mkdir(exist_ok=True)
        about = {"failures": {str(k): words for k, words in result.failures.items()}, "ledgers": dict(result.ledgers)}
        with whole_file(self._chunk(place)) as fresh, fresh.open("wb") as file:
            np.savez(file, values=result.values, about=np.array(json.dumps(about, ensure_ascii=False)))

    def read_chunk(self, place: int) -> ChunkResult:
        """A chunk that is there. Raises ProblemsError where it is not, or not whole."""
        result = self._read(place)
        if result is None:
            raise ProblemsError([Problem(str(self._chunk(place)), 0, "the chunk is missing or broken")])
        return result

    def finish(self, results: Mapping[str, Any]) -> None:
        """Say in the record that all is there; the chunks, which the outputs hold whole, are removed."""
        record = {key: value for key, value in self.record.items() if key != "results"}
        write_whole(self.directory / RECORD, _json({**record, "results": dict(results)}))
        self.tidy()

    def tidy(self) -> None:
        """Remove the chunks of a finished sweep."""
        shutil.rmtree(self.directory / CHUNKS, ignore_errors=True)

    def _chunk(self, place: int) -> Path:
        return self.directory / CHUNKS / f"{place:06d}.npz"

    def _read(self, place: int) -> ChunkResult | None:
        try:
            with self._chunk(place).open("rb") as file, np.load(file, allow_pickle=False) as stored:
                values, about = stored["values"], json.loads(str(stored["about"]))
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        return ChunkResult(values, {int(k): words for k, words in about["failures"].items()}, about["ledgers"])


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
