"""Texts of the report's parts on sensitivities, scenario discovery, packages and regret."""

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
        "以上说的是本模型在所设先验下对什么没有把握，而先验多为判断；表中的秩相关只是抽样中的关联，不是效应。",
        "All this says what this model, with these priors, is unsure about, and most priors are judgement; the rank correlations in the table are associations in the draws, not effects.",
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

PACKAGES: dict[str, tuple[str, str]] = {
    "heading": ("达到目标要花多少力度，选哪个组合", "What it would take, and which package to choose"),
    "lead": (
        "这里只看规模目标（R01，同一口径，到 2020 年）。各杠杆的力度由计算给出，取代本情景自己的力度；其余输入和政策的时点沿用“{title}”情景。力度 1 为公布的完整方案，最多允许到 {most}；超过 1 是外推。",
        'This looks at the scale goal only (R01, same definition, by 2020). The efforts of the levers are found by the calculation in place of those of the scenario; all other inputs, and the timing of policy, are those of "{title}". An effort of 1 is the full announced programme; efforts up to {most} are allowed, and those above 1 are extrapolation.',
    ),
    "ends": (
        "不施策时概率为 {none}（模拟误差 {none_se}），完整方案为 {full}（{full_se}），各杠杆都用到 {most} 时为 {best}（{best_se}）。",
        "The probability is {none} with no effort (simulation error {none_se}), {full} with the full programme ({full_se}) and {best} with every lever at {most} ({best_se}).",
    ),
    "common.unreachable": (
        "各杠杆力度相同时，{wanted} 的概率达不到：最高为 {p}，在力度 {effort} 处。",
        "With the same effort on every lever a probability of {wanted} is not reachable; the best is {p} at effort {effort}.",
    ),
    "common.free": (
        "{wanted} 的概率不施策即已达到（{p}）。",
        "A probability of {wanted} is there without any effort ({p}).",
    ),
    "common.reached": (
        "各杠杆力度相同时，力度 {effort} 即可使概率达到 {wanted}。",
        "With the same effort on every lever a probability of {wanted} is reached at effort {effort}.",
    ),
    "cheaper": (
        "完整方案的相对成本为 {cost} 个单位；只为这一个目标，最省的组合用 {less} 个单位（误差 {less_se}）就能使概率达到 {p}，因为力度集中在到 2020 年对规模作用最大的杠杆上，而成本随力度的平方上升。这不等于其余措施无用：它们服务于别的目标和 2020 年以后。",
        "The full programme costs {cost} relative cost units; for this one goal the cheapest package reaches {p} with {less} (error {less_se}), because effort goes to the levers that do most for the scale by 2020 and cost grows with the square of effort. The other measures are not useless for that: they serve other goals and the years after 2020.",
    ),
    "pipelines": (
        "在这个组合里应用需求的力度只有 {effort}，示范区、场景和项目会比完整方案少。",
        "With application demand at only {effort}, this package also starts fewer zones, scenarios and projects than the full programme.",
    ),
    "displaced": (
        "概率按毛额计算。这些组合主要靠“{lever}”，而它的效应约有 {share} 只是从外地转移来的（判断）。",
        "The probability is gross of displacement. These packages rest mostly on {lever}; about {share} of its effect is only moved here from elsewhere (judgement).",
    ),
    "assumed": (
        "成本单位是相对大小的判断，不是金额；概率的提高出自假定的弹性，不是政策有效的证据。",
        "Cost units are judgement of relative size, not yuan; the rise of the probability follows from assumed elasticities and is no evidence that policy works.",
    ),
    "path": (
        "本情景至少有一个杠杆的力度是逐年给定的（{levers}）。那是一列数，不是可以求解的一个数，所以这里不计算概率随力度的变化，也不计算最省的组合。",
        "In this scenario the effort of at least one lever follows a path over years ({levers}). That is a list of numbers and not one to be looked for, so neither the probability by effort nor the cheapest package is given.",
    ),
    "nothing": (
        "所列概率或者不施策就有，或者用到上限也达不到，所以没有组合可列。",
        "Every probability asked for is either there without effort or out of reach at the upper bounds, so there is no package to show.",
    ),
}

