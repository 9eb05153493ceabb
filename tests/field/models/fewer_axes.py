"""Values that belong to one element of an axis."""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation
from regionsim.language.functions import select


@equation(unit="dimensionless")
def subset(two_dimensional_variable):
    """The first column."""
    return select(two_dimensional_variable, "residence", "rural")


@equation(unit="dimensionless")
def for_water_transport(by_sector_and_fuel):
    """The first sector."""
    return select(by_sector_and_fuel, "sector", "agriculture")


@equation(unit="dimensionless", over=())
def a2a(matrix):
    """One cell."""
    return select(select(matrix, "hub_group", "home_province"), "residence", "rural")


@equation(unit="dimensionless", over=())
def a2b(matrix):
    """One cell."""
    return select(select(matrix, "hub_group", "home_province"), "residence", "urban")


@equation(unit="dimensionless", over=())
def b2a(matrix):
    """One cell."""
    return select(select(matrix, "hub_group", "elsewhere"), "residence", "rural")


@equation(unit="dimensionless", over=())
def b2b(matrix):
    """One cell."""
    return select(select(matrix, "hub_group", "elsewhere"), "residence", "urban")


@equation(unit="dimensionless", over=("sector",))
def second_column(square):
    """The second column."""
    return select(square, "technology", "photovoltaics")


@equation(unit="dimensionless", over=("technology",))
def third_row(square):
    """The third row."""
    return select(square, "sector", "services")


INPUTS = (
    constant("two_dimensional_variable", [[1, 2], [3, 4], [5, 6]], "dimensionless", ("county", "residence")),
    constant("matrix", [[1, 10], [5, 40]], "dimensionless", ("hub_group", "residence")),
    constant("square", [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "dimensionless", ("sector", "technology")),
    constant("by_sector_and_fuel", [[10, 15, 20], [25, 30, 50], [40, 27, 12]], "dimensionless", ("county", "sector")),
)
ABC = ("A", "B", "C")
# The elements that equations name, by the names that the published models give them.
LETTERS = {"county": ABC, "sector": ABC, "technology": ABC, "hub_group": ("A", "B")}
TRANSPORTS = ("Water Transport", "Inland Transport", "Air Transport")

CASES = (
    Published(
        folder="tests/subscript_selection",
        end=1,
        inputs=INPUTS,
        labels={**LETTERS, "residence": ("D", "E")},
        known={"subset": lambda t: np.array([[1, 3, 5]] * len(t))},
    ),
    Published(
        folder="tests/repeated_subscript",
        end=1,
        inputs=INPUTS,
        labels={**LETTERS, "residence": ("A", "B")},
        known={"b2a": lambda t: np.full(t.shape, 5.0)},
    ),
    Published(
        folder="tests/subset_duplicated_coord",
        end=1,
        inputs=INPUTS,
        labels={**LETTERS, "residence": ("D", "E")},
        columns={"variable": "square", "sub": "second_column", "sub1": "third_row"},
        known={"second_column": lambda t: np.array([[2, 5, 8]] * len(t))},
    ),
    Published(
        folder="tests/subscript_element_name",
        end=1,
        inputs=INPUTS,
        labels={**LETTERS, "county": ("gas", "oil", "electric"), "sector": TRANSPORTS, "residence": ("D", "E")},
        columns={
            "Required energy by sector and fuel": "by_sector_and_fuel",
            "Required energy for water transport": "for_water_transport",
        },
        left_out={"Transport value": "no equation reads it"},
        known={"for_water_transport": lambda t: np.array([[10, 25, 40]] * len(t))},
    ),
)
