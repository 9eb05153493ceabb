"""The declared indicators: what of the model each is, its unit and words, and how counties make a region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PROVINCES = ("Hunan", "Jiangxi")
OUTPUT_UNIT = "100 million CNY, 2020 prices"
MONEY_UNIT = "million CNY, 2020 prices"
PER_PERSON_UNIT = "CNY, 2020 prices"
HUNDRED_MILLIONS_PER_MILLION = 0.01


@dataclass(frozen=True)
class Quantity:
    """A model variable, at one element of a further axis where `sector` is given, or added up over the axis `total`."""

    variable: str
    sector: str = ""
    total: str = ""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator: `factor` times `of`, and how counties make a region.

    - with neither `per` nor `weight`, the sum over the region's counties;
    - with `per`, the ratio of the two sums;
    - with `weight`, the mean of the counties' values, weighted.

    `weight` names a quantity, or is "working_age" for dependents per person of working age: the weight is then
    population / (1 + ratio), which is the population of working age, so that the mean is the ratio of the sums.
    `empty` says what a region with a denominator of zero gets: "nan" (nobody lives there: the ratio has no meaning)
    or "error" (it cannot be). `optional` indicators are left out of a dataset that lacks their variable.
    """

    name: str
    label: str
    label_zh: str
    unit: str
    of: Quantity
    per: Quantity | None = None
    weight: Quantity | Literal["working_age"] | None = None
    factor: float = 1.0
    empty: Literal["nan", "error"] = "error"
    optional: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        """The model variables that the indicator is made of."""
        weight = Quantity("population") if self.weight == "working_age" else self.weight
        return tuple(quantity.variable for quantity in (self.of, self.per, weight) if quantity is not None)

    @property
    def aggregation(self) -> str:
        """How counties make a region, in words."""
        if self.per is not None:
            return "ratio of sums"
        if self.weight is None:
            return "sum"
        return "mean weighted by " + ("working-age population" if self.weight == "working_age" else self.needs[-1])

    @property
    def shown_factor(self) -> float:
        """Times this, the value is in `shown_unit`: shares are shown as percent."""
        return 100.0 if self.unit == "share" else 1.0

    @property
    def shown_unit(self) -> str:
        """The unit in tables and figures."""
        return "%" if self.unit == "share" else self.unit


POPULATION = Quantity("population")
# Agriculture is the primary, industry with construction the secondary, services the tertiary sector.
SECTORS_ZH = {"agriculture": "第一产业", "industry": "第二产业", "services": "第三产业"}

