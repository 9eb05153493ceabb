"""The countryside by hand: a fifth of the sewage treated, an aim of two fifths, wear of a twentieth a year."""

from __future__ import annotations

import pytest
from hand import Case, by, case, county

from regionsim.equations import rural

FACILITIES = [
    # As in 2020; half the way; the aim; beyond it as far as there is sewage.
    case(
        rural.rural_sewage_coverage_wanted,
        county(0.2, 0.3, 0.4, 1),
        base_rural_sewage_coverage=0.2,
        rural_sewage_plan_share=0.4,
        rural_sewage_effort=county(0, 0.5, 1, 5),
    ),
    # Upkeep of 0.05 x 0.2; a gap of 0.1 closed in two years on top; nothing on top where there is more than is wanted.
    case(
        rural.rural_sewage_facilities_built,
        county(0.01, 0.06, 0.01),
        rural_sewage_coverage_wanted=county(0.2, 0.4, 0.2),
        rural_sewage_coverage=county(0.2, 0.3, 0.35),
        rural_sewage_building_time=2,
        rural_sewage_failure_rate=0.05,
        base_rural_sewage_coverage=0.2,
    ),
    case(
        rural.rural_sewage_facilities_failed,
        county(0.01, 0.02),
        rural_sewage_coverage=county(0.2, 0.4),
        rural_sewage_failure_rate=0.05,
    ),
    # A tenth at full effort; eleven times the effort takes no more than there is.
    case(
        rural.rural_waste_load_effect,
        county(1, 0.95, 0.9, 0),
        rural_waste_load_share=0.1,
        rural_waste_effort=county(0, 0.5, 1, 11),
    ),
    case(
        rural.rural_road_works,
        county(0.06, 0.07, 0.08),
        rural_road_wear_rate=0.06,
        rural_road_upgrading_rate=0.02,
        rural_roads_effort=county(0, 0.5, 1),
    ),
    case(rural.rural_road_wear, county(0.06, 0.072), rural_road_index=county(1, 1.2), rural_road_wear_rate=0.06),
    case(
        rural.rural_facility_works,
        county(0.05, 0.08),
        rural_facility_wear_rate=0.05,
        rural_facility_upgrading_rate=0.03,
        rural_services_effort=county(0, 1),
    ),
    case(rural.rural_facility_wear, county(0.05, 0.06), rural_facilities=county(1, 1.2), rural_facility_wear_rate=0.05),
    # 16 ^ 0.25 = 2; 16 ^ 0.75 = 8; as in 2020.
    case(
        rural.rural_service_index,
        county(2, 8, 1),
        rural_road_index=county(16, 1, 1),
        rural_facilities=county(1, 16, 1),
        rural_road_weight=0.25,
    ),
    case(
        rural.rural_amenity_effect,
        county(1.2, 1, 0.8),
        rural_service_index=county(1.44, 1, 0.64),
        rural_service_elasticity=0.5,
    ),
]

RIGHTS = [
    # Two fifths of the way to go in three years; there; taken back.
    case(
        rural.transferable_rights_change,
        county(0.2, 0, -0.2),
        land_rights_effort=county(1, 0.5, 0),
        transferable_rights=county(0.4, 0.5, 0.6),
        reform_spread_time=3,
    ),
    case(
        rural.settlement_rights_change,
        county(0.25, 0, -0.5),
        settlement_rights_effort=county(1, 0.5, 0),
        settlement_rights=county(0, 0.5, 2),
        reform_spread_time=4,
    ),
    # exp(0.1) and exp(0.05); without rights nothing.
    case(
        rural.leaving_ease,
        county(1, 1.1051709181, 1.0512710964),
        transferable_rights=county(0, 1, 0.5),
        leaving_response=0.1,
    ),
    # The sign is open: exp(-0.1).
    case(rural.leaving_ease, county(1, 0.904837418), transferable_rights=county(0, 1), leaving_response=-0.1),
    # Nothing; who may settle, exp(0.2); who may sell, exp(-0.1); both, exp(0.1).
    case(
        rural.return_ease,
        county(1, 1.2214027582, 0.904837418, 1.1051709181),
        settlement_rights=county(0, 1, 0, 1),
        settlement_return_response=0.2,
        transferable_rights=county(0, 0, 1, 1),
        land_return_response=-0.1,
    ),
    case(
        rural.farm_scale_effect,
        by("sector", agriculture=county(1, 1.1051709181), industry=1, services=1),
        transferable_rights=county(0, 1),
        farm_scale_response=0.1,
    ),
]

CASES: list[Case] = FACILITIES + RIGHTS


@pytest.mark.parametrize("worked", CASES, ids=str)
def test_by_hand(worked: Case):
    worked.check()
