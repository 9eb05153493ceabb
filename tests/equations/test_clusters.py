"""Clusters by hand: fireworks on both sides of the border, a cluster of one county, a park worth 600 of 12,000."""

from __future__ import annotations

import pytest
from hand import Case, array, by, case, county, hub

from regionsim.equations import clusters

EXP_MINUS_02, EXP_MINUS_05, EXP_MINUS_1 = 0.8187307531, 0.6065306597, 0.3678794412

# Two counties and two clusters: the second county has only the first cluster.
BOTH = {"county": 2, "cluster": 2}
PRESENCE = array(BOTH, [[1, 1], [1, 0]])
PAIR = array({"county": 2, "destination": 2}, [[0, 1], [1, 0]])


def cluster(*values: float):
    """One number per cluster."""
    return array({"cluster": len(values)}, values)


# The first cluster is of industry, the second of agriculture.
SECTOR = array({"cluster": 2, "sector": 3}, [[0, 1, 0], [1, 0, 0]])

CASES = [
    # 0.6 x exp(-0.2) + 0.4 x exp(-0.5) next door, 0.6 x exp(-1) + 0.4 x exp(-0.2) farther off.
    case(
        clusters.knowledge_within_reach,
        county(0.6 * EXP_MINUS_02 + 0.4 * EXP_MINUS_05, 0.6 * EXP_MINUS_1 + 0.4 * EXP_MINUS_02),
        knowledge_source_share=hub(0.6, 0.4),
        hub_travel_time_passenger=array({"county": 2, "hub": 2}, [[40, 100], [200, 40]]),
        knowledge_decay=0.005,
    ),
    # 0.08 x 1 + 0.2 x 0.5 x 0.4.
    case(
        clusters.general_support,
        county(0.12, 0),
        industry_base_gain=0.08,
        industry_bases_effort=county(1, 0),
        knowledge_spillover_gain=0.2,
        knowledge_spillover_effort=county(0.5, 0),
        knowledge_within_reach=county(0.4, 0.9),
    ),
    case(
        clusters.institute_support,
        array(BOTH, [[0.15, 0.075], [0, 0]]),
        institute_gain=0.15,
        innovation_institutes_effort=county(1, 0),
        institute_site=array(BOTH, [[1, 0.5], [1, 0]]),
    ),
    # Clusters of fireworks, lithium, electric porcelain and tea; the second county works on its groups alone.
    case(
        clusters.cluster_support,
        array({"county": 2, "cluster": 4}, [[0.1, 0.1, 0.24, 0], [0, 0, 0, 0.05]]),
        fireworks_zone_gain=0.1,
        fireworks_zone_effort=county(1, 0),
        fireworks_cluster=cluster(1, 0, 0, 0),
        lithium_cluster_gain=0.2,
        lithium_cluster_effort=county(0.5, 0),
        lithium_cluster=cluster(0, 1, 0, 0),
        electric_porcelain_gain=0.12,
        electric_porcelain_effort=county(2, 0),
        electric_porcelain_cluster=cluster(0, 0, 1, 0),
        industry_groups_gain=0.1,
        industry_groups_effort=county(0, 0.5),
        group_cluster=cluster(0, 0, 0, 1),
    ),
    # Industry grew by a half, agriculture shrank by a tenth; the second county has no agriculture and had none.
    case(
        clusters.cluster_growth,
        array(BOTH, [[1.5, 0.9], [1, 1]]),
        sector_output=by("sector", agriculture=county(90, 0), industry=county(300, 50), services=county(500, 100)),
        initial_sector_output=by(
            "sector", agriculture=county(100, 0), industry=county(200, 50), services=county(400, 100)
        ),
        cluster_sector=SECTOR,
    ),
    # The square root of 1.44 and of 0.81, with support of 0.05 + 0.2 + 0.25 in the first and 0.05 + 0.05 in the second.
    case(
        clusters.capability_target,
        array(BOTH, [[1.8, 0.99], [1, 0]]),
        cluster_presence=PRESENCE,
        cluster_growth=array(BOTH, [[1.44, 0.81], [1, 4]]),
        capability_scale_elasticity=0.5,
        general_support=county(0.05, 0),
        institute_support=array(BOTH, [[0.2, 0.05], [0, 0]]),
        cluster_support=array(BOTH, [[0.25, 0], [0, 0]]),
    ),
    case(
        clusters.expected_closure_rate, cluster(0.03, 0), fireworks_closure_rate=0.03, fireworks_cluster=cluster(1, 0)
    ),
    # exp(-0.5 x 1) with the zone, nothing changes without.
    case(
        clusters.closure_rate,
        array(BOTH, [[0.04 * EXP_MINUS_05, 0], [0.04, 0]]),
        expected_closure_rate=cluster(0.04, 0),
        fireworks_safety_gain=0.5,
        fireworks_zone_effort=county(1, 0),
    ),
    # 1.2 x (1/5 + 0.05) and 1.2 / 5; the next two take away as much where capability has reached its target of 1.2.
    case(
        clusters.capability_building,
        array(BOTH, [[0.3, 0.24], [0.25, 0]]),
        capability_target=array(BOTH, [[1.2, 1.2], [1, 0]]),
        capability_building_time=5,
        expected_closure_rate=cluster(0.05, 0),
    ),
    case(
        clusters.capability_wear,
        array(BOTH, [[0.24, 0.24], [0.2, 0]]),
        capability=array(BOTH, [[1.2, 1.2], [1, 0]]),
        capability_building_time=5,
    ),
    case(
        clusters.capability_closures,
        array(BOTH, [[0.06, 0], [0.03, 0]]),
        capability=array(BOTH, [[1.2, 1.2], [1, 0]]),
        closure_rate=array(BOTH, [[0.05, 0], [0.03, 0]]),
    ),
    # 0.3 x the larger effort of the pair, 1 and not 0.5; the third county has no park.
    case(
        clusters.park_opening,
        array({"county": 3, "destination": 3}, [[0, 0.3, 0], [0.3, 0, 0], [0, 0, 0]]),
        cross_province_parks_effort=county(1, 0.5, 1),
        park_pair=array({"county": 3, "destination": 3}, [[0, 1, 0], [1, 0, 0], [0, 0, 0]]),
        park_opening_share=0.3,
    ),
    # Within a province nothing is left to open; 0.6 + 0.4 x 0.25; and never more than all of it.
    case(
        clusters.cluster_openness,
        array({"county": 2, "destination": 3}, [[1, 0.7, 0.6], [0.7, 1, 1]]),
        cluster_permeability=array({"county": 2, "destination": 3}, [[1, 0.6, 0.6], [0.6, 1, 0.5]]),
        park_opening=array({"county": 2, "destination": 3}, [[0.25, 0.25, 0], [0.25, 0, 1.5]]),
    ),
    # 0.8 x exp(-0.01 x 40 x 1.25) across the border, and nothing to oneself.
    case(
        clusters.cluster_nearness,
        array({"county": 2, "destination": 2}, [[0, 0.8 * EXP_MINUS_05], [0.9 * EXP_MINUS_02, 0]]),
        other_county=PAIR,
        cluster_openness=array({"county": 2, "destination": 2}, [[1, 0.8], [0.9, 1]]),
        travel_time_freight=array({"county": 2, "destination": 2}, [[5, 40], [20, 5]]),
        border_freight_factor=array({"county": 2, "destination": 2}, [[1, 1.25], [1, 1]]),
        cluster_distance_decay=0.01,
    ),
    # To the first county from the second: 0.5 x 0.8 x 1 x (2 x 0.7) x 0.6; to the second from the first:
    # 0.5 x 0.8 x 0.7 x (1.5 x 1) x 0.5. The second cluster has no partner.
    case(
        clusters.partner_capability,
        array(BOTH, [[0.336, 0], [0.21, 0]]),
        capability=array(BOTH, [[1.5, 1], [2, 0]]),
        cluster_linkage=array(BOTH, [[1, 1], [0.7, 0]]),
        cluster_nearness=array({"county": 2, "destination": 2}, [[0, 0.5], [0.6, 0]]),
        cluster_complementarity=cluster(0.8, 0.5),
        partner_weight=0.5,
    ),
    case(
        clusters.complementary_capability,
        array(BOTH, [[1.8, 1], [2.2, 0]]),
        capability=array(BOTH, [[1.5, 1], [2, 0]]),
        partner_capability=array(BOTH, [[0.3, 0], [0.2, 0]]),
    ),
    # Industry: (2 x 1)**(1/2 x 0.5 x 1) where half of it can do twice as much: 2**(0.25 x 2) = sqrt(2).
    # Agriculture: a quarter of it can do 1/16 as much: (1/16)**(0.25 x 0.5) = 1/sqrt(2). No cluster, no effect.
    case(
        clusters.cluster_effect,
        by("sector", agriculture=county(2**-0.5, 1), industry=county(2**0.5, 1), services=county(1, 1)),
        cluster_share=array(BOTH, [[0.5, 0.25], [0, 0]]),
        cluster_sector=SECTOR,
        complementary_capability=array(BOTH, [[4, 0.0625], [0, 0]]),
        initial_complementary_capability=array(BOTH, [[1, 1], [0, 0]]),
        complementarity_elasticity=0.5,
    ),
    case(clusters.lithium_value_index, 8, lithium_price_index=16, lithium_value_elasticity=0.75),
    # A tenth of 2000 at half its value, a fifth of 500 unchanged; the second county has no lithium.
    case(
        clusters.cluster_value_added,
        array(BOTH, [[100, 100], [0, 0]]),
        sector_output=by(
            "sector", agriculture=county(500, 300), industry=county(2_000, 1_000), services=county(400, 100)
        ),
        cluster_sector=SECTOR,
        cluster_share=array(BOTH, [[0.1, 0.2], [0, 0]]),
        lithium_cluster=cluster(1, 0),
        lithium_value_index=0.5,
    ),
    # 2000 less half of the 200 that lithium makes.
    case(
        clusters.industry_value,
        county(1_900, 1_000),
        sector_output=by(
            "sector", agriculture=county(500, 300), industry=county(2_000, 1_000), services=county(400, 100)
        ),
        cluster_share=array(BOTH, [[0.1, 0.2], [0, 0]]),
        lithium_cluster=cluster(1, 0),
        lithium_value_index=0.5,
    ),
    # 5 % of the 12,000 that are there without the park; no park of less than nothing.
    case(
        clusters.park_capital_target,
        county(600, 0, 0),
        park_capital_gain=0.05,
        cross_province_parks_effort=county(1, 0, 1),
        capital=by("sector", agriculture=county(900, 900, 900), industry=county(12_400, 5_000, 10), services=8_000),
        park_capital=county(400, 0, 30),
    ),
    case(
        clusters.park_wear,
        county(40),
        park_capital=county(400),
        depreciation_rate=by("sector", agriculture=0.05, industry=0.1, services=0.06),
    ),
    # (600 - 400) / 2 + 40; a park that is given up is left to wear.
    case(
        clusters.park_building,
        county(140, 0),
        park_capital_target=county(600, 0),
        park_capital=county(400, 400),
        park_building_time=2,
        park_wear=county(40, 40),
    ),
    # Together with the next one this is all of the 140.
    case(clusters.park_diversion, county(56), park_building=county(140), park_diversion_share=0.4),
    case(
        clusters.park_investment,
        by("sector", agriculture=county(0), industry=county(84), services=county(0)),
        park_building=county(140),
        park_diversion_share=0.4,
    ),
    # 1000 a year for 20,000 of capital that investors look at: agriculture does not count.
    case(
        clusters.usual_footloose_rate,
        0.05,
        footloose_pool=1_000,
        capital=by(
            "sector", agriculture=county(700, 700), industry=county(3_000, 2_000), services=county(4_000, 1_000)
        ),
        footloose_sector=by("sector", agriculture=0, industry=1, services=1),
        hub_capital=hub(6_000, 4_000),
    ),
    # 60 more than the 0.05 x 12,000 = 600 that usually come; a county without industry cannot be drawn to.
    case(
        clusters.park_pull,
        by("sector", agriculture=county(1, 1), industry=county(1.1, 1), services=county(1, 1)),
        park_diversion=county(60, 60),
        capital=by("sector", agriculture=county(900, 900), industry=county(12_000, 0), services=county(8_000, 8_000)),
        usual_footloose_rate=0.05,
    ),
]


@pytest.mark.parametrize("worked", CASES, ids=str)
def test_equations_give_the_numbers_done_by_hand(worked: Case):
    worked.check()
