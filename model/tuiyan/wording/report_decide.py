"""Texts of the report's parts on sensitivities and on scenario discovery, and of their columns."""

SENSITIVITIES: dict[str, tuple[str, str]] = {
    "heading": ("概率取决于什么", "What the probability hangs on"),
    "free": (
        "在“{title}”情景下，规模目标（R01，与基年同一口径）的达标概率为 {p}（模拟误差 {se}）。",
        'Under "{title}" the probability of the scale goal (R01, in the definition of the base year) is {p} (simulation error {se}).',
    ),
    "largest": (
        "单项输入中影响最大的是“{input}”：由其 5% 分位数（{from_}）改为 95% 分位数（{to}），其余输入照常抽样，概率由 {low} 变为 {high}。",
        'The single input that moves it most is "{input}": from its 5% quantile ({from_}) to its 95% quantile ({to}), all other inputs drawn as before, the probability goes from {low} to {high}.',
    ),
    "largest.path": (
        "单项输入中影响最大的是“{input}”：由其 5% 分位数改为 95% 分位数，其余输入照常抽样，概率由 {low} 变为 {high}。",
        'The single input that moves it most is "{input}": from its 5% quantile to its 95% quantile, all other inputs drawn as before, the probability goes from {low} to {high}.',
    ),
    "second": ("其次是“{input}”：由 {low} 变为 {high}。", 'Next comes "{input}": from {low} to {high}.'),
    "variance": (
        "在 2020 年规模（取对数）的方差中，各组输入单独解释的份额为：{groups}{others}；合计 {sum}，其余是各组之间的交互作用和模拟误差。",
        "Of the variance of the log scale of 2020, the groups of inputs explain by themselves: {groups}{others}; together {sum}, the rest being interactions between groups and simulation error.",
    ),
    "variance.sum": (
        "在 2020 年规模（取对数）的方差中，各组输入单独解释的份额为：{groups}{others}；合计约为全部，各组之间的交互作用小到在模拟误差之内。",
        "Of the variance of the log scale of 2020, the groups of inputs explain by themselves: {groups}{others}; together about all of it, so that interactions between groups are within the simulation error.",
    ),
    "group": ("{name} {share}", "{name} {share}"),
    "others": ("，其余各组均不超过 {most}", ", each of the others at most {most}"),
    "productivity": (
        "劳动生产率（文件没有数值目标）的方差则主要来自：{groups}。",
        "The variance of labour productivity, for which the document has no number, comes from: {groups}.",
    ),
    "association": (
        "以上说的是本模型在所设先验下对什么没有把握，而 {all} 个参数中有 {judged} 个出自判断；表中的秩相关只是抽样中的关联，不是效应。",
        "All this says what this model, with these priors, is unsure about, and of {all} parameters {judged} are set by judgement; the rank correlations in the table are associations in the draws, not effects.",
    ),
    "refused": ("敏感性无法计算：{why}", "No sensitivity can be given: {why}"),
}

F9: dict[str, tuple[str, str]] = {
    "title": ("单项输入取高低两端时 R01 的达标概率", "Probability of R01 with one input at its low or high end"),
    "low": ("输入取 5% 分位数", "input at its 5% quantile"),
    "high": ("输入取 95% 分位数", "input at its 95% quantile"),
    "free": ("全部输入照常抽样：{p}", "all inputs drawn: {p}"),
    "axis": ("R01 的达标概率", "Probability of R01"),
    "note": (
        "空心圆为输入取 5% 分位数时的概率，实心圆为取 95% 分位数时的概率，其余输入照常抽样；实心圆在右，表示输入越大越容易达标。列出筛查中影响最大的至多 {most} 项（包括各年的共同冲击）。两端与竖线用的是同一组抽样；竖线的模拟误差为 {se}。",
        "Open circle: the probability with the input at its 5% quantile; full circle: at its 95% quantile, all other inputs drawn. A full circle on the right says that more of the input helps. Shown are at most the {most} inputs that screening puts first, the common shock of each year among them. Ends and line are on the same draws; the simulation error of the line is {se}.",
    ),
    "alt": (
        "龙卷风图：影响最大的是“{first}”，概率由 {low} 变为 {high}；全部输入照常抽样时为 {p}。",
        'Tornado chart: "{first}" moves the probability most, from {low} to {high}; it is {p} with all inputs drawn.',
    ),
}

