"""Which engine simulates the members: the reference, or machine code of the same equations (the extra `fast`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from regionsim.engine.compiled.machine import EXTRA, code_of, is_installed, is_made
from regionsim.engine.compiled.program import program_of
from regionsim.problems import Problem, ProblemsError
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.model import build_model

Engine = Literal["reference", "compiled"]
# What may be asked for; `auto` is what is sooner done.
Asked = Literal["reference", "compiled", "auto"]

# Members that the reference simulates together: enough to share the cost of a call, few enough to stay in the cache.
CHUNK = 32
# Machine code takes members one by one: here it is the making of a model that is shared, and a file in a sweep.
CHUNKS: dict[Engine, int] = {"reference": CHUNK, "compiled": 128}
# From so many members on machine code is sooner done: where it has to be made first, and where it is on disk.
PAYS, PAYS_IF_MADE = 1000, 2 * CHUNK


def check_engine(asked: Asked) -> None:
    """Refuse the compiled engine where its extra is missing. Raises ProblemsError."""
    if asked == "compiled" and not is_installed():
        raise ProblemsError([Problem("--engine compiled", 0, "the compiled engine is not installed", "", EXTRA)])


def chosen_engine(asked: Asked, members: int, scenarios: Sequence[Scenario] = ()) -> Engine:
    """The engine for so many members. Makes no code.

    Whether code is on disk matters for `auto` where the scenarios are given; without them the same call always has the
    same engine.
    """
    if asked != "auto":
        return asked
    if members < PAYS_IF_MADE or not is_installed():
        return "reference"
    is_sooner = members >= PAYS or (scenarios and all(map(is_made, _texts(scenarios))))
    return "compiled" if is_sooner else "reference"


def chunk_size(engine: Engine, members: int, processes: int) -> int:
    """How many members to simulate together: it is fixed for the reference, whose last bit depends on it."""
    return CHUNK if engine == "reference" else min(CHUNKS[engine], -(-members // processes))


def make_code(scenarios: Iterable[Scenario], say: Callable[[str], None] = lambda words: None) -> None:
    """Make the machine code of the scenarios if it is not on disk. Raises ImportError where the extra is missing.

    It does not depend on numbers: members that are drawn have that of their scenario. `say` is told of slow work.
    """
    for text in _texts(scenarios):
        if not is_made(text):
            say("making machine code of the model, once for this kind of processor (some 10 s)")
        code_of(text)


def _texts(scenarios: Iterable[Scenario]) -> list[str]:
    return list(dict.fromkeys(program_of(build_model(each), each.method).text for each in scenarios))
