"""What the arithmetic of a run costs at least: operations counted from the equations, each as fast as it is here."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Mapping

import numpy as np

from regionsim.engine.compiled.arithmetic import ARITHMETIC
from regionsim.engine.compiled.count import operations
from regionsim.engine.compiled.lanes import LANES, aligned
from regionsim.engine.compiled.loops import Call, Lookup, Memory, Node, Place, each, element
from regionsim.engine.compiled.machine import code_of
from regionsim.engine.compiled.text import ModuleWriter

NUMBERS = 256  # of so many members that they stay in the nearest cache
TABLE = 101
NUMPY_NUMBERS = 32 * 24 * 21  # a chunk of members by county and cohort


def seconds_by_kind() -> dict[str, float]:
    """Seconds of one operation of each kind on one number, in the machine code that the engine makes, at best."""
    memory = Memory({"cohort": NUMBERS})
    target, source, logarithm = (memory.take(("cohort",)) for _ in range(3))
    factor, term = memory.take(()), memory.take(())
    table = memory.take_points(TABLE), memory.take_points(TABLE)
    module = ModuleWriter()
    for kind, value in _values(source, logarithm, factor, term, table).items():
        module.function(f"nest.{kind}", [each(target, value)])
        repeated = [f"  call void @nest.{kind}(ptr %memory)"] * 100
        module.add(f"i64 @time_{kind}(ptr noalias %memory)", [*repeated, "  ret i64 0"])
    code = code_of(module.text() + ARITHMETIC)
    numbers = aligned(memory.size)
    numbers[source.offset : source.offset + NUMBERS] = np.linspace(0.5, 99.5, NUMBERS * LANES).reshape(NUMBERS, LANES)
    numbers[factor.offset], numbers[term.offset] = 0.99, 0.01
    for part in table:
        numbers[part.offset : part.offset + TABLE] = np.arange(TABLE)[:, None]
    pointer = ctypes.c_void_p(numbers.ctypes.data)
    found = {}
    for kind in module.nests:
        name = kind.removeprefix("nest.")
        call = code.function(f"time_{name}", type(pointer))
        done = 100 * LANES * operations(module.nests[kind][0])[name]
        found[name] = min(_seconds(call, pointer) for _ in range(30)) / done
    return found


def numpy_seconds_by_kind() -> dict[str, float]:
    """The same for numpy, on arrays that are long enough to share the cost of a call, and stay in the cache."""
    x, y = np.linspace(0.5, 99.5, NUMPY_NUMBERS), np.full(NUMPY_NUMBERS, 0.99)
    points = np.arange(float(TABLE))
    calls = {
        "simple": lambda: x + y,
        "division": lambda: x / y,
        "exp": lambda: np.exp(y),
        "log": lambda: np.log(x),
        "power": lambda: x**y,
        "lookup": lambda: np.interp(x, points, points),
    }
    seconds = {kind: min(_seconds(call) for _ in range(200)) / NUMPY_NUMBERS for kind, call in calls.items()}
    # The count has a power as a logarithm and what is left: numpy does both at once.
    return seconds | {"raised": seconds["power"] - seconds["log"]}


def bound(counted: Mapping[str, int], costs: Mapping[str, float]) -> float:
    """Seconds that counted operations take at least."""
    return sum(costs[kind] * count for kind, count in counted.items())


def _values(source: Place, logarithm: Place, factor: Place, term: Place, table: tuple[Place, Place]) -> dict[str, Node]:
    x, a, b = element(source), element(factor), element(term)
    simple: Node = x
    for _ in range(16):
        simple = Call("+", (Call("*", (simple, a)), b))
    return {
        "simple": simple,
        "division": Call("/", (a, x)),
        "exp": Call("exp", (x,)),
        "log": Call("log", (x,)),
        "power": Call("power", (x, a)),
        "raised": Call("raised", (x, a, element(logarithm))),
        "lookup": Lookup(*table, x),
    }


def _seconds(call: Callable[..., object], *arguments: object) -> float:
    begun = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - begun
