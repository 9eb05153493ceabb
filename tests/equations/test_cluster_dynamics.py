"""Clusters with the zone's own data over 15 years: at rest without efforts, of the right sign with each of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from small_models import constant

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.engine.units import check_units
from regionsim.equations import clusters
from regionsim.language.axes import LABELS, full_rank
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput, Path
from regionsim.place.base_output import base_sector_output
from regionsim.place.cluster_inputs import CEILING, RATIO, cluster_inputs
from regionsim.place.clusters import cluster_labels
from regionsim.place.counties import county_codes, load_counties
from regionsim.place.hubs import load_hubs
from regionsim.scenarios.parameters import load_parameters

CODES, CLUSTERS = county_codes(), cluster_labels()
HUBS = tuple(hub.key for hub in load_hubs())
AXES = {"county": CODES, "destination": CODES, "hub": HUBS, "cluster": CLUSTERS, "sector": LABELS["sector"]}
EFFORTS = (
    "industry_bases_effort",
    "innovation_institutes_effort",
    "knowledge_spillover_effort",
    "fireworks_zone_effort",
    "lithium_cluster_effort",
    "electric_porcelain_effort",
    "industry_groups_effort",
    "cross_province_parks_effort",
)
SHANGLI, XIANGDONG, LUXI, YUANZHOU, LIUYANG, LILING = "360322", "360313", "360323", "360902", "430181", "430281"
OUTPUT = base_sector_output()
START, YEARS = 2020.0, 15


def rising(name: str, before: object, after: object, over: tuple[str, ...]) -> Path:
    """A linear path that holds its first value until 2022 and its last from 2027 on."""
    first, last = (
        full_rank(np.asarray(value, dtype=float)[np.newaxis], over, members=True) for value in (before, after)
    )
    return Path(
        name=name,
        about=f"The {name} of a test.",
        unit="dimensionless",
        over=over,
        quality="assumption",
        source="test",
        years=np.array([2022.0, 2027.0]),
        values=np.stack([first, last]),
    )


def effort(name: str, strength: float = 1, counties: tuple[str, ...] = CODES) -> Path:
    return rising(name, np.zeros(len(CODES)), [strength * (code in counties) for code in CODES], ("county",))


PARAMETERS: dict[str, AnyInput] = {
    name: value for name, value in load_parameters(labels=AXES).items() if value.file.endswith("clusters.yaml")
}
SAME = np.equal.outer([county.province for county in load_counties()], [county.province for county in load_counties()])
PERMEABILITY = np.where(SAME, 1, 0.6)
PAIR = ("county", "destination")


def model(*changed: AnyInput) -> Model:
    """The mechanism alone: what other mechanisms give is held, and every effort is 0 unless it is changed."""
    given: list[AnyInput] = [
        *cluster_inputs(PARAMETERS),
        *(value for name, value in PARAMETERS.items() if name not in (RATIO, CEILING)),
        *(effort(name, 0) for name in EFFORTS),
        constant("initial_sector_output", OUTPUT, "million CNY_2020/year", ("county", "sector")),
        constant("sector_output", OUTPUT, "million CNY_2020/year", ("county", "sector")),
        constant("capital", OUTPUT * [1.5, 2.6, 3.6], "million CNY_2020", ("county", "sector")),
        constant("depreciation_rate", [0.055, 0.105, 0.065], "1/year", ("sector",)),
        constant("footloose_sector", [0, 1, 1], "dimensionless", ("sector",)),
        constant("footloose_pool", 400_000, "million CNY_2020/year"),
        constant("hub_capital", [800_000] * len(HUBS), "million CNY_2020", ("hub",)),
        constant("other_county", 1 - np.eye(len(CODES)), "dimensionless", PAIR),
        constant("travel_time_freight", np.full((24, 24), 120), "minute", PAIR),
        constant("hub_travel_time_passenger", np.full((24, len(HUBS)), 150), "minute", ("county", "hub")),
        constant("border_freight_factor", np.ones((24, 24)), "dimensionless", PAIR),
        constant("cluster_permeability", PERMEABILITY, "dimensionless", PAIR),
    ]
    inputs = {value.name: value for value in (*given, *changed)}
    return compile_model(collect([clusters]), inputs, AXES)


def run(*changed: AnyInput, step: float = 0.25) -> Trajectory:
    return simulate(model(*changed), start=START, end=START + YEARS, step=step)


def values(trajectory: Trajectory, name: str) -> np.ndarray:
    """A variable over (year, *its axes)."""
    return trajectory.variables[name].values[:, 0]


def at(trajectory: Trajectory, name: str, county: str, cluster: str = "") -> np.ndarray:
    """A variable of a county, or of a cluster of it, over years."""
    found = values(trajectory, name)[:, CODES.index(county)]
    return found[:, CLUSTERS.index(cluster)] if cluster else found


def industry(trajectory: Trajectory, name: str, county: str) -> np.ndarray:
    return at(trajectory, name, county)[:, LABELS["sector"].index("industry")]


@pytest.fixture(scope="module")
def base() -> Trajectory:
    return run()


def test_the_units_of_the_mechanism_agree():
    assert check_units(model()) == []


def test_no_array_runs_along_counties_destinations_and_clusters_at_once():
    both = {"county", "destination", "cluster"}
    assert not [each.name for each in collect([clusters]) if both <= set(each.over)]


def test_without_efforts_every_effect_stays_at_its_start(base: Trajectory):
    presence = full_presence()
    for year in values(base, "capability"):
        np.testing.assert_allclose(year, presence, rtol=1e-12)
    np.testing.assert_allclose(values(base, "cluster_effect"), 1, rtol=1e-12)
    assert np.all(values(base, "park_pull") == 1)
    assert np.all(values(base, "park_investment") == 0)
    assert np.all(values(base, "park_capital") == 0)


def full_presence() -> np.ndarray:
    [presence] = [value for value in cluster_inputs(PARAMETERS) if value.name == "cluster_presence"]
    return presence.values.reshape(len(CODES), len(CLUSTERS))


@pytest.mark.parametrize(
    ("name", "county", "cluster"),
    [
        ("industry_bases_effort", LILING, "daily_use_ceramics"),
        ("innovation_institutes_effort", XIANGDONG, "industrial_ceramics"),
        ("innovation_institutes_effort", SHANGLI, "electronic_circuits"),
        ("knowledge_spillover_effort", SHANGLI, "fireworks"),
        ("fireworks_zone_effort", SHANGLI, "fireworks"),
        ("lithium_cluster_effort", YUANZHOU, "lithium"),
        ("electric_porcelain_effort", LUXI, "electric_porcelain"),
        ("industry_groups_effort", "430626", "leisure_food"),
        ("industry_groups_effort", "360827", "tea"),
    ],
)
def test_an_effort_raises_capability_and_productivity_and_no_county_loses(
    base: Trajectory, name: str, county: str, cluster: str
):
    tried = run(effort(name))
    assert at(tried, "capability", county, cluster)[-1] > 1.02
    assert np.all(values(tried, "capability") >= values(base, "capability") - 1e-12)
    effect = values(tried, "cluster_effect")
    assert np.all(effect >= 1 - 1e-12)
    assert effect[-1, CODES.index(county)].max() > 1.0001
    assert np.all(effect[:3] == 1)  # nothing before it begins


def test_an_effort_for_one_cluster_leaves_the_others_alone(base: Trajectory):
    tried = run(effort("electric_porcelain_effort"))
    others = [k for k, cluster in enumerate(CLUSTERS) if cluster != "electric_porcelain"]
    np.testing.assert_array_equal(values(tried, "capability")[..., others], values(base, "capability")[..., others])


def test_an_effort_where_there_is_no_cluster_does_nothing(base: Trajectory):
    tried = run(effort("lithium_cluster_effort", counties=("430626",)))
    np.testing.assert_array_equal(values(tried, "capability"), values(base, "capability"))


def test_a_gain_at_its_low_end_may_turn_against_the_cluster():
    tried = run(effort("industry_bases_effort"), constant("industry_base_gain", -0.05, "dimensionless"))
    assert at(tried, "capability", LILING, "daily_use_ceramics")[-1] < 0.99
    inspected = run(effort("fireworks_zone_effort"), *safety_alone(-0.2))
    assert at(inspected, "capability", SHANGLI, "fireworks")[-1] < 1


def safety_alone(gain: float) -> tuple[AnyInput, ...]:
    return (
        constant("fireworks_zone_gain", 0, "dimensionless"),
        constant("fireworks_safety_gain", gain, "dimensionless"),
    )


def test_fewer_closures_let_fireworks_keep_more_of_what_they_can_do():
    tried = run(effort("fireworks_zone_effort"), *safety_alone(0.5))
    # At rest: 1 x (1/5 + 0.03) / (1/5 + 0.03 exp(-0.5)).
    settled = 0.23 / (0.2 + 0.03 * np.exp(-0.5))
    found = at(tried, "capability", SHANGLI, "fireworks")
    assert 1 < found[-1] < settled
    assert settled - found[-1] < 0.2 * (settled - 1)


def test_an_open_border_raises_both_partners_and_nobody_without_a_partner(base: Trajectory):
    opened = np.where(SAME, 1, 0.9)
    tried = run(rising("cluster_permeability", PERMEABILITY, opened, PAIR))
    gain = values(tried, "complementary_capability")[-1] - values(base, "complementary_capability")[-1]
    column = CLUSTERS.index("electric_porcelain")
    assert gain[CODES.index(LUXI), column] == pytest.approx(gain[CODES.index(LILING), column])
    assert gain[CODES.index(LUXI), column] > 0
    assert np.all(gain[:, CLUSTERS.index("glass_fibre")] == 0)
    assert np.all(gain[:, CLUSTERS.index("fireworks")][[CODES.index("360830"), CODES.index("431022")]] == 0)
    np.testing.assert_array_equal(values(tried, "capability"), values(base, "capability"))  # output is held here


def test_a_park_opens_the_border_for_its_own_pair_alone(base: Trajectory):
    tried = run(effort("cross_province_parks_effort", counties=(XIANGDONG,)))
    gain = values(tried, "complementary_capability")[-1] - values(base, "complementary_capability")[-1]
    touched = {CODES[k] for k in np.flatnonzero(gain.max(axis=1) > 0)}
    assert touched == {XIANGDONG, LILING}
    openness = values(tried, "cluster_openness")[-1]
    assert openness[CODES.index(XIANGDONG), CODES.index(LILING)] == pytest.approx(0.6 + 0.4 * 0.3)
    assert openness[CODES.index(XIANGDONG), CODES.index(LIUYANG)] == pytest.approx(0.6)


def test_the_lithium_price_moves_value_and_never_capability(base: Trajectory):
    fallen = run(constant("lithium_price_index", 0.3, "dimensionless"))
    np.testing.assert_array_equal(values(fallen, "capability"), values(base, "capability"))
    np.testing.assert_array_equal(values(fallen, "cluster_effect"), values(base, "cluster_effect"))
    change = values(fallen, "industry_value") / values(base, "industry_value")
    assert np.all(change[:, CODES.index(YUANZHOU)] < 0.96)
    assert np.all(change[:, CODES.index(LILING)] == 1)
    of_lithium = at(fallen, "cluster_value_added", YUANZHOU, "lithium") / at(
        base, "cluster_value_added", YUANZHOU, "lithium"
    )
    np.testing.assert_allclose(of_lithium, 0.3**0.8)


def test_a_county_that_loses_its_output_loses_its_capability_without_a_wrong_number():
    emptied = OUTPUT.copy()
    emptied[CODES.index(SHANGLI)] = 0
    tried = run(constant("sector_output", emptied, "million CNY_2020/year", ("county", "sector")))
    assert 0 < at(tried, "capability", SHANGLI, "fireworks")[-1] < 0.05
    assert np.all(np.isfinite(values(tried, "cluster_effect")))
    assert np.all(values(tried, "cluster_effect") > 0)


def test_clusters_whose_output_doubles_can_do_a_root_of_two_as_much():
    tried = run(constant("sector_output", 2 * OUTPUT, "million CNY_2020/year", ("county", "sector")))
    # From 1 to sqrt(2) with a time of 5 years; closures shorten that of fireworks.
    expected = 2**0.5 - (2**0.5 - 1) * np.exp(-YEARS / 5)
    assert at(tried, "capability", LILING, "daily_use_ceramics")[-1] == pytest.approx(expected, rel=0.003)


def test_equal_counties_stay_equal():
    same = np.tile(OUTPUT.mean(axis=0), (24, 1))
    everywhere: Mapping[str, float] = {"cluster_presence": 1, "cluster_share": 0.03, "cluster_linkage": 1}
    tried = run(
        constant("initial_sector_output", same, "million CNY_2020/year", ("county", "sector")),
        constant("sector_output", 1.3 * same, "million CNY_2020/year", ("county", "sector")),
        constant("cluster_permeability", np.ones((24, 24)), "dimensionless", PAIR),
        constant("institute_site", np.ones((24, len(CLUSTERS))), "dimensionless", ("county", "cluster")),
        *(
            constant(name, np.full((24, len(CLUSTERS)), value), "dimensionless", ("county", "cluster"))
            for name, value in everywhere.items()
        ),
        *(effort(name) for name in EFFORTS if name != "cross_province_parks_effort"),
    )
    for name in ("capability", "complementary_capability", "cluster_effect"):
        found = values(tried, name)
        np.testing.assert_allclose(found, np.broadcast_to(found[:, :1], found.shape), rtol=1e-12)


def test_half_the_step_changes_little():
    efforts = [effort(name) for name in EFFORTS]
    coarse, fine = run(*efforts), run(*efforts, step=0.125)
    for name in ("capability", "cluster_effect", "park_capital"):
        np.testing.assert_allclose(values(coarse, name)[-1], values(fine, name)[-1], rtol=0.005)
    assert fine.ledgers["park_account"] < 1e-9
