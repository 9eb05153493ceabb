"""Access by hand: travel times in minutes against an hour; 15 minutes at a decay of 1.5 weigh 8, 240 an eighth."""

from __future__ import annotations

import pytest
from hand import Case, array, case, county, hub

from regionsim.equations import transport

# From each county (rows) to each county and to each hub (columns).
COUNTY_TIMES = array({"county": 2, "destination": 2}, [[12, 15], [240, 10]])
HUB_TIMES = array({"county": 2, "hub": 2}, [[60, 15], [240, 960]])
OTHER = array({"county": 2, "destination": 2}, [[0, 1], [1, 0]])
NEARNESS = array({"county": 2, "destination": 2}, [[0, 0.5], [2, 0]])
HUB_NEARNESS = array({"county": 2, "hub": 2}, [[0.25, 0.125], [0.5, 0.0625]])

CASES = [
    # The own market does not count.
    case(
        transport.freight_way_nearness,
        array({"county": 2, "destination": 2}, [[0, 8], [0.125, 0]]),
        travel_time_freight=COUNTY_TIMES,
        border_freight_factor=1,
        reference_travel_time=60,
        access_decay=1.5,
        other_county=OTHER,
    ),
    # 240 minutes across a border worth a quarter are an hour.
    case(
        transport.freight_way_nearness,
        array({"county": 2, "destination": 2}, [[0, 8], [1, 0]]),
        travel_time_freight=COUNTY_TIMES,
        border_freight_factor=array({"county": 2, "destination": 2}, [[1, 1], [0.25, 1]]),
        reference_travel_time=60,
        access_decay=1.5,
        other_county=OTHER,
    ),
    # At four times the cost 15 minutes are an hour; at a quarter of it an hour is 15 minutes.
    case(
        transport.freight_nearness,
        array({"county": 2, "destination": 2}, [[0, 1], [8, 0]]),
        freight_way_nearness=array({"county": 2, "destination": 2}, [[0, 8], [1, 0]]),
        freight_cost_factor=county(4, 0.25),
        access_decay=1.5,
    ),
    # An hour; 15 minutes across a border worth 16 times, as 240; 240 across one worth a quarter, an hour; 960.
    case(
        transport.hub_freight_way_nearness,
        array({"county": 2, "hub": 2}, [[1, 0.125], [1, 0.015625]]),
        hub_travel_time_freight=HUB_TIMES,
        hub_border_freight_factor=array({"county": 2, "hub": 2}, [[1, 16], [0.25, 1]]),
        reference_travel_time=60,
        access_decay=1.5,
    ),
    case(
        transport.hub_freight_nearness,
        array({"county": 2, "hub": 2}, [[8, 1], [0.125, 0.001953125]]),
        hub_freight_way_nearness=array({"county": 2, "hub": 2}, [[1, 0.125], [1, 0.015625]]),
        hub_freight_cost_factor=county(0.25, 4),
        access_decay=1.5,
    ),
    # A crossing that is quicker by half, and one as in 2020.
    case(
        transport.passenger_nearness,
        array({"county": 2, "destination": 2}, [[0, 8], [0.25, 0]]),
        travel_time_passenger=COUNTY_TIMES,
        border_travel_factor=array({"county": 2, "destination": 2}, [[1, 0.5], [1, 1]]),
        reference_travel_time=60,
        access_decay=1,
        other_county=OTHER,
    ),
    case(
        transport.hub_passenger_nearness,
        array({"county": 2, "hub": 2}, [[1, 4], [0.25, 0.0625]]),
        hub_travel_time_passenger=HUB_TIMES,
        reference_travel_time=60,
        access_decay=1,
    ),
    # First county: 10,000 x 0.5 + 1,200,000 x 0.25 + 400,000 x 0.125. Second: 40,000 x 2 + 600,000 + 25,000.
    case(
        transport.freight_market,
        county(355_000, 705_000),
        output=county(40_000, 10_000),
        freight_nearness=NEARNESS,
        hub_output=hub(1_200_000, 400_000),
        hub_freight_nearness=HUB_NEARNESS,
    ),
    case(
        transport.passenger_market,
        county(2_500 + 150_000 + 25_000, 40_000 + 300_000 + 12_500),
        output=county(20_000, 5_000),
        passenger_nearness=NEARNESS,
        hub_output=hub(600_000, 200_000),
        hub_passenger_nearness=HUB_NEARNESS,
    ),
    # Access is 10 % better than firms have adapted to; they have adapted; it is 20 % worse.
    case(
        transport.freight_access_adjustment,
        county(0.05, 0, -0.1),
        freight_market=county(390_500, 390_500, 284_000),
        initial_freight_market=355_000,
        freight_access=county(1, 1.1, 1),
        access_adaptation_time=2,
    ),
    case(
        transport.passenger_access_adjustment,
        county(0.1, -0.05),
        passenger_market=county(213_000, 213_000),
        initial_passenger_market=177_500,
        passenger_access=county(1, 1.3),
        access_adaptation_time=2,
    ),
    # The root of 1.21 x 1.44, and of 1.21 alone.
    case(
        transport.market_access,
        county(1.32, 1.1),
        freight_market=county(121_000, 121_000),
        initial_freight_market=100_000,
        passenger_market=county(216_000, 150_000),
        initial_passenger_market=150_000,
    ),
    # 355,000 against 284,000 before the network changed; the second county gained nothing.
    case(
        transport.freight_access_of_network,
        county(1.25, 1),
        initial_output=county(40_000, 10_000),
        freight_nearness=NEARNESS,
        initial_hub_output=hub(1_200_000, 400_000),
        hub_freight_nearness=HUB_NEARNESS,
        initial_freight_market=county(284_000, 705_000),
    ),
    case(
        transport.passenger_access_of_network,
        county(1.25, 1),
        initial_output=county(20_000, 5_000),
        passenger_nearness=NEARNESS,
        initial_hub_output=hub(600_000, 200_000),
        hub_passenger_nearness=HUB_NEARNESS,
        initial_passenger_market=county(142_000, 352_500),
    ),
    # 40,000 x 0.25 + 10,000 x 0.5 + 1,200,000 x 1.5, and 40,000 x 0.125 + 10,000 x 0.0625 + 400,000 x 1.5.
    case(
        transport.hub_market,
        hub(1_815_000, 605_625),
        output=county(40_000, 10_000),
        hub_passenger_nearness=HUB_NEARNESS,
        hub_output=hub(1_200_000, 400_000),
        hub_own_nearness=1.5,
    ),
    case(transport.hub_own_nearness, 1.5, hub_internal_time=40, reference_travel_time=60, access_decay=1),
    case(transport.hub_own_nearness, 8, hub_internal_time=15, reference_travel_time=60, access_decay=1.5),
    # Access is 10 % better than investors have adapted to; they have adapted; it is 10 % worse.
    case(
        transport.hub_access_adjustment,
        hub(0.05, 0, -0.05),
        hub_market=hub(1_815_000, 1_815_000, 540_000),
        initial_hub_market=hub(1_650_000, 1_650_000, 600_000),
        hub_access=hub(1, 1.1, 1),
        access_adaptation_time=2,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_access_is_as_on_paper(case: Case) -> None:
    case.check()
