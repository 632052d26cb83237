"""Texts of the report's part 3: what changed since the last report."""

SINCE: dict[str, tuple[str, str]] = {
    "heading": ("与上一份报告相比", "What changed since the last report"),
    "first": (
        "这是本情景在此处的第一份报告，没有可比的上一份。",
        "This is the first report of the scenario in this place: there is no earlier one to compare with.",
    ),
    "by_hand": (
        "本部分只在生成报告时计算（tuiyan report）：对照的是同一位置已发布的上一份报告。",
        "This part is computed when a report is made (tuiyan report): it compares with the report that stands in the same place.",
    ),
    "refused": ("无法与上一份报告对照", "The last report cannot be compared with"),
    "last": (
        "上一份报告（校验值 {digest}）：本市数据截至 {as_of}，抽样 {draws} 次，种子 {seed}。",
        "The last report (digest {digest}): city facts known on {as_of}, {draws} draws, seed {seed}.",
    ),
    "nothing": (
        "自那时起，数据、参数、杠杆、程序、笔记本、params/ 下的各个文件以及比较对象均未改变，各项结果也未改变。",
        "Since then neither data, parameters, levers nor the program have changed, nor the notebook, any file under params/ or the scenario compared with; and no result has.",
    ),
    "nothing.own": (
        "自那时起，数据、参数、杠杆、程序、笔记本以及 params/ 下的各个文件均未改变，本情景各目标的概率与规模的中位数也未改变。",
        "Since then neither data, parameters, levers nor the program have changed, nor the notebook or any file under params/; the probabilities of this scenario's goals and its median scale have not moved.",
    ),
    "unmoved": (
        "自那时起的改动见下表。本情景各目标的概率与规模的中位数都没有因此改变；报告中的其他数字和文字则可能已经改变。",
        "What has changed since then stands in the table below; it moved no probability of a goal of this scenario and not its median scale. Other numbers and words of the report may have changed with it.",
    ),
    "other.another": (
        "比较对象换了：上一份报告为 {old}，本次为 {new}。本报告中凡与比较对象相减得出的数字，都不能与上一份报告中的直接对照。",
        "The scenario compared with is another one: {old} in the last report, {new} in this one. No difference from it in this report can be set beside that of the last one.",
    ),
    "other.none": ("无", "none"),
    "other.moved": (
        "比较对象“{title}”本身的结果也与上一份报告不同（见下两表），这些变动进入每一个与它相减得出的数字。",
        'The results of the scenario compared with, "{title}", are themselves not those of the last report (the two tables below), and that enters every difference from it.',
    ),
    "other.refused": (
        "比较对象无法与上一份报告中的对照",
        "The scenario compared with cannot be set beside that of the last report",
    ),
    "other.unknown.title": (
        "比较对象是否改变，无从得知",
        "Whether the scenario compared with has changed is not known",
    ),
    "other.unknown": (
        "上一份报告的存档中没有比较对象（{name}）的取值：当时的程序还不保存这一项。本次报告已予保存，下一次即可对照。",
        "The record of the last report does not hold the values of the scenario compared with ({name}): the program that made it did not keep them yet. This report does, so the next can be compared.",
    ),
    "goal.same": ("{goal} 的概率没有变，仍为 {after}。", "The probability of {goal} stays at {after}."),
    "scale.same": ("{year} 年规模的中位数没有变，仍为 {after}。", "The median scale of {year} stays at {after}."),
    "goal": (
        "{goal} 的概率由 {before} 变为 {after}：{steps}。",
        "The probability of {goal} goes from {before} to {after}: {steps}.",
    ),
    "scale": (
        "{year} 年规模的中位数由 {before}变为 {after}：{steps}。",
        "The median scale of {year} goes from {before} to {after}: {steps}.",
    ),
    "effect": ("{step} {value}", "{step} {value}"),
    "definition": (
        "两份报告之间，基年规模换了口径（“{old}”→“{new}”）。本部分一律按上一份报告的口径，由已声明的换算关系换回，因此末值与报告开头“结论”中的不同；“口径不确定”一行本来就按目标自己的口径，不受影响。",
        'Between the two reports the base-year scale has passed into another definition ("{old}" → "{new}"). All of this part is in the definition of the last report, led back through the declared bridge, so the final numbers are not those of the answer at the top; the row "definition uncertain" is in the goal\'s own definition anyway.',
    ),
    "lost": (
        "基年规模换了口径，又没有换算关系可以换回，凡取决于口径的数字不作比较。",
        "The base-year scale has passed into another definition and no declared bridge leads back: numbers that hang on it are not compared.",
    ),
    "draws_differ": (
        "两次的抽样数或种子不同：旧值先按原来的抽样重算，再按今天的抽样重算，两者之差单列一步；其误差按两次独立抽样计。",
        "Draws or seed differ: the old values are run on the old draws and then on today's, and the difference is a step of its own, with the error of two independent runs.",
    ),
    "draws": ("抽样次数", "number of draws"),
    "seed": ("随机种子", "seed"),
    "step.code": ("程序", "program"),
    "step.draws": ("抽样", "draws"),
    "step.data": ("数据", "data"),
    "step.parameters": ("参数", "parameters"),
    "step.levers": ("杠杆", "levers"),
    "step.other": ("比较对象", "scenario compared with"),
    "step.last": ("上一份报告", "Last report"),
    "step.now": ("本次", "This report"),
    "step.total": ("合计", "Total"),
    "outcome.scope": ("{goal}，口径不确定", "{goal}, definition uncertain"),
    "outcome.all": ("各项目标同时达到", "All goals together"),
    "outcome.scale": ("规模中位数，{year} 年", "Median scale, {year}"),
    "column.outcome": ("结果", "Outcome"),
    "column.step": ("步骤", "Step"),
    "column.origin": ("出处", "Set in"),
    "T3s.caption": ("各步对目标概率的影响", "Effect of each step on the probabilities of the goals"),
    "T3s.note": (
        "从左到右逐步替换：上一份报告的值 → 今天的程序 →（抽样不同时）今天的抽样 → 数据 → 参数 → 杠杆。未经舍入时各步之和等于合计；每个数只印其误差所支持的位数，因此按印出的数相加可能有出入。每一步的大小取决于次序。数据、参数、杠杆三步用同一批抽样，误差是配对差值的误差；程序一步只有存档的结果（十位有效数字），没有误差可言；“合计”的误差是首末两次运行配对差值的误差（抽样不同时按两次独立抽样计），同样不含程序一步。“—”：在该步的一端没有意义（没有政策就没有试点）。程序一步总是列出；其余各步没有改动的不列。",
        "Taken over from left to right: values of the last report → today's program → today's draws, where they differ → data → parameters → levers. Before rounding the steps sum to the total; each number shows only the digits that its error supports, so printed numbers may not add up exactly. The size of each step depends on the order. The steps of data, parameters and levers share their draws and their error is that of the paired difference; of the step of the program only archived results are left (ten significant digits), so it has no error. The error of the total is that of the paired difference of the first run and the last (of two independent runs, where the draws differ), without the program's part. A dash: no meaning at one end of the step (without the policy there are no pilots). The step of the program always stands here; other steps in which nothing changed are left out.",
    ),
    "T3t.caption": ("各步对规模中位数的影响", "Effect of each step on the median scale"),
    "T3v.caption": (
        "比较对象“{title}”：各步对目标概率的影响",
        'The scenario compared with, "{title}": effect of each step on the probabilities of the goals',
    ),
    "T3w.caption": (
        "比较对象“{title}”：各步对规模中位数的影响",
        'The scenario compared with, "{title}": effect of each step on the median scale',
    ),
    "T3u.caption": ("改了什么", "What changed"),
    "T3u.note": (
        "“程序”一步包括存档没有逐值保存的一切：代码、笔记本、依赖、平台、行业与领域表、目标与口径的登记，以及参数与情景文件中的文字、证据等级和界限。params/ 下的文件凡有改动一律列出，包括本情景没有直接取值的。与本情景相同的改动，在“比较对象”名下不再重列。哈希值只列前 12 位。",
        "The step of the program includes all that the archive does not hold value by value: code, notebook, dependencies, platform, tables of sectors and segments, the registers of goals and definitions, and the texts, grades and bounds in the files of parameters and scenarios. Every file under params/ that changed stands here, also one that this scenario takes no value from. A change that is the same in the scenario compared with is not listed again under its name. Of a hash the first 12 characters are shown.",
    ),
    "item.code": ("程序代码", "program code"),
    "item.lock": ("依赖锁定文件", "lock file"),
    "item.notebook": ("笔记本", "notebook"),
    "item.version": ("{name} 的版本", "version of {name}"),
    "item.platform": ("平台：{name}", "platform: {name}"),
    "item.table": ("表或登记文件", "table or register"),
    "item.facts": (
        "事实文件（不进入抽样；由事实学到的内容、以往预测的检验、所引的已公布数字以此为据）",
        "file of facts (never enters the draws; what is learned, tests of past forecasts and published figures rest on it)",
    ),
    "item.by_value": (
        "参数或情景文件（文字、证据等级、界限的改动只见于此行）",
        "file of parameters or of a scenario (of texts, grades and bounds only this row tells)",
    ),
    "item.outside": (
        "params/ 之外的情景文件：标题、理由、来源或证据等级",
        "scenario file outside params/: title, reasons, sources or grades",
    ),
    "item.against": ("比较对象", "scenario compared with"),
    "item.gone": ("{name}（不再是参数）", "{name} (no longer a parameter)"),
    "item.added": ("{label}（新登记，各步都取今天的值）", "{label} (new; at today's value in all steps)"),
    "F3s.title": ("由上一份报告到本次", "From the last report to this one"),
    "F3s.chance": ("{goal} 的概率", "Probability of {goal}"),
    "F3s.note": (
        "自上而下逐步相加，概率各步的单位为百分点；次序固定，见上表的注。横轴不从零开始。",
        "Added step by step from top to bottom, in a fixed order, see the note under the table; steps of the probability are in percentage points. The axes do not start at zero.",
    ),
    "F3s.alt": ("瀑布图，逐步相加。{told}", "Waterfalls, added step by step. {told}"),
}

