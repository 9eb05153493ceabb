"""The loader of parameter files: every form of an entry, and every way to get one wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path as FilePath

import numpy as np
import pytest
from scenario_world import ECONOMY

from regionsim.language.axes import AXES, squeeze_to
from regionsim.language.inputs import AnyInput, Constant, Path, Table
from regionsim.place.counties import county_codes
from regionsim.problems import ProblemsError
from regionsim.scenarios.parameters import load_parameters

REST = """\
  about: Something.
  range: {low: 0, high: 10, shape: uniform}
  quality: recalled
  source: made for the tests
"""

Told = Callable[..., list[str]]


def write(folder: FilePath, **files: str) -> FilePath:
    folder = folder / "parameters"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def read_one(folder: FilePath, entry: str, labels: Mapping[str, tuple[str, ...]] | None = None) -> AnyInput:
    parameters = load_parameters(write(folder, forest=f"size:\n{entry}{REST}"), labels=labels)
    return parameters["size"]


@pytest.fixture
def told(tmp_path: FilePath) -> Told:
    """The messages for one entry, without the file's name."""

    def messages(entry: str, *, name: str = "size", rest: str = REST, check_units: bool = False) -> list[str]:
        folder = write(tmp_path, forest=f"{name}:\n{entry}{rest}")
        with pytest.raises(ProblemsError) as raised:
            load_parameters(folder, check_units=check_units)
        return [str(problem).removeprefix("parameters/forest.yaml:") for problem in raised.value.problems]

    return messages


def test_a_number_is_a_constant_with_all_that_is_said_of_it(parameters: Mapping[str, AnyInput]) -> None:
    birth_rate = parameters["birth_rate"]
    assert isinstance(birth_rate, Constant)
    assert birth_rate.values.shape == (1,) * len(AXES)
    assert birth_rate.values.item() == 0.008
    assert (birth_rate.about, birth_rate.unit) == ("Births per resident and year.", "1/year")
    assert (birth_rate.file, birth_rate.line) == ("parameters/demography.yaml", 1)
    assert (birth_rate.low, birth_rate.high) == (0.003, 0.02)
    assert (birth_rate.range_shape, birth_rate.range_kind) == ("triangular", "absolute")
    assert (birth_rate.quality, birth_rate.source) == ("recalled", "made for the tests")


def test_parameters_come_in_the_order_of_their_files(parameters: Mapping[str, AnyInput]) -> None:
    assert list(parameters)[:4] == ["birth_rate", "total_fertility", "mortality_of_age", "capital_share"]
    assert len(parameters) == 10


def test_values_by_year_are_a_linear_path(parameters: Mapping[str, AnyInput]) -> None:
    fertility = parameters["total_fertility"]
    assert isinstance(fertility, Path)
    assert fertility.kind == "linear"
    assert fertility.years.tolist() == [2020, 2030]
    assert fertility.at(2025).item() == pytest.approx(1.25)
    assert fertility.range_kind == "factor"


def test_a_step_path_holds_its_value(parameters: Mapping[str, AnyInput]) -> None:
    park = parameters["park_size"]
    assert isinstance(park, Path)
    assert [park.at(year).item() for year in (2020, 2029.75, 2030, 2040)] == [0, 0, 500, 500]


def test_points_are_a_table(parameters: Mapping[str, AnyInput]) -> None:
    mortality = parameters["mortality_of_age"]
    assert isinstance(mortality, Table)
    assert mortality.argument_unit == "year"
    assert mortality.arguments.tolist() == [0, 50, 100]
    assert mortality.values.tolist() == [0.01, 0.005, 0.3]


def test_values_by_label_stand_in_the_order_of_the_axis(parameters: Mapping[str, AnyInput]) -> None:
    share = parameters["capital_share"]
    assert isinstance(share, Constant)
    assert share.over == ("sector",)
    assert squeeze_to(share.values, ("sector",), {"sector": 3}).tolist() == [[0.1, 0.4, 0.3]]
    gap = parameters["wage_gap"]
    sizes = {"residence": 2, "sector": 3}
    assert squeeze_to(gap.values, gap.over, sizes).tolist() == [[[0.5, 0.8, 0.7], [0.6, 1.2, 1.1]]]


