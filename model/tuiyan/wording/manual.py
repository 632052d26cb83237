"""Texts of the manual's generated pages, of the JSON Schema that editors show, and of a study of one's own."""

TEXTS: dict[str, tuple[str, str]] = {
    # What an editor shows for a file and for a key (inputs.json_schema).
    "schema.about": ("由声明生成 params/schema/ 中的 JSON Schema", "write the JSON Schema of params/schema/ from the declarations"),
    "schema.limits": ("单位：{unit}；硬界 {hard}", "unit: {unit}; hard bounds {hard}"),
    "schema.limits.soft": ("单位：{unit}；硬界 {hard}；软界 {soft}", "unit: {unit}; hard bounds {hard}; soft bounds {soft}"),
    "file.scenario": ("情景：只写与上级不同之处", "a scenario: only what differs from its parent"),
    "file.parameters": ("参数登记表", "the register of parameters"),
    "file.levers": ("政策杠杆", "the levers"),
    "file.measures": ("措施及其对应的杠杆", "the measures and the levers they move"),
    "file.goals": ("政策文件的目标登记表", "the goal register of a policy document"),
    "file.definitions": ("统计口径与换算", "statistical definitions and bridges"),
    "file.sources": ("文献目录", "the bibliography"),
    "file.tables": ("各表格列的含义", "what the columns of the tables mean"),
    "key.bounds": ("区间，如 \"[0, 1]\"、\"(0, inf)\"，或取值表，如 \"{{0, 1}}\"", "an interval such as \"[0, 1]\" or \"(0, inf)\", or a list such as \"{{0, 1}}\""),
    "key.extends": ("上级情景的标识；省略时为 baseline", "id of the parent; baseline when left out"),
    "key.title": ("标题，中英文", "title in Chinese and English"),
    "key.story": ("情景说明，中英文", "the story in Chinese and English"),
    "key.author": ("作者", "who wrote it"),
    "key.reason": ("为什么要做这个情景或修订", "why this scenario or revision is made"),
    "key.not_modelled": ("没有纳入模型的内容", "what the model leaves out"),
    "key.as_of": ("只用该日及以前公布的数据，如 2017-11-14", "only what was published by this day is known, such as 2017-11-14"),
    "key.horizon": ("推演的最后一年", "last year of the projection"),
    "key.levers": ("政府的选择：杠杆与政策设定，不带分布", "what a government chooses: levers and policy settings, never a distribution"),
    "key.uncertain": ("没有人知道的数：不确定参数", "what nobody knows: uncertain parameters"),
    "key.set": ("改为这个值、分布或逐年路径", "the new value, law or path over years"),
    "key.add": ("加上这个数", "add this number"),
    "key.scale": ("乘以这个正数；对数正态分布乘其中位数", "multiply by this number above zero; for a lognormal law its median"),
    "key.widen": ("把分布的宽度乘以这个数", "multiply the width of the law by this number"),
    "key.between": ("两个年份之间：step 阶梯，linear 线性，loglinear 对数线性，logistic 逻辑斯蒂", "between two years: step, linear, loglinear or logistic"),
    "key.between.array": ("哪两个参数，写标识", "which two parameters, by id"),
    "key.rank": ("秩相关系数，在 -1 与 1 之间", "rank correlation, between -1 and 1"),
    "key.series": ("观测序列的标识，见 facts/", "id of a series of facts/"),
    "key.year": ("年份", "year"),
    "key.then": ("最后一年之后：hold 保持，stop 回到上级的值", "after the last year: hold it, or stop and return to the parent's value"),
    "key.because": ("改动的理由，中英文", "why it is changed, in Chinese and English"),
    "key.grade": ("证据等级：official 官方，study 研究，estimate 推算，judgement 判断", "grade of the evidence: official, study, estimate or judgement"),
    "key.sources": ("来源标识，须在 sources.yaml 中登记；省略时为 analyst（判断）", "ids of sources, registered in sources.yaml; analyst (judgement) when left out"),
    "key.correlations": ("两个不确定参数的秩相关", "rank correlations of two uncertain parameters"),
    "key.value": ("数值", "the value"),
    "key.facts_used": ("选用哪些观测；只选择，不修改", "which observations are used: it selects and edits none"),
    "key.definition": ("所用的统计口径", "the statistical definition used"),
    "key.zh": ("中文", "in Chinese"),
    "key.en": ("英文", "in English"),
    "key.family": ("分布：fixed normal lognormal triangular beta dirichlet", "law: fixed normal lognormal triangular beta dirichlet"),
    "key.mean": ("均值", "mean"),
    "key.sd": ("标准差", "standard deviation"),
    "key.median": ("中位数", "median"),
    "key.sd_log": ("对数的标准差", "standard deviation of the logarithm"),
    "key.low": ("下端", "lower end"),
    "key.mode": ("众数", "mode"),
    "key.high": ("上端", "upper end"),
    "key.a": ("Beta 分布的第一参数", "first parameter of the beta law"),
    "key.b": ("Beta 分布的第二参数", "second parameter of the beta law"),
    "key.concentration": ("集中度：乘以 segments.csv 的份额", "concentration: times the shares of segments.csv"),
    "key.shares": ("dirichlet 的中心份额，每个细分领域一个，合计为 1；不写时用 segments.csv 的份额", "central shares of a dirichlet, one for each segment, that sum to 1; those of segments.csv when left out"),
    "key.p5": ("5% 分位数", "5% quantile"),
    "key.p50": ("中位数", "median"),
    "key.p95": ("95% 分位数", "95% quantile"),
    "key.unit": ("单位，取自 inputs/units.py 的单位表", "unit, one of the closed list of inputs/units.py"),
    "key.law": ("概率分布", "the probability law"),
    "key.stream": ("随机流编号，只增不改", "stream number; append-only"),
    "key.known_from": ("自该日起采用", "used from this day on"),
    # Generated pages of the manual (tools/manual.py).
    "manual.findings": ("检查信息", "Findings"),
    "manual.findings.about": ("`tuiyan check` 逐行检查工作区，每个问题给出文件、行、列、编号、说明与改法。编号不变；E 为错误，不能运行；W 为警告，可以运行，报告会重复它；N 为提示。`{{word}}` 处填入具体内容。每个编号下是一个会引出它的最小例子。", "`tuiyan check` reads every file of the workspace and tells each problem with its file, line, column, code and remedy. Codes never change their meaning: E is an error and nothing runs, W a warning that the report repeats, N a note. Words in braces such as `{{word}}` are filled in. Under each code stands a small example that gives it."),
    "manual.head": ("除另有说明外，`trial.yaml` 的例子之前都有下列开头：", "Unless it says otherwise, an example of `trial.yaml` follows this head:"),
    "manual.remedy": ("改法", "Remedy"),
    "manual.instead": ("改动 `{file}`：", "A change of `{file}`:"),
    "manual.added": ("`{file}`：", "`{file}`:"),
    "manual.encoded": ("`{file}`，以 {encoding} 编码保存：", "`{file}`, saved as {encoding}:"),
    "manual.repeated": ("`{file}`，此行重复 {times} 次：", "`{file}`, with this line {times} times:"),
    "manual.typed": ("在终端：", "In a terminal:"),
    "manual.python": ("在 Python 中：", "In Python:"),
    "manual.notebook": ("笔记本 `report.ipynb` 的参数：", "Parameters of the notebook `report.ipynb`:"),
    "manual.parameters": ("参数表", "Parameters"),
    "manual.parameters.about": ("由 `params/parameters.yaml` 生成，共 {count} 个。分布为登记的起始分布：LN 对数正态（中位数，对数标准差），N 正态（均值，标准差），T 三角（下端，众数，上端）；“自”之后是该日起采用的分布。界限先硬后软：超出硬界不能运行，超出软界有警告。", "Generated from `params/parameters.yaml`: {count} parameters. Laws as registered: LN lognormal (median, sd of the log), N normal (mean, sd), T triangular (low, mode, high); what follows \"from\" is the law from that day on. Hard bounds come first, then soft ones: outside the hard ones nothing runs, outside the soft ones there is a warning."),
    "manual.from": ("自 {day}", "from {day}"),
    "manual.id": ("标识", "id"),
    "manual.zh": ("中文名", "Chinese"),
    "manual.en": ("英文名", "English"),
    "manual.unit": ("单位", "unit"),
    "manual.law": ("分布", "law"),
    "manual.bounds": ("界限", "bounds"),
    "manual.grade": ("证据", "grade"),
    "manual.sources": ("来源", "sources"),
    "manual.generated": ("由 `python3 run.py docs` 生成，请勿手改。", "Made by `python3 run.py docs`; not edited by hand."),
    # The README.md that `tuiyan init` puts into a study.
    "study.readme": (
        """# 我的推演

由 `tuiyan init` 从随附文件复制而来，全部内容都可以修改；在本文件夹中运行的命令只读这里的文件。

## 修改什么

| 文件 | 内容 |
| --- | --- |
| `params/scenarios/` | 情景：复制一个文件，改标题、说明和 `levers`、`uncertain`；只写与上级不同之处，每项改动写明理由 |
| `params/parameters.yaml` | 每个参数的单位、分布、界限、来源与证据等级 |
| `params/*.csv`、`levers.yaml`、`measures.yaml`、`goals/`、`facts/` | 行业与细分领域、杠杆、措施、目标、观测 |
| `notebooks/` | 写成报告、情景比较、标准冲击和回溯检验的笔记本 |

每个 YAML 文件的首行指明其结构（`params/schema/`），JupyterLab 与 VS Code 据此补全并标出错误。新增参数或杠杆后，用 `python -m tuiyan.inputs.json_schema` 更新。

## 命令

    tuiyan list                  # 有哪些情景
    tuiyan check                 # 运行之前检查全部文件
    tuiyan run announced         # 各项目标的概率
    tuiyan study announced       # 差别由何而来、需要多少力度、在哪里落空
    tuiyan report announced      # 中英文报告，写入 reports/
    papermill notebooks/report.ipynb out.ipynb -p scenario announced
""",
        """# A study of one's own

Copied by `tuiyan init` from the shipped files. All of it may be changed; commands run in this folder read these files only.

## What to edit

| file | holds |
| --- | --- |
| `params/scenarios/` | scenarios: copy one, change title, story, `levers` and `uncertain`; only what differs from the parent, with a reason for each change |
| `params/parameters.yaml` | unit, law, bounds, sources and grade of the evidence of every parameter |
| `params/*.csv`, `levers.yaml`, `measures.yaml`, `goals/`, `facts/` | sectors and segments, levers, measures, goals, observations |
| `notebooks/` | the notebooks that become the report, a comparison, the standard shocks and the backtest |

The first line of each YAML file names its schema (`params/schema/`): JupyterLab and VS Code complete keys and underline mistakes. After a new parameter or lever, `python -m tuiyan.inputs.json_schema` renews it.

## Commands

    tuiyan list                  # the scenarios there are
    tuiyan check                 # every file, before anything runs
    tuiyan run announced         # the probability of each goal
    tuiyan study announced       # what drove it, what a goal needs, where it is missed
    tuiyan report announced      # the report in Chinese and English, in reports/
    papermill notebooks/report.ipynb out.ipynb -p scenario announced
""",
    ),
}  # fmt: skip
