"""What a run from the census of 2010 is fed that was found out later: all of it, each with the reason."""

from __future__ import annotations

_LEVELS = "levels of the decade, worked out from both censuses: the part of calibration that is done by counting"
_LAND = "no county has land use of 2010; what the figures say of change cancels, as land acts by its change"
_CLUSTERS = "gross output of clusters is known for years about 2020 alone; shares act by their change"
_BUDGETS = "budgets are published from 2018 on: shares of output, carried back with output and residents"

# By the name of the input. A test holds that nothing else changes when the figures of 2020 do.
LATER_KNOWLEDGE: dict[str, str] = {
    "departure_level": _LEVELS,
    "town_move_level": _LEVELS,
    "fertility_by_mean_age": "the zone's share of leavers between the censuses thins the older of a cohort",
    "migration_propensity_by_mean_age": "as fertility_by_mean_age",
    "initial_forest_area": _LAND,
    "initial_cropland": _LAND,
    "initial_other_land": _LAND,
    "forest_ceiling": _LAND,
    "cropland_floor": _LAND,
    "cluster_share": _CLUSTERS,
    "cluster_presence": _CLUSTERS,
    "own_revenue_share": _BUDGETS,
    "base_transfers": _BUDGETS,
    "initial_visits": "visits of 2019, or by residents of 2020, carried back by reported growth",
    "spending_per_visit": "revenue of years up to 2019 over visits",
    "hydropower_potential": "potential; spread by forest of 2020 where a county has no figure",
    "initial_photovoltaics_capacity": "installed in 2020; nothing of energy acts on people or output",
    "initial_wind_capacity": "installed in 2020; nothing of energy acts on people or output",
    "initial_sector_output": "of three districts by their share of 2021 alone; they are not scored",
}
