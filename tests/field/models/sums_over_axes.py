"""Sums, largest and smallest values and products over axes of stocks that fill evenly.

The language sums over an axis. The largest, the smallest and the product it has of two values only: they are said over
axes whose elements an equation may name, one by one.
"""

import numpy as np
from published_models import Published
from small_models import constant

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import maximum, minimum, select, total

# Rows, columns and depths of the published model.
TWO = ("residence", "technology")
ALL = ("residence", "sector", "technology")

stock_a = stock("Fills evenly.", unit="dimensionless", initial="initial_values", inflows=("inflow_a",), over=TWO)


@equation(unit="1/year", over=TWO)
def inflow_a(rate_a):
    """The same in every year."""
    return rate_a


@equation(unit="dimensionless", over=("residence",))
def column_sum(stock_a):
    """Sum over rows."""
    return total(stock_a, "technology")


@equation(unit="dimensionless", over=())
def whole_sum(stock_a):
    """Sum over rows and columns."""
    return total(total(stock_a, "technology"), "residence")


@equation(unit="dimensionless", over=())
def sum_of_sums(column_sum):
    """Sum of sums."""
    return total(column_sum, "residence")


@equation(unit="dimensionless", over=("technology",))
def row_max(stock_a):
    """The largest in a row."""
    return maximum(select(stock_a, "residence", "rural"), select(stock_a, "residence", "urban"))


@equation(unit="dimensionless", over=("residence",))
def column_min(stock_a):
    """The smallest in a column."""
    return minimum(
        select(stock_a, "technology", "hydropower"),
        minimum(select(stock_a, "technology", "photovoltaics"), select(stock_a, "technology", "wind")),
    )


@equation(unit="dimensionless", over=("technology",))
def row_product(stock_a):
    """The product of a row."""
    return select(stock_a, "residence", "rural") * select(stock_a, "residence", "urban")


@equation(unit="dimensionless", over=())
def whole_max(row_max):
    """The largest of all."""
    return maximum(
        select(row_max, "technology", "hydropower"),
        maximum(select(row_max, "technology", "photovoltaics"), select(row_max, "technology", "wind")),
    )


@equation(unit="dimensionless", over=())
def whole_min(column_min):
    """The smallest of all."""
    return minimum(select(column_min, "residence", "rural"), select(column_min, "residence", "urban"))


@equation(unit="dimensionless", over=())
def whole_product(row_product):
    """The product of all."""
    return (
        select(row_product, "technology", "hydropower")
        * select(row_product, "technology", "photovoltaics")
        * select(row_product, "technology", "wind")
    )


@equation(unit="dimensionless", over=("sector", "technology"))
def sum_over_columns(input_3d):
    """Sum of three axes over the one in the middle."""
    return total(input_3d, "residence")


@equation(unit="dimensionless", over=("residence",))
def sum_over_rows_and_depths(input_3d):
    """Sum of three axes over the outer two."""
    return total(total(input_3d, "technology"), "sector")


@equation(unit="dimensionless", over=("residence", "sector"))
def complex_sum(input_3d, stock_a):
    """Sum of a product over rows."""
    return total(input_3d * stock_a, "technology")


START = np.array([[1, 3, 5], [2, 4, 6]])
RATES = np.array([[0.01, 0.03, 0.05], [0.02, 0.04, 0.06]])
# By column, row and depth as published; here by column, depth and row.
INPUT = np.array([[[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[10, 20, 30], [40, 50, 60], [70, 80, 100]]]).swapaxes(1, 2)
THREE = "the largest, the smallest and the product of three axes would be a list of all their elements"

CASES = (
    Published(
        folder="tests/subscript_aggregation",
        end=20,
        inputs=(
            constant("initial_values", START, "dimensionless", TWO),
            constant("rate_a", RATES, "1/year", TWO),
            constant("input_3d", INPUT, "dimensionless", ALL),
        ),
        labels={
            "residence": ("Column 1", "Column 2"),
            "sector": ("Depth 1", "Depth 2", "Depth 3"),
            "technology": ("Entry 1", "Entry 2", "Entry 3"),
        },
        columns={
            "Subscript 1d Sum": "column_sum",
            "Subscript 2d Sum": "whole_sum",
            "Subscript Secondary Sum": "sum_of_sums",
            "Subscript 1d Max": "row_max",
            "Subscript 2d Max": "whole_max",
            "Subscript Secondary Max": "whole_max",
            "Subscript 1d Min": "column_min",
            "Subscript 2d Min": "whole_min",
            "Subscript Secondary Min": "whole_min",
            "Subscript 1d Product": "row_product",
            "Subscript 2d Product": "whole_product",
            "Subscript Secondary Product": "whole_product",
            "Subcript Sum 2": "sum_over_columns",
            "Subscript Sum 13": "sum_over_rows_and_depths",
        },
        left_out={
            "Subcript Max 123": THREE,
            "Subscript Max 12": THREE,
            "Subscript Min 13": THREE,
            "Subscript Min 23": THREE,
            "Subscript Prod 12": THREE,
            "Subscript Prod 23": THREE,
            "Complex Max": THREE,
            "Complex Min": THREE,
            "Complex Prod": THREE,
            "Complex Sum subrange": "a part of an axis is no axis of its own",
        },
        known={
            "whole_sum": lambda t: 21 + 0.21 * t,
            "whole_product": lambda t: np.prod(
                [start + rate * t for start, rate in zip(START.flat, RATES.flat, strict=True)], axis=0
            ),
        },
    ),
)
