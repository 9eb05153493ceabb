"""The clusters of the zone: which they are, where they are, and what share of a county's output they make up.

Fourteen clusters: those for which the action plan or its layout names counties on both sides of the border and that
make goods (ten of industry, four of agriculture), with glass fibre, for which it founds an institute. Left out are
services (logistics, finance, tourism: mechanisms of their own), energy, single farm brands, the waste recycling of one
county, and new digital products whose counties the plan does not name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from regionsim.place.counties import load_counties
from regionsim.place.estimate import Estimate, worst_quality
from regionsim.place.output import load_output
from regionsim.place.tables import DATA, QUALITY, Check, number, one_of, optional_text, read_table, text, whole
from regionsim.problems import Problem, ProblemsError, nearest_name

CLUSTERS_FILE = "clusters.csv"
MEMBERS_FILE = "cluster_members.csv"
PAIRS_FILE = "park_pairs.csv"
SUPPORTS = ("fireworks_zone", "lithium_cluster", "electric_porcelain", "industry_groups")
GROSS_OUTPUT, SHARE = "gross_output", "value_added_share"
MILLIONS = 100.0  # in the published unit of 100 million (亿元)


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One cluster. `complementarity`, 0 to 1, is the weight of a pair of fully linked counties.

    It is 1 where the plan names what each side does or a common park, 0.5 where only its layout names both sides, 0
    where one county stands alone. `support` names the effort that is made for this cluster, empty where there is none.
    """

    key: str
    name: str
    name_zh: str
    sector: str
    complementarity: float
    support: str
    quality: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Member:
    """A cluster in one county.

    `basis` says what `figure` is: gross output in million CNY a year, or the share of the county's value added in the
    cluster's sector. `linkage`, 0 to 1, is how far the county takes part in the exchange with other counties: 1 where
    the cluster is anchored, 0.7 where much is made, 0.4 where little is. `institute`, 0 to 1, is the part of an
    institute of the plan that works for the cluster in this county.
    """

    cluster: str
    code: str
    basis: str
    figure: Estimate
    linkage: float
    institute: float
    line: int


def _named(allowed: Collection[str], kind: str) -> Check:
    def read(value: str) -> str:
        if value not in allowed:
            near = nearest_name(value, allowed)
            raise ValueError(f"{kind}" + (f" (nearest: {near})" if near else ""))
        return value

    return read


@cache
def load_clusters(folder: Path = DATA) -> tuple[Cluster, ...]:
    """All clusters in the file's order, which is the order of the cluster axis.

    Raises ProblemsError for every cell that is wrong and every cluster that stands twice.
    """
    rows = read_table(
        CLUSTERS_FILE,
        {
            "cluster": text,
            "name": text,
            "name_zh": text,
            "sector": one_of("agriculture", "industry"),
            "complementarity": number(0, 1),
            "support": one_of("", *SUPPORTS),
            "quality": QUALITY,
            "source": text,
        },
        folder=folder,
    )
    problems = _doubles(CLUSTERS_FILE, [(row["line"], f"cluster {row['cluster']}") for row in rows])
    if problems:
        raise ProblemsError(problems)
    return tuple(
        Cluster(key=row["cluster"], **{k: row[k] for k in row if k not in ("cluster", "line")}) for row in rows
    )


def cluster_labels() -> tuple[str, ...]:
    """The keys of the clusters, in the order of the cluster axis."""
    return tuple(cluster.key for cluster in load_clusters())


@cache
def load_members(folder: Path = DATA) -> tuple[Member, ...]:
    """Which cluster is in which county, in the file's order.

    Raises ProblemsError for unknown clusters and counties, a pair that stands twice, a range that does not hold its
    value, a share above 1, gross output of a cluster of agriculture (the ratio to value added is industry's), and a
    cluster whose complementarity does not fit its number of counties.
    """
    clusters = {cluster.key: cluster for cluster in load_clusters(folder)}
    codes = {county.code for county in load_counties()}
    rows = read_table(
        MEMBERS_FILE,
        {
            "cluster": _named(clusters, f"a cluster of {CLUSTERS_FILE}"),
            "adcode": _named(codes, "the code of a county"),
            "basis": one_of(GROSS_OUTPUT, SHARE),
            "value": number(low=0.0),
            "low": number(low=0.0),
            "high": number(low=0.0),
            "year": whole(2007, 2035),
            "linkage": number(0, 1),
            "institute": number(0, 1),
            "quality": QUALITY,
            "source": text,
            "note": optional_text,
        },
        folder=folder,
    )
    problems = _doubles(MEMBERS_FILE, [(row["line"], f"{row['cluster']} in county {row['adcode']}") for row in rows])
    for row in rows:
        problems += _member_problems(row, clusters[row["cluster"]])
    for key, cluster in clusters.items():
        count = sum(row["cluster"] == key for row in rows)
        if count == 0 or (count == 1) != (cluster.complementarity == 0):
            problems.append(
                Problem(
                    MEMBERS_FILE,
                    0,
                    f"counties of {key}, whose complementarity is {cluster.complementarity:g}",
                    str(count),
                    "one county where it is 0, else two or more",
                )
            )
    if problems:
        raise ProblemsError(problems)
    return tuple(_member(row) for row in rows)