F10: dict[str, tuple[str, str]] = {
    "title": ("R01 的达标概率与各杠杆的共同力度", "Probability of R01 against the effort common to all levers"),
    "curve": ("达标概率（±2 个模拟误差）", "probability (± 2 simulation errors)"),
    "none": ("不施策", "no effort"),
    "full": ("完整方案", "full programme"),
    "effort": ("各杠杆的共同力度（完整方案为 1）", "Effort common to all levers (full programme = 1)"),
    "axis": ("R01 的达标概率", "Probability of R01"),
    "unreachable": (
        "{wanted}：达不到；最高为 {p}，在力度 {effort} 处",
        "{wanted}: not reachable; the best is {p} at effort {effort}",
    ),
    "free": ("{wanted}：不施策即已达到（{p}）", "{wanted}: there without any effort ({p})"),
    "reached": ("{wanted}：力度 {effort} 时达到", "{wanted}: reached at effort {effort}"),
    "note": (
        "误差线为正负两个模拟误差。各点用的是同一组抽样，点与点之间的差别比误差线显示的更可靠。力度大于 1 为外推。",
        "Error bars: two simulation errors to each side. All points are on the same draws, so differences between them are surer than the bars suggest. Efforts above 1 are extrapolation.",
    ),
    "alt": (
        "折线图：共同力度由 0 到 {most}，概率由 {none} 变为 {best}，完整方案（力度 1）为 {full}。{verdict}。",
        "Line: as the common effort goes from 0 to {most} the probability goes from {none} to {best}; the full programme (effort 1) has {full}. {verdict}.",
    ),
}

F11: dict[str, tuple[str, str]] = {
    "title": ("最省组合的成本与 R01 的达标概率", "Cost of the cheapest package against the probability of R01"),
    "cost": ("相对成本，点（判断，不是金额）", "Relative cost, points (judgement, not yuan)"),
    "none": ("不施策", "no effort"),
    "cheapest": ("最省的组合（±2 个模拟误差）", "cheapest package (± 2 simulation errors)"),
    "full": ("完整方案（各杠杆力度 1）", "full programme (all levers at 1)"),
    "best": ("上限（各杠杆力度 {most}）", "upper bound (all levers at {most})"),
    "remark.free": ("不施策即有：{wanted}", "there without effort: {wanted}"),
    "remark.beyond": ("用到上限也达不到：{wanted}", "out of reach at the upper bounds: {wanted}"),
    "note": (
        "每个实心圆是达到某一概率的最省组合，误差线为成本的正负两个模拟误差（由概率的误差换算）。越往右越陡：每多一个百分点概率，代价越大。",
        "Each full circle is the cheapest package for one probability; its bar is two simulation errors of the cost to each side, which follow from those of the probability. The curve steepens: each further point of probability costs more.",
    ),
    "alt": (
        "成本与概率的曲线：由不施策的 {none} 到上限的 {best}，成本由 0 升到 {cost} 个单位；完整方案概率 {full}，成本 {full_cost} 点。",
        "Cost against probability, from {none} with no effort to {best} at the upper bounds, where it is {cost} points; the full programme has {full} for {full_cost} points.",
    ),
}

T11: dict[str, tuple[str, str]] = {
    "caption": ("达到给定概率的最省组合（R01）", "Least-cost packages for a wanted probability of R01"),
    "note": (
        "所求概率为 0.5 至 0.9，另加不施策与完整方案之间的四分点，以及完整方案与上限之间的中点。“不施策即有”：不需要任何力度。“达不到”：所列为各杠杆都用到上限 {most} 时的结果。相对成本为力度平方按权重加总的一半，属判断，不是金额；成本的误差由概率的误差换算。末栏为在该组合处再提高一个百分点概率的代价。{line}",
        "Wanted: 0.5 to 0.9, the quarters of the way from no effort to the full programme, and the midpoint from there to the upper bounds. Free: no effort is needed. Out of reach: the row shows all levers at their upper bound of {most}. Relative cost is half the weighted sum of squared efforts, by judgement and not in yuan; its error follows from that of the probability. The last column is the cost of one more percentage point at the package. {line}",
    ),
}

T11B: dict[str, tuple[str, str]] = {
    "caption": (
        "最省组合中各杠杆的力度与边际价值",
        "Efforts in the least-cost packages, and what each lever would add",
    ),
    "package": ("P = {p}", "P = {p}"),
    "effort": ("力度", "effort"),
    "marginal": ("边际，百分点", "adds, points"),
    "note": (
        "列为各个所求概率（P）的组合。力度以完整方案为 1。边际：在该组合处把这一杠杆的力度再加 1，概率大约提高多少个百分点（平滑近似，没有单独的误差）。成本权重为判断。",
        "A column is the package for one wanted probability (P). Efforts: 1 is the full programme. Adds: how many percentage points one unit more of effort on this lever would add at the package (smooth approximation, without an error of its own). Cost weights are judgement.",
    ),
}

