"""Texts of part 11 of the report: learning, past forecasts, methods on finished series."""

TEXTS: dict[str, tuple[str, str]] = {
    "report.evidence.heading": ("证据：学到了什么，预测得如何", "Evidence: what was learned, and how forecasts did"),
    "report.evidence.nothing": (
        "截至 {when}，没有公布过本市人工智能产业规模，也没有其他可以进入似然的数值：后验就是先验，以上结果全部出自先验分布。",
        "By {when} no scale of the city's AI industry had been published, nor any other figure that may enter a likelihood: the posterior is the prior, and every result above comes from the prior laws.",
    ),
    "report.evidence.refused": ("无法学习", "Nothing can be learned"),
    "report.evidence.facts": (
        "截至 {when}，除基年之外有 {count} 个公布值可以为抽样加权（只用可进入似然的数值，假定“{title}”就是实际发生的情景）。",
        'By {when}, {count} published figures beside that of the base year can weigh the draws (only those that may enter a likelihood, with "{title}" held to have happened).',
    ),
    "report.evidence.effective": (
        "加权后的有效抽样为 {effective}（共 {draws}；若抽样原样不动，只有 {plain}）。",
        "They leave {effective} effective draws of {draws} ({plain} if the draws are weighed as they are).",
    ),
    "report.evidence.moved": (
        "因此事实所涉的输入改由自适应重要性抽样的学生 t 提议分布抽取，权重抵消这一改动。",
        "The inputs that the facts speak of were therefore drawn from an adapted Student t, and the weights undo the move.",
    ),
    "report.evidence.kept": ("抽样原样加权，没有移动。", "The draws were weighed as they are."),
    "report.evidence.conflict": (
        "先验与数据有冲突：“{name}”的中位数移到 {value}（约 {times} 倍），离先验 {shift} 个标准差——与其说数据使它更精确，不如说数据否定了先验的中心。",
        'Prior and data conflict: the median of "{name}" moves to {value} (a factor of about {times}), {shift} standard deviations of the prior away: the data contradict the centre of the prior rather than refine it.',
    ),
    "report.evidence.sample": (
        "“{definition}”的样本每年变动，其水平本不给出增速；只有假定样本不变，下表中增速类输入的更新才成立。",
        'The sample of "{definition}" changes every year and its levels give no growth; what the table says of growth rates holds only if that sample had stayed the same.',
    ),
    "report.answer.learned": (
        "按截至 {when}的公布值学习之后，规模目标的概率为 {after}（同一口径）和 {after_scope}（目标口径不确定），见“证据”一部分；其余数字均为学习之前。",
        'After learning from the figures published by {when}, the probability of the scale goal is {after} in the same definition and {after_scope} with the goal\'s definition uncertain (part "Evidence"); all other numbers are before learning.',
    ),
    "report.T8b.caption": (
        "学习前后的全市规模（本口径）",
        "Scale of the city before and after learning (home definition)",
    ),
    "report.T8c.note": (
        "各数值均为其自身口径，含口径因子与公布误差。",
        "Each in the definition of its figure, scope factor and error of publication included.",
    ),
    "report.T8c.caption": (
        "公布值与学习之后的预测（同一数值已用于学习）",
        "Published figures and their fit after learning (the same figures taught it)",
    ),
    "report.evidence.city.miss": (
        "从 {origin} 起，公布值减预测中位数（对数）在 {first} 年为 {early}，在 {last} 年为 {late}。",
        "From {origin} the figure less the median forecast (of logs) is {early} in {first} and {late} in {last}.",
    ),
    "report.evidence.city.miss.early": (
        "从 {origin} 起，{first} 年的公布值已比预测高 {early}（对数），{last} 年高 {late}：多数在 {first} 年就已存在，不是 {first} 年以后的增长造成的，而在于水平、口径或此前的增长。",
        "From {origin} the figure of {first} is already {early} above the forecast (log), that of {last} {late}: most of it is there in {first}, so it comes from level, definition or earlier growth, and not from growth since then.",
    ),
    "report.evidence.city.growth": (
        "其间的增长：模型 {first}—{last} 年中位数年均增 {model}，官方公布的规模以上增速（样本不固定）为 {official}。",
        "Growth in between: the model's median grows {model} a year from {first} to {last}, the official growth of above-size firms (sample not constant) was {official}.",
    ),
    "report.evidence.city.unchanged": (
        "有的预测不向这些公布值学习，所依据的分布没有变化，换一个起点也还是原来的数：与此前起点相同的行不再列出。",
        "Some forecasts do not learn from these figures and stay as they were where the laws behind them did: rows that equal those of an earlier origin are not repeated.",
    ),
    "report.evidence.after": (
        "规模目标的概率由 {before} 变为 {after}（同一口径），由 {before_scope} 变为 {after_scope}（目标口径不确定）；本报告其他部分仍用学习之前的抽样。",
        "The probability of the scale goal goes from {before} to {after} in the same definition, and from {before_scope} to {after_scope} with the goal's definition uncertain; all other parts of this report use the draws before learning.",
    ),
    "report.evidence.unlearned": (
        "另有 {count} 个输入无更新：数据不含有关信息。",
        "On {count} inputs nothing was learned: the data do not speak of them.",
    ),
    "report.evidence.revised": ("{name}*", "{name}*"),
    "report.evidence.prior": ("先验", "prior"),
    "report.evidence.posterior": ("后验", "posterior"),
    "report.evidence.prior_at": ("先验 {level}", "prior {level}"),
    "report.evidence.posterior_at": ("后验 {level}", "posterior {level}"),
    "report.evidence.axis": (
        "与先验中位数之差（先验标准差）",
        "distance from the prior median, prior standard deviations",
    ),
    "report.evidence.skill_axis": (
        "技巧评分：1 − CRPS/最佳朴素方法的 CRPS（0 为相当，越大越好）",
        "skill: 1 - CRPS / that of the best naive method (0 is as good, more is better)",
    ),
    "report.T8.caption": ("先验与后验", "Prior against posterior"),
    "report.T8.note": (
        "标准差之比低于 0.8 记为“有更新”，0.8 至 0.95 为“略有更新”，高于 0.95 且位置移动不到四分之一个先验标准差为“无更新”；对数正态分布取对数。重叠为两个密度较小者的积分（先验等概率 50 箱），有效抽样为 n 时，仅抽样噪声就使它低约 3 除以 n 的平方根。带 * 的一行：公布值已直接修订该分布（解析式），先验为修订之前，后验为本报告所用。",
        '"Learned": the standard deviation is below 0.8 of the prior\'s; "slightly": 0.8 to 0.95; "not learned": above, and the mean moves by less than a quarter of it; of lognormal laws the log is taken. Overlap is the integral of the smaller density on 50 bins of equal prior probability; with n effective draws, noise alone takes some 3 over the root of n off it. *: a published figure has revised the law itself (closed form); its prior is the law before, its posterior the law of this report.',
    ),
    "report.F13.title": ("先验与后验的 90% 区间", "90% intervals before and after the facts"),
    "report.F13.alt": (
        "横条图：各输入先验与后验的 5%—95% 区间与中位数，以先验标准差为单位。有所移动的输入：{inputs}。",
        "Bars: 5 to 95% and median of each input before and after, in prior standard deviations. Inputs that moved: {inputs}.",
    ),
    "report.evidence.city.heading": ("本市各期数据的回溯检验", "Backtest on the city's own vintages"),
    "report.evidence.city.nothing": (
        "截至 {when}，还没有公布过可以为较早的预测评分的数值。用更晚的数据截止日运行，或见笔记本 backtest。",
        "By {when} no figure had been published by which an earlier forecast could be scored. Run with a later vintage, or see the notebook backtest.",
    ),
    "report.evidence.city.lead": (
        "从 {origins} 个起点分别冻结当时的信息，按“{title}”的杠杆预测其后公布的每个数值。起点太少，只陈列，不排名。",
        'From each of {origins} origins, with the knowledge of that day frozen and the levers of "{title}", every figure published later is forecast. So few origins are shown and not ranked.',
    ),
    "report.evidence.city.note.title": ("看结果之前须知", "Before reading the outcomes"),
    "report.evidence.city.note": (
        "用来评分的公布值，其口径为：{definitions}。",
        "The figures that score these forecasts are counted as: {definitions}.",
    ),
    "report.evidence.city.unused": (
        "本口径（{home}）在 {first} 年之后的公布值（{values}）互相冲突或由推算得出，不能用来评分。",
        "Figures in the home definition ({home}) after {first} ({values}) conflict or are derived, and cannot score anything.",
    ),
    "report.evidence.bound_of": ("{year} 年 {sign} {value}", "{year}: {sign} {value}"),
    "report.T10c.caption": (
        "各起点赋予其后公布的下限的概率",
        "Probability that each origin gave to lower bounds published later",
    ),
    "report.evidence.forecast_at": ("预测 {level}", "forecast {level}"),
    "report.T10.caption": ("各起点的预测与其后的公布值", "Forecasts from each origin and the figures published later"),
    "report.T10.note": (
        "评分取对数；CRPS 与对数误差越接近 0 越好，误差为正即公布值高于预测，PIT 是预测给较小值的概率。规模以上口径的样本每年变动，不得由水平推算增速，朴素方法因此只有“不变”；一年的标准差取曲线冲击。",
        "Scores are of logs; CRPS and log error are better near 0, and a positive error is a figure above the forecast; PIT is the probability that was given to smaller values. The sample of above-size firms changes every year, so levels give no growth and the only naive method is no change, with the yearly shock of the curves.",
    ),
    "report.evidence.told": ("性质", "told as"),
    "report.evidence.origin": ("截至 {when}", "As of {when}"),
    "report.evidence.known": ("当时已知", "known then"),
    "report.evidence.later": ("其后公布", "published later"),
    "report.evidence.bound": ("其后公布的下限", "published later, a lower bound"),
    "report.F14.title": ("过去的预测与结果", "Past forecasts and outcomes"),
    "report.F14.alt": (
        "{origins} 幅小图，每幅一个起点：模型先验、学习之后与“不变”的 90% 区间，以及其后公布的数值。{all} 个预测中有 {above} 个低于公布值。",
        "{origins} panels, one an origin: 90% intervals of the model, of the model after learning, and of no change, with the figures published later. {above} of {all} forecasts lie below the figure.",
    ),
    "report.F14.note": (
        "口径：{definitions}；当年价格；预测经口径因子换算。",
        "Definition: {definitions}; current prices; forecasts are carried over by the scope factor.",
    ),
    "report.evidence.panel.heading": ("预测方法在类比序列上的表现", "Forecasting methods on analogue series"),
    "report.evidence.panel.lead": (
        "本市数据太短，不能检验方法；因此用 {series} 个已走完的序列（耐用品首次购买与计算机各代）从头几年预测，每个序列的先验不含自身。",
        "The city's data are too short to test a method, so {series} finished series (first purchases of durables, generations of computers) are forecast from their first years, each with a prior made without itself.",
    ),
    "report.evidence.panel.better": (
        "已知前 {points} 年、预测此后第 {ahead} 年：默认混合的 CRPS 为 {ours}，优于最佳朴素方法“{best}”的 {theirs}（技巧评分的 90% 区间 {low} 至 {high}）；有 {more} 种方法优于它。",
        "With {points} years seen, {ahead} ahead: the default mixture has a CRPS of {ours}, better than the best naive method ({best}, {theirs}; 90% interval of skill {low} to {high}); methods that score better still: {more}.",
    ),
    "report.evidence.panel.alike": (
        "已知前 {points} 年、预测此后第 {ahead} 年：默认混合的 CRPS 为 {ours}，与最佳朴素方法“{best}”的 {theirs} 不可区分（技巧评分的 90% 区间 {low} 至 {high}）；有 {more} 种方法优于它。",
        "With {points} years seen, {ahead} ahead: the default mixture has a CRPS of {ours}, not distinguishable from the best naive method ({best}, {theirs}; 90% interval of skill {low} to {high}); methods that score better: {more}.",
    ),
    "report.evidence.panel.worse": (
        "已知前 {points} 年、预测此后第 {ahead} 年：默认混合的 CRPS 为 {ours}，不如最佳朴素方法“{best}”的 {theirs}（技巧评分的 90% 区间 {low} 至 {high}）；有 {more} 种方法优于它。",
        "With {points} years seen, {ahead} ahead: the default mixture has a CRPS of {ours}, worse than the best naive method ({best}, {theirs}; 90% interval of skill {low} to {high}); methods that score better: {more}.",
    ),
    "report.evidence.panel.limit": (
        "序列只有 {series} 个，各区间包含多少结果见笔记本 backtest；首次购买不是产业收入，在此取胜的方法在那里未必取胜。这里检验的是三条曲线的混合，不是台账中的“概率（混合）”。",
        "There are {series} series; how much of the outcomes the intervals held is in the notebook backtest. First purchases are not industry revenue, and what wins here need not win there. What is tested here is a mixture of three curves, not the P (pool) of the ledger.",
    ),
    "report.evidence.points": ("已知 {points} 年", "{points} years seen"),
    "report.evidence.naive": ("{name}（朴素）", "{name} (naive)"),
    "report.T10b.caption": ("类比序列上的评分", "Scores on the analogue series"),
    "report.T10b.note": (
        "其后第 {ahead} 年；评分取对数。由 params/panel_scores.csv 读出，每次改动方法后重新生成并由测试核对。",
        "{ahead} years ahead; scores are of logs. Read from params/panel_scores.csv, which is made again with every change of a method and checked by a test.",
    ),
    "report.F15.title": (
        "已知前 {points} 年、预测此后第 {ahead} 年的技巧评分",
        "Skill with {points} years seen, {ahead} years ahead",
    ),
    "report.F15.alt": (
        "各方法的技巧评分与 90% 区间，空心为朴素方法。默认混合 {skill}；最好的是“{best}”。",
        "Skill of each method with its 90% interval; naive methods are hollow. The default pool has {skill}; the best is {best}.",
    ),
    "report.F15.note": (
        "本项目计算；区间由对 {series} 个序列的自助抽样得到。",
        "Own calculation; intervals from drawing the {series} series again.",
    ),
}
