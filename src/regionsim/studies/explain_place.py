"""What a county, a hub, an agreement on compensation or a cluster is."""

from __future__ import annotations

from collections.abc import Iterable

from regionsim.place.agreements import (
    LUSHUI_RENEWAL,
    MARKET_COMPENSATION,
    OPEN_END,
    STANDING,
    Agreement,
    load_agreements,
)
from regionsim.place.clusters import SHARE, Cluster, Member, load_clusters, load_members
from regionsim.place.counties import AREAS_ZH, HECTARES_PER_SQUARE_KILOMETRE, County, load_counties
from regionsim.place.hubs import Hub
from regionsim.place.projects import load_projects
from regionsim.studies.levers import all_levers

BROUGHT_BY = {
    STANDING: "it stood in 2020",
    LUSHUI_RENEWAL: "the lever lushui-agreement of measure 13",
    MARKET_COMPENSATION: "the lever market-compensation of measure 13",
}


def explain_county(county: County) -> list[str]:
    """A county: names, size, clusters, agreements, the levers that the plan puts there, and planned projects."""
    clusters = {member.cluster for member in load_members() if member.code == county.code}
    agreements = [each.key.replace("_", "-") for each in load_agreements() if county.code in each.counties]
    lines = [each.slug for each in load_projects() if county.code in each.counties and not each.stood_in_2020]
    levers = [each.effort.name for each in all_levers() if county.code in each.effort.counties]
    return [
        f"{county.code}: county",
        f"  name    {county.full_name}",
        f"  chinese {county.name_zh}",
        f"  in      {county.prefecture} ({AREAS_ZH[county.prefecture]}), "
        f"{county.province} ({AREAS_ZH[county.province]})",
        f"  area    {county.area / HECTARES_PER_SQUARE_KILOMETRE:,.0f} km2 ({county.quality})",
        f"  cluster {_listed(each.key for each in load_clusters() if each.key in clusters)}",
        f"  agreed  {_listed(agreements)}",
        f"  lines   {_listed(lines)}",
        f"  levers  {_listed(levers)}",
        f"  source  {county.source}",
    ]


def explain_hub(hub: Hub) -> list[str]:
    """A hub outside the zone: names, province and where it lies in the network."""
    if hub.nodes:
        where = f"the nearest of {', '.join(hub.nodes)}"
    else:
        where = f"{hub.stated_passenger_minutes:g} minutes for travellers, {hub.stated_freight_minutes:g} for goods"
    return [
        f"{hub.key}: hub outside the zone",
        f"  name    {hub.name}",
        f"  chinese {hub.name_zh}",
        f"  in      {hub.province}",
        f"  time    {where}",
        f"  source  {hub.source} ({hub.quality})",
    ]


def explain_agreement(agreement: Agreement) -> list[str]:
    """An agreement on compensation: who pays whom for which water, from when, and how a scenario changes its terms."""
    key = agreement.key.replace("_", "-")
    until = "with no known end" if agreement.end == OPEN_END else f"to {agreement.end:.2f}"
    return [
        f"{key}: agreement on compensation",
        f"  title   {agreement.name}",
        f"  chinese {agreement.name_zh}",
        f"  river   {agreement.reach}, class {agreement.target_class}",
        f"  pays    {agreement.price:g} million CNY a month; a class better adds {agreement.bonus:.0%} of it",
        f"  award   {agreement.award:g} million CNY a year of the own province",
        f"  years   {agreement.start:.2f} {until} (model years)",
        f"  begun   {BROUGHT_BY[agreement.brought_by]}",
        f"  above   {_shares(agreement.upstream)}",
        f"  below   {_shares(agreement.downstream)}",
        f"  quality {agreement.quality}",
        f"  source  {agreement.source}",
        *([f"  note    {agreement.note}"] if agreement.note else []),
        "  to change its price",
        "    compensation:",
        f"      {key}: {{price: {2 * agreement.price:g}}}",
    ]


def explain_cluster(cluster: Cluster) -> list[str]:
    """A cluster: sector, counties with their figures, and the lever that is made for it."""
    members = [member for member in load_members() if member.cluster == cluster.key]
    names = {county.code: county.name for county in load_counties()}
    return [
        f"{cluster.key}: cluster",
        f"  title   {cluster.name}",
        f"  chinese {cluster.name_zh}",
        f"  sector  {cluster.sector}",
        f"  linked  {cluster.complementarity:g}, the weight of a pair of fully linked counties",
        f"  lever   {cluster.support.replace('_', '-') or 'none of its own'}",
        *(f"  in      {names[each.code]}: {_figure(each)}, linkage {each.linkage:g}" for each in members),
        f"  quality {cluster.quality}",
        f"  source  {cluster.source}",
    ]


def _figure(member: Member) -> str:
    if member.basis == SHARE:
        return f"{member.figure.value:.2g} of the sector's value added ({member.figure.quality})"
    return f"gross output {member.figure.value:,.0f} million CNY a year ({member.figure.quality})"


def _shares(shares: dict[str, float]) -> str:
    names = {county.code: county.name for county in load_counties()}
    return _listed(f"{names[code]} {share:.0%}" for code, share in shares.items())


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
