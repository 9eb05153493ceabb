"""All that the place and the parameters give to a model, and the labels of its axes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from regionsim.language.axes import LABELS
from regionsim.language.inputs import AnyInput
from regionsim.place.agreements import Agreement, agreement_keys
from regionsim.place.border_inputs import border_inputs
from regionsim.place.cluster_inputs import cluster_inputs
from regionsim.place.clusters import cluster_labels
from regionsim.place.cohorts import BASE_YEAR, cohort_labels
from regionsim.place.compensation_inputs import compensation_inputs
from regionsim.place.counties import county_codes
from regionsim.place.definitions import definitions
from regionsim.place.demography_inputs import demography_inputs
from regionsim.place.economy_inputs import economy_inputs
from regionsim.place.energy_inputs import energy_inputs
from regionsim.place.hubs import load_hubs
from regionsim.place.land_inputs import land_inputs
from regionsim.place.network_inputs import network_inputs
from regionsim.place.openings import Opening
from regionsim.place.public_finance_inputs import public_finance_inputs
from regionsim.place.river_inputs import river_inputs
from regionsim.place.rivers import reach_keys
from regionsim.place.rural_inputs import rural_inputs
from regionsim.place.schooling_inputs import schooling_inputs
from regionsim.place.tourism import tourism_inputs


@dataclass(frozen=True)
class ModelInputs:
    """Inputs by name, and the parameters that were read to make other inputs, which no equation needs to read."""

    inputs: Mapping[str, AnyInput]
    read: frozenset[str]


class _Noted(Mapping[str, AnyInput]):
    """Parameters that note which of them are read."""

    def __init__(self, parameters: Mapping[str, AnyInput]) -> None:
        self._parameters = parameters
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> AnyInput:
        value = self._parameters[name]
        self.read.add(name)
        return value

    def __contains__(self, name: object) -> bool:
        return name in self._parameters

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)


def axis_labels(base_year: int = BASE_YEAR) -> dict[str, tuple[str, ...]]:
    """The elements of every axis: county codes, hub keys, birth cohorts and the axes that the language names.

    The cohorts alone depend on the census that a run starts from.
    """
    return {
        "county": county_codes(),
        "destination": county_codes(),
        "hub": tuple(hub.key for hub in load_hubs()),
        "cluster": cluster_labels(),
        "reach": reach_keys(),
        "agreement": agreement_keys(),
        **LABELS,
        "cohort": cohort_labels(base_year),
    }


def network_parameters(parameters: Mapping[str, AnyInput]) -> frozenset[str]:
    """The names of the parameters that travel times are worked out from."""
    noted = _Noted(parameters)
    network_inputs(noted, {}, 0.0, 0.0)
    return frozenset(noted.read)


def model_inputs(
    parameters: Mapping[str, AnyInput],
    evidence: Mapping[str, AnyInput],
    transport: Mapping[str, Opening],
    agreements: Sequence[Agreement],
    start: int,
    end: float,
    held_out: Collection[str] = (),
) -> ModelInputs:
    """Everything that the equations may ask for in a run from `start`, the year of a census, to `end`.

    `parameters` are those of the scenario; `evidence` those that the base year is worked out with (see
    `demography_inputs`). `transport` says which projects the scenario opens or closes, `agreements` on what terms
    upstream and downstream compensate each other. `held_out` are counties treated as if what they
    did between the censuses were not known (see `demography_inputs`).
    """
    noted, base = _Noted(parameters), _Noted(evidence)
    people = demography_inputs(noted, base, start, held_out)
    initial_residents = next(value for value in people if value.name == "initial_residents")
    made = [
        *definitions(start),
        *people,
        *schooling_inputs(noted, initial_residents, base, start),
        *economy_inputs(start),
        *land_inputs(noted, base, start),
        *network_inputs(noted, transport, start, end),
        *border_inputs(),
        *cluster_inputs(noted),
        *compensation_inputs(agreements, start),
        *energy_inputs(noted),
        *public_finance_inputs(noted, base, start),
        *river_inputs(),
        *rural_inputs(noted),
        *tourism_inputs(noted, start),
    ]
    return ModelInputs({**parameters, **{value.name: value for value in made}}, frozenset(noted.read | base.read))
