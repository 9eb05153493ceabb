from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from regionsim.place.counties import county_codes, load_counties
from regionsim.place.estimate import Estimate
from regionsim.place.output import load_output
from regionsim.place.public_budgets import FILE, base_transfers, load_published_budgets, own_revenue_shares
from regionsim.place.tables import DATA
from regionsim.place.urban_rural_residents import load_urban_rural_residents
from regionsim.problems import ProblemsError

STANDARD = Estimate(value=0.075, low=0.05, high=0.09, quality="secondary", source="test", year=2020)
PINGXIANG = ("360302", "360313", "360321", "360322", "360323")


def output(code: str) -> float:
    return {county.code: county.total.value for county in load_output()}[code]


def broken(folder: Path, old: str, new: str) -> Path:
    text = (DATA / FILE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / FILE).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_a_published_budget_of_2020_is_taken_as_it_is():
    yongxin = load_published_budgets()["360830"]
    assert yongxin.revenue_share.value * output("360830") == pytest.approx(760.5)
    assert yongxin.spending is not None
    assert yongxin.spending.value == pytest.approx(4035.3)


def test_a_budget_of_2021_is_read_against_the_output_of_its_own_year():
    suichuan = load_published_budgets()["360827"]
    assert suichuan.revenue_share.value == pytest.approx(10.853 / 200.7617)
    assert suichuan.spending is not None
    assert suichuan.spending.value == pytest.approx(48.309 / 200.7617 * output("360827"))
    assert suichuan.revenue_share.quality == "derived"
    assert suichuan.revenue_share.high == pytest.approx(1.03 * suichuan.revenue_share.value)


def test_a_district_has_the_revenue_of_its_own_level():
    assert load_published_budgets()["360902"].revenue_share.value * output("360902") == pytest.approx(2361.9)


def test_the_counties_of_pingxiang_share_the_budget_of_their_prefecture():
    budgets = load_published_budgets()
    assert sum(budgets[code].revenue_share.value * output(code) for code in PINGXIANG) == pytest.approx(10_611)
    spending = {code: budgets[code].spending for code in PINGXIANG}
    assert sum(each.value for each in spending.values() if each) == pytest.approx(28_133)
    people = {residents.code: residents.total for residents in load_urban_rural_residents()}
    per_resident = {each.value / people[code] for code, each in spending.items() if each}
    assert max(per_resident) == pytest.approx(min(per_resident))


def test_a_county_without_a_budget_has_the_standard_share_with_its_range():
    shares = own_revenue_shares(STANDARD)
    assert tuple(shares) == county_codes()
    assert shares["360424"] is STANDARD
    assert shares["430224"].value == pytest.approx(811 / output("430224"))


def test_published_budgets_close_with_their_transfers():
    transfers = base_transfers(STANDARD, 0.6, 0.04).transfers
    for code, budget in load_published_budgets().items():
        if budget.spending is not None:
            revenue = budget.revenue_share.value * output(code) + transfers[code].value
            assert revenue * 1.04 == pytest.approx(budget.spending.value), code


def test_counties_without_spending_have_the_pooled_need_of_the_others():
    base = base_transfers(STANDARD, 0.6, 0.04)
    people = {residents.code: residents.total for residents in load_urban_rural_residents()}
    xiushui = base.transfers["360424"]
    need = base.need_per_resident.value * people["360424"]
    assert xiushui.value == pytest.approx(0.6 * (need - 0.075 * output("360424")))
    assert xiushui.low < xiushui.value < xiushui.high
    assert base.need_per_resident.low < base.need_per_resident.value < base.need_per_resident.high
    assert 0.015 < base.need_per_resident.value < 0.017


def test_all_counties_together_spend_what_the_evidence_has_of_output():
    transfers = base_transfers(STANDARD, 0.6, 0.04).transfers
    shares = own_revenue_shares(STANDARD)
    own = sum(shares[code].value * output(code) for code in county_codes())
    revenue = own + sum(each.value for each in transfers.values())
    assert revenue * 1.04 / sum(output(code) for code in county_codes()) == pytest.approx(0.211, abs=0.002)
    assert 0.12 < own / (revenue * 1.04) < 0.79


def test_a_richer_county_without_a_budget_gets_less_per_resident():
    transfers = base_transfers(STANDARD, 0.6, 0.04).transfers
    people = {residents.code: residents.total for residents in load_urban_rural_residents()}
    published = load_published_budgets()
    rest = [county.code for county in load_counties() if county.code not in published]
    rest.sort(key=lambda code: output(code) / people[code])
    per_resident = [transfers[code].value / people[code] for code in rest]
    assert per_resident == sorted(per_resident, reverse=True)


def test_spending_without_revenue_is_named(tmp_path):
    folder = broken(tmp_path, "360830,budget_revenue_general,2020", "360827,budget_revenue_general,2020")
    with pytest.raises(ProblemsError, match=r"public_budgets.csv:\d+: budget_expenditure_general of 360830"):
        load_published_budgets(folder)


def test_a_budget_of_another_year_needs_the_output_of_that_year(tmp_path):
    folder = broken(tmp_path, "430281,gdp,2018", "430281,gdp,2019")
    with pytest.raises(ProblemsError, match="budget_revenue_general of 430281 in 2018; expected its gdp of 2018"):
        load_published_budgets(folder)


def test_another_unit_is_named(tmp_path):
    shutil.copy(DATA / FILE, tmp_path)
    folder = broken(
        tmp_path,
        "430224,budget_revenue_general,2020,8.11,100 million CNY",
        "430224,budget_revenue_general,2020,8.11,10000 CNY",
    )
    with pytest.raises(
        ProblemsError, match="unit of budget_revenue_general; found 10000 CNY; expected 100 million CNY"
    ):
        load_published_budgets(folder)
