"""The model beside the literature on AI and productivity."""

REBUILT = {
    "T7b.lead": (
        "下面先用本模型的公式重算已发表的数字：{count} 个由任务构成的数字，代入各研究自己的参数，重算值与原文每年相差不超过 {gap} 个百分点；再换成上海的行业结构、暴露度和劳动者报酬占比，采用率和节约率不变。",
        "The formula of this model first rebuilds the published numbers. The {count} numbers made of tasks, with the inputs of their own studies, come out within {gap} points a year of what is printed; then the value-added shares, exposure and labour shares are those of Shanghai, with adoption and savings as before.",
    ),
    "T7b.caption": ("用本模型的公式重算已发表的数字（每年百分点）", "Published numbers rebuilt with the formula of this model (percentage points a year)"),
    "T7b.note": (
        "累计值按年数平均。“换成上海的行业”只换行业权重、暴露度和劳动者报酬占比，采用率、节约率（以及节约按全部成本计的算法）仍取该研究的；不由任务构成的数字无从替换（“—”）。数字为中心值，不含不确定性。全要素生产率、劳动生产率和地区生产总值分别列出，不相互比较。",
        "A cumulative number is spread evenly over its years. \"With our sectors\" changes sector weights, exposure and labour shares and leaves adoption, savings, and savings counted on all cost where the study does so; a number that is no product of tasks has none (dash). Central values without uncertainty. TFP, labour productivity and GDP stand apart and are not compared.",
    ),
    "T7b.name": ("{who}：{case}", "{who}: {case}"),
    "T7b.made_of": ("由什么构成", "Made of"),
    "T7b.published": ("已发表", "Published"),
    "T7b.rebuilt": ("重算", "Rebuilt"),
    "T7b.ours": ("换成上海的行业", "With our sectors"),
    "T7b.gap": ("重算减已发表", "Rebuilt less published"),
    "T7b.over_span": ("整段时期", "Over all its years"),
    "T7b.task": (
        "暴露 {exposure} × 采用 {adoption} × {saving}{base}{capital}",
        "exposed {exposure} × adopted {adoption} × {saving}{base}{capital}",
    ),
    "T7b.saving": ("节约 {saving_easy}", "saving {saving_easy}"),
    "T7b.saving.two": (
        "节约（易任务 {saving_easy}，占 {easy_share}；难任务 {saving_hard}）",
        "saving ({saving_easy} on easy tasks, {easy_share} of all; {saving_hard} on hard ones)",
    ),
    "T7b.labour": (" × 劳动份额 {labour_share}", " × labour share {labour_share}"),
    "T7b.all_cost": ("（按全部成本）", " of all cost"),
    "T7b.capital": (" ÷（1 − 资本份额 {capital_share}）", " ÷ (1 − capital share {capital_share})"),
    "T7b.growth": ("年增速加 {growth_added} 个百分点", "growth higher by {growth_added} points"),
    "T7b.growth.on": (
        "年增速由 {growth_without}% 加 {growth_added} 个百分点，",
        "growth of {growth_without}% higher by {growth_added} points,",
    ),
    "T7b.growth.over": ("{built_over} 年内逐年拉开", "built up over {built_over} years"),
    "T7b.growth.at_once": ("立即实现", "at once"),
    "T7b.level": ("{years} 年后水平高 {level}%", "a level {level}% higher after {years} years"),
    "F7b.title": ("全要素生产率：已发表、重算、换成上海的行业", "TFP: published, rebuilt, and with our sectors"),
    "F7b.alt": (
        "各研究全要素生产率的三组标记：已发表、用其自身参数重算、换成上海的行业；{name} 的上端已发表 {published}，换成上海的行业后为 {ours}，单位为每年百分点。",
        "Three marks a study for TFP: published, rebuilt from its own inputs, and with the sectors of Shanghai. The upper end of {name} is {published} points a year as published and {ours} with our sectors.",
    ),
    "F7b.note": (
        "横线连接一项研究的上下限，单个标记为点估计。末几行为本模型的 5%—95% 区间与中位数。",
        "A line joins the two ends of a study's range; a single mark is a point estimate. The last rows are this model, 5 to 95% with the median.",
    ),
    **{
        f"T7b.{kind}_{end}": (f"{zh}，{side_zh}", f"{en}, {side_en}")
        for kind, zh, en in (
            ("published", "已发表", "Published"), ("rebuilt", "重算", "Rebuilt"), ("ours", "换成上海的行业", "With our sectors"),
        )
        for end, side_zh, side_en in (("low", "下限", "low"), ("high", "上限", "high"))
    },
}  # fmt: skip

