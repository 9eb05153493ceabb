"""A made-up run of realistic size that satisfies the protocol of a trajectory: 24 real counties, 16 years."""

from dataclasses import dataclass, field

import numpy as np

from regionsim.language.axes import LABELS
from regionsim.place.counties import load_counties
from regionsim.results.dataset import to_dataset

COHORTS = tuple(f"{year}-{year + 5}" for year in range(1930, 2035, 5))
ATTRIBUTES = {
    "title": "Base: things go on as they are",
    "title_zh": "基准情景",
    "version": "0.1.0",
    "scenario_hash": "3f2a9c10d4e5",
    "data_hash": "77aa00bb11cc",
    "seed": "1",
}


@dataclass
class FakeVariable:
    about: str
    unit: str
    over: tuple[str, ...]
    values: np.ndarray
    kind: str = "equation"
    name: str = ""


@dataclass
class FakeTrajectory:
    years: np.ndarray
    variables: dict
    labels: dict
    ledgers: dict = field(default_factory=lambda: {"people": 1.25e-15, "land": 0.0})


def fake_trajectory(*, members=1, last_year=2035, lift=0.0, seed=7):
    """A run whose counties differ as the real ones do; `lift` raises urbanization and growth (a second scenario)."""
    random = np.random.default_rng(seed)
    counties = load_counties()
    years = np.arange(2020.0, last_year + 1)
    shape = (len(years), members, len(counties))
    elapsed = (years - 2020.0)[:, None, None]
    spread = 1 + 0.02 * random.standard_normal((1, members, 1)) * (elapsed / 15) * (members > 1)
    area = np.array([county.area for county in counties])
    population = 230.0 * area**0.97 * random.lognormal(0, 0.35, len(counties)) / 100
    population = population * (1 + random.normal(-0.006, 0.006, len(counties)) + lift / 10) ** elapsed * spread
    urban_start = random.uniform(0.42, 0.68, len(counties))
    urban_share = 0.85 - (0.85 - urban_start) * np.exp(-(0.03 + lift) * elapsed)
    forest_share = random.uniform(0.48, 0.84, len(counties)) + random.uniform(-0.0005, 0.0022, 24) * elapsed
    per_person = random.lognormal(np.log(45_000), 0.35, len(counties))
    output = population * per_person / 1e6 * (1 + random.normal(0.055, 0.008, 24) + lift) ** elapsed
    sector_share = np.array([0.12, 0.42, 0.46])
    age = random.dirichlet(np.full(len(COHORTS), 5.0), size=(len(counties), 2))
    by_residence = np.stack([population * (1 - urban_share), population * urban_share], axis=-1)
    land = np.broadcast_to(area, shape)

    def county(about, unit, values, kind="equation"):
        return FakeVariable(about, unit, ("county",), np.broadcast_to(values, shape).copy(), kind)

    def of_agreement(about, values):
        return FakeVariable(about, "million CNY_2020/year", ("agreement",), values * np.ones((1, members, 2)))

    variables = {
        "population": county("Residents.", "person", population),
        "urban_population": county("Residents of towns.", "person", population * urban_share),
        "residents": FakeVariable(
            "Residents by residence and birth cohort.",
            "person",
            ("county", "residence", "cohort"),
            by_residence[..., None] * age,
            "stock",
        ),
        "forest_area": county("Land under forest.", "ha", forest_share * area, "stock"),
        "cropland": county("Cropland.", "ha", 0.15 * land, "stock"),
        "built_up_land": county("Built-up land.", "ha", 0.03 * land, "stock"),
        "other_land": county("Other land.", "ha", (0.82 - forest_share) * area, "stock"),
        "county_area": county("Area of the county.", "ha", land, "input"),
        "output": county("Value added.", "million CNY_2020/year", output),
        "sector_output": FakeVariable(
            "Value added by sector.",
            "million CNY_2020/year",
            ("county", "sector"),
            output[..., None] * sector_share,
        ),
        "market_access": county(
            "Market access.", "dimensionless", 1 + 0.02 * random.uniform(0, 1, 24) * elapsed * (1 + 10 * lift)
        ),
        "dependency_ratio": county(
            "Dependents per person of working age.", "dimensionless", 0.5 + 0.01 * elapsed + 0 * population
        ),
        "employment": FakeVariable(
            "Employed people.", "person", ("county", "sector"), 0.55 * population[..., None] * sector_share
        ),
        "net_migration": county("Net migration.", "person/year", -0.004 * population),
    }
    good = 0.7 + 0.2 * random.uniform(0, 1, 24) + 0.005 * elapsed
    variables |= {
        "rural_population": county("Residents of the countryside.", "person", population * (1 - urban_share)),
        "population_below_working_age": county("Children.", "person", 0.18 * population),
        "population_above_working_age": county("Old people.", "person", population * (0.14 + 0.005 * elapsed)),
        "working_age_population": FakeVariable(
            "People of working age.",
            "person",
            ("county", "residence"),
            by_residence * (0.68 - 0.005 * elapsed)[..., None],
        ),
        "schooling_per_resident": county("Mean schooling.", "year", 8 + 0.1 * elapsed + 0 * area),
        "county_good_water_share": county("Months of good water.", "dimensionless", good),
        "good_water_share": FakeVariable(
            "Months of good water.", "dimensionless", ("reach",), good[..., :3] * np.ones((1, members, 1))
        ),
        "agreement_settlement": of_agreement("Settled.", 12 - elapsed),
        "paid_under_agreement": of_agreement("Paid.", 12 + elapsed),
        "received_under_agreement": of_agreement("Received.", 12 + elapsed),
        "higher_level_paid": of_agreement("Paid above counties.", 5 + elapsed),
        "higher_level_received": of_agreement("Received above counties.", 0 * elapsed),
        "compensation_awards": county("Awards.", "million CNY_2020/year", 0.1 + 0 * area),
        "compensation_paid": county("Paid.", "million CNY_2020/year", (1 + elapsed) * (area > np.median(area))),
        "compensation_received": county("Received.", "million CNY_2020/year", (2 + elapsed) * (area < np.median(area))),
        "industry_value": county("Value.", "million CNY_2020/year", 0.4 * output),
        "co2_emissions": county("Emissions.", "tCO2/year", 300 * output),
        "forest_carbon": county("Carbon.", "tC", 40 * forest_share * area, "stock"),
        "renewable_capacity": FakeVariable(
            "Capacity.", "MW", ("county", "technology"), (0.01 * land + elapsed)[..., None] * (1.0, 2.0, 3.0)
        ),
        "visits": county("Visits.", "visit/year", 20 * population * 1.04**elapsed),
        "public_spending": county("Spending.", "million CNY_2020/year", 0.25 * output),
        "own_revenue": county("Own revenue.", "million CNY_2020/year", 0.05 * output * (1 + elapsed / 30)),
        "public_debt": county("Debt.", "million CNY_2020", 0.2 * output, "stock"),
        "public_revenue": county("Revenue.", "million CNY_2020/year", 0.22 * output),
        "rural_sewage_coverage": county("Treated.", "dimensionless", 0.2 + 0.02 * elapsed + 0 * area, "stock"),
    }
    labels = {
        "county": tuple(county.code for county in counties),
        "cohort": COHORTS,
        "hub": ("changsha", "nanchang"),
        "reach": ("lushui_jinyushi", "xiu_tonggu", "miluo_pingjiang"),
        "agreement": ("lushui", "xiu"),
        **LABELS,
    }
    return FakeTrajectory(years, variables, labels)


def fake_dataset(scenario="base", title=None, **options):
    attributes = {**ATTRIBUTES, "scenario": scenario}
    if title is not None:
        attributes["title"] = title
    return to_dataset(fake_trajectory(**options), attributes)
