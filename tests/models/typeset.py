"""One equation for each form that can be put into type."""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import (
    along,
    arrivals,
    at_destination,
    exp,
    log,
    lookup,
    maximum,
    minimum,
    ratio,
    select,
    sqrt,
    total,
    where,
)

pool = stock("Water.", unit="m3", initial="start_of_pool", inflows=("rain", "melt"), outflows=("seepage",))
ice = stock("Ice.", unit="m3", initial=1, outflows=("melt",))


@equation(unit="m3/year")
def rain(a):
    """A name with an index."""
    return a


@equation(unit="m3/year")
def melt(ice, a, b):
    """A quotient of a sum, in a product."""
    return ice * ((a + b) / b)


@equation(unit="m3/year")
def seepage(pool, a, b):
    """Brackets where a difference is taken away, none where it is added."""
    return pool - (a - b) + (a - b)


@equation(unit="m3/year")
def powers(a, b):
    """A power of a quotient with a negative exponent."""
    return (a / b) ** -b


@equation(unit="m3/year")
def negatives(a, b):
    """A minus in front of a product, and of one that is added."""
    return -a * b + -a * b


@equation(unit="m3/year")
def bounded(a, b):
    """Bounds, logarithm, exponential, root."""
    return minimum(maximum(a, 0), exp(b)) * log(sqrt(b))


@equation(unit="m3/year")
def guarded(a, b):
    """A quotient with a value where the divisor is 0."""
    return ratio(a, b, 1)


@equation(unit="dimensionless")
def share(rain):
    """A sum over the axis that the result has."""
    return rain / total(rain, "county")


@equation(unit="m3/year")
def read_off(points, a):
    """A table."""
    return lookup(points, a)


@equation(unit="m3/year")
def since(pool, initial_pool, time, a):
    """The value at the start, and a choice."""
    return where(time < a, pool, initial_pool)


@equation(unit="m3/year", over=("county", "residence"))
def by_residence(a, b, by_place):
    """A text for each element."""
    return by_place * along("residence", rural=a, urban=2 * b)


@equation(unit="m3/year")
def both(a, b):
    """An axis whose elements have texts of their own, summed away."""
    return total(along("residence", rural=a, urban=b), "residence")


@equation(unit="m3/year")
def towns(by_place):
    """One element."""
    return select(by_place, "residence", "urban")


@equation(unit="m3/year")
def elsewhere(a, way):
    """A county in the role of a destination."""
    return total(at_destination(a) * way, "destination")


@equation(unit="m3/year")
def arriving(a, b, way):
    """Who comes from everywhere."""
    return arrivals(a + b, way)


@equation(unit="m3/year")
def long_quotient(a_name_of_more_than_twenty_letters, another_name_of_some_thirty_letters, one_more_name, b):
    """A quotient too long for a fraction, which could not be broken over lines."""
    return b / (a_name_of_more_than_twenty_letters * another_name_of_some_thirty_letters * one_more_name)
