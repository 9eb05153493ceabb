"""A starting value that depends on itself."""

from regionsim.language.declarations import equation, stock

INPUTS = []

access = stock("Access.", unit="person", initial="market", over=())


@equation(unit="person", over=())
def market(access):
    """The market depends on access, which starts from the market."""
    return access * 2
