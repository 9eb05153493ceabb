"""A scenario as an XMILE document: the model with its values, for readers that are not ours."""

from __future__ import annotations

from pathlib import Path

from regionsim.engine.compile import Model
from regionsim.export.xmile.document import Document, document_of
from regionsim.place.counties import load_counties
from regionsim.problems import Problem, ProblemsError
from regionsim.results.indicator_catalogue import variables_of_indicators
from regionsim.results.whole_file import write_whole
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.model import build_model, read_scenario
from regionsim.studies.run import check_folder


def headline_variables(model: Model) -> tuple[str, ...]:
    """The stocks and equations that indicators are made of, in alphabetical order."""
    return tuple(name for name in variables_of_indicators() if name in model.stocks or name in model.equations)


def scenario_document(scenario: Scenario, model: Model) -> Document:
    """The model under a scenario, with all stocks and headline variables. Raises ProblemsError as `document_of` does.

    A scenario by RK4 is refused: of the readers, PySD has Euler alone, and a document must mean the same in all.
    """
    if scenario.method != "euler":
        file = scenario.source_files[-1] if scenario.source_files else scenario.name
        raise ProblemsError([Problem(file, 0, "run.method of a scenario for XMILE", scenario.method, "euler")])
    counties = load_counties()
    named = ", ".join(f"{county.name} {county.name_zh}" for county in counties)
    return document_of(
        model,
        title=scenario.name,
        about=f"{scenario.title_en} ({scenario.title_zh}). {scenario.about.strip()} Counties: {named}.",
        start=scenario.start,
        end=scenario.end,
        step=scenario.step,
        elements={"county": [county.name for county in counties]},
        shown=[name for name in headline_variables(model) if name in model.equations],
    )


def export_scenario(path: str | Path, out: str | Path | None = None) -> str:
    """Write the model under the scenario in a file, by default to `<scenario name>.xmile` here; what was written.

    The file is whole or as it was before. Raises ProblemsError for a wrong scenario or a file that cannot be written.
    """
    scenario = read_scenario(path)
    target = Path(out or f"{scenario.name}.xmile")
    check_folder(target.parent)
    document = scenario_document(scenario, build_model(scenario))
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, document.xml())
    variables = len(document.variables)
    return f"Written to {target}: {variables:,} variables, {document.slots:,} elements"
