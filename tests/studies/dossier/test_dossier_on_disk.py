"""The dossier as files: failing tests first, every number kept, nothing taken from elsewhere, whole or not there."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from command_line import call
from matplotlib.figure import Figure
from whole_model import SCENARIOS

from regionsim.engine.guard import SimulationError
from regionsim.export.markdown import anchors
from regionsim.figures.effect_ranges import EffectRange, effect_ranges
from regionsim.problems import ProblemsError
from regionsim.studies.dossier import registry
from regionsim.studies.dossier.registry import EXAMINATIONS
from regionsim.studies.dossier.report import write_dossier
from regionsim.studies.dossier.result import Column, Examination, Finding, Illustration, Table
from regionsim.studies.dossier.setting import Setting
from regionsim.studies.dossier.study import Dossier, make_dossier, read_library
from regionsim.studies.dossier.uncertainty import draws_for
from regionsim.studies.model import read_scenario

NUMBERS = Table(
    "Numbers",
    (Column("name"), Column("share", "%", ".1f"), Column("rows")),
    (("a < b", 12.345, 1_000), ("none", math.nan, 2)),
)


def drawn() -> Figure:
    return effect_ranges([EffectRange("up", 0.1, 0.2, 0.3), EffectRange("open", -0.2, 0.1, 0.3)], "2 draws")


def good(setting: Setting) -> Finding:
    return Finding("pass", ("All is well.",), (NUMBERS,), (Illustration("ranges", "Two ranges", drawn),), ("Little.",))


def bad(setting: Setting) -> Finding:
    return Finding("fail", ("2 of 3 fail.", "More words."), (NUMBERS,))


def impossible(setting: Setting) -> Finding:
    return Finding("not testable", ("No data.",))


def breaking(setting: Setting) -> Finding:
    raise SimulationError("the stock 'residents' is -1 in 2026")


def made_up(*functions: object) -> tuple[Examination, ...]:
    return tuple(
        Examination(each.__name__, f"Test {each.__name__}", "Is it so?", "it is", "nobody 1900", each)
        for each in functions
    )


def dossier_of(*functions: object) -> Dossier:
    scenarios = {name: read_scenario(SCENARIOS / f"{name}.yaml") for name in ("base", "plan")}
    return make_dossier(scenarios, draws_for(None, 2, 5), seed=5, processes=1, examinations=made_up(*functions))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of one test of each outcome, and one that broke down."""
    return write_dossier(dossier_of(good, impossible, bad, breaking), tmp_path_factory.mktemp("dossier") / "validation")


def test_the_record_has_every_number_and_none_that_json_does_not_know(written: Path) -> None:
    record = json.loads((written / "validation.json").read_text(encoding="utf-8"))
    assert record["outcomes"] == {"pass": 1, "fail": 2, "not testable": 1}
    first = record["tests"][0]
    assert first["outcome"] == "pass" and first["question"] == "Is it so?" and first["seconds"] >= 0
    assert first["tables"][0]["rows"] == [["a < b", 12.345, 1000], ["none", None, 2]]
    assert first["tables"][0]["columns"][1] == {"name": "share", "unit": "%"}
    assert record["draws"] == {"members": 2, "origin": "prior", "seed": 5}
    assert set(record["scenario_hashes"]) == {"base", "plan"}


def test_a_run_that_breaks_fails_its_test_and_stops_no_other(written: Path) -> None:
    record = json.loads((written / "validation.json").read_text(encoding="utf-8"))
    assert [each["outcome"] for each in record["tests"]] == ["pass", "not testable", "fail", "fail"]
    assert record["tests"][3]["words"] == ["A run stopped: the stock 'residents' is -1 in 2026"]


def test_the_page_stands_alone_and_its_summary_begins_with_what_fails(written: Path) -> None:
    page = (written / "index.html").read_text(encoding="utf-8")
    assert not re.findall(r"(?:src|href)=\"(?!data:image/png;base64,|#)", page) and "http" not in page
    assert page.count("data:image/png;base64,") == 1
    summary = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert re.findall(r'class="outcome ([a-z-]+)"', summary) == ["fail", "fail", "not-testable", "pass"]
    assert "a &lt; b" in page and "12.3" in page and "1,000" in page and "n/a" in page
    targets = re.findall(r'href="#([^"]+)"', page)
    assert targets and all(f'id="{target}"' in page for target in targets)


def test_the_text_says_the_same_and_its_links_lead_somewhere(written: Path) -> None:
    page = (written / "dossier.md").read_text(encoding="utf-8")
    assert page.index("| fail |") < page.index("| not testable |") < page.index("| pass |")
    assert "1 of 4 tests passed, 2 failed, 1 not testable" in page
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= set(anchors(page))
    for figure in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page):
        assert (written / figure).stat().st_size > 1000


def test_a_dossier_without_figures_has_none(tmp_path: Path) -> None:
    directory = write_dossier(dossier_of(good), tmp_path / "validation", figures=False)
    assert sorted(path.name for path in directory.iterdir()) == ["dossier.md", "index.html", "validation.json"]
    assert "<figure>" not in (directory / "index.html").read_text(encoding="utf-8")


def test_a_folder_with_anything_else_in_it_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "validation").mkdir()
    (tmp_path / "validation" / "thesis.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"thesis\.docx"):
        write_dossier(dossier_of(good), tmp_path / "validation")
    assert [path.name for path in (tmp_path / "validation").iterdir()] == ["thesis.docx"]


def test_every_test_of_the_dossier_says_what_it_asks_and_whose_it_is() -> None:
    assert len({each.key for each in EXAMINATIONS}) == len(EXAMINATIONS)
    for each in EXAMINATIONS:
        assert each.question.endswith("?") and each.passes and each.source and each.examine.__doc__, each.key


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_writes_the_dossier_and_is_content_where_tests_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "EXAMINATIONS", made_up(good, bad))
    said = call("validate", "--folder", SCENARIOS, "--out", tmp_path / "validation", "--draws", 2)
    assert said.status == 0 and said.error == ""
    assert said.out.splitlines()[1].split() == ["fail", "Test", "bad", "2", "of", "3", "fail."]
    assert said.out.splitlines()[-1].endswith("validation: 1 of 2 tests passed, 1 failed, 0 not testable")
    assert (tmp_path / "validation" / "figures" / "ranges.png").is_file()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("scenarios/plan.yaml",), "regionsim validate: one scenario is scored against observations; found scenarios/"),
        (("--observed", "o.csv", "--draws", "8"), "'--draws' belongs to the dossier; found --observed beside it"),
        (("--folder", "nowhere"), "nowhere: the folder of scenarios is missing"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_line(
    options: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call("validate", *options)
    assert said.status == 2 and words in said.error and len(said.error.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_library_without_the_plan_is_refused_and_named(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_bytes((SCENARIOS / "base.yaml").read_bytes())
    with pytest.raises(ProblemsError, match="the scenario 'plan' is missing; found base"):
        read_library(tmp_path)
