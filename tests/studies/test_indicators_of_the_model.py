"""The indicators of whole runs: of every county, section and agreement, and the targets of the plan."""

from __future__ import annotations

import numpy as np
import pandas
import pytest
from whole_model import Changes, Run, run

from regionsim.place.agreements import load_agreements
from regionsim.place.counties import county_codes
from regionsim.place.rivers import load_reaches
from regionsim.results.dataset import to_dataset
from regionsim.results.indicator_catalogue import FURTHER_ROWS, INDICATORS
from regionsim.results.indicators import indicators
from regionsim.results.targets import TARGETS
from regionsim.scenarios.measures import load_measures

ALL_MEASURES = {"measures": {measure.name: {} for measure in load_measures()}}
SUMS = {
    "compensation_paid": "compensation_paid",
    "compensation_received": "compensation_received",
    "co2_emissions": "co2_emissions",
    "forest_carbon": "forest_carbon",
    "visits": "visits",
    "renewable_capacity": "renewable_capacity",
}


def table(changes: Changes) -> pandas.DataFrame:
    return indicators(to_dataset(run(changes).trajectory, {"scenario": "any"}))


def targets(changes: Changes, region: str = "zone") -> dict[str, float]:
    rows = table(changes)
    rows = rows[rows["variable"].str.startswith("target_") & (rows["region"] == region)]
    return dict(zip(rows["variable"].str.removeprefix("target_"), rows["value"], strict=True))


@pytest.fixture(scope="module")
def base() -> pandas.DataFrame:
    return table({})


def zone(rows: pandas.DataFrame, name: str) -> np.ndarray:
    return rows[(rows["region"] == "zone") & (rows["variable"] == name)]["value"].to_numpy()


def test_every_indicator_of_the_base_run_is_a_number(base: pandas.DataFrame) -> None:
    assert set(base["variable"]) == {
        *(each.name for each in INDICATORS),
        *(each.name for each in FURTHER_ROWS),
        *(f"target_{target.name}" for target in TARGETS),
    }
    assert np.isfinite(base["value"]).all()
    assert not base.duplicated(["region_type", "region", "year", "variable"]).any()


@pytest.mark.parametrize("name", SUMS)
def test_the_zone_has_what_all_counties_have_together(base: pandas.DataFrame, name: str) -> None:
    np.testing.assert_allclose(zone(base, name), run().total(SUMS[name]), rtol=1e-12)


def test_every_section_of_a_river_and_every_agreement_has_its_rows(base: pandas.DataFrame) -> None:
    regions = base.groupby("region_type")["region"].unique()
    assert regions["section"].tolist() == [reach.key for reach in load_reaches()]
    assert regions["agreement"].tolist() == [agreement.key for agreement in load_agreements()]
    assert regions["county"].tolist() == list(county_codes())


def test_what_is_settled_is_paid_by_counties_and_by_those_above_them() -> None:
    result, rows = run(ALL_MEASURES), table(ALL_MEASURES)
    settled = rows[rows["variable"] == "compensation_settled"].groupby("year")["value"].sum().to_numpy()
    above = result.total("higher_level_paid")
    np.testing.assert_allclose(settled, zone(rows, "compensation_paid") + above, rtol=1e-12)
    assert (above > 0).all() and settled[-1] > settled[0]


def test_a_county_has_the_water_of_the_sections_that_its_land_drains_to(base: pandas.DataFrame) -> None:
    rows = base[(base["variable"] == "water_quality") & (base["year"] == 2020)].set_index("region")["value"]
    # Anyuan drains to the Lushui at Jinyushi alone, Liling to the Lushui below Liling alone.
    assert rows["360302"] == pytest.approx(rows["lushui_jinyushi"], rel=1e-12)
    assert rows["430281"] == pytest.approx(rows["lushui_liling"], rel=1e-12)
    assert rows["lushui_jinyushi"] < rows["lushui_liling"]


def outcome_by_hand(result: Run) -> dict[str, float]:
    forest = result.total("forest_area")[5] / result.total("county_area")[5]
    rural = result["rural_population"][5]
    sewage = (rural * result["rural_sewage_coverage"][5]).sum() / rural.sum()
    towns = result.total("urban_population") / result.total("population")
    return {
        "forest_cover": forest >= 0.70,
        "rural_sewage": sewage >= 0.30,
        "rural_sewage_aim": sewage >= 0.40,
        "urbanization_gain": towns[5] - towns[0] >= 0.045,
    }


@pytest.mark.parametrize("changes", [{}, ALL_MEASURES], ids=["base", "all measures"])
def test_targets_are_attained_as_the_run_has_it(changes: Changes) -> None:
    assert targets(changes) == outcome_by_hand(run(changes))


def test_works_for_sewage_attain_the_target_and_not_the_aim_where_they_are_built() -> None:
    works = {"measures": {"8-rural-revitalization": {}}}  # the plan builds in Jiangxi alone
    assert targets({}, "Jiangxi")["rural_sewage"] == targets({})["rural_sewage"] == 0
    assert targets(works, "Jiangxi")["rural_sewage"] == 1 and targets(works)["rural_sewage"] == 0
    everywhere = {"measures": {"8-rural-revitalization": {"counties": list(county_codes())}}}
    assert targets(everywhere)["rural_sewage"] == 1 and targets(everywhere)["rural_sewage_aim"] == 0
