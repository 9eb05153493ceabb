from __future__ import annotations

import re
from pathlib import Path

import pytest

from regionsim.export.base_year_page import base_year_tables, refreshed
from regionsim.language.inputs import AnyInput
from regionsim.place.counties import load_counties
from regionsim.studies.model import evidence

PAGE = Path(__file__).parents[2] / "docs" / "data.md"


@pytest.fixture(scope="module")
def parameters() -> dict[str, AnyInput]:
    return dict(evidence())


def test_the_page_says_what_the_readers_say(parameters: dict[str, AnyInput]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == refreshed(page, parameters), "docs/data.md is stale: write refreshed(page, parameters) back to it"


def test_every_table_is_on_the_page_once(parameters: dict[str, AnyInput]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert sorted(re.findall(r"<!-- table: (\w+) -->", page)) == sorted(base_year_tables(parameters))


def test_a_changed_figure_on_the_page_is_found(parameters: dict[str, AnyInput]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    changed = page.replace("| Anyuan | 63.9 |", "| Anyuan | 64.9 |")
    assert changed != page
    assert refreshed(changed, parameters) == page


def test_county_tables_have_a_row_for_every_county(parameters: dict[str, AnyInput]) -> None:
    for name in ("output", "employment", "forest_cover", "land"):
        table = base_year_tables(parameters)[name]
        assert [line.split(" | ")[0][2:] for line in table.splitlines()[2:]] == [c.name for c in load_counties()]


def test_an_unknown_table_is_refused(parameters: dict[str, AnyInput]) -> None:
    with pytest.raises(KeyError, match="rivers"):
        refreshed("<!-- table: rivers -->\n<!-- end of table -->", parameters)
