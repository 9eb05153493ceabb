import numpy as np
import pytest

from regionsim.results.indicators import indicator_array, indicators
from regionsim.results.tables import comparison_table, summary_table
from regionsim.results.targets import TARGETS, found_targets


@pytest.fixture
def at_the_edge(dataset):
    """All counties alike: just 70 % forest, 32 % of rural sewage, and towns that grow from 50 to 54 % in five years."""
    dataset["population"].values[:] = 100_000.0
    dataset["urban_population"].values[:] = 50_000.0
    dataset["urban_population"].values[:, 5:] = 54_000.0
    dataset["forest_area"].values[:] = 0.7001 * dataset["county_area"].values
    dataset["rural_sewage_coverage"].values[:] = 0.32
    return dataset


def outcomes(dataset, region="zone"):
    table = indicators(dataset)
    rows = table[table["variable"].str.startswith("target_")]
    assert set(zip(rows["region_type"], rows["region"], strict=True)) <= {("zone", "zone"), ("province", "Jiangxi")}
    assert set(rows["unit"]) <= {"1 = attained"} and set(rows["year"]) <= {2025}
    return {row.variable.removeprefix("target_"): row.value for row in rows.itertuples() if row.region == region}


def test_a_target_is_attained_or_missed(at_the_edge):
    assert outcomes(at_the_edge) == {
        "forest_cover": 1,
        "rural_sewage": 1,
        "rural_sewage_aim": 0,
        "urbanization_gain": 0,  # 4 points in five years, where the province gains 4.5
    }
    at_the_edge["urban_population"].values[:, 5:] = 54_600.0
    at_the_edge["forest_area"].values[:, 5] *= 0.99
    assert outcomes(at_the_edge)["urbanization_gain"] == 1
    assert outcomes(at_the_edge)["forest_cover"] == 0


def test_what_jiangxi_attains_in_its_part_the_zone_may_miss(at_the_edge):
    at_the_edge["rural_population"].values[:] = 50_000.0
    at_the_edge["rural_sewage_coverage"].values[:] = np.where(at_the_edge["province"].values == "Jiangxi", 0.32, 0.2)
    assert outcomes(at_the_edge)["rural_sewage"] == 0  # (14 * 0.32 + 10 * 0.2) / 24 = 0.27
    assert outcomes(at_the_edge, "Jiangxi")["rural_sewage"] == 1
    assert outcomes(at_the_edge, "Jiangxi")["rural_sewage_aim"] == 0


def test_what_the_zone_has_after_or_before_2025_does_not_count(at_the_edge):
    at_the_edge["rural_sewage_coverage"].values[:, :5] = 0.9
    at_the_edge["rural_sewage_coverage"].values[:, 6:] = 0.9
    assert outcomes(at_the_edge)["rural_sewage_aim"] == 0


def test_a_target_is_missed_by_what_the_zone_falls_short(at_the_edge):
    found = {
        each.target.name: each.missing for each in found_targets(indicator_array(at_the_edge)) if each.region == "zone"
    }
    assert found["urbanization_gain"] == pytest.approx(0.005)
    assert found["rural_sewage"] == pytest.approx(-0.02)
    assert found["rural_sewage_aim"] == pytest.approx(0.08)


def test_of_an_ensemble_a_target_has_the_share_of_members_that_attain_it(make_dataset):
    dataset = make_dataset(members=4)
    dataset["rural_sewage_coverage"].values[:] = np.array([0.29, 0.31, 0.35, 0.41])[:, None, None]
    found = outcomes(dataset)
    assert found["rural_sewage"] == 0.75 and found["rural_sewage_aim"] == 0.25
    assert "33.0 %, by 75 % of members" in summary_table(dataset)


def test_a_run_without_the_years_of_a_target_has_no_row_for_it(make_dataset):
    short = make_dataset(last_year=2024)
    assert outcomes(short) == {}
    assert "Targets" not in summary_table(short)
    assert "Targets" not in comparison_table([make_dataset("long"), short])
    late = make_dataset("late").sel(year=slice(2022, None))
    assert set(outcomes(late)) == {"forest_cover", "rural_sewage", "rural_sewage_aim"}  # a gain needs its first year


def test_without_people_a_target_about_people_has_no_outcome(at_the_edge):
    for name in ("population", "urban_population", "rural_population"):
        at_the_edge[name].values[:] = 0.0
    found = outcomes(at_the_edge)
    assert np.isnan(found["urbanization_gain"]) and np.isnan(found["rural_sewage"]) and found["forest_cover"] == 1
    assert summary_table(at_the_edge).splitlines()[-1].endswith("n/a")


def test_the_summary_says_what_was_wanted_and_found(at_the_edge):
    lines = [" ".join(line.split()) for line in summary_table(at_the_edge).splitlines()[-13:]]
    found = [
        "Forest cover 70.0 % by 2025 70.0 %, attained",
        "Treated rural sewage 30.0 % by 2025 32.0 %, attained",
        "Treated rural sewage, aim 40.0 % by 2025 32.0 %, missed by 8.0 points",
        "Gain in urbanization since 2020 4.5 pp by 2025 4.0 pp, missed by 0.50 points",
    ]
    zone, jiangxi = "Zone (24 counties)", "Jiangxi part of the zone (14 counties)"
    assert lines == ["Targets of the plan wanted found", "", zone, *found, "", jiangxi, *found]


def test_the_comparison_sets_outcomes_side_by_side(at_the_edge):
    other = at_the_edge.copy(deep=True)
    other.attrs["scenario"] = "works"
    other["rural_sewage_coverage"].values[:] = 0.45
    text = comparison_table([at_the_edge, other])
    line = next(line for line in text.splitlines() if "aim" in line)
    assert "missed by 8.0 points" in line and line.endswith("  attained")


def test_every_target_says_where_it_stands():
    assert {target.quality for target in TARGETS} <= {"official", "derived"}
    for target in TARGETS:
        assert target.source.startswith("Jiangxi Action Plan [2022] No. 48, ") and 0 < target.at_least < 1
