"""Feedback loops of a run as figures need them: variables in a circle, and how each moves the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sign = Literal["+", "\u2212", "\u00b1", "0"]
REINFORCING, BALANCING, EITHER, AT_REST = "R", "B", "R/B", "0"


@dataclass(frozen=True)
class Step:
    """One variable of a loop and its link to the next: the sign, and whether a stock is filled or drained on the way.

    A link may pass variables that are not shown; its sign is then the product of theirs.
    """

    variable: str
    is_stock: bool
    sign: Sign
    delayed: bool


@dataclass(frozen=True)
class CausalLoop:
    """A loop with its code, its name in both languages and its steps, the last of which leads to the first.

    `kind` is what the signs of all links of the loop make it in the run: R, B, R/B (by county or year) or 0 (at rest);
    it `may_turn` where it hangs on a parameter whose range reaches over zero.
    """

    code: str
    title: str
    title_zh: str
    kind: str
    may_turn: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class LoopsOfRun:
    """The loops, the most telling first, and the years of the run in which their signs were measured."""

    loops: tuple[CausalLoop, ...]
    years: tuple[int, ...]
