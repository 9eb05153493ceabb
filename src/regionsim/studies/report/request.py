"""The command that writes reports: results read, checked, and made into documents in the languages and forms asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from regionsim.figures.chinese_font import NOT_FOUND, has_chinese_font
from regionsim.figures.drawings import Drawing
from regionsim.figures.figure_set import drawable_of, drawings_of
from regionsim.figures.look import LANGUAGES, Language, Look
from regionsim.figures.loops import LoopsOfRun
from regionsim.figures.network import NetworkOfRun
from regionsim.figures.style import drawing
from regionsim.problems import Problem, ProblemsError
from regionsim.results.whole_file import whole_file
from regionsim.studies.figures import loops_of_result, network_of_result
from regionsim.studies.finished_results import chosen_formats, other_data, read_results
from regionsim.studies.report.build import build_report
from regionsim.studies.report.document import Document
from regionsim.studies.report.finished import Finished, finished
from regionsim.studies.report.html import html_text
from regionsim.studies.report.illustrations import drawn_figures
from regionsim.studies.report.pdf import EXTRA, is_installed, pdf_bytes
from regionsim.studies.run import check_folder

COMMAND = "regionsim report"
FOLDER = "reports"
FORMATS = ("html", "pdf")
BOTH = "both"


@dataclass(frozen=True)
class ReportRequest:
    """A report that can be written: of which results, in which languages and forms, and where to."""

    results: tuple[str, ...]
    found: tuple[Finished, ...]
    languages: tuple[Language, ...]
    formats: tuple[str, ...]
    folder: Path
    results_folder: Path
    question: str
    network: NetworkOfRun | None
    loops: LoopsOfRun | None
    warnings: tuple[str, ...]

    @property
    def steps(self) -> int:
        """How many things `write` tells of: figures by language, and files."""
        with drawing(Look("en")):
            return len(self.languages) * (len(self._drawings()[0]) + len(self.formats))

    def write(self, tell: Callable[[str], None] = lambda name: None) -> list[Path]:
        """Write the report into the folder, one file for each language and form; the files are returned.

        Nothing is written before all is made. `tell` gets the name of each figure and file when it is done.
        """
        made: dict[Path, bytes] = {}
        for language in self.languages:
            document = self.document(language, tell)
            for ending in self.formats:
                content = html_text(document).encode() if ending == "html" else pdf_bytes(document)
                made[self.folder / f"report-{language}.{ending}"] = content
                tell(ending)
        self.folder.mkdir(parents=True, exist_ok=True)
        for path, content in made.items():
            with whole_file(path) as fresh:
                fresh.write_bytes(content)
        return list(made)

    def document(self, language: Language, tell: Callable[[str], None] = lambda name: None) -> Document:
        """The report in a language, with its figures drawn."""
        datasets = [each.dataset for each in self.found]
        with drawing(Look(language)):
            drawings, left_out = self._drawings()
            figures, pictures = drawn_figures(drawings, datasets, self.formats, tell)
            return build_report(
                self.found,
                self.results,
                language=language,
                asked=self.question,
                figures=figures,
                pictures=pictures,
                left_out=left_out,
                results_folder=self.results_folder,
            )

    def _drawings(self) -> tuple[list[Drawing], list[str]]:
        """The figures that can be drawn, and the names of the others."""
        datasets = [each.dataset for each in self.found]
        wanted = drawings_of(datasets, network=self.network, loops=self.loops)
        drawable = drawable_of(wanted, datasets)
        return drawable, [each.name for each in wanted if each not in drawable]


def request_report(
    results: Sequence[str],
    out: str | None,
    results_folder: str,
    *,
    language: Language | str,
    formats: str,
    question: str | None,
) -> ReportRequest:
    """Read and check all that was asked for. Raises ProblemsError with everything that is wrong.

    `results` are directories that a run wrote (or their trajectories.nc), `language` is en, zh or both, `formats` are
    html and pdf with commas between. Without `out` the folder is `results_folder`/reports/<scenarios>.
    """
    problems: list[Problem] = []
    chosen = chosen_formats(formats, FORMATS, COMMAND, problems)
    if "pdf" in chosen and not is_installed():
        problems.append(Problem(COMMAND, 0, "--format pdf", "typst is not installed", EXTRA))
    if question is not None and not question.strip():
        problems.append(Problem(COMMAND, 0, "--question has no words", f"'{question}'", "a question, or none of it"))
    datasets = read_results(results, problems)
    if problems:
        raise ProblemsError(problems)
    names = [str(dataset.attrs["scenario"]) for dataset in datasets]
    folder = Path(out) if out else Path(results_folder) / FOLDER / "-".join(names)
    check_folder(folder)
    warnings = other_data(datasets)
    languages: tuple[Language, ...] = LANGUAGES if language == BOTH else ("zh",) if language == "zh" else ("en",)
    if "zh" in languages and not has_chinese_font():
        warnings.append(NOT_FOUND)
        languages = ("en",)
    return ReportRequest(
        results=tuple(results),
        found=tuple(finished(results, datasets)),
        languages=languages,
        formats=chosen,
        folder=folder,
        results_folder=Path(results_folder),
        question=(question or "").strip(),
        network=network_of_result(results[0]) if len(results) == 1 else None,
        loops=loops_of_result(results[0], datasets[0]) if len(results) == 1 else None,
        warnings=tuple(warnings),
    )
