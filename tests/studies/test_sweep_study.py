"""A study file is read like a scenario: everything wrong is said at once, with line and nearest name."""

from pathlib import Path

import numpy as np
import pytest
from command_line import call

from regionsim.problems import ProblemsError
from regionsim.scenarios.layers import SHOCKS
from regionsim.studies.believed import default_parameters
from regionsim.studies.sweep.plan import plan_of
from regionsim.studies.sweep.study import read_study

SCENARIOS = Path("scenarios").resolve().as_posix()
HEAD = f"name: mine\nscenarios: [{SCENARIOS}/base.yaml]\n"
WRONG = f"""\
name: Mine
scenarios: [{SCENARIOS}/bases.yaml, {SCENARIOS}/low-birth.yaml]
design: {{kind: sobol, members: 100}}
parameters:
  migration_income_elasticitys: {{}}
  capital_elasticity[industri]: {{low: 0.9, high: 1.1}}
  fertility_index: {{}}
  participation_share: {{low: 0.5, high: 1.2}}
  mortality_by_age: {{}}
  absent_share_elsewhere: {{low: 3}}
  capital_output_ratio: {{values: [1]}}
levers:
  transprt.x: {{low: 1, high: 2}}
  border: {{low: 0, high: 1}}
  border.friction: {{}}
correlation: [[a, border.friction, 2]]
outputs: {{variables: [populatio], regions: [zon], years: [2025, 2036]}}
member: 4
"""
SAID = """\
1: key 'name'; found 'Mine'; expected small letters, digits and hyphens, like 'full-cooperation'
2: the scenario does not exist; found 'SCENARIOS/bases.yaml'; expected a scenario file, from the folder of the study; \
did you mean 'SCENARIOS/base.yaml'?
3: key 'design'; found members 100; expected a power of two, like 64 or 128, as a sequence of Sobol needs
5: key 'parameters.migration_income_elasticitys': unknown parameter 'migration_income_elasticitys', \
did you mean 'migration_income_elasticity'?
6: key 'parameters.capital_elasticity[industri]': 'industri' is no sector, did you mean 'industry'?
7: key 'parameters.fertility_index': scenario 'low-birth' sets it, so that no draw moves it there; \
expected a parameter that no scenario of the study sets, or a lever
8: key 'parameters.participation_share': 0.5 to 1.2 is not within 0.68 to 0.84, its range beside it, \
or 'outside_range: true' beside it
9: key 'parameters.mortality_by_age': 'mortality_by_age' is a table by age or the like, which has no members
10: key 'parameters.absent_share_elsewhere'; found 'low' alone; expected 'low' and 'high' together
11: key 'parameters.capital_output_ratio'; found keys and values; expected two values or more, each once
13: unknown lever 'transprt.x'; did you mean 'transport'?
14: lever 'border'; expected the keys of a scenario joined by dots, like border.friction
15: lever 'border.friction': a lever needs values, or low and high: nothing stands beside it
16: a correlation of ranks; found 2; expected a number above -1 and below 1
16: unknown factor 'a'
16: unknown factor 'border.friction'
17: unknown region 'zon'; expected zone, provinces, counties, Hunan, Jiangxi, or a county; did you mean 'zone'?
17: unknown variable 'populatio'; did you mean 'population'?
17: year outside the run; found 2036; expected a year from 2020 to 2035
18: unknown key 'member'; expected one of name, title, about, scenarios, design, parameters, levers, correlation, \
outputs, chunk
"""


def written(folder, text):
    path = folder / "study.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder, text):
    """What is said of a study that is wrong, without the name of its file."""
    path = written(folder, text)
    with pytest.raises(ProblemsError) as caught:
        plan_of(read_study(path))
    return str(caught.value).replace(f"{path}:", "").replace(f"{path}: ", "")


def test_everything_that_is_wrong_with_a_study_is_said_at_once(tmp_path):
    path = written(tmp_path, WRONG)
    said = call("sweep", path, "--out", tmp_path / "out")
    assert (said.status, said.out) == (2, "")
    expected = [f"{path}:{line.replace('SCENARIOS', SCENARIOS)}" for line in SAID.splitlines()]
    assert said.error.splitlines() == expected
    assert not (tmp_path / "out").exists()


