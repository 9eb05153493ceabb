"""Population scored with births and deaths given: they move as those of the provinces did, and migration is left."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from command_line import call
from whole_model import SCENARIOS

from regionsim.place.counties import county_codes
from regionsim.results.indicator_catalogue import PROVINCES
from regionsim.studies.model import evidence, read_scenario
from regionsim.studies.run import run_checked
from regionsim.studies.validate.given_paths import with_given_paths
from regionsim.studies.validate.provinces import provincial_series

SCENARIO = replace(read_scenario(SCENARIOS / "as-built.yaml"), end=2024)


def over_county(dataset, name):
    """By year and county."""
    values = dataset[name].squeeze("member")
    return values.sum([axis for axis in values.dims if axis not in ("year", "county")]).transpose("year", "county")


def moved(dataset, name, year, base):
    """What a province has in a year over `base` of it, by province."""
    values = over_county(dataset, name).sel(year=year).values
    return [values[dataset["province"].values == p].sum() / base[p] for p in PROVINCES]


@pytest.fixture(scope="module")
def runs():
    forecast = run_checked(SCENARIO).dataset
    changed = with_given_paths(SCENARIO, forecast)
    assert changed is not None
    return forecast, run_checked(changed).dataset, changed


def test_births_of_the_zone_move_as_those_of_the_provinces_did(runs):
    forecast, given, changed = runs
    index = evidence()["fertility_index"]
    births = over_county(forecast, "births").sel(year=2020).values / index.at(2020).item()
    base = {p: births[forecast["province"].values == p].sum() for p in PROVINCES}
    series, weights = provincial_series(), np.array([base[p] for p in PROVINCES])
    # Births of calendar 2022 are those of the model year that begins at 2021.
    published = np.array([series[p, "births", 2022] / series[p, "births", 2020] for p in PROVINCES])
    modelled = np.array(moved(given, "births", 2021, base))
    assert modelled @ weights / weights.sum() == pytest.approx(published @ weights / weights.sum(), rel=0.01)
    assert changed.parameters["fertility_index"].values[()][1][1] != index.at(2021).item()


def test_deaths_of_the_zone_move_as_those_of_the_provinces_did(runs):
    forecast, given, _ = runs
    deaths = over_county(forecast, "deaths").sel(year=2020).values
    base = {p: deaths[forecast["province"].values == p].sum() for p in PROVINCES}
    series, weights = provincial_series(), np.array([base[p] for p in PROVINCES])
    # Reported at the end of the model year that is calendar 2023, with the factor of the year after: of the year itself
    # the first step of the next is the nearest.
    published = np.array([series[p, "deaths", 2023] / series[p, "deaths", 2020] for p in PROVINCES])
    modelled = np.array(moved(given, "deaths", 2022, base))
    assert modelled @ weights / weights.sum() == pytest.approx(published @ weights / weights.sum(), rel=0.03)


def test_a_run_of_other_years_has_no_given_paths(runs):
    forecast, _, _ = runs
    assert with_given_paths(replace(SCENARIO, start=2010, end=2020), forecast) is None
    assert with_given_paths(replace(SCENARIO, end=2020), forecast) is None


def test_the_command_reports_both_readings(tmp_path: Path):
    census = dict.fromkeys(county_codes(), 400000)
    file = tmp_path / "observed.csv"
    rows = [f"{code},population,2022,{people}" for code, people in census.items()]
    file.write_text("\n".join(["adcode,variable,year,value", *rows]) + "\n", encoding="utf-8")
    said = call("validate", "--observed", file, "--out", tmp_path / "out", "--no-figures")
    assert said.status == 0, said.error
    assert "population, births and deaths given  24" in said.out
    record = json.loads((tmp_path / "out" / "validation.json").read_text(encoding="utf-8"))
    forecast, given = record["scores"], record["with_births_and_deaths_given"]["scores"]
    errors = [next(s["value"] for s in each if s["score"] == "bias") for each in (forecast, given)]
    assert errors[0] != errors[1]
    page = (tmp_path / "out" / "scores.md").read_text(encoding="utf-8")
    assert "| population, births and deaths given |" in page
