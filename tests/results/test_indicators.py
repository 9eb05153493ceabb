import numpy as np
import pandas
import pytest

from regionsim.place.counties import load_counties
from regionsim.results.indicator_catalogue import INDICATORS, find_indicator
from regionsim.results.indicators import COLUMNS, indicator_array, indicators
from regionsim.results.targets import TARGETS

HUNAN = [k for k, county in enumerate(load_counties()) if county.province == "Hunan"]
JIANGXI = [k for k, county in enumerate(load_counties()) if county.province == "Jiangxi"]


def test_the_table_has_exactly_the_promised_columns_and_rows(dataset):
    table = indicators(dataset)
    assert tuple(table.columns) == COLUMNS
    # Beside the counties and what they make up: 3 river sections, 2 agreements, and each target for two regions.
    assert len(table) == (len(INDICATORS) * 27 + 3 + 5 * 2) * 16 + 2 * len(TARGETS)
    assert not table.duplicated(["scenario", "region_type", "region", "year", "variable"]).any()
    assert set(table["scenario"]) == {"base"}
    assert table["year"].dtype.kind == "i"


def test_regions_are_codes_as_text_parts_of_provinces_and_the_zone(dataset):
    table = indicators(dataset)
    counties = table[table["region_type"] == "county"]["region"].unique().tolist()
    assert counties == [county.code for county in load_counties()]
    assert table[table["region_type"] == "province"]["region"].unique().tolist() == ["Hunan", "Jiangxi"]
    assert table[table["region_type"] == "zone"]["region"].unique().tolist() == ["zone"]


def test_rows_of_the_table_hold_the_value_of_their_own_region_and_year(dataset):
    table = indicators(dataset).set_index(["variable", "region", "year"])["value"]
    population = dataset["population"]
    assert table["population", "430181", 2031] == population.sel(county="430181", year=2031).item()
    assert table["population", "360725", 2020] == population.sel(county="360725", year=2020).item()
    share = dataset["sector_output"].sel(county="360302", year=2035, sector="industry").item() / 100
    assert table["output_industry", "360302", 2035] == pytest.approx(share, rel=1e-14)


@pytest.mark.parametrize("name", ["population", "urban_population", "forest_area", "net_migration"])
def test_amounts_are_summed_over_counties(dataset, name):
    array = indicator_array(dataset)[name]
    values = dataset[name].values
    np.testing.assert_allclose(array.sel(region="Hunan"), values[..., HUNAN].sum(-1), rtol=1e-13)
    np.testing.assert_allclose(array.sel(region="Jiangxi"), values[..., JIANGXI].sum(-1), rtol=1e-13)
    np.testing.assert_allclose(array.sel(region="zone"), values.sum(-1), rtol=1e-13)


def test_shares_are_ratios_of_sums_not_means_of_ratios(dataset):
    array = indicator_array(dataset)
    urban, population = dataset["urban_population"].values, dataset["population"].values
    ratio = urban[..., HUNAN].sum(-1) / population[..., HUNAN].sum(-1)
    np.testing.assert_allclose(array["urbanization_rate"].sel(region="Hunan"), ratio, rtol=1e-13)
    assert abs(ratio - (urban / population)[..., HUNAN].mean(-1)).max() > 1e-3
    cover = dataset["forest_area"].values.sum(-1) / dataset["county_area"].values.sum(-1)
    np.testing.assert_allclose(array["forest_cover"].sel(region="zone"), cover, rtol=1e-13)


def test_money_is_shown_in_hundred_millions_and_per_person_in_yuan(dataset):
    dataset["output"].values[:] = 50_000.0
    dataset["population"].values[:] = 1_000_000.0
    array = indicator_array(dataset)
    assert array["output"].sel(region="430181", year=2020).item() == pytest.approx(500.0)
    assert array["output"].sel(region="zone", year=2020).item() == pytest.approx(24 * 500.0)
    assert array["output_per_person"].sel(region="zone", year=2020).item() == pytest.approx(50_000.0)
    assert array["output"].attrs["units"] == "100 million CNY, 2020 prices"
    assert array["output_per_person"].attrs["units"] == "CNY, 2020 prices"