def test_values_by_county_take_codes_and_names(tmp_path: FilePath) -> None:
    names = {"360302": "安源", "430281": "liling", "430181": "浏阳市"}
    entries = [f"{names.get(code, code)}: {k / 10}" for k, code in enumerate(reversed(county_codes()))]
    parameter = read_one(tmp_path, f"  unit: ha\n  over: county\n  value: {{{', '.join(entries)}}}\n")
    expected = [k / 10 for k in reversed(range(24))]
    assert squeeze_to(parameter.values, ("county",), {"county": 24}).tolist() == [expected]


def test_labels_of_other_axes_are_given_by_the_caller(tmp_path: FilePath) -> None:
    labels = {"hub": ("changsha", "shenzhen")}
    parameter = read_one(tmp_path, "  unit: ha\n  over: hub\n  value: {shenzhen: 2, changsha: 1}\n", labels=labels)
    assert parameter.values.ravel().tolist() == [1, 2]


def test_labels_may_have_paths_with_years_of_their_own(tmp_path: FilePath) -> None:
    value = "{agriculture: 1, industry: {2020: 1, 2030: 2}, services: {2025: 4, 2035: 2}}"
    parameter = read_one(tmp_path, f"  unit: ha\n  over: sector\n  value: {value}\n")
    assert isinstance(parameter, Path)
    assert parameter.years.tolist() == [2020, 2025, 2030, 2035]
    assert parameter.values.reshape(4, 3).tolist() == [[1, 1, 4], [1, 1.5, 4], [1, 2, 3], [1, 2, 2]]


def test_step_paths_of_labels_stay_steps(tmp_path: FilePath) -> None:
    value = "{agriculture: 1, industry: {2020: 1, 2030: 2}, services: {2025: 4, 2035: 2}}"
    parameter = read_one(tmp_path, f"  unit: ha\n  over: sector\n  kind: step\n  value: {value}\n")
    assert parameter.values.reshape(4, 3).tolist() == [[1, 1, 4], [1, 1, 4], [1, 2, 4], [1, 2, 2]]


def test_years_may_be_text_as_in_json(tmp_path: FilePath) -> None:
    parameter = read_one(tmp_path, '  unit: ha\n  value: {"2030": 2, "2020": 1}\n')
    assert isinstance(parameter, Path)
    assert parameter.years.tolist() == [2020, 2030]


def test_arrays_cannot_be_written_to(parameters: Mapping[str, AnyInput]) -> None:
    for parameter in parameters.values():
        with pytest.raises(ValueError, match="read-only"):
            parameter.values[...] = 0
        if isinstance(parameter, Path):
            with pytest.raises(ValueError, match="read-only"):
                parameter.years[...] = 0


def test_everything_missing_is_told_at_once(told: Told) -> None:
    assert told("  unit: ha\n", rest="") == [
        "1: key 'size.about' is missing",
        "1: key 'size.quality' is missing",
        "1: key 'size.range' is missing",
        "1: key 'size.source' is missing",
        "1: parameter 'size'; found neither; expected either 'value' or 'points' with 'argument'",
    ]


