"""A variable over three axes that reads a constant over the same axes."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation

ALL = ("county", "hub", "cluster")


@equation(unit="dimensionless", over=ALL)
def three_dimensional_variable(three_dimensional_constant):
    """What it reads."""
    return three_dimensional_constant


LENGTHWISE = np.stack([[[0.01, 0.02], [0.03, 0.04], [0.05, 0.06]], [[0.02, 0.05], [0.02, 0.04], [0.05, 0.06]]], axis=1)
WIDTHWISE = np.array([[[0.01, 0.02], [0.03, 0.04]], [[0.02, 0.05], [0.02, 0.04]], [[0.05, 0.06], [0.08, 0.09]]])


def reading(folder, values):
    """The case of a folder with its values."""
    return Published(
        folder=folder,
        end=1,
        inputs=(constant("three_dimensional_constant", values, "dimensionless", ALL),),
        labels={
            "county": ("Entry 1", "Entry 2", "Entry 3"),
            "hub": ("Column 1", "Column 2"),
            "cluster": ("Depth 1", "Depth 2"),
        },
        known={"three_dimensional_variable": lambda t: np.broadcast_to(values, (len(t), *values.shape))},
    )


CASES = (
    reading("tests/subscript_3d_arrays_lengthwise", LENGTHWISE),
    reading("tests/subscript_3d_arrays_widthwise", WIDTHWISE),
)
