"""Accounts of ecosystems by hand: a county of 100,000 ha of forest and 40,000 ha of other open land."""

from __future__ import annotations

import pytest
from hand import Case, case, county

from regionsim.equations import ecosystem_accounts

CASES = [
    # As in 2020; a tenth fewer good months; none to begin with.
    case(
        ecosystem_accounts.ecosystem_quality,
        county(1, 0.98, 1),
        county_good_water_share=county(0.8, 0.72, 0.5),
        initial_county_good_water_share=county(0.8, 0.8, 0),
        water_service_share=0.2,
    ),
    # 0.1 million on each of 100,000 ha and half of that on each of 40,000, a tenth lower in quality, and 50,000 t
    # at 80 CNY.
    case(
        ecosystem_accounts.gross_ecosystem_product,
        10_804,
        forest_area=100_000,
        cropland=25_000,
        other_land=15_000,
        ecosystem_value_of_forest=0.1,
        open_land_value_ratio=0.5,
        ecosystem_quality=0.9,
        forest_carbon_sink=50_000,
        carbon_credit_price=0.00008,
    ),
    # A sink, the same at half effort, a source.
    case(
        ecosystem_accounts.carbon_credit_income,
        county(0.2, 0.1, 0),
        market_compensation_effort=county(1, 0.5, 1),
        forest_carbon_sink=county(50_000, 50_000, -10_000),
        carbon_credit_share=0.05,
        carbon_credit_price=0.00008,
    ),
    case(
        ecosystem_accounts.ecological_product_income,
        county(0, 5.402),
        market_compensation_effort=county(0, 0.5),
        gross_ecosystem_product=10_804,
        realised_product_share=0.001,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_accounts_of_ecosystems_are_as_on_paper(case: Case) -> None:
    case.check()
