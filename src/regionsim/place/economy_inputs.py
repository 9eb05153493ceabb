"""Inputs of the base year's economy: output and employment of the counties, output and residents of the hubs."""

from __future__ import annotations

from collections.abc import Mapping

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant
from regionsim.place import employment, hub_economy, output
from regionsim.place.estimate import worst_quality


def economy_inputs(parameters: Mapping[str, AnyInput]) -> list[AnyInput]:
    """The four inputs, full rank. They rest on data alone: no parameter is read.

    The quality of an input is the worst among its counties or hubs; `load_output` and `load_hub_economy` have the
    quality, range and source of each.
    """
    counties = output.load_output()
    hubs = hub_economy.load_hub_economy()
    return [
        Constant(
            name="initial_sector_output",
            about="Value added by county and sector in 2020; Anyuan with the Pingxiang development zone.",
            unit="million CNY_2020/year",
            over=("county", "sector"),
            quality=worst_quality(e.quality for county in counties for e in county.sectors.values()),
            source="statistical communiques of 2020 where they exist; else scaled from 2021 by prefecture, "
            "secondary/tertiary split estimated",
            file=output.FILE,
            values=full_rank(output.sector_output(), ("county", "sector")),
        ),
        Constant(
            name="initial_employment_share",
            about="Share of employed residents in agriculture, industry (with construction) and services, 2020.",
            unit="dimensionless",
            over=("county", "sector"),
            quality=employment.QUALITY,
            source=employment.SOURCE,
            file=employment.FILE,
            values=full_rank(employment.employment_shares(), ("county", "sector")),
        ),
        Constant(
            name="initial_hub_output",
            about="Value added of each hub in 2020, less the counties of the zone that lie in it.",
            unit="million CNY_2020/year",
            over=("hub",),
            quality=worst_quality(hub.output.quality for hub in hubs),
            source="prefecture and province tables; share of the Pearl River delta and four coastal provinces recalled",
            file=hub_economy.FILE,
            values=full_rank([hub.output.value for hub in hubs], ("hub",)),
        ),
        Constant(
            name="hub_residents",
            about="Residents of each hub in 2020, less the counties of the zone that lie in it.",
            unit="person",
            over=("hub",),
            quality=worst_quality(hub.residents.quality for hub in hubs),
            source="census 2020; Pearl River delta from the provincial yearbook, end of 2020",
            file=hub_economy.FILE,
            values=full_rank([hub.residents.value for hub in hubs], ("hub",)),
        ),
    ]
