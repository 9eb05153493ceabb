"""What a report says: the numbers of the tables, every assumption that differs, uncertainty, limits, the way back."""

from __future__ import annotations

import csv
import json
import shutil

import numpy as np
import pandas
import pytest
from command_line import call
from whole_model import SCENARIOS

from regionsim.language.axes import full_rank
from regionsim.language.inputs import Constant, Path, Table
from regionsim.results.indicator_catalogue import find_indicator
from regionsim.results.netcdf_file import read_netcdf, write_netcdf
from regionsim.results.tables import comparison_table, number_text
from regionsim.studies.finished_results import read_results
from regionsim.studies.model import evidence, project_dates, read_scenario
from regionsim.studies.report.document import Attachment, Bullets, Code, Paragraph
from regionsim.studies.report.said_measures import measures_said
from regionsim.studies.report.said_parameters import base_of, first_sentence, parameters_said, value_words
from regionsim.studies.report.said_terms import border_said, compensation_said, transport_said

ALL_SCENARIOS = sorted(SCENARIOS.glob("*.yaml"))


def texts(section):
    """The texts of the paragraphs, lists and commands of a section."""
    found = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text.text)
        elif isinstance(block, Bullets):
            found += ["".join(words.text for words in item) for item in block.items]
        elif isinstance(block, Code):
            found.append(block.text)
    return found


def section(document, key):
    (found,) = [each for each in document.sections if each.key == key]
    return found


def shown(cell):
    return " ".join([cell.text.text, *(note.text for note in cell.notes)])


@pytest.mark.parametrize("names", [("one",), ("one", "other"), ("fan",)])
def test_numbers_are_those_of_the_command_table(results, document, names, tmp_path):
    done = call("table", *(results / name for name in names), "--out", tmp_path, "--format", "csv")
    assert done.status == 0, done.error
    report = document(*names)
    tables = {each.title: each for each in section(report, "tables").blocks}
    files = list(tmp_path.glob("*.csv"))
    assert len(tables) == len(files) > 0
    for file in files:
        with file.open(encoding="utf-8", newline="") as stream:
            written = [row["shown"] for row in csv.DictReader(stream)]
        said = [
            [shown(cell) for group in table.groups for row in group.rows for cell in row[1:]]
            for table in tables.values()
        ]
        assert written in said, file.name


def test_the_results_in_short_are_those_of_the_tables(document, table_of):
    report = document("one", "other")
    rows = table_of(report, "Differences in 2026")
    lines = texts(section(report, "summary"))
    for title, (level, _, difference) in rows.items():
        (line,) = [line for line in lines if line.startswith(f"{title} in 2026: ")]
        assert f": {level.text.text} under One & <all>;" in line and f" {difference.text.text}\u00a0" in line
    over_time = texts(section(document("one"), "summary"))
    assert any(line.startswith("Population (person): 11,722,945 in 2020, ") for line in over_time)


def test_of_runs_that_end_in_different_years_the_last_common_one_is_told(results, tmp_path, document, table_of):
    for name in ("one", "other", "fan"):
        shutil.copytree(results / name, tmp_path / name)
    path = tmp_path / "fan" / "trajectories.nc"
    shorter = read_netcdf(path).sel(year=slice(2020, 2024))
    path.unlink()
    write_netcdf(shorter, path)
    report = document("one", "other", "fan", folder=tmp_path)
    lines = texts(section(report, "summary"))
    kept = pandas.read_csv(results / "one" / "indicators.csv").set_index(["region", "variable", "year"])["value"]
    shown_so = f"{kept['zone', 'population', 2024]:,.0f}"
    assert any(line.startswith(f"Population (person) in 2024: {shown_so} under One & <all>;") for line in lines)
    assert table_of(report, "Differences in 2024")["Population (person)"][0].text.text == shown_so


def test_targets_have_the_words_of_the_terminal(results, document, table_of):
    rows = table_of(document("one", "other"), "Targets of the plan")
    terminal = comparison_table(read_results([str(results / "one"), str(results / "other")], []))
    assert len(rows) == 4
    for wanted, *cells in rows.values():
        assert wanted.text.text in terminal
        assert all(each.notes[0].text in terminal for each in cells)


