"""Tables for papers: the numbers of the results, in four formats and two languages, each saying where it comes from."""

from __future__ import annotations

import csv
import math
import re
import shutil
import subprocess
from pathlib import Path

import pandas
import pytest
from command_line import call
from openpyxl import load_workbook

from regionsim.results.indicators import indicators
from regionsim.results.tables import HEADLINES, comparison_table, summary_table
from regionsim.studies.finished_results import read_results
from regionsim.studies.tables.content import difference_table

SCENARIOS = Path("scenarios").resolve().as_posix()


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """A folder with a run to 2026, another beside it, and a fan of six members."""
    folder = tmp_path_factory.mktemp("results")
    base = f"extends: {SCENARIOS}/base.yaml\nrun: {{end: 2026}}\n"
    for name, more, members in (
        ("one", "", 1),
        ("other", "border: {goods: 0.5, start: 2021}\n", 1),
        ("fan", "", 6),
    ):
        title = f"name: {name}\ntitle: {{en: {name.title()} & all, zh: 情景{name}}}\n"
        (folder / f"{name}.yaml").write_text(title + base + more, encoding="utf-8")
        fan = () if members == 1 else ("--members", members, "--seed", 3)
        done = call("run", folder / f"{name}.yaml", "--out", folder, "--no-figures", *fan)
        assert done.status == 0, done.error
    return folder


def table(results, *names, formats="csv,md,tex,xlsx", language="en"):
    out = results / "tables" / language
    done = call("table", *(results / name for name in names), "--out", out, "--format", formats, "--lang", language)
    assert done.status == 0, done.error
    return out


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_headlines_are_the_numbers_of_the_result(results):
    rows = rows_of(table(results, "one") / "headlines-one.csv")
    kept = pandas.read_csv(results / "one" / "indicators.csv").set_index(["region", "variable", "year"])["value"]
    levels = [row for row in rows if row["column"].isdigit()]
    assert {row["column"] for row in levels} == {"2020", "2025", "2026"}
    assert {row["variable"] for row in levels} == set(HEADLINES) and {row["region"] for row in levels} == {
        "zone", "Hunan", "Jiangxi",
    }  # fmt: skip
    for row in levels:
        factor = 100 if row["unit"] == "%" else 1
        value = factor * kept[row["region"], row["variable"], int(row["column"])]
        assert math.isclose(float(row["value"]), value, rel_tol=1e-10)
    (change,) = [row for row in rows if row["column"] == "Change 2020 to 2026" and row["region"] == "zone"
                 and row["variable"] == "population"]  # fmt: skip
    before, after = kept["zone", "population", 2020], kept["zone", "population", 2026]
    assert float(change["value"]) == pytest.approx(100 * (after / before - 1)) and change["unit"] == "%"


def test_texts_are_those_of_the_terminal(results):
    (dataset,) = read_results([str(results / "one")], [])
    terminal = summary_table(dataset)
    for row in rows_of(table(results, "one") / "headlines-one.csv"):
        assert row["shown"] in terminal
    both = read_results([str(results / "one"), str(results / "other")], [])
    side_by_side = comparison_table(both)
    for row in rows_of(table(results, "one", "other") / "differences-one-other.csv"):
        assert row["shown"] in side_by_side or row["shown"] == "+0.0"  # the terminal says none


def test_differences_are_those_of_the_indicators(results):
    rows = rows_of(table(results, "one", "other") / "differences-one-other.csv")
    one, other = (indicators(each) for each in read_results([str(results / "one"), str(results / "other")], []))
    key = ["region", "variable", "year"]
    before, after = (each.set_index(key)["value"]["zone", "market_access", 2026] for each in (one, other))
    (found,) = [row for row in rows if (row["region"], row["variable"]) == ("zone", "market_access")
                and "difference" in row["column"]]  # fmt: skip
    assert before != after and float(found["value"]) == pytest.approx(100 * (after / before - 1), rel=1e-9)


