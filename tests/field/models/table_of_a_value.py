"""A table read at a value: a constant, and a wave."""

import numpy as np
from published_models import Published
from small_models import constant, path, table

from regionsim.language.declarations import equation
from regionsim.language.functions import lookup


@equation(unit="dimensionless", over=())
def table_value(shape, key_variable):
    """The table at the value."""
    return lookup(shape, key_variable)


BOUNDED = {0: 0, 5: 0.01, 20: 0.2, 30: 0.5, 70: 0.9, 90.353: 0.99, 100: 1}
FALLING = {
    0: 10,
    0.165138: 5.17544,
    0.269113: 3.85965,
    0.397554: 2.67544,
    0.75841: 0.921053,
    1.08869: 0.307018,
    2: 0,
}


def wave(times):
    """No sine in the language: it comes as a path, as measured data would."""
    return 1 + np.sin(2 * 3.14 * times / 30)


CASES = (
    Published(
        folder="tests/lookups_inline_bounded",
        end=1,
        inputs=(
            constant("key_variable", 50, "dimensionless"),
            table("shape", BOUNDED, "dimensionless", "dimensionless"),
        ),
        columns={"Variable with Inline Lookup": "table_value"},
        known={"table_value": lambda t: np.full(t.shape, 0.7)},
    ),
    Published(
        folder="tests/lookups_with_expr",
        end=100,
        inputs=(
            path("key_variable", {t: wave(t) for t in range(101)}, "dimensionless", kind="linear"),
            table("shape", FALLING, "dimensionless", "dimensionless"),
        ),
        columns={"lookup expr": "table_value"},
        known={"table_value": lambda t: np.interp(wave(t), list(FALLING), list(FALLING.values()))},
    ),
)
