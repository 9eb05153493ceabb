"""The keys of the file of a calibration."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from regionsim.scenarios.report import Strict, refuse
from regionsim.scenarios.schema import FiniteNumber, Title, kebab

ALL = "all"
MOST_STARTS = 64
FEWEST_DRAWS, MOST_DRAWS = 64, 200_000
Text = Annotated[str, Field(min_length=1)]


def _names(said: Any) -> Any:
    """The word all, or a list of names: two types would be two messages for one mistake."""
    if said == ALL:
        return said
    if not isinstance(said, list) or not said or not all(isinstance(name, str) and name for name in said):
        raise refuse(f"'{ALL}', or a list of names like [fertility_index]")
    if len(set(said)) < len(said):
        twice = next(name for name in said if said.count(name) > 1)
        raise refuse("each name once", found=f"'{twice}' twice")
    return said


def _listed(said: Any) -> Any:
    """A list of names that may be empty."""
    return said if said == [] else _names(said if said != ALL else None)


Names = Annotated[Any, BeforeValidator(_names)]


class TargetEntry(Strict):
    """How far the model itself may be off an observation, and how much the observations count.

    `tolerance` is relative to the observed value, of shares in points (0.02 is two) and of balances in their unit;
    `weight` multiplies the log-likelihood of the rows.
    """

    tolerance: Annotated[FiniteNumber, Field(ge=0)] = 0.0
    weight: Annotated[FiniteNumber, Field(gt=0, le=100)] = 1.0


class StageEntry(Strict):
    """Parameters that are fitted together, to these targets; those of earlier stages stay as they were fitted."""

    name: Annotated[str, AfterValidator(kebab)]
    parameters: Names
    targets: Names = ALL


class StudyFile(Strict):
    """Everything that may stand in the file of a calibration."""

    name: Annotated[str, AfterValidator(kebab)]
    title: Title = Title()
    about: str = ""
    scenario: Text
    observed: Text
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    starts: Annotated[int, Field(ge=1, le=MOST_STARTS)] = 4
    loss: Literal["linear", "soft_l1", "huber", "cauchy"] = "soft_l1"
    targets: Annotated[dict[str, TargetEntry], Field(min_length=1)]
    stages: Annotated[list[StageEntry], Field(min_length=1)]
    nuisance: Annotated[Any, BeforeValidator(_listed)] = ()
    leave_out: Annotated[Any, BeforeValidator(_listed)] = ()
    draws: Annotated[int, Field(ge=FEWEST_DRAWS, le=MOST_DRAWS)] = 2000
