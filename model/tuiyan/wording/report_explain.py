"""Texts of the report's parts on attribution and on the binding constraint."""

ATTRIBUTION: dict[str, tuple[str, str]] = {
    "heading": ("差别由何而来", "What drove the difference"),
    "no_parent": (
        "本情景没有比较对象，没有差别可供分解；以下只说明增长由何而来。",
        "This scenario is compared with no other, so there is no difference to split. What follows says where its growth comes from.",
    ),
    "same": (
        "与“{there}”没有任何差别：各部分都是零，没有可分解的内容。",
        'Nothing differs from "{there}": every part is zero and there is nothing to split.',
    ),
    "untouched": (
        "与“{there}”虽有不同，但产业规模、劳动生产率和各项数量型目标（同一口径）在 {year} 年都没有变化：各部分都是零。",
        'The scenario differs from "{there}", but neither the scale, nor labour productivity, nor any counted goal (same definition) changes in {year}: every part is zero.',
    ),
    "scope": (
        "变动的只有口径不确定时 {goal} 的达标概率：由 {before} 变为 {after}。",
        "Only the probability of {goal} with its definition uncertain moves: from {before} to {after}.",
    ),
    "refused.title": ("无法分解。", "No attribution is possible."),
    "total": (
        "在同一组抽样上逐条路径相减，“{here}”与“{there}”相比：{year} 年的规模变动 {scale}（对数差，{reading}；模拟误差 {scale_se} 个百分点），{goal}的达标概率变动 {chance}（模拟误差 {chance_se} 个百分点），全市劳动生产率变动 {lp}。",
        'Path by path on the same draws, "{here}" moves the scale of {year} against "{there}" by {scale} (difference of logs, {reading}; simulation error {scale_se} points), the probability of {goal} by {chance} (simulation error {chance_se} points), and the city\'s labour productivity by {lp}.',
    ),
    "reading": ("读作百分比", "read as per cent"),
    "reading.far": ("折合 {percent}", "that is {percent}"),
    "goal": ("规模目标（{id}）", "the scale goal ({id})"),
    "unclear": (
        "概率的变动不大于模拟误差的两倍，不宜解读其分解。",
        "The change of the probability is no more than twice its simulation error: do not read anything into its parts.",
    ),
    "largest": (
        "就规模而言，按三个“深度融合”分，最大的一项是“{integration}”（{first}）；按杠杆分，最大的一项是“{lever}”（{second}）。",
        'In the scale, the largest part by integration is "{integration}" ({first}), and by lever "{lever}" ({second}).',
    ),
    "largest.rest.most": (
        "最大的一项是杠杆力度以外的“其他改动”，合为 {value}。",
        "The largest part is all other changes, which are no effort of a lever: {value}.",
    ),
    "largest.rest": (
        "杠杆力度以外的“其他改动”合为一项，为 {value}。",
        "All other changes, which are no effort of a lever, make one part of {value}.",
    ),
    "largest.plain": ("{value}", "{value}"),
    "largest.moved": (
        "{value}，其中 {share} 只是从外地转移来的",
        "{value}, {share} of it only displacement from elsewhere",
    ),
    "net": (
        "扣除转移后，全部杠杆合计为 {net}。",
        "Net of displacement all levers together come to {net}.",
    ),
    "adds": (
        "各部分之和恒等于总差异：每一项取的是沙普利值，即在所有可能的加入次序下所带来增量的平均。",
        "The parts add up to the total by construction: each is a Shapley value, what a part adds, averaged over every order of joining.",
    ),
    "later": (
        "按比率的均值计，规模的差异 {year} 年为 {now}，{list}。",
        "As a mean ratio the difference in scale is {now} in {year}, {list}.",
    ),
    "later.item": ("{year} 年为 {value}", "{value} in {year}"),
    "later.larger": (
        "效应多半出现在期限之后：力度分 {ramp} 年逐步到位，除政府采购外又都滞后一年才起作用。",
        "Most of the effect comes after the deadline: effort is phased in over {ramp} years, and all but public purchases acts a year later.",
    ),
    "evidence": (
        "以上都由假定的弹性推出，不是政策有效的证据。",
        "All of this follows from assumed elasticities and is no evidence that policy works.",
    ),
    "evidence.rest": ("以上都由假定推出，不是证据。", "All of this follows from assumptions and is no evidence."),
    "rest_only": (
        "差别全部来自杠杆力度以外的改动（{changes}），在分解中合为一项，因此没有可按“深度融合”或杠杆拆分的内容；转移比例只属于杠杆，这里也不计净值。",
        "All of the difference comes from changes other than the effort of levers ({changes}). They count as one part, so there is nothing to split by integration or lever; displacement belongs to levers, so there is no net value either.",
    ),
    "rest": (
        "“其他改动”指杠杆力度以外的一切改动（{changes}），合为一项参与分解。转移比例只属于杠杆，因此这一项没有净值，合计也不计净值。",
        '"Other changes" are all changes but the effort of levers ({changes}); they take part as one. Displacement belongs to levers, so they have no net value and neither has the total.',
    ),
    "read": (
        "怎样读下面两张表：“毛”是沙普利值，可加。“净”再扣除只是从外地转移来的份额，每个杠杆的转移比例都是假定；概率的净值按同一比例折算。“单独”是只有这一项时的变化，“最后”是其余各项都到位以后它再带来的变化：这两栏不可加。“累加”按表中次序逐项加入：可加，但换个次序结果就不同。“交互”是毛值减单独值，即靠其他各项配合才有的部分。",
        'How to read the two tables: "gross" is the Shapley value and adds up. "Net" takes off what is only displaced from elsewhere; the share of each lever is an assumption, and the net probability is scaled by the same share. "Alone" is the change with this part only, "last" what it adds when all others are in place: these two do not add up. "Stacked" adds the parts in the order of the rows: it adds up, but depends on the order. "Interaction" is gross less alone: what a part owes to the others.',
    ),
    "pipelines": (
        "“{without}”没有应用需求这一杠杆的力度，示范区、场景和项目无从启动，达标概率按 0 计；{goals} 的差别因此全部归于该杠杆，这是由定义决定的，不是估计出来的效果，“全部同时”一列也含有这一部分。",
        '"{without}" puts no effort on application demand: no zone, scenario or project starts, and the probability counts as 0. The difference in {goals} therefore belongs to that lever by definition; it is no estimated effect, and the column of all goals together contains it as well.',
    ),
    "dilution": (
        "R06 一列的负值并非误差：企业数的增幅超过总销售额时，平均规模变小，标杆企业反而会少。",
        "A negative number under R06 is no error: where the number of firms grows by more than total sales, the average firm is smaller and fewer are benchmark firms.",
    ),
    "growth.heading": ("增长由何而来", "Where growth comes from"),
    "growth.text": (
        "{first}—{last} 年规模的中位数增长 {percent}，对数差为 {total}。按模型的七类因素分解对数差，各类因素可加：合计（按绝对值）最大的是“{largest}”（{most}），其次是“{second}”（{next}）；逐年看最大的一块：{years}。",
        'From {first} to {last} the median scale grows by {percent}, a difference of logs of {total}. The logs split over seven blocks of the model and add up: over the whole span the largest in size is "{largest}" ({most}), then "{second}" ({next}). By year the largest is {years}.',
    ),
    "growth.year": ("{years} 年是“{block}”", '"{block}" in {years}'),
    "growth.policy": ("其中政策贡献 {policy}。", "Policy contributes {policy} of that."),
    "growth.policy.none": (
        "本情景没有任何杠杆的力度，政策一项为零。",
        "No lever has any effort in this scenario, so policy is zero.",
    ),
    "growth.policy.zero": (
        "政策一项合计为零：杠杆的力度在此期间没有影响规模的中位数。",
        "Policy comes to zero: over these years the effort of the levers does not move the median scale.",
    ),
    "growth.policy.smaller": (
        "政策一项合计 {policy}，不同于上面的总差异（{total}）：在这里，政策与其他各类因素的交互由双方分担，并且取中位数而不是均值。",
        "Policy comes to {policy}. That differs from the total effect above ({total}), because here policy shares its interaction with the other blocks and medians stand in place of means.",
    ),
}

