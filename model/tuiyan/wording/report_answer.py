"""Texts of the report's first part: the answer, and the joint probability."""

TEXTS: dict[str, tuple[str, str]] = {
    "report.answer.heading": ("结论", "The answer"),
    "report.answer.scale": (
        "在“{title}”情景下，{year} 年全市人工智能重点产业规模超过 {goal}的概率为 {p}（与基年同一口径，模拟误差 {se}）；规模的中位数为 {median}，90% 区间为 {low}—{high}。",
        'Under "{title}", the probability that the city\'s key AI industry exceeds {goal} in {year} is {p}, in the definition of the base year (simulation error {se}). The median scale is {median}, the 90% interval {low} to {high}.',
    ),
    "report.answer.base.assumed": (
        "未查到当时已公布的 2017 年规模：本报告假定为 {median}（90% 区间 {low}—{high}）。",
        "We found no figure for 2017 that had been published by then: this report assumes {median} (90% interval {low} to {high}).",
    ),
    "report.answer.base.published": (
        "2017 年的规模采用首个公布值，{figure}（{day}公布），口径为“{definition}”，90% 区间取 {low}—{high}，中位数 {median}。",
        "For 2017 the model takes the first published figure, {figure} (published on {day}; definition: {definition}), with a 90% interval of {low} to {high} around {median}.",
    ),
    "report.answer.base.beside": (
        "2017 年的规模，模型取 {median}（90% 区间 {low}—{high}），与首个公布值不同：后者为{figure}（{day}公布，口径为“{definition}”）。",
        "For 2017 the model takes {median} (90% interval {low} to {high}). The first published figure is another: {figure} (published on {day}; definition: {definition}).",
    ),
    "report.answer.base.told.is": ("{value}", "{value}"),
    "report.answer.base.told.about": ("约 {value}", "about {value}"),
    "report.answer.base.told.above": ("超过 {value}", "more than {value}"),
    "report.answer.base.told.below": ("不到 {value}", "less than {value}"),
    "report.answer.base.set": (
        "2017 年的规模由本情景自行假定：{median}（90% 区间 {low}—{high}）。",
        "The figure for 2017 is this scenario's own assumption: {median} (90% interval {low} to {high}).",
    ),
    "report.answer.base.share": (
        "仅这一项就解释了 {year} 年规模（对数）方差的 {share}（相关系数的平方）。",
        "That figure alone explains {share} of the variance of the log scale of {year} (squared correlation).",
    ),
    "report.answer.base.beside_gain": (
        "仅这一项就解释了 {year} 年规模（对数）方差的 {share}（相关系数的平方）；相比之下，与“{there}”的差别使达标概率变动 {gain}（配对差值的模拟误差 {se} 个百分点）。",
        'That figure alone explains {share} of the variance of the log scale of {year} (squared correlation), while the difference from "{there}" moves the probability of the goal by {gain} (simulation error of the paired difference {se}).',
    ),
    "report.answer.scope": (
        "如果目标的口径也不确定（口径因子的对数取 {law}），概率为 {p}。",
        "With the definition of the goal uncertain as well (log factor {law}) the probability is {p}.",
    ),
    "report.answer.other_scope": ("在“{there}”情景下，这一概率为 {p}。", 'Under "{there}" that probability is {p}.'),
    "report.answer.no_effect": (
        "与“{title}”相比，规模和按同一口径计算的达标概率没有任何变化。",
        'Against "{title}", neither the scale nor the probability in the same definition changes.',
    ),
    "report.answer.no_part": ("这一增幅与“{there}”完全相同。", 'That is the same as under "{there}".'),
    "report.answer.effect": (
        "与“{title}”相比，{year} 年的规模{moved}。",
        'Against "{title}", the scale of {year} is {moved}.',
    ),
    "report.answer.higher": ("高 {size}", "{size} higher"),
    "report.answer.lower": ("低 {size}", "{size} lower"),
    "report.answer.same": ("完全相同", "the same"),
    "report.answer.base.fixed": (
        "基年规模取定值，{year} 年规模的差异全部来自其他因素。",
        "The base year is held at one value, so all of the spread in {year} comes from other inputs.",
    ),
    "report.answer.gross": (
        "这是毛效应，没有扣除从外地转移来的部分。",
        "This is gross of displacement: what is only relocated from elsewhere is not taken off.",
    ),
    "report.answer.later": (
        "除政府采购外，杠杆的作用都滞后一年：{year} 年规模的差距为 {later}。",
        "All that levers do, public purchases aside, comes a year later: by {year} the difference in scale is {later}.",
    ),
    "report.answer.fades": (
        "除政府采购外，杠杆的作用都滞后一年；差距在 {peak} 年最大（{most}），{last} 年为 {end}。",
        "All that levers do, public purchases aside, comes a year later; the difference is largest in {peak} ({most}) and is {end} in {last}.",
    ),
    "report.answer.catches_up": (
        "其间“{there}”虽没有任何力度，采用率也逐步跟上：两者全市采用率之差由 {peak} 年的 {then}变为 {last} 年的 {end}。",
        'Meanwhile adoption catches up under "{there}", which has no effort at all: the difference in the city\'s adoption goes from {then} in {peak} to {end} in {last}.',
    ),
    "report.answer.no_parent": (
        "本情景是其他情景的参照基准，不作比较。",
        "This scenario is the yardstick of the others and is compared with none.",
    ),
    "report.answer.productivity": (
        "2017 年以后新增的人工智能应用，到 {year} 年使全市劳动生产率累计提高 {median}（90% 区间 {low}—{high}）。",
        "AI adopted since 2017 raises the city's labour productivity by {median} in total by {year} (90% interval {low} to {high}).",
    ),
    "report.answer.total": (
        "同期劳动生产率的总增幅按假定约为 {total}。",
        "All growth of labour productivity over the same years is assumed at about {total}.",
    ),
    "report.answer.part": (
        "与“{there}”相比，这一增幅相差 {part}（{low}—{high}）。",
        'The difference of this from "{there}" is {part} ({low} to {high}).',
    ),
    "report.answer.gap": (
        "在未达标的抽样中，缺口的中位数为 {gap}；要补上缺口，年均增速须再高 {extra}（中位数）。",
        "Among the draws that miss the scale goal the median gap is {gap}; to close it, yearly growth would have to be higher by {extra} (median).",
    ),
    "report.answer.no_gap": ("几乎没有抽样未达标。", "Hardly any draw misses the scale goal."),
    "report.answer.joint": (
        "全部数量型目标同时实现的概率为 {p}（模拟误差 {se}），在同一组抽样上计算。各项概率的乘积为 {product}；仅凭各项概率，只能断定联合概率在 {low} 与 {high} 之间。",
        "The probability that all counted goals are met together is {p} (simulation error {se}), computed on the same draws. The product of the single probabilities is {product}; they alone would allow anything between {low} and {high}.",
    ),
    "report.answer.weak": (
        "各项目标达标与否两两之间的相关都很弱，最强的是 {one} 与 {two}（相关系数 {value}）。这在一定程度上是模型设定使然：企业规模分布与 2017 年基数没有衔接，示范区、场景和项目各有自己的完成率；现实中的联动可能更强。",
        "Meeting one goal says little about meeting another: the strongest pairwise correlation is {value} ({one} and {two}). In part the model is built that way: firm sizes are not tied to the base figure, and zones, scenarios and projects have completion rates of their own. In reality the goals may depend on each other more.",
    ),
    "report.answer.strong": (
        "各项目标并不独立：两两之间最强的相关是 {one} 与 {two}（相关系数 {value}）。",
        "The goals are not independent: the strongest pairwise correlation of meeting two of them is {value} ({one} and {two}).",
    ),
    "report.answer.joint_without_policy": (
        "{goals}的目标由政策本身设定，没有政策时不适用，因此不报告全部数量型目标的联合概率。",
        "The goals on {goals} are defined by the policy; without it they do not apply, so no joint probability of all counted goals is given.",
    ),
    "report.answer.silent.title": ("文件未明确的事项：", "What the document does not say:"),
    "report.answer.silent": (
        "没有给出 2017 年的基期数；没有界定“重点产业规模”的统计口径；没有劳动生产率的数字；没有资金数额；也没有“标杆企业”“人才高地”的衡量标准。凡由本报告补充的假定，都逐一标明。",
        'no value for the base year 2017, no definition of "scale of the key AI industry", no number for labour productivity, no amount of money, and no measure of a "benchmark enterprise" or a "highland of talent". What this report assumes in their place is marked as its own.',
    ),
}
