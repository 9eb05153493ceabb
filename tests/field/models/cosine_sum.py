"""A cosine of one year, summed with steps much finer than the results."""

import numpy as np
from published_models import Published
from small_models import constant, path

from regionsim.language.declarations import equation, stock

sine_of_t = stock("Sum of the cosine.", unit="person", initial="first_value", inflows=("cosine_of_t",), over=())


@equation(unit="person/year", over=())
def cosine_of_t(cosine_path):
    """No cosine in the language: it comes as a path, with a point at every step."""
    return cosine_path


STEP = 0.03125

CASES = (
    Published(
        folder="tests/euler_step_vs_saveper",
        end=100,
        step=STEP,
        interval=1,
        inputs=(
            constant("first_value", 10, "person"),
            path(
                "cosine_path",
                {k * STEP: np.cos(2 * np.pi * k * STEP) for k in range(3201)},
                "person/year",
                kind="linear",
            ),
        ),
        # A sum over whole waves at even distances is 0.
        known={"sine_of_t": lambda t: np.full(t.shape, 10.0)},
    ),
)