def _member_problems(row: Mapping[str, Any], cluster: Cluster) -> list[Problem]:
    problems = []
    what = f"{row['cluster']} in county {row['adcode']}"
    if not row["low"] <= row["value"] <= row["high"]:
        found = f"{row['low']:g}, {row['value']:g}, {row['high']:g}"
        problems.append(Problem(MEMBERS_FILE, row["line"], f"range of {what}", found, "low, value and high rising"))
    if row["basis"] == SHARE and row["high"] > 1:
        problems.append(Problem(MEMBERS_FILE, row["line"], f"share of {what}", f"{row['high']:g}", "at most 1"))
    if row["basis"] == GROSS_OUTPUT and cluster.sector != "industry":
        problems.append(
            Problem(MEMBERS_FILE, row["line"], f"basis of {what}, a cluster of agriculture", GROSS_OUTPUT, SHARE)
        )
    return problems


def _member(row: Mapping[str, Any]) -> Member:
    unit = MILLIONS if row["basis"] == GROSS_OUTPUT else 1.0
    return Member(
        cluster=row["cluster"],
        code=row["adcode"],
        basis=row["basis"],
        figure=Estimate(
            value=row["value"] * unit,
            low=row["low"] * unit,
            high=row["high"] * unit,
            quality=row["quality"],
            source=row["source"],
            year=row["year"],
            note=row["note"],
        ),
        linkage=row["linkage"],
        institute=row["institute"],
        line=row["line"],
    )


@cache
def load_park_pairs(folder: Path = DATA) -> tuple[tuple[str, str], ...]:
    """The pairs of counties whose parks the plan joins, as codes, each pair once and across the border.

    Raises ProblemsError for unknown counties, a pair that stands twice and two counties of one province.
    """
    provinces = {county.code: county.province for county in load_counties()}
    county = _named(provinces, "the code of a county")
    rows = read_table(PAIRS_FILE, {"adcode": county, "partner_adcode": county}, folder=folder)
    problems = _doubles(
        PAIRS_FILE,
        [(row["line"], "pair " + " and ".join(sorted((row["adcode"], row["partner_adcode"])))) for row in rows],
    )
    problems += [
        Problem(
            PAIRS_FILE,
            row["line"],
            f"partner of county {row['adcode']}",
            row["partner_adcode"],
            "a county of the other province",
        )
        for row in rows
        if provinces[row["adcode"]] == provinces[row["partner_adcode"]]
    ]
    if problems:
        raise ProblemsError(problems)
    return tuple((row["adcode"], row["partner_adcode"]) for row in rows)


def cluster_shares(value_added_ratio: Estimate, ceiling: float, folder: Path = DATA) -> dict[tuple[str, str], Estimate]:
    """Share of a cluster in its sector's value added in a county in 2020, by (cluster, county code).

    From gross output: output times the ratio of value added, over the sector's value added of 2020. The figure of
    another year is taken for 2020 unchanged, as its row says. Where the clusters of a county together pass the
    `ceiling`, all of them are scaled down to it in proportion. The range joins the ends of output, ratio and value
    added, and is scaled and cut off with the value.
    """
    sectors = {cluster.key: cluster.sector for cluster in load_clusters(folder)}
    outputs = {county.code: county.sectors for county in load_output()}
    members = load_members(folder)
    raw = {}
    for member in members:
        figure, base = member.figure, outputs[member.code][sectors[member.cluster]]
        if member.basis == SHARE:
            raw[member.cluster, member.code] = (figure.value, figure.low, figure.high, figure.quality)
        else:
            raw[member.cluster, member.code] = (
                figure.value * value_added_ratio.value / base.value,
                figure.low * value_added_ratio.low / base.high,
                figure.high * value_added_ratio.high / base.low,
                worst_quality(["derived", figure.quality, value_added_ratio.quality, base.quality]),
            )
    together: dict[tuple[str, str], float] = {}
    for (cluster, code), (value, *_) in raw.items():
        together[sectors[cluster], code] = together.get((sectors[cluster], code), 0.0) + value
    shares = {}
    for member in members:
        value, low, high, quality = raw[member.cluster, member.code]
        sector = sectors[member.cluster]
        scale = min(1.0, ceiling / together[sector, member.code])
        shares[member.cluster, member.code] = Estimate(
            value=value * scale,
            low=min(low, value * scale),
            high=max(min(high, ceiling), value * scale),
            quality=quality,
            source=member.figure.source,
            year=member.figure.year,
            note=f"scaled down from {value:.2f}" if scale < 1 else member.figure.note,
        )
    return shares


def _doubles(file: str, rows: list[tuple[int, str]]) -> list[Problem]:
    """One problem for every row that says again what an earlier row says."""
    first: dict[str, int] = {}
    problems = []
    for line, what in rows:
        if what in first:
            problems.append(Problem(file, line, f"{what} stands twice", f"also on line {first[what]}"))
        first.setdefault(what, line)
    return problems
