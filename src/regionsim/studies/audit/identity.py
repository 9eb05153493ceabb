"""What a figure, a table or a result says of where it comes from."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from regionsim.problems import Problem, ProblemsError
from regionsim.results.write import RUN_RECORD

HASH = "[0-9a-f]{64}"
# As `scenario base, scenario_hash ..., data_hash ..., version ..., seed ...` (see figures/files.py, tables/files.py).
LINE = re.compile(
    rf"scenario (?P<scenario>\S+), scenario_hash (?P<scenario_hash>{HASH}), data_hash (?P<data_hash>{HASH}), "
    r"version (?P<version>[^,]*), seed (?P<seed>\d*)"
)


@dataclass(frozen=True)
class Identity:
    """One run: its scenario, the hashes of what the scenario says and of data and equations, version and seed."""

    scenario: str
    scenario_hash: str
    data_hash: str
    version: str
    seed: str


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
    except (OSError, ValueError, KeyError, SyntaxError) as error:
        message = " ".join(str(error).split())
        raise ProblemsError([Problem(str(path), 0, "the file cannot be read", message)]) from None
    if not found_runs:
        expected = "a file of regionsim whose document information was kept"
        raise ProblemsError([Problem(str(path), 0, "the file does not say where it comes from", "", expected)])
    return found_runs


def _of_text(text: str) -> list[Identity]:
    return list(dict.fromkeys(Identity(**found.groupdict()) for found in LINE.finditer(text)))


def _of_png(path: Path) -> list[Identity]:
    from PIL import Image

    with Image.open(path) as image:
        return _of_text("\n".join(str(value) for value in image.info.values()))


def _of_pdf(path: Path) -> list[Identity]:
    from pypdf import PdfReader

    information = PdfReader(path).metadata
    return [] if information is None else _of_text(str(information.get("/Keywords", "")))


def _of_svg(path: Path) -> list[Identity]:
    return _of_text("\n".join(ElementTree.parse(path).getroot().itertext()))


def _of_words(path: Path) -> list[Identity]:
    return _of_text(path.read_text(encoding="utf-8"))


def _of_excel(path: Path) -> list[Identity]:
    from openpyxl import load_workbook

    return _of_text(str(load_workbook(path, read_only=True).properties.keywords))


def _of_csv(path: Path) -> list[Identity]:
    """A table has its runs in its columns; of a result the record beside it says which run it is."""
    with path.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file), None)
    fields = list(Identity.__dataclass_fields__)
    if row is not None and all(field in row for field in fields):
        parts = [str(row[field]).split("; ") for field in fields]
        return [Identity(*values) for values in zip(*parts, strict=True)]
    record = path.parent / RUN_RECORD
    return [_of_record(json.loads(record.read_text(encoding="utf-8")))] if record.is_file() else []


def _of_netcdf(path: Path) -> list[Identity]:
    from regionsim.results.dataset import read_netcdf

    attributes = read_netcdf(path).attrs
    return [Identity(*(str(attributes[field]) for field in Identity.__dataclass_fields__))]


def _of_json(path: Path) -> list[Identity]:
    return [_of_record(json.loads(path.read_text(encoding="utf-8")))]


def _of_record(record: Mapping[str, object]) -> Identity:
    versions = record["versions"]
    assert isinstance(versions, dict)
    scenario, said, data, seed = (str(record[key]) for key in ("scenario", "scenario_hash", "data_hash", "seed"))
    return Identity(scenario, said, data, str(versions["regionsim"]), seed)


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