def test_a_lever_that_no_scenario_may_say_is_refused_with_its_line_in_the_study(tmp_path):
    text = f"""\
{HEAD}design: {{kind: one-at-a-time}}
levers:
  compensation.lushi.price: {{values: [0.4, 0.83]}}
  transport.changsha-ganzhou-railway.opens: {{low: 2028, high: 2044}}
  measures.12-ecosystem-quality.strength: {{low: 0, high: 7}}
  border.friktion: {{low: 0, high: 1}}
"""
    lines = refused(tmp_path, text).splitlines()
    assert lines == [
        "5: unknown agreement 'lushi'; did you mean 'lushui'?",
        "6: year outside the run: 'opens' of transport project 'changsha-ganzhou-railway'; found 2044; "
        f"expected a year after 2020, to 2035 ({SCENARIOS}/base.yaml:6)",
        "7: key 'measures.12-ecosystem-quality.strength'; found 7.0; expected at most 5",
        "8: unknown key 'border.friktion'; did you mean 'friction'?",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("design: {kind: grid}\n", " nothing is varied; expected 'parameters' or 'levers' with something in it"),
        ("design: {kind: grid, members: 3}\nparameters: all\n", "for a design of the kind 'grid': levels"),
        ("design: {kind: morris, levels: 4}\nparameters: all\n", "found none; expected 'trajectories'"),
        ("design: {kind: grid, levels: 2}\nparameters: all\n", "3: the design has too many members; found some 10^"),
        ("design: {kind: morris, trajectories: 2, levels: 5}\nparameters: all\n", "an even number of levels"),
        (
            "design: {kind: grid}\nparameters: {capital_elasticity: {}, 'capital_elasticity[industry]': {}}\n",
            "'capital_elasticity' stands here as a whole, too",
        ),
        (
            "design: {kind: grid}\nlevers: {border.travel: {low: 0, high: 1}, border.goods: {low: 0, high: 1}}\n"
            "correlation: [[border.travel, border.goods, 0.5]]\n",
            "5: correlations in a design that draws nothing from them; found grid",
        ),
        (
            "design: {kind: saltelli, members: 4}\nlevers: {border.travel: {low: 0, high: 1}, "
            "border.goods: {low: 0, high: 1}}\ncorrelation: [[border.travel, border.goods, 0.5]]\n",
            "correlations in a design whose factors have to be independent; found saltelli; expected a design of",
        ),
        ("design: {kind: saltelli, members: 6}\nparameters: all\n", "a power of two, like 4 or 8"),
        (
            "design: {kind: sobol, members: 8}\nparameters: {green_premium: {shape: lognormal}}\n",
            "key 'parameters.green_premium': a lognormal range lies above 0, found one from -0.05",
        ),
        (
            "design: {kind: grid}\nparameters: {participation_share: {}}\n"
            "outputs: {variables: [population, births, sector_output], regions: [zone]}\n",
            "5: nothing is kept of births, sector_output in these regions; expected counties too",
        ),
        (
            "design: {kind: grid}\nparameters: {participation_share: {}}\n"
            "levers: {parameters.participation_share.value: {low: 0.7, high: 0.75}}\n",
            "5: lever 'parameters.participation_share.value' sets 'participation_share', so that no draw of it counts",
        ),
        ("design: {kind: saltelli, members: 4096}\nparameters: all\n", "the design has too many members; found 1,30"),
        (
            "design: {kind: posterior, members: 4, draws: none.csv}\n",
            "none.csv: the draws cannot be read; found No such",
        ),
    ],
)
def test_a_design_that_does_not_fit_says_why(tmp_path, text, words):
    assert words in refused(tmp_path, HEAD + text)


