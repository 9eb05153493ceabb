"""What counties send to their rivers: sewage of towns, runoff of the countryside, effluent of industry.

Two pollutants stand for all: chemical oxygen demand (`pollution_load`) and ammonia nitrogen (`ammonia_load`). Plants
treat the sewage of towns, rural facilities part of what households give off, and enforcement holds down what is
discharged against the rules. Enforcement follows what a county has at stake downstream, not what it is paid.
"""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import along, maximum, minimum, ratio, select

treatment_capacity = stock(
    "Sewage of towns that sewers and plants can take, as oxygen demand.",
    unit="tonne/year",
    initial="base_treatment_capacity",
    inflows=("treatment_expansion", "treatment_connection", "joint_treatment_works"),
    outflows=("treatment_wear",),
)

enforcement = stock(
    "Effort with which rules on discharge are enforced, from none (0) to all that can be done (1).",
    unit="dimensionless",
    initial="base_enforcement",
    inflows=("enforcement_adjustment",),
)

industrial_effluent_index = stock(
    "Pollution that industry makes per output, against 2020.",
    unit="dimensionless",
    initial=1,
    outflows=("industrial_cleaning",),
)

open_mine_index = stock(
    "Mine sites that have not been rehabilitated, against 2020.",
    unit="dimensionless",
    initial=1,
    outflows=("mine_rehabilitation",),
)

# --- treatment of the sewage of towns --------------------------------------------------------------------------------


@equation(unit="tonne/year")
def urban_sewage(urban_population, urban_oxygen_demand_per_resident):
    """Sewage that townspeople make, as oxygen demand."""
    return urban_population * urban_oxygen_demand_per_resident


@equation(unit="tonne/year")
def base_treatment_capacity(initial_urban_sewage, base_treated_share):
    """Capacity of the base year: what was then collected and treated."""
    return initial_urban_sewage * base_treated_share


@equation(unit="dimensionless", measures=(11,))
def treated_share(treatment_capacity, urban_sewage, largest_treated_share):
    """Share of the sewage of towns that is collected and treated."""
    return minimum(ratio(treatment_capacity, urban_sewage, largest_treated_share), largest_treated_share)


@equation(unit="tonne/year/year")
def treatment_wear(treatment_capacity, treatment_wear_rate):
    """Sewers and plants that wear out."""
    return treatment_capacity * treatment_wear_rate


@equation(unit="tonne/year/year", measures=(13,))
def treatment_expansion(
    initial_treatment_wear, water_treatment_spending, base_water_treatment_spending, treatment_capacity_cost
):
    """Capacity that public money builds: that of the base year makes up for wear, what is added builds more."""
    return maximum(
        initial_treatment_wear + (water_treatment_spending - base_water_treatment_spending) / treatment_capacity_cost,
        0,
    )


@equation(unit="tonne/year/year")
def treatment_connection(urban_growth, urban_oxygen_demand_per_resident, base_treated_share):
    """Capacity that comes with new housing, connected as housing was in 2020; villages turned town bring none."""
    return maximum(urban_growth, 0) * urban_oxygen_demand_per_resident * base_treated_share


@equation(unit="tonne/year/year", measures=(11,))
def joint_treatment_works(
    joint_control_effort, joint_works_rate, largest_treated_share, urban_sewage, treatment_capacity
):
    """Capacity that the joint treatment of river systems builds: part of what towns still lack."""
    return (
        joint_control_effort * joint_works_rate * maximum(largest_treated_share * urban_sewage - treatment_capacity, 0)
    )


@equation(unit="million CNY_2020/year", measures=(11,))
def joint_control_cost(joint_treatment_works, treatment_capacity_cost):
    """What the works of joint control cost."""
    return joint_treatment_works * treatment_capacity_cost


# --- enforcement -----------------------------------------------------------------------------------------------------


@equation(unit="dimensionless")
def base_enforcement(initial_signed_stake, enforcement_without_stake, stake_enforcement_gain):
    """Enforcement of the base year, as the agreements then in force had brought it about."""
    return minimum(enforcement_without_stake + stake_enforcement_gain * initial_signed_stake, 1)


@equation(unit="dimensionless", measures=(11, 13))
def enforcement_target(
    stake, enforcement_without_stake, stake_enforcement_gain, joint_control_effort, joint_enforcement_gain
):
    """Enforcement that a county comes to: its own, more with a stake in an agreement and under joint control."""
    return minimum(
        enforcement_without_stake + stake_enforcement_gain * stake + joint_enforcement_gain * joint_control_effort, 1
    )


@equation(unit="1/year", measures=(11, 13))
def enforcement_adjustment(enforcement_target, enforcement, enforcement_adjustment_time):
    """Staff, monitoring and habits follow the target, and fall back with it."""
    return (enforcement_target - enforcement) / enforcement_adjustment_time


@equation(unit="dimensionless", over=("county", "sector"), measures=(11,))
def compliance_effect(enforcement, initial_enforcement, compliance_cost_share):
    """Output against what it would be under the enforcement of 2020: rules that are enforced cost industry."""
    return along(
        "sector",
        agriculture=1,
        industry=1 - compliance_cost_share * (enforcement - initial_enforcement),
        services=1,
    )


