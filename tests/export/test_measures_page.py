"""The page of the measures: fresh, with every row of the plan, and parameters that belong to their lever."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from regionsim.export.atlas import load_atlas
from regionsim.export.listing import EVIDENCE_FILE
from regionsim.export.markdown import anchors
from regionsim.export.measures_page import measures_page
from regionsim.place.plan_instruments import load_instruments
from regionsim.place.projects import find_project
from regionsim.problems import ProblemsError
from regionsim.scenarios.measures import load_measures
from regionsim.studies.levers import nearest_parameters

DOCS = Path(__file__).parents[2] / "docs"
EFFORTS = {effort.name: effort for measure in load_measures() for effort in measure.efforts}


@pytest.fixture(scope="module")
def atlas():
    return load_atlas(DOCS / EVIDENCE_FILE)


@pytest.fixture(scope="module")
def page(atlas):
    return measures_page(atlas)


def part(page: str, heading: str) -> str:
    """What stands between a heading and the next one of its rank or above."""
    rank = heading.partition(" ")[0]
    rest = page.split(f"\n{heading}\n", 1)[1]
    return re.split(rf"^#{{1,{len(rank)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def test_the_committed_page_is_what_the_code_says(page) -> None:
    stored = (DOCS / "measures.md").read_text(encoding="utf-8")
    assert stored == page, "docs/measures.md is stale: run python -m regionsim.export.refresh"


def test_every_row_of_the_plan_stands_on_the_page_by_its_identifier_and_name(page) -> None:
    for row in load_instruments():
        assert re.search(rf"(^| ){row.row_id} {re.escape(row.item)}", page, re.MULTILINE), row.row_id


def test_the_counts_are_those_of_the_catalogue(page) -> None:
    carried = {row for effort in EFFORTS.values() for row in effort.instruments}
    narrative = sum(len(measure.narrative) for measure in load_measures())
    projects = [project for measure in load_measures() for project in measure.projects]
    opened = {row for project in projects for row in project.instruments if not project.no_saving}
    idle = {row for project in projects for row in project.instruments} - opened
    assert f"| carried by one of {len(EFFORTS)} levers | {len(carried)} |" in page
    assert f"| narrative only, each with its reason | {narrative} |" in page
    assert f"| a line of transport that shortens no time, with its reason | {len(idle)} |" in page
    assert len(carried) + len(opened) + len(idle) + narrative + 11 == 289 and "| all | 289 |" in page
    assert f"the model carries {len(carried) + len(opened)} of them" in page


def test_a_measure_has_its_titles_levers_and_what_is_narrative_with_the_reason(page) -> None:
    for measure in load_measures():
        said = part(page, f"## {measure.number}. {measure.title_en}")
        assert measure.title_zh in said and f"`{measure.name}`" in said
        assert re.findall(r"^### ([a-z-]+)$", said, re.MULTILINE) == [effort.name for effort in measure.efforts]
        for row, reason in measure.narrative.items():
            assert re.search(rf"^- {row} .*: {re.escape(reason)}$", said, re.MULTILINE), row
        for project in measure.projects:
            assert f"- in a scenario: `{project.slug}`; in Chinese: {find_project(project.slug).name_zh}\n" in said


def test_a_lever_has_its_counties_equations_parameters_and_instruments(page) -> None:
    said = part(page, "### fireworks-zone")
    assert "- counties: Shangli, Wanzai, Liuyang, Liling\n" in said
    assert "[`closure_rate`](mechanisms/clusters.md#closure_rate)" in said
    assert "[`fireworks_zone_gain`](mechanisms/clusters.md#fireworks_zone_gain)" in said
    assert "  - M4-10 National fireworks transformation concentration area" in said
    assert "lithium" not in said
    assert "- counties: the 14 of Jiangxi\n" in part(page, "### relics")
    assert "- counties: all 24 of the zone\n" in part(page, "### border-roads")


def test_an_instrument_that_another_measure_carries_is_named_in_its_own(page) -> None:
    relics = part(page, "## 2. Protection and use of revolutionary relics")
    assert "- M2-08 Joint exhibition of border relics with Hunan: measure 1, lever `red-education`" in relics


def test_links_lead_to_declarations_and_to_headings_of_the_page(atlas, page) -> None:
    for name, file, anchor in re.findall(r"\[`(\w+)`\]\(mechanisms/(\w+)\.md#(\w+)\)", page):
        assert anchor == name and atlas.page_of[name] == file, name
    headings = anchors(page)
    for target in re.findall(r"\]\(#([^)]+)\)", page):
        assert target in headings
    assert len(re.findall(r"\]\(#", page)) == 22 + 13


def test_a_project_has_its_years_cost_state_counties_and_what_it_saves(page) -> None:
    said = part(page, "#### Pingxiang ring expressway (east)")
    assert "- state: under construction; in May 2022: planned\n" in said
    assert "- the plan asks for: M14-08 Pingxiang ring expressway (start of works)\n" in said
    assert "- opens: by the sources no date found; in the model 2027 (assumption: under construction" in said
    assert "- cost: 6,780 million CNY (secondary)\n- source: cs0799.com" in said
    assert "- counties: Xiangdong, Luxi\n" in said
    assert "- saves: no time: it is as long and as fast as the G60" in said
    overview = part(page, "### 14: lines of transport")
    assert "(#pingxiang-ring-expressway-east) | under construction | 2027 | 6,780 | no |" in overview
    assert "(#changsha-ganzhou-high-speed-railway) | under construction | 2030 | 84,620 | yes |" in overview
    assert "- saves: travellers up to 283 minutes (Liuyang to Ganzhou)\n" in part(
        page, "#### Changsha-Ganzhou high-speed railway"
    )


@pytest.mark.parametrize(
    ("effort", "parameters"),
    [
        # One factor in a sum of several: `red_education_gain * red_education_effort`.
        ("red-education", ("red_education_gain",)),
        # Two equations.
        ("border-roads", ("border_travel_roads_share", "border_goods_roads_share")),
        # A difference that holds the effort is divided by a time, which says how fast; the stock says how much.
        ("settlement-rights", ("reform_spread_time", "settlement_return_response")),
        ("local-brand", ("farm_brand_time", "local_brand_gain")),
        ("relics", ("heritage_repair_rate",)),
    ],
)
def test_the_parameters_of_a_lever_are_those_beside_it(atlas, effort: str, parameters: tuple[str, ...]) -> None:
    assert nearest_parameters(atlas.model, atlas.parameters, EFFORTS[effort]) == parameters


def test_a_lever_without_a_parameter_beside_it_has_the_first_on_its_ways(atlas) -> None:
    # How far an agreement is carried out needs none: one way goes on to what is earned, another to what is at stake.
    found = nearest_parameters(atlas.model, atlas.parameters, EFFORTS["lushui-agreement"])
    assert found == ("forest_criterion_weight", "missed_month_response")


def test_every_lever_has_a_parameter(atlas, page) -> None:
    for name, effort in EFFORTS.items():
        found = nearest_parameters(atlas.model, atlas.parameters, effort)
        assert found and all(f"[`{each}`]" in part(page, f"### {name}") for each in found), name


def test_a_catalogue_that_does_not_fit_the_plan_makes_no_page(atlas, monkeypatch) -> None:
    first, *others = load_measures()
    monkeypatch.setattr("regionsim.export.measures_page.load_measures", lambda: (replace(first, efforts=()), *others))
    with pytest.raises(ProblemsError, match="the row 'M1-01' is nowhere in the catalogue"):
        measures_page(atlas)
