"""Capital: local investment follows local output, footloose investment goes where it pays and where access is good.

Footloose investment is one pool for the zone and the hubs together. What one county draws another place does not
get: a county that a new line passes by can lose.
"""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import exp, ratio, total

capital = stock(
    "Productive capital by sector, at 2020 prices.",
    unit="million CNY_2020",
    initial="base_capital",
    inflows=("local_investment", "footloose_investment", "park_investment"),
    outflows=("depreciation", "flood_loss"),
    over=("county", "sector"),
)

hub_capital = stock(
    "Productive capital of the hubs, at 2020 prices.",
    unit="million CNY_2020",
    initial="base_hub_capital",
    inflows=("hub_local_investment", "hub_footloose_investment"),
    outflows=("hub_depreciation",),
    over=("hub",),
)

capital_account = ledger(
    "Capital of counties and hubs grows by local investment, the pool and parks, and shrinks by wear and floods.",
    unit="million CNY_2020",
    stocks=("capital", "hub_capital"),
    inflows=("local_investment", "hub_local_investment", "footloose_pool", "park_investment"),
    outflows=("depreciation", "hub_depreciation", "flood_loss"),
)


@equation(unit="million CNY_2020", over=("county", "sector"))
def base_capital(initial_sector_output, capital_output_ratio):
    """Capital of the base year: a given number of years of output."""
    return initial_sector_output * capital_output_ratio


@equation(unit="million CNY_2020", over=("hub",))
def base_hub_capital(initial_hub_output, hub_capital_output_ratio):
    """Capital of the hubs in the base year."""
    return initial_hub_output * hub_capital_output_ratio


@equation(unit="million CNY_2020/year", over=("county", "sector"))
def local_investment(sector_output, local_investment_share, finance_effect):
    """Investment out of the sector's own output, more of it where credit is easier."""
    return sector_output * local_investment_share * finance_effect


@equation(unit="million CNY_2020/year", over=("hub",))
def hub_local_investment(hub_output, hub_local_investment_share):
    """Investment of the hubs out of their own output."""
    return hub_output * hub_local_investment_share


@equation(unit="million CNY_2020/year", over=())
def footloose_pool(output, hub_output, footloose_investment_share):
    """Investment that looks for a place anywhere in the zone or its hubs."""
    return footloose_investment_share * (total(output, "county") + total(hub_output, "hub"))


@equation(unit="1/year", over=("county", "sector"))
def capital_return(sector_output, capital, capital_elasticity):
    """What a year's use of capital yields in a sector of a county."""
    return ratio(capital_elasticity * sector_output, capital, 0)


@equation(unit="1/year", over=("hub",))
def hub_capital_return(hub_output, hub_capital, hub_capital_elasticity):
    """What a year's use of capital yields in a hub."""
    return hub_capital_elasticity * hub_output / hub_capital


@equation(unit="million CNY_2020", over=("county", "sector"), measures=(7, 14))
def investment_pull(
    capital,
    footloose_sector,
    capital_return,
    return_sensitivity,
    passenger_access,
    investment_access_elasticity,
    park_pull,
):
    """Weight of a sector of a county in the choice of footloose investors."""
    return (
        capital
        * footloose_sector
        * exp(return_sensitivity * capital_return)
        * passenger_access**investment_access_elasticity
        * park_pull
    )


@equation(unit="million CNY_2020", over=("hub",))
def hub_investment_pull(hub_capital, hub_capital_return, return_sensitivity, hub_access, investment_access_elasticity):
    """Weight of a hub in the choice of footloose investors."""
    return hub_capital * exp(return_sensitivity * hub_capital_return) * hub_access**investment_access_elasticity


@equation(unit="million CNY_2020", over=())
def total_investment_pull(investment_pull, hub_investment_pull):
    """Weight of all places together."""
    return total(total(investment_pull, "sector"), "county") + total(hub_investment_pull, "hub")


@equation(unit="million CNY_2020/year", over=("county", "sector"))
def footloose_investment(footloose_pool, investment_pull, total_investment_pull):
    """The part of the pool that settles in a sector of a county."""
    return footloose_pool * investment_pull / total_investment_pull


@equation(unit="million CNY_2020/year", over=("hub",))
def hub_footloose_investment(footloose_pool, hub_investment_pull, total_investment_pull):
    """The part of the pool that settles in a hub."""
    return footloose_pool * hub_investment_pull / total_investment_pull


@equation(unit="million CNY_2020/year", over=("county", "sector"))
def depreciation(capital, depreciation_rate, phase_out_effect):
    """Wear of capital, faster where backward works are phased out."""
    return capital * depreciation_rate * phase_out_effect


@equation(unit="million CNY_2020/year", over=("hub",))
def hub_depreciation(hub_capital, hub_depreciation_rate):
    """Wear of capital in the hubs."""
    return hub_capital * hub_depreciation_rate
