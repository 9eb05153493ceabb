"""The clusters' files: what they say of the zone, and every way in which they can be wrong."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from regionsim.language.axes import full_rank, position
from regionsim.language.inputs import AnyInput
from regionsim.place.cluster_inputs import CEILING, RATIO, cluster_inputs
from regionsim.place.clusters import (
    CLUSTERS_FILE,
    MEMBERS_FILE,
    PAIRS_FILE,
    cluster_labels,
    cluster_shares,
    load_clusters,
    load_members,
    load_park_pairs,
)
from regionsim.place.counties import county_codes, load_counties
from regionsim.place.estimate import Estimate
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError
from regionsim.studies.model import evidence

RATIO_VALUE = Estimate(value=0.25, low=0.20, high=0.32, quality="recalled", source="test", year=2020)


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    """A folder with the three files, one of them changed in one place."""
    for name in (CLUSTERS_FILE, MEMBERS_FILE, PAIRS_FILE):
        shutil.copy(DATA / name, folder / name)
    text = (DATA / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_every_cluster_of_more_than_one_county_lies_on_both_sides_or_is_linked_to_nobody() -> None:
    provinces = {county.code: county.province for county in load_counties()}
    for cluster in load_clusters():
        sides = {provinces[member.code] for member in load_members() if member.cluster == cluster.key}
        assert len(sides) == (2 if cluster.complementarity else 1), cluster.key


def test_parks_join_counties_across_the_border() -> None:
    assert load_park_pairs() == (("360322", "430181"), ("360313", "430281"), ("360902", "430181"))


def test_a_share_from_gross_output_is_output_times_the_ratio_over_the_sector() -> None:
    # Yuanzhou: 7000 of lithium's gross output at a quarter, of 15,440 in the secondary sector.
    share = cluster_shares(RATIO_VALUE, 0.6)["lithium", "360902"]
    assert share.value == pytest.approx(7_000 * 0.25 / 15_440, rel=1e-4)
    assert share.low < 2_000 * 0.20 / 15_440
    assert share.high > 11_000 * 0.32 / 15_440
    assert share.quality == "recalled"


def test_the_clusters_of_a_county_are_cut_off_together_at_the_ceiling() -> None:
    shares = cluster_shares(RATIO_VALUE, 0.6)
    liling = {cluster: share for (cluster, code), share in shares.items() if code == "430281"}
    assert sum(share.value for share in liling.values()) == pytest.approx(0.6)
    # 20,000 of fireworks against 21,600 of electric porcelain, cut alike.
    assert liling["fireworks"].value / liling["electric_porcelain"].value == pytest.approx(200 / 216)
    assert liling["fireworks"].note.startswith("scaled down from 0.16")
    for share in shares.values():
        assert 0 <= share.low <= share.value <= share.high <= 0.6 + 1e-12


def test_gross_output_of_the_fireworks_belt_lies_in_the_published_range() -> None:
    belt = sum(member.figure.value for member in load_members() if member.cluster == "fireworks")
    assert 40_000 <= belt <= 90_000  # parameter_evidence:Q_fw, million CNY


@pytest.fixture(scope="module")
def parameters() -> dict[str, AnyInput]:
    return dict(evidence())


def by_name(parameters: dict[str, AnyInput]) -> dict[str, AnyInput]:
    return {one.name: one for one in cluster_inputs(parameters)}


def test_the_inputs_are_laid_out_over_their_axes(parameters: dict[str, AnyInput]) -> None:
    sizes = {"county": 24, "destination": 24, "cluster": len(cluster_labels()), "sector": 3}
    inputs = by_name(parameters)
    assert len(inputs) == 11
    for one in inputs.values():
        assert {axis: one.values.shape[position(axis)] for axis in one.over} == {axis: sizes[axis] for axis in one.over}
        assert one.values.size == np.prod([sizes[axis] for axis in one.over])
        assert one.unit == "dimensionless"


def test_weights_links_and_institutes_stand_only_where_there_is_a_cluster(parameters: dict[str, AnyInput]) -> None:
    inputs = by_name(parameters)
    there = inputs["cluster_presence"].values == 1
    assert np.count_nonzero(there) == len(load_members())
    for name in ("cluster_share", "cluster_linkage", "institute_site"):
        assert np.all(inputs[name].values[~there] == 0)
    assert np.all(inputs["cluster_share"].values[there] > 0)
    shangli = inputs["cluster_share"].values[0, county_codes().index("360322")].ravel()
    assert shangli[cluster_labels().index("fireworks")] == pytest.approx(0.496, abs=0.001)


def test_parks_join_both_ways(parameters: dict[str, AnyInput]) -> None:
    pairs = by_name(parameters)["park_pair"].values.reshape(24, 24)
    assert np.array_equal(pairs, pairs.T)
    assert pairs.sum() == 6


def test_every_cluster_belongs_to_one_sector_and_the_named_ones_to_their_effort(
    parameters: dict[str, AnyInput],
) -> None:
    inputs = by_name(parameters)
    assert np.all(inputs["cluster_sector"].values.sum(axis=position("sector")) == 1)
    assert cluster_labels()[int(inputs["lithium_cluster"].values.argmax())] == "lithium"
    assert cluster_labels()[int(inputs["fireworks_cluster"].values.argmax())] == "fireworks"
    assert inputs["group_cluster"].values.sum() == 6


def test_the_shares_follow_their_parameters(parameters: dict[str, AnyInput]) -> None:
    lower = {**parameters, RATIO: replace(parameters[RATIO], values=full_rank(0.125, ()))}
    capped = {**parameters, CEILING: replace(parameters[CEILING], values=full_rank(0.3, ()))}
    at = (0, county_codes().index("430181"), 0, 0, 0, cluster_labels().index("fireworks"), 0, 0, 0, 0, 0, 0)
    base = by_name(parameters)["cluster_share"].values
    assert by_name(lower)["cluster_share"].values[at] == pytest.approx(base[at] / 2)
    liling = by_name(capped)["cluster_share"].values[0, county_codes().index("430281")]
    assert liling.sum() == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (CLUSTERS_FILE, "tea,Tea", "fruit,Tea", r"clusters\.csv:15: cluster fruit stands twice.*line 12"),
        (CLUSTERS_FILE, "lithium_cluster", "lithium_zone", r"clusters\.csv:7: column 'support'.*lithium_zone"),
        (CLUSTERS_FILE, "industry,0,,", "industry,0.5,,", r"counties of glass_fibre, whose complementarity is 0\.5"),
        (
            MEMBERS_FILE,
            "fireworks,430181",
            "firework,430181",
            r"cluster_members\.csv:2: column 'cluster'.*nearest: fireworks",
        ),
        (MEMBERS_FILE, "fireworks,430281", "fireworks,430299", r"cluster_members\.csv:3: column 'adcode'.*430299"),
        (
            MEMBERS_FILE,
            "fireworks,430281",
            "fireworks,430181",
            r"cluster_members\.csv:3: fireworks in county 430181 stands twice",
        ),
        (MEMBERS_FILE, "gross_output,171,150", "gross_output,171,180", r"range of fireworks in county 430181"),
        (MEMBERS_FILE, "value_added_share,0.35,0.2,0.57", "value_added_share,0.35,0.2,1.57", r"share of leisure_food"),
        (
            MEMBERS_FILE,
            "value_added_share,0.2,0.08",
            "gross_output,0.2,0.08",
            r"basis of tea in county 360827, a cluster of agriculture",
        ),
        (PAIRS_FILE, "360322,430181", "360322,360313", r"park_pairs\.csv:2: partner of county 360322"),
        (PAIRS_FILE, "360902,430181", "360322,430181", r"park_pairs\.csv:4: pair 360322 and 430181 stands twice"),
    ],
)
def test_a_broken_file_says_which_row(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    folder = changed(tmp_path, file, old, new)
    with pytest.raises(ProblemsError, match=message):
        load_clusters(folder)
        load_members(folder)
        load_park_pairs(folder)
