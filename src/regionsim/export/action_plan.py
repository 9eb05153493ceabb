"""The numbered measures of the action plan and what carries each of them in the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regionsim.language.declarations import Equation
from regionsim.language.inputs import AnyInput
from regionsim.scenarios.measures import load_measures

PLAN = "江西省推动湘赣边区域合作示范区建设行动方案, 赣府厅字〔2022〕48号, 24 May 2022"

# Titles of the measures that equations name by their number; safeguards have none.
MEASURES: dict[int, tuple[str, str]] = {
    int(measure.number): (measure.title_en, measure.title_zh) for measure in load_measures() if measure.number.isdigit()
}


@dataclass(frozen=True)
class Coverage:
    """A measure, the equations that say they carry it, and the parameters that these read."""

    number: int
    title: str
    title_zh: str
    equations: tuple[Equation, ...]
    parameters: tuple[str, ...]


def coverage(equations: Iterable[Equation], parameters: Mapping[str, AnyInput]) -> tuple[Coverage, ...]:
    """All measures in their order. Raises ValueError for an equation that names a measure which the plan lacks."""
    equations = tuple(equations)
    for equation in equations:
        unknown = [number for number in equation.measures if number not in MEASURES]
        if unknown:
            raise ValueError(f"{equation.place} {equation.name}: the plan has no measure {unknown[0]}")
    found = []
    for number, (title, title_zh) in MEASURES.items():
        carriers = tuple(equation for equation in equations if number in equation.measures)
        asked = dict.fromkeys(name for equation in carriers for name in equation.arguments if name in parameters)
        found.append(Coverage(number, title, title_zh, carriers, tuple(asked)))
    return tuple(found)
