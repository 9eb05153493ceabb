"""A directory that is whole or is not there, whatever interrupts the writing."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from regionsim.problems import Problem, ProblemsError

WORTHLESS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # file managers leave these

# Where directories cannot be locked, one that nobody touched for this long is taken for abandoned.
ABANDONED_AFTER_SECONDS = 24 * 3600.0


def check_target(directory: Path, contents: Collection[str]) -> None:
    """Refuse a target that is not ours to replace: call it before a run as well as before writing.

    `contents` are the names that an older result may have in it. Raises ProblemsError for a file of that name and for
    a directory that holds anything else.
    """
    target = directory.resolve()
    if target.exists() and not target.is_dir():
        raise ProblemsError([Problem(str(directory), 0, "the results need a directory", "a file")])
    if not target.exists():
        return
    foreign = sorted(entry.name for entry in target.iterdir() if entry.name not in WORTHLESS.union(contents))
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


@contextmanager
def whole_directory(directory: Path, contents: Collection[str]) -> Iterator[Path]:
    """A new directory beside `directory` that takes its place when the block ends well and vanishes otherwise.

    If anything is raised in the block, KeyboardInterrupt too, the older directory stays as it was. What a killed
    process left behind is cleaned up. Raises ProblemsError as `check_target` does.
    """
    check_target(directory, contents)
    target = directory.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new-{secrets.token_hex(4)}")
    lock = None
    try:
        with _locked_parent(target):
            _clean_up(target)
            fresh.mkdir()
            lock = lock_directory(fresh)
        yield fresh
        with _locked_parent(target):
            _replace(target, fresh, contents)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        unlock_directory(lock)


def _replace(target: Path, fresh: Path, contents: Collection[str]) -> None:
    """Put `fresh` in the place of `target`; if that fails the older result comes back."""
    check_target(target, contents)
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
        lock = lock_directory(fresh)
    except BlockingIOError:
        return False
    except OSError:  # another process has just removed it
        return False
    if lock is None:
        return time.time() - fresh.stat().st_mtime > ABANDONED_AFTER_SECONDS
    unlock_directory(lock)
    return True


@contextmanager
def _locked_parent(target: Path) -> Iterator[None]:
    """Keep other runs from cleaning up or replacing beside `target` for the moment of the block."""
    lock = lock_directory(target.parent, wait=True)
    try:
        yield
    finally:
        unlock_directory(lock)


def lock_directory(directory: Path, *, wait: bool = False) -> int | None:
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


def unlock_directory(descriptor: int | None) -> None:
    """Give back what `lock_directory` returned."""
    if descriptor is not None:
        with suppress(OSError):
            os.close(descriptor)