INDICATORS: tuple[Indicator, ...] = (
    Indicator(name="population", label="Population", label_zh="常住人口", unit="person", of=POPULATION),
    Indicator(
        name="urban_population",
        label="Urban population",
        label_zh="城镇人口",
        unit="person",
        of=Quantity("urban_population"),
    ),
    Indicator(
        name="urbanization_rate",
        label="Urbanization rate",
        label_zh="城镇化率",
        unit="share",
        of=Quantity("urban_population"),
        per=POPULATION,
        empty="nan",
    ),
    Indicator(name="forest_area", label="Forest area", label_zh="森林面积", unit="ha", of=Quantity("forest_area")),
    Indicator(
        name="forest_cover",
        label="Forest cover",
        label_zh="森林覆盖率",
        unit="share",
        of=Quantity("forest_area"),
        per=Quantity("county_area"),
    ),
    Indicator(
        name="output",
        label="Output",
        label_zh="地区生产总值",
        unit=OUTPUT_UNIT,
        of=Quantity("output"),
        factor=HUNDRED_MILLIONS_PER_MILLION,
    ),
    *(
        Indicator(
            name=f"output_{sector}",
            label=f"Output of {sector}",
            label_zh=f"{SECTORS_ZH[sector]}增加值",
            unit=OUTPUT_UNIT,
            of=Quantity("sector_output", sector=sector),
            factor=HUNDRED_MILLIONS_PER_MILLION,
        )
        for sector in SECTORS_ZH
    ),
    Indicator(
        name="output_per_person",
        label="Output per person",
        label_zh="人均地区生产总值",
        unit=PER_PERSON_UNIT,
        of=Quantity("output"),
        per=POPULATION,
        factor=1e6,
        empty="nan",
    ),
    Indicator(
        name="market_access",
        label="Market access",
        label_zh="市场可达性",
        unit="index, 2020 = 1",
        of=Quantity("market_access"),
        weight=POPULATION,
        empty="nan",
    ),
    Indicator(
        name="dependency_ratio",
        label="Dependency ratio",
        label_zh="抚养比",
        unit="share",
        of=Quantity("dependency_ratio"),
        weight="working_age",
        empty="nan",
        optional=True,
    ),
    Indicator(
        name="population_below_15",
        label="Population younger than 15",
        label_zh="15岁以下人口",
        unit="person",
        of=Quantity("population_below_working_age"),
    ),
    Indicator(
        name="population_15_to_64",
        label="Population aged 15 to 64",
        label_zh="15至64岁人口",
        unit="person",
        of=Quantity("working_age_population", total="residence"),
    ),
    Indicator(
        name="population_above_64",
        label="Population aged 65 and over",
        label_zh="65岁及以上人口",
        unit="person",
        of=Quantity("population_above_working_age"),
    ),
    *(
        Indicator(
            name=f"employment_share_{sector}",
            label=f"Share of {sector} in employment",
            label_zh=f"{SECTORS_ZH[sector]}就业比重",
            unit="share",
            of=Quantity("employment", sector=sector),
            per=Quantity("employment", total="sector"),
            empty="nan",
        )
        for sector in SECTORS_ZH
    ),
    Indicator(
        name="net_migration", label="Net migration", label_zh="净迁移", unit="person/year", of=Quantity("net_migration")
    ),
    Indicator(
        name="schooling",
        label="Schooling per resident",
        label_zh="常住人口平均受教育年限",
        unit="year",
        of=Quantity("schooling_per_resident"),
        weight=POPULATION,
        empty="nan",
    ),
    Indicator(
        name="water_quality",
        label="Months with water of class III or better",
        label_zh="水质达到或优于Ⅲ类的月份",
        unit="share",
        of=Quantity("county_good_water_share"),
        weight=Quantity("county_area"),
    ),
    # What provinces and cities pay and receive is in no county: it is in the rows of each agreement.
    Indicator(
        name="compensation_paid",
        label="Compensation paid by counties",
        label_zh="各县支付的生态补偿",
        unit=MONEY_UNIT,
        of=Quantity("compensation_paid"),
    ),
    Indicator(
        name="compensation_received",
        label="Compensation received by counties",
        label_zh="各县获得的生态补偿",
        unit=MONEY_UNIT,
        of=Quantity("compensation_received"),
    ),
    Indicator(
        name="compensation_awards",
        label="Awards and grants beside compensation",
        label_zh="生态补偿之外的奖补",
        unit=MONEY_UNIT,
        of=Quantity("compensation_awards"),
    ),
    Indicator(
        name="industry_value",
        label="Value of industry, lithium at its price",
        label_zh="工业产值（锂按其价格）",
        unit="100 million CNY, other prices of 2020",
        of=Quantity("industry_value"),
        factor=HUNDRED_MILLIONS_PER_MILLION,
    ),
    Indicator(
        name="co2_emissions",
        label="CO2 emissions",
        label_zh="二氧化碳排放",
        unit="tCO2/year",
        of=Quantity("co2_emissions"),
    ),
    Indicator(
        name="forest_carbon", label="Carbon in forest", label_zh="森林碳储量", unit="tC", of=Quantity("forest_carbon")
    ),
    Indicator(
        name="renewable_capacity",
        label="Renewable capacity",
        label_zh="可再生能源装机",
        unit="MW",
        of=Quantity("renewable_capacity", total="technology"),
    ),
    Indicator(name="visits", label="Visits", label_zh="旅游人次", unit="visit/year", of=Quantity("visits")),
    Indicator(
        name="public_spending_per_person",
        label="Public spending per person",
        label_zh="人均财政支出",
        unit=PER_PERSON_UNIT,
        of=Quantity("public_spending"),
        per=POPULATION,
        factor=1e6,
        empty="nan",
    ),
    Indicator(
        name="fiscal_self_sufficiency",
        label="Own revenue in public spending",
        label_zh="财政自给率",
        unit="share",
        of=Quantity("own_revenue"),
        per=Quantity("public_spending"),
        empty="nan",
    ),
    Indicator(
        name="debt_ratio",
        label="Public debt",
        label_zh="政府债务",
        unit="years of revenue",
        of=Quantity("public_debt"),
        per=Quantity("public_revenue"),
        empty="nan",
    ),
    Indicator(
        name="rural_sewage_coverage",
        label="Treated rural sewage",
        label_zh="农村生活污水治理率",
        unit="share",
        of=Quantity("rural_sewage_coverage"),
        weight=Quantity("rural_population"),
        empty="nan",
    ),
)


@dataclass(frozen=True, kw_only=True)
class FurtherRows:
    """Rows of the table for what is no county: a model variable by the labels of its own `axis`."""

    name: str
    unit: str
    region_type: str
    axis: str
    variable: str


def _of_agreement(name: str, variable: str) -> FurtherRows:
    return FurtherRows(name=name, unit=MONEY_UNIT, region_type="agreement", axis="agreement", variable=variable)


FURTHER_ROWS: tuple[FurtherRows, ...] = (
    FurtherRows(name="water_quality", unit="share", region_type="section", axis="reach", variable="good_water_share"),
    # Below 0 where upstream pays.
    _of_agreement("compensation_settled", "agreement_settlement"),
    # With the part of provinces and cities, which is in no county, and that part alone.
    _of_agreement("compensation_paid", "paid_under_agreement"),
    _of_agreement("compensation_received", "received_under_agreement"),
    _of_agreement("compensation_paid_by_province_and_city", "higher_level_paid"),
    _of_agreement("compensation_received_by_province_and_city", "higher_level_received"),
)


def variables_of_indicators() -> tuple[str, ...]:
    """The model variables that the rows of the table are made of, in alphabetical order."""
    needed = {name for indicator in INDICATORS for name in indicator.needs} | {rows.variable for rows in FURTHER_ROWS}
    return tuple(sorted(needed))


def find_indicator(name: str) -> Indicator:
    """The declared indicator of this name. Raises KeyError with the known names."""
    for indicator in INDICATORS:
        if indicator.name == name:
            return indicator
    raise KeyError(f"unknown indicator '{name}'; known are {', '.join(known.name for known in INDICATORS)}")
