"""Money of county governments: own revenue, transfers that fall as capacity rises, debt with a ceiling, and its uses.

The year 2020 is in the data: transfers start where the published or derived budget of the county has them. From there
the standard need follows residents and the pay of teachers, nurses and officials, which follows pay in the hubs; the
standard capacity follows output. What a county gains in revenue it loses in part in transfers. Every yuan that comes
in is spent, and uses shrink together where one of them is to grow: nothing is added to output by spending as such.
"""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import maximum, minimum, ratio, total

public_debt = stock(
    "Debt of the county's government.",
    unit="million CNY_2020",
    initial="base_public_debt",
    inflows=("borrowing",),
    outflows=("debt_repayment",),
)

public_money = ledger(
    "A county spends and repays what it raises, receives and borrows.",
    unit="million CNY_2020",
    inflows=("own_revenue", "transfers", "borrowing"),
    outflows=("public_spending", "debt_repayment"),
    over=("county",),
)

public_uses = ledger(
    "The uses of public money sum to the spending.",
    unit="million CNY_2020",
    inflows=("public_spending",),
    outflows=(
        "interest_payments",
        "education_spending",
        "health_spending",
        "infrastructure_spending",
        "water_treatment_spending",
        "joint_control_cost",
        "forest_spending",
        "digital_spending",
        "administration_spending",
    ),
    over=("county",),
)

public_debt_account = ledger(
    "Debt changes by borrowing and repayment only.",
    unit="million CNY_2020",
    stocks=("public_debt",),
    inflows=("borrowing",),
    outflows=("debt_repayment",),
    over=("county",),
)


# --- the base year ----------------------------------------------------------------------------------------------------
# Stocks start from what the data say of 2020 alone: what the model works out for that year depends on the stocks.


@equation(unit="million CNY_2020/year")
def base_public_revenue(own_revenue_share, initial_sector_output, base_transfers):
    """Own revenue and transfers of the base year, without income from land and compensation."""
    return own_revenue_share * total(initial_sector_output, "sector") + base_transfers


@equation(unit="million CNY_2020/year")
def base_free_spending(base_public_revenue, net_borrowing_share, base_debt_ratio, debt_interest_rate):
    """Spending of the base year that the county divides by its own shares."""
    return base_public_revenue * (1 + net_borrowing_share - base_debt_ratio * debt_interest_rate)


@equation(unit="million CNY_2020/year")
def base_water_treatment_spending(base_free_spending, water_treatment_spending_share):
    """Spending on the treatment of waste water in the base year, without income from land and compensation."""
    return base_free_spending * water_treatment_spending_share


# --- where the money comes from ---------------------------------------------------------------------------------------


@equation(unit="million CNY_2020/year", measures=(9, 10))
def land_income(built_up_expansion, building_land_used_anew, public_share_of_land_used_anew, net_land_income_per_area):
    """What the government keeps of the sale of land after buying and preparing it; a part only of land used anew."""
    return (built_up_expansion + public_share_of_land_used_anew * building_land_used_anew) * net_land_income_per_area


@equation(unit="million CNY_2020/year")
def own_revenue(output, own_revenue_share, land_income):
    """Taxes and fees that stay in the county, and its income from land."""
    return output * own_revenue_share + land_income


@equation(unit="million CNY_2020/year")
def standard_capacity(output, standard_revenue_share):
    """Revenue that a county of this output is expected to raise."""
    return output * standard_revenue_share


@equation(unit="million CNY_2020/person/year")
def base_need_per_resident(base_transfers, equalization_share, initial_standard_capacity, initial_population):
    """Standard need per resident of the base year: the one that explains the transfers of that year."""
    return ratio(base_transfers / equalization_share + initial_standard_capacity, initial_population, 0)


@equation(unit="dimensionless", over=())
def public_pay_index(hub_wage_index, hub_residents):
    """Pay of teachers, nurses and officials against 2020: it keeps up with pay in the hubs."""
    return total(hub_wage_index * hub_residents, "hub") / total(hub_residents, "hub")


