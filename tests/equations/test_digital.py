"""Digital economy by hand: a county of 500,000 residents, half of them in towns."""

from __future__ import annotations

import pytest
from hand import Case, by, case, county

from regionsim.equations import digital

EXP_001, EXP_002 = 1.0100501671, 1.0202013400  # exp(0.01), exp(0.02)

CASES = [
    # Half at 0.8 and half at 0.5; villagers only; nobody.
    case(
        digital.base_digital_index,
        county(0.65, 0.5, 0),
        initial_urban_population=county(250_000, 0, 0),
        initial_rural_population=county(250_000, 100_000, 0),
        urban_internet_share=0.8,
        rural_internet_share=0.5,
    ),
    # Nothing; networks; networks, half a smart city and the project of firms; more than the whole gap.
    case(
        digital.digital_gap_closed,
        county(0, 0.25, 0.45, 1),
        network_infrastructure_effort=county(0, 1, 1, 3),
        network_reach=0.25,
        smart_city_effort=county(0, 0, 0.5, 1),
        smart_city_reach=0.1,
        digital_economy_effort=county(0, 0, 1, 2),
        digital_economy_reach=0.15,
    ),
    # Without effort it stays; a quarter of the gap of 0.35, over 4 years; half way there.
    case(
        digital.digital_adoption,
        county(0, 0.021875, 0.01),
        initial_digital_index=county(0.65, 0.65, 0.6),
        digital_gap_closed=county(0, 0.25, 0.2),
        digital_index=county(0.65, 0.65, 0.64),
        digital_adoption_time=4,
    ),
    # 0.2 more: exp(0.02) on farms and exp(0.01) elsewhere; as in 2020.
    case(
        digital.digital_effect,
        by(
            "sector",
            agriculture=county(EXP_002, 1),
            industry=county(EXP_001, 1),
            services=county(EXP_001, 1),
        ),
        digital_index=county(0.85, 0.5),
        initial_digital_index=county(0.65, 0.5),
        digital_productivity_effect=by("sector", agriculture=0.1, industry=0.05, services=0.05),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_digital_economy_by_hand(case: Case) -> None:
    case.check()
