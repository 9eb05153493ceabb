"""Figures of results that are already there: read, checked, drawn in the language and form asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.figures.chinese_font import NOT_FOUND, has_chinese_font
from regionsim.figures.drawings import Drawing, write_drawings
from regionsim.figures.figure_set import drawable_of, drawings_of, possible_files
from regionsim.figures.files import FORMATS
from regionsim.figures.look import TWO_COLUMNS, WIDTHS, Language, Look, Style
from regionsim.figures.style import drawing
from regionsim.problems import Problem, ProblemsError
from regionsim.results.drawn_members import drawn_members
from regionsim.results.whole_directory import check_target, whole_directory
from regionsim.results.write import SCENARIO
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.finished_results import chosen_formats, other_data, read_results
from regionsim.studies.own_observations import read_own, unseen_in_figures
from regionsim.studies.run import check_folder
from regionsim.studies.study_figures import StudyFigures, is_study, read_study_figures

if TYPE_CHECKING:
    import xarray

    from regionsim.figures.loops import LoopsOfRun
    from regionsim.figures.network import NetworkOfRun
    from regionsim.scenarios.scenario import Scenario

COMMAND = "regionsim figures"
FOLDER = "figures"


@dataclass(frozen=True)
class FigureRequest:
    """What is to be drawn: results, in which look and formats, into which directory, and what to warn of."""

    datasets: tuple[xarray.Dataset, ...]
    look: Look
    formats: tuple[str, ...]
    directory: Path
    drawings: tuple[Drawing, ...]
    warnings: tuple[str, ...]
    possible_files: frozenset[str]

    def draw(self, tell: Callable[[str], None] = lambda name: None) -> Path:
        """Draw into the directory, whole or not at all, in place of older figures; `tell` gets each name when done."""
        with drawing(self.look), whole_directory(self.directory, self.possible_files) as fresh:
            write_drawings(self.drawings, fresh, self.datasets, self.formats, tell)
        return self.directory


def request_figures(
    results: Sequence[str],
    out: str | None,
    results_folder: str,
    *,
    language: Language,
    formats: str,
    style: Style,
    width: str | None,
    observed: str | None = None,
) -> FigureRequest:
    """Read and check all that was asked for. Raises ProblemsError with everything that is wrong.

    `results` are directories that a run wrote (or their trajectories.nc), or one that a sensitivity, an attribution or
    a discovery wrote; `formats` endings with commas between, `width` like "89mm" (183 mm where None). Without `out` the
    directory is `results_folder`/figures/<scenarios>, or <kind>-<study>. `observed` is a file of the reader's own
    observations, for the figures of indicators over time.
    """
    problems: list[Problem] = []
    chosen = chosen_formats(formats, FORMATS, COMMAND, problems)
    look = Look(language, style, _width(width, style, problems))
    warnings = []
    if language == "zh" and not has_chinese_font():
        look = Look("en", style, look.width)
        warnings.append(NOT_FOUND)
    studies = [result for result in results if is_study(result)]
    if studies and observed is not None:
        problems.append(Problem(COMMAND, 0, "--observed beside the directory of a study", observed, "results of runs"))
    if studies:
        return _of_study(results, studies, out, results_folder, look, chosen, warnings, problems)
    datasets = [drawn_members(each) for each in read_results(results, problems)]
    if problems:
        raise ProblemsError(problems)
    own = None if observed is None else read_own(observed, datasets)
    names = [str(dataset.attrs["scenario"]) for dataset in datasets]
    directory = _directory(out, results_folder, "-".join(names), possible_files())
    warnings = [*other_data(datasets), *warnings]
    if own is not None and (unseen := unseen_in_figures(own)):
        warnings.append(unseen)
    network = network_of_result(results[0]) if len(results) == 1 else None
    loops = loops_of_result(results[0], datasets[0]) if len(results) == 1 else None
    if loops is None and len(results) == 1 and _scenario_of(results[0]) is not None:
        warnings.append("left out, as signs are measured in a run of the equations installed: loops")
    with drawing(look):
        wanted = drawings_of(datasets, network=network, loops=loops, observed=own)
    drawings = drawable_of(wanted, datasets)
    left_out = [each.name for each in wanted if each not in drawings]
    if left_out:
        warnings.append(f"left out, as the results lack what they show: {', '.join(left_out)}")
    return FigureRequest(tuple(datasets), look, chosen, directory, tuple(drawings), tuple(warnings), possible_files())


def _of_study(
    results: Sequence[str],
    studies: Sequence[str],
    out: str | None,
    results_folder: str,
    look: Look,
    formats: tuple[str, ...],
    warnings: list[str],
    problems: list[Problem],
) -> FigureRequest:
    """The request for the figures of one study. Raises ProblemsError where others stand beside it."""
    if len(results) > 1:
        problems.append(Problem(studies[0], 0, "the directory of a study beside others", expected="one at a time"))
    found: StudyFigures | None = None
    try:
        found = read_study_figures(studies[0])
    except ProblemsError as error:
        problems += error.problems
    if problems or found is None:
        raise ProblemsError(problems)
    possible = found.possible_files()
    directory = _directory(out, results_folder, found.name, possible)
    with drawing(look):
        drawings = tuple(found.drawings())
    return FigureRequest(found.sources, look, formats, directory, drawings, tuple(warnings), possible)


def _directory(out: str | None, results_folder: str, name: str, possible: frozenset[str]) -> Path:
    """Where figures go. Raises ProblemsError for a directory that is not ours to replace."""
    directory = Path(out) if out else Path(results_folder) / FOLDER / name
    check_folder(directory.parent)
    check_target(directory, possible)
    return directory


def _width(text: str | None, style: Style, problems: list[Problem]) -> float:
    if text is None:
        return TWO_COLUMNS
    if style == "slides":
        problems.append(Problem(COMMAND, 0, "--width beside --style slides", text, "one of them: a slide is 16:9"))
        return TWO_COLUMNS
    known = {f"{width:g}": width for width in WIDTHS}
    number = text.strip().lower().removesuffix("mm").strip()
    if number not in known:
        problems.append(Problem(COMMAND, 0, "--width", text, " or ".join(f"{width}mm" for width in known)))
    return known.get(number, TWO_COLUMNS)


def network_of_result(result: str) -> NetworkOfRun | None:
    """The network of the scenario that is kept beside a result; None where it is not, or no longer fits."""
    from regionsim.studies.network import network_of

    scenario = _scenario_of(result)
    return None if scenario is None else network_of(scenario)


def loops_of_result(result: str, dataset: xarray.Dataset) -> LoopsOfRun | None:
    """The loops of the scenario beside a result; None where it is not, or where the run had other equations or data."""
    from regionsim.studies.causal_loops import loops_of

    if dataset.attrs.get("data_hash") != data_hash():
        return None
    scenario = _scenario_of(result)
    return None if scenario is None else loops_of(scenario, dataset)


def _scenario_of(result: str) -> Scenario | None:
    from regionsim.studies.model import read_scenario

    path = Path(result) / SCENARIO
    try:
        return read_scenario(path) if path.is_file() else None
    except ProblemsError:  # kept by another version of regionsim
        return None
