"""Results on disk: a directory that is whole or is not there, whatever interrupts the writing."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionsim.problems import Problem, ProblemsError
from regionsim.results.dataset import write_netcdf
from regionsim.results.indicators import indicators

if TYPE_CHECKING:
    import xarray

INDICATORS = "indicators.csv"
TRAJECTORIES = "trajectories.nc"
RUN_RECORD = "run.json"
SCENARIO = "scenario.yaml"
FIGURES = "figures"
CONTENTS = frozenset({INDICATORS, TRAJECTORIES, RUN_RECORD, SCENARIO, FIGURES})
WORTHLESS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # file managers leave these

# Where directories cannot be locked, one that nobody touched for this long is taken for abandoned.
ABANDONED_AFTER_SECONDS = 24 * 3600.0


def check_target(directory: Path) -> None:
    """Refuse a target that is not ours to replace: call it before a run as well as before writing.

    Raises ProblemsError for a file of that name and for a directory that holds anything but an older result.
    """
    target = directory.resolve()
    if target.exists() and not target.is_dir():
        raise ProblemsError([Problem(str(directory), 0, "the results need a directory", "a file")])
    if not target.exists():
        return
    foreign = sorted(entry.name for entry in target.iterdir() if entry.name not in CONTENTS | WORTHLESS)
    if foreign:
        raise ProblemsError(
            [
                Problem(
                    str(directory),
                    0,
                    "writing results here would delete what is not part of a result",
                    ", ".join(foreign[:5]) + (" and more" if len(foreign) > 5 else ""),
                    "a new or empty directory, or one that holds an older result alone",
                )
            ]
        )


def write_results(
    directory: Path,
    dataset: xarray.Dataset,
    *,
    resolved_scenario: str,
    run_record: Mapping[str, Any],
    figures: Callable[[Path], object] | None = None,
) -> Path:
    """Write a whole result into `directory`, in place of an older one, and return the directory.

    Files: indicators.csv (UTF-8, 12 significant digits), trajectories.nc, run.json (`run_record`, keys sorted),
    scenario.yaml (`resolved_scenario` as given) and figures/ (filled by `figures`, which gets the directory).
    Everything is written beside the target first and moved into place when it is complete. If anything is raised on
    the way, KeyboardInterrupt too, the older result stays as it was. What a killed run left behind is cleaned up.

    Raises ProblemsError where the target holds anything that is not part of a result.
    """
    check_target(directory)
    target = directory.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with _fresh_directory(target) as fresh:
        table = indicators(dataset)
        table.to_csv(fresh / INDICATORS, index=False, float_format="%.12g", lineterminator="\n", encoding="utf-8")
        write_netcdf(dataset, fresh / TRAJECTORIES)
        record = json.dumps(run_record, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False)
        (fresh / RUN_RECORD).write_text(record + "\n", encoding="utf-8", newline="\n")
        (fresh / SCENARIO).write_text(resolved_scenario, encoding="utf-8", newline="\n")
        if figures is not None:
            (fresh / FIGURES).mkdir()
            figures(fresh / FIGURES)
    return directory


@contextmanager
def _fresh_directory(target: Path) -> Iterator[Path]:
    """A new directory beside `target` that takes its place when the block ends well and vanishes otherwise."""
    fresh = target.with_name(f".{target.name}.new-{secrets.token_hex(4)}")
    lock = None
    try:
        with _locked_parent(target):
            _clean_up(target)
            fresh.mkdir()
            lock = _lock(fresh)
        yield fresh
        with _locked_parent(target):
            _replace(target, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        _unlock(lock)


def _replace(target: Path, fresh: Path) -> None:
    """Put `fresh` in the place of `target`; if that fails the older result comes back."""
    check_target(target)
    old = target.with_name(f".{target.name}.old-{secrets.token_hex(4)}")
    try:
        if target.exists():
            target.rename(old)
        fresh.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise
    finally:
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)


def _clean_up(target: Path) -> None:
    """Remove what killed runs for the same target left, and bring back a result that one had moved aside."""
    left = list(target.parent.iterdir())
    for old in (entry for entry in left if entry.name.startswith(f".{target.name}.old-")):
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)
    for fresh in (entry for entry in left if entry.name.startswith(f".{target.name}.new-")):
        if _is_abandoned(fresh):
            shutil.rmtree(fresh, ignore_errors=True)


def _is_abandoned(fresh: Path) -> bool:
    """Whether no living process writes into the directory: its lock ends with the process that held it."""
    try:
        lock = _lock(fresh)
    except BlockingIOError:
        return False
    except OSError:  # another process has just removed it
        return False
    if lock is None:
        return time.time() - fresh.stat().st_mtime > ABANDONED_AFTER_SECONDS
    _unlock(lock)
    return True


@contextmanager
def _locked_parent(target: Path) -> Iterator[None]:
    """Keep other runs from cleaning up or replacing beside `target` for the moment of the block."""
    lock = _lock(target.parent, wait=True)
    try:
        yield
    finally:
        _unlock(lock)


def _lock(directory: Path, *, wait: bool = False) -> int | None:
    """An open descriptor that holds the directory's lock, None where the system cannot lock directories.

    Raises BlockingIOError where another process holds it and `wait` is false.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        raise
    except OSError:  # a file system without locks
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _unlock(descriptor: int | None) -> None:
    if descriptor is not None:
        with suppress(OSError):
            os.close(descriptor)
