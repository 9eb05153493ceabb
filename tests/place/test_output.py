from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from regionsim.place.base_output import base_sector_output
from regionsim.place.counties import county_codes
from regionsim.place.output import FILE, load_output
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError

ANYUAN, LIUYANG, LUXI = "360302", "430181", "360323"


def broken(folder: Path, old: str, new: str) -> Path:
    text = (DATA / FILE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / FILE).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def of(code: str, folder: Path = DATA):  # type: ignore[no-untyped-def]
    return next(county for county in load_output(folder) if county.code == code)


def test_counties_stand_in_the_order_of_the_county_axis() -> None:
    assert tuple(county.code for county in load_output()) == county_codes()


def test_a_published_county_is_taken_as_it_is_in_million_yuan() -> None:
    liuyang = of(LIUYANG)
    assert liuyang.total.value == pytest.approx(149300)
    assert [liuyang.sectors[s].value for s in ("agriculture", "industry", "services")] == pytest.approx(
        [12880, 76460, 59960]
    )
    assert liuyang.sectors["industry"].quality == "official"
    assert (liuyang.total.low, liuyang.total.high) == pytest.approx((147807, 150793))


def test_sectors_sum_to_the_total_of_every_county() -> None:
    totals = [county.total.value for county in load_output()]
    np.testing.assert_allclose(base_sector_output().sum(axis=1), totals, rtol=1e-12)


def test_anyuan_has_the_development_zone_in_its_total_and_its_sectors() -> None:
    anyuan = of(ANYUAN)
    assert anyuan.total.value == pytest.approx(48835)
    # Pingxiang 76.2554, 420.3128 and 467.0354 less Xiangdong, Lianhua, Shangli and Luxi, by hand
    by_hand = np.array(
        [
            76.2554 - (17.68 + 11.00 + 18.89 + 22.33),
            420.3128 - (48.42 + 21.51 + 67.16 + 36.39),
            467.0354 - (61.16 + 30.98 + 83.52 + 56.22),
        ]
    )
    scaled = by_hand / by_hand.sum() * 48835
    assert [anyuan.sectors[s].value for s in ("agriculture", "industry", "services")] == pytest.approx(scaled)
    assert "development zone" in anyuan.total.note


def test_the_small_remainder_of_anyuan_carries_the_errors_of_all_that_was_subtracted() -> None:
    agriculture = of(ANYUAN).sectors["agriculture"]
    error = np.sqrt(0.76255**2 + 0.05**2 * (17.68**2 + 11.0**2 + 18.89**2 + 22.33**2)) / 6.3554
    assert (agriculture.high - agriculture.value) / agriculture.value == pytest.approx(error, rel=1e-6)


def test_the_counties_of_pingxiang_sum_to_the_prefecture() -> None:
    pingxiang = sum(of(code).total.value for code in ("360302", "360313", "360321", "360322", "360323"))
    assert pingxiang == pytest.approx(96360.36, rel=1e-4)


def test_an_official_row_wins_over_a_derived_one_wherever_it_stands(tmp_path: Path) -> None:
    shutil.copy(DATA / FILE, tmp_path)
    row = f"{LUXI},Luxi County,芦溪县,gdp,2020,115.0,100 million CNY (nominal),official,communique,0.01\n"
    with (tmp_path / FILE).open("a", encoding="utf-8") as stream:
        stream.write(row)
    luxi = of(LUXI, tmp_path)
    assert (luxi.total.value, luxi.total.quality) == (11500, "official")
    assert sum(e.value for e in luxi.sectors.values()) == pytest.approx(11500)


def test_two_rows_that_nothing_decides_between_are_a_problem(tmp_path: Path) -> None:
    shutil.copy(DATA / FILE, tmp_path)
    with (tmp_path / FILE).open("a", encoding="utf-8") as stream:
        stream.write(f"{LUXI},Luxi County,芦溪县,gdp,2020,115.0,100 million CNY (nominal),derived,other,0.03\n")
    with pytest.raises(ProblemsError, match=rf"{FILE}:103: second row of gdp in 2020 for {LUXI}; found 115"):
        load_output(tmp_path)


def test_sectors_that_miss_the_total_name_the_county(tmp_path: Path) -> None:
    folder = broken(tmp_path, "gdp_secondary,2020,764.6,", "gdp_secondary,2020,784.6,")
    with pytest.raises(ProblemsError, match=r"county_output\.csv:\d+: sectors of 430181 summed; found 1513"):
        load_output(folder)


def test_a_total_of_nothing_names_the_county(tmp_path: Path) -> None:
    folder = broken(tmp_path, "gdp,2020,1493.0,", "gdp,2020,0,")
    with pytest.raises(ProblemsError, match=r"sectors of 430181 summed; found 1493\.00; expected 0, the gdp"):
        load_output(folder)


def test_a_zone_total_that_does_not_fit_the_prefecture_is_a_problem(tmp_path: Path) -> None:
    folder = broken(tmp_path, "gdp_incl_development_zone,2020,488.35,", "gdp_incl_development_zone,2020,588.35,")
    with pytest.raises(ProblemsError, match=r"of Anyuan; found 588\.35; expected 488\.35, Pingxiang less"):
        load_output(folder)


def test_a_missing_row_names_county_and_variable(tmp_path: Path) -> None:
    lines = (DATA / FILE).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{LIUYANG},Liuyang City,浏阳市,gdp_tertiary,")]
    assert len(kept) == len(lines) - 1
    (tmp_path / FILE).write_text("".join(kept), encoding="utf-8")
    with pytest.raises(ProblemsError, match=f"no row of gdp_tertiary in 2020 for {LIUYANG}"):
        load_output(tmp_path)


def test_every_broken_row_is_reported_at_once(tmp_path: Path) -> None:
    lines = (DATA / FILE).read_text(encoding="utf-8").splitlines(keepends=True)
    lines[2] = lines[2].replace("100 million CNY (nominal)", "10 thousand CNY")
    lines[4] = lines[4].replace(ANYUAN, "360303")
    (tmp_path / FILE).write_text("".join(lines), encoding="utf-8")
    with pytest.raises(ProblemsError) as error:
        load_output(tmp_path)
    assert [problem.line for problem in error.value.problems] == [3, 5]
    assert "expected 100 million CNY (nominal)" in str(error.value)
    assert "did you mean '36" in str(error.value)
