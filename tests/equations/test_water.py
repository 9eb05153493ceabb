"""Loads by hand: a town county (100,000 townsmen, 50,000 villagers, industry of 2,000 million) and its likes."""

from __future__ import annotations

import pytest
from hand import Case, by, case, county

from regionsim.equations import water

TREATMENT = [
    # 100,000 people at 65 g a day are 2,374 t a year.
    case(water.urban_sewage, 2_374, urban_population=100_000, urban_oxygen_demand_per_resident=0.02374),
    case(
        water.base_treatment_capacity,
        county(1_400, 0),
        initial_urban_sewage=county(2_000, 0),
        base_treated_share=0.7,
    ),
    # Three quarters are treated; plants that could take more than there is reach the largest share; nobody is there.
    case(
        water.treated_share,
        county(0.75, 0.95, 0.95),
        treatment_capacity=county(1_500, 1_960, 0),
        urban_sewage=county(2_000, 2_000, 0),
        largest_treated_share=0.95,
    ),
    case(water.treatment_wear, 60, treatment_capacity=1_500, treatment_wear_rate=0.04),
    # As much as at first; 11 million more at 0.11 million for each tonne a year; so much less that nothing is built.
    case(
        water.treatment_expansion,
        county(60, 160, 0),
        initial_treatment_wear=60,
        water_treatment_spending=county(30, 41, 0),
        base_water_treatment_spending=30,
        treatment_capacity_cost=0.11,
    ),
    # 1,000 new townsmen with 24 t, of which seven tenths are connected; a town that shrinks.
    case(
        water.treatment_connection,
        county(16.8, 0),
        urban_growth=county(1_000, -1_000),
        urban_oxygen_demand_per_resident=0.024,
        base_treated_share=0.7,
    ),
    # Of 1,900 t that can be treated 400 are not: a tenth of that, at full and at half effort; nothing is lacking.
    case(
        water.joint_treatment_works,
        county(40, 20, 0),
        joint_control_effort=county(1, 0.5, 1),
        joint_works_rate=0.1,
        largest_treated_share=0.95,
        urban_sewage=2_000,
        treatment_capacity=county(1_500, 1_500, 1_950),
    ),
    case(water.joint_control_cost, 4.4, joint_treatment_works=40, treatment_capacity_cost=0.11),
]

ENFORCEMENT = [
    # No agreement; one that has faded to 0.7; so strong that all is enforced.
    case(
        water.base_enforcement,
        county(0.3, 0.65, 1),
        initial_signed_stake=county(0, 0.7, 2),
        enforcement_without_stake=0.3,
        stake_enforcement_gain=0.5,
    ),
    case(
        water.enforcement_target,
        county(0.3, 0.65, 0.8, 1),
        stake=county(0, 0.7, 0.7, 2),
        enforcement_without_stake=0.3,
        stake_enforcement_gain=0.5,
        joint_control_effort=county(0, 0, 1, 1),
        joint_enforcement_gain=0.15,
    ),
    case(
        water.enforcement_adjustment,
        county(0.2, -0.1),
        enforcement_target=county(0.8, 0.35),
        enforcement=0.5,
        enforcement_adjustment_time=1.5,
    ),
    # Enforcement that rises by 0.4 costs industry 0.4 %; one that falls by 0.1 spares it 0.1 %.
    case(
        water.compliance_effect,
        by("sector", agriculture=1, industry=county(0.996, 1.001), services=1),
        enforcement=county(0.7, 0.2),
        initial_enforcement=0.3,
        compliance_cost_share=0.01,
    ),
]

INDUSTRY = [
    case(
        water.industrial_cleaning,
        county(0.04, 0.055),
        industrial_effluent_index=0.5,
        effluent_decline_rate=0.08,
        green_manufacturing_effort=county(0, 1),
        green_decline_rate=0.03,
    ),
    case(
        water.phase_out_effect,
        by("sector", agriculture=1, industry=county(1, 1.03), services=1),
        green_manufacturing_effort=county(0, 1),
        phase_out_ratio=0.03,
    ),
    case(
        water.mine_rehabilitation,
        county(0, 0.04),
        open_mine_index=0.8,
        mine_rehabilitation_effort=county(0, 0.5),
        mine_works_rate=0.1,
    ),
    # As in 2020 and nobody enforces; half the effluent, half the mines (of a fifth), half of what can be stopped.
    case(
        water.industrial_discharge_index,
        county(1, 0.3375),
        industrial_effluent_index=county(1, 0.5),
        mine_effluent_share=0.2,
        open_mine_index=county(1, 0.5),
        industrial_enforceable_share=0.5,
        enforcement=county(0, 0.5),
    ),
]

LOADS = [
    # Households are 40 % of the load, facilities remove 60 % of it where they run.
    case(
        water.rural_remaining_share,
        county(1, 0.952, 0.76, 0.684),
        rural_sewage_coverage=county(0, 0.2, 1, 1),
        rural_household_load_share=0.4,
        rural_removal_share=0.6,
        rural_waste_load_effect=county(1, 1, 1, 0.9),
    ),
    # Of 2,000 t 1,200 are removed; enforcement stops 15 % of the rest; half of it reaches the river.
    case(
        water.urban_load,
        340,
        urban_sewage=2_000,
        treated_share=0.75,
        oxygen_demand_removal_share=0.8,
        urban_enforceable_share=0.3,
        enforcement=0.5,
        point_entry_share=0.5,
    ),
    # 1,000 t, of which 90 % are left by treatment and 85 % by enforcement, and a fifth reaches the river.
    case(
        water.rural_load,
        153,
        rural_population=50_000,
        rural_oxygen_demand_per_resident=0.02,
        rural_remaining_share=0.9,
        rural_enforceable_share=0.3,
        enforcement=0.5,
        diffuse_entry_share=0.2,
    ),
    # Only industry counts: 80 t, of which 75 % are discharged and half reaches the river.
    case(
        water.industrial_load,
        30,
        sector_output=by("sector", agriculture=500, industry=2_000, services=900),
        oxygen_demand_per_output=0.04,
        industrial_discharge_index=0.75,
        point_entry_share=0.5,
    ),
    case(water.pollution_load, 523, urban_load=340, rural_load=153, industrial_load=30),
    # 300 t, of which 60 % are left by treatment and 85 % by enforcement, and half reaches the river.
    case(
        water.urban_ammonia_load,
        76.5,
        urban_population=100_000,
        urban_ammonia_per_resident=0.003,
        treated_share=0.5,
        ammonia_removal_share=0.8,
        urban_enforceable_share=0.3,
        enforcement=0.5,
        point_entry_share=0.5,
    ),
    case(
        water.rural_ammonia_load,
        6.12,
        rural_population=50_000,
        rural_ammonia_per_resident=0.0008,
        rural_remaining_share=0.9,
        rural_enforceable_share=0.3,
        enforcement=0.5,
        diffuse_entry_share=0.2,
    ),
    case(
        water.industrial_ammonia_load,
        2.25,
        sector_output=by("sector", agriculture=500, industry=2_000, services=900),
        ammonia_per_output=0.003,
        industrial_discharge_index=0.75,
        point_entry_share=0.5,
    ),
    case(water.ammonia_load, 84.87, urban_ammonia_load=76.5, rural_ammonia_load=6.12, industrial_ammonia_load=2.25),
]

CASES = TREATMENT + ENFORCEMENT + INDUSTRY + LOADS


@pytest.mark.parametrize("case", CASES, ids=str)
def test_loads_are_as_on_paper(case: Case) -> None:
    case.check()
