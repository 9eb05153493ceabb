"""Axes that do not fit."""

from small_models import constant

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import along, arrivals, at_destination, select, total

LABELS = {"county": ("a", "b"), "destination": ("a", "b"), "residence": ("rural", "urban")}
INPUTS = [
    constant("residents", [[1, 2], [3, 4]], "person", ("county", "residence")),
    constant("share", [[0, 1], [1, 0]], "dimensionless", ("county", "destination")),
    constant("weights", [1, 2, 3], "dimensionless", ("county",)),
]

people = stock("People.", unit="person", initial="residents", inflows=("moving",))


@equation(unit="person", over=("county", "residence"))
def towns(residents):
    """Selecting takes the axis away."""
    return select(residents, "residence", "urban")


@equation(unit="person")
def sum_over_nothing(residents):
    """There is no sector to sum over."""
    return total(residents, "sector")


@equation(unit="person")
def no_such_element(residents):
    """Residence has no suburban part."""
    return select(residents, "residence", "suburban")


@equation(unit="person/year", over=("county", "residence"))
def moving(residents, share, weights):
    """The axes come out right, the unit is another matter."""
    return arrivals(residents, share) * weights


@equation(unit="person", over=("county", "residence"))
def put_together(residents):
    """An element is missing, and the one there has the axis already."""
    return along("residence", rural=residents)


@equation(unit="person", over=("destination", "residence"))
def there(share, residents):
    """A share already has a destination."""
    return at_destination(share) * residents


@equation(unit="person", over=("sector",))
def no_sectors_here(residents):
    """The model has no sectors."""
    return total(residents, "county")