def test_draws_of_a_calibration_are_members_beside_what_is_drawn_here(tmp_path):
    (tmp_path / "draws.csv").write_text(
        "draw,participation_share,capital_elasticity[industry]\n0,0.70,0.9\n1,0.75,1.0\n2,0.80,1.1\n", encoding="utf-8"
    )
    design = "design: {kind: posterior, members: 3, seed: 1, draws: draws.csv}\n"
    plan = plan_of(read_study(written(tmp_path, f"{HEAD}{design}levers: {{border.friction: {{low: 0, high: 1}}}}\n")))
    assert [factor.key for factor in plan.factors] == [
        "border.friction",
        "participation_share",
        "capital_elasticity[industry]",
    ]
    pairs = sorted(map(tuple, plan.numbers[:, 1:].tolist()))
    assert pairs == [(0.7, 0.9), (0.75, 1.0), (0.8, 1.1)]
    for row, scenario in zip(plan.numbers, plan.scenarios[0], strict=True):
        assert scenario.border.friction == row[0]
    (tmp_path / "draws.csv").write_text("draw\n0\n1\n", encoding="utf-8")
    assert "draws.csv:1: no column is a parameter; expected a CSV file" in refused(tmp_path, f"{HEAD}{design}")
    (tmp_path / "draws.csv").write_text("participation_share\n0,70\n0,75\n", encoding="utf-8")
    assert (
        refused(tmp_path, f"{HEAD}{design}")
        .splitlines()[0]
        .endswith("draws.csv:2: a row of draws; found 2 cells; expected 1, as in the header")
    )
    (tmp_path / "draws.csv").write_text("participation_share\n0.70\n75\n", encoding="utf-8")
    said = refused(tmp_path, f"{HEAD}{design}")
    assert said.endswith("draws.csv: column 'participation_share': 0.7 to 75 is not within 0 to 1, a share")
    (tmp_path / "draws.csv").write_text("participation_shar\nx\n", encoding="utf-8")
    lines = refused(tmp_path, f"{HEAD}{design}").splitlines()
    assert [line.partition("draws.csv:")[2] for line in lines] == [
        "1: column 'participation_shar': unknown parameter 'participation_shar', did you mean 'participation_share'?",
        "2: column 'participation_shar'; found 'x'; expected a number",
    ]


def test_levers_leave_all_else_as_the_scenario_has_it(tmp_path):
    text = f"name: mine\nscenarios: [{SCENARIOS}/plan.yaml]\ndesign: {{kind: grid}}\nlevers:\n"
    text += "  measures.10-towns.strength: {values: [1, 0.5]}\n"
    text += "  transport.changsha-ganzhou-railway.opens: {low: 2030, high: 2031, step: 1}\n"
    study = read_study(written(tmp_path, text))
    members = plan_of(study).scenarios[0]
    assert [scenario.measures["10-towns"].strength for scenario in members] == [1.0, 1.0, 0.5, 0.5]
    opened = [scenario.transport["changsha-ganzhou-railway"].opens for scenario in members]
    assert opened == [2030, 2031, 2030, 2031]
    for scenario in members:
        assert {**scenario.measures, "10-towns": None} == {**study.scenarios[0].measures, "10-towns": None}
        assert scenario.parameters == study.scenarios[0].parameters


def test_all_stands_for_every_range_but_those_of_the_network_and_of_shocks(tmp_path):
    names = default_parameters()
    assert len(names) > 250
    assert not {"high_speed_rail_speed", "freight_time_value", *SHOCKS.values()} & set(names)
    text = f"{HEAD}design: {{kind: monte-carlo, members: 2}}\n"
    text += "parameters: {participation_share: {low: 0.7, high: 0.71}, all: {}}\n"
    plan = plan_of(read_study(written(tmp_path, text)))
    assert sorted(factor.key for factor in plan.factors) == sorted(names)
    place = [factor.key for factor in plan.factors].index("participation_share")
    assert ((plan.numbers[:, place] >= 0.7) & (plan.numbers[:, place] <= 0.71)).all()


def test_variables_of_the_model_are_kept_in_the_counties_that_are_named(tmp_path):
    text = f"{HEAD}design: {{kind: grid}}\nparameters: {{participation_share: {{}}}}\n"
    text += "outputs: {variables: [sector_output, population], regions: [Liling, zone], years: [2030]}\n"
    sector, people = read_study(written(tmp_path, text)).blocks
    assert sector.regions == ("430281/agriculture", "430281/industry", "430281/services")
    assert (sector.kind, sector.unit, sector.needs) == ("county_sector", "million CNY_2020/year", ("sector_output",))
    assert people.regions == ("430281", "zone")
    assert np.array(sector.places).tolist() == [3 * k + j for k in [people.places[0]] for j in range(3)]


def test_the_studies_of_the_project_are_sound():
    files = [
        file for file in sorted(Path("studies").glob("*.yaml")) if "\nscenarios:" in file.read_text(encoding="utf-8")
    ]
    assert len(files) >= 3
    for file in files:
        study = read_study(file)
        assert study.name == file.stem and study.title_zh != study.title_en
