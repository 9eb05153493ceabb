"""Farm brands by hand: two counties with 4000 and 6000 million CNY of farming."""

from __future__ import annotations

import numpy as np
import pytest
from hand import Case, by, case, county
from mechanism_alone import alone, labels, run, values
from small_models import constant

from regionsim.equations import agriculture

FARMING = by("sector", agriculture=county(4_000, 6_000), industry=9_000, services=county(8_000, 20_000))
NONE = by("sector", agriculture=county(0, 0), industry=9_000, services=county(8_000, 20_000))

CASES = [
    # (4000 x 1 + 6000 x 0.5) / 10,000.
    case(
        agriculture.zone_brand_effort,
        0.7,
        regional_brand_effort=county(1, 0.5),
        initial_sector_output=FARMING,
    ),
    case(agriculture.zone_brand_effort, 0, regional_brand_effort=county(1, 0.5), initial_sector_output=NONE),
    case(agriculture.regional_brand_building, 0.14, zone_brand_effort=0.7, farm_brand_time=5),
    case(agriculture.regional_brand_loss, 0.08, regional_brand=0.4, farm_brand_time=5),
    # Only living beside the label; taking part by half; in full; beyond, which is no more than in full.
    case(
        agriculture.regional_brand_use,
        county(0.1, 0.25, 0.4, 0.4),
        regional_brand=0.4,
        regional_brand_effort=county(0, 0.5, 1, 2),
        brand_spillover_share=0.25,
    ),
    case(agriculture.local_brand_building, county(0.2, 0), local_brand_effort=county(1, 0), farm_brand_time=5),
    case(agriculture.local_brand_loss, county(0.1, 0), local_brand=county(0.5, 0), farm_brand_time=5),
    # 15 % of what is left of a quarter; nothing is left.
    case(
        agriculture.green_certification,
        county(0.0375, 0.0075, 0),
        green_supply_effort=county(1, 0.5, 1),
        green_certification_rate=0.15,
        green_supply_room_share=0.25,
        green_supply=county(0, 0.15, 0.3),
    ),
    case(agriculture.green_lapse, county(0, 0.012), green_lapse_rate=0.08, green_supply=county(0, 0.15)),
    case(
        agriculture.export_building,
        county(0.006, 0),
        export_supply_effort=county(1, 0),
        export_room_share=0.03,
        farm_brand_time=5,
    ),
    case(agriculture.export_loss, county(0.004, 0), export_supply=county(0.02, 0), farm_brand_time=5),
    case(agriculture.zone_research_effort, 0.4, farm_research_effort=county(1, 0), initial_sector_output=FARMING),
    # Half from the zone's 0.4, half from the county's own, over 8 years.
    case(
        agriculture.farm_knowledge_gain,
        county(0.0875, 0.025),
        zone_research_effort=0.4,
        farm_research_effort=county(1, 0),
        research_spillover_share=0.5,
        farm_research_time=8,
    ),
    case(agriculture.farm_knowledge_loss, county(0.05, 0), farm_knowledge=county(0.4, 0), farm_research_time=8),
    # 0.02 x 0.4 + 0.015 x 0.5 + 0.08 x 0.15 + 0.15 x 0.02, and a loss where certificates cost more than they bring.
    case(
        agriculture.brand_premium,
        county(0.0305, 0.008 - 0.0075),
        regional_brand_gain=0.02,
        regional_brand_use=0.4,
        local_brand_gain=0.015,
        local_brand=county(0.5, 0),
        green_premium=county(0.08, -0.05),
        green_supply=0.15,
        export_premium=0.15,
        export_supply=county(0.02, 0),
    ),
    # Half the ceiling of 0.1 gives 1 - exp(-0.5) = 0.39346934 of it; farming without a premium has research alone.
    case(
        agriculture.brand_effect,
        by("sector", agriculture=county(1.039346934 * 1.004, 1.01, 1), industry=1, services=1),
        brand_premium=county(0.05, 0, 0),
        brand_premium_ceiling=0.1,
        farm_research_gain=0.01,
        farm_knowledge=county(0.4, 1, 0),
    ),
]

COUNTIES = ("county",)
FIRST, BOTH = np.array([1.0, 0.0]), np.array([1.0, 1.0])
EFFORTS = (
    "regional_brand_effort",
    "local_brand_effort",
    "green_supply_effort",
    "export_supply_effort",
    "farm_research_effort",
)


def zone(**changed):
    """Two counties; an effort is a number for both or a pair."""
    efforts = {name: changed.pop(name, 0.0) * np.ones(2) for name in EFFORTS}
    return alone(
        agriculture,
        labels(county=2),
        constant(
            "initial_sector_output",
            [[4_000, 9_000, 8_000], [6_000, 9_000, 20_000]],
            "million CNY_2020/year",
            ("county", "sector"),
        ),
        *(constant(name, value, "dimensionless", COUNTIES) for name, value in efforts.items()),
        **changed,
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_agriculture_by_hand(case: Case) -> None:
    case.check()


def test_without_effort_farming_is_as_it_was() -> None:
    assert (values(run(zone()), "brand_effect") == 1).all()


@pytest.mark.parametrize("effort", EFFORTS)
def test_an_effort_in_one_county_moves_its_farming_over_years(effort: str) -> None:
    effect = values(run(zone(**{effort: FIRST})), "brand_effect")
    assert (effect[0] == 1).all()
    assert (np.diff(effect[:, 0, 0]) > 0).all()
    assert (effect[..., 1:] == 1).all()
    assert effect[-1, 0, 0] < 1.03


def test_the_common_label_and_research_serve_the_neighbour_and_a_county_s_own_names_do_not() -> None:
    def neighbour(effort: str) -> float:
        return float(values(run(zone(**{effort: FIRST})), "brand_effect")[-1, 1, 0])

    assert neighbour("regional_brand_effort") > 1
    assert neighbour("farm_research_effort") > 1
    for effort in ("local_brand_effort", "green_supply_effort", "export_supply_effort"):
        assert neighbour(effort) == 1, effort


def test_the_common_label_is_worth_more_where_both_sides_stand_behind_it() -> None:
    alone_, both = (run(zone(regional_brand_effort=pair)) for pair in (FIRST, BOTH))
    assert values(both, "brand_effect")[-1, 0, 0] > values(alone_, "brand_effect")[-1, 0, 0]


def test_all_efforts_together_saturate_below_the_ceiling() -> None:
    result = run(zone(**dict.fromkeys(EFFORTS, 1.0)), 40)
    assert 1.03 < values(result, "brand_effect")[-1, 0, 0] < 1.06
    most = run(zone(**dict.fromkeys(EFFORTS, 5.0), farm_research_gain=0.0), 40)
    assert values(most, "brand_effect").max() < 1.1
    assert values(most, "green_supply").max() <= 0.25


def test_certificates_that_cost_more_than_they_bring_lower_value_added() -> None:
    assert values(run(zone(green_supply_effort=1.0, green_premium=-0.05)), "brand_effect")[-1, 0, 0] < 1
