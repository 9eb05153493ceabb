import numpy as np
import pytest
import xarray
from fake_trajectory import ATTRIBUTES, FakeVariable

from regionsim.place.counties import load_counties
from regionsim.problems import ProblemsError
from regionsim.results.dataset import to_dataset
from regionsim.results.netcdf_file import read_netcdf, write_netcdf


def test_dimensions_stand_in_the_order_member_year_county_and_further_axes(trajectory, dataset):
    assert dataset["residents"].dims == ("member", "year", "county", "residence", "cohort")
    assert dataset["output"].dims == ("member", "year", "county")
    expected = trajectory.variables["residents"].values[3, 0, 5, 1, 7]
    assert dataset["residents"].isel(member=0, year=3, county=5, residence=1, cohort=7).item() == expected


def test_axes_given_in_another_order_are_put_in_the_global_one(trajectory):
    values = np.arange(16 * 3 * 24, dtype=float).reshape(16, 1, 3, 24)
    trajectory.variables["odd"] = FakeVariable("Odd.", "person", ("sector", "county"), values)
    odd = to_dataset(trajectory, ATTRIBUTES)["odd"]
    assert odd.dims == ("member", "year", "county", "sector")
    assert odd.sel(sector="services", county="430181", year=2021).item() == values[1, 0, 2, 14]


def test_every_variable_says_its_unit_and_meaning(dataset):
    for name, variable in dataset.data_vars.items():
        assert variable.attrs["units"] and variable.attrs["long_name"], name
    assert dataset["output"].attrs["units"] == "million CNY_2020/year"
    assert dataset["forest_area"].attrs["kind"] == "stock"


def test_counties_are_codes_as_text_with_names_and_province_beside_them(dataset):
    assert dataset["county"].dtype.kind == "U"
    liuyang = dataset.sel(county="430181")
    assert liuyang["county_name"].item() == "Liuyang"
    assert liuyang["county_name_zh"].item() == "浏阳市"
    assert liuyang["province"].item() == "Hunan"
    assert (dataset["province"] == "Hunan").sum() == 10


def test_years_are_whole_numbers(dataset):
    assert dataset["year"].dtype.kind == "i"
    assert dataset["year"].values.tolist() == list(range(2020, 2036))


def test_years_that_are_not_whole_are_refused(trajectory):
    trajectory.years = trajectory.years + 0.25
    with pytest.raises(ValueError, match="years must be whole"):
        to_dataset(trajectory, ATTRIBUTES)


def test_destinations_carry_the_county_codes(trajectory):
    flows = np.zeros((16, 1, 24, 24))
    flows[2, 0, 3, 20] = 9.0
    trajectory.variables["movers"] = FakeVariable("Movers.", "person/year", ("county", "destination"), flows)
    movers = to_dataset(trajectory, ATTRIBUTES)["movers"]
    codes = [county.code for county in load_counties()]
    assert movers.sel(year=2022, county=codes[3], destination=codes[20]).item() == 9.0


def test_axes_that_no_variable_has_are_left_out(dataset):
    assert "hub" not in dataset.dims


def test_a_variable_without_a_county_keeps_its_own_axes(trajectory):
    trajectory.variables["fertility"] = FakeVariable("Fertility.", "dimensionless", (), np.full((16, 1), 1.3))
    trajectory.variables["mass"] = FakeVariable("Mass.", "person", ("hub",), np.ones((16, 1, 2)))
    dataset = to_dataset(trajectory, ATTRIBUTES)
    assert dataset["fertility"].dims == ("member", "year")
    assert dataset["mass"].dims == ("member", "year", "hub")
    assert dataset["hub"].values.tolist() == ["changsha", "nanchang"]


def test_a_shape_that_does_not_fit_the_labels_is_refused(trajectory):
    trajectory.variables["output"].values = trajectory.variables["output"].values[:, :, :20]
    with pytest.raises(ValueError, match="variable 'output' has the shape"):
        to_dataset(trajectory, ATTRIBUTES)


def test_variables_with_different_numbers_of_members_are_refused(trajectory):
    trajectory.variables["output"].values = np.repeat(trajectory.variables["output"].values, 2, axis=1)
    with pytest.raises(ValueError, match="number of members"):
        to_dataset(trajectory, ATTRIBUTES)


def test_an_unknown_county_is_refused(trajectory):
    trajectory.labels["county"] = ("999999", *trajectory.labels["county"][1:])
    with pytest.raises(ValueError, match="unknown county codes: 999999"):
        to_dataset(trajectory, ATTRIBUTES)


def test_attributes_and_ledgers_stand_as_text(dataset):
    assert dataset.attrs["title_zh"] == "基准情景"
    assert dataset.attrs["ledger_residual_people"] == "1.25e-15"
    assert all(isinstance(value, str) for value in dataset.attrs.values())


def test_an_attribute_that_is_not_text_is_refused(trajectory):
    with pytest.raises(TypeError, match="attribute 'seed' must be text"):
        to_dataset(trajectory, {**ATTRIBUTES, "seed": 1})


