"""Texts of the notebook `backtest` and of the page that is made from it."""

TESTED: dict[str, tuple[str, str]] = {
    "title": ("回溯检验：{title}", "Backtest: {title}"),
    "story": (
        "把较早的日子冻结起来预测，再用其后公布的数值评分：预测方法在已走完的类比序列上的表现，以及模型在本市各期数据上的表现。",
        "Forecasts made from earlier days are scored by what came later: methods on finished analogue series, and the model on the city's own vintages.",
    ),
    "source": (
        "来源：本报告计算。假定“{title}”就是实际发生的情景；只看 {until}及以前公布的数值；{draws} 次抽样，种子 {seed}。",
        'Source: own calculation. "{title}" is held to have happened; figures published by {until}; {draws} draws, seed {seed}.',
    ),
    "source.panel": (
        "来源：本报告计算；每个预测 {draws} 次抽样，种子 {seed}。",
        "Source: own calculation; {draws} draws a forecast, seed {seed}.",
    ),
    "refused": ("无法给出。", "Nothing can be given here."),
    # The answer.
    "heading": ("结论，以及怎样读", "The answer, and how to read it"),
    "losses": (
        "在“见几年、预测其后第几年”的全部 {all} 种组合中，默认混合有 {won} 种优于该组合的最佳朴素方法，{count} 种不如（{lost}）；技能的 90% 区间有 {above} 种全在 0 以上，{below} 种全在 0 以下。",
        "Of all {all} combinations of years seen and years ahead the default pool beats the best naive method in {won} and loses to it in {count} ({lost}); the 90% interval of skill lies above 0 in {above} and below 0 in {below}.",
    ),
    "losses.none": (
        "在“见几年、预测其后第几年”的全部 {all} 种组合中，默认混合都不差于该组合的最佳朴素方法；技能的 90% 区间有 {above} 种全在 0 以上，{below} 种全在 0 以下。",
        "The default pool is no worse than the best naive method in any of the {all} combinations of years seen and years ahead; the 90% interval of skill lies above 0 in {above} and below 0 in {below}.",
    ),
    "combination": ("见 {points} 年时的其后第 {ahead} 年", "{points} years seen and {ahead} ahead"),
    "held": (
        "{method}的 50% 和 90% 区间分别包含了 {cases} 个结果中的 {half} 和 {most}",
        "The 50% and 90% intervals of {method} held {half} and {most} of {cases} outcomes",
    ),
    "ours": ("默认混合", "the default pool"),
    "named": ("“{name}”", '"{name}"'),
    "held.wide": ("{held}：区间偏宽。", "{held}: wider than they need be."),
    "held.narrow": ("{held}：区间偏窄。", "{held}: narrower than they claim to be."),
    "held.mixed": ("{held}：说不上偏宽还是偏窄。", "{held}: neither clearly too wide nor too narrow."),
    "city.counts": (
        "本市只有 {origins} 个起点、{figures} 个可评分的数值：模型学习之前的 {all} 个预测中位数有 {above} 个低于公布值。",
        "For the city (origins: {origins}; figures to score by: {figures}), {above} of {all} medians of the model before learning lie below the figure.",
    ),
    "city.common": (
        "各种预测都有的只有 {pairs} 次，CRPS 平均为：{means}；次数太少，只陈列，不排名。",
        "Where every method spoke (occasions: {pairs}), the mean CRPS is {means}: too few to rank, so they are only shown.",
    ),
    "city.mean": ("“{name}”{crps}", '{crps} for "{name}"'),
    "city.refused": ("本市的预测无法给出，原因见“本市各期数据”一部分。", "The forecasts of the city could not be made; the part on the city says why."),
    "city.nothing": (
        "截至 {when}，还没有公布过可以为较早的预测评分的本市数值。",
        "By {when} no figure of the city had been published by which an earlier forecast could be scored.",
    ),
    "reading": ("怎样读这些数字，它们不能说明什么", "How to read these numbers, and what they cannot show"),
    "read.scores": (
        "评分都取数值的对数，越小越好：CRPS 比较整个预测分布与结果，没有不确定性时就是对数误差的绝对值。技能 = 1 − CRPS/最佳朴素方法的 CRPS，大于 0 才值得费事；它的 90% 区间来自对序列的自助抽样。",
        "All scores are of logs, the lower the better. The CRPS compares the whole forecast with the outcome; of a forecast without uncertainty it is the absolute log error. Skill = 1 - CRPS / that of the best naive method: only above 0 is a method worth its trouble. Its 90% interval comes from drawing series again.",
    ),
    "read.series": (
        "类比序列只有 {series} 个，其中几个是同一家企业的各代计算机，同一序列的预测彼此相关；首次购买和在用台数不是产业收入，在此取胜的方法在那里未必取胜。",
        "There are only {series} analogue series, some of them generations of one firm's computers, and forecasts of one series hang together. First purchases and machines in use are not industry revenue: what wins here need not win there.",
    ),
    "read.blind": (
        "默认混合的三种方法是看过这些序列的点误差之后提出的，因此它自己的得分不是盲测；各方法的分布宽度在看到任何分布得分之前就已确定。",
        "The three methods of the default pool were proposed with the point errors of these series in view, so its own score is no blind test; the spreads were settled before any score of a spread was seen.",
    ),
    "read.frozen": (
        "在每个起点冻结的是本市的公布值；程序、先验和效应大小是今天的，其中一部分来自更晚的文献。因此这不是当时真正作出的预测。“{title}”的力度就是实际力度，也是假定：没有人测量过。",
        'What is frozen at each origin are the figures of the city. The code, the priors and the effect sizes are those of today, and some rest on later literature, so these are not forecasts that anybody made at the time. That the efforts of "{title}" are those that happened is an assumption too: nobody measured them.',
    ),
    "read.panel": (
        "要检验这类模型，需要许多份规划（各省、各细分产业）从冻结的起点预测；现在还没有这样的面板。",
        "A credible test needs a panel of plans, of provinces and of segments, forecast from frozen origins. There is none yet.",
    ),
    # Methods on finished series.
    "panel.heading": ("预测方法在类比序列上的技能", "Skill of forecasting methods on analogue series"),
    "panel.lead": (
        "{series} 个序列：{names}。从各序列的前 {first} 至 {last} 年预测其后 {near} 至 {far} 年。",
        "{series} series: {names}. The first {first} to {last} years of each are seen, and the next {near} to {far} years forecast.",
    ),
    "panel.caption": ("见前 {points} 年：各方法在其后第 {near} 年和第 {far} 年的评分", "{points} years seen: scores of the methods {near} and {far} years ahead"),
    "panel.ahead": ("第 {ahead} 年", "{ahead} ahead"),
    "panel.low": ("5%", "5%"),
    "panel.high": ("95%", "95%"),
    "panel.order": (
        "按其后第 {far} 年的 CRPS 排列；5% 和 95% 为技能的区间。",
        "In the order of the CRPS {far} years ahead; 5% and 95% are those of the skill.",
    ),
    "skill.title": ("其后第 {ahead} 年的技能，按所见年数", "Skill {ahead} years ahead, by years seen"),
    "skill.panel": ("见前 {points} 年", "{points} years seen"),
    "skill.alt": (
        "{count} 幅小图，每幅对应一个所见年数：各方法的技能与 90% 区间，空心为朴素方法。默认混合：{found}。",
        "{count} panels, one for each number of years seen: skill of each method with its 90% interval; naive methods are hollow. The default pool: {found}.",
    ),
    "skill.found": ("见 {points} 年 {skill}", "{skill} with {points} years"),
    "skill.caption": (
        "空心为朴素方法；0 为每幅中最佳的朴素方法。低于 {floor} 的画成左边缘的箭头，数值见下。{line}",
        "Hollow: naive methods; 0 is the best naive method of each panel. What lies below {floor} is an arrow at the left edge, with its number in the table. {line}",
    ),
    "course.title": ("CRPS（对数）随预测期的变化", "CRPS (log) by years ahead"),
    "course.axis": ("预测其后第几年", "years ahead"),
    "course.alt": (
        "{count} 幅小图，每幅对应一个所见年数，纵轴为对数：各方法在其后各年的平均 CRPS，朴素方法为虚线。默认混合在其后第 {ahead} 年：{found}。",
        "{count} panels, one for each number of years seen, on a log axis: mean CRPS of each method by years ahead; naive methods are dashed. The default pool {ahead} years ahead: {found}.",
    ),
    "course.caption": (
        "粗线为默认混合，虚线和空心为朴素方法；纵轴为对数。{line}",
        "Thick: the default pool. Dashed and hollow: naive methods. Log axis. {line}",
    ),
    # Reliability.
    "reliability.heading": ("可靠性：区间说到做到吗", "Reliability: do the intervals keep their word"),
    "reliability.cases": (
        "全部 {cases} 个预测来自 {units} 个序列，彼此相关，因此下列比例并不像个数所显示的那样确定。",
        "All {cases} forecasts come from {units} series and hang together, so the shares below are less certain than their number suggests.",
    ),
    "reliability.caption": ("中心区间自称的与实际包含的比例", "Share of outcomes that central intervals claim and held"),
    "reliability.of": ("{method}，包含", "{method}, held"),
    "pit.caption": ("概率积分变换（PIT）", "Probability integral transform (PIT)"),
    "pit.mean": ("均值", "mean"),
    "pit.variance": ("方差", "variance"),
    "pit.cases": ("预测数", "forecasts"),
    "pit.count": ("个", "count"),
    "pit.share": ("0 至 1", "0 to 1"),
    "pit.note": (
        "PIT 是预测给较小值的概率，后几列为落在各段的个数。均值偏离 0.5 为偏高或偏低；方差大于 1/12 为区间过窄，小于 1/12 为过宽。{line}",
        "PIT: the probability that was given to smaller values; the last columns count how many lie where. A mean off 0.5 is a bias; a variance above 1/12 means intervals that are too narrow, below it too wide. {line}",
    ),
    "calibrated": ("校准的预测", "a calibrated method"),
    "axis.claimed": ("区间自称的比例", "claimed by the central interval"),
    "axis.held": ("实际包含的比例", "held"),
    "axis.pit": ("PIT（结果落在预测分布的哪一段）", "PIT: where the outcome fell in the forecast"),
    "axis.outcomes": ("结果的个数", "outcomes"),
    "reliability.title": ("可靠性与 PIT", "Reliability and PIT"),
    "reliability.title.alone": ("可靠性", "Reliability"),
    "reliability.alt": (
        "横轴为区间自称的比例，纵轴为实际包含的比例，对角线为校准的预测。{held}",
        "Share that central intervals claim against the share they held; the diagonal is a calibrated method. {held}",
    ),
    "reliability.alt.histogram": (
        "旁为 PIT 直方图，{name}自低至高：{counts}。",
        "Beside it the PIT histogram; {name}, from low to high: {counts}.",
    ),
    "reliability.data": (
        "直方图的个数见上面关于 PIT 的表。",
        "The counts of the histogram stand in the table on the PIT above.",
    ),
    "reliability.note": (
        "在对角线以上，区间偏宽；以下则偏窄。直方图平坦为校准，中间高为过宽，两端高为过窄。{line}",
        "Above the diagonal intervals are too wide, below it too narrow. A flat histogram is a calibrated method; high in the middle: too wide; high at the ends: too narrow. {line}",
    ),
    # The city.
    "city.heading": ("本市各期数据", "The city's own vintages"),
    "common.caption": (
        "各种预测都有的 {pairs} 次：只陈列，不排名",
        "Where every method spoke (occasions: {pairs}): shown, not ranked",
    ),
    "common.error": ("对数误差绝对值的均值", "mean |log error|"),
    "common.crps": ("CRPS 均值", "mean CRPS"),
    "common.inside": ("落入 90% 区间", "inside the 90% interval"),
    "common.log": ("对数", "log"),
    "common.figures": ("次", "count"),
    # What was learned.
    "learning.heading": ("学到了什么：先验与后验", "What was learned: prior against posterior"),
    "learning.nothing": (
        "截至 {when}，没有公布过可以进入似然的数值：后验就是先验。",
        "By {when} nothing had been published that may enter a likelihood: the posterior is the prior.",
    ),
    "learning.after": (
        "规模目标的概率由 {before} 变为 {after}（同一口径），由 {before_scope} 变为 {after_scope}（目标口径不确定）；这是事后的评估，不是预测。",
        "The probability of the scale goal goes from {before} to {after} in the same definition, and from {before_scope} to {after_scope} with the goal's definition uncertain; this is hindsight, not a forecast.",
    ),
}  # fmt: skip

PARTS: dict[str, tuple[str, str]] = {
    "panel": ("类比序列", "analogue series"),
    "reliability": ("可靠性", "reliability"),
    "city": ("本市各期数据", "the city's vintages"),
    "learning": ("先验与后验", "prior against posterior"),
}

TEXTS: dict[str, tuple[str, str]] = {
    **{f"report.tested.{key}": text for key, text in TESTED.items()},
    **{f"report.part.{key}": text for key, text in PARTS.items()},
}