F9B: dict[str, tuple[str, str]] = {
    "title": ("方差由哪些输入解释（Sobol 指数）", "Which inputs explain the variance (Sobol indices)"),
    "first": ("单独解释（一阶指数）", "alone (first order)"),
    "total": ("连同交互作用（总指数）", "with interactions (total)"),
    "axis": ("占方差的份额，%", "Share of the variance, %"),
    "scale": ("2020 年规模（对数）", "Log scale, 2020"),
    "lp": ("2020 年劳动生产率", "Labour productivity, 2020"),
    "note": (
        "实心条为一组输入单独解释的份额，空心条加上它与其他各组的交互作用；两条相近，说明各组的作用大体可以相加。细线为 90% 自助法（bootstrap）区间，区间可以略低于 0。",
        "Full bar: the share a group explains alone; outlined bar: with its interactions. Where both are close, the groups act side by side. Thin lines are 90% bootstrap intervals and may reach a little below 0.",
    ),
    "none": ("对{outcome}没有任何影响的组：{groups}。", "Without any influence on {outcome}: {groups}."),
    "scale.name": ("规模", "the scale"),
    "scale.alone": ("规模：单独", "Scale: alone"),
    "scale.total": ("规模：总", "Scale: total"),
    "lp.alone": ("劳动生产率：单独", "Labour productivity: alone"),
    "lp.total": ("劳动生产率：总", "Labour productivity: total"),
    "lp.name": ("劳动生产率", "labour productivity"),
    "alt": (
        "两幅条形图。规模方差的最大来源是{scale}（{scale_share}），劳动生产率的最大来源是{lp}（{lp_share}）。",
        "Two bar charts. The largest source of the variance of the scale is {scale} ({scale_share}), of labour productivity {lp} ({lp_share}).",
    ),
}

T9: dict[str, tuple[str, str]] = {
    "caption": ("对 R01 影响最大的输入", "The inputs on which R01 hangs most"),
    "note": (
        "概率：该输入固定在所列分位数，其余照常抽样。秩相关（Spearman）在全部照常抽样时计算：与 2020 年规模，以及与是否达标；它是关联，不是效应，小于 0.05 的可能只是偶然。分布按年给定的输入不列分位数。",
        "Probabilities: the input held at that quantile, all else drawn. Rank correlations (Spearman) are those of the ordinary draws, with the scale of 2020 and with meeting the goal; they are associations, not effects, and below 0.05 they may be chance. No quantiles are given for an input whose distribution changes from year to year.",
    ),
}

T9B: dict[str, tuple[str, str]] = {
    "caption": ("各组输入占方差的份额（Sobol 指数）", "Shares of the variance by group of inputs (Sobol indices)"),
    "note": (
        "“单独”为一阶指数（各组相加不超过 100%，其余为交互作用），“总”为总指数（各组相加可超过 100%）；单独份额的区间为 90% 自助法区间。规模取对数，因为达标与否只有 0 和 1。“—”表示完全没有影响。",
        "Alone: first-order index; these sum to at most 100%, the rest being interactions. Total: with all interactions; totals may sum to more. Intervals are 90% bootstrap intervals of the share alone. The scale is in logs, since meeting a goal is only 0 or 1. A dash: no influence whatever.",
    ),
}

