"""How a command ends: problems in words, exit statuses, and how to go on with what was interrupted."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from regionsim.studies.sweep.store import Store

FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130


@contextmanager
def resumable(store: Store, command: str) -> Iterator[None]:
    """Where work in chunks is stopped, say how to go on with it."""
    from regionsim.engine.guard import SimulationError

    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"interrupted; resume with: {command} --resume", err=True)
        sys.exit(INTERRUPTED)
    except (OSError, SimulationError):
        if not store.is_finished:
            click.echo(f"finished chunks are kept; resume with: {command} --resume", err=True)
        raise


@contextmanager
def in_words(unfinished: str = "interrupted; older results are as they were") -> Iterator[None]:
    """Problems of the user's input as lines on stderr, exit status 2; a run that broke down, exit status 1."""
    from regionsim.problems import ProblemsError

    try:
        yield
    except ProblemsError as error:
        click.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        click.echo(unfinished, err=True)
        sys.exit(INTERRUPTED)
    except OSError as error:
        if error.errno == errno.EPIPE:  # who read our output has gone; click ends quietly
            raise
        click.echo(f"{error.filename or 'the system'}: {error.strerror or error}", err=True)
        sys.exit(FAILED)
    except Exception as error:
        from regionsim.engine.guard import SimulationError

        if not isinstance(error, SimulationError):
            raise
        click.echo(f"the run stopped: {error}", err=True)
        sys.exit(FAILED)
