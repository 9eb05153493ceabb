"""The study itself: one scenario, our run, the same document in each engine, and the certificate."""

from __future__ import annotations

import json
import multiprocessing
import platform
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from regionsim import __version__
from regionsim.engine.compile import Model
from regionsim.engine.guard import SimulationError
from regionsim.engine.integrate import simulate
from regionsim.export.xmile.document import Document
from regionsim.results.whole_file import write_whole
from regionsim.results.write import CERTIFICATE
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.verify.compare import (
    SMALLEST_SHARE,
    TOLERANCE,
    Array,
    Difference,
    differences,
    element_names,
)
from regionsim.studies.verify.engines import ENGINES, check_engines
from regionsim.studies.xmile import headline_variables, scenario_document


@dataclass(frozen=True)
class Verification:
    """What the engines found: the differences of every variable, engine by engine."""

    scenario: Scenario
    slots: int
    differences: Mapping[str, tuple[Difference, ...]] = field(repr=False)

    @property
    def agrees(self) -> bool:
        """Whether every engine agrees in every variable."""
        return all(found.agrees for engine in self.differences.values() for found in engine)

    @property
    def record(self) -> dict[str, Any]:
        """What `verification.json` says."""
        return {
            "scenario": self.scenario.name,
            "scenario_hash": self.scenario.content_hash(),
            "data_hash": data_hash(),
            "start": self.scenario.start,
            "end": self.scenario.end,
            "step": self.scenario.step,
            "method": self.scenario.method,
            "xmile_elements": self.slots,
            "tolerance": TOLERANCE,
            "smallest_share_of_scale": SMALLEST_SHARE,
            "agrees": self.agrees,
            "versions": {"regionsim": __version__, "python": platform.python_version(), "numpy": np.__version__},
            "engines": {name: self._of_engine(name) for name in self.differences},
        }

    def _of_engine(self, name: str) -> dict[str, Any]:
        return {
            "version": ENGINES[name].version,
            "remark": ENGINES[name].remark,
            "largest_relative_differences": {
                found.variable: found.largest if np.isfinite(found.largest) else "not finite"
                for found in self.differences[name]
            },
        }


def certify(
    scenario: Scenario, model: Model, names: Sequence[str], finished: Callable[[str], None] = lambda name: None
) -> Verification:
    """Run the scenario here and in the engines named, and compare all stocks and headline variables by year.

    `finished` is called with each engine's name when it has run. Raises ProblemsError where an engine is missing or the
    scenario cannot be exported.
    """
    check_engines(names)
    document = scenario_document(scenario, model)
    compared = tuple(dict.fromkeys((*model.stocks, *headline_variables(model))))
    ours = simulate(
        model,
        start=scenario.start,
        end=scenario.end,
        step=scenario.step,
        method=scenario.method,
        outputs=compared,
    )
    theirs = run_elsewhere(document, compared, names, finished)
    found = {name: tuple(differences(document, ours, theirs[name])) for name in names}
    return Verification(scenario, document.slots, found)


def run_elsewhere(
    document: Document, compared: Sequence[str], names: Sequence[str], finished: Callable[[str], None]
) -> dict[str, dict[str, Array]]:
    """Each variable's values over (year, element) in each engine, every engine in a process of its own.

    Raises SimulationError where an engine cannot run the document.
    """
    text = document.xml()
    elements = element_names(document, compared)
    columns = [name for found in elements.values() for name in found]
    years = [int(year) for year in np.arange(document.start, document.end + 0.5)]
    with tempfile.TemporaryDirectory() as folder:
        # A new interpreter for each: what one engine does to numpy or to warnings is not felt elsewhere.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(max_workers=len(names), mp_context=context) as pool:
            running: dict[Future[Array], str] = {}
            for name in names:
                file = Path(folder) / name / "model.xmile"
                file.parent.mkdir()
                file.write_text(text, encoding="utf-8", newline="\n")
                running[pool.submit(ENGINES[name].run, file, columns, years)] = name
            results: dict[str, Array] = {}
            for future in as_completed(running):
                name = running[future]
                try:
                    results[name] = future.result()
                except Exception as error:  # whatever a foreign engine may raise
                    raise SimulationError(f"{name} could not run the model: {error}") from error
                finished(name)
    ends = np.cumsum([len(found) for found in elements.values()])[:-1]
    return {name: dict(zip(elements, np.split(values, ends, axis=1), strict=True)) for name, values in results.items()}


def differences_text(verification: Verification) -> str:
    """The differences as a table: a line for each variable, a column for each engine; what disagrees is marked."""
    engines = list(verification.differences)
    width = max(len(found.variable) for found in verification.differences[engines[0]])
    lines = ["Largest relative difference".ljust(width + 2) + "".join(f"{name:>12}" for name in engines)]
    for row in zip(*verification.differences.values(), strict=True):
        numbers = "".join(f"{found.largest:12.1e}" for found in row)
        wrong = [
            f"{engine}: {found.element} in {found.year}"
            for engine, found in zip(engines, row, strict=True)
            if not found.agrees
        ]
        lines.append(f"{row[0].variable:<{width + 2}}{numbers}" + (f"  {'; '.join(wrong)}" if wrong else ""))
    return "\n".join(lines)


def write_certificate(verification: Verification, out: Path) -> Path:
    """Write `verification.json` into `out/<scenario name>/`, whole or as it was before; its path is returned."""
    path = out / verification.scenario.name / CERTIFICATE
    path.parent.mkdir(parents=True, exist_ok=True)
    record = json.dumps(verification.record, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False)
    write_whole(path, record + "\n")
    return path