T11C: dict[str, tuple[str, str]] = {
    "caption": ("中心路径恰好达标时各输入的取值", "The value of each input with which the central path just meets R01"),
    "met": (
        "中心路径是全部输入取中心值、没有冲击的一条路径，不带概率：2020 年为 {now}，目标为 {target}，现已达标。所列为每次只改一项时，离中心值最近的达标与不达标的分界；“都达标”指取值范围内怎样改都达标。{line}",
        'The central path has every input at its centre and no shocks, and carries no probability: it gives {now} in 2020 against the goal of {target}, so the goal is met. Listed is the value nearest to the centre, one input changed at a time, at which that turns; "always met": no value inside the bounds misses it. {line}',
    ),
    "missed": (
        "中心路径是全部输入取中心值、没有冲击的一条路径，不带概率：2020 年为 {now}，目标为 {target}，尚未达标。所列为每次只改一项时，离中心值最近的达标取值；“达不到”指取值范围内没有一个值能达标。{line}",
        'The central path has every input at its centre and no shocks, and carries no probability: it gives {now} in 2020 against the goal of {target}, so the goal is missed. Listed is the value nearest to the centre, one input changed at a time, with which it is met; "out of reach": no value inside the bounds does. {line}',
    ),
    "always": ("都达标", "always met"),
    "never": ("达不到", "out of reach"),
    "unknown": ("本情景中不是一个可以求解的数", "not one number to be looked for in this scenario"),
}

REGRET: dict[str, tuple[str, str]] = {
    "heading": ("未来不明时选哪个组合", "Which package when the future is unknown"),
    "lead": (
        "把 {packages} 个政策组合放到 {states} 种未来中，用同一组抽样比较。某种未来中的后悔值，是该组合比这种未来中最好的组合差多少。未来取自各情景的假定，没有概率。",
        "Compared are {packages} packages in {states} states of the world, on the same draws. The regret of a package in a state is what it gives up against the best package there. The states are the assumptions of scenarios and have no probability.",
    ),
    "choice": (
        "按 R01 的概率，按最小最大后悔值准则选出的组合是“{package}”：在对它最不利的未来（“{state}”）中，比最好的组合低 {size}。",
        'On the probability of R01 the minimax-regret package is "{package}": in the state that is worst for it ("{state}") it lies {size} below the best.',
    ),
    "choice.none": (
        "按 R01 的概率，按最小最大后悔值准则选出的组合是“{package}”：它在每种未来中都是所列组合里最好的，没有后悔值。",
        'On the probability of R01 the minimax-regret package is "{package}": it is the best of those listed in every state and has no regret.',
    ),
    "same": ("按 2020 年规模的对数，结果相同。", "On the log scale of 2020 the choice is the same."),
    "other": ("按 2020 年规模的对数，则是“{package}”。", 'On the log scale of 2020 it is "{package}".'),
    "caveat": (
        "但成本不计入后悔值，力度大的组合几乎总是没有后悔值：“{package}”的相对成本为 {cost} 个单位，所列组合中最高的为 {most} 点。这个结果不能说明它值得。",
        'But costs do not enter the regret, so a larger package mostly has none: "{package}" costs {cost} relative cost units, the dearest of the list {most}. The result does not say that it is worth its cost.',
    ),
    "caveat.dearest": (
        "但成本不计入后悔值，力度大的组合几乎总是没有后悔值：“{package}”的相对成本为 {cost} 个单位，正是所列组合中最高的。这个结果不能说明它值得。",
        'But costs do not enter the regret, so a larger package mostly has none: "{package}" costs {cost} relative cost units and is the dearest of the list. The result does not say that it is worth its cost.',
    ),
    "caveat.path": (
        "但成本不计入后悔值，力度大的组合几乎总是没有后悔值。这个结果不能说明它值得。",
        "But costs do not enter the regret, so a larger package mostly has none. The result does not say that it is worth its cost.",
    ),
    "second": (
        "其余组合中按最小最大后悔值选出的是“{package}”（{size}，相对成本 {cost} 个单位）。",
        'Among the others, minimax regret picks "{package}" ({size}, {cost} relative cost units).',
    ),
    "central": ("中心假定", "Central assumptions"),
}

