"""Figures of a finished study from what it left in its directory: a sensitivity, an attribution or a discovery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.figures.drawings import CAPTION, Drawing
from regionsim.figures.files import FORMATS
from regionsim.figures.look import ONE_COLUMN, Look
from regionsim.figures.style import drawing
from regionsim.problems import Problem, ProblemsError
from regionsim.studies.attribute.report import DATASET as ATTRIBUTION
from regionsim.studies.discover.write import RECORD as DISCOVERY
from regionsim.studies.sensitivity.write import DATASET as INDICES
from regionsim.studies.sensitivity.write import FOLDER
from regionsim.studies.sensitivity.write import TABLE as INDICES_TABLE
from regionsim.studies.sweep.store import RECORD as SWEEP

if TYPE_CHECKING:
    import xarray

LOOKS = (Look(), Look(width=ONE_COLUMN), Look("en", "slides"))


@dataclass(frozen=True)
class StudyFigures:
    """What a study left: a name for a folder of figures, the figures in the look of a drawing, and their sources."""

    name: str
    drawings: Callable[[], list[Drawing]]
    sources: tuple[xarray.Dataset, ...] = ()

    def possible_files(self) -> frozenset[str]:
        """The names of all files that its figures may have: pages differ from look to look."""
        names = set()
        for look in LOOKS:
            with drawing(look):
                names |= {each.name for each in self.drawings()}
        return frozenset(f"{name}.{ending}" for name in names for ending in (*FORMATS, CAPTION))


def is_study(result: str) -> bool:
    """Whether this is a directory that a study leaves, or that of a sweep."""
    return any((Path(result) / name).is_file() for name in (ATTRIBUTION, INDICES, INDICES_TABLE, DISCOVERY, SWEEP))


def read_study_figures(result: str) -> StudyFigures:
    """What there is to draw in the directory of a study. Raises ProblemsError where it is not whole, or a sweep."""
    directory = Path(result)
    if (directory / ATTRIBUTION).is_file():
        return _attribution(directory / ATTRIBUTION)
    if any((directory / name).is_file() for name in (INDICES, INDICES_TABLE)):
        return _sensitivity(directory)
    if (directory / DISCOVERY).is_file():
        return _discovery(directory)
    raise ProblemsError([_no_figures(directory)])


def _attribution(file: Path) -> StudyFigures:
    from regionsim.figures.attribution_set import attribution_drawings
    from regionsim.results.netcdf_file import read_netcdf

    dataset = read_netcdf(file)
    missing = [name for name in ("study", "scenario", "runs") if name not in dataset.attrs]
    if missing:
        what, expected = "the attribution lacks what its figures tell", "one of this version: run it again"
        raise ProblemsError([Problem(str(file), 0, what, ", ".join(missing), expected)])
    name = f"attribution-{dataset.attrs['study']}"
    return StudyFigures(name, lambda: attribution_drawings(dataset), (dataset,))


def _sensitivity(directory: Path) -> StudyFigures:
    from regionsim.studies.sensitivity.draw import analysis_drawings
    from regionsim.studies.sensitivity.findings import read_findings

    findings = read_findings(directory / INDICES)
    return StudyFigures(f"sensitivity-{findings.record['study']}", lambda: analysis_drawings(findings))


def _discovery(directory: Path) -> StudyFigures:
    from regionsim.studies.discover.draw import discovery_drawings
    from regionsim.studies.discover.recorded import read_discovery

    discovery = read_discovery(directory / DISCOVERY)
    if not discovery.boxes:
        what = "the discovery found no box that holds"
        raise ProblemsError([Problem(str(directory), 0, what, expected="one with a box: another question, or members")])
    return StudyFigures(f"{directory.name}-{discovery.sweep.record['study']}", lambda: discovery_drawings(discovery))


def _no_figures(directory: Path) -> Problem:
    """A sweep has no figures of its own: what analyses of it left has."""
    left = [each.parent for each in (*directory.glob(f"{FOLDER}/{INDICES}"), *directory.glob(f"*/{DISCOVERY}"))]
    expected = " or ".join(map(str, sorted(left))) or "that of an analysis: regionsim sensitivity or discover makes one"
    return Problem(str(directory), 0, "the directory of a study has no figures of its own", expected=expected)