def test_water_quality_of_a_region_is_a_mean_by_land(dataset):
    dataset["county_area"].values[:] = 1.0
    dataset["county_area"].values[..., HUNAN[0]] = 3.0
    dataset["county_good_water_share"].values[:] = 0.8
    dataset["county_good_water_share"].values[..., HUNAN[0]] = 0.2
    array = indicator_array(dataset)["water_quality"].sel(year=2025)
    lowest = array.sel(region=load_counties()[HUNAN[0]].code)
    assert lowest.item() == pytest.approx(0.2)
    assert array.sel(region="Hunan").item() == pytest.approx((9 * 0.8 + 3 * 0.2) / 12)
    assert array.sel(region="zone").item() == pytest.approx((23 * 0.8 + 3 * 0.2) / 26)


def test_public_money_stands_per_person_against_spending_and_against_revenue(dataset):
    for name, value in {
        "population": 100_000.0,
        "public_spending": 1_200.0,
        "own_revenue": 300.0,
        "public_debt": 1_500.0,
        "public_revenue": 1_000.0,
    }.items():
        dataset[name].values[:] = value
    dataset["own_revenue"].values[..., HUNAN[0]] = 1_200.0
    zone = indicator_array(dataset).sel(region="zone", year=2030)
    assert zone["public_spending_per_person"].item() == pytest.approx(12_000.0)
    assert zone["fiscal_self_sufficiency"].item() == pytest.approx((23 * 300 + 1_200) / (24 * 1_200))
    assert zone["debt_ratio"].item() == pytest.approx(1.5)


def test_capacity_is_added_up_over_technologies_and_schooling_and_sewage_over_those_they_serve(dataset):
    dataset["renewable_capacity"].values[:] = (1.0, 20.0, 300.0)
    for share, people in (("schooling_per_resident", "population"), ("rural_sewage_coverage", "rural_population")):
        dataset[people].values[:] = 100.0
        dataset[people].values[..., HUNAN[0]] = 800.0
        dataset[share].values[:] = 0.2
        dataset[share].values[..., HUNAN[0]] = 0.7
    zone = indicator_array(dataset).sel(region="zone", year=2035)
    assert zone["renewable_capacity"].item() == pytest.approx(24 * 321.0)
    for name in ("schooling", "rural_sewage_coverage"):
        assert zone[name].item() == pytest.approx((23 * 100 * 0.2 + 800 * 0.7) / 3_100), name


def test_river_sections_and_agreements_have_rows_of_their_own(dataset):
    table = indicators(dataset)
    sections = table[table["region_type"] == "section"].set_index(["variable", "region", "year"])["value"]
    good = dataset["good_water_share"]
    assert len(sections) == 3 * 16
    for reach in ("lushui_jinyushi", "miluo_pingjiang"):
        assert sections["water_quality", reach, 2031] == good.sel(reach=reach, year=2031).item()
    agreements = table[table["region_type"] == "agreement"].set_index(["variable", "region", "year"])["value"]
    assert len(agreements) == 5 * 2 * 16
    assert agreements["compensation_paid", "xiu", 2031] == 23
    assert agreements["compensation_paid_by_province_and_city", "xiu", 2031] == 16
    assert (
        agreements["compensation_settled", "xiu", 2020] == 12 and agreements["compensation_settled", "xiu", 2035] == -3
    )


def test_sectors_add_up_to_output(dataset):
    array = indicator_array(dataset)
    total = sum(array[f"output_{sector}"] for sector in ("agriculture", "industry", "services"))
    np.testing.assert_allclose(total, array["output"], rtol=1e-12)


def test_market_access_is_a_mean_weighted_by_population(dataset):
    array = indicator_array(dataset)["market_access"]
    access, people = dataset["market_access"].values[0, -1, JIANGXI], dataset["population"].values[0, -1, JIANGXI]
    assert array.sel(region="Jiangxi", year=2035).item() == pytest.approx(np.average(access, weights=people))
    np.testing.assert_allclose(array.sel(year=2020), 1.0, rtol=1e-14)