def test_what_a_scenario_says_otherwise_stands_beside_the_base(document, table_of):
    report = document("one", "other")
    assert any("beyond the base: One & <all>." in text for text in texts(section(report, "assumptions")))
    rows = table_of(report, "otherwise than in the base: Other & <all>")
    fertility = evidence()["fertility_index"]
    births = next(cells for title, cells in rows.items() if title.startswith(first_sentence(fertility.about)))
    assert births[1].text.text.split(": ")[1].startswith(f"{0.9 * fertility.values.ravel()[0]:.6g}")
    assert births[2].text.text == f"{fertility.low:g} to {fertility.high:g} times"
    assert births[3].text.text == fertility.quality
    assert [note.text for note in births[3].notes][1:] == ["0.9 times", "a tenth fewer births"]
    closing = evidence()["forest_closing_rate"]
    forest = next(cells for title, cells in rows.items() if title.startswith(first_sentence(closing.about)))
    assert [each.text.text for each in forest[:2]] == [f"{closing.values.item():g}", "0.05"]
    assert forest[3].notes[0].text == "docs/parameter-evidence.csv, a_F"
    assert shown(rows["12 Quality of ecosystems"][1]) == "0.5 (2021 to 2024)"
    assert "half of it" in shown(rows["12 Quality of ecosystems"][3])
    lever = rows["13 lever market-compensation"]
    assert [each.text.text for each in lever[:3]] == [
        "off",
        "2 (2022 to 2025), only in the 14 counties in Jiangxi and Rucheng",
        "0 to 5",
    ]
    assert [each.text.text for each in rows["Goods"][:2]] == ["1", "0.5 from 2021"]
    assert [each.text.text for each in rows["Lushui, second round: price (million CNY/month)"][:2]] == ["0.83", "1.66"]
    railway = rows["Changsha-Ganzhou high-speed railway"]
    assert [each.text.text for each in railway[:2]] == ["not opened", "opens 2025"]
    assert railway[3].text.text == "assumption" and shown(railway[3]).endswith(" much sooner")
    flood = next(cells for title, cells in rows.items() if "flood" in title.lower())
    assert flood[1].text.text == "2020: 0, 2022: 1, 2023: 0"
    # What the calibration of the base has, and a scenario without one has not.
    name = "labour_adjustment_time"
    (labour,) = [row for row in rows.items() if row[0].startswith(first_sentence(evidence()[name].about))]
    assert labour[1][1].text.text == f"{evidence()[name].values.item():g}" != labour[1][0].text.text
    assert labour[1][3].text.text == "calibrated" and "another calibration" in shown(labour[1][3])


@pytest.mark.parametrize("file", ALL_SCENARIOS, ids=lambda file: file.stem)
def test_nothing_that_a_scenario_says_is_left_out(file):
    scenario = read_scenario(file)
    said = {scenario.name: scenario}
    measures = measures_said(said)
    numbers = {row.title.text.split(" ")[0] for row in measures.rows}
    assert numbers == {name.split("-")[0] for name in scenario.measures}
    parts = {row.title.text for row in measures.rows if " lever " in row.title.text}
    assert len(parts) == sum(len(setting.parts) for setting in scenario.measures.values())
    assert len(transport_said(said).rows) == len(project_dates(scenario))
    shocks, parameters = parameters_said(said)
    names = {row.detail.text for row in (*shocks.rows, *parameters.rows)}
    assert names >= set(scenario.parameters)
    if scenario.calibration == base_of(scenario).calibration:
        assert names == set(scenario.parameters)
    border = scenario.border.model_dump(exclude={"start", "note"})
    changed = 6 if border["friction"] not in (None, 1) else sum(share not in (None, 1) for share in border.values())
    assert len(border_said(said).rows) == changed
    assert bool(compensation_said(said).rows) == bool(scenario.compensation)


def test_values_are_said_in_a_few_words():
    shape = {"about": "", "unit": "ha", "quality": "derived", "source": "", "name": "some"}
    sectors = np.array([0.5, 1.0, 2.0]).reshape(full_rank(np.zeros(3), ("sector",)).shape)
    assert value_words(Constant(**shape, over=("sector",), values=sectors)) == "agriculture 0.5, industry 1, services 2"
    assert value_words(Constant(**shape, over=("sector",), values=0 * sectors + 3)) == "3"
    counties = full_rank(np.arange(24.0), ("county",))
    assert value_words(Constant(**shape, over=("county",), values=counties)) == "0 to 23, mean 11.5"
    years = np.array([2020.0, 2030.0])
    alike = Path(**shape, over=("county",), years=years, values=np.stack([0 * counties + 1, 0 * counties + 2]))
    assert value_words(alike) == "2020: 1, 2030: 2"
    unlike = Path(**shape, over=("county",), years=years, values=np.stack([counties, counties]))
    assert value_words(unlike) == "path of 2 years: 0 to 23, mean 11.5"
    table = Table(**shape, argument_unit="year", arguments=np.array([0.0, 9.0]), values=np.array([1.0, 3.0]))
    assert value_words(table) == "table from 0 to 9: 1 to 3, mean 2"


def test_a_single_run_is_said_to_have_no_band(document):
    lines = texts(section(document("one"), "uncertainty"))
    assert any("no number in it has a band" in line for line in lines)
    assert any(line.startswith("regionsim run ") and line.endswith("one/scenario.yaml --members 200") for line in lines)


