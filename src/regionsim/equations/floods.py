"""Floods: an exogenous flood destroys capital; works and reservoirs keep part of the damage off.

Without a flood in the scenario nothing here acts on the rest of the model: the damage of ordinary years is part of
the wear of capital.
"""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import minimum, total

flood_protection = stock(
    "Share of the damage of a flood that works built since 2020 keep off.",
    unit="dimensionless",
    initial=0,
    inflows=("flood_works",),
)


@equation(unit="dimensionless", measures=(15,))
def flood_protection_target(flood_control_effort, flood_control_protection, reservoir_effort, reservoir_protection):
    """Share of the damage that is kept off once the works of flood control and the reservoirs are finished."""
    return minimum(flood_control_effort * flood_control_protection + reservoir_effort * reservoir_protection, 1)


@equation(unit="1/year", measures=(15,))
def flood_works(flood_protection_target, flood_protection, flood_works_time):
    """Protection that is finished in a year."""
    return (flood_protection_target - flood_protection) / flood_works_time


@equation(unit="million CNY_2020/year", over=("county", "sector"), measures=(15,))
def flood_loss(capital, flood_damage_rate, flood_shock, flood_protection):
    """Capital that a flood destroys in a year."""
    return capital * flood_damage_rate * flood_shock * (1 - flood_protection)


@equation(unit="million CNY_2020/year")
def total_flood_loss(flood_loss):
    """Capital of all sectors that a flood destroys in a year."""
    return total(flood_loss, "sector")
