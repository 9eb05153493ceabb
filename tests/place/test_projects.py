"""Transport projects and their names."""

import shutil

import pytest

from regionsim.place.network import load_network
from regionsim.place.projects import find_project, load_projects
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError


def test_every_link_but_the_old_roads_belongs_to_one_project():
    network = load_network()
    members = [key for project in load_projects() for key in project.links]
    assert len(members) == len(set(members))
    assert set(members) == set(network.links) - {road.key for road in network.old_roads}


@pytest.mark.parametrize(
    "name",
    ["changsha-ganzhou-railway", "PL01", "pl01", "长赣高铁", "Changsha-Ganzhou high-speed railway", " 长赣高铁 "],
)
def test_the_changsha_ganzhou_railway_has_many_names(name):
    project = find_project(name)
    assert project.slug == "changsha-ganzhou-railway"
    assert (project.open_year, project.open_year_quality, project.plan_item) == (2030, "secondary", 14)
    assert not project.stood_in_2020
    assert project.length == pytest.approx(429.5, abs=0.2)
    assert len(project.links) == 9


def test_an_unknown_project_names_the_nearest():
    with pytest.raises(KeyError) as caught:
        find_project("changsha-ganzou-railway")
    assert caught.value.args == ("changsha-ganzhou-railway",)


def test_a_project_without_a_date_in_any_source_has_none():
    for name in ("PL02", "PL03", "PL04", "PL05", "PL06", "PL08", "PL09", "PL11", "PL12", "PL13", "RL01", "RL02"):
        project = find_project(name)
        assert project.open_year is None and project.open_year_quality is None and not project.stood_in_2020


def test_an_old_road_stood_in_2020_and_a_line_of_2021_did_not():
    assert find_project("suichuan-guidong-trunk-road").stood_in_2020
    assert find_project("nanchang-ganzhou-high-speed-railway").stood_in_2020
    assert not find_project("ganzhou-shenzhen-high-speed-railway").stood_in_2020
    assert not find_project("pingxiang-lianhua-expressway").stood_in_2020


def test_all_projects_of_the_plan_measure_are_there():
    planned = {project.project_id for project in load_projects() if project.plan_item == 14}
    assert planned == {f"PL{number:02d}" for number in range(1, 14)}


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("changsha-ganzhou-railway", "Changsha_Ganzhou", "'slug'"),
        ("PL02,wuhan-nanchang-railway", "PL02,changsha-ganzhou-railway", "stands twice"),
        ("PL02,", "PL20,", "'project_id'"),
    ],
)
def test_a_broken_table_of_names_says_which_row(tmp_path, old, new, word):
    for table in ("transport_nodes.csv", "transport_links.csv", "adjacency.csv", "transport_projects.csv"):
        shutil.copy(DATA / table, tmp_path / table)
    path = tmp_path / "transport_projects.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = 1 + text[: text.index(old)].count("\n")
    with pytest.raises(ProblemsError) as caught:
        load_projects(tmp_path)
    assert any(word in problem.what and problem.line == line for problem in caught.value.problems)


def test_links_of_a_line_that_disagree_are_refused(tmp_path):
    for table in ("transport_nodes.csv", "transport_links.csv", "adjacency.csv", "transport_projects.csv"):
        shutil.copy(DATA / table, tmp_path / table)
    path = tmp_path / "transport_links.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",39.3,350,2030,", ",39.3,350,2031,", 1), encoding="utf-8")
    with pytest.raises(ProblemsError, match="open_year of the links of PL01; found 2030, 2031"):
        load_projects(tmp_path)