def test_all_formats_have_the_same_numbers_and_say_where_they_come_from(results):
    out = table(results, "one")
    texts = {ending: (out / f"headlines-one.{ending}").read_text(encoding="utf-8") for ending in ("csv", "md", "tex")}
    for row in rows_of(out / "headlines-one.csv"):
        assert f"| {row['shown']} " in texts["md"]
        assert f"& {row['shown'].replace('-', '$-$')} " in texts["tex"]
    identity = rows_of(out / "headlines-one.csv")[0]
    assert all(identity["scenario_hash"] in text and identity["data_hash"] in text for text in texts.values())
    book = load_workbook(out / "headlines-one.xlsx")
    assert identity["scenario_hash"] in book.properties.keywords
    assert [cell.value for cell in book["source"][2]][:2] == ["one", identity["scenario_hash"]]
    cells = {row[0].value: row for row in book["table"].iter_rows() if row[0].value}
    assert cells["Urbanization rate (%)"][1].number_format == "#,##0.0"
    assert isinstance(cells["Population (person)"][1].value, (int, float))


def test_latex_is_escaped_and_has_the_lines_of_booktabs(results):
    text = (table(results, "one") / "headlines-one.tex").read_text(encoding="utf-8")
    assert r"One \& all" in text and r"\toprule" in text and r"Urbanization rate (\%)" in text
    body = [line for line in text.splitlines() if line.endswith(r" \\") and "&" in line]
    assert all(line.replace(r"\&", "").count("&") == 4 for line in body)


def test_signs_of_latex_are_those_of_formulas(results):
    text = (table(results, "one") / "headlines-one.tex").read_text(encoding="utf-8")
    cells = [cell for line in text.splitlines() if line.endswith(r"\\") for cell in line.split(" & ")[1:]]
    below = [cell for cell in cells if "$-$" in cell]
    assert below and not any(cell.startswith("-") for cell in cells)
    markdown = (table(results, "one") / "headlines-one.md").read_text(encoding="utf-8")
    assert len(below) == len(re.findall(r"\| -\d", markdown))


@pytest.mark.skipif(shutil.which("xelatex") is None, reason="needs a TeX")
def test_a_tex_sets_the_tables(results, tmp_path):
    folder = table(results, "one")
    files = "".join(rf"\input{{{file.as_posix()}}}" for file in sorted(folder.glob("*.tex")))
    packages = r"\usepackage[textwidth=16cm]{geometry}\usepackage{booktabs}"
    page = rf"\documentclass{{article}}{packages}\begin{{document}}{files}\end{{document}}"
    (tmp_path / "paper.tex").write_text(page, encoding="utf-8")
    words = ["xelatex", "-halt-on-error", "-interaction=nonstopmode", "paper.tex"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "full \\hbox" not in done.stdout, done.stdout


def test_chinese_tables_have_chinese_words_and_the_same_numbers(results):
    english = rows_of(table(results, "one") / "headlines-one.csv")
    chinese = rows_of(table(results, "one", language="zh") / "headlines-one.csv")
    assert [row["value"] for row in english] == [row["value"] for row in chinese]
    text = (results / "tables" / "zh" / "headlines-one.md").read_text(encoding="utf-8")
    assert "城镇化率（%）" in text and "示范区湖南部分" in text and "Population" not in text


def test_an_ensemble_has_its_spread(results):
    rows = rows_of(table(results, "fan") / "headlines-fan.csv")
    last = [row for row in rows if row["column"] == "2026" and row["variable"] == "population"]
    assert all(float(row["low"]) < float(row["value"]) < float(row["high"]) and " to " in row["shown"] for row in last)


def test_an_ensemble_differs_member_by_member_also_where_others_failed(results):
    (fan,) = read_results([str(results / "fan")], [])
    other = fan.isel(member=[0, 2, 3, 4, 5]).assign_attrs(scenario="else")
    other["output"] = 1.01 * other["output"]
    without = fan.isel(member=[0, 1, 2, 4, 5])
    for cell in (row.cells[2] for row in difference_table([without, other]).rows if row.variable == "output"):
        assert (cell.low, cell.value, cell.high) == pytest.approx((1, 1, 1))


def test_what_is_wrong_is_said_in_one_line_each(results, tmp_path):
    done = call("table", results / "nobody", tmp_path, "--format", "cvs", "--out", tmp_path / "out")
    assert done.status == 2 and not (tmp_path / "out").exists()
    assert "did you mean 'csv'?" in done.error and done.error.count("the result file is missing") == 2