DISCOVERY: dict[str, tuple[str, str]] = {
    "heading": ("在哪些未来中落空", "Where the goal is missed"),
    "lead": (
        "把每一次抽样看作一种可能的未来，用 PRIM 方法逐步收窄输入的取值范围（至多限制 {most} 项），找出目标落空最集中的一类，要求其中至少 {threshold} 落空。“密度”是这一类未来中落空的占比，“覆盖率”是全部落空情形中落在这一类的占比。以下都是模型自身抽样中的关联，由所设先验决定，不是因果，也不是预警指标。",
        "Every draw is taken as a possible future. PRIM narrows the ranges of the inputs (at most {most} of them) to the futures in which a goal is missed most, asking that at least {threshold} of them miss it. Density is the share of those futures that miss the goal; coverage is the share of all misses that they hold. All this is association on the model's own draws, set by its priors: neither a cause nor a warning sign to watch.",
    ),
    "goal": ("{name}：{sentence}", "{name}: {sentence}"),
    "tree": (
        "用另一种方法核对 R01：深度为 3 的分类树用到的输入是{inputs}；对 {agreement} 的未来，它与上面的条件判断一致。",
        "A second method for R01: a classification tree of depth 3 splits on {inputs}; it says the same as the conditions above for {agreement} of the futures.",
    ),
    "tree.more": ("{inputs}等 {number} 项", "{inputs} and others ({number} in all)"),
    "tree.none": (
        "用另一种方法核对 R01：深度为 3 的分类树也没有找到可用的分界。",
        "A second method for R01: a classification tree of depth 3 finds no split either.",
    ),
    "tree.same": (
        "分类树首先用到的“{input}”也在上面的条件之中。",
        'The input it splits on first, "{input}", is also among the conditions.',
    ),
    "tree.differs": (
        "分类树首先用到的输入不在上面的条件之中，所以不宜太看重那些条件。",
        "The input it splits on first is not among the conditions above, so little should hang on them.",
    ),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
}

F17: dict[str, tuple[str, str]] = {
    "title": ("R01 落空的未来：覆盖率与密度的取舍", "Futures that miss R01: coverage against density"),
    "all": ("全部未来（不加限制）", "all futures (no limit)"),
    "boxes": ("收窄过程，限制 {number} 项输入", "peeling, inputs limited: {number}"),
    "chosen": ("选定的范围", "the box chosen"),
    "threshold": ("要求的密度：{level}", "density asked for: {level}"),
    "coverage": ("覆盖率：占全部落空情形的份额，%", "Coverage: share of all misses, %"),
    "density": ("密度：其中落空的份额，%", "Density: share that miss, %"),
    "note": (
        "自右向左读：每收窄一步，留下的未来更少，其中落空的更多。选定的范围在满足所要求密度的前提下覆盖率最大；它删去了不起作用的限制并略作放宽，因此不一定落在收窄的路径上。",
        "Read from right to left: each step keeps fewer futures, of which more miss the goal. The box chosen has the largest coverage at the density asked for; limits that do not matter are dropped and it is widened a little, so it need not lie on the path.",
    ),
    "note.short": (
        "自右向左读：每收窄一步，留下的未来更少，其中落空的更多。没有哪个范围达到所要求的密度，选定的是最密的一个。",
        "Read from right to left: each step keeps fewer futures, of which more miss the goal. No box has the density asked for; the one marked is the densest.",
    ),
    "alt": (
        "散点图：不加限制时 {base} 的未来落空；选定的范围密度为 {density}，覆盖率为 {coverage}。",
        "Dots along the peeling: {base} of all futures miss the goal; the box chosen has a density of {density} and a coverage of {coverage}.",
    ),
}

T17: dict[str, tuple[str, str]] = {
    "caption": (
        "各目标落空的未来：范围有多准、多全",
        "Futures that miss each goal: how pure the box is, and how much it holds",
    ),
    "note": (
        "“全部未来中落空”即 1 减达标概率。误差为给定范围时的模拟误差，不包括范围本身由同一组抽样选出的影响。“一致”为深度 3 的分类树与该范围判断相同的占比。“—”表示没有找到有用的范围，或不需要限制。",
        "Misses among all futures: 1 less the probability of the goal. Errors are simulation errors of the box as it is; that it was chosen on the same draws is not in them. Agreement: share of the futures of which a classification tree of depth 3 says the same. A dash: no box was found, or none is needed.",
    ),
}

