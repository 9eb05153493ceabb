"""Migration by hand: a county of some 50,000 to 500,000 residents; at an elasticity of 1.5, 1.44 becomes 1.728."""

from __future__ import annotations

import pytest
from hand import Case, array, by, case, cohort, county, hub, table

from regionsim.equations import migration

RESIDENCE_COHORT = {"residence": 2, "cohort": 2}
COUNTY_PAIR = {"county": 2, "destination": 2}
COUNTY_HUB = {"county": 2, "hub": 2}

WAGES = [
    # News of 10,000 CNY more, and of 10,000 CNY less, reaches people in two years.
    case(
        migration.perceived_wage_adjustment,
        by("residence", rural=-0.005, urban=0.005),
        wage=by("residence", rural=0.02, urban=0.07),
        perceived_wage=by("residence", rural=0.03, urban=0.06),
        wage_perception_time=2,
    ),
    # 10 % up; where nothing was earned there is nothing to compare with.
    case(
        migration.wage_index,
        by("residence", rural=county(1.1, 1), urban=county(1.2, 0.9)),
        perceived_wage=by("residence", rural=county(0.033, 0.02), urban=county(0.072, 0.054)),
        initial_perceived_wage=by("residence", rural=county(0.03, 0), urban=county(0.06, 0.06)),
    ),
    # Output up by exp(0.2) = 1.2214027582 and workers by exp(0.005 x 20) = exp(0.1); the second stands still.
    case(
        migration.hub_wage_index,
        hub(1.1051709181, 0.904837418),
        hub_output=hub(1_221_402.7582, 320_000),
        initial_hub_output=hub(1_000_000, 320_000),
        hub_labour_growth_rate=0.005,
        time=2040,
        base_year=2020,
    ),
    case(
        migration.hub_wage_index,
        hub(1.2, 0.5),
        hub_output=hub(1_200_000, 160_000),
        initial_hub_output=hub(1_000_000, 320_000),
        hub_labour_growth_rate=0.005,
        time=2020,
        base_year=2020,
    ),
    # News of 20 % more has half arrived, that of 10 % less not at all; nothing new.
    case(
        migration.perceived_hub_wage_adjustment,
        hub(0.05, -0.05, 0),
        hub_wage_index=hub(1.2, 0.9, 1.5),
        perceived_hub_wage_index=hub(1.1, 1, 1.5),
        wage_perception_time=2,
    ),
    # (1.5 x 10 million + 1.0 x 40 million) / 50 million.
    case(
        migration.mean_perceived_hub_wage_index,
        1.1,
        perceived_hub_wage_index=hub(1.5, 1.0),
        hub_residents=hub(10_000_000, 40_000_000),
    ),
    # 20 % up at home, 20 % up in the hubs; 10 % down at home.
    case(
        migration.home_wage_index,
        county(1, 0.75),
        wage_index=by("residence", rural=1, urban=county(1.2, 0.9)),
        mean_perceived_hub_wage_index=1.2,
    ),
]

