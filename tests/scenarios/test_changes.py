"""Changes of parameters: new inputs with the numbers worked out by hand, the old ones untouched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath

import numpy as np
import pytest
from scenario_world import Load

from regionsim.language.axes import LABELS, full_rank
from regionsim.language.inputs import AnyInput, Constant, Path, Table
from regionsim.place.counties import county_codes
from regionsim.problems import ProblemsError
from regionsim.scenarios.load import load_scenario
from regionsim.scenarios.scenario import apply_overrides


class World:
    """The small world's parameters with the changes of a scenario made."""

    def __init__(self, parameters: Mapping[str, AnyInput], load: Load, folder: FilePath) -> None:
        self.parameters, self.load, self.folder = parameters, load, folder

    def change(self, text: str) -> AnyInput:
        """The one parameter that `text` changes."""
        file = self.folder / "test.yaml"
        file.write_text(f"parameters: {{{text}}}\n", encoding="utf-8")
        changed = apply_overrides(self.parameters, self.load(file))
        assert list(changed) == list(self.parameters)
        different = [name for name in changed if changed[name] is not self.parameters[name]]
        assert len(different) == 1
        return changed[different[0]]


@pytest.fixture
def world(parameters: Mapping[str, AnyInput], load: Load, tmp_path: FilePath) -> World:
    return World(parameters, load, tmp_path)


def test_a_changed_parameter_says_where_it_comes_from(world: World) -> None:
    rate = world.change("birth_rate: 0.01")
    assert (rate.quality, rate.source) == ("assumption", "scenario test")
    assert (rate.low, rate.high, rate.unit, rate.file, rate.line) == (
        0.003,
        0.02,
        "1/year",
        "parameters/demography.yaml",
        1,
    )
    assert rate.values.item() == 0.01


def test_the_given_parameters_stay_as_they_are(world: World) -> None:
    before = {name: parameter.values.copy() for name, parameter in world.parameters.items()}
    world.change("capital_share: {scale: 1.1}")
    world.change("mortality_of_age: {scale: 1.1}")
    for name, parameter in world.parameters.items():
        assert np.array_equal(parameter.values, before[name])


def test_changed_values_cannot_be_written_to(world: World) -> None:
    for text in ("birth_rate: 0.01", "total_fertility: {scale: 0.9}", "mortality_of_age: {scale: 1.1}"):
        with pytest.raises(ValueError, match="read-only"):
            world.change(text).values[...] = 0


def test_a_scale_multiplies_a_constant_a_path_and_a_table(world: World) -> None:
    assert world.change("birth_rate: {scale: 1.5}").values.item() == pytest.approx(0.012)
    assert world.change("total_fertility: {scale: 0.9}").values.ravel() == pytest.approx([1.17, 1.08])
    table = world.change("mortality_of_age: {scale: 0.5}")
    assert isinstance(table, Table)
    assert table.values == pytest.approx([0.005, 0.0025, 0.15])
    assert table.arguments.tolist() == [0, 50, 100]


def test_one_value_makes_a_path_constant(world: World) -> None:
    fertility = world.change("total_fertility: 1.25")
    assert isinstance(fertility, Constant)
    assert fertility.values.item() == 1.25


def test_a_path_makes_a_constant_change_over_the_years(world: World) -> None:
    rate = world.change("birth_rate: {path: {2020: 0.008, 2030: 0.006}}")
    assert isinstance(rate, Path)
    assert rate.kind == "linear"
    assert rate.at(2025).item() == pytest.approx(0.007)


def test_a_path_keeps_the_kind_of_the_parameter_unless_told(world: World) -> None:
    park = world.change("park_size: {path: {2022: 100, 2024: 300}}")
    assert isinstance(park, Path)
    assert (park.kind, park.at(2023).item()) == ("step", 100)
    park = world.change("park_size: {path: {2022: 100, 2024: 300}, kind: linear}")
    assert isinstance(park, Path)
    assert (park.kind, park.at(2023).item()) == ("linear", 200)


