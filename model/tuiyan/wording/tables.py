"""Input-output tables: what is read and what is wrong with them."""

TEXTS: dict[str, tuple[str, str]] = {
    "io.row": ("行", "row"),
    "io.sector": ("部门行", "row of a sector"),
    "io.column": ("列", "column"),
    "io.import": ("进口品行", "row of imported goods"),
    "io.final": ("最终使用列", "column of final demand"),
    "io.empty": ("空格：此处版式不放内容", "empty, as the layout has nothing there"),
    "io.number": ("不超过 1e15 的数字", "a number up to 1e15"),
    "io.sales": ("行合计（中间使用加最终使用）", "its row (intermediate and final demand)"),
    "io.costs": ("列合计（中间投入加增加值与税）", "its column (inputs, taxes and value added)"),
    "io.inputs": ("投入合计（含产品税）", "its inputs and product taxes"),
    "E220": (
        "{key} 的{what}为 {total:,.9g}，表中写作 {printed:,.9g}：相差 {gap:,.6g}，容许 {allowed:,.6g}。",
        "{key}: the sum of {what} is {total:,.9g}, but {printed:,.9g} is printed (difference {gap:,.6g}, allowed {allowed:,.6g}).",
    ),
    "E220.remedy": (
        "请核对该行或该列；若表中有误差项，请把它写成一列最终使用。",
        "Check the row or column; write a statistical discrepancy as a column of final demand.",
    ),
    "E221": ("{sector} 有{there}，却没有{lacking}。{nearest}", "{sector} has a {there} but no {lacking}. {nearest}"),
    "E221.remedy": ("行与列须列出相同的部门；请补上或改正代码。", "Rows and columns list the same sectors: add it, or correct the code."),
    "E222": ("{seller} 到 {buyer} 的流量为 {given}，不能为负。", "the flow from {seller} to {buyer} is {given}; it cannot be negative."),
    "E222.remedy": (
        "请改正；副产品或退货的冲减请移到最终使用。",
        "Correct it; move what is netted for by-products or returns to final demand.",
    ),
    "N222": ("{part} {key} 有 {count} 个负数。", "the {part} {key} holds {count} negative number(s)."),
    "N222.remedy": (
        "存货减少、误差项、税收减补贴可以为负；若不是这样，请改正。",
        "Falling inventories, a discrepancy and taxes less subsidies may be negative; correct anything else.",
    ),
    "E223": (
        "里昂惕夫逆不存在：有些部门用尽了自己的全部产出（系数矩阵最大特征值 {largest:.6f}，须小于 1）。",
        "there is no Leontief inverse: some sectors use up all that they make (largest eigenvalue of the coefficients {largest:.6f}; it must be below 1).",
    ),
    "E223.remedy": ("请核对增加值为零或为负的部门，或与相邻部门合并。", "Check sectors whose value added is zero or negative, or merge them with a neighbour."),
    "E224": ("无法得知表的 {key}：写的是 {given}。", "the {key} of the table cannot be told from {given}."),
    "E224.remedy": (
        "普通版式：kind 为 unit、year、source 的行各一，内容写在 name 列，年份如 2017。经合组织版式：保留文件名，如 CHN2018ttl.csv。",
        "Plain layout: one row each of kind unit, year and source, told in the column name, the year as 2017. OECD layout: keep the file's name, such as CHN2018ttl.csv.",
    ),
    "E225": ("{sector} 的产出为 {given}，却有买卖，系数无从计算。", "{sector} buys or sells but its output is {given}, so it has no coefficients."),
    "E225.remedy": ("请把它与相邻部门合并。", "Merge it with a neighbouring sector."),
    "N225": ("{sector} 的行与列全为零，已略去。", "{sector} has nothing in its row and column and is left out."),
    "N225.remedy": ("若应有数字，请补上。", "Add its numbers if it should have any."),
    "E226": ("{file} 既不是普通版式，也不是经合组织版式。", "{file} is neither in the plain layout nor in that of the OECD."),
    "E226.remedy": (
        "普通版式的表头含 kind、code、name、output；经合组织版式的行名为 TTL_…，或 DOM_… 与 IMP_…。见 docs/input_output.md。",
        "The header of the plain layout has kind, code, name, output; the rows of the OECD's are TTL_..., or DOM_... and IMP_.... See docs/input_output.md.",
    ),
    "N226": ("{count} 个空格按 0 读入。", "{count} empty cell(s) are read as 0."),
    "N226.remedy": ("经合组织以空格表示没有；若不是这样，请补上。", "The OECD leaves a cell empty where there is nothing; fill it if there is something."),
    "E227": ("{sector} 的进口（{key} 列）为 {given}，应写作负数。", "the imports of {sector} in the column {key} are {given}; they are subtracted."),
    "E227.remedy": ("请给进口列的数字加负号。", "Write the numbers of this column with a minus sign."),
}  # fmt: skip