DESTINATIONS = [
    # Services 1.25 times those of 2020, and people may use 8 % more across the border: 1.35 ^ 2; services a fifth worse
    # and recognition that makes up for it; as in 2020.
    case(
        migration.service_pull,
        county(1.8225, 1, 1),
        service_index=county(1.25, 0.8, 1),
        service_recognition=county(1.08, 1.25, 1),
        migration_service_elasticity=2,
    ),
    # 36,000 million CNY among 600,000 people.
    case(
        migration.base_zone_income,
        0.06,
        initial_sector_output=by(
            "sector",
            agriculture=county(2_000, 1_000),
            industry=county(12_000, 2_000),
            services=county(16_000, 3_000),
        ),
        initial_population=county(500_000, 100_000),
    ),
    # Income 1.2 times the zone's and wages 1.2 times 2020's: 1.44 ^ 1.5; services pull a quarter more and towns a fifth
    # less. The second 0.8 and 0.8: 0.64 ^ 1.5, and services half as well again. The third has nobody.
    case(
        migration.county_attraction,
        county(1.728 * 1.25 * 0.8, 0.512 * 1.5, 0),
        initial_sector_output=by(
            "sector",
            agriculture=county(2_000, 500, 0),
            industry=county(12_000, 1_500, 0),
            services=county(16_000, 2_000, 0),
        ),
        initial_population=county(500_000, 100_000, 0),
        base_zone_income=0.05,
        wage_index=by("residence", rural=1, urban=county(1.2, 0.8, 1)),
        migration_income_elasticity=1.5,
        service_pull=county(1.25, 1.5, 1.5),
        town_quality=county(0.8, 1, 1.1),
    ),
    # Income twice the zone's and wages, as far as people know, 1.125 times 2020's: 2.25 ^ 1.5. The second 1 and 1.44:
    # 1.44 ^ 1.5.
    case(
        migration.hub_attraction,
        hub(3.375, 1.728),
        initial_hub_output=hub(1_200_000, 480_000),
        hub_residents=hub(10_000_000, 8_000_000),
        base_zone_income=0.06,
        perceived_hub_wage_index=hub(1.125, 1.44),
        migration_income_elasticity=1.5,
    ),
    # Two hours at an elasticity of 2 weigh a quarter, half an hour 4, four hours a sixteenth. The first and the third
    # county share a province; across its border a crossing that is quicker by a fifth weighs 1.5625 times as much.
    # Nobody moves to the own county.
    case(
        migration.county_nearness,
        array(
            {"county": 3, "destination": 3},
            [
                [0, 0.25 * 1.5625 * 0.55, 4 * 0.85],
                [0.25 * 1.5625 * 0.55, 0, 0.0625 * 0.6],
                [4 * 0.85, 0.0625 * 0.6, 0],
            ],
        ),
        travel_time_passenger=array({"county": 3, "destination": 3}, [[12, 120, 30], [120, 15, 240], [30, 240, 10]]),
        border_travel_factor=array({"county": 3, "destination": 3}, [[1, 0.8, 1], [0.8, 1, 1], [1, 1, 1]]),
        reference_travel_time=60,
        migration_distance_elasticity=2,
        other_county=array({"county": 3, "destination": 3}, [[0, 1, 1], [1, 0, 1], [1, 1, 0]]),
        labour_friction=array(
            {"county": 3, "destination": 3}, [[0.85, 0.55, 0.85], [0.55, 0.85, 0.6], [0.85, 0.6, 0.85]]
        ),
    ),
    case(
        migration.hub_nearness,
        array(COUNTY_HUB, [[1 * 0.85, 0.25 * 0.55], [0.5 * 0.6, 0.125 * 0.55]]),
        hub_travel_time_passenger=array(COUNTY_HUB, [[60, 240], [120, 480]]),
        reference_travel_time=60,
        migration_distance_elasticity=1,
        hub_labour_friction=array(COUNTY_HUB, [[0.85, 0.55], [0.6, 0.55]]),
    ),
    # What draws is the destination: 0.5 x 100,000 for the first county, 1.2 x 200,000 for the second.
    case(
        migration.county_pull,
        array(COUNTY_PAIR, [[0, 25_000], [96_000, 0]]),
        county_attraction=county(1.2, 0.5),
        urban_population=county(200_000, 100_000),
        county_nearness=array(COUNTY_PAIR, [[0, 0.5], [0.4, 0]]),
    ),
    case(
        migration.hub_pull,
        array(COUNTY_HUB, [[17_000_000, 1_100_000], [5_500_000, 550_000]]),
        hub_attraction=hub(2, 1),
        hub_residents=hub(10_000_000, 8_000_000),
        hub_nearness=array(COUNTY_HUB, [[0.85, 0.1375], [0.275, 0.06875]]),
    ),
    case(
        migration.away_pull,
        county(25_000 + 17_000_000 + 1_100_000, 96_000 + 5_500_000 + 550_000),
        county_pull=array(COUNTY_PAIR, [[0, 25_000], [96_000, 0]]),
        hub_pull=array(COUNTY_HUB, [[17_000_000, 1_100_000], [5_500_000, 550_000]]),
    ),
    # Of the leavers of the first county 20 % + 80 % go somewhere, of the second 37.5 % + 62.5 %. From the third county
    # nowhere pulls: nobody goes anywhere.
    case(
        migration.county_share,
        array({"county": 3, "destination": 3}, [[0, 0.15, 0.05], [0.375, 0, 0], [0, 0, 0]]),
        county_pull=array({"county": 3, "destination": 3}, [[0, 3_750_000, 1_250_000], [3_000_000, 0, 0], [0, 0, 0]]),
        away_pull=county(25_000_000, 8_000_000, 0),
    ),
    case(
        migration.hub_share,
        array({"county": 3, "hub": 2}, [[0.6, 0.2], [0.5, 0.125], [0, 0]]),
        hub_pull=array({"county": 3, "hub": 2}, [[15_000_000, 5_000_000], [4_000_000, 1_000_000], [0, 0]]),
        away_pull=county(25_000_000, 8_000_000, 0),
    ),
]

