"""Every kind of unit error: in a sum, in a result, in a flow, in a starting value, in an exponent, in a ledger."""

from small_models import constant

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import exp, maximum

INPUTS = [
    constant("area", 10, "ha"),
    constant("area_in_mu", 150, "mu"),
    constant("people", 5, "person"),
    constant("rate", 0.04, "1/year"),
]

forest = stock("Forest.", unit="ha", initial="area_in_mu", inflows=("growth", "wrong_flow"), over=())

account = ledger("Forest and people.", unit="person", stocks=("forest",), inflows=("growth",))


@equation(unit="ha", over=())
def sum_of_areas(area, area_in_mu):
    """Hectares and mu: pint would convert, the numbers would not."""
    return area + area_in_mu


@equation(unit="ha/year", over=())
def growth(forest, rate):
    """Right."""
    return forest * rate


@equation(unit="person", over=())
def wrong_flow(people):
    """People are no flow of forest."""
    return people


@equation(unit="km**2/year", over=())
def other_size(area, rate):
    """The dimension is right, the size is not."""
    return area * rate


@equation(unit="dimensionless", over=())
def wrong_power(area, rate):
    """A power of something that has a unit."""
    return exp(rate) * area**rate


@equation(unit="ha", over=())
def wrong_maximum(area, people):
    """The larger of land and people; 0 would be allowed."""
    return maximum(maximum(area, 0), people)
