"""The model beside the literature on AI and productivity."""

REBUILT = {
    "T7b.lead": (
        "下面先用本模型的公式重算已发表的数字。有 {rebuilt} 个数字由任务构成，可以重算：代入各研究自己的参数，与已发表的数字每年相差不超过 {gap} 个百分点。其中 {printed} 个只用原文印出的参数，{secondary} 个的参数取自二手材料，{chosen} 个至少有一项参数由本报告选取或反推。其余 {restated} 个没有这样的参数，只是转述，没有重算。然后换成本报告的暴露度（{grade}）和上海的行业结构、劳动者报酬占比，采用率和节约率不变。",
        "The formula of this model first rebuilds the published numbers. {rebuilt} of them are made of tasks and can be rebuilt: with the inputs of their own studies they come out within {gap} points a year of the published numbers. Of these, {printed} use only inputs printed in the study, {secondary} take them from a secondary account, and in {chosen} this report chose or inferred an input. The other {restated} have no such inputs: they are stated, not rebuilt. Then, with adoption and savings as before, the table takes this report's exposure ({grade}) and Shanghai's weights and labour shares.",
    ),
    "T7b.caption": ("用本模型的公式重算已发表的数字（每年百分点）", "Published numbers rebuilt with the formula of this model (percentage points a year)"),
    "T7b.note": (
        "“来历”栏：“原文”指每年的数字见于该研究，“折算 (d)”指由本报告从其他已印出的数字折算。折算办法不止一种：由任务构成的数字把累计值除以年数（各研究也这样做）；给出期末水平的，按复利折成年率；给出增速提高幅度的，就是每年的百分点，末列的整段数字由其逐年复利得到。两种办法的差别在“{name}”最大：{years} 年累计 {total}%，平均摊开为每年 {even}，按复利为 {compounded}。“换成本报告的暴露度（{grade}）和上海的行业结构”只换暴露度、行业权重和劳动者报酬占比，采用率、节约率（以及节约按全部成本计的算法）仍取该研究的；只是转述的数字没有重算，也无从替换（“—”）。数字为中心值，不含不确定性。全要素生产率、劳动生产率和地区生产总值分别列出，不相互比较。",
        "Origin: printed, as a number a year, or derived (d) by this report from other printed numbers. There is more than one way to do so. A number made of tasks is a total divided by its years, as the studies do; a level at the end is turned into a rate that compounds; points of growth are points a year, and their total in the last column compounds. Among the rebuilt numbers the two ways differ most for {name}: {total}% over {years} years is {even} a year spread evenly and {compounded} compounded. \"With this report's exposure ({grade}) and Shanghai's weights and labour shares\" changes only these and leaves adoption, savings, and savings counted on all cost where the study does so; a number that is stated and not rebuilt has no such inputs (dash). Central values without uncertainty. TFP, labour productivity and GDP stand apart and are not compared.",
    ),
    "T7b.name": ("{who}：{case}", "{who}: {case}"),
    "T7b.made_of": ("由什么构成", "Made of"),
    "T7b.published": ("已发表", "Published"),
    "T7b.rebuilt": ("重算", "Rebuilt"),
    "T7b.ours": (
        "换成本报告的暴露度（{grade}）和上海的行业结构",
        "With this report's exposure ({grade}) and Shanghai's weights and labour shares",
    ),
    "T7b.yearly": ("来历", "Origin"),
    "T7b.yearly.printed": ("原文", "printed"),
    "T7b.yearly.derived": ("折算 (d)", "derived (d)"),
    "T7b.restated": ("转述，未重算", "stated, not rebuilt"),
    "T7b.low": ("{mark}，下限", "{mark}, low"),
    "T7b.high": ("{mark}，上限", "{mark}, high"),
    "T7b.gap": ("重算减已发表", "Rebuilt less published"),
    "T7b.over_span": ("整段时期", "Over all its years"),
    "T7b.task": (
        "暴露度 {exposure} × 采用率 {adoption} × {saving}{base}{capital}",
        "exposed {exposure} × adopted {adoption} × {saving}{base}{capital}",
    ),
    "T7b.saving": ("节约率 {saving_easy}", "saving {saving_easy}"),
    "T7b.saving.two": (
        "节约率（易任务 {saving_easy}，占 {easy_share}；难任务 {saving_hard}）",
        "saving ({saving_easy} on easy tasks, {easy_share} of all; {saving_hard} on hard ones)",
    ),
    "T7b.labour": (" × 劳动者报酬占比 {labour_share}", " × labour share {labour_share}"),
    "T7b.all_cost": ("（按全部成本）", " of all cost"),
    "T7b.capital": (" ÷（1 − 资本份额 {capital_share}）", " ÷ (1 − capital share {capital_share})"),
    "T7b.growth": ("年增速提高 {growth_added} 个百分点", "growth higher by {growth_added} points"),
    "T7b.growth.on": (
        "年增速在 {growth_without}% 的基础上提高 {growth_added} 个百分点，",
        "growth of {growth_without}% higher by {growth_added} points,",
    ),
    "T7b.growth.over": ("{built_over} 年内逐年拉开", "built up over {built_over} years"),
    "T7b.growth.at_once": ("立即实现", "at once"),
    "T7b.level": ("{years} 年后的水平高出 {level}%", "a level {level}% higher after {years} years"),
    "F7b.title": (
        "全要素生产率：已发表、重算、换成本报告的暴露度和上海的行业结构",
        "TFP: published, rebuilt, and with this report's exposure and Shanghai's weights",
    ),
    "F7b.alt": (
        "各研究全要素生产率的三组标记：已发表、用其自身参数重算、{mark}；{name} 的上限，已发表为 {published}，第三组为 {ours}，单位为每年百分点。",
        "Three marks a study for TFP: published, rebuilt from its own inputs, and with other sectors ({mark}). The upper end of {name} is {published} points a year as published and {ours} in the third.",
    ),
    "F7b.note": (
        "横线连接一项研究的上下限，单个标记为点估计。末几行为本模型的 5%—95% 区间与中位数。",
        "A line joins the two ends of a study's range; a single mark is a point estimate. The last rows are this model, 5 to 95% with the median.",
    ),
}  # fmt: skip

