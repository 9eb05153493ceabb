"""Public money by hand: a county of 10,000 million CNY of output, 750 of own revenue and 1,850 of transfers."""

from __future__ import annotations

import pytest
from hand import Case, array, by, case, county, hub

from regionsim.equations import public_finance

USES = {
    "education_spending_share": 0.17,
    "health_spending_share": 0.09,
    "infrastructure_spending_share": 0.18,
    "water_treatment_spending_share": 0.015,
    "forest_spending_share": 0.012,
    "digital_spending_share": 0.005,
}

CASES = [
    # 7.5 % of 1,000 + 4,000 + 5,000, and transfers.
    case(
        public_finance.base_public_revenue,
        county(2_600),
        own_revenue_share=county(0.075),
        initial_sector_output=by("sector", agriculture=1_000, industry=4_000, services=5_000),
        base_transfers=county(1_850),
    ),
    # 2,600 x (1 + 0.04 - 1.2 x 0.025).
    case(
        public_finance.base_free_spending,
        county(2_626),
        base_public_revenue=county(2_600),
        net_borrowing_share=0.04,
        base_debt_ratio=1.2,
        debt_interest_rate=0.025,
    ),
    # 10 ha used anew count for 3.
    case(
        public_finance.land_income,
        county(60, 0, 63.6),
        built_up_expansion=county(50, 0, 50),
        building_land_used_anew=county(0, 0, 10),
        public_share_of_land_used_anew=0.3,
        net_land_income_per_area=1.2,
    ),
    case(
        public_finance.own_revenue,
        county(760),
        output=county(10_000),
        own_revenue_share=county(0.07),
        land_income=county(60),
    ),
    case(public_finance.standard_capacity, county(750), output=county(10_000), standard_revenue_share=0.075),
    # 1,850 / 0.5 + 750 = 4,450 for 400,000 people; nobody needs nothing.
    case(
        public_finance.base_need_per_resident,
        county(0.011125, 0),
        base_transfers=county(1_850, 0),
        equalization_share=0.5,
        initial_standard_capacity=county(750, 0),
        initial_population=county(400_000, 0),
    ),
    # (1.2 x 6 + 1.4 x 2) / 8 million people.
    case(
        public_finance.public_pay_index,
        array({}, 1.25),
        hub_wage_index=hub(1.2, 1.4),
        hub_residents=hub(6_000_000, 2_000_000),
    ),
    case(
        public_finance.standard_need,
        county(4_400),
        base_need_per_resident=county(0.011),
        population=county(320_000),
        public_pay_index=1.25,
    ),
    # Half of 4,450 - 750; a rich county gets nothing and pays nothing.
    case(
        public_finance.equalization_transfers,
        county(1_850, 0),
        standard_need=county(4_450, 8_000),
        standard_capacity=county(750, 9_000),
        equalization_share=0.5,
    ),
    case(
        public_finance.function_zone_grants,
        county(15, 0),
        function_zone_transfers_effort=county(0.5, 0),
        function_zone_grant=30,
    ),
    case(
        public_finance.support_grants,
        county(50),
        transfers_support_effort=county(0.5),
        support_grant_share=0.05,
        equalization_transfers=county(2_000),
    ),
    case(
        public_finance.transfers,
        county(1_917),
        equalization_transfers=county(1_850),
        function_zone_grants=county(15),
        support_grants=county(50),
        compensation_received=county(7),
        compensation_awards=county(3),
        compensation_paid=county(8),
    ),
    case(public_finance.public_revenue, county(2_600), own_revenue=county(750), transfers=county(1_850)),
    case(public_finance.base_public_debt, county(3_120), base_public_revenue=county(2_600), base_debt_ratio=1.2),
    case(public_finance.debt_repayment, county(260), public_debt=county(2_600), debt_repayment_rate=0.1),
    case(public_finance.interest_payments, county(65), public_debt=county(2_600), debt_interest_rate=0.025),
    # 260 due and 5 % of 2,600; near the ceiling of 3,120 only (3,120 - 3,060) / 3 more than what is due; above it less
    # than that; far above it nothing.
    case(
        public_finance.borrowing,
        county(260 + 130, 306 + 20, 330 - 60, 0),
        debt_repayment=county(260, 306, 330, 600),
        net_borrowing_share=0.04,
        bonds_effort=county(0.5, 0.5, 0.5, 0.5),
        bond_increase_share=0.02,
        public_revenue=county(2_600, 2_600, 2_600, 2_600),
        debt_ceiling_ratio=1.2,
        public_debt=county(2_600, 3_060, 3_300, 6_000),
        debt_adjustment_time=3,
    ),
    case(
        public_finance.public_spending,
        county(2_730),
        public_revenue=county(2_600),
        borrowing=county(390),
        debt_repayment=county(260),
    ),
    case(
        public_finance.earmarked_for_water,
        county(6),
        compensation_received=county(7),
        compensation_awards=county(3),
        compensation_water_share=0.6,
    ),
    # 2 of 10 and 6 of 20.
    case(
        public_finance.earmarked_for_forest,
        county(8),
        compensation_received=county(7),
        compensation_awards=county(3),
        compensation_forest_share=0.2,
        function_zone_grants=county(20),
        function_zone_forest_share=0.3,
    ),
    case(
        public_finance.free_spending,
        county(2_647),
        public_spending=county(2_730),
        interest_payments=county(65),
        earmarked_for_water=county(6),
        earmarked_for_forest=county(8),
        joint_control_cost=county(4),
    ),
    case(public_finance.named_uses_share, 0.472, **USES),
    # Shares below 1 leave the rest to administration; shares above 1 are scaled down by their sum.
    case(
        public_finance.weight_of_uses,
        county(1.025, 1),
        named_uses_share=0.472,
        education_capacity_effort=county(0.5, 0),
        education_capacity_increase=0.02,
        health_institutions_effort=county(1, 0),
        health_institutions_increase=0.015,
    ),
    case(
        public_finance.weight_of_uses,
        county(1.6),
        named_uses_share=1.6,
        education_capacity_effort=county(0),
        education_capacity_increase=0.02,
        health_institutions_effort=county(0),
        health_institutions_increase=0.015,
    ),
    # 17 + 1 of 102.5 parts of 2,050; the next four have their parts of the same sum: together with 0.528 / 1.025 of it
    # for administration and 0.09 + 0.015 for health all of it is spent.
    case(
        public_finance.education_spending,
        county(360),
        free_spending=county(2_050),
        education_spending_share=0.17,
        education_capacity_effort=county(0.5),
        education_capacity_increase=0.02,
        weight_of_uses=county(1.025),
    ),
    case(
        public_finance.health_spending,
        county(210),
        free_spending=county(2_050),
        health_spending_share=0.09,
        health_institutions_effort=county(1),
        health_institutions_increase=0.015,
        weight_of_uses=county(1.025),
    ),
    case(
        public_finance.infrastructure_spending,
        county(360),
        free_spending=county(2_050),
        infrastructure_spending_share=0.18,
        weight_of_uses=county(1.025),
    ),
    case(
        public_finance.base_water_treatment_spending,
        county(30),
        base_free_spending=county(2_000),
        water_treatment_spending_share=0.015,
    ),
    case(
        public_finance.water_treatment_spending,
        county(36),
        free_spending=county(2_050),
        water_treatment_spending_share=0.015,
        weight_of_uses=county(1.025),
        earmarked_for_water=county(6),
    ),
    case(
        public_finance.forest_spending,
        county(32),
        free_spending=county(2_050),
        forest_spending_share=0.012,
        weight_of_uses=county(1.025),
        earmarked_for_forest=county(8),
    ),
    case(
        public_finance.digital_spending,
        county(10),
        free_spending=county(2_050),
        digital_spending_share=0.005,
        weight_of_uses=county(1.025),
    ),
    case(
        public_finance.administration_spending,
        county(1_056),
        free_spending=county(2_050),
        named_uses_share=0.472,
        weight_of_uses=county(1.025),
    ),
    case(
        public_finance.administration_spending,
        county(0),
        free_spending=county(2_050),
        named_uses_share=1.6,
        weight_of_uses=county(1.6),
    ),
    case(
        public_finance.fiscal_self_sufficiency,
        county(0.3, 0),
        own_revenue=county(819, 0),
        public_spending=county(2_730, 0),
    ),
    case(public_finance.debt_ratio, county(1.1, 0), public_debt=county(2_860, 0), public_revenue=county(2_600, 0)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_public_money_by_hand(case: Case) -> None:
    case.check()
