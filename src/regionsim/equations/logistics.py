"""Logistics and finance: cheaper freight shortens the way to markets, more credit moves investment forward.

A saving is a part of the generalised time of freight (minutes, and money over the value of time). It acts on freight
access only, whose effect on output has an open sign. Credit is lent and has to be paid back with interest: while it
grows it adds to local investment, afterwards it takes from it.
"""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import along, maximum, minimum, ratio, select

logistics_saving = stock(
    "Part of the generalised time of freight that a logistics hub and a logistics port save, beyond 2020.",
    unit="dimensionless",
    initial=0,
    inflows=("logistics_building",),
    outflows=("logistics_wear",),
)

rural_delivery = stock(
    "Reach of three-level delivery (county, township, village) beyond that of 2020; 1 where it is complete.",
    unit="dimensionless",
    initial=0,
    inflows=("rural_delivery_building",),
    outflows=("rural_delivery_wear",),
)

cross_border_trade = stock(
    "Use of cross-border e-commerce beyond that of 2020; 1 where a pilot zone is fully at work.",
    unit="dimensionless",
    initial=0,
    inflows=("cross_border_trade_gain",),
    outflows=("cross_border_trade_loss",),
)

added_credit = stock(
    "Loans outstanding to firms beyond what banks would lend as in 2020.",
    unit="million CNY_2020",
    initial=0,
    inflows=("credit_lending",),
    outflows=("credit_repayment",),
)

credit_account = ledger(
    "Loans grow by what is lent and shrink by what is paid back, county by county.",
    unit="million CNY_2020",
    stocks=("added_credit",),
    inflows=("credit_lending",),
    outflows=("credit_repayment",),
    over=("county",),
)


@equation(unit="1/year", measures=(5, 14))
def logistics_building(
    logistics_hub_saving, logistics_hub_effort, logistics_port_saving, logistics_port_effort, logistics_time
):
    """Yards, terminals and services of the hub city and of the port that come into use."""
    return (
        logistics_hub_saving * logistics_hub_effort + logistics_port_saving * logistics_port_effort
    ) / logistics_time


@equation(unit="1/year", measures=(5, 14))
def logistics_wear(logistics_saving, logistics_time):
    """Yards, terminals and services that are given up or copied everywhere."""
    return logistics_saving / logistics_time


@equation(unit="1/year", measures=(5,))
def rural_delivery_building(rural_delivery_effort, logistics_time):
    """Township and village points of delivery that are set up."""
    return rural_delivery_effort / logistics_time


@equation(unit="1/year", measures=(5,))
def rural_delivery_wear(rural_delivery, logistics_time):
    """Township and village points of delivery that close."""
    return rural_delivery / logistics_time


@equation(unit="1/year", measures=(5,))
def cross_border_trade_gain(cross_border_trade_effort, logistics_time):
    """Firms that begin to sell through a pilot zone of cross-border e-commerce."""
    return cross_border_trade_effort / logistics_time


@equation(unit="1/year", measures=(5,))
def cross_border_trade_loss(cross_border_trade, logistics_time):
    """Firms that give up selling through a pilot zone."""
    return cross_border_trade / logistics_time


@equation(unit="dimensionless")
def toll_saving(toll_part_of_freight_share, toll_discount_share, toll_relief_effort):
    """Part of the generalised time of freight that lower expressway tolls save, from the day they hold."""
    return toll_part_of_freight_share * toll_discount_share * toll_relief_effort


@equation(unit="dimensionless", measures=(5, 14))
def freight_cost_factor(
    logistics_saving,
    rural_delivery_saving,
    rural_delivery,
    rural_population,
    population,
    toll_saving,
    lowest_freight_cost_factor,
):
    """Factor on the generalised time of freight from a county; rural delivery counts by the villagers' share."""
    return maximum(
        (1 - logistics_saving)
        * (1 - rural_delivery_saving * rural_delivery * ratio(rural_population, population, 0))
        * (1 - toll_saving),
        lowest_freight_cost_factor,
    )


@equation(unit="dimensionless", measures=(5, 14))
def hub_freight_cost_factor(
    freight_cost_factor, cross_border_trade_saving, cross_border_trade, lowest_freight_cost_factor
):
    """Factor on the generalised time of freight to the hubs, where cross-border e-commerce saves besides."""
    return maximum(
        freight_cost_factor * (1 - cross_border_trade_saving * cross_border_trade), lowest_freight_cost_factor
    )


@equation(unit="million CNY_2020", measures=(5,))
def credit_wanted(
    green_credit_depth,
    green_finance_effort,
    bank_credit_depth,
    bank_credit_effort,
    added_credit_ceiling,
    sector_output,
):
    """Loans that green and science finance and freer bank credit aim at, up to what firms can carry."""
    return minimum(
        green_credit_depth * green_finance_effort + bank_credit_depth * bank_credit_effort, added_credit_ceiling
    ) * (select(sector_output, "sector", "industry") + select(sector_output, "sector", "services"))


@equation(unit="million CNY_2020/year", measures=(5,))
def credit_lending(credit_wanted, loan_time):
    """Loans newly made."""
    return credit_wanted / loan_time


@equation(unit="million CNY_2020/year", measures=(5,))
def credit_repayment(added_credit, loan_time):
    """Loans paid back."""
    return added_credit / loan_time


@equation(unit="million CNY_2020/year", measures=(5,))
def credit_interest(added_credit, credit_interest_rate):
    """Interest on the loans, which leaves the county."""
    return added_credit * credit_interest_rate


@equation(unit="million CNY_2020/year")
def ordinary_firm_investment(sector_output, local_investment_share):
    """What industry and services would invest out of their own output."""
    return select(sector_output * local_investment_share, "sector", "industry") + select(
        sector_output * local_investment_share, "sector", "services"
    )


@equation(unit="dimensionless", measures=(5,))
def credit_factor(credit_invested_share, credit_lending, credit_repayment, credit_interest, ordinary_firm_investment):
    """Factor on firms' local investment: loans made less loans and interest paid, as far as they are for investment."""
    return maximum(
        1
        + credit_invested_share
        * ratio(credit_lending - credit_repayment - credit_interest, ordinary_firm_investment, 0),
        0,
    )


@equation(unit="dimensionless", over=("county", "sector"), measures=(5,))
def finance_effect(credit_factor):
    """Factor on the local investment share by sector: credit goes to industry and services."""
    return along("sector", agriculture=1, industry=credit_factor, services=credit_factor)
