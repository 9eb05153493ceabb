"""What slow work says of its progress: on stderr, and nothing where that is not a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Callable


@contextmanager
def years_bar(name: str, start: float, end: float) -> Iterator[Callable[[float], None] | None]:
    """A bar on stderr over the years of a run; nothing where stderr is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(
        total=end - start, desc=name, unit=" years", leave=False, bar_format="{desc}: {bar} {n:.0f}/{total:.0f}{unit}"
    ) as bar:

        def tell(year: float) -> None:
            bar.update(year - start - bar.n)

        yield tell


@contextmanager
def members_bar(what: str, total: int, unit: str = "members") -> Iterator[Callable[[int], None]]:
    """A bar on stderr over members or runs that are finished, with the time left; nothing where it is no terminal."""
    if not sys.stderr.isatty():
        yield lambda finished: None
        return
    from tqdm import tqdm

    bars: list[tqdm[NoReturn]] = []
    words = f"{{desc}}: {{bar}} {{n_fmt}}/{{total_fmt}} {unit}, {{remaining}} left"

    def tell(finished: int) -> None:
        if bars:
            bars[0].update(finished - bars[0].n)
        else:  # what is there at the beginning says nothing of the time that the rest takes
            bars.append(tqdm(total=total, initial=finished, desc=what, leave=False, bar_format=words))

    try:
        yield tell
    finally:
        for bar in bars:
            bar.close()


@contextmanager
def counting_bar(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """A bar on stderr over things done; nothing where stderr is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from tqdm import tqdm

    with tqdm(total=total, desc=what, leave=False, bar_format="{desc}: {bar} {n}/{total} [{elapsed}]") as bar:

        def tell(name: str) -> None:
            bar.update()

        yield tell


def say(what: str) -> None:
    """What a slow step does, on stderr, where somebody looks."""
    if sys.stderr.isatty():
        click.echo(f"{what} ...", err=True)
