"""The pages of the mechanisms: fresh, complete, with the notes of whoever wrote them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from regionsim.equations import mechanisms
from regionsim.export.action_plan import MEASURES, coverage
from regionsim.export.atlas import load_atlas, mechanism_name
from regionsim.export.listing import EVIDENCE_FILE, main, pages, write_pages
from regionsim.export.markdown import NOTES_BEGIN, NOTES_END, notes_of
from regionsim.language.declarations import equation
from regionsim.scenarios.measures import load_measures

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "mechanisms"


@pytest.fixture(scope="module")
def atlas():
    return load_atlas(DOCS / EVIDENCE_FILE)


@pytest.fixture(scope="module")
def made():
    return pages(FOLDER)


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "mechanisms")
    shutil.copy(DOCS / EVIDENCE_FILE, tmp_path)
    return tmp_path / "mechanisms"


def test_the_committed_pages_are_what_the_code_says(made):
    stale = [name for name, page in made.items() if (FOLDER / name).read_text(encoding="utf-8") != page]
    assert not stale, f"stale: {', '.join(stale)}; run python -m regionsim.export.refresh"
    assert {file.name for file in FOLDER.glob("*.md")} == set(made)


def test_every_name_of_the_model_stands_once_on_its_page_and_in_the_index(atlas, made):
    for name, page in atlas.page_of.items():
        if name in ("time", "step_start"):
            continue
        assert made[f"{page}.md"].count(f"\n### {name}\n") == 1, name
        assert f"| [`{name}`]({page}.md#{name}) |" in made["index.md"], name


def test_the_expression_of_an_equation_stands_on_its_page_as_a_line_of_code(made):
    assert "```python\nforest_cover = forest_area / county_area\n```" in made["forest.md"]


def test_no_page_holds_a_path_of_a_machine(made):
    for name, page in made.items():
        assert not re.search(r"(?<![\w.])/(?:home|work|tmp|usr|Users)/|\w:\\", page), name


def test_every_measure_stands_in_the_index_with_its_key_and_what_it_acts_by(atlas, made):
    measures = {measure.number: measure for measure in load_measures()}
    assert list(measures) == [*map(str, range(1, 20)), "S1", "S2", "S3"]
    for number, measure in measures.items():
        [row] = re.findall(rf"^\| {number} \| .*$", made["index.md"], re.MULTILINE)
        assert measure.title_zh in row and f"| `{measure.name}` |" in row
        for effort in measure.efforts:
            assert f"[`{effort.input}`](place.md#{effort.input})" in row
            # An effort that nothing reads would be a measure in name only.
            readers = atlas.used_by(effort.input)
            assert readers and all(f"[`{reader}`](" in row for reader in readers), effort.name
        assert not measure.projects or f"{len(measure.projects)} transport projects" in row


def test_every_measure_of_the_plan_is_named_by_an_equation(atlas):
    covered = {each.number: each for each in coverage(atlas.model.equations.values(), atlas.parameters)}
    assert list(covered) == list(range(1, 20)) == list(MEASURES)
    assert [number for number, each in covered.items() if not each.equations] == []


def test_a_measure_that_the_plan_lacks_is_refused():
    @equation(unit="dimensionless", measures=(20,))
    def wrong(population):
        """Carries a measure that is not there."""
        return population

    with pytest.raises(ValueError, match="the plan has no measure 20"):
        coverage([wrong], {})


def test_every_mechanism_has_notes_that_a_researcher_can_use(made):
    for module in mechanisms():
        notes = notes_of(made[f"{mechanism_name(module)}.md"])
        for part in ("Why this structure", "What it leaves out", "Sources", "Extremes", "Weakly identified"):
            assert f"**{part}.**" in notes, f"{mechanism_name(module)}: {part}"


def test_notes_survive_when_pages_are_made_anew(copy):
    page = (copy / "forest.md").read_text(encoding="utf-8")
    written = page.replace(notes_of(page), "Mine.\n").replace("forest_area / county_area", "stale")
    (copy / "forest.md").write_text(written, encoding="utf-8")
    (copy / "gone.md").write_text("a mechanism that is no more", encoding="utf-8")
    assert {file.name for file in write_pages(copy)} == {"forest.md", "gone.md"}
    again = (copy / "forest.md").read_text(encoding="utf-8")
    assert notes_of(again) == "Mine.\n"
    assert "forest_area / county_area" in again
    assert not (copy / "gone.md").exists()
    assert write_pages(copy) == []


@pytest.mark.parametrize("lost", [NOTES_BEGIN, NOTES_END])
def test_notes_with_a_marker_missing_are_not_thrown_away(copy, lost):
    page = (copy / "forest.md").read_text(encoding="utf-8")
    (copy / "forest.md").write_text(page.replace(lost, ""), encoding="utf-8")
    with pytest.raises(ValueError, match=r"forest\.md: the notes of a page stand once between"):
        pages(copy)


def test_every_row_of_evidence_that_is_cited_is_there_and_every_row_is_cited(atlas, made):
    cited = {symbol for value in atlas.model.inputs.values() for symbol in atlas.symbols(value.source)}
    uncited = set(atlas.evidence_rows) - cited
    assert {"Faber", "Qin"} >= uncited, "rows that no parameter cites"
    for symbol in atlas.evidence_rows:
        assert f"\n### {symbol}\n" in made["evidence.md"]


def test_a_citation_without_a_row_is_named(atlas):
    with pytest.raises(KeyError, match=r"no row of evidence for .*unheard_of"):
        atlas.symbols("parameter_evidence:unheard_of (a book)")


def test_the_start_of_a_variable_links_to_the_variable(atlas):
    assert atlas.link("initial_sector_wage", "labour") == "[`initial_sector_wage`](#sector_wage)"
    assert atlas.link("initial_forest_area", "forest") == "[`initial_forest_area`](place.md#initial_forest_area)"


def test_the_command_wants_one_folder(capsys):
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
