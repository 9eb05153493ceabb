"""The import rule of the house: who may import whom, read from the source of every file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import regionsim

PACKAGE = Path(regionsim.__file__).parent
ROOT = "regionsim"
ANYTHING = "anything but cli"

# What the files of a room (or a file beside the rooms) may import of regionsim.
ALLOWED: dict[str, tuple[str, ...] | str] = {
    "__init__": (),
    "__main__": ("cli",),
    # A command parses, calls and prints: what it calls stands in studies and export.
    "cli": ("cli", "studies", "export", "results", "problems", "engine.guard", "scenarios.scenario"),
    "problems": (),
    "language": ("language", "problems"),
    "equations": ("language",),
    "engine": ("language", "problems", "engine"),
    "place": ("language", "problems", "place"),
    # A scenario names counties as people do, by Chinese name, pinyin or code, and agreements, whose terms it changes;
    # the catalogue of measures is held against the rows of the plan. Of stocks, maps and networks it knows nothing.
    "scenarios": (
        *("language", "problems", "scenarios"),
        *("place.counties", "place.agreements", "place.plan_instruments"),
    ),
    "results": ("results", "place", "language.axes", "problems"),
    "figures": ("figures", "results", "place.boundaries"),
    "studies": ANYTHING,
    "export": ("export", "studies", "results", "scenarios", "place", "engine", "equations", "language", "problems"),
}


def _imports(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a file of `package` imports, inside functions and by name too.

    `from regionsim.place import boundaries` yields "regionsim.place.boundaries".
    """
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, name.name) for name in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                parts = package.split(".")[: len(package.split(".")) - level + 1] if level else []
                base = ".".join([*parts, *([module] if module else [])])
                yield from ((node.lineno, f"{base}.{name.name}") for name in names)
            case ast.Call(func=function, args=[ast.Constant(value=str(name)), *_]):
                called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
                if called in ("import_module", "__import__"):
                    yield node.lineno, name


def _may(room: str, target: str) -> bool:
    """Whether a room may import the name `target`, said without the leading package."""
    if target.startswith("__") and target.endswith("__"):  # what the package says of itself, as its version
        return True
    allowed = ALLOWED[room]
    if isinstance(allowed, str):
        return target.partition(".")[0] != "cli"
    return any(target == name or target.startswith(f"{name}.") for name in allowed)


def _room(file: Path, package: Path) -> str:
    """The room of a file, or the file's own name where it stands beside the rooms."""
    first = file.relative_to(package).parts[0]
    return first.removesuffix(".py")


def _files(package: Path) -> list[Path]:
    return sorted(package.rglob("*.py"))


def _violations(package: Path) -> list[str]:
    """One line for every import that the rule forbids: file, line, and what may be imported there."""
    found = []
    for file in _files(package):
        room = _room(file, package)
        inside = file.relative_to(package)
        if room not in ALLOWED:
            continue  # another test demands a rule for every room
        tree = ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
        for line, name in _imports(tree, ".".join([ROOT, *inside.parts[:-1]])):
            first, _, target = name.partition(".")
            if first == ROOT and target and not _may(room, target):
                allowed = ALLOWED[room]
                may = allowed if isinstance(allowed, str) else ", ".join(allowed) or "nothing"
                found.append(f"{inside.as_posix()}:{line}: {room} imports {target}; it may import {may}")
    return found


def _foreign(package: Path) -> list[str]:
    """Imports from outside the language in the mechanisms: an equation knows neither numpy nor a library."""
    return [
        f"{file.relative_to(package).as_posix()}:{line}: imports {name}"
        for file in _files(package / "equations")
        if file.name != "__init__.py"
        for line, name in _imports(ast.parse(file.read_text(encoding="utf-8")), f"{ROOT}.equations")
        if not name.startswith((f"{ROOT}.language.", "__future__."))
    ]


def test_every_room_keeps_the_import_rule():
    violations = _violations(PACKAGE)
    assert not violations, "\n" + "\n".join(violations)