@equation(unit="million CNY_2020/year")
def standard_need(base_need_per_resident, population, public_pay_index):
    """Spending that is taken as normal for the residents of the county at the pay of the year."""
    return base_need_per_resident * population * public_pay_index


@equation(unit="million CNY_2020/year")
def equalization_transfers(standard_need, standard_capacity, equalization_share):
    """Transfers that make up for a part of what standard capacity lacks to standard need."""
    return equalization_share * maximum(standard_need - standard_capacity, 0)


@equation(unit="million CNY_2020/year", measures=(12,))
def function_zone_grants(function_zone_transfers_effort, function_zone_grant):
    """Transfers for key ecological function zones beyond those of 2020, which are in the transfers of that year."""
    return function_zone_transfers_effort * function_zone_grant


@equation(unit="million CNY_2020/year")
def support_grants(transfers_support_effort, support_grant_share, equalization_transfers):
    """Transfers and counterpart support that the safeguards of the plan promise, beyond what equalization gives."""
    return transfers_support_effort * support_grant_share * equalization_transfers


@equation(unit="million CNY_2020/year", measures=(12, 13))
def transfers(
    equalization_transfers,
    function_zone_grants,
    support_grants,
    compensation_received,
    compensation_awards,
    compensation_paid,
):
    """All transfers, with the ecological compensation that is received less the one that is paid."""
    return (
        equalization_transfers
        + function_zone_grants
        + support_grants
        + compensation_received
        + compensation_awards
        - compensation_paid
    )


@equation(unit="million CNY_2020/year")
def public_revenue(own_revenue, transfers):
    """Own revenue and transfers: what a county can spend without borrowing."""
    return own_revenue + transfers


# --- debt -------------------------------------------------------------------------------------------------------------


@equation(unit="million CNY_2020")
def base_public_debt(base_public_revenue, base_debt_ratio):
    """Debt of the base year: a given number of years of revenue."""
    return base_public_revenue * base_debt_ratio


@equation(unit="million CNY_2020/year")
def debt_repayment(public_debt, debt_repayment_rate):
    """Debt that falls due."""
    return public_debt * debt_repayment_rate


@equation(unit="million CNY_2020/year")
def interest_payments(public_debt, debt_interest_rate):
    """Interest, which is paid before anything else."""
    return public_debt * debt_interest_rate


@equation(unit="million CNY_2020/year")
def borrowing(
    debt_repayment,
    net_borrowing_share,
    bonds_effort,
    bond_increase_share,
    public_revenue,
    debt_ceiling_ratio,
    public_debt,
    debt_adjustment_time,
):
    """New debt: what falls due and a share of revenue, bonds of the plan included, if the ceiling leaves room."""
    return maximum(
        debt_repayment
        + minimum(
            (net_borrowing_share + bonds_effort * bond_increase_share) * public_revenue,
            (debt_ceiling_ratio * public_revenue - public_debt) / debt_adjustment_time,
        ),
        0,
    )


# --- what it is spent on ----------------------------------------------------------------------------------------------


@equation(unit="million CNY_2020/year")
def public_spending(public_revenue, borrowing, debt_repayment):
    """Spending of the county: revenue and net borrowing."""
    return public_revenue + borrowing - debt_repayment


@equation(unit="million CNY_2020/year", measures=(13,))
def earmarked_for_water(compensation_received, compensation_awards, compensation_water_share):
    """Compensation that must be spent on the treatment of water."""
    return (compensation_received + compensation_awards) * compensation_water_share


@equation(unit="million CNY_2020/year", measures=(12, 13))
def earmarked_for_forest(
    compensation_received,
    compensation_awards,
    compensation_forest_share,
    function_zone_grants,
    function_zone_forest_share,
):
    """Compensation and function-zone money that must be spent on forest."""
    return (
        compensation_received + compensation_awards
    ) * compensation_forest_share + function_zone_grants * function_zone_forest_share


