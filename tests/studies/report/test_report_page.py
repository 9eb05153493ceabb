"""The page of a report: what is in the file, and what a browser without network makes of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from headless_browser import NAMES, browser, opened

from regionsim.studies.audit.identity import identities_of
from regionsim.studies.report.html import html_text

WIDE, PHONE = 1200, 390
with_browser = pytest.mark.skipif(browser() is None, reason=f"no browser on this system: {', '.join(NAMES)}")
MISSING = "[...document.images].filter(image => !(image.complete && image.naturalWidth > 0)).length"
# By how many pixels the page is wider than the window, and what sticks out of the page without a box that moves it.
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STICKING_OUT = """[...document.querySelectorAll('body *')]
    .filter(each => !each.closest('.wide, pre') && each.getBoundingClientRect().right > innerWidth + 1)
    .map(each => each.tagName + ' ' + each.textContent.slice(0, 40))"""


class Tags(HTMLParser):
    """The elements of a page with their attributes, in order."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def of(self, *tags):
        return [attributes for tag, attributes in self.found if tag in tags]


@pytest.fixture(scope="module", params=["en", "zh"])
def page(request, reports):
    return reports / f"report-{request.param}.html"


def test_the_page_has_all_that_it_needs_in_itself(page):
    text = page.read_text(encoding="utf-8")
    tags = Tags(text)
    assert not tags.of("script", "link", "iframe", "object", "embed")
    assert not re.search(r"@import|url\(", text)
    sources = [value for _, attributes in tags.found for name, value in attributes.items() if name in ("src", "srcset")]
    assert len(sources) > 8 and all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    targets = {attributes["href"] for attributes in tags.of("a")}
    assert all(target.startswith(("#", "data:text/yaml;")) for target in targets)
    names = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(names) == len(set(names))
    assert {target[1:] for target in targets if target.startswith("#")} <= set(names)


def test_the_page_is_in_its_language_and_in_order(page):
    tags = Tags(page.read_text(encoding="utf-8"))
    language = page.stem.removeprefix("report-")
    assert tags.of("html") == [{"lang": "zh-Hans" if language == "zh" else "en"}]
    assert len(tags.of("h1")) == len(tags.of("main")) == len(tags.of("nav")) == 1
    assert all(attributes.get("alt") for attributes in tags.of("img"))
    assert len(tags.of("caption")) == len(tags.of("table")) and len(tags.of("figcaption")) == len(tags.of("img"))
    assert all(attributes.get("scope") in ("col", "row", "rowgroup") for attributes in tags.of("th"))


def test_both_languages_have_the_same_figures_and_tables(reports):
    english, chinese = (Tags((reports / f"report-{each}.html").read_text(encoding="utf-8")) for each in ("en", "zh"))
    for tags in (("img",), ("table",), ("tr",), ("td", "th"), ("h2",)):
        assert len(english.of(*tags)) == len(chinese.of(*tags)) > 0
    assert [each["id"] for each in english.of("figure")] == [each["id"] for each in chinese.of("figure")]


def test_titles_of_scenarios_are_no_markup(document):
    text = html_text(document("one", "other"))
    assert "Other &amp; &lt;all&gt;" in text and "<all>" not in text


def test_the_page_says_which_runs_it_shows(page):
    assert [found.scenario for found in identities_of(page)] == ["one", "other"]


@with_browser
def test_a_browser_without_network_shows_all_of_it_and_complains_of_nothing(page, tmp_path):
    with opened(tmp_path) as tab:
        tab.open(page, WIDE)
        assert tab.evaluate(MISSING) == 0 and tab.evaluate("document.images.length") > 8
        assert tab.evaluate(BEYOND) <= 0 and tab.evaluate(STICKING_OUT) == []
        assert tab.messages == []
        asked = [address for address in tab.requests if not address.startswith("data:")]
        assert asked == [page.resolve().as_uri()]


@with_browser
def test_on_a_phone_nothing_is_wider_than_the_window(page, tmp_path):
    with opened(tmp_path) as tab:
        tab.open(page, PHONE, is_phone=True)
        assert tab.evaluate("innerWidth") == PHONE
        assert tab.evaluate(BEYOND) <= 0 and tab.evaluate(STICKING_OUT) == []
        # Wide tables and figures move in boxes of their own.
        assert tab.evaluate("[...document.querySelectorAll('.wide')].some(box => box.scrollWidth > box.clientWidth)")


@with_browser
def test_the_browser_of_these_tests_sees_what_is_wrong(tmp_path):
    page = tmp_path / "wrong.html"
    page.write_text(
        "<!DOCTYPE html><img src='data:image/png;base64,AAAA'><img src='http://example.org/a.png'>"
        "<div style='width: 900px'>wide</div><script>console.error('no'); nowhere.at.all</script>",
        encoding="utf-8",
    )
    with opened(tmp_path / "profile") as tab:
        tab.open(page, PHONE, is_phone=True)
        assert tab.evaluate(MISSING) == 2
        assert tab.evaluate("document.querySelector('div').getBoundingClientRect().right") > PHONE
        assert any("nowhere" in message for message in tab.messages)
        assert any("example.org" in address for address in tab.requests)
        assert any("ERR_NAME_NOT_RESOLVED" in message for message in tab.messages)