CHOICES = [
    # Half way from 14 to 17 the mean of 0.029 and 0.071; half way from 20 to 60 that of 0.068 and 0.0055.
    case(
        migration.migration_propensity,
        cohort(0.029, 0.05, 0.03675, 0.0055),
        migration_propensity_by_mean_age=table({14: 0.029, 17: 0.071, 20: 0.068, 60: 0.0055}),
        mean_age=cohort(10, 15.5, 40, 80),
    ),
    case(
        migration.potential_movers,
        array(RESIDENCE_COHORT, [[500, 200], [1_000, 80]]),
        residents=array(RESIDENCE_COHORT, [[10_000, 20_000], [20_000, 8_000]]),
        migration_propensity=cohort(0.05, 0.01),
    ),
    # 600 in the countryside at 1.2 and 400 in town at 0.8; a county without movers counts as the mean.
    case(
        migration.mean_residence_departure_ratio,
        county(1.04, 1),
        potential_movers=array(
            {"county": 2, "residence": 2, "cohort": 2}, [[[500, 100], [250, 150]], [[0, 0], [0, 0]]]
        ),
        residence_departure_ratio=by("residence", rural=1.2, urban=0.8),
    ),
    case(
        migration.base_departing_share,
        by("residence", rural=county(0.3, 0.6), urban=county(0.2, 0.4)),
        departure_level=county(0.26, 0.52),
        residence_departure_ratio=by("residence", rural=1.2, urban=0.8),
        initial_mean_residence_departure_ratio=1.04,
    ),
    case(
        migration.base_town_moving_share,
        by("residence", rural=county(0.2, 0.1), urban=county(0, 0)),
        town_move_level=county(0.2, 0.1),
    ),
    # 120 % of the people on 3200 in place of 3000 ha; as many people on a third more land, new or used anew; no
    # townspeople in 2020.
    case(
        migration.congestion_index,
        county(1.125, 0.75, 0.75, 1),
        urban_population=county(240_000, 100_000, 100_000, 5_000),
        built_up_land=county(3_200, 2_000, 1_700, 100),
        land_in_new_use=county(0, 0, 300, 0),
        initial_urban_population=county(200_000, 100_000, 100_000, 0),
        initial_built_up_land=county(3_000, 1_500, 1_500, 100),
    ),
    # The world outside pulls half as much again, and schooling sends a tenth more; where there is nowhere to go nobody
    # leaves, however schooled.
    case(
        migration.departing_weight,
        by("residence", rural=county(0.45 * 1.1, 0), urban=county(0.3 * 1.1, 0)),
        base_departing_share=by("residence", rural=0.3, urban=0.2),
        away_pull=county(27_000_000, 6_000_000),
        initial_away_pull=county(18_000_000, 0),
        schooling_leaving_effect=county(1.1, 1.2),
    ),
    # Town wages of 1.44 become 1.728; crowding of 1.21 at an elasticity of a half divides by 1.1; services, towns and
    # land count as they are. In the second county twice the crowd finds facilities that halve the crowding.
    case(
        migration.town_moving_weight,
        by("residence", rural=county(0.2 * 1.728 / 1.1 * 1.25 * 0.9 * 1.2, 0.2 * 1.728), urban=county(0, 0)),
        base_town_moving_share=by("residence", rural=0.2, urban=0),
        wage_index=by("residence", rural=0.81, urban=1.44),
        migration_income_elasticity=1.5,
        congestion_index=county(1.21, 2),
        congestion_relief=county(1, 0.5),
        congestion_elasticity=0.5,
        service_pull=county(1.25, 1),
        town_quality=county(0.9, 1),
        leaving_ease=county(1.2, 1),
    ),
    # Half of the villagers stayed in 2020, and their wages fell by 19 %: 0.81 ^ 1.5 = 0.729. Services hold all who live
    # in the county, services of villages the villagers only.
    case(
        migration.staying_weight,
        by("residence", rural=0.5 * 0.729 * 1.25 * 1.1, urban=0.8 * 1.728 * 1.25 * 1.2),
        base_departing_share=by("residence", rural=0.3, urban=0.2),
        base_town_moving_share=by("residence", rural=0.2, urban=0),
        wage_index=by("residence", rural=0.81, urban=1.44),
        migration_income_elasticity=1.5,
        service_pull=1.25,
        town_quality=1.2,
        rural_amenity_effect=1.1,
    ),
    # All movers of the countryside left or moved to town; the shares add up to more than all; nobody moved.
    case(
        migration.staying_weight,
        by("residence", rural=county(0, 0, 1.728), urban=county(0.25 * 1.728, 0, 1.728)),
        base_departing_share=by("residence", rural=county(0.75, 0.75, 0), urban=county(0.75, 1.25, 0)),
        base_town_moving_share=by("residence", rural=county(0.25, 0.5, 0), urban=0),
        wage_index=1.44,
        migration_income_elasticity=1.5,
        service_pull=1,
        town_quality=1,
        rural_amenity_effect=1,
    ),
    # 0.9 of 0.9 + 0.5 + 0.6, and 0.3 of 0.3 + 0 + 0.9.
    case(
        migration.departing_share,
        by("residence", rural=0.45, urban=0.25),
        departing_weight=by("residence", rural=0.9, urban=0.3),
        town_moving_weight=by("residence", rural=0.5, urban=0),
        staying_weight=by("residence", rural=0.6, urban=0.9),
    ),
    case(
        migration.town_moving_share,
        by("residence", rural=0.25, urban=0),
        departing_weight=by("residence", rural=0.9, urban=0.3),
        town_moving_weight=by("residence", rural=0.5, urban=0),
        staying_weight=by("residence", rural=0.6, urban=0.9),
    ),
]

