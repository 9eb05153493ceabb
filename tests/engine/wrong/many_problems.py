"""Problems of many kinds, all reported together."""

from small_models import constant

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import where

INPUTS = [constant("rate", 0.04, "1/year"), constant("never_read", 1, "person")]

people = stock("People.", unit="", initial="rat", inflows=("birth",), over=())

rate = stock("", unit="person", initial=3, over=())

book = ledger("A book.", unit="person", stocks=("peple",), outflows=("rate",))


@equation(unit="person/year", over=())
def births(people, rate, time):
    """Time is asked for and not used; the number has a meaning."""
    return people * rate * 0.3


@equation(unit="person/year", over=())
def deaths(people, rate):
    share = people * rate
    return share


@equation(unit="person/year", over=())
def moves(people, rate):
    """Nothing but one expression of known functions."""
    return minimun(people[0], rate if rate > 0 else people) // 2


@equation(unit="person/year", over=())
def stays(people, rate=1):
    """A default, a where without comparison, a name from nowhere."""
    return where(people, rates, rate)
