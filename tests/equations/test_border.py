"""The border by hand: two counties of one province and one of the other; halves and quarters as friction and effort."""

from __future__ import annotations

import pytest
from hand import Case, array, case, county

from regionsim.equations import border

TRIPLE = {"county": 3, "destination": 3}
COUNTY_HUB = {"county": 2, "hub": 3}

# The first and the second county share a province.
SAME_PROVINCE = array(TRIPLE, [[1, 1, 0], [1, 1, 0], [0, 0, 1]])
OTHER_COUNTY = array(TRIPLE, [[0, 1, 1], [1, 0, 1], [1, 1, 0]])
# A hub of the own province, one of the neighbouring province, one behind another border; then seen from over there.
HUB_SAME_PROVINCE = array(COUNTY_HUB, [[1, 0, 0], [0, 1, 0]])
HUB_ACROSS_BORDER = array(COUNTY_HUB, [[0, 1, 0], [1, 0, 0]])

REMAINING = [
    # No effort leaves the border as the scenario has it; full effort takes 0.4 of it, half the effort 0.2; 3 would take
    # more than there is.
    case(
        border.border_travel_remaining,
        county(0.5, 0.3, 0.4, 0),
        border_travel=0.5,
        border_travel_roads_share=0.4,
        border_roads_effort=county(0, 1, 0.5, 3),
    ),
    # Roads take a fifth, data a tenth of what is then left; each alone; five times the roads and ten times the data
    # take all.
    case(
        border.border_goods_remaining,
        county(1, 0.8, 0.9, 0.72, 0, 0),
        border_goods=1,
        border_goods_roads_share=0.2,
        border_roads_effort=county(0, 1, 0, 1, 6, 0),
        border_goods_data_share=0.1,
        data_sharing_effort=county(0, 0, 1, 1, 0, 12),
    ),
    case(
        border.border_clusters_remaining,
        county(0.5, 0.4, 0.25, 0.2, 0, 0),
        border_clusters=0.5,
        border_clusters_recognition_share=0.2,
        mutual_recognition_effort=county(0, 1, 0, 1, 6, 0),
        border_clusters_cooperation_share=0.5,
        border_cooperation_effort=county(0, 0, 1, 1, 0, 3),
    ),
    case(
        border.border_labour_remaining,
        county(1, 0.9, 0.8, 0.5, 0.36, 0, 0, 0),
        border_labour=1,
        border_labour_recognition_share=0.1,
        mutual_recognition_effort=county(0, 1, 0, 0, 1, 11, 0, 0),
        border_labour_insurance_share=0.2,
        insurance_portability_effort=county(0, 0, 1, 0, 1, 0, 6, 0),
        border_labour_market_share=0.5,
        labour_market_effort=county(0, 0, 0, 1, 1, 0, 0, 3),
    ),
    case(
        border.border_services_remaining,
        county(1, 0.8, 0.6, 0.9, 0.432, 0, 0, 0),
        border_services=1,
        border_services_government_share=0.2,
        cross_province_services_effort=county(0, 1, 0, 0, 1, 6, 0, 0),
        border_services_care_share=0.4,
        cross_province_care_effort=county(0, 0, 1, 0, 1, 0, 3, 0),
        border_services_data_share=0.1,
        data_sharing_effort=county(0, 0, 0, 1, 1, 0, 0, 11),
    ),
    case(
        border.border_fiscal_remaining,
        county(0.5, 0.4, 0),
        border_fiscal=0.5,
        border_fiscal_cooperation_share=0.2,
        border_cooperation_effort=county(0, 1, 6),
    ),
]