def test_the_dependency_ratio_of_a_region_is_its_dependents_over_its_working_age(dataset):
    dependents = np.linspace(100.0, 3000.0, 24)
    working = np.linspace(5000.0, 4000.0, 24)
    dataset["population"].values[:] = dependents + working
    dataset["dependency_ratio"].values[:] = dependents / working
    ratio = indicator_array(dataset)["dependency_ratio"].sel(region="zone", year=2030).item()
    assert ratio == pytest.approx(dependents.sum() / working.sum(), rel=1e-13)


def test_the_dependency_ratio_is_left_out_where_the_run_has_none(dataset):
    assert "dependency_ratio" not in indicator_array(dataset.drop_vars("dependency_ratio"))


def test_any_other_missing_variable_is_named(dataset):
    with pytest.raises(ValueError, match="lacks the variables county_area, market_access"):
        indicator_array(dataset.drop_vars(["county_area", "market_access"]))


def test_a_county_without_people_has_no_ratio_and_does_not_spoil_its_region(dataset):
    money = ("own_revenue", "public_spending", "public_debt", "public_revenue")
    for name in ("population", "urban_population", "rural_population", "output", *money):
        dataset[name].values[0, 4, 2] = 0.0
    dataset["dependency_ratio"].values[0, 4, 2] = np.nan
    array = indicator_array(dataset).isel(year=4, member=0)
    for name in (
        "urbanization_rate",
        "output_per_person",
        "market_access",
        "dependency_ratio",
        "schooling",
        "rural_sewage_coverage",
        "public_spending_per_person",
        "fiscal_self_sufficiency",
        "debt_ratio",
    ):
        assert np.isnan(array[name].sel(region="360321").item()), name
        assert np.isfinite(array[name].sel(region=["Jiangxi", "Hunan", "zone"])).all(), name
        assert int(np.isnan(array[name]).sum()) == 1, name


def test_a_county_without_area_is_an_error_and_no_nan(dataset):
    dataset["county_area"].values[0, 4, 2] = 0.0
    with pytest.raises(ValueError, match="forest_cover: county_area is zero"):
        indicator_array(dataset)


def test_a_nan_in_a_county_reaches_its_province_and_the_zone_only(dataset):
    dataset["population"].values[0, 0, HUNAN[0]] = np.nan
    population = indicator_array(dataset)["population"].isel(member=0, year=0)
    assert np.isnan(population.sel(region=["Hunan", "zone"])).all()
    assert np.isfinite(population.sel(region="Jiangxi"))


def test_of_an_ensemble_the_table_holds_the_median_of_the_indicator(make_dataset):
    dataset = make_dataset(members=5)
    table = indicators(dataset).set_index(["variable", "region", "year"])["value"]
    rates = dataset["urban_population"].values.sum(-1) / dataset["population"].values.sum(-1)
    assert table["urbanization_rate", "zone", 2035] == pytest.approx(np.median(rates[:, -1]), rel=1e-13)
    totals = dataset["population"].values.sum(-1)[:, -1]
    assert len(set(totals)) == 5
    assert table["population", "zone", 2035] == pytest.approx(np.median(totals), rel=1e-13)


def test_permuting_the_counties_permutes_the_rows_and_keeps_the_regions(dataset):
    plain = indicator_array(dataset)
    mixed = indicator_array(dataset.isel(county=np.random.default_rng(3).permutation(24)))
    for name in plain.data_vars:
        np.testing.assert_allclose(mixed[name].sel(region=plain["region"]), plain[name], rtol=1e-13)


def test_shares_are_shown_as_percent_and_other_units_as_they_are():
    assert find_indicator("forest_cover").shown_unit == "%"
    assert find_indicator("forest_cover").shown_factor == 100.0
    assert find_indicator("output").shown_factor == 1.0


def test_an_unknown_indicator_is_told_with_the_known_ones():
    with pytest.raises(KeyError, match="unknown indicator 'gdp'; known are population"):
        find_indicator("gdp")


def test_the_table_of_a_large_ensemble_is_built_without_fragmentation(make_dataset, recwarn):
    table = indicators(make_dataset(members=20))
    assert isinstance(table, pandas.DataFrame)
    assert not recwarn.list
