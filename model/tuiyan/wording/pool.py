"""The pool of the model and the curves."""

TEXTS: dict[str, tuple[str, str]] = {
    "E240": (
        "目标 {name} 不是全市规模的目标，混合预测只涉及规模。",
        "goal {name} is not one on the scale of the city, and the pool forecasts nothing else.",
    ),
    "E240.remedy": ("请用 R01，或用模型本身的概率。", "Ask for R01, or for the model's own probability."),
    "E241": ("{name} 有政策力度，不能作为无政策的参照。", "{name} uses levers, so it is no yardstick without policy."),
    "E241.remedy": (
        "请给出各杠杆力度均为 0 的同一情景，或留空。",
        "Give the same scenario with no effort on any lever, or leave it out.",
    ),
    "E242": ("权重不成立：{given}。", "these weights cannot be: {given}."),
    "E242.remedy": (
        "每种方法（{methods}）一个不小于 0 的权重，合计为 1。",
        "Give each method ({methods}) a weight of 0 or more, with a sum of 1.",
    ),
    "E243": (
        "Bass 曲线只用到 {last} 年，而其他曲线都没有权重，{year} 年无从替代。",
        "the Bass curve ends in {last}, and no other curve has a weight to take its place in {year}.",
    ),
    "E243.remedy": ("请给其他曲线以权重，或问较早的年份。", "Give another curve a weight, or ask for an earlier year."),
    "cli.pool": ("混合", "pool"),
    "report.column.p_pool": ("概率（混合）", "P (pool)"),
    "report.pool.note": (
        "“概率（混合）”把本模型与四条简化曲线混合成一个分布，概率为加权平均：{parts}。曲线从同样的抽样基数出发，口径相同，不含政策；有政策的情景按本模型的配对效应平移。权重是事先定下的判断。其余各列都只用本模型。",
        "P (pool) is a mixture of this model and four reduced-form curves, its probability the weighted mean of theirs: {parts}. The curves start from the same draws of the base figure in the same definition and hold no policy; under a scenario with policy they are shifted by the paired effect of the model. The weights are judgement, stated in advance. The other columns are the model's alone.",
    ),
    "report.pool.parameters": (
        "简化曲线的参数（curve.*）只影响“概率（混合）”一列。",
        "The parameters of the reduced-form curves (curve.*) reach the column P (pool) and nothing else.",
    ),
    "report.pool.part": ("{name} {p}（权重 {weight}）", "{name} {p} (weight {weight})"),
    "report.pool.untaught": (
        "截至所用时点，没有任何一个口径有两个以上可用于推算增速的年度数字，曲线参数均为先验。",
        "No definition has two yearly figures yet from which growth may be told, so the curves are as the register believes them.",
    ),
    "report.pool.taught": (
        "曲线参数已按“{definition}”的 {count} 个年度数字更新。",
        'The curves have learned from {count} yearly figures of "{definition}".',
    ),
    "pool.method.structural": ("结构模型", "the model"),
    "pool.method.trend": ("阻尼趋势", "damped trend"),
    "pool.method.gompertz": ("Gompertz 曲线", "Gompertz curve"),
    "pool.method.bass": ("Bass 曲线", "Bass curve"),
    "pool.method.no_change": ("不变", "no change"),
    "E244": (
        "{years} 年的公布值把 {id} 推到 {value}，超出硬界限 {bounds}：这条曲线与数据不相容。",
        "The figures of {years} put {id} at {value}, outside its hard bounds {bounds}: the curve cannot hold them.",
    ),
    "E244.remedy": (
        "核对这些数值的单位与口径；确属异常的一行把 use_in_fit 写成 no。",
        "Check the unit and the definition of these figures; put no under use_in_fit in a row that is out of line.",
    ),
}
