"""The main loops with signs by hand, without a model: what `studies.causal_loops` measures, as far as a figure sees."""

from __future__ import annotations

from regionsim.export.main_loops import MAIN_LOOPS, MainLoop
from regionsim.figures.loops import CausalLoop, LoopsOfRun, Step


def made_loops() -> LoopsOfRun:
    """All main loops; of each the first variable is a stock, and the signs go round."""
    return LoopsOfRun(tuple(map(made_loop, MAIN_LOOPS)), (2020, 2025, 2030, 2035))


def made_loop(loop: MainLoop) -> CausalLoop:
    count = len(loop.shown)
    steps = tuple(
        Step(name, k == 0, ("+", "\u2212", "\u00b1")[k % 3] if k < count - 1 else "0", delayed=k % 2 == 1)
        for k, name in enumerate(loop.shown)
    )
    return CausalLoop(
        loop.code, loop.title, loop.title_zh, "R" if loop.code[0] == "R" else "B", loop.code == "R3", steps
    )
