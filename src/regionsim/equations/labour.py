"""Labour: how many work, in which sector, and what they earn."""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import along, minimum, ratio, select, total

employment = stock(
    "Employed persons by sector.",
    unit="person",
    initial="base_employment",
    inflows=("employment_change",),
    over=("county", "sector"),
)


@equation(unit="person", over=("county", "residence"))
def labour_force(working_age_population, participation_share):
    """Residents who work: a share of those aged 15 to 64."""
    return working_age_population * participation_share


@equation(unit="person", over=("county", "sector"))
def base_employment(initial_labour_force, initial_employment_share):
    """Employment of the base year: the labour force by the census shares of the sectors."""
    return total(initial_labour_force, "residence") * initial_employment_share


@equation(unit="million CNY_2020/person/year", over=("county", "sector"))
def sector_wage(sector_output, employment, labour_elasticity):
    """Earnings per employed person: labour's share of what a sector makes."""
    return ratio(labour_elasticity * sector_output, employment, 0)


@equation(unit="dimensionless")
def rural_labour_share(labour_force):
    """Share of the county's workers who live in the countryside."""
    return ratio(select(labour_force, "residence", "rural"), total(labour_force, "residence"), 0)


@equation(unit="dimensionless", over=("county", "sector"))
def within_reach(rural_labour_share, initial_rural_labour_share):
    """Workers whom a sector can draw on, against the base year: who has moved to town no longer farms."""
    return along(
        "sector",
        agriculture=ratio(rural_labour_share, initial_rural_labour_share, 1),
        industry=1,
        services=1,
    )


@equation(unit="dimensionless", over=("county", "sector"), measures=(19,))
def sector_weight(
    initial_employment_share,
    desired_reallocation,
    within_reach,
    sector_wage,
    initial_sector_wage,
    sector_wage_elasticity,
):
    """Pull of a sector on workers: its share of 2020, the move then under way, who is within reach, and its wage."""
    return (
        initial_employment_share
        * desired_reallocation
        * within_reach
        * ratio(sector_wage, initial_sector_wage, 1) ** sector_wage_elasticity
    )


@equation(unit="person", over=("county", "sector"))
def desired_employment(labour_force, sector_weight):
    """Employment by sector if workers could change at once."""
    return total(labour_force, "residence") * ratio(sector_weight, total(sector_weight, "sector"), 0)


@equation(unit="person/year", over=("county", "sector"))
def employment_change(desired_employment, employment, labour_adjustment_time):
    """Workers enter, leave and change sector with a delay."""
    return (desired_employment - employment) / labour_adjustment_time


@equation(unit="million CNY_2020/person/year")
def non_agricultural_wage(sector_wage, employment):
    """Mean earnings in industry and services."""
    return ratio(
        total(sector_wage * employment, "sector")
        - select(sector_wage, "sector", "agriculture") * select(employment, "sector", "agriculture"),
        total(employment, "sector") - select(employment, "sector", "agriculture"),
        0,
    )


@equation(unit="dimensionless")
def farming_share(employment, labour_force):
    """Share of the countryside's workers who farm."""
    return minimum(ratio(select(employment, "sector", "agriculture"), select(labour_force, "residence", "rural"), 1), 1)


@equation(unit="million CNY_2020/person/year", over=("county", "residence"))
def wage(sector_wage, non_agricultural_wage, farming_share):
    """Mean earnings of workers by residence: townspeople outside agriculture, villagers in both."""
    return along(
        "residence",
        rural=farming_share * select(sector_wage, "sector", "agriculture")
        + (1 - farming_share) * non_agricultural_wage,
        urban=non_agricultural_wage,
    )