def test_the_bands_of_an_ensemble_are_those_of_its_quantiles(results, document, table_of):
    report = document("fan")
    rows = table_of(report, "in 2026: bands")
    kept = pandas.read_csv(results / "fan" / "quantiles.csv").set_index(["region", "year", "variable"])
    one = pandas.read_csv(results / "one" / "indicators.csv").set_index(["region", "year", "variable"])["value"]
    (table,) = [each for each in report.tables() if "in 2026: bands" in each.title]
    for group, region in zip(table.groups, ("zone", "Hunan", "Jiangxi"), strict=True):
        for row in group.rows:
            variable = next(
                name for name in ("population", "urbanization_rate", "forest_cover", "output", "output_per_person",
                "market_access") if row[0].text.text.startswith(find_indicator(name).label + " (")
            )  # fmt: skip
            indicator = find_indicator(variable)
            quantiles = kept.loc[(region, 2026, variable)]
            numbers = [one[region, 2026, variable], *(quantiles[name] for name in ("p05", "p50", "p95"))]
            assert [each.text.text for each in row[1:5]] == [
                number_text(number * indicator.shown_factor, indicator) for number in numbers
            ]
    assert rows
    record = json.loads((results / "fan" / "run.json").read_text(encoding="utf-8"))
    lines = " ".join(texts(section(report, "uncertainty")))
    assert "6 members, seed 3." in lines and f"{record['drawn_parameters']} parameters were drawn" in lines


def test_members_that_failed_are_told(results, document, tmp_path):
    shutil.copytree(results / "fan", tmp_path / "fan")
    path = tmp_path / "fan" / "run.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**record, "failed_members": {"4": "no base year", "5": "no"}}), encoding="utf-8")
    lines = texts(section(document("fan", folder=tmp_path), "uncertainty"))
    at = lines.index("2 members failed and are left out of all numbers; the first of them, 4:")
    assert lines[at + 1] == "no base year"


def test_limits_have_what_the_validation_found(document, table_of):
    report = document("one")
    rows = table_of(report, "What the validation found")
    page = (SCENARIOS.parent / "docs" / "validation.md").read_text(encoding="utf-8")
    for test, (outcome, words) in rows.items():
        assert f"| {outcome.text.text} | {test} | {words.text.text} |" in page
    assert len(rows) == page.count("\n| pass |") + page.count("\n| fail |") + page.count("\n| not testable |")
    outcomes = [outcome.text.text for outcome, _ in rows.values()]
    assert outcomes == sorted(outcomes, key=("fail", "not testable", "pass").index)
    wide = table_of(report, "did not move")
    assert "migration_service_elasticity" in wide and "labour_adjustment_time" not in wide


def test_a_dossier_of_the_reader_goes_before_the_one_that_is_shipped(results, document, table_of, tmp_path):
    shutil.copytree(results / "one", tmp_path / "one")
    (tmp_path / "validation").mkdir()
    record = json.loads((results / "one" / "run.json").read_text(encoding="utf-8"))
    own = {
        "data_hash": record["data_hash"],
        "tests": [{"title": "Ledgers", "outcome": "fail", "words": ["One leaks."]}],
    }
    (tmp_path / "validation" / "validation.json").write_text(json.dumps(own), encoding="utf-8")
    assert list(table_of(document("one", folder=tmp_path), "What the validation found")) == ["Ledgers"]
    own["data_hash"] = "0" * 64
    (tmp_path / "validation" / "validation.json").write_text(json.dumps(own), encoding="utf-8")
    assert len(table_of(document("one", folder=tmp_path), "What the validation found")) > 1


def test_instruments_that_do_not_act_are_named_for_the_measures_that_are_on(document, table_of):
    rows = table_of(document("one", "other"), "yet do not act")
    assert {row.split("-")[0] for row in rows} == {"M12", "M13"}
    assert not [each for each in document("one").tables() if "yet do not act" in each.title]


def test_the_scenarios_that_go_with_it_are_those_that_ran(results, document, tmp_path):
    report = document("one", "other")
    attached = [block for block in section(report, "origin").blocks if isinstance(block, Attachment)]
    assert [each.name for each in attached] == ["one.yaml", "other.yaml"]
    for each, name in zip(attached, ("one", "other"), strict=True):
        (tmp_path / each.name).write_text(each.text, encoding="utf-8")
        record = json.loads((results / name / "run.json").read_text(encoding="utf-8"))
        assert read_scenario(tmp_path / each.name).content_hash() == record["scenario_hash"]


@pytest.mark.parametrize("spoil", ["missing", "changed"])
def test_a_scenario_that_is_not_that_of_the_result_is_not_told(results, document, tmp_path, spoil):
    shutil.copytree(results / "other", tmp_path / "other")
    path = tmp_path / "other" / "scenario.yaml"
    if spoil == "missing":
        path.unlink()
    else:
        path.write_text(path.read_text(encoding="utf-8").replace("strength: 0.5", "strength: 1"), encoding="utf-8")
    report = document("other", folder=tmp_path)
    lines = texts(section(report, "assumptions"))
    assert any(line.startswith("Not known of Other & <all>") for line in lines)
    assert not [each for each in report.tables() if "otherwise than in the base" in each.title]


def test_the_question_is_that_of_the_reader(document):
    assert (
        texts(section(document("one"), "question"))[0]
        == "What becomes of the zone by 2026 under the scenario One & <all>?"
    )
    asked = document("one", asked="Does it pay?")
    assert texts(section(asked, "question"))[0] == "Does it pay?"
    assert any(line.endswith("/one --question 'Does it pay?'") for line in texts(section(asked, "origin")))
    assert "One & <all>: What one asks." in texts(section(document("one"), "question"))
