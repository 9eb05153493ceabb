"""`regionsim report`: what it writes and where, and what is refused in which words."""

from __future__ import annotations

import pytest
from command_line import call

from regionsim.figures import chinese_font
from regionsim.results.write import TRAJECTORIES
from regionsim.studies.report import request


@pytest.fixture
def no_figures(monkeypatch):
    """Reports without figures, which take most of the time."""
    monkeypatch.setattr(request, "drawings_of", lambda datasets, network, loops: [])


@pytest.fixture
def no_font(monkeypatch):
    chinese_font.chinese_font.cache_clear()
    monkeypatch.setattr(chinese_font, "candidates", lambda: iter(()))
    yield
    chinese_font.chinese_font.cache_clear()


def test_reports_stand_in_a_folder_of_the_scenarios(results, tmp_path, monkeypatch, no_figures):
    monkeypatch.chdir(tmp_path)
    said = call("report", results / "one", results / "other", "--format", "html")
    assert (said.status, said.error) == (0, "")
    folder = tmp_path / "results" / "reports" / "one-other"
    assert [path.name for path in folder.iterdir()] == ["report-en.html"]
    assert said.out == "Written to results/reports/one-other/report-en.html\n"


def test_the_question_of_the_reader_is_in_it(results, tmp_path, no_figures):
    call("report", results / "one", "--format", "html", "--out", tmp_path, "--question", "  Who pays?  ")
    assert "<p>Who pays?</p>" in (tmp_path / "report-en.html").read_text(encoding="utf-8")


def test_all_that_is_wrong_is_said_at_once(results, tmp_path):
    said = call(
        *("report", tmp_path / "none", "scenarios/base.yaml", results / "one", results / "one" / TRAJECTORIES),
        *("--format", "pfd,docx", "--question", " "),
    )
    assert said.status == 2 and said.out == ""
    assert sorted(said.error.splitlines()) == sorted(
        [
            f"{tmp_path / 'none' / TRAJECTORIES}: the result file is missing",
            f"{results / 'one' / TRAJECTORIES}: two results are of one scenario; found one, as in {results / 'one'}; "
            "expected names that differ",
            "regionsim report: --format; found docx; expected html, pdf",
            "regionsim report: --format; found pfd; expected html, pdf; did you mean 'pdf'?",
            "regionsim report: --question has no words; found ' '; expected a question, or none of it",
            "scenarios/base.yaml: a result is needed; found a scenario; "
            "expected a directory of results: regionsim run scenarios/base.yaml makes one",
        ]
    )


def test_without_the_extra_the_page_is_there_and_pdf_is_one_line(results, tmp_path, monkeypatch, no_figures):
    monkeypatch.setattr(request, "is_installed", lambda: False)
    said = call("report", results / "one", "--out", tmp_path / "out")
    assert (said.status, said.out) == (2, "") and not (tmp_path / "out").exists()
    assert said.error == (
        "regionsim report: --format pdf; found typst is not installed; expected pip install 'regionsim[report]'\n"
    )
    assert call("report", results / "one", "--format", "html", "--out", tmp_path / "out").status == 0


def test_without_a_chinese_font_the_report_is_in_english_and_one_line_says_so(results, tmp_path, no_font, no_figures):
    said = call("report", results / "one", "--format", "html", "--lang", "both", "--out", tmp_path)
    assert said.status == 0 and said.error == f"{chinese_font.NOT_FOUND}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["report-en.html"]


def test_nothing_is_written_where_the_making_breaks_off(results, tmp_path, monkeypatch, no_figures):
    (tmp_path / "report-en.html").write_text("older")

    def interrupted(document):
        raise KeyboardInterrupt

    made = []
    monkeypatch.setattr(request, "FORMATS", ("html", "pdf"))
    monkeypatch.setattr(request, "is_installed", lambda: True)
    monkeypatch.setattr(request, "html_text", lambda document: made.append(document) or "newer")
    monkeypatch.setattr(request, "pdf_bytes", interrupted)
    assert call("report", results / "one", "--out", tmp_path).status == 130
    assert made and (tmp_path / "report-en.html").read_text() == "older"
    assert [path.name for path in tmp_path.iterdir()] == ["report-en.html"]


def test_results_of_other_data_draw_a_warning(results, tmp_path, monkeypatch, no_figures):
    monkeypatch.setattr("regionsim.studies.finished_results.data_hash", lambda: "0" * 64)
    monkeypatch.setattr("regionsim.studies.report.limits.data_hash", lambda: "0" * 64)
    said = call("report", results / "one", "--format", "html", "--out", tmp_path)
    assert said.error.startswith("warning: one was run with other data or equations than those installed")
    assert "installed (000000000000)" in (tmp_path / "report-en.html").read_text(encoding="utf-8")


def test_audit_finds_the_runs_of_a_report_and_they_are_the_same(reports, results):
    files = sorted(reports.iterdir())
    done = call("audit", files[0], "--results", results)
    assert done.status == 0 and done.out.count("same: every number of") == 2
