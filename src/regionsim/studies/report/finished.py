"""A result with what its run kept beside it: the record of the run and the scenario as it ran."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionsim.problems import ProblemsError
from regionsim.results.drawn_members import AS_IT_IS, drawn_members
from regionsim.results.write import MEMBERS, RUN_RECORD, SCENARIO
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.model import read_scenario

if TYPE_CHECKING:
    import xarray

NO_DRAWS = ("member", "status")


@dataclass(frozen=True)
class Finished:
    """One result. `scenario` and `record` are None where the run kept none, or none that fits its hash.

    `dataset` has the members that numbers are taken over, `as_it_is` the one that is the scenario itself, and `members`
    says how many there are, 1 for a single run. `drawn` are the keys of what was drawn for them, then empty.
    """

    dataset: xarray.Dataset
    as_it_is: xarray.Dataset
    members: int
    directory: Path
    scenario: Scenario | None
    record: dict[str, Any] | None
    drawn: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of its scenario."""
        return str(self.dataset.attrs["scenario"])

    @property
    def failures(self) -> dict[str, str]:
        """The words of the members that failed, by their number."""
        return dict((self.record or {}).get("failed_members", {}))


def finished(results: Sequence[str], datasets: Sequence[xarray.Dataset]) -> list[Finished]:
    """The results with what stands beside them; the datasets are those of the results, in this order."""
    return [_finished(Path(result), dataset) for result, dataset in zip(results, datasets, strict=True)]


def _finished(result: Path, dataset: xarray.Dataset) -> Finished:
    directory = result.parent if result.suffix == ".nc" else result
    said = dataset.attrs.get("scenario_hash")
    record = _record(directory / RUN_RECORD)
    record = record if record is not None and record.get("scenario_hash") == said else None
    scenario = _scenario(directory / SCENARIO)
    scenario = scenario if scenario is not None and scenario.content_hash() == said else None
    members = int(dataset.sizes["member"])
    drawn = _drawn(directory / MEMBERS) if record is not None and members > 1 else ()
    as_it_is = dataset.isel(member=[AS_IT_IS])
    return Finished(drawn_members(dataset), as_it_is, members, directory, scenario, record, drawn)


def _record(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _scenario(path: Path) -> Scenario | None:
    try:
        return read_scenario(path) if path.is_file() else None
    except ProblemsError:  # kept by another version of regionsim
        return None


def _drawn(path: Path) -> tuple[str, ...]:
    try:
        with path.open(encoding="utf-8") as file:
            heads = file.readline().strip().split(",")
    except OSError:
        return ()
    return tuple(head for head in heads if head not in NO_DRAWS)
