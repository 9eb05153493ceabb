"""What the written pages promise: commands that work as typed, outputs as printed, links that lead somewhere."""

from __future__ import annotations

import re
import shutil
import tomllib
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

import regionsim
from regionsim.cli import main
from regionsim.equations import mechanisms
from regionsim.export.atlas import mechanism_name
from regionsim.export.base_run_page import base_run_tables
from regionsim.export.markdown import anchors, with_tables
from regionsim.export.refresh import WALKED
from regionsim.export.walkthrough import walked
from regionsim.studies.run import run_scenario

ROOT = Path(__file__).parents[2]
HIDDEN = (".", "build", "dist")
PAGES = [
    file
    for file in sorted(ROOT.rglob("*.md"))
    if not any(part.startswith(HIDDEN) for part in file.relative_to(ROOT).parts)
]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def in_process(words):
    done = CliRunner().invoke(main, list(words), prog_name="regionsim")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


@pytest.mark.parametrize("name", WALKED)
def test_the_commands_of_a_page_work_as_typed_and_print_what_it_shows(name, tmp_path):
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    page = (ROOT / name).read_text(encoding="utf-8")
    assert walked(page, tmp_path, in_process) == page, f"{name} is stale: run python -m regionsim.export.refresh"


def test_the_tables_of_the_model_page_are_those_of_the_runs():
    page = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    tables = base_run_tables(run_scenario(ROOT / "scenarios" / "base.yaml"))
    assert page == with_tables(page, tables), "docs/model.md is stale: run python -m regionsim.export.refresh"
    assert sorted(re.findall(r"<!-- table: (\w+) -->", page)) == sorted(tables)


@cache
def anchors_of(file):
    """The names of a page's headings: hundreds of links lead to one page."""
    return frozenset(anchors(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file_and_to_a_heading_in_it(page):
    broken = []
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors_of(file)):
            broken.append(target)
    assert not broken


def test_pages_are_found():
    names = {page.relative_to(ROOT).as_posix() for page in PAGES}
    assert {"README.md", "CONTRIBUTING.md", "docs/model.md", "docs/mechanisms/index.md"} <= names


def test_every_link_in_a_table_of_scenarios_or_commands_is_a_command_that_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `regionsim (\w+)", readme, re.MULTILINE)) == set(main.commands)


def test_the_readme_names_every_mechanism_and_every_scenario_that_comes_with_it():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    parts = readme.partition("## What is in it")[2].partition("| --- | --- |\n")[2].partition("\n\n")[0]
    named = {
        re.sub(r" \(.*?\)", "", name).strip().replace(" ", "_")
        for row in parts.splitlines()
        for name in row.split("|")[2].split(", ")
    }
    assert named == {mechanism_name(module) for module in mechanisms()}
    assert f"\n{len(named)} mechanisms, " in readme
    library = readme.partition("## The scenarios that come with it")[2].partition("\n\n`")[0]
    listed = {
        name for row in re.findall(r"^\| (.*?) \|", library, re.MULTILINE) for name in re.findall(r"`([a-z-]+)`", row)
    }
    assert listed == {file.stem for file in (ROOT / "scenarios").glob("*.yaml")}


def test_the_citation_has_the_version_of_the_package():
    cited = re.findall(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited == [project["version"]] == [regionsim.__version__]


def test_the_changelog_has_the_version_of_the_package():
    assert f"\n## {regionsim.__version__}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_figure_of_the_readme_is_small():
    assert (ROOT / "docs" / "figures" / "base.png").stat().st_size < 200_000


def test_the_sources_name_every_file_of_data_and_no_other():
    data = Path(regionsim.__file__).parent / "place" / "data"
    page = (data / "SOURCES.md").read_text(encoding="utf-8")
    table = page.partition("| --- |")[2].partition("\n\n")[0]
    rows = dict(re.findall(r"^\| `([^`]+)` \| ([\d,]+) \|", table, re.MULTILINE))
    assert set(rows) == {file.name for file in data.iterdir() if file.suffix in (".csv", ".geojson")}
    for name, count in rows.items():
        if name.endswith(".csv"):
            lines = (data / name).read_text(encoding="utf-8").splitlines()
            assert len(lines) - 1 == int(count.replace(",", "")), name


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("# One: two\n\n## Cite\n### forest_area\n", ["one-two", "cite", "forest_area"]),
        ("## Same\n## Same\n## Same\n", ["same", "same-1", "same-2"]),
        ("```sh\n# not a heading\n```\n## 1. A first run\n", ["1-a-first-run"]),
    ],
)
def test_headings_are_linked_by_the_names_that_viewers_make(page, names):
    assert anchors(page) == names
