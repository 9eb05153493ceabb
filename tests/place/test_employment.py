from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from regionsim.place.counties import county_codes
from regionsim.place.employment import FILE, employment_shares, load_employment
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError


def broken(folder: Path, old: str, new: str) -> Path:
    text = (DATA / FILE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / FILE).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def raw(code: str, year: int, industry: str) -> float:
    for line in (DATA / FILE).read_text(encoding="utf-8").splitlines():
        cells = line.split(",")
        if (cells[0], cells[2], cells[3]) == (code, str(year), industry):
            return float(cells[4])
    raise AssertionError(f"no row of {industry} for {code}")


@pytest.mark.parametrize("year", [2010, 2020])
def test_shares_of_every_county_sum_to_one_exactly(year: int) -> None:
    shares = employment_shares(year)
    assert shares.shape == (24, 3)
    assert (shares.sum(axis=1) == 1.0).all()
    assert (shares > 0.01).all()


def test_counties_stand_in_the_order_of_the_county_axis() -> None:
    assert tuple(county.code for county in load_employment()) == county_codes()


def test_industry_is_mining_manufacturing_utilities_and_construction() -> None:
    liuyang = next(county for county in load_employment() if county.code == "430181")
    four = sum(raw("430181", 2020, name) for name in ("mining", "manufacturing", "utilities", "construction"))
    assert liuyang.sampled_persons == raw("430181", 2020, "total")
    assert liuyang.shares["industry"] == pytest.approx(four / raw("430181", 2020, "total"), rel=1e-12)
    assert liuyang.shares["agriculture"] == pytest.approx(0.103, abs=0.0005)


def test_services_of_2010_are_the_total_less_the_rest_for_the_file_has_gaps() -> None:
    anyuan = load_employment(2010)[county_codes().index("360302")]
    rest = sum(
        raw("360302", 2010, name) for name in ("agriculture", "mining", "manufacturing", "utilities", "construction")
    )
    assert anyuan.shares["services"] == pytest.approx(1 - rest / 19680, rel=1e-12)


def test_people_left_agriculture_between_the_censuses() -> None:
    assert (employment_shares(2020)[:, 0] < employment_shares(2010)[:, 0]).sum() == 24


def test_a_missing_industry_names_county_and_industry(tmp_path: Path) -> None:
    lines = (DATA / FILE).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("430181,浏阳市,2020,finance,")]
    assert len(kept) == len(lines) - 1
    (tmp_path / FILE).write_text("".join(kept), encoding="utf-8")
    with pytest.raises(ProblemsError, match="no row of finance in 2020 for 430181"):
        load_employment(2020, tmp_path)


def test_a_blank_cell_of_2020_says_which_row(tmp_path: Path) -> None:
    value = raw("430181", 2020, "finance")
    folder = broken(tmp_path, f"430181,浏阳市,2020,finance,{value}\n", "430181,浏阳市,2020,finance,\n")
    with pytest.raises(ProblemsError, match=r"census_employment\.csv:\d+: finance of 430181 in 2020; found a blank"):
        load_employment(2020, folder)


def test_industries_that_miss_the_total_name_the_county(tmp_path: Path) -> None:
    value = raw("430181", 2020, "manufacturing")
    folder = broken(tmp_path, f"2020,manufacturing,{value}\n", f"2020,manufacturing,{value - 500}\n")
    with pytest.raises(ProblemsError, match=r"census_employment\.csv:\d+: total of 430181 in 2020; found 62969"):
        load_employment(2020, folder)


def test_a_row_that_stands_twice_says_where(tmp_path: Path) -> None:
    text = (DATA / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text + "430181,浏阳市,2020,finance,1\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match=r":890: finance of 430181 in 2020 stands twice; found also on line"):
        load_employment(2020, tmp_path)


def test_an_unknown_county_says_which_row(tmp_path: Path) -> None:
    text = (DATA / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text + "430182,某市,2020,finance,1\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match=r":890: county code; found 430182; .* did you mean '43018"):
        load_employment(2020, tmp_path)


def test_shares_agree_with_the_published_ones_of_anyuan() -> None:
    np.testing.assert_allclose(employment_shares()[0], [0.0361, 0.2134, 0.7505], atol=1e-4)
