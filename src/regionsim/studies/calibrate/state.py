"""How far a calibration has come, in one file that is whole after every step, so that it can go on from there."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path

from regionsim.problems import Problem, ProblemsError
from regionsim.results.whole_file import write_whole
from regionsim.studies.calibrate.fit import Fit
from regionsim.studies.engines import PAYS, Asked, Engine, chosen_engine

STATE = "state.json"


@dataclass
class State:
    """Finished starts of each stage, and the log of the posterior of each finished draw of each round."""

    study_hash: str
    file: Path
    engine: Engine = "reference"
    fits: list[list[Fit]] = field(default_factory=list)
    logs: list[list[float]] = field(default_factory=list)
    is_finished: bool = False

    def save(self) -> None:
        """Write the file, whole or as it was."""
        content = {
            "study": self.study_hash,
            "engine": self.engine,
            "finished": self.is_finished,
            "stages": [[asdict(fit) for fit in fits] for fits in self.fits],
            # Minus infinity, of a run that broke down, is no JSON.
            "rounds": [[log if math.isfinite(log) else None for log in logs] for logs in self.logs],
        }
        write_whole(self.file, json.dumps(content, allow_nan=False) + "\n")


def begun(folder: Path, study_hash: str, *, resume: bool, engine: Asked | None = None) -> State:
    """What is there to go on from, with the engine that it was begun with, or a new beginning (None: the reference).

    Raises ProblemsError where the folder holds an unfinished calibration that nobody asked to go on with, where there
    is none to go on with, and where it was of another study or by another engine.
    """
    file = folder / STATE
    found = _read(file) if file.is_file() else None
    if not resume:
        if found is not None and not found.is_finished:
            expected = "--resume to finish it, or another folder by --out"
            raise ProblemsError([Problem(str(folder), 0, "an unfinished calibration is here", "", expected)])
        return State(study_hash, file, chosen_engine(engine or "reference", PAYS))
    if found is None:
        raise ProblemsError(
            [Problem(str(folder), 0, "nothing to resume", f"no {STATE}", "a calibration that was begun")]
        )
    if found.study_hash != study_hash:
        what = "the study, its data or the model have changed since this calibration was begun"
        found_words = f"{found.study_hash[:12]}, now {study_hash[:12]}"
        raise ProblemsError([Problem(str(file), 0, what, found_words, "what was begun, or another folder by --out")])
    if engine not in (None, "auto", found.engine):
        what = "cannot go on by another engine"
        expected = f"--engine {found.engine}, which it was begun with, or another folder by --out"
        raise ProblemsError([Problem(str(file), 0, what, str(engine), expected)])
    return found


def _read(file: Path) -> State:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        fits = [[Fit(**{**each, "z": tuple(each["z"])}) for each in stage] for stage in content["stages"]]
        logs = [[-math.inf if log is None else float(log) for log in each] for each in content["rounds"]]
        engine = content.get("engine", "reference")
        return State(str(content["study"]), file, engine, fits, logs, bool(content["finished"]))
    except (ValueError, KeyError, TypeError) as error:
        what = "not the state of a calibration"
        raise ProblemsError([Problem(str(file), 0, what, str(error), "another folder by --out")]) from None
