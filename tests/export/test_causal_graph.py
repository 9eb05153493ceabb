"""The causal graph: the links that the equations have, their measured signs, parts of it, DOT and SVG."""

from __future__ import annotations

import re
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
from command_line import PLAN, call

from regionsim.engine.polarity import Polarity
from regionsim.export.atlas import atlas_of
from regionsim.export.causal_graph import (
    CausalGraph,
    Gate,
    Link,
    Node,
    mechanism_graph,
    neighbourhood_graph,
    whole_graph,
)
from regionsim.export.dot import dot_text
from regionsim.export.entries import Kind
from regionsim.studies.model import evidence_scenario

GRAPHVIZ = pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz")


@pytest.fixture(scope="module")
def atlas():
    return atlas_of(evidence_scenario())


@pytest.fixture(scope="module")
def whole(atlas):
    return whole_graph(atlas)


def named(graph, *, outside=False):
    return {node.name for node in graph.nodes if node.outside is outside}


def ends(graph):
    return {(link.source, link.target): link.polarity for link in graph.links}


def test_the_whole_graph_has_every_link_between_what_moves_and_nothing_that_is_fixed(atlas, whole):
    graph = whole
    model = atlas.model
    moving = {*model.stocks, *model.equations} - {equation.name for equation in model.fixed}
    assert named(graph) == moving and named(graph, outside=True) == set() and graph.gates == ()
    wanted = {(source, target) for target in moving for source in model.inputs_of[target] if source in moving}
    assert set(ends(graph)) == wanted and len(graph.links) == len(wanted)


def test_signs_are_those_of_the_equations(whole):
    found = ends(whole)
    assert found["forest_built_over", "forest_area"] is Polarity.DOWN
    assert found["forest_area", "forest_gap"] is Polarity.DOWN
    assert found["capital", "sector_output"] is Polarity.UP
    assert found["standard_capacity", "equalization_transfers"] is Polarity.DOWN
    assert found["rural_return_share", "returns_by_residence"] is Polarity.EITHER  # to the countryside, not to towns
    assert found["usual_footloose_rate", "park_pull"] is Polarity.NONE  # no park without the plan


def test_a_mechanism_stands_with_what_it_reads_and_who_reads_it(atlas):
    graph = mechanism_graph(atlas, "forest")
    assert {"forest_area", "afforestation", "forest_carbon_sink"} <= named(graph)
    assert named(graph, outside=True) == {
        "built_up_demand",
        "cropland_abandonment",
        "earmarked_for_forest",
        "other_land_supply",
    }
    assert Gate("land") in graph.gates and Link("forest_gap", "mechanism land") in graph.links
    assert all(link.target in named(graph) or link.polarity is None for link in graph.links)
    assert {node.name: node.kind for node in graph.nodes if node.name.startswith("forest_carbon")} == {
        "forest_carbon": Kind.STOCK,
        "forest_carbon_growth": Kind.FLOW,
        "forest_carbon_harvest": Kind.FLOW,
        "forest_carbon_clearing": Kind.FLOW,
        "forest_carbon_sink": Kind.AUXILIARY,
    }


def test_every_mechanism_with_something_that_moves_can_be_drawn(atlas):
    for mechanism, declarations in atlas.declarations.items():
        graph = mechanism_graph(atlas, mechanism)
        assert named(graph) <= {declaration.name for declaration in declarations} and graph.nodes


def test_what_is_near_a_variable_is_found_both_ways_and_farther_with_depth(atlas):
    near = neighbourhood_graph(atlas, "forest_cover", 1)
    assert named(near) == {"forest_area", "forest_cover"} and set(ends(near)) == {("forest_area", "forest_cover")}
    farther = neighbourhood_graph(atlas, "forest_cover", 2)
    assert named(farther) == {"forest_cover", *("forest_area", *atlas.model.inputs_of["forest_area"])}
    assert ("forest_area", "forest_built_over") in ends(farther)  # links between what is shown, too


