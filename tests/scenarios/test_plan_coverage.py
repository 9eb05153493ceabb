"""Every row of the plan is carried by something in the catalogue or said to be narrative, with the reason."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import CliRunner

from regionsim.cli import main
from regionsim.engine.graph import users
from regionsim.place.counties import county_codes, find_counties
from regionsim.place.plan_instruments import FILE, load_instruments
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError
from regionsim.scenarios.measures import Effort, Measure, load_measures, plan_coverage
from regionsim.studies.model import build_model, evidence, evidence_scenario

ROWS = {instrument.row_id: instrument for instrument in load_instruments()}
EFFORTS = [effort for measure in load_measures() for effort in measure.efforts]


@pytest.fixture(scope="module")
def model():
    return build_model(evidence_scenario())


# --- the rows of the plan ---------------------------------------------------------------------------------------------


def test_the_plan_has_289_rows_in_the_numbers_of_its_parts() -> None:
    count = {part: sum(row.measure == part for row in ROWS.values()) for part in {r.measure for r in ROWS.values()}}
    assert sum(count.values()) == 289
    assert (count["G"], count["L"], count["END"]) == (9, 15, 2)
    assert (count["9"], count["14"], count["S1"], count["S2"], count["S3"]) == (8, 19, 4, 11, 10)


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("M4-10", ("360322", "360922", "430181", "430281")),
        ("M3-01", ("360302",)),
        ("M9-01", tuple(county.code for county in find_counties("jiangxi"))),
        ("M6-02", county_codes()),
    ],
)
def test_the_counties_of_a_row_are_codes_of_the_zone(row: str, codes: tuple[str, ...]) -> None:
    assert set(ROWS[row].counties) == set(codes) and len(ROWS[row].counties) == len(codes)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (",M9-02\n", ",M9-01\n", "the row 'M9-01' stands twice"),
        (",M9-02\n", ",M8-20\n", "column 'row_id'; found 'M8-20'; expected M9-..."),
        ("360322;360922;hunan-partner:430181+430281", "360322;361000", "found '361000'"),
        ("\nS2,", "\nS4,", "expected one of G, L, 1"),
    ],
)
def test_a_file_of_rows_that_is_wrong_says_where(tmp_path, old: str, new: str, says: str) -> None:
    text = (DATA / FILE).read_text(encoding="utf-8")
    assert old in text
    for name in ("counties.csv", FILE):
        shutil.copy(DATA / name, tmp_path / name)
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProblemsError) as error:
        load_instruments(tmp_path)
    assert says in str(error.value) and f"{FILE}:" in str(error.value)


# --- the catalogue covers them ----------------------------------------------------------------------------------------


def test_every_row_of_the_plan_is_carried_or_narrative_or_outside() -> None:
    found = plan_coverage(load_measures(), load_instruments())
    parts = (found.levers, found.projects, found.without_saving, found.narrative, found.outside)
    assert {row for part in parts for row in part} == set(ROWS)
    assert sum(len(part) for part in parts) == 289
    assert {ROWS[row].measure for row in found.outside} == {"G", "END"}
    assert all(found.narrative.values()) and all(found.outside.values())


def test_a_row_whose_lines_all_shorten_no_time_is_not_counted_as_carried() -> None:
    found = plan_coverage(load_measures(), load_instruments())
    assert set(found.without_saving) == {"M14-08", "M14-13"} and all(found.without_saving.values())
    # One of its two lines, that in Hubei, shortens nothing; the other does.
    assert "M14-09" in found.projects


def test_one_row_names_two_projects_and_no_row_stands_twice_otherwise() -> None:
    found = plan_coverage(load_measures(), load_instruments())
    shared = {row: carriers for row, carriers in {**found.levers, **found.projects}.items() if len(carriers) > 1}
    assert shared == {
        "M14-09": (
            ("14", "tongcheng-xiushui-expressway-hubei-part"),
            ("14", "tongcheng-xiushui-tonggu-expressway"),
        )
    }


Change = Callable[[Measure], Measure]


def first_effort(instruments: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Change:
    def change(measure: Measure) -> Measure:
        effort, *others = measure.efforts
        return replace(measure, efforts=(replace(effort, instruments=instruments(effort.instruments)), *others))

    return change


def narrative(**rows: str) -> Change:
    added = {name.replace("_", "-"): reason for name, reason in rows.items()}
    return lambda measure: replace(measure, narrative={**measure.narrative, **added})


def projects(instruments: tuple[str, ...]) -> Change:
    def change(measure: Measure) -> Measure:
        project, *others = measure.projects
        return replace(measure, projects=(replace(project, instruments=instruments), *others))

    return change


@pytest.mark.parametrize(
    ("number", "change", "says"),
    [
        ("9", first_effort(lambda rows: rows[1:]), "the row 'M9-03' is nowhere in the catalogue"),
        ("9", lambda measure: replace(measure, narrative={}), "the row 'M9-07' is nowhere in the catalogue"),
        ("9", first_effort(lambda rows: (*rows, "M9-01")), "the row 'M9-01' stands twice"),
        ("9", first_effort(lambda rows: (*rows, "M9-03")), "the row 'M9-03' stands twice"),
        ("9", narrative(M9_03="no number"), "the row 'M9-03' stands twice"),
        ("9", first_effort(lambda rows: (*rows, "M9-003")), "the row 'M9-003' is none of the plan; did you mean"),
        ("9", narrative(M9_07=" "), "the row 'M9-07' is narrative without a reason"),
        ("9", narrative(M9_3="no number"), "the row 'M9-3' is none of the plan"),
        ("10", narrative(M9_07="no number"), "is narrative in measure 10, which it does not belong to"),
        ("10", narrative(M9_07="no number"), "the row 'M9-07' stands twice"),
        ("1", first_effort(lambda rows: (*rows, "MG-07")), "the row 'MG-07' cannot be carried: a goal"),
        ("14", projects(("M14-01", "M14-01")), "the row 'M14-01' stands twice"),
        ("14", projects(("M14-11",)), "the row 'M14-11' stands twice"),
        ("14", projects(()), "the row 'M14-01' is nowhere in the catalogue"),
    ],
)
def test_a_catalogue_that_does_not_fit_the_plan_is_refused(number: str, change: Change, says: str) -> None:
    measures = [change(measure) if measure.number == number else measure for measure in load_measures()]
    with pytest.raises(ProblemsError) as error:
        plan_coverage(measures, load_instruments())
    assert says in str(error.value)


@pytest.mark.parametrize("effort", EFFORTS, ids=lambda effort: effort.name)
def test_an_effort_acts_only_where_a_row_of_the_plan_that_it_carries_puts_it(effort: Effort) -> None:
    named = {code for row in effort.instruments for code in ROWS[row].counties}
    assert effort.instruments and effort.counties and set(effort.counties) <= named


# --- the model carries the catalogue ----------------------------------------------------------------------------------


@pytest.mark.parametrize("effort", EFFORTS, ids=lambda effort: effort.name)
def test_an_effort_is_read_by_an_equation_and_reaches_a_parameter_with_a_source(model, effort: Effort) -> None:
    readers = users(model.inputs_of)
    reached, found = set(readers.get(effort.input, ())) & set(model.equations), set()
    assert reached, f"no equation reads {effort.input}"
    # An effort that only says how far something is carried out meets its first parameter one or two equations on.
    for _ in range(4):
        found = {name for equation in reached for name in model.equations[equation].arguments if name in evidence()}
        if found:
            break
        reached = {user for name in reached for user in readers.get(name, ()) if user in model.equations}
    assert found and all(evidence()[name].source for name in found)


def test_no_effort_is_read_that_the_catalogue_lacks(model) -> None:
    read = {name for equation in model.equations.values() for name in equation.arguments if name.endswith("_effort")}
    assert read - set(model.equations) == {effort.input for effort in EFFORTS}


def test_an_equation_that_reads_an_effort_names_the_effort_s_measure(model) -> None:
    numbers = {effort.input: measure.number for measure in load_measures() for effort in measure.efforts}
    for name, equation in model.equations.items():
        read = {numbers[argument] for argument in equation.arguments if argument in numbers}
        assert {int(number) for number in read if number.isdigit()} <= set(equation.measures), name


def test_the_list_of_measures_says_of_each_what_carries_it_and_what_does_not(model) -> None:
    done = CliRunner().invoke(main, ["list", "measures", "--json"], prog_name="regionsim")
    assert done.exit_code == 0
    rows = {str(row["number"]): row for row in json.loads(done.output)}
    assert list(rows) == [measure.number for measure in load_measures()]
    for measure in load_measures():
        row = rows[measure.number]
        assert (row["slug"], row["title"], row["title_zh"]) == (measure.slug, measure.title_en, measure.title_zh)
        assert row["levers"] == [effort.name for effort in measure.efforts]
        assert [project["slug"] for project in row["projects"]] == [project.slug for project in measure.projects]
        parts = (*measure.efforts, *measure.projects)
        assert set(row["instruments"]) == {instrument for part in parts for instrument in part.instruments}
        assert row["narrative"] == measure.narrative
        assert row["equations"] and set(row["equations"]) <= set(model.equations)
        assert row["parameters"] and set(row["parameters"]) <= set(evidence())
        for effort in measure.efforts:
            assert any(effort.input in model.equations[name].arguments for name in row["equations"]), effort.name
    railway = rows["14"]["projects"][0]
    assert (railway["name_zh"], railway["state"], railway["opens"]) == ("长赣高铁", "under construction", 2030.0)
    assert railway["cost"] == pytest.approx(84620) and railway["cost_quality"] == "derived"
    assert {project["slug"]: bool(project["no_saving"]) for project in rows["14"]["projects"]} == {
        project["slug"]: not project["shortens_a_time"] for project in rows["14"]["projects"]
    }
    listed = {instrument for row in rows.values() for instrument in (*row["instruments"], *row["narrative"])}
    assert listed == {row for row, instrument in ROWS.items() if instrument.measure not in ("G", "END")}
