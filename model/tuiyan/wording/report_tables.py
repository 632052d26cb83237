"""Texts of the report's tables: captions and notes. Numbers of tables are given by the page."""

CAPTIONS: dict[str, tuple[str, str]] = {
    "T1.caption": ("数量型目标", "Counted goals"),
    "T1.note": (
        "“同一口径”指目标与基年数字口径相同。“其他口径”：R01 把目标口径作为随机因子，对数上服从 {law}（情景可另行设定）；R06 为各种门槛下的概率范围。“模拟误差”只反映抽样，来自 16 组独立随机化，不包括模型与假定本身的误差；概率的小数位不超过它所能支持的位数。{due}",
        '"Same definition": the goal is counted as the base figure is. "Other definitions": for R01 the definition is a random factor, {law} in logs (a scenario may set another); for R06 the range over the rules. "Simulation error" is that of the draws alone, from 16 independent randomisations; errors of the model and of its assumptions are not in it, and no probability shows more digits than it supports. {due}',
    ),
    "T1.due": (
        "期限为 {goals}，其中 {assumed} 的期限由本报告假定。",
        "Due by the end of: {goals}; the dates of {assumed} are assumptions of this report.",
    ),
    "T1.due.stated": ("期限为 {goals}，均为原文所写。", "Due by the end of: {goals}, as the text states."),
    "T1.due.item": ("{year} 年底（{goals}）", "{year} ({goals})"),
    "T1a.caption": ("数量型目标：两个情景的比较", "Counted goals under both scenarios"),
    "T1a.note": (
        "差值在同一组抽样上逐条路径计算，模拟误差为配对差值的模拟误差。没有政策时，示范区、场景和项目不适用。",
        "Differences are path by path on the same draws, with the simulation error of the paired difference. Without the policy, zones, scenarios and projects do not apply.",
    ),
    "T1b.caption": ("规模目标首次达标的年份", "Year in which the scale goal is first reached"),
    "T1b.note": (
        "在 {early} 的抽样中，基数抽取值在 {first} 年就已超过目标；其余抽样到 {year} 年达标的概率为 {rest}。到 {year} 年的占比合计 {so_far}，而 {year} 年底的达标概率为 {p}：首次达标以后也可能回落。{line}",
        "In {early} of the draws the base figure is above the goal already in {first}; among the others the probability of the goal in {year} is {rest}. Shares to {year} sum to {so_far}, the probability at the end of {year} is {p}: a path that has been above may fall back. {line}",
    ),
    "T1c.caption": ("产业规模：“{here}”相对“{there}”", 'Scale: "{here}" over "{there}"'),
    "T1c.gross": (
        "毛效应：没有扣除从外地转移来的部分；扣除后的数见“差别由何而来”一节。",
        'Gross effects: what is only moved here from elsewhere is not taken off; the part "What drove the difference" takes it off.',
    ),
    "T1c.note": (
        "同一组抽样上逐条路径的百分比之差；均值的模拟误差不超过 {error} 个百分点。结果由假定的弹性推出，不是政策有效的证据。",
        "Per cent, path by path on the same draws; simulation error of the means at most {error} points. Differences follow from assumed elasticities and are no evidence that policy worked.",
    ),
    "T1d.caption": ("文件的其他表述", "Other statements of the document"),
    "T1d.note": (
        "没有数字的目标不给概率，只用文字说明；事实按事实列出。英文为本报告的翻译。",
        "A goal without a number gets words, not a probability; facts are shown as facts. The English is the translation of this report.",
    ),
    "T1e.caption": ("未达标的缺口，以及怎样才能达标", "What each counted goal lacks, and what would fix it"),
    "T1e.note": (
        "缺口为未达标抽样的中位数。最后一栏每次只改一项，其余不变：规模或企业销售额按同一倍数提高，或者多启动若干项目而完成率不变；各项单独计算。这是算术，不是建议，也不说明办法何在。",
        "The shortfall is the median of the draws that miss. The last column changes one thing and leaves the rest: the scale or the sales of all firms times one factor, or more starts at the same completion rates; each goal alone. This is arithmetic, not advice, and says nothing of the means.",
    ),
    "T2.caption": ("全市人工智能重点产业规模", "Scale of the city's key AI industry"),
    "T2b.caption": ("2020 年各细分领域规模", "Scale by segment, 2020"),
    "T2b.note": (
        "三组是文件的表述，把三对产业读作六个细分领域是本报告的理解；各领域份额没有公布过，属于判断。",
        "The three groups are the document's; reading its three pairs as six segments is that of this report. No split has been published: the shares are judgement.",
    ),
    "T4.caption": ("“{here}”相对“{there}”的改动", 'Changes of "{here}" against "{there}"'),
    "T4.same": ("各行相同：{what}。", "The same in all rows: {what}."),
    "T4.one": ("{name}为“{value}”", "{name}: {value}"),
    "T4.note": (
        "杠杆力度以完整方案为 1；未列出的取值均沿用比较对象。",
        "Levers: 1 is the whole announced programme. Values that are not listed are inherited.",
    ),
    "T4b.caption": ("杠杆的作用渠道与背后的措施", "What the levers act on, and the measures behind them"),
    "T4b.note": (
        "措施编号的内容见“目标与措施的对应”。对应关系与份额为判断。滞后 0 年的只有政府采购。",
        'What the numbers of the measures stand for is in "Goals against measures". The matching is judgement. Only public purchases act without a lag.',
    ),
    "T6.caption": (
        "2020 年各行业的采用与生产率（2017 年以来人工智能的贡献）",
        "Adoption and productivity by sector, 2020 (contribution of AI since 2017)",
    ),
    "T6.note": (
        "累计效应，不是年增速；实际值；未注明者为中位数。证据等级：2017 年采用率，{start}；暴露度，{exposure}；模仿系数，{imitation}（各行业的快慢之别，{speed}）；劳动者报酬占比，{labour_share}。成本节约率为难易任务的平均，各行业相同。统计测得的全要素生产率（未计入无形投资）只有全市数。",
        "Cumulative, not a year; real terms; medians unless marked. Grades: adoption in 2017, {start}; exposure, {exposure}; imitation hazard, {imitation} (its differences between sectors, {speed}); labour share, {labour_share}. The cost saving is the mean of easy and hard tasks and the same in all sectors. Measured TFP (before intangible investment is counted) exists for the city only.",
    ),
    "T6.pace": (
        "在“{title}”情景下，{sector}的采用率（中位数）三年内由 {then} 变为 {now}。",
        'Under "{title}" the median adoption in {sector} goes from {then} to {now} in three years.',
    ),
    "T6.prior": (
        "起点是判断，没有分行业的统计；扩散先验来自耐用消费品，快于通用技术（见“模型的局限”）。",
        'The start is judgement, since no adoption rate by sector is published, and the diffusion prior comes from durable goods and is faster than that of general-purpose technologies (see "Honest limits").',
    ),
    "T6.slower": ("较慢的速度见情景 {name}。", "Scenario {name} has a slower pace."),
    "T6b.caption": ("劳动生产率的参照阈值（全市，2020 年）", "Thresholds for labour productivity (city, 2020)"),
    "T6b.note": (
        "文件没有数值目标，阈值由本报告设定。“所需”指中位数恰好达到阈值时，2017 年以来采用率增量须为现值的多少倍；所需增量等于该倍数乘以增量的中位数（{rise}），它是差值的中位数，不等于上表两个中位数之差。“—”表示即使达到采用上限也不够。",
        'The text has no numeric goal; the thresholds are those of this report. "Needed": the factor on the rise of adoption since 2017 with which the median reaches the threshold; in points it is the factor times the median rise ({rise}), a median of differences and not the difference of the medians above. A dash: not even at the ceiling of adoption.',
    ),
    "T6c.caption": ("全市劳动生产率：“{here}”减“{there}”", 'City labour productivity: "{here}" less "{there}"'),
    "T6c.note": (
        "同一组抽样上的配对差值，百分点，2017 年以来累计；均值的模拟误差不超过 {error} 个百分点。“—”表示各抽样均无差别。",
        "Paired differences on the same draws, percentage points, cumulative since 2017; simulation error of the means at most {error} points. A dash: no draw differs.",
    ),
    "T6c.positive": (
        "概率为 1 是设定的结果：假定各杠杆的效应不为负。",
        "The probability of 1 holds by construction: effects of the levers are assumed not negative.",
    ),
    "T6d.caption": ("对地区生产总值的两条影响渠道", "The two lines in GDP"),
    "T6d.note": (
        "2017 年以来的增量，占当年地区生产总值的比重。两条渠道相加时必须减去重叠部分；销售规模不能直接除以地区生产总值。政务、医疗和教育的产出按成本核算，其收益未必反映在统计的地区生产总值中。",
        "Increase since 2017 as a share of the year's GDP. The two lines may be added only after the overlap is taken off, and sales are never divided by GDP. Output of government, health and education is measured at cost: their gains may not show in measured GDP.",
    ),
    "T7.caption": (
        "与已发表测算的比较（每年百分点）",
        "Beside published projections (percentage points a year)",
    ),
    "T7.note": (
        "技术、地区和时段各不相同，只用来看量级；不同指标不能相互比较。累计值除以年数；另有折算办法的，见说明栏。标明二手来源者，引用前请核对原文。本模型各行取自情景“{title}”，中值为中位数，上下限为 5% 和 95% 分位数。",
        "Technology, region and period differ: read orders of magnitude, and within one quantity only. A total is divided by its years, unless the note says how else it was turned into a number a year. Where the note says secondary, check the page before quoting. Rows of this model are of scenario {title}: middle is the median, low and high the 5 and 95% quantiles.",
    ),
    "T7.times": (
        "在“{title}”情景下，2018—2020 年人工智能使全要素生产率每年提高 {here} 个百分点，为“{who}”（生成式人工智能，每年 {there}）的 {times} 倍。",
        'Under "{title}" AI adds {here} points a year to TFP in 2018 to 2020: {times} times the {there} a year of {who} (generative AI).',
    ),
    "T7.pace": (
        "原因在于速度。此处采用率的提高乘以暴露度，{years} 年达全部任务的 {tasks}，该研究 {span} 年为 {theirs}，按年计是其 {faster} 倍；每项任务带来的收益（节约率 × 劳动者报酬占比，含溢出）是其 {per_task} 倍。",
        "The reason is pace. The rise of adoption times exposure comes to {tasks} of all tasks in {years} years here, against {theirs} in {span} years there: {faster} times as much a year. What a task gains (saving × labour share, spillover counted) is {per_task} times that of the study.",
    ),
    "T7.parts": (
        "此处采用率的提高乘以暴露度，{years} 年为全部任务的 {tasks}，该研究 {span} 年为 {theirs}，按年计是其 {faster} 倍；每项任务带来的收益（节约率 × 劳动者报酬占比，含溢出）是其 {per_task} 倍。",
        "The rise of adoption times exposure comes to {tasks} of all tasks in {years} years here, against {theirs} in {span} years there: {faster} times as much a year. What a task gains (saving × labour share, spillover counted) is {per_task} times that of the study.",
    ),
    "T7.slower": (
        "参数登记表中的扩散先验来自耐用消费品；若采用速度与通用技术相当，暴露的任务较少，又没有溢出，即情景“{title}”（{name}），则每年为 {here} 个百分点，是该研究的 {times} 倍。",
        'The diffusion prior of the register comes from durable goods. At the pace of general-purpose technologies, with fewer exposed tasks and no spillover, which is scenario "{title}" ({name}), it is {here} points a year, {times} times the study.',
    ),
    "T7.ours": ("tuiyan，{first}—{last} 年", "tuiyan, {first}–{last}"),
    "T7.ours_note": ("本模型", "this model"),
    "T12.caption": ("2020 年底的个数", "Counts at the end of 2020"),
    "T12b.caption": ("2020 年底不同门槛下的标杆企业数", "Benchmark firms under each rule, end of 2020"),
    "T12b.note": (
        "“相当影响力”没有官方标准，门槛（{rule}）为本报告的工作规则。按 10 亿元计，2017 年就已达标的概率为 {already}；若已达标，就谈不上“培育”。",
        '"Considerable influence" has no official test; the rule ({rule}) is a working rule of this report. At CNY 1bn the goal would have been met already in 2017 with probability {already}, and what is met already need not be "cultivated".',
    ),
    "T12c.caption": ("企业数的变化", "Firms over time"),
    "T12c.note": ("标杆企业按年销售额 {rule}以上计。", "A benchmark firm has sales of {rule} or more."),
    "T12d.caption": ("示范区、场景和项目的进度（年底累计）", "Pipelines over time (cumulative, end of year)"),
    "T12d.note": (
        "启动数由计划数、应用需求杠杆的力度和各年启动比例决定；验收数为中位数。计划数出自文件还是由本报告假定，见“数量型目标”表。",
        "Starts follow from the plan, the effort of the lever of application demand and the share started by each year; accepted is the median. Whether a planned number is the document's or assumed by this report is told in the table on the counted goals.",
    ),
    "T13.caption": ("参数登记表", "Parameter register"),
    "T13.note": (
        "T(低, 众数, 高) 三角分布；LN(中位数, 对数标准差)；N(均值, 标准差)；Beta(a, b)；Dirichlet(集中度)；单个数为固定值。",
        "T(low, mode, high) triangular; LN(median, sd of log); N(mean, sd); Beta(a, b); Dirichlet(concentration); a single number is fixed.",
    ),
    "T13b.caption": ("各目标背后的证据等级", "Grades of evidence behind each goal"),
    "T13b.note": (
        "按参数与固定表中的数值个数计，每个计一次，不按影响大小加权。就规模目标而言，2017 年基数一项就占 2020 年规模（对数）方差的 {share}。",
        "By number of parameters and of values in fixed tables, each counted once whatever its influence. For the scale goal the base figure of 2017 alone makes up {share} of the variance of the log scale of 2020.",
    ),
    "T13c.caption": ("引用的来源", "Sources used"),
    "T13c.note": (
        "外文文献按原文著录。标识 analyst 为本报告的判断，理由见参数文件（params/）中各条目的说明。",
        "The id analyst stands for judgement of this report; its reason is in the note of each entry in the files of params/.",
    ),
    "T13d.caption": ("固定表", "Fixed tables"),
    "T13d.note": (
        "表中数值不随抽样变动，情景也不改动；要改请编辑所列文件。",
        "These values are the same in all draws and scenarios; to change one, edit the file.",
    ),
    "T13e.caption": ("所用数据的公布时点", "Data vintages"),
    "T13e.note": (
        "截至 {as_of}可见的观测值共 {seen} 条，全部 {total} 条；各口径之间没有声明换算关系的不得比较。",
        "{seen} of {total} observations are visible on {as_of}; two definitions are compared only through a declared bridge.",
    ),
    "T13f.caption": ("杠杆、设定与相关系数", "Levers, settings and correlations"),
    "T13f.note": (
        "杠杆的来源先列力度的，再列效应的。相关系数指正态分位之间的相关。",
        "Of a lever the sources of its effort come first, then those of its effects. Correlations are of normal scores.",
    ),
    "T13g.caption": ("敏感性分析的参数组", "Groups of inputs in the sensitivities"),
    "T13g.note": (
        "以星号结尾的一项指前缀相同的全部参数；shocks 与 counts 是逐年冲击和计数用的随机数，没有参数可言。",
        "An entry that ends in a star stands for all parameters with that prefix; shocks and counts are random numbers of years and of counts, and are no parameters.",
    ),
    "T13h.caption": ("文件中的表述", "Statements of the document"),
    "T13h.note": (
        "期限注明是原文所写还是本报告假定。",
        "A deadline says whether the text states it or this report assumes it.",
    ),
    "T13i.caption": ("统计口径与换算关系", "Definitions and bridges"),
    "T13i.note": (
        "列出基年、目标、换算关系和截至数据截止日可见数据所用的口径；没有声明换算关系的口径不得互相比较。",
        "Listed are the definitions of the base figure, of goals and bridges, and of the data that are visible at the vintage. Two definitions without a declared bridge are not compared.",
    ),
    "T13j.caption": ("用到的已公布数字", "Published figures used"),
    "T13j.note": (
        "来源等级：A 为官方原始页面，B 为可靠媒体转述或忠实转载的官方数字，C 为单一的二手来源；带 -derived 的由该等级的数字算出。",
        "Grades of sources: A official primary page, B official figure quoted by reputable press or read in a faithful reprint, C single secondary source; -derived: computed from rows of that grade.",
    ),
    "T14.caption": ("目标（行）与 {number} 条措施（列）", "Goals (rows) against the {number} measures (columns)"),
    "T14.note": (
        "列号即措施编号，全名见下表；对应关系是本报告的判断。末行为每条措施指向的目标数（分项不重复计）。",
        "Column numbers are those of the measures below; the matching is the judgement of this report. The last row counts the goals of each measure, parts of a goal not counted twice.",
    ),
    "T14b.caption": ("措施、分组与杠杆", "Measures, groups and levers"),
    "T14b.note": (
        "措施内容为概括，不是公文原题，不得作为官方表述引用。",
        "Fields are paraphrases and must not be quoted as official wording.",
    ),
    "T15.caption": ("解读文件与数据的误区，以及防范", "Traps of the document and of its numbers"),
    "T15a.caption": ("建模中的误区，以及防范", "Traps of modelling"),
    "T15b.caption": ("各项表述的误区", "Traps of single statements"),
    "T16.caption": ("本次运行", "This run"),
    "T16b.caption": ("输入文件", "Input files"),
}

TEXTS: dict[str, tuple[str, str]] = {f"report.{key}": text for key, text in CAPTIONS.items()}
