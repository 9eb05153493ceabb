"""Capital by hand: a county of 74,000 million CNY of output, and hubs of 1,200,000 and 320,000."""

from __future__ import annotations

import pytest
from hand import Case, by, case, county, hub

from regionsim.equations import investment

EXP_010, EXP_020, EXP_030, EXP_040 = 1.1051709181, 1.2214027582, 1.3498588076, 1.4918246976  # exp(0.1) to exp(0.4)

CASES = [
    case(
        investment.base_capital,
        by("sector", agriculture=6_000, industry=104_000, services=108_000),
        initial_sector_output=by("sector", agriculture=4_000, industry=40_000, services=30_000),
        capital_output_ratio=by("sector", agriculture=1.5, industry=2.6, services=3.6),
    ),
    case(
        investment.base_hub_capital,
        hub(3_600_000, 960_000),
        initial_hub_output=hub(1_200_000, 320_000),
        hub_capital_output_ratio=3,
    ),
    # 12, 30 and 32 % of output; easier credit adds a quarter in industry and a tenth in services.
    case(
        investment.local_investment,
        by("sector", agriculture=480, industry=15_000, services=10_560),
        sector_output=by("sector", agriculture=4_000, industry=40_000, services=30_000),
        local_investment_share=by("sector", agriculture=0.12, industry=0.30, services=0.32),
        finance_effect=by("sector", agriculture=1, industry=1.25, services=1.1),
    ),
    case(
        investment.hub_local_investment,
        hub(360_000, 96_000),
        hub_output=hub(1_200_000, 320_000),
        hub_local_investment_share=0.3,
    ),
    # 12 % of 80,000 in the counties and 1,520,000 in the hubs.
    case(
        investment.footloose_pool,
        192_000,
        output=county(74_000, 6_000),
        hub_output=hub(1_200_000, 320_000),
        footloose_investment_share=0.12,
    ),
    # 0.35 x 4000 / 7000, 0.5 x 40,000 / 100,000; a sector without capital yields nothing.
    case(
        investment.capital_return,
        by("sector", agriculture=0.2, industry=0.2, services=0),
        sector_output=by("sector", agriculture=4_000, industry=40_000, services=0),
        capital=by("sector", agriculture=7_000, industry=100_000, services=0),
        capital_elasticity=by("sector", agriculture=0.35, industry=0.5, services=0.45),
    ),
    case(
        investment.hub_capital_return,
        hub(0.15, 0.1),
        hub_output=hub(1_200_000, 320_000),
        hub_capital=hub(3_760_000, 1_504_000),
        hub_capital_elasticity=0.47,
    ),
    # exp(2 x 0.2) in industry and exp(2 x 0.1) in services; access to the power 0.2 is 1.1 and 0.9; nobody from outside
    # invests in farming; a park draws a fifth more into the second county's industry.
    case(
        investment.investment_pull,
        by(
            "sector",
            agriculture=county(0, 0),
            industry=county(100_000 * EXP_040 * 1.1, 100_000 * EXP_040 * 0.9 * 1.2),
            services=county(120_000 * EXP_020 * 1.1, 120_000 * EXP_020 * 0.9),
        ),
        capital=by("sector", agriculture=6_000, industry=100_000, services=120_000),
        footloose_sector=by("sector", agriculture=0, industry=1, services=1),
        capital_return=by("sector", agriculture=0.2, industry=0.2, services=0.1),
        return_sensitivity=2,
        passenger_access=county(1.61051, 0.59049),
        investment_access_elasticity=0.2,
        park_pull=by("sector", agriculture=1, industry=county(1, 1.2), services=1),
    ),
    # exp(2 x 0.15), access to the power 0.2 is 1.05; exp(2 x 0.05) and access as in the base year.
    case(
        investment.hub_investment_pull,
        hub(3_600_000 * EXP_030 * 1.05, 960_000 * EXP_010),
        hub_capital=hub(3_600_000, 960_000),
        hub_capital_return=hub(0.15, 0.05),
        return_sensitivity=2,
        hub_access=hub(1.2762815625, 1),
        investment_access_elasticity=0.2,
    ),
    case(
        investment.total_investment_pull,
        330_000 + 30_000 + 4_440_000,
        investment_pull=by(
            "sector", agriculture=county(0, 0), industry=county(150_000, 20_000), services=county(180_000, 10_000)
        ),
        hub_investment_pull=hub(3_500_000, 940_000),
    ),
    # Together the next two give out 13,200 + 1200 + 140,000 + 37,600 = 192,000: the whole pool.
    case(
        investment.footloose_investment,
        by("sector", agriculture=county(0, 0), industry=county(6_000, 800), services=county(7_200, 400)),
        footloose_pool=192_000,
        investment_pull=by(
            "sector", agriculture=county(0, 0), industry=county(150_000, 20_000), services=county(180_000, 10_000)
        ),
        total_investment_pull=4_800_000,
    ),
    case(
        investment.hub_footloose_investment,
        hub(140_000, 37_600),
        footloose_pool=192_000,
        hub_investment_pull=hub(3_500_000, 940_000),
        total_investment_pull=4_800_000,
    ),
    # 5.5, 10.5 and 6.5 %; a fifth more where backward works are closed.
    case(
        investment.depreciation,
        by("sector", agriculture=330, industry=12_600, services=7_800),
        capital=by("sector", agriculture=6_000, industry=100_000, services=120_000),
        depreciation_rate=by("sector", agriculture=0.055, industry=0.105, services=0.065),
        phase_out_effect=by("sector", agriculture=1, industry=1.2, services=1),
    ),
    case(
        investment.hub_depreciation,
        hub(345_600, 92_160),
        hub_capital=hub(3_600_000, 960_000),
        hub_depreciation_rate=0.096,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_investment_is_as_on_paper(case: Case) -> None:
    case.check()
