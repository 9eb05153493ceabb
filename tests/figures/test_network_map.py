"""The network of a run: what opened, in which order, and where it stands on the map."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex

from regionsim.figures.network_drawing import OPENED, STOOD
from regionsim.figures.network_map import network_map
from regionsim.studies.model import read_scenario
from regionsim.studies.network import network_of

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def plan():
    return network_of(read_scenario(SCENARIOS / "plan.yaml"))


def lines_of(figure, colour):
    return [
        path.vertices
        for lines in figure.findobj(LineCollection)
        if to_hex(lines.get_color()[0]) == colour
        for path in lines.get_paths()
    ]


def test_projects_are_numbered_by_their_year(plan):
    assert [each.number for each in plan.projects] == list(range(1, len(plan.projects) + 1))
    years = [each.year for each in plan.projects]
    assert years == sorted(years) and all(2020 < year <= 2035 for year in years)
    railway = next(each for each in plan.projects if each.name == "Changsha-Ganzhou high-speed railway")
    assert railway.year == 2030 and railway.name_zh == "长赣高铁"
    lines = [line for line in plan.lines if line.opened == railway.number]
    assert {line.mode for line in lines} == {"high_speed_rail"}
    assert {"HUB_CHANGSHA", "HUB_GANZHOU"} <= {end for line in lines for end in (line.start, line.end)}


def test_a_scenario_that_opens_nothing_says_so(dataset):
    network = network_of(read_scenario(SCENARIOS / "base.yaml"))
    assert network.projects == () and all(line.opened is None for line in network.lines)
    figure = network_map(dataset, network)
    assert "No project opens." in [text.get_text() for text in figure.axes[0].texts]


def test_a_delay_moves_the_year_of_a_project(plan):
    delayed = network_of(read_scenario(SCENARIOS / "railway-delayed.yaml"))
    (year,) = [each.year for each in delayed.projects if each.name == "Changsha-Ganzhou high-speed railway"]
    assert year > 2030


def test_what_opened_is_in_colour_and_numbered_on_the_map_and_in_the_list(dataset, plan, texts_of):
    figure = network_map(dataset, plan)
    opened = [line for line in plan.lines if line.opened is not None]
    assert len(lines_of(figure, OPENED)) >= len(opened)
    assert len(lines_of(figure, STOOD)) > 100
    numbers = [text for text, _ in texts_of(figure)]
    for each in plan.projects:
        assert numbers.count(str(each.number)) == 2, each.name
    assert {"Changsha", "Nanchang", "Guangzhou", "Wuhan", "50 km"} <= set(numbers)


def test_lines_end_at_the_frame(dataset, plan):
    figure = network_map(dataset, plan)
    points = np.concatenate(lines_of(figure, STOOD))
    frame = max(lines_of(figure, "#8c8c8c"), key=len)
    assert (points[:, 1] >= frame[:, 1].min() - 1e-6).all() and (points[:, 1] <= frame[:, 1].max() + 1e-6).all()


def test_names_of_cities_do_not_touch(dataset, plan, texts_of):
    cities = {place.name for place in plan.places.values() if place.hub}
    boxes = [box for text, box in texts_of(network_map(dataset, plan)) if text in cities]
    assert len(boxes) == len(cities)
    for k, one in enumerate(boxes):
        for other in boxes[k + 1 :]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
