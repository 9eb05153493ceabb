"""Links of every kind: up, down, a share, a sum over others, one that turns round, and one that a limit cuts off."""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import at_destination, minimum, select, total

herd = stock("Animals.", unit="head", initial="initial_herd", inflows=("born",), outflows=("lost",), over=("sector",))


@equation(unit="head/year", over=("sector",))
def born(herd, growth_rate):
    """More animals, more young."""
    return herd * growth_rate


@equation(unit="head/year", over=("sector",))
def lost(herd, room, growth_rate):
    """More room, fewer losses."""
    return herd * growth_rate / room


@equation(unit="dimensionless", over=("sector",))
def share(herd):
    """Part of a kind in all animals: the same factor on all kinds would leave it as it is."""
    return herd / total(herd, "sector")


@equation(unit="head", over=("county",))
def farms(herd, farm_share):
    """What farms have of the second kind."""
    return select(herd, "sector", "industry") * farm_share


@equation(unit="head", over=("county",))
def neighbours(farms, others):
    """What all other counties have."""
    return total(at_destination(farms) * others, "destination")


@equation(unit="head**2", over=("sector",))
def turning(herd, turning_point):
    """Falls and then rises."""
    return (herd - turning_point) ** 2


@equation(unit="head", over=("sector",))
def limited(herd, limit):
    """Never more than the limit."""
    return minimum(herd, limit)
