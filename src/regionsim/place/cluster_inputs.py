"""What the model is fed of clusters: where they are, how much they weigh, who is linked to whom, shared parks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regionsim.language.axes import LABELS, full_rank
from regionsim.language.inputs import AnyInput, Constant, Quality
from regionsim.place.clusters import (
    CLUSTERS_FILE,
    MEMBERS_FILE,
    PAIRS_FILE,
    cluster_shares,
    load_clusters,
    load_members,
    load_park_pairs,
)
from regionsim.place.counties import county_codes
from regionsim.place.estimate import Estimate, worst_quality

RATIO = "industrial_value_added_ratio"
CEILING = "cluster_share_ceiling"
BASE_YEAR = 2020
SUPPORTED = {
    "fireworks_cluster": ("fireworks_zone", "Whether the cluster is that of fireworks (1) or not (0)."),
    "lithium_cluster": ("lithium_cluster", "Whether the cluster is that of lithium (1) or not (0)."),
    "electric_porcelain_cluster": (
        "electric_porcelain",
        "Whether the cluster is that of electric porcelain (1) or not (0).",
    ),
    "group_cluster": (
        "industry_groups",
        "Whether the northern or the southern group shares the cluster's products (1) or not (0).",
    ),
}


def cluster_inputs(parameters: Mapping[str, AnyInput]) -> list[AnyInput]:
    """The eleven inputs, full rank and dimensionless.

    Over (county, cluster): cluster_presence, cluster_share, cluster_linkage, institute_site. Over (cluster, sector):
    cluster_sector. Over (cluster): cluster_complementarity, fireworks_cluster, lithium_cluster,
    electric_porcelain_cluster, group_cluster. Over (county, destination): park_pair, symmetric.

    Reads the parameters `industrial_value_added_ratio` and `cluster_share_ceiling`. The quality of an input is the
    worst among its parts; `cluster_shares` has the range, quality and source of each share.
    """
    clusters, members, codes = load_clusters(), load_members(), county_codes()
    row = {code: k for k, code in enumerate(codes)}
    column = {cluster.key: k for k, cluster in enumerate(clusters)}
    presence, linkage, institute, share = (np.zeros((len(codes), len(clusters))) for _ in range(4))
    shares = cluster_shares(_estimate(parameters[RATIO]), _estimate(parameters[CEILING]).value)
    for member in members:
        at = row[member.code], column[member.cluster]
        presence[at], linkage[at], institute[at] = 1, member.linkage, member.institute
        share[at] = shares[member.cluster, member.code].value
    pairs = np.zeros((len(codes), len(codes)))
    for left, right in load_park_pairs():
        pairs[row[left], row[right]] = pairs[row[right], row[left]] = 1
    plan = "plan text, measures 4, 6, 7 and layout"
    county_cluster, named = ("county", "cluster"), worst_quality(cluster.quality for cluster in clusters)
    return [
        _constant(
            "cluster_presence",
            "Whether a county has a cluster (1) or not (0).",
            county_cluster,
            presence,
            named,
            plan,
            MEMBERS_FILE,
        ),
        _constant(
            "cluster_share",
            "Share of a cluster in the value added of its sector in a county, 2020.",
            county_cluster,
            share,
            worst_quality(estimate.quality for estimate in shares.values()),
            f"gross output times parameter:{RATIO} where it is published, else remembered; county sums cut off at "
            f"parameter:{CEILING}",
            MEMBERS_FILE,
        ),
        _constant(
            "cluster_linkage",
            "How far a county's cluster takes part in the exchange with other counties, 0 to 1.",
            county_cluster,
            linkage,
            "assumption",
            "1 where the cluster is anchored, 0.7 where much is made, 0.4 where little is, by judgement",
            MEMBERS_FILE,
        ),
        _constant(
            "institute_site",
            "Part of an institute of the plan that works for a cluster in a county.",
            county_cluster,
            institute,
            "derived",
            "plan text, measure 4; the site of the compressor institute is not named",
            MEMBERS_FILE,
        ),
        _constant(
            "cluster_sector",
            "Whether a cluster belongs to a sector (1) or not (0).",
            ("cluster", "sector"),
            np.array([[cluster.sector == sector for sector in LABELS["sector"]] for cluster in clusters]),
            "official",
            "definition",
            CLUSTERS_FILE,
        ),
        _constant(
            "cluster_complementarity",
            "Weight of a pair of fully linked counties in a cluster, 0 to 1.",
            ("cluster",),
            np.array([cluster.complementarity for cluster in clusters]),
            "assumption",
            "1 where the plan says what each side does or joins parks, 0.5 where only the layout names both sides",
            CLUSTERS_FILE,
        ),
        *(
            _constant(
                name,
                about,
                ("cluster",),
                np.array([cluster.support == support for cluster in clusters]),
                named,
                plan,
                CLUSTERS_FILE,
            )
            for name, (support, about) in SUPPORTED.items()
        ),
        _constant(
            "park_pair",
            "Whether two counties share a park across the border (1) or not (0).",
            ("county", "destination"),
            pairs,
            "official",
            "plan text, measure 7",
            PAIRS_FILE,
        ),
    ]


def _estimate(given: AnyInput) -> Estimate:
    value = float(given.values.reshape(-1)[0])
    return Estimate(
        value=value,
        low=value if given.low is None else given.low,
        high=value if given.high is None else given.high,
        quality=given.quality,
        source=given.source,
        year=BASE_YEAR,
    )


def _constant(
    name: str, about: str, over: tuple[str, ...], values: object, quality: Quality, source: str, file: str
) -> Constant:
    return Constant(
        name=name,
        about=about,
        unit="dimensionless",
        over=over,
        quality=quality,
        source=source,
        file=file,
        values=full_rank(values, over),
    )
