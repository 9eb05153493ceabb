"""How the model is said: equations as small functions, stocks with inflows and outflows, ledgers that must close."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from regionsim.language.axes import ordered

TIME = "time"
STEP_START = "step_start"
# What every equation may ask for without anybody declaring it: the calendar date, in years.
CLOCK = {TIME: "year", STEP_START: "year"}
INITIAL = "initial_"


@dataclass(frozen=True)
class Declaration:
    """What equations, stocks and ledgers have in common. `over` is in the global order of axes."""

    name: str
    about: str
    unit: str
    over: tuple[str, ...]
    file: str
    line: int

    @property
    def place(self) -> str:
        """File and line, as messages show them."""
        return f"{short_path(self.file)}:{self.line}"


@dataclass(frozen=True)
class Equation(Declaration):
    """One equation: its name is the output, the function's arguments are the inputs, its body is one expression."""

    function: Callable[..., Any] = field(repr=False)
    arguments: tuple[str, ...] = ()
    measures: tuple[int, ...] = ()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The numbers reading: the value for given arguments (numbers, or full-rank arrays)."""
        return self.function(*args, **kwargs)


@dataclass(frozen=True)
class Stock(Declaration):
    """One stock: it changes only by its flows. `initial` names an input or an equation, read at the start.

    It may be the number 0 or 1: nothing there yet, or an index.
    """

    initial: str | int = 0
    inflows: tuple[str, ...] = ()
    outflows: tuple[str, ...] = ()
    non_negative: bool = True


@dataclass(frozen=True)
class Ledger(Declaration):
    """A sum that must close: what the stocks gain together is what comes in less what goes out, at every step.

    Without stocks, inflows and outflows themselves must be equal. `over` names the axes along which the ledger
    closes element by element; all other axes are summed.
    """

    stocks: tuple[str, ...] = ()
    inflows: tuple[str, ...] = ()
    outflows: tuple[str, ...] = ()


def equation(
    *, unit: str, over: Iterable[str] = ("county",), measures: Iterable[int] = ()
) -> Callable[[Callable[..., Any]], Equation]:
    """Declare a function as an equation with the unit and the axes of its result.

    `measures` are the numbers of the action plan's measures that act through it.
    """

    def declare(function: Callable[..., Any]) -> Equation:
        code = function.__code__
        return Equation(
            name=function.__name__,
            about=inspect.cleandoc(function.__doc__ or ""),
            unit=unit,
            over=ordered(over),
            file=code.co_filename,
            line=code.co_firstlineno,
            function=function,
            arguments=code.co_varnames[: code.co_argcount + code.co_kwonlyargcount],
            measures=tuple(measures),
        )

    return declare


def stock(
    about: str,
    *,
    unit: str,
    initial: str | int,
    inflows: Iterable[str] = (),
    outflows: Iterable[str] = (),
    over: Iterable[str] = ("county",),
    non_negative: bool = True,
) -> Stock:
    """Declare a stock; its name is the name that it is assigned to in its module."""
    file, line = _caller()
    return Stock(
        name="",
        about=about,
        unit=unit,
        over=ordered(over),
        file=file,
        line=line,
        initial=initial,
        inflows=tuple(inflows),
        outflows=tuple(outflows),
        non_negative=non_negative,
    )


def ledger(
    about: str,
    *,
    unit: str,
    stocks: Iterable[str] = (),
    inflows: Iterable[str] = (),
    outflows: Iterable[str] = (),
    over: Iterable[str] = (),
) -> Ledger:
    """Declare a ledger; its name is the name that it is assigned to in its module."""
    file, line = _caller()
    return Ledger(
        name="",
        about=about,
        unit=unit,
        over=ordered(over),
        file=file,
        line=line,
        stocks=tuple(stocks),
        inflows=tuple(inflows),
        outflows=tuple(outflows),
    )


def collect(modules: Iterable[ModuleType]) -> tuple[Declaration, ...]:
    """All declarations of the given modules in the order in which they stand there."""
    found: list[Declaration] = []
    for module in modules:
        for name, value in vars(module).items():
            if isinstance(value, Stock | Ledger):
                found.append(replace(value, name=name))
            elif isinstance(value, Equation):
                found.append(value)
    return tuple(found)


@cache
def short_path(file: str) -> str:
    """A file's last folder and name: `equations/forest.py`."""
    return "/".join(Path(file).parts[-2:])


def _caller() -> tuple[str, int]:
    frame = sys._getframe(2)
    return frame.f_code.co_filename, frame.f_lineno
