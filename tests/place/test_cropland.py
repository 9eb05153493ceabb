from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from regionsim.place.counties import county_codes
from regionsim.place.cropland import FILE, fit_cropland_share, load_cropland, load_published_cropland, retention_target
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError

# ha of land without forest, from the areas and covers of the five counties with a figure, by hand
WITHOUT_FOREST = {
    "360321": 106311 * 0.32,
    "360322": 72849 * 0.368,
    "430223": 265090 * 0.4358,
    "430224": 250711 * 0.3712,
    "431027": 145311 * 0.18,
}
CROPLAND = {"360321": 14867, "360322": 12533, "430223": 50220, "430224": 27080, "431027": 8283}


def broken(folder: Path, old: str, new: str) -> Path:
    shutil.copy(DATA / "forest_cover.csv", folder)
    text = (DATA / FILE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / FILE).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_five_counties_have_a_published_figure_of_this_century() -> None:
    assert {code: row.value for code, row in load_published_cropland().items()} == CROPLAND


def test_the_fit_is_the_pooled_share_of_the_land_without_forest() -> None:
    fit = fit_cropland_share()
    assert fit.share == pytest.approx(sum(CROPLAND.values()) / sum(WITHOUT_FOREST.values()))
    assert (fit.low, fit.high) == pytest.approx((27080 / WITHOUT_FOREST["430224"], 12533 / WITHOUT_FOREST["360322"]))
    assert set(fit.counties) == set(CROPLAND)


def test_the_share_foretells_the_old_figure_of_liling_that_is_not_in_the_fit() -> None:
    assert load_cropland()["430281"].value == pytest.approx(38293, rel=0.03)


def test_a_published_figure_is_taken_as_it_is() -> None:
    you = load_cropland()["430223"]
    assert (you.value, you.quality, you.year) == (50220, "official", 2019)


def test_a_derived_figure_says_so_and_has_the_range_of_share_and_forest() -> None:
    fit = fit_cropland_share()
    tonggu = load_cropland()["360926"]
    assert tonggu.quality == "derived"
    assert tonggu.value == pytest.approx(fit.share * 154898 * (1 - 0.8804))
    assert tonggu.low == pytest.approx(fit.low * 154898 * (1 - 0.8804 * 1.01))
    assert tonggu.high == pytest.approx(fit.high * 154898 * (1 - 0.8804 * 0.99))
    assert load_cropland()["431028"].quality == "recalled"  # its forest cover is


def test_counties_stand_in_the_order_of_the_county_axis() -> None:
    assert tuple(load_cropland()) == county_codes()


def test_the_retention_target_is_jiangxis_of_2035_over_2019() -> None:
    assert retention_target() == pytest.approx(2669727 / 2721600)


def test_cropland_above_the_county_area_says_which_row(tmp_path: Path) -> None:
    folder = broken(tmp_path, "cropland_area,2019,50220,", "cropland_area,2019,502200,")
    with pytest.raises(ProblemsError, match=r"cropland\.csv:5: cropland_area of 430223; found 502200 ha"):
        load_cropland(folder)


def test_cropland_above_the_land_without_forest_says_which_row(tmp_path: Path) -> None:
    folder = broken(tmp_path, "cropland_area,2019,50220,", "cropland_area,2019,150220,")
    with pytest.raises(ProblemsError, match=r"cropland\.csv:5: cropland_area of 430223; .* less than 115526 ha"):
        load_cropland(folder)


def test_a_wrong_unit_says_which_row(tmp_path: Path) -> None:
    folder = broken(tmp_path, "cropland_area,2019,8283,ha,", "cropland_area,2019,8283,mu,")
    with pytest.raises(ProblemsError, match=r"cropland\.csv:8: unit of cropland_area; found mu; expected ha"):
        load_cropland(folder)


def test_a_missing_target_is_named(tmp_path: Path) -> None:
    lines = (DATA / FILE).read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / FILE).write_text("".join(line for line in lines if "retention" not in line), encoding="utf-8")
    with pytest.raises(ProblemsError, match="no row of cropland_retention_target for Jiangxi"):
        retention_target(tmp_path)