def test_elements_that_are_not_named_keep_their_value(world: World) -> None:
    share = world.change("capital_share: {value: {services: 0.35}}")
    assert share.values.ravel().tolist() == [0.1, 0.4, 0.35]
    gap = world.change("wage_gap: {value: {rural: 0.6, urban: {industry: 1.3}}}")
    assert gap.values.reshape(2, 3).tolist() == [[0.6, 0.6, 0.6], [0.6, 1.3, 1.1]]
    gap = world.change("wage_gap: {scale: {urban: {industry: 1.1}}}")
    assert gap.values.reshape(2, 3) == pytest.approx(np.array([[0.5, 0.8, 0.7], [0.6, 1.32, 1.1]]))


def test_one_value_stands_for_all_elements(world: World) -> None:
    assert world.change("capital_share: 0.3").values.ravel().tolist() == [0.3, 0.3, 0.3]
    assert world.change("subsidy: {value: 0.002}").values.ravel().tolist() == [0.002] * 24


def test_counties_by_code_chinese_and_pinyin_name_find_their_place(world: World) -> None:
    subsidy = world.change("subsidy: {value: {浏阳市: 0.002, 360302: 0.003, Liling: 0.004}}")
    values = dict(zip(county_codes(), subsidy.values.ravel().tolist(), strict=True))
    assert (values["430181"], values["360302"], values["430281"]) == (0.002, 0.003, 0.004)
    assert sorted(set(values.values())) == [0.001, 0.002, 0.003, 0.004]


def test_a_path_for_one_county_leaves_the_others_constant(world: World) -> None:
    subsidy = world.change("subsidy: {path: {浏阳: {2020: 0.001, 2030: 0.005}}}")
    assert isinstance(subsidy, Path)
    position = county_codes().index("430181")
    values = subsidy.at(2025).ravel()
    assert values[position] == pytest.approx(0.003)
    assert np.delete(values, position).tolist() == [0.001] * 23


def test_a_path_for_all_counties_may_be_given_once(world: World) -> None:
    subsidy = world.change("subsidy: {path: {2020: 0.001, 2030: 0.005}}")
    assert isinstance(subsidy, Path)
    assert subsidy.at(2030).ravel().tolist() == [0.005] * 24


def test_new_points_replace_a_table(world: World) -> None:
    table = world.change("mortality_of_age: {points: {0: 2 %/year, 100: 0.4}}")
    assert isinstance(table, Table)
    assert (table.arguments.tolist(), table.values.tolist()) == ([0, 100], [0.02, 0.4])


def test_a_unit_in_a_text_is_converted_to_that_of_the_parameter(world: World) -> None:
    assert world.change("public_investment: 12 亿元/year").values.item() == 1200
    assert world.change("public_investment: 20 万元/hour").values.item() == pytest.approx(0.2 * 8766)
    assert world.change("park_size: {value: 1500 亩}").values.item() == 100


def test_outside_its_range_a_value_stands_when_said_so(world: World) -> None:
    assert world.change("birth_rate: {value: 0.03, outside_range: true}").values.item() == 0.03


def test_the_ends_of_a_range_belong_to_it(world: World) -> None:
    assert world.change("birth_rate: 0.02").values.item() == 0.02
    assert world.change("total_fertility: {scale: 1.2}").values.ravel() == pytest.approx([1.56, 1.44])


def test_a_factor_range_is_held_against_the_path_year_by_year(world: World) -> None:
    with pytest.raises(ProblemsError, match=r"found 1\.5; expected 0\.96 to 1\.44"):
        world.change("total_fertility: {path: {2020: 1.3, 2030: 1.5}}")


def test_labels_given_to_the_loader_are_given_to_the_changes(tmp_path: FilePath) -> None:
    hub_flow = Constant(
        name="hub_flow",
        about="People who go to a hub.",
        unit="person/year",
        over=("hub", "hub_group"),
        quality="assumption",
        source="made for the tests",
        values=full_rank([1.0, 1.0], ("hub",)),
    )
    labels = {"hub": ("changsha", "shenzhen")}
    file = tmp_path / "hubs.yaml"
    file.write_text("parameters: {hub_flow: {value: {shenzhen: {elsewhere: 5}}}}\n", encoding="utf-8")
    scenario = load_scenario(file, parameters={"hub_flow": hub_flow}, find_project=str, labels=labels)
    changed = apply_overrides({"hub_flow": hub_flow}, scenario, labels=labels)["hub_flow"]
    # The array had size 1 along hub_group, which now has a value for each label.
    assert changed.values.reshape(2, len(LABELS["hub_group"])).tolist() == [[1, 1], [1, 5]]
