"""Agreements as they stand in the data."""

from __future__ import annotations

import shutil

import pytest

from regionsim.place.agreements import (
    AGREEMENTS_FILE,
    OPEN_END,
    PARTIES_FILE,
    agreement_keys,
    load_agreements,
    model_year,
)
from regionsim.place.rivers import DRAINAGE_FILE, RIVERS_FILE
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError


@pytest.fixture
def changed(tmp_path):
    def change(file, old, new):
        for name in (AGREEMENTS_FILE, PARTIES_FILE, RIVERS_FILE, DRAINAGE_FILE):
            shutil.copy(DATA / name, tmp_path / name)
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
        return tmp_path

    return change


def _agreement(key):
    return next(each for each in load_agreements() if each.key == key)


def test_model_years_run_from_census_day():
    assert model_year("2020-11") == 2020
    assert model_year("2020-10", end=True) == 2020
    assert model_year("2019-07") == pytest.approx(2020 - 16 / 12)
    assert model_year("2022-06", end=True) == pytest.approx(2020 + 20 / 12)


@pytest.mark.parametrize("text", ["2019", "2019-13", "2019-7", "07-2019", ""])
def test_a_text_that_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="a month like 2019-07"):
        model_year(text)


def test_the_first_round_of_the_lushui_agreement_is_as_reported():
    first = _agreement("lushui_first_round")
    assert (first.reach, first.target_class, first.brought_by) == ("lushui_jinyushi", "III", "standing")
    assert first.price * 36 == pytest.approx(30, rel=0.01)
    assert first.award == pytest.approx(109 / 3, rel=0.02)
    assert first.end - first.start == pytest.approx(3)
    assert set(first.upstream) == {"360302", "360313", "360322"} and set(first.downstream) == {"430281"}
    assert first.renewals() == [first.start]


def test_the_second_round_follows_the_first_without_a_gap_and_waits_for_its_measure():
    first, second = _agreement("lushui_first_round"), _agreement("lushui_second_round")
    assert second.start == pytest.approx(first.end)
    assert second.first_signed == first.start
    assert (second.end, second.brought_by) == (OPEN_END, "lushui_renewal")
    assert second.renewals()[:3] == pytest.approx([second.start, second.start + 3, second.start + 6])


def test_only_the_first_round_stood_in_2020():
    assert [each.key for each in load_agreements() if each.brought_by == "standing"] == ["lushui_first_round"]
    assert agreement_keys()[:2] == ("lushui_first_round", "lushui_second_round")


def test_upstream_shares_are_whole_and_downstream_shares_leave_the_rest_to_the_province():
    for each in load_agreements():
        assert sum(each.upstream.values()) == pytest.approx(1)
        assert 0 < sum(each.downstream.values()) <= 1
    assert _agreement("lushui_first_round").downstream == {"430281": 0.4}


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            AGREEMENTS_FILE,
            "修河：铜鼓至修水,xiu_tonggu,",
            "修河：铜鼓至修水,xiu_tongu,",
            "reach of xiu; found xiu_tongu",
        ),
        (AGREEMENTS_FILE, "2019-07,2022-06,", "2019-07,2019-06,", "end of lushui_first_round; expected an end after"),
        (AGREEMENTS_FILE, "2019-07,2022-07,", "2023-07,2022-07,", "first signing of lushui_second_round"),
        (AGREEMENTS_FILE, "2019-07,2022-06,", "2019-07,June 2022,", "column 'end'; found 'June 2022'"),
        (AGREEMENTS_FILE, "lushui_jinyushi,III,0.83,0,", "lushui_jinyushi,IV,0.83,0,", "one of II, III"),
        (AGREEMENTS_FILE, "\nyuan,", "\nxiu,", "agreement 'xiu' stands twice; found also on line 4"),
        (
            PARTIES_FILE,
            "lushui_first_round,360313,upstream,0.40",
            "lushui_first_round,360313,upstream,0.5",
            "found 1.1",
        ),
        (PARTIES_FILE, "\nxiu,360424,downstream", "\nxiuu,360424,downstream", "did you mean 'xiu'?"),
        (PARTIES_FILE, "\nxiu,360424,", "\nxiu,360999,", "county; found 360999"),
        (PARTIES_FILE, "\nxiu,360424,", "\nxiu,360926,", "county 360926 stands twice in xiu"),
        (
            PARTIES_FILE,
            "shangyou,360724,downstream,0.5",
            "shangyou,360724,downstream,0.6",
            "downstream shares of shang",
        ),
    ],
)
def test_a_broken_file_says_which_row(changed, file, old, new, words):
    with pytest.raises(ProblemsError) as error:
        load_agreements(changed(file, old, new))
    assert words in str(error.value)