TABLES: dict[str, tuple[str, str]] = {
    "T5.caption": (
        "规模与 {goal} 达标概率：“{here}”与“{there}”之差，按“深度融合”分解，{year} 年",
        'Scale and P({goal}): "{here}" less "{there}", by integration, {year}',
    ),
    "T5b.caption": (
        "规模与 {goal} 达标概率：“{here}”与“{there}”之差，按杠杆分解，{year} 年",
        'Scale and P({goal}): "{here}" less "{there}", by lever, {year}',
    ),
    "T5.check": (
        "加总检验：规模各部分之和为 {sum}，两个情景直接相减为 {total}，{verdict}；概率各部分之和为 {chances}，直接相减为 {chance}。",
        "Sum check: the parts of the scale sum to {sum}, the two scenarios differ by {total}: {verdict}. The parts of the probability sum to {chances}, the scenarios differ by {chance}.",
    ),
    "T5.check.passed": ("相差不到十亿分之一，通过", "equal to a billionth, passed"),
    "T5.check.failed": ("两者不符，不得使用本表", "they disagree; do not use this table"),
    "T5.against": (
        "作为对照，“单独”一栏合计 {alone}，“最后”一栏合计 {last}。",
        'For comparison, "alone" sums to {alone} and "last" to {last}.',
    ),
    "T5.errors": (
        "未列误差的各栏，规模的模拟误差不超过 {scale}，概率不超过 {chance} 个百分点。",
        "In columns without an error of their own it is at most {scale} points for the scale and {chance} for the probability.",
    ),
    "T3.caption": (
        "规模中位数的增长：七类因素的贡献，{first}—{last} 年",
        "Growth of the median scale: contributions of seven blocks, {first}–{last}",
    ),
    "T3.note": (
        "当年规模中位数的对数变化，读作百分比；各类因素之和即当年增长，贡献为沙普利值（128 次运行）。初始缺口：假定 2017 年的需求和供给潜力都略高于实际规模，此后逐步补上。冲击：各领域冲击的中位数为零，贡献来自加总（各领域之和因独立冲击而略高）与分布的偏斜，不是对冲击的预测。",
        "Change of the median log scale in the year, read as per cent; the blocks sum to the year's growth (Shapley values, 128 runs). The gap: demand and potential supply are assumed somewhat above actual scale in 2017, which is made up later. Shocks have a median of zero in each segment; their part comes from adding up (independent shocks raise a sum of segments a little) and from skewness, and is no forecast of shocks.",
    ),
    "T4c.caption": ("供给的约束份额（中位数）", "Binding share of supply (medians)"),
    "T4c.note": (
        "全市为各领域按规模加权的均值；最后两栏是全市份额大于 0.5 的抽样所占比重及其误差。中位数的模拟误差不超过 {error}。",
        "City: mean of the segments weighted by scale. The last two columns are the share of draws in which the city's value is above 0.5, and its error. Simulation error of the medians at most {error}.",
    ),
    "F5.title": (
        "{goal} 的达标概率：从“{there}”到“{here}”，{year} 年",
        'Probability of {goal}: from "{there}" to "{here}", {year}',
    ),
    "F5.title.scale": (
        "规模的差异：从“{there}”到“{here}”，{year} 年",
        'Difference in scale: from "{there}" to "{here}", {year}',
    ),
    "F5.axis": (
        "{goal} 的达标概率（横轴不从零开始）",
        "Probability of {goal} (axis does not start at zero)",
    ),
    "F5.axis.scale": ("与“{there}”之差，%（对数差）", 'Difference from "{there}", % (of logs)'),
    "F5.note": (
        "自上而下，首末两条是两个情景的概率，中间各条依次加上去，数字为百分点（沙普利值，与次序无关）。模拟误差：总差异 {error} 个百分点，各部分不超过 {most}。",
        "From top to bottom: the first and the last bar are the probabilities of the two scenarios, those between are added one by one, in percentage points (Shapley values, whatever the order). Simulation error: {error} points for the total, at most {most} for a part.",
    ),
    "F5.note.scale": (
        "自上而下逐项相加，单位为 %（对数差）；沙普利值，与次序无关。概率的变动不大于模拟误差的两倍，故改画规模。模拟误差：总差异 {error} 个百分点，各部分不超过 {most}。",
        "Added one by one from top to bottom, in % (of logs); Shapley values, whatever the order. The scale is drawn because the probability changes by no more than twice its simulation error. Simulation error: {error} points for the total, at most {most} for a part.",
    ),
    "F5.alt": (
        "两幅瀑布图，由 {before} 到 {after}：按“深度融合”分，最大的一项是“{integration}”（{first}）；按杠杆分，最大的一项是“{lever}”（{second}）。",
        'Two waterfalls from {before} to {after}. By integration the largest step is "{integration}" ({first}); by lever it is "{lever}" ({second}).',
    ),
    "F5b.title": ("各杠杆对各项结果的效应，{year} 年", "Effect of each lever on each outcome, {year}"),
    "F5b.note": (
        "沙普利值，毛值，每列之和即末行。目标各列为概率的变动，百分点；规模为 %（对数差）；劳动生产率为百分点。颜色只在同一列内比较：越深，占该列最大值的比重越大，蓝色为正，橙色为负；“0”表示没有一次抽样变动。模拟误差最大值：概率 {chance}，规模 {scale}，劳动生产率 {lp} 个百分点。",
        'Shapley values, gross; each column sums to the last row. Goals: change of the probability, percentage points; scale: % (of logs); labour productivity: points. Shades compare within a column only: deeper is nearer to the largest number of the column, blue is positive, orange negative; "0" means that no draw changes. Largest simulation errors: probability {chance}, scale {scale}, labour productivity {lp} points.',
    ),
    "F5b.alt": (
        "杠杆（行）对各项结果（列）的效应，每格有数字；规模一列最大的是“{lever}”（{value}）。",
        'Effects of levers (rows) on outcomes (columns), with a number in each cell; in the column of the scale the largest is "{lever}" ({value}).',
    ),
    "F3.title": ("规模中位数的增长由哪几块构成", "What the growth of the median scale is made of"),
    "F3.axis": ("当年增长，%（对数差）", "Growth in the year, % (of logs)"),
    "F3.note": (
        "柱顶数字为当年增长，等于各类因素之和；负的贡献画在零线以下，此时另以菱形标出合计。",
        "The number on top is the year's growth, the sum of the blocks. Negative contributions stand below zero; a diamond then marks the sum.",
    ),
    "F3.alt": (
        "堆叠柱图，{list}。",
        "Stacked bars: {list}.",
    ),
    "F3.alt.year": (
        "{year} 年增长 {total}，最大的一块是“{block}”（{most}）",
        'growth of {total} in {year}, the largest block "{block}" ({most})',
    ),
    "F4.title": ("供给与需求，谁是约束", "Which binds, supply or demand"),
    "F4.note": (
        "上：全市的约束份额，大于 0.5 时供给更紧，小于 0.5 时需求更紧；虚线为供给更紧的抽样所占比重。下：各领域的中位数，蓝色为供给更紧，橙色为需求更紧，越深越紧。",
        "Top: the share for the city; above 0.5 supply is the tighter side, below it demand; the dashed line is the share of draws in which supply is. Bottom: medians by segment; blue where supply binds, orange where demand does, the deeper the more.",
    ),
    "F4.alt": (
        "上图：全市约束份额的中位数 {first} 年为 {start}，{peak} 年最高，为 {most}，{last} 年为 {end}。下图：各领域逐年的中位数。",
        "Top: the median share for the city is {start} in {first}, at its highest {most} in {peak}, and {end} in {last}. Bottom: medians by segment and year.",
    ),
}

