"""Backtests, fitted curves and their scores."""

TEXTS: dict[str, tuple[str, str]] = {
    # Why a fitted curve does not tell where it ends.
    "fit.few_points": (
        "点数（{points}）不多于曲线的参数个数，上限无从识别",
        "no more points ({points}) than the curve has parameters, so its ceiling cannot be told",
    ),
    "fit.runs_off": (
        "数据（{points} 个点）把上限推到已达水平的一百倍以上：尚未显出拐点",
        "the points ({points}) push the ceiling beyond a hundred times what has been reached: they show no turn yet",
    ),
    "fit.not_converged": (
        "估计未收敛（{points} 个点）",
        "the search did not come to rest ({points} points)",
    ),
    "fit.open": (
        "数据（{points} 个点）定不出某些参数：它们变动而曲线不变",
        "the points ({points}) do not tell some parameters: these can move and leave the curve as it is",
    ),
    "fit.few_sales": (
        "点数（{points}）少于七个，没有先验时 Bass 曲线的市场规模不可信",
        "fewer than seven points ({points}), too few for the market size of a Bass curve without priors",
    ),
    "fit.wide": (
        "上限的标准误超过其自身的一半（{points} 个点）",
        "the standard error of the ceiling is above half of it ({points} points)",
    ),
    "fit.prior_only": (
        "点数（{points}）太少，什么也学不到：给出的是先验",
        "too few points ({points}) to learn from: this is the prior",
    ),
    # Why the variances of a state space model are weak.
    "state.few_points": (
        "点数（{points}）少于十个：误差与水平的方差难以分开",
        "fewer than ten points ({points}): they hardly tell the variance of the error from that of the level",
    ),
    "state.not_converged": (
        "方差的估计未收敛（{points} 个点）",
        "the search for the variances did not come to rest ({points} points)",
    ),
    # The panel of analogue series and its files.
    "E210": (
        "序列 {series} 的这一行是第 {given} 年，这里应为第 {due} 年。",
        "this row of series {series} is year {given}; year {due} is due here.",
    ),
    "E210.remedy": (
        "各序列的年份应从 1 起连续，各行相邻；缺的年份不能跳过。",
        "Number the years of a series from 1 without a gap, its rows together; a missing year cannot be skipped.",
    ),
    "E211": (
        "序列 {series} 的 {key} 先写 {before}，这里写 {given}。",
        "{key} of series {series} is {before} first and {given} here.",
    ),
    "E211.remedy": (
        "一个序列只能有一个单位、名称和来源；口径不同的数值请另立序列。",
        "Give a series one unit, name and source; figures of another kind are a series of their own.",
    ),
    "E212": ("{key} 为 {given}，没有对数。", "{key} is {given}, which has no logarithm."),
    "E212.remedy": (
        "请填大于 0 的数；尚未开始的年份不要列入。",
        "Give a number above 0; leave out years before the start.",
    ),
    "E213": (
        "{series} 只有 {count} 行，至少需要 {fewest} 行。",
        "{series} has {count} rows; it needs at least {fewest}.",
    ),
    "E213.remedy": ("请补充数据，或删去这个序列。", "Add data, or remove the series."),
    "E214": (
        "没有名为 {given} 的方法，可选：{allowed}。{nearest}",
        "there is no method {given}; there are {allowed}. {nearest}",
    ),
    "E214.remedy": ("请选用其中之一。", "Choose one of these."),
    "E215": (
        "看到 {origin} 年后预测其后第 {horizon} 年，没有可评分的数值。",
        "nothing is scored {horizon} years after the first {origin}.",
    ),
    "E215.remedy": (
        "起点至少为 {fewest} 年，预测期至少为 1 年，两者之和不超过最长序列的年数；已完成的回测只能选用它自己的起点和预测期。",
        "See at least {fewest} years, look at least 1 ahead, and stay within the longest series; of a finished backtest choose its own origins and horizons.",
    ),
    "E216": (
        "没有名为 {given} 的评分，可选：{allowed}。{nearest}",
        "there is no score {given}; there are {allowed}. {nearest}",
    ),
    "E216.remedy": ("请选用其中之一。", "Choose one of these."),
}