NEEDS = {
    "T7c.lead": (
        "再反过来问：要在本模型的公式中得到这些数字，采用率须升高多少？{count} 个数字中，{beyond} 个在自己的时期内所需超过剩下的全部暴露任务，{alone} 个所需的“暴露度 × 采用率”高于此处任何一项研究。",
        "Then the question is turned round: how much would adoption have to rise for the formula of this model to give these numbers? Of {count} numbers, {beyond} need more than all exposed tasks that are left within their own years, and {alone} need a larger product of exposure and adoption than any study here has.",
    ),
    "T7c.caption": (
        "在本模型的公式中，各数字需要多大的暴露度和采用率",
        "What exposure and adoption each number needs in the formula of this model",
    ),
    "T7c.note": (
        "中位数与 5%、95% 分位数来自同一组抽样（暴露度、节约率、溢出、劳动与资本份额）。劳动生产率和地区生产总值先乘以（1 − 资本份额）换算为所需的全要素生产率，即假定资本已完全跟上，是最宽松的读法；本模型的节约率中位数为 {own}，各研究取 {least} 至 {most}；咨询机构的数字还含新产品等本公式没有的渠道。“到 2020 年”按同样的年率计三年；本模型到 2020 年采用率上升 {middle}（5%—95%：{low}至{high}）。此处没有任何来源给出 2020 年前的暴露度和采用率；各研究的十年数字说的是 2023 年以后的技术，末列按每年的进度与之比较。",
        'The median and the 5 and 95% quantiles are over the same draws of exposure, savings, spillover, labour and capital shares. Labour productivity and GDP are first turned into the TFP they take by one less the capital share, as if capital had followed in full: the kindest reading. The median saving of this model is {own}; those of the studies lie between {least} and {most}. Numbers of consultancies also hold channels that the formula lacks, such as new products. "By 2020" is three years at the same pace; in this model adoption rises by {middle} to 2020 (5 to 95%: {low} to {high}). No source here gives exposure and adoption by 2020: the ten-year numbers of the studies are about technology after 2023, and the last column compares the pace a year with theirs.',
    ),
    "T7c.points": ("每年百分点", "Points a year"),
    "T7c.tfp": ("所需全要素生产率（每年百分点）", "TFP it takes (points a year)"),
    "T7c.product": ("所需暴露度 × 采用率增量（占全部任务）", "Exposure × rise of adoption (share of all tasks)"),
    "T7c.rise": ("采用率增量（占暴露任务），自身时期，50%", "Rise of adoption (exposed tasks), own years, 50%"),
    "T7c.rise_at": (
        "采用率增量（占暴露任务），自身时期，{level}",
        "Rise of adoption (exposed tasks), own years, {level}",
    ),
    "T7c.between": ("同左，5%—95%", "The same, 5–95%"),
    "T7c.range": ("{low} 至 {high}", "{low} to {high}"),
    "T7c.by_deadline": ("同左，到 2020 年，50%", "The same by 2020, 50%"),
    "T7c.enough": ("暴露任务够不够", "Are there tasks enough?"),
    "T7c.support": ("哪项研究刚好有这样的进度", "The study that just has that pace"),
    "T7c.within": ("够", "yes"),
    "T7c.beyond": ("超过全部暴露任务", "no: more than all exposed tasks"),
    "T7c.beyond.both": ("超过全部暴露任务，到 2020 年已然", "no: more than all exposed tasks, already by 2020"),
    "T7c.beyond.tasks": ("超过全部任务", "no: more than all tasks there are"),
    "T7c.nobody": ("没有", "none"),
    "F7c.title": ("各数字所需的采用率增量", "The rise of adoption that each number needs"),
    "F7c.alt": (
        "对数坐标上的区间图：在本模型的公式中各数字所需的采用率增量，对照全部暴露任务（100%）；所需最多的是 {name}，中位数为暴露任务的 {rise}。",
        "Range chart on a logarithmic axis: the rise of adoption that each number needs in the formula of this model, beside all exposed tasks (100%). The largest need is that of {name}, {rise} of the exposed tasks at the median.",
    ),
    "F7c.note": (
        "圆点为自身时期内所需增量的中位数，横线为 5%—95%；三角为按同样年率到 2020 年所需的中位数。竖带为本模型到 2020 年的采用率增量（5%—95%），虚线为全部暴露任务。",
        "A dot is the median need over the number's own years, its line 5 to 95%; a triangle the median need by 2020 at the same pace. The band is the rise of adoption to 2020 in this model (5 to 95%), the dashed line all exposed tasks.",
    ),
    "F7c.label": ("{name}（{quantity}）", "{name} ({quantity})"),
    "F7c.axis": ("采用率增量，占暴露任务（对数坐标）", "Rise of adoption, share of exposed tasks (logarithmic)"),
    "F7c.span": ("自身时期", "over its own years"),
    "F7c.deadline": ("到 2020 年", "by 2020"),
    "F7c.ours": ("本模型", "this model"),
    "F7c.all": ("全部暴露任务", "all exposed tasks"),
}

TEXTS: dict[str, tuple[str, str]] = {
    "literature.empty": ("空格：该行的形式不用它", "empty, as the form of its row does not use it"),
    "literature.projection": ("已发表的测算", "published projection"),
    **{f"report.{key}": text for key, text in (REBUILT | NEEDS).items()},
}