NEEDS = {
    "T7c.lead": (
        "再反过来问：要在本模型的公式中得到这些数字，采用率须提高多少？按本报告的节约率（劳动成本的 {saving}，乘以劳动者报酬占比后为全部成本的 {base}），{count} 个数字中有 {beyond} 个在各自的时期内需要的超过剩下的全部暴露任务，{alone} 个需要的“暴露度 × 采用率”高于此处任何一项研究。",
        "Then the question is turned round: how much would adoption have to rise for the formula of this model to give these numbers? With this report's saving ({saving} of labour cost, which times the labour share is {base} of all cost), {beyond} of {count} numbers need more than all exposed tasks that are left within their own years, and {alone} need a larger product of exposure and adoption than any study here has.",
    ),
    "T7c.lead.own": (
        "这与节约率大有关系：各研究的节约率同样折算后为全部成本的 {least} 至 {most}。{tasks} 个由任务构成的数字若用各自研究的节约率，需要最多的是“{name}”，为全部任务的 {largest}；用本报告的节约率则为 {ours}。",
        "Much of this hangs on the saving: on the same footing the studies save {least} to {most} of all cost. With the saving of its own study, none of the {tasks} numbers made of tasks needs more than {largest} of all tasks ({name}); with this report's saving that one needs {ours}.",
    ),
    "T7c.caption": (
        "在本模型的公式中，各数字需要多大的暴露度和采用率",
        "What exposure and adoption each number needs in the formula of this model",
    ),
    "T7c.note": (
        "中位数与 5%、95% 分位数来自同一组抽样（暴露度、节约率、溢出、劳动者报酬占比、资本份额）；除“用该研究的节约率”一列外，各列都用本报告的节约率，该列则直接由研究的数字除以其节约率和劳动者报酬占比，不含溢出。劳动生产率和地区生产总值先乘以（1 − 资本份额），换算为所需的全要素生产率，即假定资本已完全跟上，这是最宽松的读法；咨询机构的数字还含新产品等本公式没有的渠道。“到 2020 年”按同样的年率计三年；本模型到 2020 年采用率提高 {middle}（5%—95%：{low}至 {high}）。此处没有任何来源给出 2020 年前的暴露度和采用率；各研究的十年数字说的是 2023 年以后的技术，末列按每年的进度与之比较。各数字的来历见上表。",
        'The median and the 5 and 95% quantiles are over the same draws of exposure, savings, spillover, labour and capital shares. All columns hold with this report\'s saving but "with the study\'s own saving", which is the number divided by the saving and the labour share of the study, without spillover. Labour productivity and GDP are first turned into the TFP they take by one less the capital share, as if capital had followed in full: the kindest reading. Numbers of consultancies also hold channels that the formula lacks, such as new products. "By 2020" is three years at the same pace; in this model adoption rises by {middle} to 2020 (5 to 95%: {low} to {high}). No source here gives exposure and adoption by 2020: the ten-year numbers of the studies are about technology after 2023, and the last column compares the pace a year with theirs. The origin of each number a year stands in the table above.',
    ),
    "T7c.points": ("每年百分点", "Points a year"),
    "T7c.tfp": ("所需全要素生产率（每年百分点）", "TFP it takes (points a year)"),
    "T7c.product": (
        "所需暴露度 × 采用率增量（占全部任务），用本报告的节约率（{saving}）",
        "Exposure × rise of adoption (share of all tasks), with this report's saving ({saving})",
    ),
    "T7c.product.own": ("同左，用该研究的节约率", "The same with the study's own saving"),
    "T7c.rise": ("采用率增量（占暴露任务），自身时期，50%", "Rise of adoption (exposed tasks), own years, 50%"),
    "T7c.rise_at": (
        "采用率增量（占暴露任务），自身时期，{level}",
        "Rise of adoption (exposed tasks), own years, {level}",
    ),
    "T7c.between": ("同左，5%—95%", "The same, 5–95%"),
    "T7c.range": ("{low} 至 {high}", "{low} to {high}"),
    "T7c.by_deadline": ("同左，到 2020 年，50%", "The same by 2020, 50%"),
    "T7c.enough": (
        "暴露任务够不够（用本报告的节约率 {saving}）",
        "Are there tasks enough with this report's saving ({saving})?",
    ),
    "T7c.support": ("哪项研究的进度刚好达到", "The study that just has that pace"),
    "T7c.within": ("够", "yes"),
    "T7c.beyond": ("超过全部暴露任务", "no: more than all exposed tasks"),
    "T7c.beyond.both": ("超过全部暴露任务，到 2020 年就已超过", "no: more than all exposed tasks, already by 2020"),
    "T7c.beyond.own": ("{verdict}；用该研究的节约率则够", "{verdict}; yes with the study's own saving"),
    "T7c.beyond.tasks": ("超过全部任务", "no: more than all tasks there are"),
    "T7c.nobody": ("没有", "none"),
    "F7c.title": (
        "各数字所需的采用率增量（用本报告的节约率）",
        "The rise of adoption that each number needs with this report's saving",
    ),
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
