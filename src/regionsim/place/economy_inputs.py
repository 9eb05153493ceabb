"""Inputs of the base year's economy: output and employment of the counties, output and residents of the hubs."""

from __future__ import annotations

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant
from regionsim.place import employment, hub_economy, output, output_2010
from regionsim.place.base_output import base_output, base_sector_output
from regionsim.place.cohorts import BASE_YEAR
from regionsim.place.estimate import worst_quality

OUTPUT_FILES = {BASE_YEAR: output.FILE, output_2010.YEAR: output_2010.FILE}
OUTPUT_SOURCES = {
    BASE_YEAR: "statistical communiques of 2020 where they exist; else scaled from 2021 by prefecture, "
    "secondary/tertiary split estimated",
    output_2010.YEAR: "county totals of 2010, sectors by those of 2011 and 2015 and by prefecture, "
    "prices of 2020 by national price levels (recalled)",
}


def economy_inputs(base_year: int = BASE_YEAR) -> list[AnyInput]:
    """The four inputs, full rank. They rest on data alone: no parameter is read.

    The quality of an input is the worst among its counties or hubs; `base_output` and `load_hub_economy` have the
    quality, range and source of each.
    """
    counties = base_output(base_year)
    hubs = hub_economy.load_hub_economy(base_year)
    return [
        Constant(
            name="initial_sector_output",
            about=f"Value added by county and sector in {base_year}; Anyuan with the Pingxiang development zone.",
            unit="million CNY_2020/year",
            over=("county", "sector"),
            quality=worst_quality(e.quality for county in counties for e in county.sectors.values()),
            source=OUTPUT_SOURCES[base_year],
            file=OUTPUT_FILES[base_year],
            values=full_rank(base_sector_output(base_year), ("county", "sector")),
        ),
        Constant(
            name="initial_employment_share",
            about=f"Share of employed residents in agriculture, industry with construction and services, {base_year}.",
            unit="dimensionless",
            over=("county", "sector"),
            quality=employment.QUALITY,
            source=employment.SOURCE,
            file=employment.FILE,
            values=full_rank(employment.employment_shares(base_year), ("county", "sector")),
        ),
        Constant(
            name="initial_hub_output",
            about=f"Value added of each hub in {base_year}, less the counties of the zone that lie in it.",
            unit="million CNY_2020/year",
            over=("hub",),
            quality=worst_quality(hub.output.quality for hub in hubs),
            source="prefecture and province tables; share of the Pearl River delta and four coastal provinces recalled",
            file=hub_economy.FILE,
            values=full_rank([hub.output.value for hub in hubs], ("hub",)),
        ),
        Constant(
            name="hub_residents",
            about=f"Residents of each hub in {base_year}, less the counties of the zone that lie in it.",
            unit="person",
            over=("hub",),
            quality=worst_quality(hub.residents.quality for hub in hubs),
            source="census 2020; Pearl River delta from the provincial yearbook, end of 2020",
            file=hub_economy.FILE,
            values=full_rank([hub.residents.value for hub in hubs], ("hub",)),
        ),
    ]