EFFECTS = [
    # Of the crossing's 10 minutes the first county leaves all, the second none, the third a half. Between the first and
    # the third all stay; between the second and the third 5 of 50 minutes go. Within a province nothing changes.
    case(
        border.border_travel_factor,
        array(TRIPLE, [[1, 1, 1], [1, 1, 0.9], [1, 0.9, 1]]),
        border_travel_remaining=county(1, 0, 0.5),
        travel_time_passenger=array(TRIPLE, [[12, 30, 90], [30, 15, 40], [90, 40, 10]]),
        border_crossing_time=10,
        same_province=SAME_PROVINCE,
    ),
    # The border gone on both sides: 90 of 100 minutes; a harder border than 2020's: 110 of 100.
    case(
        border.border_travel_factor,
        array(TRIPLE, [[1, 1, 0.9], [1, 1, 1.1], [0.9, 1.1, 1]]),
        border_travel_remaining=county(0, 2, 0),
        travel_time_passenger=array(TRIPLE, [[12, 30, 90], [30, 15, 90], [90, 90, 10]]),
        border_crossing_time=10,
        same_province=SAME_PROVINCE,
    ),
    # A border worth a quarter more time, gone: 1 / 1.25. The second county has done nothing. At 0 and 0.5 a half: the
    # square root of 1.25 is 1.1180339887, its inverse 0.894427191.
    case(
        border.border_freight_factor,
        array(TRIPLE, [[1, 1, 0.8], [1, 1, 1], [0.8, 1, 1]]),
        border_goods_remaining=county(0, 1, 0),
        border_goods_penalty=0.25,
        same_province=SAME_PROVINCE,
    ),
    case(
        border.border_freight_factor,
        array(TRIPLE, [[1, 1, 0.894427191], [1, 1, 0.894427191], [0.894427191, 0.894427191, 1]]),
        border_goods_remaining=county(0, 0.5, 0.5),
        border_goods_penalty=0.25,
        same_province=SAME_PROVINCE,
    ),
    case(
        border.hub_border_freight_factor,
        array(COUNTY_HUB, [[1, 0.8, 1], [0.894427191, 1, 1]]),
        border_goods_remaining=county(0, 0.5),
        border_goods_penalty=0.25,
        hub_across_border=HUB_ACROSS_BORDER,
    ),
    # 0.9 within and 0.4 across; with half of the border left the mean of the two on a log scale: 0.6.
    case(
        border.labour_friction,
        array(TRIPLE, [[0.9, 0.9, 0.6], [0.9, 0.9, 0.4], [0.6, 0.4, 0.9]]),
        border_labour_remaining=county(0.5, 1, 0.5),
        friction_within_province=0.9,
        friction_across_provinces=0.4,
        same_province=SAME_PROVINCE,
    ),
    # Gone on one side only it is still there; gone on both it is as within a province.
    case(
        border.labour_friction,
        array(TRIPLE, [[0.9, 0.9, 0.4], [0.9, 0.9, 0.9], [0.4, 0.9, 0.9]]),
        border_labour_remaining=county(1, 0, 0),
        friction_within_province=0.9,
        friction_across_provinces=0.4,
        same_province=SAME_PROVINCE,
    ),
    # The neighbouring province's hubs come nearer, those behind other borders do not.
    case(
        border.hub_labour_friction,
        array(COUNTY_HUB, [[0.9, 0.9, 0.4], [0.6, 0.9, 0.4]]),
        border_labour_remaining=county(0, 0.5),
        friction_within_province=0.9,
        friction_across_provinces=0.4,
        hub_same_province=HUB_SAME_PROVINCE,
        hub_across_border=HUB_ACROSS_BORDER,
    ),
    # 0.64 passes in 2020; with half of the border left its root, 0.8.
    case(
        border.cluster_permeability,
        array(TRIPLE, [[1, 1, 0.8], [1, 1, 0.64], [0.8, 0.64, 1]]),
        border_clusters_remaining=county(0.5, 1, 0),
        cluster_permeability_base=0.64,
        same_province=SAME_PROVINCE,
    ),
    case(
        border.cluster_permeability,
        array(TRIPLE, [[1, 1, 1], [1, 1, 1], [1, 1, 1]]),
        border_clusters_remaining=county(0, 0, 0),
        cluster_permeability_base=0.64,
        same_province=SAME_PROVINCE,
    ),
    # The first county reaches 200,000 of its own province in an hour and 300,000 of the other in half an hour, who
    # count four times: 1200 of 1400. The second 100,000 in one hour and 300,000 in three: 33.3 of 133.3. The third
    # reaches only the other province.
    case(
        border.across_border_population_share,
        county(6 / 7, 0.25, 1),
        initial_population=county(100_000, 200_000, 300_000),
        same_province=SAME_PROVINCE,
        other_county=OTHER_COUNTY,
        travel_time_passenger=array(TRIPLE, [[12, 60, 30], [60, 15, 180], [30, 180, 10]]),
    ),
    # Nobody anywhere else.
    case(
        border.across_border_population_share,
        county(0, 0, 0),
        initial_population=county(0, 0, 0),
        same_province=SAME_PROVINCE,
        other_county=OTHER_COUNTY,
        travel_time_passenger=array(TRIPLE, [[12, 60, 30], [60, 15, 180], [30, 180, 10]]),
    ),
    # 0.64 in 2020, its root with half of the border left, all without it.
    case(
        border.recognized_service_share,
        county(0.64, 0.8, 1),
        border_services_remaining=county(1, 0.5, 0),
        service_recognition_base=0.64,
    ),
    # All recognized where half of those in reach live across: 0.1 x 0.5 x 0.36. As in 2020: nothing.
    case(
        border.service_recognition,
        county(1.018, 1, 1),
        recognized_service_share=county(1, 0.64, 1),
        service_recognition_base=0.64,
        cross_border_service_share=0.1,
        across_border_population_share=county(0.5, 0.5, 0),
    ),
    # What 0.64 achieved in 2020 is 1; with half of the border left 0.8 / 0.64, without it 1 / 0.64.
    case(
        border.fiscal_cooperation,
        county(1, 1.25, 1.5625),
        border_fiscal_remaining=county(1, 0.5, 0),
        fiscal_cooperation_base=0.64,
    ),
]

CASES: list[Case] = REMAINING + EFFECTS


@pytest.mark.parametrize("worked", CASES, ids=str)
def test_by_hand(worked: Case):
    worked.check()
