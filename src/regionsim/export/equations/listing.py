"""The listing of all equations of a scenario's model in one of its formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from regionsim.export.atlas import atlas_of
from regionsim.export.equations.document import Document, document_of
from regionsim.export.equations.html import html_text
from regionsim.export.equations.latex import latex_text
from regionsim.export.equations.markdown import markdown_text
from regionsim.studies.model import evidence_scenario, read_scenario

FORMATS: dict[str, Callable[[Document], str]] = {"md": markdown_text, "latex": latex_text, "html": html_text}


def equations_text(format_name: str, scenario: str | Path | None = None) -> str:
    """The listing with the values of a scenario, or with those of the evidence. Raises ProblemsError."""
    setting = evidence_scenario() if scenario is None else read_scenario(scenario)
    return FORMATS[format_name](document_of(atlas_of(setting)))
