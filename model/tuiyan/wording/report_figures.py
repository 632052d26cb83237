"""Texts of the report's figures: titles, axes, labels, descriptions."""

TEXTS: dict[str, tuple[str, str]] = {
    "report.figure.data": ("图中数据", "Data of this figure"),
    "report.figure.band90": ("90% 区间", "90% band"),
    "report.figure.band50": ("50% 区间", "50% band"),
    "report.figure.middle": ("中位数", "median"),
    "report.figure.median": ("{name}，中位数", "{name}, median"),
    "report.figure.band_of": ("{name}，90% 区间", "{name}, 90% band"),
    "report.figure.goal": ("目标：超过 {value}", "goal: above {value}"),
    "report.figure.count_goal": ("目标：{value}", "goal: {value}"),
    "report.figure.met": ("达到目标的抽样", "draws that reach the goal"),
    "report.figure.missed": ("未达到目标的抽样", "draws that miss it"),
    "report.figure.base.ours": ("2017 年：本报告假定", "2017: assumed by this report"),
    "report.figure.base.published": ("2017 年：首个公布值", "2017: first published figure"),
    "report.figure.scenario_band": ("情景区间", "scenario band"),
    "report.figure.scenario_band_legend": ("2020 年以后：情景区间", "after 2020: scenario band"),
    "report.figure.money": ("亿元（当年价格）", "CNY bn, current prices"),
    "report.figure.to_deadline": ("到期限为止", "To the deadline"),
    "report.figure.to_horizon": ("到 {year} 年", "To {year}"),
    "report.figure.adoption.axis": (
        "采用率：暴露任务中已用人工智能完成的比重，%",
        "Adoption: share of exposed tasks done with AI, %",
    ),
    "report.figure.in_2020": ("{title}，2020 年（中位数与 90% 区间）", "{title}, 2020 (median, 90% range)"),
    "report.figure.start_2017": ("2017 年（判断）", "2017 (judgement)"),
    "report.figure.true": ("计入无形投资之后", "with intangibles counted"),
    "report.figure.measured": ("统计测得（未计入无形投资）", "measured"),
    "report.figure.measured.axis": ("2017 年以来累计，%", "Cumulative since 2017, %"),
    "report.figure.anchors.axis": ("对年增速的贡献，百分点", "Contribution to yearly growth, percentage points"),
    "report.figure.share_of_draws": ("占抽样的比重，%", "Share of the draws, %"),
    "report.F2.title": ("全市人工智能重点产业规模", "Scale of the city's key AI industry"),
    "report.F2.alt": (
        "扇形图，情景“{title}”：2020 年规模中位数 {middle}，90% 区间 {low}至 {high}；横线为目标 {goal}。2020 年以后的区间逐年加宽，标为情景区间。",
        'Fan chart, "{title}": the median scale in 2020 is {middle}, the 90% band {low} to {high}; a line marks the goal of {goal}. After 2020 the band widens every year and is marked as a scenario band.',
    ),
    "report.F2b.title": ("各细分领域规模", "Scale by segment"),
    "report.F2b.alt": (
        "六个细分领域规模的小图，纵轴相同；2020 年最大的是{largest}。",
        "Small charts of the scale of each segment on one common axis; in 2020 the largest is {largest}.",
    ),
    "report.F6.title": ("各行业采用率", "Adoption by sector"),
    "report.F6.alt": (
        "各行业 2017 年与 2020 年的采用率；2020 年中位数最高的是{top}，为 {value}。",
        "Adoption by sector in 2017 and 2020; the highest median in 2020 is {top} at {value}.",
    ),
    "report.F6b.title": (
        "全要素生产率：计入无形投资之后与统计测得",
        "Total factor productivity: with intangibles counted, and as measured",
    ),
    "report.F6b.alt": (
        "人工智能对全市全要素生产率的累计贡献，到 2025 年为止；2020 年统计测得的中位数与计入无形投资之后的相差 {gap}。无形投资先使统计偏低，后使其偏高。",
        "Cumulative contribution of AI to the city's total factor productivity, to 2025. In 2020 the measured median differs from the one with intangibles counted by {gap}: intangible investment first lowers and later raises what is measured.",
    ),
    "report.F6b.note": (
        "“计入无形投资之后”为模型中人工智能对全市全要素生产率的贡献；“统计测得”是官方核算会得到的数，因为企业为用好人工智能而作的无形投资既未计入产出，也未计入投入：先偏低，后偏高。",
        '"With intangibles counted" is the contribution of AI to the city\'s TFP in the model. "Measured" is what accounts would show, because the intangible investment that firms make to use AI is counted neither as output nor as input: first too low, later too high.',
    ),
    "report.F7.title": ("与已发表测算的比较", "Beside published projections"),
    "report.F7.alt": (
        "已发表测算与本模型的区间图，分全要素生产率、劳动生产率和国内生产总值三组，单位为每年百分点；本模型到 {last} 年全要素生产率的中位数为 {middle}。",
        "Range charts of published projections and of this model for TFP, labour productivity and GDP, in points a year; the model's median for TFP to {last} is {middle}.",
    ),
    "report.F7.note": (
        "横条为区间（本模型为 5%—95%），菱形为点估计（本模型为中位数）。三组指标含义不同，只在组内比较。已发表测算的出处见来源表。",
        "A bar is a range (5 to 95% for this model), a diamond a point estimate (for this model the median). The three quantities differ in meaning: compare within a panel. Sources of the published numbers stand in the table of sources.",
    ),
    "report.F7.label": ("{name}，{region}", "{name}, {region}"),
    "report.F12.title": ("2020 年底个数的分布", "Distribution of the counts at the end of 2020"),
    "report.F12.note": (
        "超过 99.9% 分位数的个数不画出；个数很多时一根柱包含相邻的几个数，见图中数据。",
        "Numbers above the 99.9% quantile are not drawn; where there are many, a bar holds a few that follow each other (see the data of the figure).",
    ),
    "report.F12.chance": ("{name} {p}", "{name} {p}"),
    "report.F12.alt": (
        "数量型目标的柱状图，实心柱为达到目标的抽样，斜线柱为未达到的；达标概率：{chances}。",
        "Bars of the counts; full bars are draws that reach the goal, hatched bars those that do not. Probabilities: {chances}.",
    ),
}