@equation(unit="million CNY_2020/year", measures=(11,))
def free_spending(public_spending, interest_payments, earmarked_for_water, earmarked_for_forest, joint_control_cost):
    """Spending that the county divides by its own shares: what interest, bound money and joint works leave."""
    return public_spending - interest_payments - earmarked_for_water - earmarked_for_forest - joint_control_cost


@equation(unit="dimensionless", over=())
def named_uses_share(
    education_spending_share,
    health_spending_share,
    infrastructure_spending_share,
    water_treatment_spending_share,
    forest_spending_share,
    digital_spending_share,
):
    """Share of the six named uses; what they leave is administration and everything else."""
    return (
        education_spending_share
        + health_spending_share
        + infrastructure_spending_share
        + water_treatment_spending_share
        + forest_spending_share
        + digital_spending_share
    )


@equation(unit="dimensionless", measures=(17, 18))
def weight_of_uses(
    named_uses_share,
    education_capacity_effort,
    education_capacity_increase,
    health_institutions_effort,
    health_institutions_increase,
):
    """Sum of the weights by which spending is divided: where one use is to grow, all shares shrink to make room."""
    return (
        maximum(named_uses_share, 1)
        + education_capacity_effort * education_capacity_increase
        + health_institutions_effort * health_institutions_increase
    )


@equation(unit="million CNY_2020/year", measures=(17,))
def education_spending(
    free_spending, education_spending_share, education_capacity_effort, education_capacity_increase, weight_of_uses
):
    """Spending on education; its capacity programme takes its money from all uses."""
    return (
        free_spending
        * (education_spending_share + education_capacity_effort * education_capacity_increase)
        / weight_of_uses
    )


@equation(unit="million CNY_2020/year", measures=(18,))
def health_spending(
    free_spending, health_spending_share, health_institutions_effort, health_institutions_increase, weight_of_uses
):
    """Spending on health; the programme of health institutions takes its money from all uses."""
    return (
        free_spending
        * (health_spending_share + health_institutions_effort * health_institutions_increase)
        / weight_of_uses
    )


@equation(unit="million CNY_2020/year")
def infrastructure_spending(free_spending, infrastructure_spending_share, weight_of_uses):
    """Spending on local roads, streets, mains and water works."""
    return free_spending * infrastructure_spending_share / weight_of_uses


@equation(unit="million CNY_2020/year", measures=(13,))
def water_treatment_spending(free_spending, water_treatment_spending_share, weight_of_uses, earmarked_for_water):
    """Spending on the treatment of waste water, the earmarked part of compensation included."""
    return free_spending * water_treatment_spending_share / weight_of_uses + earmarked_for_water


@equation(unit="million CNY_2020/year", measures=(12, 13))
def forest_spending(free_spending, forest_spending_share, weight_of_uses, earmarked_for_forest):
    """Spending on forest, earmarked money included."""
    return free_spending * forest_spending_share / weight_of_uses + earmarked_for_forest


@equation(unit="million CNY_2020/year")
def digital_spending(free_spending, digital_spending_share, weight_of_uses):
    """Spending on networks, platforms and data."""
    return free_spending * digital_spending_share / weight_of_uses


@equation(unit="million CNY_2020/year")
def administration_spending(free_spending, named_uses_share, weight_of_uses):
    """All other spending: administration, police, pensions and relief, farm support."""
    return free_spending * maximum(1 - named_uses_share, 0) / weight_of_uses


# --- yardsticks -------------------------------------------------------------------------------------------------------


@equation(unit="dimensionless")
def fiscal_self_sufficiency(own_revenue, public_spending):
    """Own revenue over spending."""
    return ratio(own_revenue, public_spending, 0)


@equation(unit="year")
def debt_ratio(public_debt, public_revenue):
    """Debt in years of revenue, to be held against the ceiling."""
    return ratio(public_debt, public_revenue, 0)
