"""Output as the product of workers, hours and productivity, sector by sector."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation


@equation(unit="dimensionless")
def output(workers, working_hours, productivity):
    """What is made."""
    return workers * working_hours * productivity


CASES = (
    Published(
        folder="tests/reality_checks",
        start=1,
        end=4,
        inputs=(
            constant("workers", [4, 5, 6, 9], "person", ("county",)),
            constant("working_hours", [2, 5, 9, 3], "year/person", ("county",)),
            constant("productivity", [0.5, 2, 4.5, 3], "1/year", ("county",)),
        ),
        labels={"county": ("a", "b", "c", "d")},
        known={"output": lambda t: np.array([[4, 50, 243, 81]] * len(t))},
    ),
)