CODES: dict[str, tuple[str, str]] = {
    "E290": (
        "{path} 不是已发布的报告：其中没有 {file}。",
        "{path} is not a published report: there is no {file} in it.",
    ),
    "E290.remedy": (
        "请给出报告所在的文件夹，例如 reports/announced；省略则与同一位置的上一份报告对照。",
        "Give the folder of a report, such as reports/announced; without it the report in the same place is taken.",
    ),
    "E291": (
        "上一份报告缺少 {file}，或者它过大、不是 UTF-8 文本。",
        "the last report lacks {file}, or the file is too large or is not UTF-8 text.",
    ),
    "E291.remedy": (
        "本次报告照常发布，下一次将与它对照。",
        "This report is published all the same; the next one will be compared with it.",
    ),
    "E292": ("上一份报告的 {file} 已损坏，位置：{place}。", "{file} of the last report is damaged, at {place}."),
    "E292.remedy": (
        "可用 tuiyan verify 检查该报告；本次报告照常发布，下一次将与它对照。",
        "Check that report with tuiyan verify; this one is published all the same, and the next will be compared with it.",
    ),
    "E293": (
        "上一份报告的 {file} 与其 manifest.json 所记的校验值不符：发布之后被改动过。",
        "{file} of the last report does not have the hash that its manifest.json records: it was changed after it was published.",
    ),
    "E293.remedy": (
        "请恢复原文件，或用 --since 指定另一份报告。",
        "Restore the file, or name another report with --since.",
    ),
    "E294": (
        "上一份报告的情景是 {other}，不是 {name}。",
        "the last report is of the scenario {other}, not of {name}.",
    ),
    "E294.remedy": ("请指定同一情景的报告。", "Name a report of the same scenario."),
    "E295": (
        "存档的 {key} 的取值形式与今天的登记不符（数的个数、是否随机、是否逐年）。",
        "the archived value of {key} does not have the form that the register has today (how many numbers, whether random, whether by year).",
    ),
    "E295.remedy": (
        "登记改过，旧值不能再运行；请用当时的程序与参数比较。",
        "The register was changed and the old value cannot be run any more; compare with the code and parameters of that time.",
    ),
    "E296": (
        "情景 {name} 的新旧取值不能合在一起运行：{why}",
        "old and new values of the scenario {name} cannot be run together: {why}",
    ),
    "E296.remedy": (
        "请分两次改动，各出一份报告。",
        "Make the changes in two steps, with a report after each.",
    ),
    "E297": (
        "--since 指定的是某一情景的上一份报告，不能与 {given} 同用。",
        "--since names the last report of one scenario; it does not go with {given}.",
    ),
    "E297.remedy": (
        "请逐个情景生成报告，每次用各自的 --since；或去掉 --since，与同一位置的上一份报告对照。",
        "Make the report of each scenario by itself with its own --since, or leave --since out to compare with the report that stands in the same place.",
    ),
}

TEXTS: dict[str, tuple[str, str]] = {
    "cli.since": (
        "“与上一份报告相比”所对照的报告（默认为同一位置的上一份）",
        "earlier report to compare with in the part on changes (default: the one in the same place)",
    ),
    "report.part.since": ("与上一份报告相比", "since the last report"),
    **{f"report.since.{key}": text for key, text in SINCE.items()},
    **CODES,
}