EXPLAIN: dict[str, tuple[str, str]] = {
    "rest": ("其他改动", "other changes"),
    "sum": ("合计", "Sum"),
    "net": ("扣除转移后的净部分", "net of displacement"),
    "moved": ("只是从外地转移来的部分", "only displaced from elsewhere"),
    "by.integration": ("按“深度融合”", "By integration"),
    "by.lever": ("按杠杆", "By lever"),
    "column.integration": ("“深度融合”", "Integration"),
    "column.lever": ("杠杆", "Lever"),
    "column.gross": ("规模，毛", "Scale, gross"),
    "column.net": ("扣除转移后的净值", "Net of displacement"),
    "column.alone": ("单独：不可加", "Alone: does not add up"),
    "column.last": ("最后：不可加", "Last: does not add up"),
    "column.stacked": ("累加：取决于次序", "Stacked: depends on the order"),
    "column.interaction": ("交互", "Interaction"),
    "column.chance": ("{goal} 概率，毛", "P({goal}), gross"),
    "column.block": ("增长来源", "Block of the model"),
    "column.since": ("{first}—{last} 年", "{first}–{last}"),
    "column.part": ("项目", "Part"),
    "column.effect": ("变动", "Change"),
    "column.city": ("全市", "City"),
    "column.share": ("供给更紧的抽样", "Draws in which supply binds"),
    "column.quartile": ("全市，{level}", "City, {level}"),
    "outcome.scale": ("规模", "Scale"),
    "outcome.lp": ("劳动生产率", "Labour prod."),
    "outcome.all": ("全部同时", "All goals"),
}

