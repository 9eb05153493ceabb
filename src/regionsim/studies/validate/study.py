"""Score a run against observations: from a scenario, or a run already made, to a directory of scores."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.problems import Problem, ProblemsError
from regionsim.results.drawn_members import drawn_members
from regionsim.results.netcdf_file import read_netcdf
from regionsim.results.whole_directory import check_target
from regionsim.results.write import TRAJECTORIES
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.model import read_scenario
from regionsim.studies.run import check_folder, run_checked
from regionsim.studies.validate.assess import Assessment, assess, levels_of
from regionsim.studies.validate.given_paths import with_given_paths
from regionsim.studies.validate.observations import Observation, read_observations
from regionsim.studies.validate.provinces import POPULATION
from regionsim.studies.validate.report import CONTENTS
from regionsim.studies.validate.units import check_units

if TYPE_CHECKING:
    import xarray

# The run that the project itself names as the one to score.
DEFAULT_SCENARIO = Path("scenarios") / "as-built.yaml"


@dataclass(frozen=True)
class Validation:
    """A run, what was observed in `file`, and every score of the one against the other.

    `with_given` are the scores of population in a second run, to which births and deaths are given; empty where none
    could be.
    """

    dataset: xarray.Dataset
    file: Path
    observations: tuple[Observation, ...]
    assessments: tuple[Assessment, ...]
    with_given: tuple[Assessment, ...] = ()


def read_subject(path: str | None) -> Scenario | xarray.Dataset:
    """What is to be scored: a scenario to run, or the dataset of a run (its directory or its trajectories.nc).

    Without a path the scenario as-built. Raises ProblemsError.
    """
    wanted = DEFAULT_SCENARIO if path is None else Path(path)
    if path is None and not wanted.is_file():
        expected = "a scenario or a directory of results named first, or a start in the folder of the project"
        raise ProblemsError(
            [Problem(wanted.as_posix(), 0, "the scenario that is scored by default is not here", "", expected)]
        )
    if wanted.is_dir():
        wanted = wanted / TRAJECTORIES
    return drawn_members(read_netcdf(wanted)) if wanted.suffix == ".nc" else read_scenario(wanted)


def check_request(scenario: str | None, observed: str | None, of_dossier: Collection[str]) -> None:
    """Refuse what belongs to scores together with what belongs to the dossier. Raises ProblemsError.

    `scenario` and `observed` are what was named, `of_dossier` the options said that only the dossier has.
    """
    problems = []
    if observed is None and scenario is not None:
        expected = "--observed FILE.csv with the columns adcode, variable, year, value; or no scenario, for the dossier"
        problems.append(
            Problem("regionsim validate", 0, "one scenario is scored against observations", scenario, expected)
        )
    if observed is not None:
        problems += [
            Problem(
                "regionsim validate", 0, f"'{option}' belongs to the dossier", "--observed beside it", "one of them"
            )
            for option in of_dossier
        ]
    if problems:
        raise ProblemsError(problems)


def read_observed(file: str, subject: Scenario | xarray.Dataset, out: str) -> tuple[Observation, ...]:
    """The checked observations within the years of the subject; refuses a folder `out` that is not ours to replace.

    Raises ProblemsError with everything that is wrong.
    """
    check_folder(Path(out).parent)
    check_target(Path(out), CONTENTS)
    if isinstance(subject, Scenario):
        first, last = subject.start, subject.end
    else:
        first, last = subject["year"].values[0], subject["year"].values[-1]
    return tuple(read_observations(file, round(float(first)), round(float(last))))


def validate(
    dataset: xarray.Dataset, file: str | Path, observations: Sequence[Observation], scenario: Scenario | None = None
) -> Validation:
    """Score a run; where its `scenario` is given too, population is scored with given births and deaths as well.

    Raises ProblemsError for values in a wrong unit and for a file in which nothing can be scored."""
    try:
        levels = levels_of(dataset)
    except (KeyError, ValueError) as error:
        name = str(dataset.attrs.get("scenario", "the run"))
        raise ProblemsError([Problem(name, 0, "not a whole run", str(error))]) from None
    check_units(str(file), observations, levels)
    assessments = tuple(assess(observations, levels))
    if not assessments:
        what, expected = "nothing can be scored", f"a row of a year after the base year {levels.base_year}"
        raise ProblemsError([Problem(str(file), 0, what, expected=expected)])
    with_given = () if scenario is None else _scored_with_given_paths(scenario, dataset, observations)
    return Validation(dataset, Path(file), tuple(observations), assessments, with_given)


def _scored_with_given_paths(
    scenario: Scenario, forecast: xarray.Dataset, observations: Sequence[Observation]
) -> tuple[Assessment, ...]:
    """The scores of population in a run with the provinces' births and deaths given; none where that cannot be made.

    `forecast` is the dataset of the scenario as it stands. Raises SimulationError for a run that breaks down.
    """
    of_people = [row for row in observations if row.variable == POPULATION]
    if not of_people:
        return ()
    changed = with_given_paths(scenario, forecast)
    return () if changed is None else tuple(assess(of_people, levels_of(run_checked(changed).dataset)))