F18: dict[str, tuple[str, str]] = {
    "title": ("各组合在各种未来中的后悔值", "Regret of each package in each state"),
    "goal": ("R01 的概率，百分点", "Probability of R01, points"),
    "scale": ("2020 年规模（对数），%", "Log scale of 2020, %"),
    "note": (
        "行为政策组合，列为未来；数字越大、颜色越深，放弃的越多，0 为该种未来中最好的组合。方框为最小最大后悔值的组合。两幅图各用各的色阶。",
        "Rows are packages, columns states; the larger the number and the darker the field, the more is given up, and 0 is the best package of the state. The frame marks the minimax-regret package. Each panel has a scale of its own.",
    ),
    "alt": (
        "两幅热力图。按概率，后悔值最大的是“{state}”中的“{package}”，为 {size}；方框为“{chosen}”。",
        'Two heat maps. On the probability the largest regret is that of "{package}" in the state "{state}", {size}; the frame is on "{chosen}".',
    ),
}

T18: dict[str, tuple[str, str]] = {
    "caption": ("后悔值：R01 的概率", "Regret: probability of R01"),
    "note": (
        "行为组合，列为未来，百分点；后悔值的模拟误差不超过 {error} 个百分点。{line}",
        "Rows are packages, columns states, percentage points; simulation error of the regrets at most {error} points. {line}",
    ),
}

T18B: dict[str, tuple[str, str]] = {
    "caption": ("后悔值：2020 年规模的对数", "Regret: log scale of 2020"),
    "note": (
        "对数差乘以 100，约等于规模低百分之几；后悔值的模拟误差不超过 {error}。“最差一成”：把各种未来中的全部单次抽样放在一起，后悔值最大的 10% 的平均（CVaR）。毛效应，没有扣除从外地转移来的部分。",
        "Differences of logs times 100, about the per cent by which the scale is smaller; simulation error of the regrets at most {error}. Worst tenth: mean of the largest 10% of the regrets of single draws, all states together (CVaR). Gross of displacement.",
    ),
}

T18C: dict[str, tuple[str, str]] = {
    "caption": (
        "各组合的内容与相对成本，以及五项目标全部达标的占比",
        "What is in each package, what it costs, and how often it meets all five goals",
    ),
    "note": (
        "“五项全部达标”为全部抽样和未来中的占比，没有任何权重；推迟落实，或应用需求的力度明显低于 1，示范区、场景和项目就不够数，占比为 0。相对成本为判断，不是金额，也不计入后悔值；“—”表示力度逐年给定，没有可比的成本。",
        "All five met: share of all draws and states, all states alike; it is 0 for packages that come late or have an effort on application demand well below 1, which start too few zones, scenarios and projects. Relative cost is judgement, not yuan, and does not enter the regret; a dash: a lever follows a path over years, so there is no cost to compare.",
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
    "all_met": ("五项全部达标", "All five met"),
    "payoff": ("R01 的概率", "P of R01"),
    "regret_goal": ("后悔值，概率", "Regret, P"),
    "regret_scale": ("后悔值，对数规模", "Regret, log scale"),
}

UNITS: dict[str, tuple[str, str]] = {
    "cost": ("成本单位", "cost units"),
    "effort": ("力度", "effort"),
    "years": ("年", "years"),
    "log100": ("对数×100", "log × 100"),
    "cost_point": ("点/百分点", "cost units"),
}

STATUS: dict[str, tuple[str, str]] = {
    "free": ("不施策即有", "free"),
    "reached": ("可达到", "reached"),
    "unreachable": ("达不到", "out of reach"),
}

ROOMS = {
    "sensitivities": SENSITIVITIES, "F9": F9, "F9b": F9B, "T9": T9, "T9b": T9B, "discovery": DISCOVERY, "F17": F17,
    "T17": T17, "T17b": T17B, "packages": PACKAGES, "F10": F10, "F11": F11, "T11": T11, "T11b": T11B, "T11c": T11C,
    "regret": REGRET, "F18": F18, "T18": T18, "T18b": T18B, "T18c": T18C, "decide": COLUMNS, "decide.unit": UNITS, "package": STATUS,
}  # fmt: skip
TEXTS: dict[str, tuple[str, str]] = {
    f"report.{room}.{key}": text for room, texts in ROOMS.items() for key, text in texts.items()
}