BINDING: dict[str, tuple[str, str]] = {
    "heading": ("需求与供给，谁是约束", "Which binds, demand or supply"),
    "meaning": (
        "“约束份额”是供给在需求与供给的软最小值中的权重：供给潜力增加 1%，期望规模就增加这一份额那么多（份额 0.7 即增加 0.7%），其余取决于需求。大于 0.5，供给是更紧的一端；小于 0.5，需求是更紧的一端。",
        "The binding share is the weight of supply in the soft minimum of demand and supply: 1% more potential supply raises desired scale by the share in per cent (at 0.7 by 0.7%), and demand decides the rest. Above 0.5 supply is the tighter side, below 0.5 demand.",
    ),
    "start": (
        "{first} 年的中位数为 {value}，这是设定的结果：基年需求和供给的余量取同一个分布。",
        "In {first} the median is {value} by construction: the slack of demand and of supply in the base year have the same distribution.",
    ),
    "start.own": ("{first} 年全市的中位数为 {value}。", "In {first} the median of the city is {value}."),
    "first": ("供给成为更紧的一端：{list}。", "Supply becomes the tighter side: {list}."),
    "first.item": ("{year} 年起，{segments}", "from {year} in {segments}"),
    "first.never": ("{segments}始终由需求约束", "never in {segments}"),
    "first.none": ("此后各领域始终由需求约束。", "After that demand is the tighter side throughout, in every segment."),
    "turn": ("此后需求成为更紧的一端：{list}。", "Then demand takes over: {list}."),
    "turn.item": ("{year} 年起，{segments}", "from {year} in {segments}"),
    "turn.none": ("各领域到 {year} 年一直由供给约束。", "Supply stays the tighter side to {year}, in every segment."),
    "turn.never": ("{segments}到 {year} 年仍由供给约束", "not by {year} in {segments}"),
    "turn.again": ("再往后又转回供给的有：{segments}。", "It turns back to supply later in {segments}."),
    "all": ("全部 {number} 个领域", "all {number} segments"),
    "near": (
        "中位数离 0.5 不到两倍模拟误差的，年份可能差一年。",
        "Where a median is within two simulation errors of 0.5 the year may be off by one.",
    ),
    "city": (
        "全市的中位数在 {peak} 年最高（{most}），{last} 年为 {end}，当年供给更紧的抽样占 {share}。",
        "The median of the city is highest in {peak} ({most}); in {last} it is {end}, and supply binds in {share} of the draws.",
    ),
    "city.last": (
        "全市的中位数在 {peak} 年最高（{most}），当年供给更紧的抽样占 {share}。",
        "The median of the city is highest in {peak} ({most}), when supply binds in {share} of the draws.",
    ),
    "growth": (
        "原因在于两端的增速（中位数）：{list}。",
        "The reason is the growth of the two sides (medians): {list}.",
    ),
    "growth.item": (
        "{first}—{last} 年，需求年均增速为 {demand}，供给潜力为 {supply}",
        "in {first}–{last} demand grows at {demand} a year and potential supply at {supply}",
    ),
    "limit": (
        "供给更紧的年份，扩大需求的措施只按余下的份额见效；需求更紧时，扩大供给的措施也要打折扣。产业集群（L2）直接抬高期望规模，不在这两端之内。模型没有价格和工资，份额只说明哪一端更紧，不说明紧张会怎样消化。",
        "While supply is the tighter side, what raises demand passes through only in the share that supply leaves; while demand is, what raises supply does. Clusters (L2) lift desired scale itself and stand in neither of the two. The model has no prices or wages: the share says which side is tighter, not how the tension would be resolved.",
    ),
    "figure.share": ("供给更紧的抽样所占比重", "share of draws in which supply binds"),
    "figure.supply": ("供给更紧", "supply binds"),
    "figure.demand": ("需求更紧", "demand binds"),
    "figure.city": ("全市", "City"),
    "figure.segments": ("各领域（中位数）", "Segments (medians)"),
}

TEXTS: dict[str, tuple[str, str]] = {
    **{f"report.attribution.{key}": text for key, text in ATTRIBUTION.items()},
    **{f"report.explain.{key}": text for key, text in EXPLAIN.items()},
    **{f"report.binding.{key}": text for key, text in BINDING.items()},
    **{f"report.{key}": text for key, text in TABLES.items()},
}