def test_the_other_keys_of_a_broken_entry_are_still_checked(told: Told) -> None:
    text = "  unit: ha\n  over: sectr\n  value: 3\n  qualty: recalled\n"
    rest = "  about: x\n  range: {low: 5, high: 1, shap: uniform}\n  source: ''\n"
    assert told(text, rest=rest) == [
        "1: key 'size.quality' is missing",
        "3: unknown axis 'sectr'; did you mean 'sector'?",
        "5: unknown key 'size.qualty'; did you mean 'quality'?",
        "7: unknown key 'size.range.shap'; did you mean 'shape'?",
        "8: key 'size.source'; found ''; expected text that is not empty",
    ]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("  unit: ha\n  value: 11\n", "5: a value of 'size' lies outside its own range; found 11; expected 0 to 10"),
        ("  unit: ha\n  value: high\n", "3: key 'size.value'; found 'high'; expected a number"),
        ("  unit: ha\n  value: 5 ha\n", "3: key 'size.value'; found '5 ha'; expected a number"),
        ("  unit: ha\n  value: .inf\n", "3: key 'size.value'; found inf; expected a finite number"),
        ("  unit: ha\n  value:\n", "3: key 'size.value' has no value; expected a value, or the key left out"),
        (
            "  unit: ha\n  value: {2020: 1}\n",
            "3: key 'size.value' has 1 year; expected at least two; a value that never changes is written with 'value'",
        ),
        (
            "  unit: ha\n  value: {agriculture: 1}\n",
            "3: key 'size.value.agriculture' as year; found 'agriculture'; expected a year from 1900 to 2200",
        ),
        (
            "  unit: ha\n  value: {2020: 1, '2020': 1, 2030: 2}\n",
            "3: year 2020 stands twice in key 'size.value'",
        ),
        (
            "  unit: ha\n  value: 1\n  kind: step\n",
            "4: 'kind' in parameter 'size'; expected 'kind' only where values are by year",
        ),
        (
            "  unit: ha\n  over: sector\n  value: {agriculture: 1, servics: 2}\n",
            "4: key 'size.value' lacks 2 sector values; expected industry, services",
        ),
        (
            "  unit: ha\n  over: sector\n  value: 1\n",
            "4: key 'size.value'; found 1; expected one value for each sector",
        ),
        (
            "  unit: ha\n  over: [sector, residence]\n  value: 1\n",
            "3: key 'size.over'; found [sector, residence]; expected [residence, sector], each once, in this order",
        ),
        ("  unit: ha\n  over: hub\n  value: 1\n", "3: the labels of axis 'hub' are not known here"),
        ("  unit: ha\n  over: member\n  value: 1\n", "3: unknown axis 'member'; expected one of county"),
        (
            "  unit: ha\n  points: {0: 1, 1: 2}\n",
            "1: key 'size.argument' is missing; expected the unit of the keys, like {unit: year}",
        ),
        (
            "  unit: ha\n  argument: {unit: year}\n  value: 1\n",
            "3: 'argument' in parameter 'size'; expected 'argument' only beside 'points'",
        ),
        (
            "  unit: ha\n  argument: {unit: year}\n  over: sector\n  points: {0: 1, 1: 2}\n",
            "4: 'over' in parameter 'size'; expected no 'over' beside 'points'",
        ),
        (
            "  unit: ha\n  argument: {unit: year}\n  points: {0: 1, one: 2}\n",
            "4: key 'size.points.one' as argument; found 'one'; expected a number",
        ),
        ("  unit: '1'\n  value: 1\n", "2: key 'size.unit'; found '1'; expected 'dimensionless'"),
    ],
)
def test_a_wrong_entry_is_told_in_words(told: Told, entry: str, message: str) -> None:
    assert any(line.startswith(message) for line in told(entry)), told


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ("{low: 2, high: 1}", "4: key 'size.range'; found 2 to 1; expected low below high"),
        ("{low: 0, high: 3, shape: lognormal}", "4: key 'size.range'; found low 0; expected low above 0"),
        ("{low: 1.1, high: 3, as: factor}", "4: a value of 'size' lies outside its own range; found the factor 1"),
        ("{low: 0, high: 3, as: factors}", "4: key 'size.range.as'; found 'factors'; expected one of absolute, factor"),
        ("{high: 3}", "4: key 'size.range.low' is missing"),
        ("[1, 3]", "4: key 'size.range'; found a list; expected keys and values (low, high, shape, as)"),
    ],
)
def test_a_wrong_range_is_told_in_words(told: Told, limits: str, message: str) -> None:
    rest = f"  about: x\n  range: {limits}\n  quality: official\n  source: x\n"
    messages = told("  unit: ha\n", rest=rest + "  value: 1\n")
    assert [line for line in messages if line.startswith(message)] or pytest.fail(str(messages))