def test_dot_says_nodes_signs_and_gates():
    graph = CausalGraph(
        "two",
        (
            Node("water_in_a_long_name", Kind.STOCK, 'A "word" [m3]', False),
            Node("rain", Kind.FLOW, "Rain [m3/year]", False),
            Node("cloud", Kind.AUXILIARY, "Clouds [m3]", True),
        ),
        (Gate("weather_far_away"),),
        (
            Link("rain", "water_in_a_long_name", Polarity.UP),
            Link("cloud", "rain", Polarity.DOWN),
            Link("water_in_a_long_name", "rain", Polarity.NONE),
            Link("rain", "mechanism weather_far_away"),
        ),
    )
    text = dot_text(graph)
    assert r'"water_in_a_long_name" [label="water in a long\nname", tooltip="A \"word\" [m3]", shape=box' in text
    assert '"rain" -> "water_in_a_long_name" [color="#0072B2", fontcolor="#0072B2", headlabel="+"];' in text
    assert '"cloud" -> "rain" [color="#D55E00", fontcolor="#D55E00", headlabel="−"];' in text
    assert '"water_in_a_long_name" -> "rain" [color="#999999", style=dashed];' in text
    assert '"rain" -> "mechanism weather_far_away" [color="#BBBBBB"];' in text
    assert re.search(r'"cloud" \[.*fontcolor="#777777"', text)


@GRAPHVIZ
def test_graphviz_draws_the_graph_with_all_its_nodes_and_says_nothing(tmp_path):
    file = tmp_path / "forest.svg"
    said = call("export", "graph", "--mechanism", "forest", "--format", "svg", "--out", file)
    assert (said.status, said.out, said.error) == (0, f"Written to {file}\n", "")
    drawing = ElementTree.parse(file).getroot()
    titles = {title.text for title in drawing.iter("{http://www.w3.org/2000/svg}title")}
    assert {"forest_area", "forest_built_over->forest_area", "mechanism land"} <= titles


@GRAPHVIZ
def test_graphviz_reads_the_whole_graph(whole):
    read_only = ["dot", "-Kpatchwork", "-Tcanon"]  # a layout that takes no time
    done = subprocess.run(read_only, input=dot_text(whole).encode(), capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"->") == len(whole.links)


def test_without_graphviz_an_svg_is_refused_in_a_line_and_dot_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = call("export", "graph", "--around", "forest_cover", "--format", "svg", "--out", tmp_path / "f.svg")
    assert refused.status == 2 and refused.error.count("\n") == 1 and "Graphviz" in refused.error
    written = call("export", "graph", "--around", "forest_cover", "--out", tmp_path / "f.dot")
    assert written.status == 0
    assert [each.name for each in tmp_path.iterdir()] == ["f.dot"]


def test_graphviz_that_fails_is_said_in_a_line(monkeypatch):
    def fails(command, **_):
        raise subprocess.CalledProcessError(1, command, stderr=b"no fonts here\n")

    monkeypatch.setattr("shutil.which", lambda _: "dot")
    monkeypatch.setattr("subprocess.run", fails)
    said = call("export", "graph", "--around", "forest_cover", "--format", "svg")
    assert said.status == 2 and said.error == "regionsim export graph: Graphviz drew nothing; found no fonts here\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--mechanism", "forrest"), "unknown mechanism; found 'forrest'; did you mean 'forest'?"),
        (("--around", "populaton"), "unknown variable; found 'populaton'; expected a stock or an equation; did you"),
        (("--around", "fertility_index"), "'fertility_index' is an input, not a variable; expected a variable that"),
        (("--around", "labour_elasticity"), "'labour_elasticity' does not move in a run"),
        (("--depth", 2), "a depth needs a centre"),
        (("--around", "population", "--mechanism", "forest"), "one part at a time"),
    ],
)
def test_a_wrong_call_is_said_in_a_line(words, told):
    said = call("export", "graph", *words)
    assert said.status == 2 and said.out == ""
    assert said.error.startswith(f"regionsim export graph: {told}") and said.error.count("\n") == 1


def test_signs_are_those_of_the_scenario_that_is_asked_for():
    """Parks draw investment in the plan and are not there without it."""
    words = ("export", "graph", "--around", "park_pull")
    assert '"usual_footloose_rate" -> "park_pull" [color="#999999", style=dashed];' in call(*words).out
    assert '"usual_footloose_rate" -> "park_pull" [color="#D55E00"' in call(*words, "--scenario", PLAN).out
