"""The scenario that another file names, by a path from that file's folder."""

from __future__ import annotations

from pathlib import Path

from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.scenarios.report import Report, cut
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.yaml_reader import KeyPath
from regionsim.studies.model import read_scenario


def scenario_beside(report: Report, where: KeyPath, said: object, elsewhere: list[Problem]) -> Scenario | None:
    """The scenario in the file that the key at `where` says; None where it cannot be read.

    Problems with the key go to `report`, those of the scenario's own files to `elsewhere`.
    """
    if not isinstance(said, str) or not report.sound(where):
        return None
    file = Path(report.document.file).parent / said
    if not _is_file(file):
        beside = [(Path(said).parent / each.name).as_posix() for each in sorted(file.parent.glob("*.yaml"))]
        expected = "a scenario file, from the folder of the study"
        report.add(where, "the scenario does not exist", f"'{cut(said)}'", expected, nearest_name(said, beside))
        return None
    try:
        return read_scenario(file.as_posix())
    except ProblemsError as error:
        elsewhere += error.problems
        return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
