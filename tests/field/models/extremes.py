"""The smallest and the largest of three values, said element by element."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation
from regionsim.language.functions import maximum, minimum, select


@equation(unit="dimensionless", over=())
def var_min(var1):
    """The smallest."""
    return minimum(
        select(var1, "sector", "agriculture"),
        minimum(select(var1, "sector", "industry"), select(var1, "sector", "services")),
    )


@equation(unit="dimensionless", over=())
def var_max(var1):
    """The largest."""
    return maximum(
        select(var1, "sector", "agriculture"),
        maximum(select(var1, "sector", "industry"), select(var1, "sector", "services")),
    )


CASES = (
    Published(
        folder="tests/min_max_1arg",
        end=1,
        inputs=(constant("var1", [1, 2, 3], "dimensionless", ("sector",)),),
        labels={"sector": ("a", "b", "c")},
        known={"var_max": lambda t: np.full(t.shape, 3.0)},
    ),
)