FLOWS = [
    case(
        migration.departures,
        array(RESIDENCE_COHORT, [[150, 60], [200, 16]]),
        potential_movers=array(RESIDENCE_COHORT, [[500, 200], [1_000, 80]]),
        departing_share=by("residence", rural=0.3, urban=0.2),
    ),
    case(
        migration.departures_by_cohort,
        cohort(350, 76),
        departures=array(RESIDENCE_COHORT, [[150, 60], [200, 16]]),
    ),
    # The first county gets 0.3 of the second's leavers and 0.1 of the third's, the second 0.2 of the first's, the third
    # nobody; all settle in towns.
    case(
        migration.arrivals_from_counties,
        array(
            {"county": 3, "residence": 2, "cohort": 2},
            [[[0, 0], [150 + 20, 30 + 10]], [[0, 0], [200, 80]], [[0, 0], [0, 0]]],
        ),
        departures_by_cohort=array({"county": 3, "cohort": 2}, [[1_000, 400], [500, 100], [200, 100]]),
        county_share=array({"county": 3, "destination": 3}, [[0, 0.2, 0], [0.3, 0, 0], [0.1, 0, 0]]),
    ),
    # The first hub is the first county's province capital, the others are the second county's: half of the first
    # county's leavers go to its own, 0.2 + 0.2 elsewhere; of the second's 0.4 + 0.2 and 0.1.
    case(
        migration.departures_to_hubs,
        array({"county": 2, "hub_group": 2, "cohort": 2}, [[[500, 200], [400, 160]], [[300, 60], [50, 10]]]),
        departures_by_cohort=array({"county": 2, "cohort": 2}, [[1_000, 400], [500, 100]]),
        hub_share=array({"county": 2, "hub": 3}, [[0.5, 0.2, 0.2], [0.1, 0.4, 0.2]]),
        hub_group_membership=array(
            {"county": 2, "hub": 3, "hub_group": 2}, [[[1, 0], [0, 1], [0, 1]], [[0, 1], [1, 0], [1, 0]]]
        ),
    ),
    case(
        migration.departures_by_hub,
        array({"county": 2, "hub": 3}, [[700, 280, 280], [60, 240, 120]]),
        departures_by_cohort=array({"county": 2, "cohort": 2}, [[1_000, 400], [500, 100]]),
        hub_share=array({"county": 2, "hub": 3}, [[0.5, 0.2, 0.2], [0.1, 0.4, 0.2]]),
    ),
    case(
        migration.town_departures,
        array(RESIDENCE_COHORT, [[100, 40], [0, 0]]),
        potential_movers=array(RESIDENCE_COHORT, [[500, 200], [1_000, 80]]),
        town_moving_share=by("residence", rural=0.2, urban=0),
    ),
    case(
        migration.town_arrivals,
        array(RESIDENCE_COHORT, [[0, 0], [100, 40]]),
        town_departures=array(RESIDENCE_COHORT, [[100, 40], [0, 0]]),
    ),
    # At 25 the table gives 0.045, beyond 30 it stays at 0.06; wages at home lost 19 % on the hubs': 0.81 ^ 1.5 = 0.729.
    # In the second county returning is a quarter easier: 100 x 0.045 x 1.25 and 100 x 0.06 x 1.25.
    case(
        migration.returns,
        array(
            {"county": 2, "hub_group": 2, "cohort": 2},
            [[[65.61, 43.74], [98.415, 21.87]], [[5.625, 7.5], [5.625, 7.5]]],
        ),
        absent=array(
            {"county": 2, "hub_group": 2, "cohort": 2},
            [[[2_000, 1_000], [3_000, 500]], [[100, 100], [100, 100]]],
        ),
        return_propensity_by_mean_age=table({20: 0.03, 30: 0.06}),
        mean_age=cohort(25, 60),
        home_wage_index=county(0.81, 1),
        migration_income_elasticity=1.5,
        return_ease=county(1, 1.25),
    ),
    # 100,000 villagers count half, and a tenth more for better services; a village with services that nobody lives in.
    case(
        migration.rural_return_weight,
        county(55_000, 0),
        rural_population=county(100_000, 0),
        rural_return_preference=0.5,
        rural_amenity_effect=county(1.1, 1.2),
    ),
    # 50,000 to 200,000 townspeople; nobody lives in the second county, and in the third only villagers do.
    case(
        migration.rural_return_share,
        county(0.2, 0, 1),
        rural_return_weight=county(50_000, 0, 1_000),
        urban_population=county(200_000, 0, 0),
    ),
    # 200 and 50 come home, 40 % of them to the countryside.
    case(
        migration.returns_by_residence,
        array(RESIDENCE_COHORT, [[80, 20], [120, 30]]),
        returns=array({"hub_group": 2, "cohort": 2}, [[60, 40], [140, 10]]),
        rural_return_share=0.4,
    ),
    # People in the hubs die at the rates of towns.
    case(
        migration.absent_deaths,
        array({"hub_group": 2, "cohort": 2}, [[2, 10], [3, 5]]),
        absent=array({"hub_group": 2, "cohort": 2}, [[2_000, 1_000], [3_000, 500]]),
        death_rate=array(RESIDENCE_COHORT, [[0.002, 0.02], [0.001, 0.01]]),
    ),
    # 70 of 140,000 ha are built over, ten times as densely settled as the rest; nothing is built.
    case(
        migration.reclassification_rate,
        county(0.005, 0),
        built_up_expansion=county(70, 0),
        county_area=150_000,
        built_up_land=10_000,
        peri_urban_density_ratio=10,
        land_adjustment_time=1,
    ),
    # However much is built, the countryside cannot be gone sooner than in half a year.
    case(
        migration.reclassification_rate,
        2,
        built_up_expansion=70_000,
        county_area=150_000,
        built_up_land=10_000,
        peri_urban_density_ratio=10,
        land_adjustment_time=0.5,
    ),
    case(
        migration.reclassified_from_rural,
        array(RESIDENCE_COHORT, [[50, 25], [0, 0]]),
        residents=array(RESIDENCE_COHORT, [[10_000, 5_000], [20_000, 8_000]]),
        reclassification_rate=0.005,
    ),
    case(
        migration.reclassified_to_urban,
        array(RESIDENCE_COHORT, [[0, 0], [50, 25]]),
        reclassified_from_rural=array(RESIDENCE_COHORT, [[50, 25], [0, 0]]),
    ),
    # 120 arrive, 250 come home, 450 leave.
    case(
        migration.net_migration,
        120 + 250 - 450,
        arrivals_from_counties=array(RESIDENCE_COHORT, [[0, 0], [100, 20]]),
        returns_by_residence=array(RESIDENCE_COHORT, [[80, 20], [120, 30]]),
        departures=array(RESIDENCE_COHORT, [[150, 60], [200, 40]]),
    ),
]

CASES = WAGES + DESTINATIONS + CHOICES + FLOWS


@pytest.mark.parametrize("case", CASES, ids=str)
def test_moves_are_as_on_paper(case: Case) -> None:
    case.check()
