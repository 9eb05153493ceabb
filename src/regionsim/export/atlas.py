"""Everything that the pages of the mechanisms say, read from the running model: who stands where and who uses whom."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

from regionsim.engine.compile import Model
from regionsim.engine.graph import users
from regionsim.engine.integrate import simulate
from regionsim.engine.polarity import States, states_of
from regionsim.equations import mechanisms
from regionsim.export.markdown import code
from regionsim.language.declarations import CLOCK, INITIAL, Declaration, Equation, Ledger, Stock, collect, short_path
from regionsim.language.inputs import AnyInput
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.model import build_model, evidence, evidence_scenario, given

PLACE, EVIDENCE, INDEX = "place", "evidence", "index"
MARKER = "parameter_evidence:"
YEARS_BETWEEN_STATES = 5


@dataclass(frozen=True)
class Atlas:
    """The model of a scenario, its mechanisms and parameters, and the rows of evidence by symbol."""

    scenario: Scenario
    model: Model
    modules: tuple[ModuleType, ...]
    parameters: Mapping[str, AnyInput]
    read_before: frozenset[str]
    evidence_rows: Mapping[str, Mapping[str, str]]

    @cached_property
    def declarations(self) -> dict[str, tuple[Declaration, ...]]:
        """The declarations of each mechanism in the order of its file."""
        return {mechanism_name(module): collect([module]) for module in self.modules}

    @cached_property
    def figures(self) -> dict[str, AnyInput]:
        """The inputs that are no parameters: the figures of the place and definitions, by name in their order."""
        return {name: value for name, value in self.model.inputs.items() if name not in self.parameters}

    @cached_property
    def page_of(self) -> dict[str, str]:
        """The page, without its ending, on which each name of the model stands."""
        pages = {d.name: page for page, found in self.declarations.items() for d in found}
        pages |= {name: Path(value.file).stem for name, value in self.parameters.items()}
        pages |= dict.fromkeys(self.figures, PLACE)
        return pages | dict.fromkeys(CLOCK, INDEX)

    @cached_property
    def flows(self) -> frozenset[str]:
        """The equations that a stock or a ledger names."""
        named: list[Stock | Ledger] = [*self.model.stocks.values(), *self.model.ledgers.values()]
        return frozenset(flow for each in named for flow in each.inflows + each.outflows)

    @cached_property
    def states(self) -> States:
        """The values of all names in the years of the scenario's run at which signs are measured; runs the model."""
        setting = self.scenario
        run = simulate(self.model, start=setting.start, end=setting.end, step=setting.step, method=setting.method)
        return states_of(self.model, run, run.years[::YEARS_BETWEEN_STATES].tolist())

    @cached_property
    def _users(self) -> dict[str, tuple[str, ...]]:
        return users(self.model.inputs_of)

    def used_by(self, name: str) -> tuple[str, ...]:
        """The equations and stocks that read the name, its starting value too."""
        # An input may be called initial_x beside a variable x: then that name is not the start of x.
        spellings = (name,) if INITIAL + name in self.model.inputs else (name, INITIAL + name)
        found = [reader for spelling in spellings for reader in self._users.get(spelling, ())]
        found += [stock.name for stock in self.model.stocks.values() if stock.initial in spellings]
        return tuple(dict.fromkeys(found))

    def link(self, name: str, page: str) -> str:
        """A link to where a name stands, as it is written on `page`; `initial_births` leads to `births`."""
        at = name if name in self.page_of else name.removeprefix(INITIAL)
        target = self.page_of[at]
        anchor = "the-clock" if at in CLOCK else at
        return f"[{code(name)}]({'' if target == page else f'{target}.md'}#{anchor})"

    def links(self, names: Iterable[str], page: str, *, none: str = "none") -> str:
        """Links to several names, with commas; `none` where there is no name."""
        return ", ".join(self.link(name, page) for name in names) or none

    def symbols(self, source: str) -> tuple[str, ...]:
        """The symbols of the rows of evidence that a source cites, in their order; none in an atlas without rows.

        Raises KeyError where the first of them has no row.
        """
        _, marker, rest = source.partition(MARKER)
        if not marker or not self.evidence_rows:
            return ()
        words = re.findall(r"\w+", rest)
        if not words or words[0] not in self.evidence_rows:
            raise KeyError(f"no row of evidence for '{MARKER}{rest}'")
        return tuple(dict.fromkeys(word for word in words if word in self.evidence_rows))


def load_atlas(evidence_file: Path) -> Atlas:
    """The atlas of the model as the evidence has it, with the rows of evidence in a CSV file.

    Raises OSError where the file is missing and ValueError where a symbol stands twice in it.
    """
    return atlas_of(evidence_scenario(), _evidence_rows(evidence_file))


def atlas_of(scenario: Scenario, evidence_rows: Mapping[str, Mapping[str, str]] | None = None) -> Atlas:
    """The atlas of the model with the values of a scenario. Raises ProblemsError where the model itself is wrong."""
    model = build_model(scenario)
    return Atlas(
        scenario=scenario,
        model=model,
        modules=tuple(mechanisms()),
        parameters={name: model.inputs[name] for name in evidence()},
        read_before=given(scenario).read,
        evidence_rows=evidence_rows or {},
    )


def mechanism_name(module: ModuleType) -> str:
    """The word that names a mechanism's files: `forest`."""
    return module.__name__.rpartition(".")[2]


def kind_of(declaration: Declaration) -> str:
    """stock, equation or ledger."""
    return {Stock: "stock", Equation: "equation", Ledger: "ledger"}[type(declaration)]


def axes_text(over: tuple[str, ...]) -> str:
    """The axes in words."""
    return ", ".join(over) or "one value"


def place_text(file: str, line: int) -> str:
    """File and line without the folders above the package; data files with their folder."""
    short = short_path(file)
    if short.endswith(".csv") and "/" not in short:
        short = f"place/data/{short}"
    return f"{short}:{line}" if line else short


def _evidence_rows(file: Path) -> dict[str, Mapping[str, str]]:
    with file.open(encoding="utf-8", newline="") as stored:
        rows = list(csv.DictReader(stored))
    found: dict[str, Mapping[str, str]] = {row["symbol"]: row for row in rows}
    if len(found) != len(rows):
        raise ValueError(f"{file.name}: a symbol stands twice")
    return found