def test_an_equation_file_imports_the_language_and_nothing_else():
    foreign = _foreign(PACKAGE)
    assert not foreign, "\n" + "\n".join(foreign)


def test_every_room_has_a_rule():
    assert {_room(file, PACKAGE) for file in _files(PACKAGE)} - set(ALLOWED) == set()


# --- the rule itself --------------------------------------------------------------------------------------------------


def _house(folder: Path, file: str, source: str) -> Path:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "source", "target"),
    [
        ("equations/forest.py", "from regionsim.problems import Problem", "problems.Problem"),
        ("equations/forest.py", "from regionsim.equations import land", "equations.land"),
        ("equations/forest.py", "from . import land", "equations.land"),
        ("language/axes.py", "import regionsim.engine.compile as compile", "engine.compile"),
        ("language/axes.py", "from ..engine import compile", "engine.compile"),
        ("engine/run.py", "from regionsim import place", "place"),
        ("engine/run.py", "def f():\n    from regionsim.equations import land", "equations.land"),
        ("place/land.py", "if TYPE_CHECKING:\n    from regionsim.results import tables", "results.tables"),
        ("scenarios/load.py", "from regionsim.place.projects import find_project", "place.projects.find_project"),
        ("scenarios/load.py", "from regionsim import place", "place"),
        ("results/tables.py", "from regionsim.language.inputs import Table", "language.inputs.Table"),
        ("figures/map.py", "from regionsim.place import counties", "place.counties"),
        ("figures/map.py", "from regionsim.engine.run import Trajectory", "engine.run.Trajectory"),
        ("studies/run.py", "from regionsim.cli import main", "cli.main"),
        ("studies/deep/run.py", "from ...cli import main", "cli.main"),
        ("studies/run.py", "from importlib import import_module\nimport_module('regionsim.cli')", "cli"),
        ("export/listing.py", "from regionsim.figures.maps import choropleth", "figures.maps.choropleth"),
        ("export/listing.py", "def f():\n    from regionsim.cli import main", "cli.main"),
        ("cli/runs.py", "from regionsim.figures.maps import choropleth", "figures.maps.choropleth"),
        ("problems.py", "from regionsim.language import axes", "language.axes"),
        ("__init__.py", "from regionsim.studies import run", "studies.run"),
    ],
)
def test_a_forbidden_import_is_named_with_its_line(tmp_path, file, source, target):
    [violation] = _violations(_house(tmp_path, file, source))
    line = source.count("\n") + 1
    assert violation.startswith(f"{file}:{line}: {file.partition('/')[0].removesuffix('.py')} imports {target}; it may")


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("equations/forest.py", "from regionsim.language.functions import exp"),
        ("engine/run.py", "from regionsim.language import axes\nfrom regionsim.engine.graph import cycles"),
        ("results/write.py", "from regionsim import __version__\nimport regionsim"),
        ("results/dataset.py", "from regionsim.language.axes import AXES\nimport numpy as np"),
        ("figures/map.py", "from regionsim.place import boundaries\nfrom regionsim.place.boundaries import read"),
        (
            "scenarios/labels.py",
            "from regionsim.place.counties import find_county\nfrom regionsim.place import counties",
        ),
        ("figures/map.py", "from . import colours\nimport matplotlib.pyplot as plt"),
        ("studies/run.py", "from regionsim.equations import mechanisms\nfrom regionsim.figures import map"),
        ("export/listing.py", "from regionsim.studies.model import evidence\nfrom regionsim.export import markdown"),
        ("cli/runs.py", "from regionsim.studies import run\nfrom regionsim.cli import options"),
        ("__main__.py", "from regionsim.cli import main"),
    ],
)
def test_what_the_rule_allows_is_no_violation(tmp_path, file, source):
    assert _violations(_house(tmp_path, file, source)) == []


def test_an_equation_file_that_imports_numpy_is_named(tmp_path):
    house = _house(tmp_path, "equations/forest.py", "from regionsim.language.functions import exp\nimport numpy as np")
    assert _foreign(house) == ["equations/forest.py:2: imports numpy"]
