"""Texts of the report's figures: titles, axes, labels, descriptions."""

TEXTS: dict[str, tuple[str, str]] = {
    "report.figure.data": ("图中数据", "Data of this figure"),
    "report.figure.band90": ("90% 区间", "90% band"),
    "report.figure.band50": ("50% 区间", "50% band"),
    "report.figure.median": ("{name}，中位数", "{name}, median"),
    "report.figure.goal": ("目标：超过 {value}", "goal: above {value}"),
    "report.figure.count_goal": ("目标：{value}", "goal: {value}"),
    "report.figure.scenario_band": ("情景区间", "scenario band"),
    "report.figure.money": ("亿元（名义价）", "CNY bn, current prices"),
    "report.figure.to_deadline": ("到期限为止", "To the deadline"),
    "report.figure.to_horizon": ("到 {year} 年", "To {year}"),
    "report.figure.adoption.axis": (
        "采用率：暴露任务中已用人工智能完成的比重，%",
        "Adoption: share of exposed tasks done with AI, %",
    ),
    "report.figure.this_scenario": ("本情景，2020 年（中位数与 90% 区间）", "this scenario, 2020 (median, 90% range)"),
    "report.figure.parent": ("比较对象，2020 年", "compared with, 2020"),
    "report.figure.start_2017": ("2017 年", "2017"),
    "report.figure.true": ("真实（中位数与 90% 区间）", "true (median, 90% range)"),
    "report.figure.measured": ("统计所见（中位数与 90% 区间）", "measured (median, 90% range)"),
    "report.figure.measured.axis": ("2017 年以来累计，%", "Cumulative since 2017, %"),
    "report.figure.anchors.axis": ("对年增速的贡献，百分点", "Contribution to yearly growth, percentage points"),
    "report.figure.share_of_draws": ("占抽样的比重，%", "Share of the draws, %"),
    "report.F2.title": ("图 1　全市人工智能重点产业规模", "Figure 1  Scale of the city's key AI industry"),
    "report.F2.alt": (
        "扇形图，情景“{title}”：2020 年规模中位数 {middle}，90% 区间 {low}至 {high}；横线为目标 {goal}。2020 年以后的区间逐年加宽，标为情景区间。",
        'Fan chart, "{title}": the median scale in 2020 is {middle}, the 90% band {low} to {high}; a line marks the goal of {goal}. After 2020 the band widens every year and is marked as a scenario band.',
    ),
    "report.F2b.title": ("图 2　各细分领域规模", "Figure 2  Scale by segment"),
    "report.F2b.alt": (
        "六个细分领域规模的小图，纵轴相同；2020 年最大的是{largest}。",
        "Small charts of the scale of each segment on one common axis; in 2020 the largest is {largest}.",
    ),
    "report.F6.title": ("图 3　各行业采用率", "Figure 3  Adoption by sector"),
    "report.F6.alt": (
        "各行业 2017 年与 2020 年的采用率；2020 年中位数最高的是{top}，为 {value}。",
        "Adoption by sector in 2017 and 2020; the highest median in 2020 is {top} at {value}.",
    ),
    "report.F6b.title": (
        "图 4　全要素生产率：真实与统计所见",
        "Figure 4  Total factor productivity: true and measured",
    ),
    "report.F6b.alt": (
        "人工智能对全市全要素生产率的累计贡献，到 2025 年为止；2020 年统计所见与真实值的中位数相差 {gap}。无形投资先使统计偏低，后使其偏高。",
        "Cumulative contribution of AI to the city's total factor productivity, to 2025. In 2020 the measured median differs from the true one by {gap}: intangible investment first lowers and later raises what is measured.",
    ),
    "report.F7.title": ("图 5　与已发表测算的比较", "Figure 5  Beside published projections"),
    "report.F7.alt": (
        "已发表测算与本模型的区间图，单位为每年百分点；本模型到 {last} 年全要素生产率的中位数为 {middle}。",
        "Range chart of published projections and of this model in points a year; the model's median for TFP to {last} is {middle}.",
    ),
    "report.F7.label": ("{name}：{quantity}，{region}", "{name}: {quantity}, {region}"),
    "report.F12.title": ("图 6　2020 年底个数的分布", "Figure 6  Distribution of the counts at the end of 2020"),
    "report.F12.note": ("超过 99.9% 分位数的个数不画出。", "Numbers above the 99.9% quantile are not drawn."),
    "report.F12.chance": ("{name} {p}", "{name} {p}"),
    "report.F12.alt": (
        "可计数目标的柱状图，实心柱为达到目标的抽样，斜线柱为未达到的；达标概率：{chances}。",
        "Bars of the counts; full bars are draws that reach the goal, hatched bars those that do not. Probabilities: {chances}.",
    ),
}
