"""People who move between counties at given yearly shares of origin and destination."""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import arrivals, total

people = stock(
    "People.", unit="person", initial="people_at_start", inflows=("arriving",), outflows=("leaving",), over=("county",)
)

account = ledger("Nobody is lost.", unit="person", stocks=("people",))


@equation(unit="person/year")
def leaving(people, moving_rate):
    """People who leave."""
    return people * total(moving_rate, "destination")


@equation(unit="person/year")
def arriving(people, moving_rate):
    """People who arrive."""
    return arrivals(people, moving_rate)