def test_netcdf_gives_back_exactly_what_was_written(make_dataset, tmp_path):
    dataset = make_dataset(members=3)
    dataset["output"].values[0, 0, 0] = np.nan
    write_netcdf(dataset, tmp_path / "trajectories.nc")
    again = read_netcdf(tmp_path / "trajectories.nc")
    xarray.testing.assert_identical(again, dataset)
    for name in dataset.variables:
        assert again[name].dtype == dataset[name].dtype, name
        assert again[name].values.tobytes() == dataset[name].values.tobytes(), name


def test_text_truths_and_whole_numbers_come_back_as_they_were(tmp_path):
    dataset = xarray.Dataset(
        {
            "failed": ("member", np.array([True, False])),
            "words": (("member", "year"), np.array([["a", ""], ["渌水", "b c"]])),
            "count": ("year", np.array([1, 2])),
            "whole": ((), 2.5, {"units": "year"}),
        },
        coords={"member": [0, 3], "year": [2020, 2021], "place": ("member", np.array(["x", "y"]))},
        attrs={"title": "渌水", "seed": 4},
    )
    write_netcdf(dataset, tmp_path / "mixed.nc")
    xarray.testing.assert_identical(read_netcdf(tmp_path / "mixed.nc"), dataset)


def test_what_is_added_beside_is_there_with_what_was_there_before(dataset, tmp_path):
    write_netcdf(dataset[["output"]], tmp_path / "trajectories.nc")
    write_netcdf(dataset[["residents"]], tmp_path / "trajectories.nc", beside=True)
    again = read_netcdf(tmp_path / "trajectories.nc")
    xarray.testing.assert_identical(again[["output", "residents"]], dataset[["output", "residents"]])


def test_what_does_not_fit_beside_what_the_file_has_is_told_and_changes_nothing(dataset, tmp_path):
    path = tmp_path / "trajectories.nc"
    write_netcdf(dataset[["output"]], path)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=r"trajectories.nc has the variable 'output' already"):
        write_netcdf(dataset[["residents", "output"]], path, beside=True)
    with pytest.raises(ValueError, match=r"trajectories.nc has the length \d+ along 'year', not 1"):
        write_netcdf(dataset[["residents"]].isel(year=[0]), path, beside=True)
    assert path.read_bytes() == before


def test_netcdf_is_compressed(make_dataset, tmp_path):
    dataset = make_dataset(members=3)
    write_netcdf(dataset, tmp_path / "trajectories.nc")
    import netCDF4

    with netCDF4.Dataset(tmp_path / "trajectories.nc") as stored:
        assert stored["residents"].filters()["zlib"]


def test_netcdf_of_the_same_run_is_the_same_file(make_dataset, tmp_path):
    write_netcdf(make_dataset(), tmp_path / "one.nc")
    write_netcdf(make_dataset(), tmp_path / "two.nc")
    assert (tmp_path / "one.nc").read_bytes() == (tmp_path / "two.nc").read_bytes()


def test_a_result_opened_without_options_reads_the_same_numbers(dataset, tmp_path):
    write_netcdf(dataset, tmp_path / "trajectories.nc")
    with xarray.open_dataset(tmp_path / "trajectories.nc") as plain:
        assert plain["year"].values.tolist() == list(range(2020, 2036))
        np.testing.assert_array_equal(plain["output"].values, dataset["output"].values)


def test_a_missing_and_a_broken_result_file_are_told_in_words(tmp_path):
    with pytest.raises(ProblemsError, match="the result file is missing"):
        read_netcdf(tmp_path / "none.nc")
    (tmp_path / "broken.nc").write_text("not netcdf")
    with pytest.raises(ProblemsError, match="not a result file"):
        read_netcdf(tmp_path / "broken.nc")


def test_a_file_for_which_there_is_no_room_is_an_error_that_names_it(dataset, tmp_path):
    resource = pytest.importorskip("resource", reason="limits on the size of files are those of Unix")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(OSError, match="is the disk full") as told:
            write_netcdf(dataset, tmp_path / "trajectories.nc")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert told.value.filename == str(tmp_path / "trajectories.nc")


def test_the_variables_that_are_asked_for_are_read_with_all_coordinates_and_attributes(make_dataset, tmp_path):
    dataset = make_dataset(members=2)
    write_netcdf(dataset, tmp_path / "trajectories.nc")
    again = read_netcdf(tmp_path / "trajectories.nc", only=("output", "nobody"))
    xarray.testing.assert_identical(again, dataset[["output"]].assign_coords(dataset.coords))
    assert read_netcdf(tmp_path / "trajectories.nc", only=()).attrs == dataset.attrs


def test_a_result_that_was_read_can_be_written_anew(make_dataset, tmp_path):
    path = tmp_path / "trajectories.nc"
    write_netcdf(make_dataset(members=2), path)
    kept = read_netcdf(path, only=("output",))
    write_netcdf(make_dataset(members=1), path)  # which is refused while the file is open
    assert (kept["output"].sizes["member"], read_netcdf(path).sizes["member"]) == (2, 1)
