from __future__ import annotations

from pathlib import Path

import pytest

from regionsim.place.counties import county_codes, load_counties
from regionsim.place.forest_cover import FILE, load_forest_cover
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError

RATIO = 53.03 / 59.98


def changed(folder: Path, old: str, new: str) -> Path:
    text = (DATA / FILE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / FILE).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_counties_stand_in_the_order_of_the_county_axis() -> None:
    assert tuple(load_forest_cover()) == county_codes()


@pytest.mark.parametrize(
    ("county", "value", "year", "quality"),
    [
        ("360302", 0.639, 2004, "secondary"),  # Anyuan: read long ago before remembered for 2020
        ("360322", 0.632, 2018, "derived"),  # Shangli: derived for 2018 before read for 2006
        ("430281", 0.546, 2008, "derived"),  # Liling: derived before remembered
        ("360881", 0.86, 2021, "secondary"),  # Jinggangshan: read for 2021 before remembered for 2020
        ("431028", 0.64, 2020, "recalled"),  # Anren: there is nothing else
        ("430626", 0.632, 2015, "official"),  # Pingjiang: 2015 before 2010
    ],
)
def test_what_was_read_or_derived_comes_before_what_is_remembered(
    county: str, value: float, year: int, quality: str
) -> None:
    cover = load_forest_cover()[county]
    assert cover.value == pytest.approx(value)
    assert (cover.year, str(cover.quality)) == (year, quality)


def test_the_range_takes_in_every_other_figure_of_the_county() -> None:
    anyuan = load_forest_cover()["360302"]
    assert (anyuan.low, anyuan.high) == pytest.approx((0.48, 0.639 * 1.05))
    shangli = load_forest_cover()["360322"]
    assert (shangli.low, shangli.high) == pytest.approx((0.508, 0.632 * 1.1))


def test_the_low_end_in_hunan_is_on_the_basis_of_the_land_survey() -> None:
    liuyang = load_forest_cover()["430181"]
    assert liuyang.low == pytest.approx(0.662 * RATIO)
    # 66.2 % of 2024 repeats 65.82 % of 2011, so it is on the older basis
    assert liuyang.high == pytest.approx(0.662 * 1.02)
    jinggangshan = load_forest_cover()["360881"]
    assert jinggangshan.low == pytest.approx(0.812)


def test_a_late_figure_of_hunan_that_repeats_none_may_be_on_either_basis() -> None:
    you = load_forest_cover()["430223"]
    assert (you.low, you.high) == pytest.approx((0.5642 * RATIO, 0.5642 / RATIO))
    assert [code for code, cover in load_forest_cover().items() if "already" in cover.note] == ["430223"]


def test_ranges_enclose_the_values() -> None:
    for cover in load_forest_cover().values():
        assert 0.4 < cover.low <= cover.value <= cover.high < 0.9


def test_the_counties_of_pingxiang_agree_with_the_prefecture() -> None:
    cover = load_forest_cover()
    counties = [county for county in load_counties() if county.prefecture == "Pingxiang"]
    mean = sum(county.area * cover[county.code].value for county in counties) / sum(c.area for c in counties)
    assert mean == pytest.approx(0.6776, abs=0.002)


def test_the_zone_is_near_seventy_per_cent() -> None:
    cover = load_forest_cover()
    area = sum(county.area for county in load_counties())
    assert sum(c.area * cover[c.code].value for c in load_counties()) / area == pytest.approx(0.692, abs=0.001)
    assert sum(c.area * cover[c.code].low for c in load_counties()) / area < 0.70
    assert sum(c.area * cover[c.code].high for c in load_counties()) / area > 0.70


def test_of_two_figures_equally_near_the_better_quality_wins(tmp_path: Path) -> None:
    official_of_2015 = load_forest_cover()["430626"].value
    folder = changed(tmp_path, "forest_coverage,2010,60,percent,official", "forest_coverage,2025,60,percent,secondary")
    assert load_forest_cover(folder)["430626"].value == official_of_2015


def test_a_nearer_figure_wins_over_a_better_one(tmp_path: Path) -> None:
    folder = changed(tmp_path, "forest_coverage,2010,60,percent,official", "forest_coverage,2016,60,percent,derived")
    assert load_forest_cover(folder)["430626"].value == pytest.approx(0.60)


def test_a_county_without_a_figure_is_named(tmp_path: Path) -> None:
    lines = (DATA / FILE).read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / FILE).write_text("".join(line for line in lines if "Anren" not in line), encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"forest_cover\.csv: no row of forest_coverage for 431028 \(Anren\)"):
        load_forest_cover(tmp_path)


def test_a_cover_above_a_hundred_per_cent_says_which_row(tmp_path: Path) -> None:
    folder = changed(tmp_path, "forest_coverage,2004,63.9,", "forest_coverage,2004,639,")
    with pytest.raises(ProblemsError, match=r"forest_cover\.csv:2: forest_coverage of 360302; found 639"):
        load_forest_cover(folder)


def test_the_provincial_rows_of_the_two_bases_are_needed(tmp_path: Path) -> None:
    folder = changed(tmp_path, "430000,Hunan,湖南省,forest_coverage,2022,", "430000,Hunan,湖南省,forest_coverage,2021,")
    with pytest.raises(ProblemsError, match="no row of forest_coverage in 2022 for Hunan"):
        load_forest_cover(folder)
