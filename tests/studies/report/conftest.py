"""Results of short runs that the tests of reports share, and reports of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from command_line import call

from regionsim.figures.look import Look
from regionsim.figures.style import drawing
from regionsim.studies.finished_results import read_results
from regionsim.studies.report.build import build_report
from regionsim.studies.report.finished import finished

SCENARIOS = Path("scenarios").resolve().as_posix()
SAYS_MUCH = """
calibration: none
measures:
  12-ecosystem-quality: {start: 2021, strength: 0.5, note: "half of it"}
  13-green-institutions:
    strength: 0
    market-compensation: {strength: 2, counties: [Jiangxi, Rucheng]}
border: {goods: 0.5, start: 2021}
compensation:
  lushui: {scale: 2}
transport:
  changsha-ganzhou-railway: {opens: 2025, note: "much sooner"}
shocks:
  flood: {path: {2020: 0, 2022: 1, 2023: 0}, kind: step}
parameters:
  fertility_index: {scale: 0.9, note: "a tenth fewer births"}
  forest_closing_rate: 0.05
"""


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """A folder with the result of a base to 2026, of a scenario that says much, and of a fan of six members."""
    folder = tmp_path_factory.mktemp("results")
    base = f"extends: {SCENARIOS}/base.yaml\nrun: {{end: 2026}}\n"
    for name, more, members in (("one", "", 1), ("other", SAYS_MUCH, 1), ("fan", "", 6)):
        title = f"name: {name}\ntitle: {{en: {name.title()} & <all>, zh: 情景{name}}}\nabout: What {name} asks.\n"
        (folder / f"{name}.yaml").write_text(title + base + more, encoding="utf-8")
        fan = () if members == 1 else ("--members", members, "--seed", 3)
        done = call("run", folder / f"{name}.yaml", "--out", folder, "--no-figures", *fan)
        assert done.status == 0, done.error
    return folder


@pytest.fixture(scope="session")
def reports(results):
    """The reports of one against the other in both languages and, where it is installed, as PDF too."""
    from regionsim.studies.report.pdf import is_installed

    formats = "html,pdf" if is_installed() else "html"
    out = results / "reports"
    done = call("report", results / "one", results / "other", "--lang", "both", "--format", formats, "--out", out)
    assert done.status == 0, done.error
    return out


def made(folder, names, language, asked):
    """The report of results in a folder, without figures."""
    paths = [str(folder / name) for name in names]
    found = finished(paths, read_results(paths, []))
    with drawing(Look(language)):
        return build_report(
            found,
            paths,
            language=language,
            asked=asked,
            figures=(),
            pictures={},
            left_out=(),
            results_folder=folder,
        )


@pytest.fixture(scope="session")
def document(results):
    """The report of some of the results without figures; of those that the tests share each is made once."""
    shared = cache(made)

    def build(*names, language="en", asked="", folder=results):
        return (shared if folder == results else made)(folder, names, language, asked)

    return build


@pytest.fixture
def table_of():
    """The cells beside the first one in the rows of a table whose title has some words, by the text of the first.

    Of rows that are called alike, as in two regions, it is the first.
    """

    def find(document, words):
        (table,) = [each for each in document.tables() if words in each.title]
        found = {}
        for group in table.groups:
            for head, *cells in group.rows:
                found.setdefault(head.text.text, cells)
        return found

    return find
