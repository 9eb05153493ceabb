"""The catalogue of Chinese of reports: sentences by their English, and names of the project (tests, terms, parts)."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # The frame.
    "Contents": "目录",
    "Table {number}": "表{number}",
    "Figure {number}": "图{number}",
    "Page {number} of {all}": "第{number}页，共{all}页",
    "attached as {name}": "附件：{name}",
    "Scenario report: {scenario}": "情景报告：{scenario}",
    "{others} against {first}": "{others}与{first}的比较",
    "{count} scenarios against {first}": "{count}个情景与{first}的比较",
    "Scenarios of the Hunan-Jiangxi border cooperation zone, {years}": "湘赣边区域合作示范区情景，{years}",
    "{start} to {end}": "{start}—{end}",
    "{low} to {high}": "{low}至{high}",
    "{what} ({unit})": "{what}（{unit}）",
    "pp": "百分点",
    # Question and results in short.
    "Question": "问题",
    "What becomes of the zone by {year} under the scenario {scenario}?": "在“{scenario}”下，示范区到{year}年会怎样？",
    "What is different in the zone by {year} under {others}, against {first}?": (
        "与{first}相比，{others}到{year}年使示范区有何不同？"
    ),
    "What the scenarios say of themselves:": "各情景的自述：",
    "Results in short": "主要结果",
    "In the zone of {count} counties, with everything else in the tables below:": (
        "示范区{count}个县（市、区）合计，其余见下文各表："
    ),
    "{what}: {before} in {first}, {after} in {last}; change {change}\u00a0{unit}{spread}.": (
        "{what}：{first}年{before}，{last}年{after}，变化{change}\u00a0{unit}{spread}。"
    ),
    "{what} in {year}: {level} under {first}; against it {differences}.": (
        "{year}年{what}：{first}为{level}；与之相比，{differences}。"
    ),
    "{scenario} {change}\u00a0{unit}{spread}": "{scenario}变化{change}\u00a0{unit}{spread}",
    "{scenario} attains {attained} of the {wanted} targets that the plan sets the zone in numbers.": (
        "行动方案为示范区提出{wanted}项量化目标，{scenario}达到{attained}项。"
    ),
    "Of an ensemble the median is given, in brackets the 5th and the 95th percentile; it attains a target where more "
    "than half of its members do.": (
        "集合给出中位数，括号内为第5和第95百分位数；过半成员达到目标，即视为集合达到目标。"
    ),
    # Scenarios.
    "Scenarios": "情景",
    "What the scenarios are": "情景概况",
    "The run": "运行",
    "What the scenario says": "情景设定",
    "Name": "名称",
    "Years": "年份",
    "Members": "成员数",
    "Engine": "计算引擎",
    "Method and step": "方法与步长",
    "Calibration": "校准",
    "Measures switched on": "启用的措施",
    "Border": "省界",
    "Agreements changed": "改动的补偿协议",
    "Projects that open or close": "开通或停用的项目",
    "Parameters and shocks changed": "改动的参数与冲击",
    "one run": "单次运行",
    "{count} more failed": "另有{count}个失败",
    "{step} years": "{step}年",
    "none": "无",
    "{count} of {all}": "{all}项中的{count}项",
    "changed": "有改动",
    "as in 2020": "同2020年",
    # Assumptions.
    "Assumptions that differ from the base": "与基准不同的假设",
    "The base is the model without the action plan: no measure, the border, agreements and transport as they stood in "
    "2020, and parameters as the calibration has them. Listed is what a scenario says otherwise.": (
        "基准是没有行动方案的模型：不启用任何措施，省界、补偿协议和交通同2020年，参数取校准值。下表列出情景的不同设定。"
    ),
    "Not known of {scenarios}: no scenario that fits the hash of the result stands beside it.": (
        "{scenarios}的假设不详：结果旁没有与其哈希相符的情景文件。"
    ),
    "Says nothing beyond the base: {scenarios}.": "与基准设定相同：{scenarios}。",
    "What is assumed otherwise than in the base: {scenarios}": "与基准不同的假设：{scenarios}",
    "Assumption (unit)": "假设（单位）",
    "In the base": "基准",
    "Range": "范围",
    "Quality, source and reasons": "质量、来源与理由",
    "Range: what is believed of a parameter, or what a scenario may say of a lever. Quality and source are those of "
    "the value in the base; of a measure, of what the plan says. How strong a measure acts is an assumption "
    "in every scenario.": (
        "范围：参数为其可信范围，杠杆为情景可取的范围。质量与来源属于基准值；措施则属于行动方案的内容。"
        "措施的作用强度在任何情景中都是假设。"
    ),
    "all {count} counties": "全部{count}个县（市、区）",
    "the {count} counties in {province}": "{province}{count}个县（市、区）",
    "Measures of the action plan": "行动方案的措施",
    "strength, 1 as planned; years of start and full effect": "强度，1为按方案；开始与完全见效的年份",
    "off": "未启用",
    "Levers: {names}.": "杠杆：{names}。",
    "{number} lever {name}": "{number} 杠杆 {name}",
    "{value}, only in {places}": "{value}，仅限{places}",
    "Jiangxi Action Plan [2022] No. 48, measure {number}": "赣府厅字〔2022〕48号，措施{number}",
    "Provincial border": "省界",
    "share of the friction of 2020 that remains": "2020年阻力的剩余比例",
    "{value} from {year}": "{year}年起{value}",
    "the scenario": "情景自设",
    "Agreements on ecological compensation": "生态补偿协议",
    "{agreement}: {term}": "{agreement}：{term}",
    "no known end": "无已知终止",
    "Transport projects": "交通项目",
    "open in 2020": "2020年已开通",
    "not opened": "未开通",
    "opens {year}": "{year}年开通",
    "closes {year}": "{year}年停用",
    "Shocks from outside": "外部冲击",
    "Parameters": "参数",
    "{low} to {high}, mean {mean}": "{low}至{high}，平均{mean}",
    "path of {count} years: {values}": "{count}个年份的路径：{values}",
    "table from {first} to {last}: {values}": "自{first}至{last}的表：{values}",
    "{range} times": "{range}倍",
    "{value} times": "{value}倍",
    "another calibration than that of the base": "校准与基准不同",
    # Targets, figures and tables.
    "Targets of the plan": "行动方案目标",
    "Targets of the plan, and what the scenarios come to": "行动方案目标与各情景结果",
    "Target, with its quality and source": "目标及其质量与来源",
    "Wanted": "要求",
    "{value} {unit} by {year}": "{year}年{value} {unit}",
    "attained": "达到",
    "missed by {size} points": "差{size}个百分点",
    "attained by {share} % of members": "{share}%的成员达到",
    "A base without measures says nothing of the plan by attaining a target or missing it. Where a start is as "
    "uncertain as that of forest cover, a target missed by tenths of a point is neither met nor missed.": (
        "没有措施的基准情景是否达到目标，不能说明行动方案的成效。起点像森林覆盖率这样不确定时，"
        "相差零点几个百分点既不算达到，也不算未达到。"
    ),
    "Figures": "图",
    "Left out, as the results lack what they show: {names}.": "因结果缺少所需变量而未绘制：{names}。",
    "Tables": "表",
    "Indicator (unit)": "指标（单位）",
    # Uncertainty.
    "Uncertainty": "不确定性",
    "No result of this report is an ensemble: no number in it has a band, and none says how sure it is.": (
        "本报告的结果都不是集合：数字均无区间，也不能说明其可靠程度。"
    ),
    "A single run without a band: {scenarios}.": "单次运行、没有区间的情景：{scenarios}。",
    "An ensemble, whose members draw the parameters from what is believed of them, is run by:": (
        "集合的成员从参数的可信分布中抽取参数，用以下命令运行："
    ),
    "{scenario}: {count} members, seed {seed}. The first member is the scenario as it is, and counts in no median or "
    "band; for each of the others {drawn} parameters were drawn.": (
        "{scenario}：{count}个成员，种子{seed}。第一个成员是情景本身，不计入中位数和区间；其余每个成员抽取{drawn}个参数。"
    ),
    "By quality of the value that the evidence has: {qualities}.": "按证据值的质量：{qualities}。",
    "All are drawn one by one from the ranges beside them, by a Latin hypercube.": (
        "全部参数按拉丁超立方从各自的范围中逐一抽取。"
    ),
    "The parameters of the calibration '{layer}' are drawn together from what the data leave of them, all others one "
    "by one from the ranges beside them, by a Latin hypercube.": (
        "校准“{layer}”的参数从数据约束后的联合分布中一并抽取，其余参数按拉丁超立方从各自的范围中逐一抽取。"
    ),
    "Not drawn: parameters of the transport network, shocks, and whatever the scenario itself says.": (
        "未抽取：交通网络的参数、冲击以及情景自身的设定。"
    ),
    "{count} members failed and are left out of all numbers; the first of them, {number}:": (
        "{count}个成员运行失败，所有数字均不含它们；其中第一个为{number}号："
    ),
    "{scenario} in {year}: bands": "{year}年{scenario}：区间",
    "As it is": "情景本身",
    "Median": "中位数",
    "Band, % of the median": "区间宽度，占中位数%",
    "The ensembles have the same draws: differences are taken member by member, so that what is uncertain in both "
    "scenarios alike does not widen the band of their difference.": (
        "各集合的抽样相同：差异逐成员计算，两个情景共有的不确定性不会放大差异的区间。"
    ),
    "The ensembles differ in their draws: differences are those of their medians, and have no band.": (
        "各集合的抽样不同：差异取中位数之差，没有区间。"
    ),
    # Limits.
    "Limits": "局限",
    "No number of this report is a forecast. It says what follows from the assumptions of a scenario in this model; "
    "differences between scenarios carry further than levels.": (
        "本报告的数字都不是预测，只说明情景的假设在本模型中的推论；情景之间的差异比水平值更可靠。"
    ),
    "{scenario} was run with other data or equations ({made}) than those installed ({installed}): what is told of "
    "parameters, sources and the plan is that of the installed ones.": (
        "{scenario}运行时的数据或方程（{made}）与已安装的（{installed}）不同：文中参数、来源和行动方案的说明属于已安装的版本。"
    ),
    "Without effect in a scenario, or with another effect than it seems:": "情景中没有作用，或作用与表面不同的设定：",
    "Of {count} tests of the model in its validation dossier {passed} pass, {failed} fail and {open} cannot be made "
    "(regionsim validate).": (
        "模型验证档案共{count}项检验：通过{passed}项，未通过{failed}项，无法进行{open}项（regionsim validate）。"
    ),
    "The dossier is of other data or another model ({dossier}) than the first result ({result}).": (
        "验证档案所用的数据或模型（{dossier}）与第一个结果（{result}）不同。"
    ),
    "Test": "检验",
    "Outcome": "结论",
    "What was found": "发现",
    "What the validation found, failures first": "验证的发现，未通过者在前",
    "Of the {count} parameters of the model so many are of each quality: {qualities}. What is recalled or assumed was "
    "read in no source; its range is wide on purpose.": (
        "模型共{count}个参数，按质量分：{qualities}。凭记忆或假设的数值未见于文献，其范围有意取得较宽。"
    ),
    "Parameter": "参数",
    "Evidence": "证据值",
    "Fitted": "拟合值",
    "90 % of the draws": "90%的抽样",
    "Shrinkage": "收缩",
    "Calibrated parameters that the data of 2010 and 2020 did not move": "2010年和2020年的数据未能约束的校准参数",
    "Shrinkage: the part of the width that was believed before and that the data took away. Results that rest on these "
    "parameters rest on the literature and on judgement.": (
        "收缩：数据使原有可信宽度减少的比例。依赖这些参数的结果，依据的是文献和判断。"
    ),
    "The plan has {all} instruments. {levers} act in the model by levers and {projects} by transport projects; {lines} "
    "are projects that shorten no travel time, {narrative} are not modelled, and {outside} are goals "
    "or closing words.": (
        "行动方案共{all}条举措：{levers}条由模型的杠杆体现，{projects}条由交通项目体现；{lines}条是不缩短出行时间的项目，"
        "{narrative}条未纳入模型，{outside}条是目标或结语。"
    ),
    "Instruments of the measures that are switched on and yet do not act": "已启用措施中未起作用的举措",
    "Row": "编号",
    "Instrument": "举措",
    "Why nothing in the model carries it": "模型未体现的原因",
    # The same again.
    "How to get the same again": "如何复现",
    "The runs that this report shows": "本报告所用的运行",
    "Scenario": "情景",
    "Hash of the scenario": "情景的哈希",
    "Hash of data and model": "数据与模型的哈希",
    "Seed": "种子",
    "Versions": "版本",
    "Largest residual of a ledger": "账户最大残差",
    "The runs and this report are made again by:": "用以下命令可重做运行和本报告：",
    "The report carries these hashes in its own record: regionsim audit, with the name of its file, finds the results, "
    "runs them again, and says whether they give the same.": (
        "报告文件本身带有这些哈希：用 regionsim audit 加文件名即可找到结果、重新运行，并说明是否一致。"
    ),
    "The scenarios as they ran, with all that they extend:": "运行时的情景全文，含其所扩展的内容：",
}

NAMES: dict[str, str] = {
    # Parts of the border.
    "travel": "出行",
    "goods": "货物",
    "clusters": "产业集群",
    "labour": "劳动力",
    "services": "公共服务",
    "fiscal": "财政",
    # Terms of an agreement.
    "price": "价格",
    "award": "奖补",
    "bonus": "奖励系数",
    "start": "开始",
    "end": "结束",
    "million CNY/month": "百万元/月",
    "million CNY/year": "百万元/年",
    # Tests of the validation dossier and what comes of them.
    "pass": "通过",
    "fail": "未通过",
    "not testable": "无法检验",
    "Dimensional consistency": "量纲一致",
    "Ledgers": "账户平衡",
    "Extreme conditions": "极端条件",
    "At the ends of the ranges": "范围两端",
    "Error of integration": "积分误差",
    "The shipped calibration": "随附的校准",
    "From the census of 2010 to that of 2020": "由2010年普查推至2020年普查",
    "What the run from 2010 knows of later years": "2010年起的运行对后来年份的所知",
    "Counties and groups left out": "留出的县和组",
    "Signs of scenarios": "情景的方向",
    "Rankings of policies": "政策排序",
    "Loops knocked out": "切断回路",
    "Where the parameters come from": "参数来源",
}
