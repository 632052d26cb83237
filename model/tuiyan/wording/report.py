"""Texts of the report: its sentences and headings. Those of tables and of figures stand beside it."""

from tuiyan.wording import report_figures, report_tables

SENTENCES: dict[str, tuple[str, str]] = {
    # the page
    "report.title": ("推演报告：{title}", "Scenario report: {title}"),
    "report.brand": (
        "推演 tuiyan · 上海市人工智能产业政策情景实验室",
        "tuiyan 推演 | scenario laboratory for Shanghai's AI industry policy",
    ),
    "report.skip": ("跳到正文", "Skip to the content"),
    "report.contents": ("目录", "Contents"),
    "report.to_limits": ("使用前请读：模型的局限（第 2 页）", "Read before use: honest limits (page 2)"),
    "report.other_language": ("English version", "中文版"),
    "report.meta": (
        "情景 {scenario} · 信息截止 {as_of} · 推演至 {horizon} 年 · 规模口径：{definition} · {draws} 次抽样，种子 {seed}",
        "Scenario {scenario}; information as of {as_of}; projected to {horizon}; definition of scale: {definition}; {draws} draws, seed {seed}",
    ),
    "report.footer": (
        "本页由模型结果按模板生成，中英两版出自同一次计算。情景是一组假定，不是预测，本身没有概率。各文件的校验值见同一文件夹内的 manifest.json。",
        "Written from the results of the model by templates; both languages come from one run. A scenario is a set of assumptions, not a forecast, and has no probability itself. Check sums of all files stand in manifest.json in the same folder.",
    ),
    "report.numbered": ("{number}　{text}", "{number}  {text}"),
    "report.kind.words": ("文字", "text"),
    "report.kind.number": ("整数", "a whole number"),
    # numbers inside sentences
    "report.number.percent": ("{number}%", "{number}%"),
    "report.number.points": ("{number} 个百分点", "{number} percentage points"),
    "report.number.money": ("{number} 亿元", "CNY {number}bn"),
    # 1 the answer
    "report.answer.heading": ("结论", "The answer"),
    "report.answer.scale": (
        "在“{title}”情景下，{year} 年全市人工智能重点产业规模超过 {goal}的概率为 {p}（与基年同一口径，标准误 {se}）；计入口径本身的不确定性，概率为 {p_scope}（标准误 {se_scope}）。规模中位数为 {median}，90% 的抽样落在 {low}与 {high}之间。",
        'Under "{title}", the probability that the city\'s key AI industry exceeds {goal} in {year} is {p} in the definition of the base year (standard error {se}), and {p_scope} once the definition itself is uncertain (standard error {se_scope}). The median scale is {median}; nine draws in ten lie between {low} and {high}.',
    ),
    "report.answer.effect": (
        "与“{title}”相比，{year} 年规模变动约 {effect}，达标概率变动 {gain}（成对标准误 {se}）。",
        'Against "{title}", the scale of {year} changes by about {effect} and the probability of the goal by {gain} (paired standard error {se}).',
    ),
    "report.answer.effect_later": (
        "多数措施滞后一年才起作用，到 {year} 年规模差距为 {later}。",
        "Most measures act a year late: by {year} the difference in scale is {later}.",
    ),
    "report.answer.no_parent": (
        "本情景是其他情景的参照基准，不作比较。",
        "This scenario is the yardstick of the others and is compared with none.",
    ),
    "report.answer.productivity": (
        "2017 年以后新增的人工智能应用，到 {year} 年使全市劳动生产率累计提高 {median}（90% 区间为 {low} 至 {high}）；作为参照，全市劳动生产率每年增长 6%—7%。",
        "AI adopted after 2017 adds {median} to the city's labour productivity by {year} (90% range {low} to {high}); for comparison, the city's labour productivity grows by 6–7% every year.",
    ),
    "report.answer.gap": (
        "在未达标的抽样中，差额的中位数为 {gap}；要补上差额，年均增速须再高 {extra}（中位数）。",
        "Among the draws that miss the goal the median gap is {gap}; to close it, yearly growth would have to be higher by {extra} (median).",
    ),
    "report.answer.no_gap": ("几乎没有抽样未达标。", "Hardly any draw misses the goal."),
    "report.answer.joint": (
        "五项可计数目标同时实现的概率为 {p}（标准误 {se}），在同一组抽样上计算，不是各项概率的乘积。仅凭各项概率，只能断定它在 {low} 与 {high} 之间。",
        "The probability that all five counted goals are met together is {p} (standard error {se}), computed on the same draws and not as a product. The single probabilities alone would allow anything between {low} and {high}.",
    ),
    "report.answer.joint_without_policy": (
        "示范区、场景和项目由政策本身设定；没有政策时这三项不适用，因此不报告五项目标的联合概率。",
        "Zones, scenarios and projects are defined by the policy; without it they do not apply, so no joint probability of the five goals is given.",
    ),
    "report.answer.silent.title": ("文件没有说的：", "What the document does not say:"),
    "report.answer.silent": (
        "没有给出 2017 年的基期数；没有界定“重点产业规模”的统计口径；没有劳动生产率的数字；没有资金数额；也没有“标杆企业”“人才高地”的衡量标准。凡由我们补充的假定，本报告都逐一标明。",
        'no value for the base year 2017, no definition of "scale of the key AI industry", no number for labour productivity, no amount of money, and no measure of a "benchmark enterprise" or a "highland of talent". Whatever we assume in their place is marked as ours.',
    ),
    "report.details.heading": ("目标细目", "The goals in detail"),
    "report.effect.heading": ("与“{there}”的成对比较", 'Paired comparison with "{there}"'),
    # page 2
    "report.limits.heading": ("模型的局限", "Honest limits"),
    "report.limits.lead": (
        "引用本报告任何数字之前，请先读以下十二条。",
        "Please read these twelve before quoting any number of this report.",
    ),
    # 2 scale
    "report.scale.heading": ("产业规模", "Scale of the industry"),
    "report.scale.lead": (
        "规模为名义销售额，不是增加值；2020 年以后的带状区间是情景区间，不是预测区间。",
        "Scale is nominal sales, not value added. After 2020 the bands are scenario bands, not forecast intervals.",
    ),
    # 4 changes
    "report.changes.heading": ("本情景改动了什么，没有包括什么", "What this scenario changes, and what it leaves out"),
    "report.changes.reason": ("设立理由（作者 {author}）：{reason}", "Why it was written ({author}): {reason}"),
    "report.changes.left_out": ("没有包括的内容", "Left out"),
    "report.changes.no_parent": (
        "本情景没有上级：全部取值即参数登记表中的取值。",
        "This scenario has no parent: all values are those of the register.",
    ),
    "report.changes.none": ("与“{there}”没有任何差别。", 'Nothing differs from "{there}".'),
    # 6 productivity
    "report.productivity.heading": ("应用与劳动生产率", "Adoption and labour productivity"),
    "report.productivity.lead": (
        "效应 = 暴露度 × 采用率的提高 × 成本节约率 × 劳动份额，按行业增加值加权；此后由资本深化缓慢放大。",
        "The effect is exposure × rise in adoption × cost saving × labour share, weighted by value added, then slowly amplified by capital deepening.",
    ),
    "report.productivity.silent.title": ("文件没有数值目标。", "No numeric goal in the text."),
    "report.productivity.silent": (
        "文件只说“提升全员劳动生产率”。下表的阈值由我们设定，仅供参照；劳动生产率也不等于全要素生产率。",
        'The document only says "raise labour productivity". The thresholds below are ours, for orientation; and labour productivity is not total factor productivity.',
    ),
    # 12 counts
    "report.counts.heading": ("企业、示范区、场景与项目", "Firms, zones, scenarios and projects"),
    "report.counts.lead": (
        "这些目标数的是个数。企业规模服从帕累托分布，示范区、场景和项目按计划启动、逐项验收；每条路径各抽一个整数。",
        "These goals count things. Firm sizes have a Pareto tail; zones, scenarios and projects start as planned and are accepted one by one; every path draws one whole number.",
    ),
    "report.counts.product": (
        "各项概率的乘积为 {product}，只作对照：目标之间并不独立，乘积不是联合概率。",
        "For comparison only, the product of the single probabilities is {product}: the goals are not independent, so it is not the joint probability.",
    ),
    # 13 to 16
    "report.assumptions.heading": ("假定、来源与证据等级", "Assumptions, sources and evidence"),
    "report.assumptions.lead": (
        "证据分四级：官方统计、研究（相近情境下的因果或荟萃研究）、推算（由较远的研究或数据推得）、判断（我们自己的判断）。",
        "Evidence has four grades: official (statistics), study (causal or meta-analytic, in a near context), estimate (derived from studies or data that are far away), judgement (ours).",
    ),
    "report.coverage.heading": ("目标与措施的对应", "Goals against measures"),
    "report.coverage.lead": (
        "圆点表示措施的文字直接指向该目标；空行表示没有一条措施指向它。",
        "A dot says that the text of a measure is directed at the goal itself; a row without dots is a goal at which no measure aims.",
    ),
    "report.coverage.findings": ("由此可见", "Findings"),
    "report.traps.heading": ("文件的陷阱", "Traps of the document"),
    "report.traps.lead": (
        "读这份文件最容易犯的十二种错误，以及本模型的防范。",
        "The twelve easiest ways to misread the document, and what guards against each.",
    ),
    "report.traps.to_limits": ("模型自身的局限见第 2 部分", "the limits of the model itself are in part 2"),
    "report.record.heading": ("生成记录", "Manifest"),
    "report.record.lead": (
        "相同的输入、依赖锁定文件和平台会得到逐字节相同的报告。输出文件的校验值见 manifest.json。",
        "The same inputs, lock file and platform give the same report, byte for byte. Check sums of the output files stand in manifest.json.",
    ),
    # progress and failures
    "report.stage.check": ("检查情景 {name}", "checking scenario {name}"),
    "report.stage.kernel": ("启动计算内核", "starting the kernel"),
    "report.stage.model": ("运行模型", "running the model"),
    "report.stage.part": ("[{number}/{total}] {part}", "[{number}/{total}] {part}"),
    "report.stage.pages": ("生成网页与字体子集", "rendering pages and fonts"),
    "report.stage.publish": ("发布", "publishing"),
    "report.part.answer": ("结论", "answer"),
    "report.part.details": ("目标细目", "goals in detail"),
    "report.part.limits": ("局限", "limits"),
    "report.part.scale": ("规模", "scale"),
    "report.part.changes": ("改动", "changes"),
    "report.part.productivity": ("生产率", "productivity"),
    "report.part.counts": ("计数目标", "counts"),
    "report.part.assumptions": ("假定", "assumptions"),
    "report.part.coverage": ("对应关系", "coverage"),
    "report.part.traps": ("陷阱", "traps"),
    "report.part.manifest": ("生成记录与数据表", "manifest and tables of numbers"),
    "report.failed.cell": ("笔记本在 {cell} 处出错：{error}", "the notebook failed at {cell}: {error}"),
    "report.failed.kernel": ("计算内核中断：{why}", "the kernel died: {why}"),
    "report.failed.not_run": ("笔记本没有运行到 {cell}", "the notebook never ran {cell}"),
}

TEXTS: dict[str, tuple[str, str]] = {**SENTENCES, **report_tables.TEXTS, **report_figures.TEXTS}
