import numpy as np
import pytest

from regionsim.results.differences import difference, difference_unit
from regionsim.results.indicator_catalogue import find_indicator
from regionsim.results.indicators import indicator_array

URBAN, OUTPUT, ACCESS, MIGRATION, POPULATION = map(
    find_indicator, ("urbanization_rate", "output", "market_access", "net_migration", "population")
)


def even(dataset, *, urban=40_000.0, output=5_000.0, access=1.2, name="base"):
    """All counties alike, with round numbers."""
    dataset.attrs["scenario"] = name
    for variable, value in (
        ("population", 100_000.0),
        ("urban_population", urban),
        ("output", output),
        ("market_access", access),
    ):
        dataset[variable].values[:] = value
    return dataset


def test_shares_differ_in_points_amounts_in_percent_and_indices_in_index_points(make_dataset):
    first = indicator_array(even(make_dataset()))
    other = indicator_array(even(make_dataset("other"), urban=42_000.0, output=5_100.0, access=1.25))
    for indicator, expected, unit in (
        (URBAN, 2.0, "percentage points"),
        (OUTPUT, 2.0, "percent"),
        (ACCESS, 0.05, "index points"),
    ):
        found = difference(first, other, indicator)
        assert found.values == pytest.approx(expected)
        assert found.values.shape == (1, 16, 27)
        assert difference_unit(indicator) == unit
    assert difference_unit(MIGRATION) == "person/year"


def test_the_share_of_the_level_is_of_the_first_scenario(make_dataset):
    first = indicator_array(even(make_dataset()))
    other = indicator_array(even(make_dataset("other"), urban=42_000.0))
    found = difference(first, other, URBAN)
    assert found.largest_share(("zone",)) == pytest.approx(0.05)
    assert difference(first, first, URBAN).largest_share(("zone", "Hunan")) == 0


def test_a_difference_from_nothing_is_no_percent_but_counts(make_dataset):
    first, other = even(make_dataset()), even(make_dataset("other"))
    first["output"].values[:] = 0.0
    found = difference(indicator_array(first), indicator_array(other), OUTPUT)
    assert np.isnan(found.values).all()
    assert found.largest_share(("zone",)) == np.inf


def spread_pair(make_dataset, other_seed="1", members=5):
    factors = np.array([0.8, 0.9, 1.0, 1.1, 1.5])
    first, other = even(make_dataset(members=5)), even(make_dataset("other", members=members))
    first["output"].values[:] *= factors[:, None, None]
    other["output"].values[:] *= 1.01 * factors[:members, None, None]
    other.attrs["seed"] = other_seed
    return indicator_array(first), indicator_array(other)


def test_members_are_paired_so_that_the_shared_draws_cancel(make_dataset):
    found = difference(*spread_pair(make_dataset), OUTPUT)
    assert found.paired
    assert found.values.shape[0] == 5
    assert found.values == pytest.approx(1.0)


@pytest.mark.parametrize(("options", "expected"), [({"other_seed": "2"}, 1.0), ({"members": 3}, -9.1)])
def test_members_of_other_draws_or_another_number_are_not_paired(make_dataset, options, expected):
    found = difference(*spread_pair(make_dataset, **options), OUTPUT)
    assert not found.paired
    assert found.values.shape[0] == 1
    assert found.values == pytest.approx(expected)


def test_members_are_paired_by_their_numbers_where_others_failed(make_dataset):
    first, other = spread_pair(make_dataset)
    for array in (first, other):
        array.attrs["draws_hash"] = "same"
    found = difference(first.isel(member=[0, 1, 2, 4]), other.isel(member=[0, 2, 3, 4]), OUTPUT)
    assert found.paired and found.values.shape[0] == 3
    assert found.values == pytest.approx(1.0)
    other.attrs["draws_hash"] = "others"
    assert not difference(first, other, OUTPUT).paired


def test_without_a_hash_of_draws_members_of_other_numbers_are_not_paired(make_dataset):
    first, other = spread_pair(make_dataset)
    found = difference(first.isel(member=[0, 1, 2, 4]), other.isel(member=[0, 2, 3, 4]), OUTPUT)
    assert not found.paired


def test_only_years_that_both_have_are_compared(make_dataset):
    first, short = indicator_array(make_dataset()), indicator_array(make_dataset("short", last_year=2027))
    assert difference(first, short, OUTPUT).years.tolist() == list(range(2020, 2028))
    with pytest.raises(ValueError, match="no year in common"):
        difference(first.sel(year=[2030]), short, OUTPUT)


def test_one_year_of_one_region_can_be_taken_out(make_dataset):
    first, other = even(make_dataset()), even(make_dataset("other"))
    jiangxi = other["province"].values == "Jiangxi"
    other["output"].values[:, -1, jiangxi] *= 1.03
    found = difference(indicator_array(first), indicator_array(other), OUTPUT)
    assert found.in_year(2035).of("Jiangxi") == pytest.approx(3.0)
    assert found.in_year(2034).of("Jiangxi") == pytest.approx(0.0)
    assert found.of("Hunan")[0, -1] == pytest.approx(0.0)
