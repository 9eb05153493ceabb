"""What a validation dossier found, in a few words for each test: of the project's own dossier, or of a reader's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Made with the pages of the project (`python -m regionsim.export.validation_page`), so that reports can quote it.
SHIPPED = Path(__file__).parent / "summary.json"
RECORD = Path("validation") / "validation.json"
ORDER = ("fail", "not testable", "pass")


@dataclass(frozen=True)
class Found:
    """One test: its title, `pass`, `fail` or `not testable`, and what was found in a sentence."""

    title: str
    outcome: str
    words: str


@dataclass(frozen=True)
class Summary:
    """All tests of a dossier, those that fail first, and the hash of the data and the model that it examined."""

    data_hash: str
    tests: tuple[Found, ...]

    def count(self, outcome: str) -> int:
        """How many tests have this outcome."""
        return sum(test.outcome == outcome for test in self.tests)


def summary_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """Of what `validation.json` says, the part that is shipped."""
    kept = [
        {"title": test["title"], "outcome": test["outcome"], "words": test["words"][:1]} for test in record["tests"]
    ]
    return {"data_hash": record["data_hash"], "tests": kept}


def summary_text(record: Mapping[str, Any]) -> str:
    """The same as the text of its file."""
    return json.dumps(summary_of(record), indent=2, ensure_ascii=False) + "\n"


def fitting_summary(results: Path, data_hash: str) -> Summary:
    """The dossier that was made of these data and this model in the folder of results, else the one that is shipped."""
    own = _read(results / RECORD)
    if own is not None and own.data_hash == data_hash:
        return own
    shipped = _read(SHIPPED)
    assert shipped is not None, f"{SHIPPED.name} comes with the package"
    return shipped


def _read(path: Path) -> Summary | None:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        tests = [Found(test["title"], test["outcome"], test["words"][0]) for test in record["tests"]]
        return Summary(record["data_hash"], tuple(sorted(tests, key=lambda test: ORDER.index(test.outcome))))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None
