"""Models that others have published, said in our language: they hold what is known of them, here and beside a checkout.

Set REGIONSIM_TEST_MODELS to a checkout of https://github.com/SDXorg/test-models to compare with the published outputs.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from compare_test_models import not_run
from published_models import cases, compare, not_sayable, relative_differences, unaccounted

from regionsim.engine.units import check_units

CASES = {case.folder: (module, case) for module, case in cases()}
VARIABLE = "REGIONSIM_TEST_MODELS"
SCRIPT = Path(__file__).parents[1] / "compare_test_models.py"
PAGE = Path(__file__).parents[2] / "docs" / "verification.md"


@pytest.fixture(scope="module")
def checkout():
    where = os.environ.get(VARIABLE)
    if not where:
        pytest.skip(f"{VARIABLE} does not name a checkout of https://github.com/SDXorg/test-models")
    return Path(where)


@pytest.mark.parametrize("folder", CASES)
def test_a_published_model_keeps_units_ledgers_and_what_is_known_in_closed_form(folder):
    module, case = CASES[folder]
    model = case.compiled(module)
    assert check_units(model) == []
    run = case.run(model)
    assert all(residual < 1e-12 for residual in run.ledgers.values())
    for name, closed_form in case.known.items():
        values = case.values(run.variables[name])
        size = np.abs(values).max()
        expected = np.broadcast_to(closed_form(case.times(run)), values.shape)
        assert values == pytest.approx(expected, rel=1e-9, abs=1e-12 * size), name
    assert run.ledgers or case.known, "nothing is known of this model without its published output"


def test_no_folder_is_run_twice_or_both_run_and_listed():
    folders = [case.folder for _, case in cases()]
    assert len(folders) == len(set(folders))
    assert not set(folders) & set(not_sayable())


def test_the_published_models_agree_with_their_published_outputs(checkout):
    comparisons = [compare(module, case, checkout) for module, case in CASES.values()]
    assert [comparison for comparison in comparisons if not comparison.passed] == []


def test_every_folder_of_the_published_models_is_run_or_listed_with_a_reason(checkout):
    assert unaccounted(checkout) == (set(), set())


def test_the_page_of_verification_has_every_folder_that_is_run_and_every_reason_for_one_that_is_not():
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^\| ((?:samples|tests)/\S+) \|", page, re.MULTILINE) == sorted(CASES)
    assert page.endswith(f"\n\n{not_run(not_sayable())}\n")
    assert f"all {len(CASES)} folders" in page
    assert f"\n{len(not_sayable())} folders" in page


def _write_output(folder, columns, name="output.csv", line_end="\n"):
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="," if name.endswith("csv") else "\t", lineterminator=line_end)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _tea(times, temperature):
    """The output of a cup of tea as a tool would print it: six digits, a constant in the first row only."""
    return {
        "Time": [f"{t:.6g}" for t in times],
        "Characteristic Time": ["10"] + [""] * (len(times) - 1),
        "Teacup Temperature": [f"{value:.6g}" for value in temperature],
    }


@pytest.fixture
def tea(tmp_path):
    """A function that compares the cup of tea with a changed output of its own closed form."""
    times = np.arange(241) * 0.125
    right = 70 + 110 * (1 - 0.0125) ** np.arange(241)

    def compared(changes=None, factor=1.0, **layout):
        columns = _tea(times, right * np.where(times == 20, factor, 1))
        _write_output(tmp_path / "samples" / "teacup", columns | (changes or {}), **layout)
        return compare(*CASES["samples/teacup"], tmp_path)

    return compared


def test_the_comparison_reads_commas_and_every_end_of_line(tea):
    for line_end in ("\n", "\r", "\r\n"):
        found = tea(line_end=line_end)
        assert found.passed
        assert found.compared == 2


def test_the_comparison_reads_tabs(tea):
    found = tea(name="output.tab", line_end="\r")
    assert found.passed
    assert found.compared == 2


def test_the_comparison_sees_one_wrong_number_and_says_where(tea):
    found = tea(factor=1.001)
    assert not found.passed
    assert found.largest == pytest.approx(1e-3, rel=0.01)
    assert found.where == "Teacup Temperature at 20"


def test_the_comparison_sees_a_column_that_nobody_accounts_for(tea):
    found = tea({"Sugar": ["1"] * 241})
    assert found.problems == ("the column 'Sugar' is neither compared nor left out",)
    assert not found.passed


def test_the_comparison_sees_times_that_are_not_those_of_the_run(tea):
    found = tea({"Time": [f"{k * 0.13:.6g}" for k in range(241)]})
    assert not found.passed
    assert found.problems == ("the published times are not those of the run",)


def test_the_comparison_sees_a_result_that_is_no_number_and_passes_over_an_empty_cell():
    ours, published = np.array([1.0, np.nan, np.nan]), np.array([1.0, np.nan, 2.0])
    assert relative_differences(ours, published).tolist() == [0, 0, np.inf]


def test_the_comparison_sees_an_output_that_is_not_there(tmp_path):
    assert not compare(*CASES["samples/teacup"], tmp_path).passed


def test_a_folder_that_nobody_accounts_for_is_seen(tmp_path):
    for folder in [*CASES, *not_sayable(), "tests/new"]:
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "samples" / "teacup").rmdir()
    assert unaccounted(tmp_path) == ({"tests/new"}, {"samples/teacup"})


def test_the_script_refuses_what_is_no_checkout_in_one_line(tmp_path):
    done = subprocess.run([sys.executable, str(SCRIPT), str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == f"{tmp_path}: no checkout of test-models; expected the folders samples and tests\n"
