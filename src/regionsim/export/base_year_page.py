"""The tables of docs/data.md, made from the readers, so that the page cannot differ from what the model is fed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regionsim.export.markdown import table, with_tables
from regionsim.language.axes import LABELS
from regionsim.language.inputs import AnyInput
from regionsim.place.counties import load_counties
from regionsim.place.cropland import fit_cropland_share, retention_target
from regionsim.place.employment import load_employment
from regionsim.place.estimate import Estimate
from regionsim.place.forest_cover import load_forest_cover
from regionsim.place.hub_economy import load_hub_economy
from regionsim.place.land import CountyLand
from regionsim.place.land_inputs import county_land
from regionsim.place.output import load_output


def refreshed(page: str, parameters: Mapping[str, AnyInput]) -> str:
    """The page with all its tables made anew. Raises KeyError for a table whose name is unknown."""
    return with_tables(page, base_year_tables(parameters))


def base_year_tables(parameters: Mapping[str, AnyInput]) -> dict[str, str]:
    """Markdown tables by name: totals, output, employment, hubs, forest_cover, land."""
    lands = county_land(parameters)
    return {
        "totals": _totals(lands),
        "output": _output(),
        "employment": _employment(),
        "hubs": _hubs(),
        "forest_cover": _forest_cover(),
        "land": _land(lands),
    }


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _totals(lands: Sequence[CountyLand]) -> str:
    area = sum(land.area for land in lands)

    def share(part: str) -> str:
        estimates: list[Estimate] = [getattr(land, part) for land in lands]
        value, low, high = (sum(getattr(e, end) for e in estimates) / area for end in ("value", "low", "high"))
        return f"{_percent(value)} % of the area ({_percent(low)}-{_percent(high)} with all counties at one end)"

    fit = fit_cropland_share()
    fitted_on = ", ".join(county.name for county in load_counties() if county.code in fit.counties)
    total = sum(county.total.value for county in load_output())
    hubs = load_hub_economy()
    return table(
        ("quantity", "base year 2020"),
        (
            ("output of the zone", f"{total:,.0f} million CNY a year"),
            ("output of the hubs", f"{sum(hub.output.value for hub in hubs):,.0f} million CNY a year"),
            ("area", f"{area:,.0f} ha"),
            ("forest", share("forest")),
            ("cropland", share("cropland")),
            ("built-up land", share("built_up")),
            ("other land", share("other")),
            (
                "cropland over land without forest",
                f"{fit.share:.3f} ({fit.low:.3f}-{fit.high:.3f}), from {fitted_on}",
            ),
            ("retention target of cropland, Jiangxi 2035 over 2019", f"{retention_target():.3f}"),
        ),
    )


def _output() -> str:
    names = {county.code: county.name for county in load_counties()}
    rows = []
    for county in load_output():
        cells = [names[county.code], f"{county.total.value:,.0f}", county.total.quality]
        for sector in LABELS["sector"]:
            estimate = county.sectors[sector]
            error = (estimate.high - estimate.low) / 2 / estimate.value
            cells.append(f"{estimate.value:,.0f} ±{100 * error:.0f} %")
        cells.append(county.sectors["industry"].quality)
        rows.append(cells)
    return table(("county", "output", "quality", *LABELS["sector"], "quality of the split"), rows)


def _employment() -> str:
    names = {county.code: county.name for county in load_counties()}
    return table(
        ("county", *LABELS["sector"], "persons in the sample"),
        (
            (
                names[county.code],
                *(_percent(county.shares[sector]) for sector in LABELS["sector"]),
                f"{county.sampled_persons:,.0f}",
            )
            for county in load_employment()
        ),
    )


def _hubs() -> str:
    return table(
        ("hub", "output", "quality", "residents", "quality", "scope"),
        (
            (
                hub.key,
                f"{hub.output.value:,.0f} ±{(hub.output.high - hub.output.value) / hub.output.value:.1%}",
                hub.output.quality,
                f"{hub.residents.value:,.0f}",
                hub.residents.quality,
                hub.output.note or "the whole area",
            )
            for hub in load_hub_economy()
        ),
    )


def _forest_cover() -> str:
    cover = load_forest_cover()
    return table(
        ("county", "cover, %", "low", "high", "quality", "year of the figure", "note"),
        (
            (
                county.name,
                _percent(cover[county.code].value),
                _percent(cover[county.code].low),
                _percent(cover[county.code].high),
                cover[county.code].quality,
                str(cover[county.code].year),
                cover[county.code].note,
            )
            for county in load_counties()
        ),
    )


def _land(lands: Sequence[CountyLand]) -> str:
    names = {county.code: county.name for county in load_counties()}

    def hectares(estimate: Estimate) -> str:
        return f"{estimate.value:,.0f} ({estimate.low:,.0f}-{estimate.high:,.0f})"

    return table(
        ("county", "forest", "cropland", "quality and year", "built-up land", "other land", "note"),
        (
            (
                names[land.code],
                hectares(land.forest),
                hectares(land.cropland),
                f"{land.cropland.quality}, {land.cropland.year}",
                hectares(land.built_up),
                hectares(land.other),
                "; ".join(
                    f"{part} {note}"
                    for part, note in (("cropland", land.cropland.note), ("built-up land", land.built_up.note))
                    if note
                ),
            )
            for land in lands
        ),
    )
