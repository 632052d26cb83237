"""What learning from facts says: weights, prior against posterior."""

TEXTS: dict[str, tuple[str, str]] = {
    "E250": (
        "{name} 按截至 {as_of} 的事实加权后只剩 {count} 个有效抽样，少于 50 个，不作结论。",
        "Weighed by the facts known on {as_of}, {name} has {count} effective draws left, fewer than 50: nothing is said.",
    ),
    "E250.remedy": (
        "几乎没有抽样接近公布值：检查该情景的分布与口径因子，或增加抽样数。",
        "Hardly a draw is near what was published: check the laws of the scenario and its scope factors, or take more draws.",
    ),
    "E251": (
        "权重属于种子 {own} 的 {known} 个抽样，推演却要种子 {seed} 的 {draws} 个。",
        "The weights belong to {known} draws of seed {own}; the run wants {draws} draws of seed {seed}.",
    ),
    "E251.remedy": (
        "用同样的抽样数和种子学习与推演：ty.learn(情景, draws=…, seed=…)。",
        "Learn and run with the same draws and seed: ty.learn(scenario, draws=..., seed=...).",
    ),
    "E252": (
        "权重应是 {draws} 个非负有限数，且每一批中至少一个大于 0；给出的形状为 {shape}。",
        "Weights are {draws} finite numbers, none negative, with one above 0 in every batch; these have the shape {shape}.",
    ),
    "E252.remedy": (
        "每个抽样给一个权重，或直接传入 ty.learn(…) 的结果。",
        "Give one weight for each draw, or pass the result of ty.learn(...).",
    ),
    "E253": (
        "{definition} 口径 {year} 年的数值同一天公布了两个：{one} 与 {other}，不知该用哪个。",
        "Two figures for {year} under the definition {definition} were published on the same day, {one} and {other}.",
    ),
    "E253.remedy": (
        "把不可用于拟合的一行的 use_in_fit 写成 no，并在 note 中说明。",
        "Put no under use_in_fit in the row that may not enter a fit, and say why in its note.",
    ),
    "E255": (
        "权重是按截至 {other} 的事实学得的，情景 {name} 的数据截止日却是 {as_of}。",
        "The weights were learned from the facts known on {other}, but {name} is as of {as_of}.",
    ),
    "E255.remedy": (
        "用同一个 as_of 载入情景，再学习和推演。",
        "Load the scenario with the same as_of, then learn and run.",
    ),
    "E256": (
        "{one} 与 {other} 所依据的学习结果不同，差别不再来自情景本身。",
        "{one} and {other} rest on different learning, so a difference between them is not that of the scenarios.",
    ),
    "E256.remedy": (
        "学习一次，再用 posterior.given(情景) 得到两者。",
        "Learn once, and take both by posterior.given(scenario).",
    ),
    "E257": (
        "方法 {name} 要求各输入相互独立，学习之后它们已相互关联。",
        "The method {name} needs inputs that vary independently; what was learned ties them together.",
    ),
    "E257.remedy": (
        "学习之后用 rank 或 tornado；方差分解用学习之前的情景。",
        "After learning use rank or tornado; decompose the variance of the scenario before it.",
    ),
    "E258": (
        "{origin} 之后没有公布过可以评分的数值。",
        "After {origin} no figure was published that a forecast could be scored by.",
    ),
    "E258.remedy": (
        "选更早的起点；可用的起点见 tuiyan backtest。",
        "Choose an earlier origin; tuiyan backtest lists those that serve.",
    ),
    "learn.verdict.learned": ("有更新", "learned"),
    "learn.verdict.slightly": ("略有更新", "slightly"),
    "learn.verdict.shifted": ("位置移动，未变窄", "shifted, not narrower"),
    "learn.verdict.not_learned": ("无更新", "not learned"),
    "learn.title": (
        "先验与后验：{scenario}，截至 {as_of}；{facts} 个事实，有效抽样 {effective}（共 {draws}）",
        "Prior against posterior: {scenario}, as of {as_of}; {facts} facts, {effective} effective draws of {draws}",
    ),
    "learn.input": ("输入", "input"),
    "learn.unit": ("单位", "unit"),
    "learn.prior": ("先验 5/50/95%", "prior 5/50/95%"),
    "learn.posterior": ("后验 5/50/95%", "posterior 5/50/95%"),
    "learn.sd_ratio": ("标准差之比", "sd ratio"),
    "learn.overlap": ("重叠", "overlap"),
    "learn.verdict": ("结论", "verdict"),
    "learn.closed_form": (
        "* 公布值已直接修订该分布（解析式）：先验为修订之前的分布，后验为本次推演所用的分布。",
        "* a published figure has revised the law itself (closed form): the prior is the law before it, the posterior the law of this run.",
    ),
    "learn.kept": (
        "抽样原样加权，未移动。",
        "The draws were weighed as they are.",
    ),
    "learn.moved": (
        "原样加权只剩 {prior} 个有效抽样，故把事实所涉的输入移到学生 t 提议分布，{rounds} 轮。",
        "Weighed as they are they leave {prior} effective draws, so the inputs that the facts speak of were moved to a Student t, {rounds} rounds.",
    ),
    "learn.nothing": (
        "这一天没有可以加权的事实。",
        "On this day no fact could weigh the draws.",
    ),
    "learn.facts": (
        "进入似然的公布值",
        "Published figures that entered the likelihood",
    ),
    "learn.year": ("年份", "year"),
    "learn.value": ("数值（亿元）", "value (CNY 100m)"),
    "learn.definition": ("口径", "definition"),
    "learn.published": ("公布日", "published"),
    "learn.error": ("误差（对数）", "error (log)"),
    "learn.usual_error": ("通常", "usual"),
    "cli.learn": (
        "按截至该日的事实加权：假定所名情景（默认为首个情景）就是实际发生的",
        "weigh the draws by the facts known then: the named scenario, by default the first, is held to have happened",
    ),
    "stage.learn": ("学习", "learning"),
}
