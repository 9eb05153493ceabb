"""What the model is fed of space: travel times as step paths, who is whose neighbour province, county areas."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regionsim.language.axes import LABELS, full_rank
from regionsim.language.inputs import AnyInput, Constant, Path
from regionsim.place.counties import load_counties
from regionsim.place.hubs import load_hubs
from regionsim.place.network import load_network
from regionsim.place.openings import Opening, openings
from regionsim.place.travel_times import travel_times

COUNTIES_SOURCE = "place/data/counties.csv"
TIMES_SOURCE = "shortest paths over place/data/transport_links.csv, old roads and parameters/transport.yaml"

_PATHS: tuple[tuple[str, str, str, tuple[str, str]], ...] = (
    (
        "travel_time_passenger",
        "passenger",
        "Generalised time of a traveller between counties",
        ("county", "destination"),
    ),
    ("travel_time_freight", "freight", "Generalised time of goods between counties", ("county", "destination")),
    ("hub_travel_time_passenger", "hub_passenger", "Generalised time of a traveller to a hub", ("county", "hub")),
    ("hub_travel_time_freight", "hub_freight", "Generalised time of goods to a hub", ("county", "hub")),
)


def network_inputs(
    parameters: Mapping[str, AnyInput], transport: Mapping[str, Opening], start: float, end: float
) -> list[AnyInput]:
    """All inputs that the network and the geography of counties and hubs give, for a run from `start` to `end`.

    Step paths over the states of the network (see `openings`), in generalised minutes: travel_time_passenger and
    travel_time_freight over (county, destination), hub_travel_time_passenger and hub_travel_time_freight over
    (county, hub). Constants: other_county and same_province over (county, destination), hub_same_province over
    (county, hub), hub_group_membership over (county, hub, hub_group), all 0 or 1, and county_area in ha.
    """
    network = load_network()
    years, times = [], []
    for year, links in openings(network, transport, start, end):
        years.append(year)
        times.append(travel_times(network, links, parameters))
    inputs: list[AnyInput] = [
        Path(
            name=name,
            about=f"{about}: minutes on the way plus money over the value of time.",
            unit="minute",
            over=over,
            quality="derived",
            source=TIMES_SOURCE,
            years=np.array(years, dtype=np.float64),
            values=np.stack([full_rank(getattr(state, array), over) for state in times]),
            kind="step",
        )
        for name, array, about, over in _PATHS
    ]
    return inputs + _geography()


def _geography() -> list[AnyInput]:
    counties, hubs = load_counties(), load_hubs()
    provinces = np.array([county.province for county in counties])
    hub_provinces = np.array([hub.province for hub in hubs])
    at_home = (provinces[:, None] == hub_provinces[None, :]).astype(np.float64)
    groups = {"home_province": at_home, "elsewhere": 1.0 - at_home}
    return [
        _constant(
            "other_county",
            "1 where the destination is another county.",
            ("county", "destination"),
            1.0 - np.eye(len(counties)),
        ),
        _constant(
            "same_province",
            "1 where the destination lies in the county's province.",
            ("county", "destination"),
            provinces[:, None] == provinces[None, :],
        ),
        _constant("hub_same_province", "1 where the hub lies in the county's province.", ("county", "hub"), at_home),
        _constant(
            "hub_group_membership",
            "1 for the group to which the hub belongs, seen from the county.",
            ("county", "hub", "hub_group"),
            np.stack([groups[g] for g in LABELS["hub_group"]], axis=2),
        ),
        Constant(
            name="county_area",
            about="Land area of the county.",
            unit="ha",
            over=("county",),
            quality="secondary",
            source=COUNTIES_SOURCE,
            values=full_rank([county.area for county in counties], ("county",)),
        ),
    ]


def _constant(name: str, about: str, over: tuple[str, ...], values: object) -> Constant:
    return Constant(
        name=name,
        about=about,
        unit="dimensionless",
        over=over,
        quality="derived",
        source=f"{COUNTIES_SOURCE}, place/data/hubs.csv" if "hub" in over else COUNTIES_SOURCE,
        values=full_rank(values, over),
    )
