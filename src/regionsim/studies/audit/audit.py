"""Find the runs that a file shows, run them again, and say whether they still give the same, and by how much not."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionsim.problems import Problem, ProblemsError
from regionsim.results.write import INDICATORS, RUN_RECORD, SCENARIO
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.audit.identity import Identity, identities_of
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.model import read_scenario
from regionsim.studies.run import Run

if TYPE_CHECKING:
    import pandas
    import xarray

# How deep results are looked for below their folder, how far above the file, and how deep below each folder there.
DEEPEST, ABOVE, BESIDE = 4, 3, 1
# Numbers in indicators.csv have twelve digits.
ROUNDING = 1e-11
MOST_SHOWN = 8
KEYS = ["region_type", "region", "year", "variable"]

# Runs a scenario as the record of an older run has it: members, seed and engine.
Runner = Callable[[Scenario, dict[str, Any]], Run]


@dataclass(frozen=True)
class Found:
    """A run that a file shows, and the directory that holds its result."""

    identity: Identity
    directory: Path
    scenario: Scenario
    record: dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """How far a run gives something else now: by variable the largest difference against its largest value.

    `lost` rows are there only before or only now; `other_draws` says that members are drawn otherwise now.
    """

    found: Found
    dataset: xarray.Dataset
    differences: dict[str, float]
    lost: int
    other_draws: bool = False

    @property
    def is_same(self) -> bool:
        """Whether every number is what it was."""
        return not self.lost and all(size <= ROUNDING for size in self.differences.values())


def find_runs(file: Path, results: Path) -> list[Found]:
    """The results of the runs that the file shows, below `results` or near the file. Raises ProblemsError."""
    places = [(results, DEEPEST), *((parent, BESIDE) for parent in file.absolute().parents[:ABOVE])]
    problems: list[Problem] = []
    found: list[Found] = []
    for identity in identities_of(file):
        candidates = [each for place, depth in places for each in _results_of(identity, place, depth)]
        if not candidates:
            what = f"no result of scenario '{identity.scenario}' with the hash {identity.scenario_hash[:12]}"
            expected = f"one below {results}/ or beside the file; --results names another folder"
            problems.append(Problem(str(file), 0, what, "", expected))
            continue
        same_data = [each for each in candidates if each.record["data_hash"] == identity.data_hash]
        found.append((same_data or candidates)[0])
    if problems:
        raise ProblemsError(problems)
    return found


def _results_of(identity: Identity, place: Path, depth: int) -> Iterator[Found]:
    """Results of the same scenario, seed and members whose scenario still says what its hash stands for."""
    for path in _records(place, depth):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if record["scenario_hash"] != identity.scenario_hash or str(record["seed"]) != identity.seed:
                continue
            if identity.members and str(record["members"]) != identity.members:
                continue
            scenario = read_scenario(path.parent / SCENARIO)
        except (OSError, ValueError, KeyError, TypeError, ProblemsError):
            continue  # not a result, or of a version that said things otherwise
        if scenario.content_hash() == identity.scenario_hash and (path.parent / INDICATORS).is_file():
            yield Found(identity, path.parent, scenario, record)


def _records(place: Path, depth: int) -> Iterator[Path]:
    try:
        if (place / RUN_RECORD).is_file():
            yield place / RUN_RECORD
        if depth:
            for entry in sorted(place.iterdir()):
                if entry.is_dir() and not entry.name.startswith("."):
                    yield from _records(entry, depth - 1)
    except OSError:
        return


def judge(found: Found, run: Runner) -> Verdict:
    """Run again and compare with the numbers that were kept."""
    import pandas

    from regionsim.results.indicators import indicators

    again = run(found.scenario, found.record)
    kept = pandas.read_csv(found.directory / INDICATORS, dtype={"region": str}).set_index(KEYS)["value"]
    now = indicators(again.shown).set_index(KEYS)["value"]
    lost = len(kept.index.symmetric_difference(now.index)) if not kept.index.equals(now.index) else 0
    draws = [record.get("draws_hash") for record in (found.record, again.record)]
    other_draws = None not in draws and draws[0] != draws[1]
    return Verdict(found, again.shown, _differences(kept, now.reindex(kept.index)), lost, other_draws)


def _differences(kept: pandas.Series[float], now: pandas.Series[float]) -> dict[str, float]:
    """By variable the largest difference against the largest value; infinite where that was 0, or a number is lost."""
    is_same = (kept == now) | (kept.isna() & now.isna())
    apart = (kept - now).abs().where(~is_same, 0.0).fillna(math.inf)
    sizes, largest = (part.groupby("variable").max().to_dict() for part in (kept.abs(), apart))
    return {
        str(name): 0.0 if size == 0 else float(size / sizes[name]) if sizes[name] > 0 else math.inf
        for name, size in largest.items()
    }


def verdict_text(verdict: Verdict) -> str:
    """What became of one run, in words. Ends without a line break."""
    found, installed = verdict.found, data_hash()
    lines = [f"{found.identity.scenario}: found in {found.directory}, run again"]
    if found.identity.data_hash != installed:
        lines.append(
            f"  made with other data or equations: {found.identity.data_hash[:12]} (regionsim "
            f"{found.identity.version}), installed is {installed[:12]}"
        )
    if verdict.other_draws:
        lines.append("  members are drawn otherwise now: by other ranges, or other draws of a calibration")
    if verdict.is_same:
        lines.append(f"  same: every number of {len(verdict.differences)} variables, to eleven digits")
        return "\n".join(lines)
    changed = sorted(((size, name) for name, size in verdict.differences.items() if size > ROUNDING), reverse=True)
    lines.append(f"  different: {len(changed)} of {len(verdict.differences)} variables")
    lines += [f"    {name}: by up to {size:.2g} of its largest value" for size, name in changed[:MOST_SHOWN]]
    if len(changed) > MOST_SHOWN:
        lines.append(f"    and {len(changed) - MOST_SHOWN} more")
    if verdict.lost:
        lines.append(f"  {verdict.lost} rows are there only before or only now")
    return "\n".join(lines)
