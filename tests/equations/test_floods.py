"""Floods by hand: a county of 100,000 million CNY of industrial capital and a flood of half the yardstick's size."""

from __future__ import annotations

import pytest
from hand import Case, by, case, county

from regionsim.equations import floods

CASES = [
    # Nothing built; works in full; works and a reservoir; efforts that would keep off more than everything.
    case(
        floods.flood_protection_target,
        county(0, 0.3, 0.4, 1),
        flood_control_effort=county(0, 1, 1, 3),
        flood_control_protection=0.3,
        reservoir_effort=county(0, 0, 1, 2),
        reservoir_protection=0.1,
    ),
    # A third of what is missing in a year; finished; works given up decay.
    case(
        floods.flood_works,
        county(0.1, 0, -0.05),
        flood_protection_target=county(0.3, 0.3, 0),
        flood_protection=county(0, 0.3, 0.15),
        flood_works_time=3,
    ),
    # 3 % and 1.5 % of capital, half of it; with 0.4 of it kept off; in a year without a flood.
    case(
        floods.flood_loss,
        by(
            "sector",
            agriculture=county(90, 54, 0),
            industry=county(750, 450, 0),
            services=county(900, 540, 0),
        ),
        capital=by("sector", agriculture=6_000, industry=100_000, services=120_000),
        flood_damage_rate=by("sector", agriculture=0.03, industry=0.015, services=0.015),
        flood_shock=county(0.5, 0.5, 0),
        flood_protection=county(0, 0.4, 0.4),
    ),
    case(
        floods.total_flood_loss,
        1_740,
        flood_loss=by("sector", agriculture=90, industry=750, services=900),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_floods_by_hand(case: Case) -> None:
    case.check()
