"""Pages whose commands are run: what a page may promise, and what happens when it does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from regionsim.export.walkthrough import WalkError, walked


def run(words):
    """A command line of two commands, which print their words; `fail` ends with status 2."""
    return (2, "no such thing\n") if words[0] == "fail" else (0, " ".join(words) + "  \nsecond\nthird\n")


def test_what_was_printed_takes_the_place_of_an_older_output(tmp_path):
    page = "<!-- run -->\n```sh\nregionsim run 'a b'\n```\n\n<!-- output -->\n```text\nolder\n```\n\nEnd.\n"
    fresh = walked(page, tmp_path, run)
    assert fresh == page.replace("older\n", "run a b\nsecond\nthird\n")
    assert walked(fresh, tmp_path, run) == fresh


def test_an_empty_output_is_filled_and_cut_to_its_first_lines(tmp_path):
    page = "<!-- run -->\n```sh\nregionsim run\n```\n<!-- output: first 2 lines -->\n```text\n```\n"
    assert walked(page, tmp_path, run).endswith("```text\nrun\nsecond\n```\n")


def test_a_file_is_written_and_python_reads_it(tmp_path):
    page = (
        "<!-- file: scenarios/new.yaml -->\n```yaml\nname: new\n```\n"
        "<!-- python -->\n```python\nfrom pathlib import Path\nfirst = 1\n```\n"
        '<!-- python -->\n```python\nprint(first, Path("scenarios/new.yaml").read_text())\n```\n'
        "<!-- output -->\n```text\n```\n"
    )
    assert walked(page, tmp_path, run).endswith("```text\n1 name: new\n```\n")
    assert (tmp_path / "scenarios" / "new.yaml").read_text() == "name: new\n"


def test_a_refusal_that_the_page_promises_is_no_error(tmp_path):
    page = "<!-- run: refused -->\n```sh\nregionsim fail\n```\n<!-- output -->\n```text\n```\n"
    assert "no such thing" in walked(page, tmp_path, run)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("<!-- run -->\n```sh\nregionsim fail\n```\n", "line 3: 'regionsim fail' ended with status 2, expected 0"),
        ("<!-- run: refused -->\n```sh\nregionsim run\n```\n", "line 3: .* ended with status 0, expected 2"),
        ("<!-- run -->\n```sh\nrm -r results\n```\n", "line 3: only commands of regionsim can be run here"),
        ("<!-- python -->\n```python\n1 / 0\n```\n", "line 3: the Python raised ZeroDivisionError"),
        ("<!-- file: ../elsewhere.yaml -->\n```yaml\na: 1\n```\n", "line 3: the file .* lies outside the folder"),
    ],
)
def test_what_does_not_hold_is_named_with_its_line(tmp_path, block, message):
    with pytest.raises(WalkError, match=message):
        walked(f"# Page\n\n{block}", tmp_path, run)


def test_blocks_without_a_marker_are_left_alone(tmp_path):
    page = "```sh\nmake run\n```\n\n```text\nas it is\n```\n"
    assert walked(page, tmp_path, run) == page


def test_the_current_folder_is_as_before(tmp_path):
    before = Path.cwd()
    walked("<!-- python -->\n```python\npass\n```\n", tmp_path, run)
    assert Path.cwd() == before
