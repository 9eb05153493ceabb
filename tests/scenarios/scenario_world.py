"""A small world for scenarios: two parameter files, three transport projects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from regionsim.place.counties import county_codes
from regionsim.problems import nearest_name
from regionsim.scenarios.scenario import Scenario

DEMOGRAPHY = """\
birth_rate:
  about: Births per resident and year.
  unit: 1/year
  value: 0.008
  range: {low: 0.003, high: 0.02, shape: triangular}
  quality: recalled
  source: made for the tests

total_fertility:
  about: Births per woman over her life.
  unit: dimensionless
  value: {2020: 1.3, 2030: 1.2}
  range: {low: 0.8, high: 1.2, shape: uniform, as: factor}
  quality: recalled
  source: made for the tests

mortality_of_age:
  about: Deaths per person and year by age.
  unit: 1/year
  argument: {unit: year}
  points: {0: 0.01, 50: 0.005, 100: 0.3}
  range: {low: 0, high: 1, shape: uniform}
  quality: recalled
  source: made for the tests
"""
ECONOMY = f"""\
capital_share:
  about: Share of capital in value added.
  unit: dimensionless
  over: sector
  value: {{agriculture: 0.1, industry: 0.4, services: 0.3}}
  range: {{low: 0.05, high: 0.6, shape: triangular}}
  quality: recalled
  source: made for the tests

public_investment:
  about: What the zone invests from its budgets.
  unit: million CNY_2020/year
  value: 1000
  range: {{low: 100, high: 5000, shape: triangular}}
  quality: recalled
  source: made for the tests

wage_gap:
  about: Wage against the mean of the zone.
  unit: dimensionless
  over: [residence, sector]
  value:
    rural: {{agriculture: 0.5, industry: 0.8, services: 0.7}}
    urban: {{agriculture: 0.6, industry: 1.2, services: 1.1}}
  range: {{low: 0.5, high: 2, shape: lognormal, as: factor}}
  quality: recalled
  source: made for the tests

subsidy:
  about: What a county gets for each hectare of forest.
  unit: million CNY_2020/ha/year
  over: county
  value: {{{", ".join(f"{code}: 0.001" for code in county_codes())}}}
  range: {{low: 0, high: 0.01, shape: uniform}}
  quality: assumption
  source: made for the tests

park_size:
  about: Land of the common park.
  unit: ha
  value: {{2025: 0, 2030: 500}}
  kind: step
  range: {{low: 0, high: 1000, shape: uniform}}
  quality: assumption
  source: made for the tests

lithium_price_index:
  about: Price of lithium against 2020.
  unit: dimensionless
  value: {{2020: 1, 2035: 1}}
  range: {{low: 0.5, high: 8, shape: triangular, as: factor}}
  quality: assumption
  source: made for the tests

visit_disturbance:
  about: Factor on the wish to visit.
  unit: dimensionless
  value: 1
  range: {{low: 0, high: 1, shape: uniform}}
  quality: assumption
  source: made for the tests
"""

PROJECTS = {
    "changsha-ganzhou-railway": ("长赣高铁", "HSR10"),
    "suichuan-dayu-expressway": ("遂大高速", "EX07"),
    "shanghai-kunming-railway": ("沪昆高铁", "HSR01"),
}

Load = Callable[[str | Path], Scenario]


def find_project(name: str) -> str:
    """The slug of a slug, an id or a Chinese name. Raises KeyError with the nearest of them."""
    spellings = {spelling: slug for slug, others in PROJECTS.items() for spelling in (slug, *others)}
    if name not in spellings:
        raise KeyError(nearest_name(name, spellings))
    return spellings[name]