T17B: dict[str, tuple[str, str]] = {
    "caption": ("选定范围的限制条件", "The limits of the boxes"),
    "note": (
        "先验占比：只看这一项，落在该范围内的未来占多少。近似 p 值：若这项限制没有意义，密度仍这么高的概率；限制是在同一组抽样上选出的，所以只作参考。",
        "Share of the prior: futures within this limit alone. Quasi p-value: how likely the density would be as high if this limit meant nothing; the limits were chosen on the same draws, so it is only a guide.",
    ),
}

COLUMNS: dict[str, tuple[str, str]] = {
    "input": ("输入", "Input"),
    "delay": ("推迟", "Delay"),
    "at_low": ("其 5% 分位数", "Its 5% quantile"),
    "at_high": ("其 95% 分位数", "Its 95% quantile"),
    "p_low": ("概率，取 5% 时", "P at its 5%"),
    "p_high": ("概率，取 95% 时", "P at its 95%"),
    "swing": ("相差", "Swing"),
    "rank_scale": ("与规模的秩相关", "Rank correlation with the scale"),
    "rank_goal": ("与达标的秩相关", "Rank correlation with meeting R01"),
    "groups": ("输入组", "Group of inputs"),
    "interval": ("90% 区间", "90% interval"),
    "outcome": ("对象", "Outcome"),
    "base_rate": ("全部未来中落空", "Misses among all futures"),
    "density": ("密度", "Density"),
    "coverage": ("覆盖率", "Coverage"),
    "mass": ("占全部未来", "Share of all futures"),
    "dense": ("密度达到 {level}", "Density of {level} reached"),
    "agreement": ("与分类树一致", "Agreement with the tree"),
    "limits": ("范围", "Limits"),
    "prior": ("先验占比", "Share of the prior inside"),
    "p_value": ("近似 p 值", "Quasi p-value"),
    "limited": ("限制的输入数", "Inputs limited"),
    "effort": ("共同力度", "Common effort"),
    "wanted": ("所求概率", "Wanted"),
    "cost": ("相对成本", "Relative cost"),
    "price": ("再提高一个百分点的代价", "Cost of one more point"),
    "cost_weight": ("成本权重", "Cost weight"),
    "centre": ("中心值", "Centre"),
    "needed": ("恰好达标的取值", "Value that just meets the goal"),
    "highest": ("取值范围内最高的规模", "Largest scale inside its bounds"),
    "package": ("政策组合", "Package"),
    "future": ("未来", "State"),
    "largest_regret": ("最大", "Largest"),
    "average_regret": ("平均", "Mean"),
    "worst_tenth": ("最差一成", "Worst tenth"),
    "all_met": ("目标全部达标", "All goals met"),
    "payoff": ("R01 的概率", "P of R01"),
    "regret_goal": ("后悔值，概率", "Regret, P"),
    "regret_scale": ("后悔值，对数规模", "Regret, log scale"),
}

UNITS: dict[str, tuple[str, str]] = {
    "cost": ("成本单位", "cost units"),
    "effort": ("力度", "effort"),
    "years": ("年", "years"),
    "log100": ("对数×100", "log × 100"),
    "cost_point": ("单位/百分点", "cost units"),
}

ROOMS = {
    "sensitivities": SENSITIVITIES, "F9": F9, "F9b": F9B, "T9": T9, "T9b": T9B, "discovery": DISCOVERY, "F17": F17,
    "T17": T17, "T17b": T17B, "decide": COLUMNS, "decide.unit": UNITS,
}  # fmt: skip
TEXTS: dict[str, tuple[str, str]] = {
    f"report.{room}.{key}": text for room, texts in ROOMS.items() for key, text in texts.items()
}
