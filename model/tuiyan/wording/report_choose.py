"""Texts of the report's part on packages and regret."""

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
        "概率按毛额计算。在概率达到 {p} 的组合里，作用最大的杠杆是“{lever}”，而它的效应约有 {share} 只是从外地转移来的（判断）。",
        "The probability is gross of displacement. In the package for {p} the lever that does most is {lever}; about {share} of its effect is only moved here from elsewhere (judgement).",
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
    "cost": ("相对成本，单位（判断，不是金额）", "Relative cost, cost units (judgement, not yuan)"),
    "none": ("不施策", "no effort"),
    "cheapest": ("最省的组合（±2 个模拟误差）", "cheapest package (± 2 simulation errors)"),
    "full": ("完整方案（各杠杆力度 1）", "full programme (all levers at 1)"),
    "best": ("上限（各杠杆力度 {most}）", "upper bound (all levers at {most})"),
    "remark.free": ("不施策即有：{wanted}", "there without effort: {wanted}"),
    "remark.beyond": ("用到上限也达不到：{wanted}", "out of reach at the upper bounds: {wanted}"),
    "note": (
        "每个实心圆是达到某一概率的最省组合，误差线为成本的正负两个模拟误差（由概率的误差换算）。",
        "Each full circle is the cheapest package for one probability; its bar is two simulation errors of the cost to each side, which follow from those of the probability.",
    ),
    "steeper": (
        "越往右越陡：每多一个百分点概率，代价越大。",
        "The curve steepens: each further point of probability costs more.",
    ),
    "alt": (
        "成本与概率的曲线：由不施策的 {none} 到上限的 {best}，成本由 0 升到 {cost} 个单位；完整方案概率 {full}，成本 {full_cost} 个单位。",
        "Cost against probability, from {none} with no effort to {best} at the upper bounds, where it is {cost} cost units; the full programme has {full} for {full_cost} cost units.",
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
        "但成本不计入后悔值，这一准则因而偏向力度大的组合：“{package}”的相对成本为 {cost} 个单位，所列组合中最高的为 {most} 个单位。这个结果不能说明它值得。",
        'But costs do not enter the regret, which favours larger packages: "{package}" costs {cost} relative cost units, the dearest of the list {most} cost units. The result does not say that it is worth its cost.',
    ),
    "caveat.dearest": (
        "但成本不计入后悔值，这一准则因而偏向力度大的组合：“{package}”的相对成本为 {cost} 个单位，正是所列组合中最高的。这个结果不能说明它值得。",
        'But costs do not enter the regret, which favours larger packages: "{package}" costs {cost} relative cost units and is the dearest of the list. The result does not say that it is worth its cost.',
    ),
    "caveat.path": (
        "但成本不计入后悔值，这一准则因而偏向力度大的组合。这个结果不能说明它值得。",
        "But costs do not enter the regret, which favours larger packages. The result does not say that it is worth its cost.",
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
        "各组合的内容与相对成本，以及数量型目标全部达标的占比",
        "What is in each package, what it costs, and how often it meets all counted goals",
    ),
    "note": (
        "“目标全部达标”为全部抽样和未来中的占比，没有任何权重；推迟落实，或应用需求的力度低于 1，启动的示范区、场景和项目就少，占比可降至 0。相对成本为判断，不是金额，也不计入后悔值；“—”表示力度逐年给定，没有可比的成本。",
        "All goals met: share of all draws and states, all states alike. Packages that come late, or with an effort on application demand below 1, start fewer zones, scenarios and projects, and the share can fall to 0. Relative cost is judgement, not yuan, and does not enter the regret; a dash: a lever follows a path over years, so there is no cost to compare.",
    ),
}

STATUS: dict[str, tuple[str, str]] = {
    "free": ("不施策即有", "free"),
    "reached": ("可达到", "reached"),
    "unreachable": ("达不到", "out of reach"),
}

ROOMS = {
    "packages": PACKAGES, "F10": F10, "F11": F11, "T11": T11, "T11b": T11B, "T11c": T11C, "regret": REGRET, "F18": F18,
    "T18": T18, "T18b": T18B, "T18c": T18C, "package": STATUS,
}  # fmt: skip
TEXTS: dict[str, tuple[str, str]] = {
    f"report.{room}.{key}": text for room, texts in ROOMS.items() for key, text in texts.items()
}
