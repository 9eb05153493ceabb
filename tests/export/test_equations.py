"""The listing of all equations: complete, well formed in each format, every link with an end, nothing unexplained."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from command_line import BASE, PLAN, call

from regionsim.export.atlas import atlas_of
from regionsim.export.entries import Kind
from regionsim.export.equations.document import document_of
from regionsim.export.equations.html import html_text
from regionsim.export.equations.latex import escaped, latex_text
from regionsim.export.equations.listing import FORMATS, equations_text
from regionsim.export.equations.markdown import markdown_text
from regionsim.export.markdown import anchors
from regionsim.language.declarations import INITIAL
from regionsim.results.indicator_catalogue import FURTHER_ROWS, INDICATORS
from regionsim.studies.model import evidence_scenario

# Equations that no equation, stock, ledger or indicator asks for: they are made to be read in trajectories.nc.
ONLY_FOR_READERS = {
    "forest_cover": "share by county, beside the area that the indicator is made of",
    "urban_share": "share by county, beside the population that the indicator is made of",
    "total_flood_loss": "what floods destroy in the whole zone",
    "freight_access_of_network": "access by the network alone, beside the passenger one that tourism reads",
    "tourism_value_added": "a part of services, not to be added to output",
    "cluster_value_added": "value added by cluster",
    "departures_by_hub": "who leaves for which hub",
    "renewable_coverage": "yardstick of the energy system",
    "electricity_share": "yardstick of the energy system",
    "emission_intensity": "yardstick of the energy system",
    "carbon_credit_income": "what sinks would earn",
    "ecological_product_income": "what ecosystems would earn",
    "debt_ratio": "yardstick of public finance",
    "fiscal_self_sufficiency": "yardstick of public finance",
}


@pytest.fixture(scope="module")
def atlas():
    return atlas_of(evidence_scenario())


@pytest.fixture(scope="module")
def document(atlas):
    return document_of(atlas)


@pytest.fixture(scope="module")
def entries(document):
    return {e.name: e for section in document.sections for group in section.groups for e in group.entries}


@pytest.fixture(scope="module")
def markdown(document):
    return markdown_text(document)


@pytest.fixture(scope="module")
def html(document):
    return html_text(document)


@pytest.fixture(scope="module")
def latex(document):
    return latex_text(document)


class Page(HTMLParser):
    """What a page has open, its anchors, the links within it and what it would load."""

    EMPTY = ("meta", "br")

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.loads, self.closed_wrongly = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        self.loads += [found["src"]] if "src" in found else []
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            self.closed_wrongly.append(tag)


def test_every_name_of_the_model_has_one_entry_of_its_kind(atlas, document, entries):
    model = atlas.model
    assert sum(len(group.entries) for section in document.sections for group in section.groups) == len(entries)
    assert set(entries) == {*model.stocks, *model.equations, *model.ledgers, *model.inputs}
    flows = {f for each in (*model.stocks.values(), *model.ledgers.values()) for f in each.inflows + each.outflows}
    kinds = {
        Kind.STOCK: set(model.stocks),
        Kind.FLOW: flows,
        Kind.AUXILIARY: set(model.equations) - flows,
        Kind.LEDGER: set(model.ledgers),
        Kind.PARAMETER: set(atlas.parameters),
        Kind.FIGURE: set(model.inputs) - set(atlas.parameters),
    }
    assert {kind: {name for name, entry in entries.items() if entry.kind is kind} for kind in Kind} == kinds


def test_every_name_is_documented(entries):
    for entry in entries.values():
        facts = {fact.label: "".join(map(str, fact.spans)).strip() for fact in entry.facts}
        assert entry.about.strip() and facts["unit"], entry.name
        wanted = {
            Kind.PARAMETER: ("value", "range", "quality", "source", "used by"),
            Kind.FIGURE: ("quality", "source"),
        }
        for label in wanted.get(entry.kind, ()):
            assert facts.get(label) or (label == "value" and facts.get("points")), f"{entry.name}: {label}"


def test_every_equation_is_read_taken_up_by_an_indicator_named_by_a_ledger_or_said_to_be_for_readers(atlas):
    taken = {name for indicator in INDICATORS for name in indicator.needs} | {rows.variable for rows in FURTHER_ROWS}
    starts = {stock.initial for stock in atlas.model.stocks.values()}
    read = {name.removeprefix(INITIAL) for e in atlas.model.equations.values() for name in e.arguments}
    read |= {name for e in atlas.model.equations.values() for name in e.arguments}
    unread = set(atlas.model.equations) - taken - starts - read - atlas.flows
    assert unread == set(ONLY_FOR_READERS)


def test_every_stock_is_read_or_taken_up_by_an_indicator(atlas):
    taken = {name for indicator in INDICATORS for name in indicator.needs} | {rows.variable for rows in FURTHER_ROWS}
    assert [name for name in atlas.model.stocks if not atlas.used_by(name) and name not in taken] == []


def test_markdown_has_a_heading_for_every_name_and_no_link_without_an_end(entries, markdown):
    found = anchors(markdown)
    assert len(found) == len(set(found)) and set(entries) <= set(found)
    assert set(re.findall(r"\]\(#([^)]*)\)", markdown)) <= set(found)
    assert "```python\nforest_cover = forest_area / county_area\n```" in markdown


def test_html_is_well_formed_loads_nothing_and_every_link_has_an_end(entries, html):
    page = Page(html)
    assert page.open == [] and page.closed_wrongly == [] and page.loads == []
    assert len(page.ids) == len(set(page.ids)) and set(entries) <= set(page.ids)
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)


def test_each_name_in_an_equation_leads_to_its_definition(atlas, html):
    for equation in atlas.model.equations.values():
        begin = html.index(f'<h4 id="{equation.name}">')
        shown = html[begin : html.index("<dl>", begin)]
        for name in equation.arguments:
            base = name if name in atlas.model.inputs or name in ("time", "step_start") else name.removeprefix(INITIAL)
            target = "the-clock" if base in ("time", "step_start") else base
            assert f'<a href="#{target}">{base}</a>' in shown, f"{equation.name}: {name}"


def test_latex_is_balanced_and_every_link_has_an_end(entries, latex):
    bare = re.sub(r"\\\\|\\[{}$&#%_]", "", latex)
    assert bare.count("{") == bare.count("}") and bare.count("$") % 2 == 0
    depth = 0
    for character in bare:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    environments = []
    for word, environment in re.findall(r"\\(begin|end)\{(\w+)\}", latex):
        if word == "begin":
            environments.append(environment)
        else:
            assert environments.pop() == environment
    assert environments == []
    targets = set(re.findall(r"\\(?:entry|hypertarget)\{([\w-]+)\}", latex))
    assert set(entries) <= targets
    assert set(re.findall(r"\\(?:name|hyperlink)\{([\w-]+)\}", latex)) <= targets


def test_what_means_something_to_latex_is_escaped():
    assert escaped(r"50 % of a_b & {c} #1 $2 ^~\ 中文 km²") == (
        r"50 \% of a\_\allowbreak{}b \& \{c\} \#1 \$2 \textasciicircum{}\textasciitilde{}\textbackslash{} 中文 "
        r"km\textsuperscript{2}"
    )


@pytest.mark.skipif(shutil.which("xelatex") is None, reason="needs XeLaTeX with ctex")
def test_latex_compiles(latex, tmp_path):
    (tmp_path / "equations.tex").write_text(latex, encoding="utf-8")
    command = ["xelatex", "-no-pdf", "-halt-on-error", "-interaction=nonstopmode", "equations.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=300, check=False)
    log = (tmp_path / "equations.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, log[-2000:]
    assert "Missing character" not in log


@pytest.mark.parametrize("name", FORMATS)
def test_values_are_those_of_the_scenario(name):
    assert "plan" in equations_text(name, PLAN)
    assert equations_text(name, PLAN) != equations_text(name)


def test_a_measure_stands_with_what_it_acts_by(html):
    row = html[html.index("<td>9</td>") :].split("</tr>")[0]
    assert "深化农业农村改革" in row and '<a href="#land_rights_effort">' in row


def test_the_command_writes_a_file_and_prints_without_one(tmp_path):
    file = tmp_path / "equations.html"
    written = call("export", "equations", "--format", "html", "--scenario", BASE, "--out", file)
    assert (written.status, written.out, written.error) == (0, f"Written to {file}\n", "")
    assert file.read_text(encoding="utf-8") == equations_text("html", BASE)
    assert [each.name for each in tmp_path.iterdir()] == ["equations.html"]
    printed = call("export", "equations")
    assert printed.status == 0 and printed.out == equations_text("md")


def test_wrong_calls_are_said_in_a_line_and_nothing_is_written(tmp_path):
    nowhere = call("export", "equations", "--out", tmp_path / "none" / "equations.md")
    assert nowhere.status == 2 and "the folder is not there" in nowhere.error and nowhere.error.count("\n") == 1
    folder = call("export", "equations", "--out", tmp_path)
    assert folder.status == 2 and "the name of a file is needed" in folder.error
    missing = call("export", "equations", "--scenario", tmp_path / "none.yaml", "--out", tmp_path / "equations.md")
    assert missing.status == 2 and missing.error.count("\n") == 1
    assert call("export", "equations", "--format", "pdf").status == 2
    assert list(tmp_path.iterdir()) == []