# --- industry and mines ----------------------------------------------------------------------------------------------


@equation(unit="1/year", measures=(11,))
def industrial_cleaning(
    industrial_effluent_index, effluent_decline_rate, green_manufacturing_effort, green_decline_rate
):
    """Cleaner production lowers the pollution per output, faster where green manufacturing is pushed."""
    return industrial_effluent_index * (effluent_decline_rate + green_manufacturing_effort * green_decline_rate)


@equation(unit="dimensionless", over=("county", "sector"), measures=(11,))
def phase_out_effect(green_manufacturing_effort, phase_out_ratio):
    """Factor on the wear of capital: backward industrial plant that is closed down ahead of its time."""
    return along("sector", agriculture=1, industry=1 + green_manufacturing_effort * phase_out_ratio, services=1)


@equation(unit="1/year", measures=(11,))
def mine_rehabilitation(open_mine_index, mine_rehabilitation_effort, mine_works_rate):
    """Mine sites that are drained, covered and planted."""
    return open_mine_index * mine_rehabilitation_effort * mine_works_rate


@equation(unit="dimensionless", measures=(11,))
def industrial_discharge_index(
    industrial_effluent_index, mine_effluent_share, open_mine_index, industrial_enforceable_share, enforcement
):
    """Pollution that industry and mines discharge per output, against industry of 2020 that nobody controls."""
    return (
        industrial_effluent_index
        * (1 - mine_effluent_share * (1 - open_mine_index))
        * (1 - industrial_enforceable_share * enforcement)
    )


# --- loads that reach the rivers -------------------------------------------------------------------------------------


@equation(unit="dimensionless", measures=(8,))
def rural_remaining_share(
    rural_sewage_coverage, rural_household_load_share, rural_removal_share, rural_waste_load_effect
):
    """Share of the countryside's load that treatment of sewage and collection of refuse leave; fields are untouched."""
    return (1 - rural_household_load_share * rural_removal_share * rural_sewage_coverage) * rural_waste_load_effect


@equation(unit="tonne/year", measures=(11,))
def urban_load(
    urban_sewage, treated_share, oxygen_demand_removal_share, urban_enforceable_share, enforcement, point_entry_share
):
    """Oxygen demand from towns that reaches rivers."""
    return (
        point_entry_share
        * urban_sewage
        * (1 - treated_share * oxygen_demand_removal_share)
        * (1 - urban_enforceable_share * enforcement)
    )


@equation(unit="tonne/year", measures=(8, 11))
def rural_load(
    rural_population,
    rural_oxygen_demand_per_resident,
    rural_remaining_share,
    rural_enforceable_share,
    enforcement,
    diffuse_entry_share,
):
    """Oxygen demand from households, livestock, fields and ponds of the countryside that reaches rivers."""
    return (
        diffuse_entry_share
        * rural_population
        * rural_oxygen_demand_per_resident
        * rural_remaining_share
        * (1 - rural_enforceable_share * enforcement)
    )


@equation(unit="tonne/year", measures=(11,))
def industrial_load(sector_output, oxygen_demand_per_output, industrial_discharge_index, point_entry_share):
    """Oxygen demand from industry that reaches rivers."""
    return (
        point_entry_share
        * select(sector_output, "sector", "industry")
        * oxygen_demand_per_output
        * industrial_discharge_index
    )


@equation(unit="tonne/year", measures=(8, 11))
def pollution_load(urban_load, rural_load, industrial_load):
    """Oxygen demand of a county that reaches rivers in a year."""
    return urban_load + rural_load + industrial_load


@equation(unit="tonne/year", measures=(11,))
def urban_ammonia_load(
    urban_population,
    urban_ammonia_per_resident,
    treated_share,
    ammonia_removal_share,
    urban_enforceable_share,
    enforcement,
    point_entry_share,
):
    """Ammonia nitrogen from towns that reaches rivers."""
    return (
        point_entry_share
        * urban_population
        * urban_ammonia_per_resident
        * (1 - treated_share * ammonia_removal_share)
        * (1 - urban_enforceable_share * enforcement)
    )


@equation(unit="tonne/year", measures=(8, 11))
def rural_ammonia_load(
    rural_population,
    rural_ammonia_per_resident,
    rural_remaining_share,
    rural_enforceable_share,
    enforcement,
    diffuse_entry_share,
):
    """Ammonia nitrogen from the countryside that reaches rivers."""
    return (
        diffuse_entry_share
        * rural_population
        * rural_ammonia_per_resident
        * rural_remaining_share
        * (1 - rural_enforceable_share * enforcement)
    )


@equation(unit="tonne/year", measures=(11,))
def industrial_ammonia_load(sector_output, ammonia_per_output, industrial_discharge_index, point_entry_share):
    """Ammonia nitrogen from industry that reaches rivers."""
    return (
        point_entry_share
        * select(sector_output, "sector", "industry")
        * ammonia_per_output
        * industrial_discharge_index
    )


@equation(unit="tonne/year", measures=(8, 11))
def ammonia_load(urban_ammonia_load, rural_ammonia_load, industrial_ammonia_load):
    """Ammonia nitrogen of a county that reaches rivers in a year."""
    return urban_ammonia_load + rural_ammonia_load + industrial_ammonia_load
