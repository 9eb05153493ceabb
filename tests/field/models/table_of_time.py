"""A table read at the time of the model, once as it is, once summed up in a stock."""

import numpy as np
from published_models import Published
from small_models import table

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import lookup

accumulation = stock(
    "Sum of the table over time.", unit="person", initial=0, inflows=("rate",), over=(), non_negative=False
)


@equation(unit="person/year", over=())
def rate(shape, time):
    """The table at the time."""
    return lookup(shape, time)


WAVE = {0: 0, 5: 0, 10: 1, 15: 1, 20: 0, 25: 0, 30: -1, 35: -1, 40: 0, 45: 0}
FREE = {
    0: -1,
    8.75764: -0.630332,
    19.7556: -0.0710901,
    33.6049: 0.232227,
    49.0835: -0.118483,
    63.3401: -0.2891,
    81.6701: 0.184834,
    92.057: 0.744076,
    100: 1,
}
STEEP = {**FREE, 33.6049: 0.001, 63.3401: -10000}
MODULO = "a remainder is no function of the language; the published ones are of constants"


def at(points):
    """The table between its points, as a function of time."""
    return lambda times: np.interp(times, list(points), list(points.values()))


CASES = (
    *(
        Published(
            folder=folder,
            end=45,
            step=0.25,
            inputs=(table("shape", WAVE, "person/year", "year"),),
            columns={"lookup function call": "rate"},
            left_out=left_out,
            known={"rate": at(WAVE)},
        )
        for folder, left_out in (
            ("tests/lookups", {}),
            ("tests/lookups_without_range", {}),
            (
                "tests/lookups_funcnames",
                dict.fromkeys(("mod", "using a modulo function", "using the mod variable"), MODULO),
            ),
        )
    ),
    *(
        Published(
            folder=folder,
            end=100,
            step=5,
            inputs=(table("shape", points, "person/year", "year"),),
            columns={"Variable with Inline Lookup": "rate"},
            known={"rate": at(points)},
        )
        for folder, points in (("tests/lookups_inline", FREE), ("tests/lookups_inline_spaces", STEEP))
    ),
)
