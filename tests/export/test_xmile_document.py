"""The document as a whole: what readers do not take is not in it, and every name in it stands for something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
import xmile_models
from whole_model import SCENARIOS

from regionsim.engine.compile import Model
from regionsim.export.xmile import tree
from regionsim.export.xmile.document import NAMESPACE, Document
from regionsim.export.xmile.tree import Number, Reference, references, text
from regionsim.export.xmile.variables import Variable
from regionsim.problems import ProblemsError
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.model import build_model, read_scenario
from regionsim.studies.xmile import headline_variables, scenario_document

# Slots that one reader has are 65,536; the rest is room for the model to grow.
MOST_SLOTS = 60_000


@pytest.fixture(scope="module")
def everything() -> Document:
    return xmile_models.document(xmile_models.everything())


@pytest.fixture(scope="module")
def base(base_scenario: Scenario, base_model: Model) -> Document:
    return scenario_document(base_scenario, base_model)


@pytest.fixture(scope="module")
def plan() -> Document:
    scenario = read_scenario(SCENARIOS / "plan.yaml")
    return scenario_document(scenario, build_model(scenario))


def by_name(document: Document) -> dict[str, Variable]:
    return {variable.name: variable for variable in document.variables}


def written(document: Document, name: str) -> str:
    """The equation of a variable, where it is one for all elements."""
    body = by_name(document)[name].body
    assert not isinstance(body, Mapping)
    return text(body)


# --- the model of everything ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "hub_market",
            "hub_size_changsha*hub_nearness_changsha[County] + hub_size_ganzhou*hub_nearness_ganzhou[County]",
        ),
        (
            "pull",
            "wealth[County]*(other_county[County,Origin]*EXP((0 - travel_time[County,Origin])/time_scale))",
        ),
        ("leaving_urban", "people_urban[County,Cohort]*leaving_rate_urban"),
        ("dying_rural", "people_rural[County,Cohort]*dying_rural_mortality[Cohort]*hardship[County]"),
        ("hardship", "MIN(MAX(1 - LN(wealth[County]/initial_wealth[County]), 0.5), ceiling)"),
        ("initial_hardship", "INIT(hardship[County])"),
        ("careful", "(IF empty[County] = 0 THEN 2 ELSE wealth[County]/empty[County])"),
    ],
)
def test_an_equation_has_this_text(everything: Document, name: str, words: str) -> None:
    assert written(everything, name) == words


def test_what_is_known_to_be_zero_is_left_out(everything: Document) -> None:
    names = by_name(everything)
    assert names["people_rural"].inflows == ()
    assert names["people_urban"].outflows == ("leaving_urban", "dying_urban")
    assert names["wealth"].outflows == ("decay",)  # nobody makes the effort of the levy
    assert not {"arriving_rural", "moving_to_town_urban", "idle_effort", "levy"} & set(names)


def test_people_who_leave_one_stock_for_another_are_one_flow(everything: Document) -> None:
    names = by_name(everything)
    assert names["people_rural"].outflows == ("leaving_rural", "dying_rural", "moving_to_town_rural")
    assert names["people_urban"].inflows == ("arriving_urban", "moving_to_town_rural")
    assert names["people_urban"].written == ("settling",)


def test_an_input_loses_the_axes_along_which_it_is_the_same(everything: Document) -> None:
    names = by_name(everything)
    assert names["ceiling"].dimensions == () and names["ceiling"].body == Number(0.98)
    assert names["empty"].dimensions == ("County",)


def test_a_course_that_some_follow_is_one_course_and_a_place(everything: Document) -> None:
    names = by_name(everything)
    assert names["effort_course"].table is not None and names["effort_course"].dimensions == ()
    assert names["place_1"].body == {("Anyuan",): tree.ONE, ("Xiangdong",): tree.ZERO, ("LiuYang",): tree.ONE}
    assert names["courses"].bodies[2] == Number(0.3)
    assert isinstance(names["courses"].bodies[0], Reference)


def test_a_step_path_is_read_by_comparing_dates_within_the_run(everything: Document) -> None:
    assert written(everything, "price") == (
        "(IF calendar < 2024 THEN (IF calendar < 2022 THEN (IF calendar < 2021.3 THEN 1 ELSE 1.1) ELSE 0.9) ELSE 2)"
    )
    times = by_name(everything)["travel_time"].body
    assert isinstance(times, Mapping)
    assert text(times["Anyuan", "LiuYang"]) == "(IF calendar < 2021.6 THEN 90 ELSE 60)"
    assert text(times["LiuYang", "Xiangdong"]) == "45"


def test_a_relation_with_few_pairs_goes_into_the_sums_that_read_it(everything: Document) -> None:
    load = by_name(everything)["load"]
    assert isinstance(load.body, Mapping)
    assert [at[0] for at, body in load.body.items() if body != tree.ZERO] == ["Reach1", "Reach7"]
    assert text(load.body["Reach7",]) == "wealth[LiuYang]*EXP((0 - water_decay)*2)"
    assert set(load.written) == {"delivery", "flows_to", "flow_time"}
    assert not {"delivery", "flows_to", "flow_time"} & set(by_name(everything))


def test_a_flow_that_is_the_same_everywhere_is_worked_out_once(everything: Document) -> None:
    assert written(everything, "gift_everywhere") == "pace*gift_rate"
    gift = by_name(everything)["gift"]
    assert gift.kind == "flow" and set(gift.bodies) == {Reference("gift_everywhere")}


def test_a_long_denominator_stands_aside(everything: Document) -> None:
    assert written(everything, "old_people").startswith("(IF old_people_divisor[County] = 0 THEN 0 ELSE ")


def test_what_was_written_into_a_variable_stands_in_its_text(everything: Document) -> None:
    root = ElementTree.fromstring(everything.xml())
    docs = {node.get("name"): node.findtext(f"{{{NAMESPACE}}}doc") for node in root.iter() if node.get("name")}
    assert docs["arriving_urban"] == "People who arrive, in towns. Written into it: leaving_by_cohort."
    assert docs["load"] == "Load at a section. Written into it: delivery, flows_to, flow_time."


# --- every document ---------------------------------------------------------------------------------------------------


@pytest.fixture(params=["everything", "base", "plan"])
def document(request: pytest.FixtureRequest) -> Document:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Document)
    return found


def equations(document: Document) -> Iterator[tuple[Variable, str]]:
    for variable in document.variables:
        for body in variable.bodies:
            yield variable, text(body)


def test_every_reference_is_to_a_variable_along_its_dimensions(document: Document) -> None:
    names = by_name(document)
    counties = {"County", "Origin"}
    for variable in document.variables:
        for body in variable.bodies:
            for found in references(body):
                if found.name == "TIME":
                    continue
                dimensions = names[found.name].dimensions
                assert len(found.at) == len(dimensions), (variable.name, found)
                for index, dimension in zip(found.at, dimensions, strict=True):
                    if index.runs:
                        assert index.name in variable.dimensions, (variable.name, found)
                        assert index.name == dimension or {index.name, dimension} == counties, (variable.name, found)
                    else:
                        assert index.name in document.dimensions[dimension], (variable.name, found)


def test_flows_have_the_dimensions_of_their_stocks(document: Document) -> None:
    names = by_name(document)
    for variable in document.variables:
        for flow in (*variable.inflows, *variable.outflows):
            assert names[flow].kind == "flow" and names[flow].dimensions == variable.dimensions


def test_what_some_reader_does_not_take_is_not_there(document: Document) -> None:
    forbidden = re.compile(r"\*\*|\{|//|\b(SUM|MEAN|LOOKUP|DT|MOD|LOG10|TANH|SAFEDIV)\b")
    for variable, words in equations(document):
        assert not forbidden.search(words), variable.name
        assert max((len(call.split(",")) for call in re.findall(r"M(?:IN|AX)\(([^()]*)\)", words)), default=2) == 2
    xml = document.xml()
    assert "non_negative" not in xml and "extrapolate" not in xml
    assert not re.search(r'subscript="[^"]*\s', xml)
    for variable in document.variables:
        assert len(variable.dimensions) <= 2
        if variable.kind == "stock":
            assert not isinstance(variable.body, Mapping) and variable.table is None
        if variable.table is not None:
            assert not isinstance(variable.body, Mapping)
            assert (np.diff(variable.table.arguments) > 0).all()
    assert any(variable.kind == "stock" and not variable.dimensions for variable in document.variables)


def test_names_are_plain_and_each_means_one_thing(document: Document) -> None:
    names = [variable.name.lower() for variable in document.variables]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
    for elements in document.dimensions.values():
        assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", element) for element in elements)
        assert len({element.lower() for element in elements}) == len(elements)


def test_every_variable_has_its_text_and_its_elements_are_complete(document: Document) -> None:
    for variable in document.variables:
        assert variable.about.strip()
        if isinstance(variable.body, Mapping):
            assert list(variable.body) == document.elements(variable)


# --- the scenarios of the project -------------------------------------------------------------------------------------


def test_the_model_needs_fewer_slots_than_readers_have(base: Document, plan: Document) -> None:
    assert base.slots < MOST_SLOTS
    assert plan.slots < MOST_SLOTS


def test_all_stocks_and_headline_variables_are_in_the_document(base: Document, base_model: Model) -> None:
    for name in (*base_model.stocks, *headline_variables(base_model)):
        declaration = base_model.stocks.get(name) or base_model.equations[name]
        elements = [element for _, names in base.columns(name) for element in names]
        assert len(elements) == np.prod([len(base_model.labels[axis]) for axis in declaration.over]), name


def test_the_header_has_the_chinese_names_that_stand_nowhere_below(base: Document) -> None:
    root = ElementTree.fromstring(base.xml())
    caption = root.findtext(f"{{{NAMESPACE}}}header/{{{NAMESPACE}}}caption")
    assert caption is not None and caption.startswith("Base (基准情景). ") and "Liling 醴陵市" in caption
    options = root.find(f"{{{NAMESPACE}}}header/{{{NAMESPACE}}}options/{{{NAMESPACE}}}uses_arrays")
    assert options is not None and options.get("maximum_dimensions") == "2"


def test_a_document_is_the_same_twice(base_scenario: Scenario, base_model: Model, base: Document) -> None:
    assert scenario_document(base_scenario, base_model).xml() == base.xml()


def test_a_run_by_runge_kutta_is_refused_in_words(base_scenario: Scenario, base_model: Model) -> None:
    scenario = replace(base_scenario, method="rk4", source_files=("mine.yaml",))
    with pytest.raises(
        ProblemsError, match=r"^mine.yaml: run.method of a scenario for XMILE; found rk4; expected euler$"
    ):
        scenario_document(scenario, base_model)
