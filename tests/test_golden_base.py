"""The base scenario gives the numbers that it gave before, unless somebody meant to change them."""

from __future__ import annotations

from golden_base import REGIONS, YEARS, Row, computed, recorded

from regionsim.results.indicator_catalogue import INDICATORS, find_indicator

TOLERANCE = 1e-9
RULE = (
    "\nThe base scenario no longer gives the numbers of tests/golden/base.csv. If that was not meant, find out why."
    "\nIf it was, renew the file with `python tests/golden_base.py` and say so in CHANGELOG.md, in the form:"
    "\nwhich scenarios, which variables, how much in 2035. The largest changes are:\n"
)


def apart(now: float, before: float) -> float:
    return abs(now - before) / max(abs(before), 1e-300)


def test_the_base_scenario_gives_the_golden_numbers() -> None:
    before, now = recorded(), computed()
    assert set(now) == set(before), RULE + "rows are missing or new: " + str(sorted(set(now) ^ set(before))[:5])
    changed = [row for row in before if not apart(now[row], before[row]) <= TOLERANCE]
    changed.sort(key=lambda row: -apart(now[row], before[row]))
    assert not changed, RULE + "\n".join(words(row, before[row], now[row]) for row in changed[:12])


def words(row: Row, before: float, now: float) -> str:
    region, variable, unit, year = row
    return f"  {region} {variable} {year}: {before:.12g} to {now:.12g} {unit} ({100 * (now / before - 1):+.3g} %)"


def test_the_golden_file_has_every_headline_of_zone_and_provinces() -> None:
    rows = recorded()
    assert {(region, name, year) for region, name, _, year in rows} == {
        (region, indicator.name, year) for region in REGIONS for indicator in INDICATORS for year in YEARS
    }
    assert rows["zone", "population", "person", 2020] == 11_722_945


def test_golden_numbers_differ_from_year_to_year() -> None:
    rows = recorded()
    # No treatment of village sewage is added without the plan, and the first round of compensation ends in 2022.
    ended = ("compensation_paid", "compensation_received", "compensation_awards")
    for name in ended:
        unit = find_indicator(name).unit
        assert rows["zone", name, unit, YEARS[0]] > 0 and not any(rows["zone", name, unit, year] for year in YEARS[1:])
    for indicator in (each for each in INDICATORS if each.name not in ("rural_sewage_coverage", *ended)):
        over_time = {rows["zone", indicator.name, indicator.unit, year] for year in YEARS}
        assert len(over_time) == len(YEARS), indicator.name
