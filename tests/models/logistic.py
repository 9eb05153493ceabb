"""Logistic growth towards a capacity."""

from regionsim.language.declarations import equation, stock

amount = stock("What grows.", unit="person", initial="amount_at_start", inflows=("growth",), over=())


@equation(unit="person/year", over=())
def growth(amount, growth_rate, capacity):
    """Growth slows as the capacity fills."""
    return growth_rate * amount * (1 - amount / capacity)
