"""The keys of a study file, one small model for each; `StudyFile` lists them all."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from regionsim.scenarios.report import Strict, refuse
from regionsim.scenarios.schema import FiniteNumber, Title, kebab

Kind = Literal["grid", "one-at-a-time", "latin-hypercube", "sobol", "morris", "saltelli", "monte-carlo", "posterior"]
Shape = Literal["uniform", "triangular", "normal", "lognormal"]
ALL = "all"
# What each kind of design can be told beside its kind; the first is what it cannot do without.
TOLD: dict[str, tuple[str, ...]] = {
    "grid": ("levels",),
    "one-at-a-time": ("levels",),
    "latin-hypercube": ("members", "seed"),
    "sobol": ("members", "seed"),
    "morris": ("trajectories", "levels", "seed"),
    "saltelli": ("members", "seed"),
    "monte-carlo": ("members", "seed"),
    "posterior": ("members", "seed", "draws"),
}
NEEDED = {
    "latin-hypercube": ("members",),
    "sobol": ("members",),
    "morris": ("trajectories",),
    "saltelli": ("members",),
    "monte-carlo": ("members",),
    "posterior": ("members", "draws"),
}
MOST_MEMBERS = 1_000_000
POWERS_OF_TWO = ("sobol", "saltelli")  # which are made of a sequence of Sobol
DEFAULT_LEVELS = {"grid": 3, "one-at-a-time": 2, "morris": 4}


def _all_or_list(value: Any) -> Any:
    if value == ALL or isinstance(value, list):
        return value
    raise refuse(f"a list, or the word {ALL}")


class DesignEntry(Strict):
    """Which members there are. `draws` is a CSV file of equally likely draws, a column for each parameter.

    The `members` of the kind saltelli are those of its base sample; each makes two more than there are factors.
    """

    kind: Kind
    members: Annotated[int, Field(ge=1, le=MOST_MEMBERS)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    levels: Annotated[int, Field(ge=2, le=1000)] | None = None
    trajectories: Annotated[int, Field(ge=1, le=MOST_MEMBERS)] | None = None
    draws: Annotated[str, Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        told = TOLD[self.kind]
        said = [key for key in self.model_fields_set if key not in ("kind", *told)]
        if said:
            raise refuse(f"for a design of the kind '{self.kind}': {', '.join(told)}", found=", ".join(sorted(said)))
        for key in NEEDED.get(self.kind, ()):
            if getattr(self, key) is None:
                raise refuse(f"'{key}' for a design of the kind '{self.kind}'", found="none")
        if self.kind in POWERS_OF_TWO and self.members is not None and self.members & (self.members - 1):
            below = 1 << (self.members.bit_length() - 1)
            expected = f"a power of two, like {below} or {2 * below}, as a sequence of Sobol needs"
            raise refuse(expected, found=f"members {self.members}")
        if self.kind == "morris" and self.levels is not None and self.levels % 2:
            raise refuse("an even number of levels for a design of the kind 'morris'", found=f"levels {self.levels}")
        return self


class FactorEntry(Strict):
    """What a parameter or a lever may be: a range with its shape, or values; nothing means the range beside it.

    `step` makes values of a range. `levels` are those of a grid, where they are others than the design's.
    """

    low: FiniteNumber | None = None
    high: FiniteNumber | None = None
    shape: Shape | None = None
    step: Annotated[FiniteNumber, Field(gt=0)] | None = None
    values: list[Any] | None = None
    levels: Annotated[int, Field(ge=2, le=1000)] | None = None
    outside_range: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        ends = {"low", "high"} & self.model_fields_set
        if len(ends) == 1:
            raise refuse("'low' and 'high' together", found=f"'{next(iter(ends))}' alone")
        if self.values is not None and (ends or {"shape", "step", "levels"} & self.model_fields_set):
            raise refuse("either values or a range", found="both")
        if self.values is not None:
            for value in self.values:
                if isinstance(value, bool) or not isinstance(value, (int, float, str)):
                    raise refuse("a list of numbers or words")
            if len(set(map(str, self.values))) < max(len(self.values), 2):
                raise refuse("two values or more, each once")
        if self.low is not None and self.high is not None:
            if self.low >= self.high:
                raise refuse("'low' below 'high'", found=f"low {self.low:g}, high {self.high:g}")
            if self.shape == "lognormal" and self.low <= 0:
                raise refuse("a range above 0 for the shape lognormal", found=f"low {self.low:g}")
            if self.step is not None and (self.high - self.low) / self.step > MOST_MEMBERS:
                raise refuse("a step that makes fewer values", found=f"step {self.step:g}")
        if self.step is not None and (not ends or self.shape is not None):
            raise refuse("'step' beside 'low' and 'high' alone", found="'step'")
        return self


class OutputsEntry(Strict):
    """What is kept of each member: variables, regions and years, each a list or the word all."""

    variables: Annotated[Any, BeforeValidator(_all_or_list)] = ALL
    regions: Annotated[Any, BeforeValidator(_all_or_list)] = ALL
    years: Annotated[Any, BeforeValidator(_all_or_list)] = ALL

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, outputs: Any) -> Any:
        return {} if outputs == ALL else outputs


class StudyFile(Strict):
    """Everything that may stand in one study file."""

    name: Annotated[str, AfterValidator(kebab)]
    title: Title = Title()
    about: str = ""
    scenarios: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]
    design: DesignEntry
    parameters: dict[str, FactorEntry] = Field(default={})
    levers: dict[str, FactorEntry] = Field(default={})
    correlation: list[Any] = Field(default=[])
    outputs: OutputsEntry = OutputsEntry()
    chunk: Annotated[int, Field(ge=1, le=1024)] | None = None
