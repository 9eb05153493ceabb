from __future__ import annotations

import math
from pathlib import Path

import pytest

from regionsim.place.counties import county_codes
from regionsim.place.estimate import Estimate
from regionsim.place.tables import DATA
from regionsim.place.tourism import FILE, load_tourism, tourism_inputs
from regionsim.place.urban_rural_residents import load_urban_rural_residents
from regionsim.problems import ProblemsError
from regionsim.studies.model import evidence


def figure(value: float, low: float, high: float) -> Estimate:
    return Estimate(value=value, low=low, high=high, quality="recalled", source="test", year=2019)


GROWTH, SPENDING = figure(0.1, 0.05, 0.2), figure(700, 350, 1000)


@pytest.fixture(scope="module")
def by_code():
    return {one.code: one for one in load_tourism(GROWTH, SPENDING)}


def changed(folder: Path, old: str, new: str) -> Path:
    text = (DATA / FILE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / FILE).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_counties_stand_in_the_order_of_the_county_axis(by_code) -> None:
    assert tuple(by_code) == county_codes()


def test_a_figure_of_the_last_ordinary_year_is_taken_as_it_is(by_code) -> None:
    jinggangshan = by_code["360881"]
    assert jinggangshan.visits.value == pytest.approx(19_321_400)
    assert (jinggangshan.visits.quality, jinggangshan.visits.note) == ("secondary", "")
    assert jinggangshan.visits.low == pytest.approx(0.85 * 19_321_400)


def test_an_older_figure_is_moved_by_reported_growth_and_its_range_widens(by_code) -> None:
    yanling = by_code["430225"].visits  # 3.0125 million in 2013, 10 % uncertain
    assert yanling.value == pytest.approx(3_012_500 * math.exp(0.6))
    assert (yanling.low, yanling.high) == pytest.approx(
        (3_012_500 * 0.9 * math.exp(0.3), 3_012_500 * 1.1 * math.exp(1.2))
    )
    assert yanling.quality == "recalled"


def test_the_latest_figure_is_taken(by_code) -> None:
    assert by_code["430181"].visits.year == 2018
    assert by_code["430181"].spending.value == pytest.approx(292e8 / 2812e4)


def test_a_county_without_a_figure_has_the_visits_of_zhuzhou_per_resident(by_code) -> None:
    residents = {one.code: one.total for one in load_urban_rural_residents()}
    tonggu = by_code["360926"]
    rate = 45_573_900 * math.exp(0.3) / 3_902_738
    assert tonggu.visits.value == pytest.approx(residents["360926"] * rate)
    assert tonggu.visits.low < 0.4 * tonggu.visits.value < 2.5 * tonggu.visits.value < tonggu.visits.high
    assert tonggu.spending == SPENDING


def test_the_inputs_carry_the_parameters_values() -> None:
    visits, spending = tourism_inputs(evidence())
    assert (visits.unit, spending.unit) == ("visit/year", "million CNY_2020/visit")
    assert visits.values.size == spending.values.size == 24
    assert spending.values.reshape(-1)[county_codes().index("360926")] == pytest.approx(700e-6)
    # Zhuzhou's 45.6 million visits are 18 a resident in 2019: a zone of 11.7 million people has some 240 million.
    assert 150e6 < visits.values.sum() < 350e6


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "430626,Pingjiang County,平江县,tourism_revenue,2016",
            "430626,Pingjiang County,平江县,tourism_revenue,2015",
            "no row of tourism_revenue in 2016 for 430626",
        ),
        ("tourism_visits,2019,1932.14,10000 visits", "tourism_visits,2019,1932.14,visits", "unit of tourism_visits"),
        ("population_resident,2020", "population_resident,2019", "no row of population_resident in 2020 for 430200"),
    ],
)
def test_a_broken_file_says_what_is_missing(tmp_path: Path, old: str, new: str, problem: str) -> None:
    with pytest.raises(ProblemsError, match=problem):
        load_tourism(GROWTH, SPENDING, folder=changed(tmp_path, old, new))


def test_without_zhuzhou_there_is_no_rule(tmp_path: Path) -> None:
    lines = (DATA / FILE).read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / FILE).write_text("".join(line for line in lines if not line.startswith("430200")), encoding="utf-8")
    with pytest.raises(ProblemsError, match="Zhuzhou"):
        load_tourism(GROWTH, SPENDING, folder=tmp_path)