@pytest.mark.parametrize(
    ("name", "unit", "message"),
    [
        ("birth_rate", "1/month", "2: the unit of 'birth_rate', a rate; found '1/month'; expected '1/year'"),
        ("urban_share", "ha", "2: the unit of 'urban_share', a share; found 'ha'; expected 'dimensionless'"),
        ("wage_index", "ha", "2: the unit of 'wage_index', an index; found 'ha'; expected 'dimensionless'"),
        ("waiting_time", "ha", "2: the unit of 'waiting_time', a time; found 'ha'; expected one of year, month"),
        ("urban_share", "dimensionless", "5: the range of 'urban_share', a share; found 0 to 10; expected a range"),
        ("birthRate", "ha", "1: the name of parameter 'birthRate'; expected small letters, digits and '_'"),
        ("2020", "ha", "1: the name of parameter '2020'; expected small letters"),
    ],
)
def test_a_name_keeps_what_its_last_word_promises(told: Told, name: str, unit: str, message: str) -> None:
    messages = told(f"  unit: {unit}\n  value: 0.5\n", name=name)
    assert [line for line in messages if line.startswith(message)] or pytest.fail(str(messages))


def test_a_share_with_a_factor_range_may_not_leave_zero_to_one(told: Told) -> None:
    rest = REST.replace("{low: 0, high: 10, shape: uniform}", "{low: 0.5, high: 2, shape: uniform, as: factor}")
    messages = told("  unit: dimensionless\n  value: 1.2\n", name="urban_share", rest=rest)
    assert len(messages) == 1
    assert messages[0].startswith("5: a value of 'urban_share' lies outside")


def test_units_are_read_when_asked(told: Told) -> None:
    text = "  unit: millon CNY_2020\n  argument: {unit: yeer}\n  points: {0: 1, 1: 2}\n"
    assert told(text, check_units=True) == [
        "2: key 'size.unit'; found 'millon CNY_2020'; expected a unit; did you mean 'million'?",
        "3: key 'size.argument.unit'; found 'yeer'; expected a unit; did you mean 'year'?",
    ]


def test_a_name_in_two_files_is_told_with_both_places(tmp_path: FilePath) -> None:
    entry = f"size:\n  unit: ha\n  value: 1\n{REST}"
    folder = write(tmp_path, forest=entry, land=f"# a comment\n{entry}")
    with pytest.raises(ProblemsError) as raised:
        load_parameters(folder)
    assert str(raised.value) == (
        "parameters/land.yaml:2: parameter 'size' stands twice; found also in parameters/forest.yaml:1"
    )


def test_problems_of_all_files_are_told_at_once(tmp_path: FilePath) -> None:
    folder = write(tmp_path, forest="size: 3\n", land="size: [1\n", water="")
    (folder / "energy.yml").write_text(ECONOMY, encoding="utf-8")
    with pytest.raises(ProblemsError) as raised:
        load_parameters(folder)
    assert [(problem.file, problem.line) for problem in raised.value.problems] == [
        ("parameters/energy.yml", 0),
        ("parameters/forest.yaml", 1),
        ("parameters/land.yaml", 1),
        ("parameters/water.yaml", 0),
    ]


def test_a_folder_without_parameters_is_told(tmp_path: FilePath) -> None:
    with pytest.raises(ProblemsError, match="found no file"):
        load_parameters(tmp_path / "none")


def test_loading_imports_neither_pint_nor_tables(tmp_path: FilePath) -> None:
    folder = write(tmp_path, economy=ECONOMY)
    code = (
        "import sys; from regionsim.scenarios.parameters import load_parameters; import regionsim.scenarios.load;"
        f"load_parameters({str(folder)!r});"
        "assert not {'pint', 'pandas', 'xarray', 'matplotlib', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_path_stays_within_absolute_bounds_in_every_year(told: Told) -> None:
    messages = told("  unit: ha\n  value: {2020: 1, 2030: 12, 2040: 2}\n")
    assert messages == ["5: a value of 'size' lies outside its own range; found 12; expected 0 to 10"]


def test_the_values_of_a_table_stay_within_its_bounds(told: Told) -> None:
    messages = told("  unit: ha\n  argument: {unit: year}\n  points: {0: 1, 1: -2}\n")
    assert messages == ["6: a value of 'size' lies outside its own range; found -2; expected 0 to 10"]


def test_values_are_float64(parameters: Mapping[str, AnyInput]) -> None:
    assert {parameter.values.dtype for parameter in parameters.values()} == {np.dtype(np.float64)}
