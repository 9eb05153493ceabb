"""The summary of the dossier in README and docs/validation.md: made of its record, and of this model and these data."""

from __future__ import annotations

import json
import re
from pathlib import Path

from regionsim.export.validation_page import HASH_SHOWN, PAGES, refresh_pages, validation_tables
from regionsim.studies.dossier.summary import SHIPPED, summary_of
from regionsim.studies.fingerprint import data_hash

ROOT = Path(__file__).parents[2]
COLUMNS = [{"name": "indicator", "unit": ""}, {"name": "within 90 %", "unit": "%"}]
WEAK = ("parameter", "evidence", "fitted", "5 %", "95 %", "width that remains", "shrinkage")


def record():
    def test(key, outcome, tables=()):
        return {"key": key, "title": key.title(), "outcome": outcome, "words": [f"{key} was found."], "tables": tables}

    parameters = {
        "title": "",
        "columns": [{"name": name, "unit": ""} for name in WEAK],
        "rows": [["told", 1.0, 0.9, 0.8, 1.0, 40.0, 0.6], ["untold", 1.5, 1.4841, 1.1, 2.0, 97.0, 0.05]],
    }
    fit = {"title": "", "columns": COLUMNS, "rows": [["population", 24]]}
    return {
        "outcomes": {"pass": 1, "fail": 1, "not testable": 0},
        "draws": {"members": 4, "origin": "posterior", "seed": 0},
        "data_hash": "0123456789abcdef",
        "tests": [
            test("held-out", "pass", [{"title": "", "columns": COLUMNS, "rows": [["all", 87.4396]]}]),
            test("calibration", "fail", [parameters, parameters, fit]),
        ],
    }


def test_what_fails_comes_first_and_what_the_data_left_wide_is_listed():
    tables = validation_tables(record())
    assert tables["validation"].index("calibration was found") < tables["validation"].index("held-out was found")
    assert "untold | 1.5 | 1.48 | 1.1 | 2 | 97 | 0.05" in tables["validation_weak"]
    assert "| told" not in tables["validation_weak"]
    assert "all | 87.4" in tables["validation_coverage"] and "population | 24" in tables["validation_hindcast"]
    assert "1 of 2 tests pass, 1 fail" in tables["validation_origin"]


def test_pages_get_the_tables_that_they_ask_for(tmp_path):
    for name in PAGES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<!-- table: validation -->\n<!-- end of table -->\n", encoding="utf-8")
    assert len(refresh_pages(tmp_path, record())) == len(PAGES)
    assert "held-out was found" in (tmp_path / PAGES[1]).read_text(encoding="utf-8")
    assert refresh_pages(tmp_path, record()) == []


def test_reports_get_the_summary_that_they_quote(tmp_path):
    for name in PAGES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("nothing is asked for\n", encoding="utf-8")
    file = tmp_path / "src" / "regionsim" / "studies" / "dossier" / SHIPPED.name
    file.parent.mkdir(parents=True)
    assert refresh_pages(tmp_path, record()) == [file]
    assert json.loads(file.read_text(encoding="utf-8")) == summary_of(record())
    assert refresh_pages(tmp_path, record()) == []


def test_the_summary_is_of_this_model_and_these_data():
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    said = re.search(r"Data and model ([0-9a-f]+)", page)
    assert said, "run `regionsim validate`, then `python -m regionsim.export.validation_page`"
    assert said[1] == data_hash()[:HASH_SHOWN], "older than the model: run `regionsim validate` and refresh the page"
