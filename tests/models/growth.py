"""Exponential growth: one stock, one flow."""

from regionsim.language.declarations import equation, stock

amount = stock("What grows.", unit="person", initial="amount_at_start", inflows=("growth",), over=())


@equation(unit="person/year", over=())
def growth(amount, growth_rate):
    """Growth in proportion to what is there."""
    return growth_rate * amount
