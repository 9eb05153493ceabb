"""A report as one page of HTML that needs nothing beside it: no network, no script, figures and files in the page."""

from __future__ import annotations

import base64
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from regionsim.studies.report.document import (
    Attachment,
    Block,
    Bullets,
    Cell,
    Code,
    Document,
    Figure,
    Group,
    Paragraph,
    Section,
    Table,
    Words,
)

STYLE = Path(__file__).parent / "report.css"
META = "regionsim-run"
LANGUAGES = {"en": "en", "zh": "zh-Hans"}
Child = Element | str


def html_text(document: Document) -> str:
    """The report as the text of a file. Each run has its line of identity in a meta element."""
    body = _element(
        "body",
        _head_of_page(document),
        _element("main", *(_section(document, section) for section in document.sections)),
        _element("footer", _element("p", document.about)),
    )
    root = _element("html", _head(document), body, lang=LANGUAGES[document.language])
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def _head(document: Document) -> Element:
    return _element(
        "head",
        _element("meta", charset="utf-8"),
        _element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _element("title", document.title),
        _element("meta", name="description", content=f"{document.subtitle}. {document.about}"),
        _element("meta", name="generator", content=document.maker),
        *(_element("meta", name=META, content=line) for line in document.identity),
        _element("style", STYLE.read_text(encoding="utf-8")),
    )


def _head_of_page(document: Document) -> Element:
    links = [_element("li", _element("a", section.title, href=f"#{section.key}")) for section in document.sections]
    contents = document.labels.contents
    navigation = _element("nav", _element("h2", contents, id="contents"), _element("ol", *links))
    navigation.set("aria-labelledby", "contents")
    return _element("header", _element("h1", document.title), _element("p", document.subtitle), navigation)


def _section(document: Document, section: Section) -> Element:
    blocks = (_block(document, block) for block in section.blocks)
    return _element("section", _element("h2", section.title), *blocks, id=section.key)


def _block(document: Document, block: Block) -> Element:
    match block:
        case Paragraph():
            return _element("p", *_words(block.text), classes="warning" if block.is_warning else "")
        case Bullets():
            return _element(
                "ul", *(_element("li", *(part for words in item for part in _words(words))) for item in block.items)
            )
        case Code():
            return _element("pre", _element("code", block.text))
        case Table():
            return _table(document, block)
        case Figure():
            return _figure(document, block)
        case Attachment():
            return _attachment(document, block)


def _table(document: Document, table: Table) -> Element:
    number = document.labels.table.format(number=table.number)
    caption = _element("caption", _element("b", number), f" {table.title}")
    heads = (_element("th", column.head, scope="col", classes=_side(column.align)) for column in table.columns)
    aligned = [_side(column.align) for column in table.columns]
    bodies = (_body(group, aligned) for group in table.groups)
    whole = sum(column.width for column in table.columns)
    widths = (_element("col", style=f"width: {100 * column.width / whole:.1f}%") for column in table.columns)
    content = _element(
        "table", caption, _element("colgroup", *widths), _element("thead", _element("tr", *heads)), *bodies
    )
    notes = [_element("p", " ".join(table.notes), classes="notes")] if table.notes else []
    return _element("div", _wide(content, f"{number} {table.title}"), *notes, classes="table")


def _body(group: Group, aligned: list[str]) -> Element:
    rows = [_element("tr", *(_cell(cell, k, aligned[k]) for k, cell in enumerate(row))) for row in group.rows]
    if group.title:
        head = _element("th", group.title, scope="rowgroup", colspan=str(len(aligned)))
        rows.insert(0, _element("tr", head, classes="group"))
    return _element("tbody", *rows)


def _cell(cell: Cell, column: int, side: str) -> Element:
    content = [*_words(cell.text), *(_element("small", *_words(note)) for note in cell.notes)]
    if column == 0:
        return _element("th", *content, scope="row", classes=side)
    return _element("td", *content, classes=side)


def _figure(document: Document, figure: Figure) -> Element:
    number = document.labels.figure.format(number=figure.number)
    picture = base64.b64encode(document.pictures[figure.name]["svg"]).decode("ascii")
    image = _element("img", src=f"data:image/svg+xml;base64,{picture}", alt=figure.about)
    caption = _element(
        "figcaption",
        _element("b", number),
        f" {figure.title}",
        *(_element("p", note) for note in figure.notes),
    )
    return _element("figure", _wide(image, f"{number} {figure.title}"), caption, id=f"figure-{figure.name}")


def _attachment(document: Document, attachment: Attachment) -> Element:
    name = document.labels.attached.format(name=attachment.name)
    data = base64.b64encode(attachment.text.encode()).decode("ascii")
    link = _element("a", attachment.name, href=f"data:text/yaml;base64,{data}", download=attachment.name)
    text = _element("pre", _element("code", attachment.text))
    return _element("details", _element("summary", f"{attachment.about}, {name}"), _element("p", link), text)


def _wide(content: Element, label: str) -> Element:
    """What may be wider than a phone and is then moved by itself, by keys too."""
    box = _element("div", content, classes="wide", role="region", tabindex="0")
    box.set("aria-label", label)
    return box


def _words(words: Words) -> list[Child]:
    return [_element("span", words.text, lang=words.language)] if words.language else [words.text]


def _side(align: str) -> str:
    return "right" if align == "right" else ""


def _element(tag: str, *children: Child, classes: str = "", **attributes: str) -> Element:
    """An element with what is in it; whatever is a text is escaped when it is written."""
    element = Element(tag, {"class": classes, **attributes} if classes else attributes)
    for child in children:
        if isinstance(child, Element):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + child
        else:
            element.text = (element.text or "") + child
    return element
