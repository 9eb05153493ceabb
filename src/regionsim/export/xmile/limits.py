"""What a document cannot hold, said before anybody tries to read it."""

from __future__ import annotations

from collections.abc import Iterable

from regionsim.engine.compile import Model
from regionsim.export.xmile.variables import MOST_DIMENSIONS, printed_order
from regionsim.language.declarations import short_path
from regionsim.problems import Problem, ProblemsError

# What pysimlin takes at most: every element of every variable is one slot.
MOST_SLOTS = 65_536


def refuse_what_is_too_wide(model: Model) -> None:
    """Raises ProblemsError for stocks and equations with more dimensions than readers know."""
    problems = [
        Problem(
            short_path(declaration.file),
            declaration.line,
            f"{declaration.name}: dimensions in XMILE",
            found=", ".join(printed_order(declaration.over)),
            expected=f"{MOST_DIMENSIONS} at most",
        )
        for declaration in (*model.stocks.values(), *model.equations.values())
        if len(printed_order(declaration.over)) > MOST_DIMENSIONS
    ]
    if problems:
        raise ProblemsError(problems)


def refuse_shared_names(names: Iterable[str]) -> None:
    """Raises ProblemsError for names that two things would have, since labels become part of names."""
    problems = [Problem("XMILE", 0, f"'{name}' would be the name of two things") for name in names]
    if problems:
        raise ProblemsError(problems)


def refuse_too_many_slots(title: str, slots: int) -> None:
    """Raises ProblemsError for more elements than a reader can hold."""
    if slots > MOST_SLOTS:
        raise ProblemsError([Problem(title, 0, "elements in XMILE", f"{slots:,}", f"{MOST_SLOTS:,} at most")])
