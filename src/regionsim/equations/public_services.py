"""Schools, hospitals and local works: capital that spending builds up, and what people and firms have of it.

Services are made of labour, so that their cost follows pay, and pay follows the hubs. Capital per resident is
therefore counted in the pay of the year: an index of 1 says that the county has kept up with the hubs since 2020, and
only who gains or loses against them draws or drives people away.
"""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import exp, log, maximum, minimum, ratio

education_capital = stock(
    "Capacity of schools: buildings, equipment and trained staff, at 2020 prices.",
    unit="million CNY_2020",
    initial="base_education_capital",
    inflows=("education_spending",),
    outflows=("education_depreciation",),
)

health_capital = stock(
    "Capacity of health institutions: buildings, equipment and trained staff, at 2020 prices.",
    unit="million CNY_2020",
    initial="base_health_capital",
    inflows=("health_spending",),
    outflows=("health_depreciation",),
)

infrastructure_capital = stock(
    "Local infrastructure: streets, local roads, mains, water works, at 2020 prices.",
    unit="million CNY_2020",
    initial="base_infrastructure_capital",
    inflows=("infrastructure_spending",),
    outflows=("infrastructure_depreciation",),
)

public_capital_account = ledger(
    "Public capital grows by what is spent on it and shrinks by wear.",
    unit="million CNY_2020",
    stocks=("education_capital", "health_capital", "infrastructure_capital"),
    inflows=("education_spending", "health_spending", "infrastructure_spending"),
    outflows=("education_depreciation", "health_depreciation", "infrastructure_depreciation"),
    over=("county",),
)


# --- capital ----------------------------------------------------------------------------------------------------------


@equation(unit="million CNY_2020")
def base_education_capital(
    base_free_spending, education_spending_share, education_depreciation_rate, public_capital_growth_rate
):
    """Capacity of schools that grows at the going rate with the spending of the base year."""
    return base_free_spending * education_spending_share / (education_depreciation_rate + public_capital_growth_rate)


@equation(unit="million CNY_2020")
def base_health_capital(
    base_free_spending, health_spending_share, health_depreciation_rate, public_capital_growth_rate
):
    """Capacity of health institutions that grows at the going rate with the spending of the base year."""
    return base_free_spending * health_spending_share / (health_depreciation_rate + public_capital_growth_rate)


@equation(unit="million CNY_2020")
def base_infrastructure_capital(
    base_free_spending, infrastructure_spending_share, infrastructure_depreciation_rate, public_capital_growth_rate
):
    """Local infrastructure that grows at the going rate with the spending of the base year."""
    return (
        base_free_spending
        * infrastructure_spending_share
        / (infrastructure_depreciation_rate + public_capital_growth_rate)
    )


@equation(unit="million CNY_2020/year")
def education_depreciation(education_capital, education_depreciation_rate):
    """Capacity of schools that wears out, ages or leaves."""
    return education_capital * education_depreciation_rate


@equation(unit="million CNY_2020/year")
def health_depreciation(health_capital, health_depreciation_rate):
    """Capacity of health institutions that wears out, ages or leaves."""
    return health_capital * health_depreciation_rate


@equation(unit="million CNY_2020/year")
def infrastructure_depreciation(infrastructure_capital, infrastructure_depreciation_rate):
    """Wear of local infrastructure."""
    return infrastructure_capital * infrastructure_depreciation_rate


# --- what people have of it -------------------------------------------------------------------------------------------


@equation(unit="dimensionless", measures=(17,))
def education_index(education_capital, initial_education_capital, population, initial_population, public_pay_index):
    """Capacity of schools per resident, in the pay of the year, against 2020."""
    return ratio(education_capital * initial_population, initial_education_capital * population, 1) / public_pay_index


@equation(unit="dimensionless", measures=(18,))
def health_index(health_capital, initial_health_capital, population, initial_population, public_pay_index):
    """Capacity of health institutions per resident, in the pay of the year, against 2020."""
    return ratio(health_capital * initial_population, initial_health_capital * population, 1) / public_pay_index


@equation(unit="dimensionless", measures=(17, 18))
def service_index(
    education_capital,
    health_capital,
    initial_education_capital,
    initial_health_capital,
    population,
    initial_population,
    public_pay_index,
):
    """Capacity of schools and health institutions per resident, in the pay of the year, against 2020."""
    return (
        ratio(
            (education_capital + health_capital) * initial_population,
            (initial_education_capital + initial_health_capital) * population,
            1,
        )
        / public_pay_index
    )


# --- what it does -----------------------------------------------------------------------------------------------------


@equation(unit="dimensionless", measures=(18,))
def health_effect(
    health_index,
    health_mortality_elasticity,
    general_practitioners_effort,
    general_practitioners_gain,
    health_effect_floor,
    health_effect_ceiling,
):
    """Factor on death rates: lower with better health institutions and general practitioners, within bounds."""
    return minimum(
        maximum(
            health_index**-health_mortality_elasticity
            * (1 - general_practitioners_effort * general_practitioners_gain),
            health_effect_floor,
        ),
        health_effect_ceiling,
    )


@equation(unit="year", measures=(18,))
def life_expectancy_gain(health_effect, life_expectancy_response):
    """Years of life expectancy that the factor on death rates is worth."""
    return -life_expectancy_response * log(health_effect)


@equation(unit="dimensionless", over=("county", "sector"), measures=(18,))
def health_output_effect(life_expectancy_gain, longevity_output_effect, labour_elasticity):
    """Factor on output: healthier people work better."""
    return exp(longevity_output_effect * labour_elasticity * life_expectancy_gain)


@equation(unit="dimensionless", over=("county", "sector"))
def infrastructure_effect(
    infrastructure_capital,
    initial_infrastructure_capital,
    public_capital_growth_rate,
    time,
    base_year,
    infrastructure_output_elasticity,
):
    """Factor on output: local infrastructure against its going growth, which trend productivity contains."""
    return (
        ratio(infrastructure_capital, initial_infrastructure_capital, 1)
        * exp(-public_capital_growth_rate * (time - base_year))
    ) ** infrastructure_output_elasticity
