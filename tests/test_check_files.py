"""A check file that is wrong says so in words, and a check that does not hold says where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from whole_model import county, run

from regionsim.engine.integrate import Trajectory
from regionsim.language.axes import MEMBER
from regionsim.problems import ProblemsError
from regionsim.studies.checks.files import Check, read_checks
from regionsim.studies.checks.judgement import failures, pair_failures
from regionsim.studies.ensemble import joined

WRONG = Path(__file__).parent / "checks" / "wrong"
CASES = sorted(path.stem for path in WRONG.glob("*.yaml"))


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_check_file_is_told_what_is_wrong_in_these_words(case: str) -> None:
    with pytest.raises(ProblemsError) as raised:
        read_checks(WRONG / f"{case}.yaml")
    assert str(raised.value) + "\n" == (WRONG / f"{case}.expected").read_text(encoding="utf-8")


def test_every_expected_text_of_a_check_has_its_file() -> None:
    assert sorted(path.stem for path in WRONG.glob("*.expected")) == CASES and CASES


def checked(tmp_path: Path, text: str) -> Check:
    file = tmp_path / "checks.yaml"
    file.write_text("checks:\n" + text, encoding="utf-8")
    (check,) = read_checks(file)
    return check


def spoilt(name: str, where: tuple[int, ...], value: float) -> Trajectory:
    """The base run with one value of one variable replaced."""
    trajectory = run().trajectory
    values = trajectory.variables[name].values.copy()
    values[where] = value
    variables = {**trajectory.variables, name: replace(trajectory.variables[name], values=values)}
    return replace(trajectory, variables=variables)


LIANHUA = county("Lianhua")


def test_a_value_outside_its_limits_is_named_with_year_and_county(tmp_path: Path) -> None:
    check = checked(
        tmp_path,
        "- {name: Urban share, tags: [shares], variable: urban_share, within: [0, 1]}",
    )
    assert failures(check, run().trajectory) == []
    assert failures(check, spoilt("urban_share", (11, 0, LIANHUA), 1.25)) == [
        "Urban share: urban_share is 1.25 in 2031, county 360321 (Lianhua), expected at most 1"
    ]


def test_the_member_that_breaks_a_limit_is_named(tmp_path: Path) -> None:
    check = checked(
        tmp_path,
        "- {name: Urban share, tags: [shares], variable: urban_share, within: [0, 1]}",
    )
    both = joined([run().trajectory, spoilt("urban_share", (11, 0, LIANHUA), 1.25)])
    named = replace(both, labels={**both.labels, MEMBER: ("base", "forest_closing_rate-high")})
    assert failures(check, named) == [
        "Urban share: urban_share is 1.25 in 2031, county 360321 (Lianhua), member forest_closing_rate-high, "
        "expected at most 1"
    ]


def test_a_value_that_is_not_a_number_fails_every_limit(tmp_path: Path) -> None:
    trajectory = spoilt("urban_share", (3, 0, LIANHUA), np.nan)
    for limit in ("within: [0, 1]", "at_least: 0", "at_most: 1", "equals: urban_share", "finite: true"):
        check = checked(tmp_path, f"- {{name: Urban share, tags: [shares], variable: urban_share, {limit}}}")
        (line,) = failures(check, trajectory)[:1]
        assert line.startswith("Urban share: urban_share is nan in 2023, county 360321 (Lianhua)"), limit


def test_a_sum_is_held_against_another_name(tmp_path: Path) -> None:
    text = "- {name: Land, tags: [land], sum: [forest_area, cropland, built_up_land, other_land], equals: county_area}"
    check = checked(tmp_path, text)
    assert failures(check, run().trajectory) == []
    (line,) = failures(check, spoilt("cropland", (0, 0, LIANHUA), 0.0))
    assert line.startswith("Land: forest_area + cropland + built_up_land + other_land is ")
    assert line.endswith(" in 2020, county 360321 (Lianhua), expected equals county_area")


def test_years_counties_labels_and_sums_narrow_a_check(tmp_path: Path) -> None:
    narrow = ", from: 2025, to: 2030, counties: [莲花县], where: {residence: rural}, total: [cohort]"
    check = checked(tmp_path, f"- {{name: People, tags: [people], variable: residents, at_least: 0{narrow}}}")
    assert failures(check, spoilt("residents", (10, 0, LIANHUA, 0, 5), -1e6))
    for elsewhere in ((11, 0, LIANHUA, 0, 5), (4, 0, LIANHUA, 0, 5), (10, 0, 0, 0, 5), (10, 0, LIANHUA, 1, 5)):
        assert failures(check, spoilt("residents", elsewhere, -1e6)) == [], elsewhere
    assert failures(check, spoilt("residents", (10, 0, LIANHUA, 0, 5), -1.0)) == []  # the sum is still positive


def test_a_pattern_covers_every_name_that_fits_it(tmp_path: Path) -> None:
    check = checked(tmp_path, "- {name: Shares, tags: [shares], variable: '*_share', within: [0, 1]}")
    for name in ("urban_share", "farming_share"):
        (line,) = failures(check, spoilt(name, (1, 0, 0), -0.5))
        assert f": {name} is -0.5 in 2021" in line


def test_a_ledger_that_leaks_is_named(tmp_path: Path) -> None:
    check = checked(tmp_path, "- {name: Books, tags: [ledgers], ledger: '*', at_most: 1.0e-9}")
    leaking = replace(run().trajectory, ledgers={**run().trajectory.ledgers, "land": 3e-7})
    assert failures(check, leaking) == ["Books: the residual of ledger land is 3e-07, at most 1e-09"]


def test_rounding_is_allowed_and_nothing_more(tmp_path: Path) -> None:
    check = checked(tmp_path, "- {name: Urban share, tags: [shares], variable: urban_share, at_most: 1}")
    assert failures(check, spoilt("urban_share", (0, 0, 0), 1 + 5e-10)) == []
    assert failures(check, spoilt("urban_share", (0, 0, 0), 1 + 5e-9))


@pytest.mark.parametrize(
    ("sign", "down", "same", "up"),
    [
        (">0", False, False, True),
        (">=0", False, True, True),
        ("=0", False, True, False),
        ("<=0", True, True, False),
        ("<0", True, False, False),
    ],
)
def test_a_sign_holds_where_it_should_and_nowhere_else(
    tmp_path: Path, sign: str, down: bool, same: bool, up: bool
) -> None:
    text = f"- name: Pair\n  tags: [signs]\n  pair: {{change: {{}}, variable: population, sign: '{sign}', from: 2021}}"
    pair = checked(tmp_path, text).pair
    assert pair is not None
    base = run().trajectory
    variable = base.variables["population"]
    for factor, holds in ((0.99, down), (1.0, same), (1.01, up)):
        moved = replace(
            base, variables={**base.variables, "population": replace(variable, values=variable.values * factor)}
        )
        assert (pair_failures("Pair", pair, moved, base) == []) == holds, factor


def test_a_pair_that_goes_the_wrong_way_names_its_worst_county(tmp_path: Path) -> None:
    text = "- name: Pair\n  tags: [signs]\n  pair: {change: {}, variable: population, sign: '>=0'}"
    pair = checked(tmp_path, text).pair
    assert pair is not None
    base = run().trajectory
    value = float(base.variables["population"].values[5, 0, LIANHUA])
    lines = pair_failures("Pair", pair, spoilt("population", (5, 0, LIANHUA), value - 250), base)
    assert lines == ["Pair: population differs by -250 in 2025, county 360321 (Lianhua), expected >=0"]
