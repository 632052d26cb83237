"""Texts of the report: its sentences and headings. Those of tables, figures and lists stand beside it."""

from tuiyan.wording import (
    report_answer,
    report_choose,
    report_columns,
    report_decide,
    report_explain,
    report_figures,
    report_names,
    report_notebooks,
    report_tables,
)

SENTENCES: dict[str, tuple[str, str]] = {
    # the page
    "report.title": ("推演报告：{title}", "Scenario report: {title}"),
    "report.brand": (
        "推演 tuiyan · 上海市人工智能产业政策情景实验室",
        "tuiyan 推演 | scenario laboratory for Shanghai's AI industry policy",
    ),
    "report.skip": ("跳到正文", "Skip to the content"),
    "report.contents": ("目录", "Contents"),
    "report.to_limits": ("使用前请读：模型的局限（第 1 部分）", "Read before use: honest limits (part 1)"),
    "report.other_language": ("English version", "中文版"),
    "report.meta": (
        "情景 {scenario} · 本市数据截至 {as_of}（效应大小与核算数据也采用此后的文献）· 推演至 {horizon} 年 · 规模口径：{definition} · {draws} 次抽样，种子 {seed}",
        "Scenario {scenario}; city facts known on {as_of} (effect sizes and accounts also use later literature); projected to {horizon}; definition of scale: {definition}; {draws} draws, seed {seed}",
    ),
    "report.footer": (
        "本页由模型结果按模板生成，中英两版出自同一次计算。情景是一组假定，不是预测，本身没有概率。各文件的校验值见同一文件夹内的 manifest.json。",
        "Written from the results of the model by templates; both languages come from one run. A scenario is a set of assumptions, not a forecast, and has no probability itself. Check sums of all files stand in manifest.json in the same folder.",
    ),
    "report.numbered": ("{number}　{text}", "{number}  {text}"),
    "report.numbered.table": ("表 {number}　{text}", "Table {number}  {text}"),
    "report.numbered.figure": ("图 {number}　{text}", "Figure {number}  {text}"),
    "report.kind.words": ("文字", "text"),
    "report.kind.number": ("整数", "a whole number"),
    # numbers inside sentences
    "report.number.percent": ("{number}%", "{number}%"),
    "report.number.points": ("{number} 个百分点", "{number} percentage points"),
    "report.number.money": ("{number} 亿元", "CNY {number}bn"),
    # headings and leads
    "report.details.heading": ("目标细目", "The goals in detail"),
    "report.effect.heading": (
        "逐年来看：与“{there}”的差距，以及何时达标",
        'By year: the difference from "{there}", and when the goal is reached',
    ),
    "report.limits.heading": ("模型的局限", "Honest limits"),
    "report.limits.lead": (
        "引用本报告任何数字之前，请先读以下 {number} 条。",
        "Please read these {number} before quoting any number of this report.",
    ),
    "report.scale.heading": ("产业规模", "Scale of the industry"),
    "report.scale.lead": (
        "文件没有说明“规模”指什么；本报告按当年价格的销售额理解，不是增加值。2020 年以后的带状区间是情景区间，不是预测区间。",
        'The document does not say what "scale" is; this report reads it as sales in current prices, not value added. After 2020 the bands are scenario bands, not forecast intervals.',
    ),
    "report.changes.heading": ("本情景改动了什么，没有包括什么", "What this scenario changes, and what it leaves out"),
    "report.changes.reason": ("设立理由（作者 {author}）：{reason}", "Why it was written ({author}): {reason}"),
    "report.changes.left_out": ("没有包括的内容", "Left out"),
    "report.changes.no_parent": (
        "本情景没有上级情景：全部取值即参数登记表中的取值。",
        "This scenario has no parent: all values are those of the register.",
    ),
    "report.changes.none": ("与“{there}”没有任何差别。", 'Nothing differs from "{there}".'),
    "report.productivity.heading": ("采用与劳动生产率", "Adoption and labour productivity"),
    "report.productivity.lead": (
        "采用率是暴露任务中已用人工智能完成的比重，暴露度是 2017—2020 年的人工智能所能承担的任务占劳动成本的比重，溢出是采用者以外的人得到的收益，按直接效应的倍数计。对全要素生产率的效应 = 暴露度 × 采用率的提高 × 成本节约率 × 劳动者报酬占比 ×（1 + 溢出），按行业增加值加权。它再由资本深化缓慢放大为对劳动生产率的效应。",
        "Adoption is the share of exposed tasks done with AI; exposure is the share of labour cost in tasks that the AI of 2017 to 2020 can do; the spillover is what others gain beside the adopter, as a multiple of the direct effect. The effect on TFP is exposure × rise in adoption × cost saving × labour share × (1 + spillover), weighted by value added. Capital deepening then slowly amplifies it into the effect on labour productivity.",
    ),
    "report.productivity.silent.title": ("文件没有数值目标。", "No numeric goal in the text."),
    "report.productivity.silent": (
        "文件只说“提升全员劳动生产率”。下文的阈值由本报告设定，仅供参照；劳动生产率也不等于全要素生产率。",
        'The document only says "raise labour productivity". The thresholds below are those of this report, for orientation; and labour productivity is not total factor productivity.',
    ),
    "report.counts.heading": ("企业、示范区、场景与项目", "Firms, zones, scenarios and projects"),
    "report.counts.lead": (
        "这些目标数的是个数。企业规模服从帕累托分布，示范区、场景和项目按计划启动、逐项验收；每条路径各抽一个整数。全部数量型目标的联合概率见第 1 部分。",
        "These goals count things. Firm sizes have a Pareto tail; zones, scenarios and projects start as planned and are accepted one by one; every path draws one whole number. The joint probability of all counted goals stands in part 1.",
    ),
    "report.counts.check.title": ("企业规模与产业规模两个先验没有衔接。", "Two priors are not reconciled."),
    "report.counts.check": (
        "企业数与规模分布的先验合起来，意味着 2017 年全部企业销售额的中位数为 {total}，而产业规模的中位数取 {base}；前者高于后者的抽样占 {above}，另有 {endless} 的抽样尾指数不超过 1，均值为无穷大。产业规模的水平不进入企业数的计算，进入的只是它相对 2017 年的增长。因此标杆企业数（R06）主要取决于本报告设定的门槛与规模分布，不宜与产业规模互相印证。这是本模型的一项局限。",
        "Together the priors on the number and on the sizes of firms mean median total sales of {total} in 2017, against a median base scale of {base}: the first exceeds the second in {above} of the draws, and in {endless} the tail is 1 or less, so that the mean is infinite. The level of the industry's scale does not enter the count of firms; only its growth since 2017 does. The number of benchmark firms (R06) therefore rests on the rule and the size law of this report, and neither number supports the other. This is a limit of the model.",
    ),
    "report.assumptions.heading": ("假定、来源与证据等级", "Assumptions, sources and evidence"),
    "report.assumptions.lead": (
        "证据分四级：官方（统计或政府机构公布）、研究（相近情境下的因果研究或元分析）、推算（由较远的研究或数据推得）、判断（本报告的判断）。",
        "Evidence has four grades: official (published by a statistical or government body), study (causal or meta-analytic, in a near context), estimate (derived from studies or data that are far away), judgement (of this report).",
    ),
    "report.assumptions.status": ("登记表中“状态”一栏的含义：", "What the status in the register means:"),
    "report.answer.assumptions": ("以上所依据的假定：", "Assumptions that this names:"),
    "report.assumptions.places": (
        "以下各表每行一项假定，注明所在文件与行号；情景改动过的，先列情景文件，再列被取代之处。报告其他部分的表格和列表中出现的假定、杠杆、目标、口径、已公布数字和来源，名称链接到这里的对应行；图和正文段落中的名称不作链接。来源的网址只作文字列出，不作链接。",
        "In the tables below every assumption has one row, with its file and line; where a scenario sets it, the file of the scenario comes first, then what that overrides. Where a table or list of another part names an assumption, a lever, a goal, a definition, a published figure or a source, the name leads to its row here; names in figures and in running text do not. Addresses of sources are printed as text and are no links.",
    ),
    "report.origins.figure": (
        "{year} 年的已公布数字（{definition}）",
        "the figure published for {year} ({definition})",
    ),
    "report.origins.given": ("本次运行给定", "given for this run"),
    "report.origins.of_goal": ("目标自身的口径", "the goal's own"),
    "report.origins.target": ("{sign} {value}", "{sign} {value}"),
    "report.origins.due": ("{year}（{basis}）", "{year} ({basis})"),
    "report.origins.stated": ("原文", "stated"),
    "report.origins.assumed": ("假定", "assumed"),
    "report.origins.home": ("基年规模的口径", "that of the base figure"),
    "report.status_meaning": ("{word}：{meaning}", "{word}: {meaning}"),
    "report.status_means.calibrated": ("按数据或核算资料确定", "set to data or accounts"),
    "report.status_means.estimated": (
        "可由本市公布的数据更新；本报告采用的仍是先验",
        "city data can update it; this report uses the prior",
    ),
    "report.status_means.assumed": (
        "来自文献或判断，现有数据无法更新",
        "from literature or judgement; the data leave it unchanged",
    ),
    "report.assumptions.vintage": (
        "关于上海的事实只用截至 {as_of}已公布的；效应大小、投入产出核算和各项研究不受此限，采用了此后的文献，年份见来源表。",
        "Facts about Shanghai are those published by {as_of}. Effect sizes, input-output accounts and studies are not limited to that day and use later literature; their years stand in the table of sources.",
    ),
    "report.coverage.heading": ("目标与措施的对应", "Goals against measures"),
    "report.coverage.lead": (
        "圆点表示措施的文字直接指向该目标；没有圆点的行是没有措施指向的目标，没有圆点的列是不指向任何目标的措施。",
        "A dot says that the text of a measure is directed at the goal itself. A row without dots is a goal at which no measure aims; a column without dots is a measure that aims at no goal.",
    ),
    "report.coverage.findings": ("由此可见", "Findings"),
    "report.finding.rows": (
        "没有一条措施直接指向的目标有 {number} 项：{goals}。",
        "No measure aims directly at {number} of the goals: {goals}.",
    ),
    "report.finding.columns": (
        "不直接指向任何目标的措施有 {number} 条：{measures}。",
        "{number} measures aim directly at no goal: {measures}.",
    ),
    "report.traps.heading": ("解读文件的常见误区", "Traps of the document"),
    "report.traps.lead": (
        "最容易误读文件之处、建模时最容易犯的错误，以及本模型各自的防范。",
        "The easiest ways to misread the document and to model it wrongly, and what guards against each.",
    ),
    "report.traps.to_limits": (
        "模型自身的局限见“模型的局限”。",
        'The limits of the model itself are in "Honest limits".',
    ),
    "report.record.heading": ("运行记录", "Manifest"),
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
    "report.part.evidence": ("证据", "evidence"),
    "report.part.counts": ("数量型目标", "counts"),
    "report.part.attribution": ("归因", "attribution"),
    "report.part.binding": ("约束", "binding constraint"),
    "report.part.sensitivities": ("敏感性", "sensitivities"),
    "report.part.discovery": ("情景发现", "scenario discovery"),
    "report.part.packages": ("政策组合", "packages"),
    "report.part.assumptions": ("假定", "assumptions"),
    "report.part.coverage": ("对应关系", "coverage"),
    "report.part.traps": ("误区", "traps"),
    "report.part.manifest": ("运行记录", "manifest"),
    "report.part.save": ("数据表", "tables of numbers"),
    "report.failed.cell": ("笔记本在 {cell} 处出错：{error}", "the notebook failed at {cell}: {error}"),
    "report.failed.kernel": ("计算内核中断：{why}", "the kernel died: {why}"),
    "report.failed.not_run": ("笔记本没有运行到 {cell}", "the notebook never ran {cell}"),
}

PARTS = (
    report_answer,
    report_choose, report_columns, report_decide, report_explain, report_figures, report_names, report_notebooks,
    report_tables,
)  # fmt: skip
TEXTS: dict[str, tuple[str, str]] = {**SENTENCES, **{key: text for part in PARTS for key, text in part.TEXTS.items()}}
