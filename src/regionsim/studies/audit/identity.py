"""What a figure, a table or a result says of where it comes from."""

from __future__ import annotations

import csv
import json
import logging
import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile

from regionsim.problems import Problem, ProblemsError
from regionsim.results.write import RUN_RECORD

HASH = "[0-9a-f]{64}"
# As `scenario base, scenario_hash ..., data_hash ..., version ..., seed ...` (see figures/files.py, tables/files.py).
LINE = re.compile(
    rf"scenario (?P<scenario>\S+), scenario_hash (?P<scenario_hash>{HASH}), data_hash (?P<data_hash>{HASH}), "
    r"version (?P<version>[^,]*), seed (?P<seed>\d*)(, members (?P<members>\d*))?"
)


@dataclass(frozen=True)
class Identity:
    """One run: its scenario, the hashes of what the scenario says and of data and equations, version and seed.

    `members` is how many were drawn, the empty text where the file is older and does not say.
    """

    scenario: str
    scenario_hash: str
    data_hash: str
    version: str
    seed: str
    members: str = ""


FIELDS = tuple(each.name for each in fields(Identity))
REQUIRED = tuple(each.name for each in fields(Identity) if each.default is MISSING)


def identities_of(path: Path) -> list[Identity]:
    """The runs that a file shows, in the order of the file.

    Raises ProblemsError for a file that cannot be read, of another kind, or without these words in it.
    """
    if not path.is_file():
        found = "a folder" if path.is_dir() else ""
        raise ProblemsError([Problem(str(path), 0, "the file does not exist", found, "a figure, a table or a result")])
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ProblemsError(
            [Problem(str(path), 0, "a file of this kind says nothing", path.suffix, ", ".join(READERS))]
        )
    try:
        found_runs = reader(path)
    except (OSError, ValueError, KeyError, SyntaxError, csv.Error) as error:
        message = " ".join(str(error).split())
        raise ProblemsError([Problem(str(path), 0, "the file cannot be read", message)]) from None
    if not found_runs:
        expected = "a file of regionsim whose document information was kept"
        raise ProblemsError([Problem(str(path), 0, "the file does not say where it comes from", "", expected)])
    return found_runs


def _of_text(text: str) -> list[Identity]:
    return list(dict.fromkeys(Identity(**found.groupdict("")) for found in LINE.finditer(text)))


def _of_png(path: Path) -> list[Identity]:
    from PIL import Image

    with Image.open(path) as image:
        return _of_text("\n".join(str(value) for value in image.info.values()))


def _of_pdf(path: Path) -> list[Identity]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would say is said in words
    try:
        information = PdfReader(path).metadata
    except PyPdfError as error:
        raise ValueError(str(error)) from None
    return [] if information is None else _of_text(str(information.get("/Keywords", "")))


def _of_svg(path: Path) -> list[Identity]:
    return _of_text("\n".join(ElementTree.parse(path).getroot().itertext()))


def _of_words(path: Path) -> list[Identity]:
    return _of_text(path.read_text(encoding="utf-8"))


def _of_excel(path: Path) -> list[Identity]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True)
    except BadZipFile as error:
        raise ValueError(str(error)) from None
    keywords = str(book.properties.keywords)
    book.close()
    return _of_text(keywords)


def _of_csv(path: Path) -> list[Identity]:
    """A table has its runs in its columns; of a result the record beside it says which run it is."""
    with path.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file), None)
    if row is not None and all(field in row for field in REQUIRED):
        parts = [str(row[field]).split("; ") for field in FIELDS if field in row]
        return [Identity(*values) for values in zip(*parts, strict=True)]
    record = path.parent / RUN_RECORD
    return _of_json(record) if record.is_file() else []


def _of_netcdf(path: Path) -> list[Identity]:
    from regionsim.results.netcdf_file import read_netcdf

    attributes = read_netcdf(path, only=()).attrs
    if not all(field in attributes for field in REQUIRED):
        return []
    return [Identity(*(str(attributes[field]) for field in FIELDS if field in attributes))]


def _of_json(path: Path) -> list[Identity]:
    """The run that a record is of; there are other files of this kind."""
    record = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(record, dict) or not isinstance(record.get("versions"), dict):
        return []
    about = {**record, "version": record["versions"].get("regionsim", "")}
    return [Identity(*(str(about[field]) for field in FIELDS))] if all(field in about for field in FIELDS) else []


READERS: dict[str, Callable[[Path], list[Identity]]] = {
    ".png": _of_png,
    ".pdf": _of_pdf,
    ".svg": _of_svg,
    ".csv": _of_csv,
    ".md": _of_words,
    ".tex": _of_words,
    ".html": _of_words,
    ".xlsx": _of_excel,
    ".nc": _of_netcdf,
    ".json": _of_json,
}
