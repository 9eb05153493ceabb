"""Set scenarios side by side: tables and figures with differences against the first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.problems import Problem, ProblemsError
from regionsim.studies.model import read_scenario
from regionsim.studies.run import write_run

if TYPE_CHECKING:
    from regionsim.scenarios.scenario import Scenario
    from regionsim.studies.run import Run


def read_scenarios(paths: Sequence[str | Path]) -> list[Scenario]:
    """The scenarios of two or more files. Raises ProblemsError with all that is wrong, and if two share a name."""
    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            scenario = read_scenario(path)
        except ProblemsError as error:
            problems += error.problems
            continue
        twin = next((other for other in scenarios if other.name == scenario.name), None)
        if twin is not None:
            problems.append(
                Problem(str(path), 0, "two scenarios have the same name", scenario.name, "names that differ")
            )
        scenarios.append(scenario)
    if not problems and len(paths) < 2:
        problems.append(Problem(str(paths[0]), 0, "nothing to compare with", "one scenario", "two or more"))
    if problems:
        raise ProblemsError(problems)
    return scenarios


def check_comparison(scenarios: Sequence[Scenario], out: str | Path) -> None:
    """Refuse, before the runs, directories of results that are not ours to replace. Raises ProblemsError."""
    from regionsim.results.whole_directory import check_target
    from regionsim.results.write import COMPARISON_CONTENTS
    from regionsim.studies.run import check_out

    problems: list[Problem] = []
    for scenario in scenarios:
        try:
            check_out(scenario, out)
        except ProblemsError as error:
            problems += error.problems
    try:
        check_target(_directory(scenarios, out), COMPARISON_CONTENTS)
    except ProblemsError as error:
        problems += error.problems
    if problems:
        raise ProblemsError(problems)


def _directory(scenarios: Sequence[Scenario], out: str | Path) -> Path:
    return Path(out) / ("compare-" + "-".join(scenario.name for scenario in scenarios))


def write_compared(runs: Sequence[Run], out: str | Path, *, figures: bool = True) -> tuple[str, Path]:
    """Write each run's results and `out/compare-<names>/`; returns the table and that directory."""
    from regionsim.figures.figure_set import draw_comparison
    from regionsim.results.tables import comparison_table
    from regionsim.results.write import write_comparison

    datasets = [run.dataset for run in runs]
    table = comparison_table(datasets)
    for run in runs:
        write_run(run, out, figures=figures)
    directory = _directory([run.scenario for run in runs], out)
    write_comparison(
        directory,
        datasets,
        table=table,
        figures=(lambda folder: draw_comparison(datasets, folder)) if figures else None,
    )
    return table, directory
