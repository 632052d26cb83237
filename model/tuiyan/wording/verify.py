"""Texts of `tuiyan verify`: the three answers, and what differs where."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.verify": ("核验已发布的报告，不联网", "verify a published report, offline"),
    "cli.verified": ("报告的名称或文件夹", "name or folder of a report"),
    "cli.strict": ("要求逐字节相同", "ask for identical bytes"),
    "cli.rerun": ("按清单中的设置重新运行并比较", "run it again with the settings of its manifest, and compare"),
    "verify.stage": ("正在核对 {name}", "verifying {name}"),
    "verify.identical": ("逐字节相同：{count} 个文件，摘要 {digest}。", "identical bytes: {count} files, digest {digest}."),
    "verify.identical.rerun": (
        "逐字节相同：重新运行得到同样的 {count} 个文件，摘要 {digest}。",
        "identical bytes: run again, the same {count} files, digest {digest}.",
    ),
    "verify.same_numbers": (
        "发布的数字相同，字节不同：{count} 个文件，摘要 {digest}。以下各处与数字无关。",
        "same published numbers, other bytes: {count} files, digest {digest}. None of the places below is a number.",
    ),
    "verify.different": ("不同：共 {places} 处，{count} 个文件。", "different: in {places} place(s) of {count} files."),
    "verify.more": ("另有 {count} 处，用 --json 查看全部。", "and {count} more; --json lists all of them."),
    "verify.kind.missing": ("缺少该文件", "the file is missing"),
    "verify.kind.extra": ("多出该文件", "a file that is not recorded"),
    "verify.kind.unread": ("与记录不符", "not as recorded"),
    "verify.kind.manifest": ("清单本身被改动", "the manifest itself was changed"),
    "verify.kind.number": ("数字不同", "another number"),
    "verify.kind.words": ("文字不同", "other words"),
    "verify.kind.drawing": ("图形不同", "another drawing"),
    "verify.kind.markup": ("网页标记不同", "other markup"),
    "verify.kind.record": ("生成依据不同", "made from something else"),
    "verify.kind.bytes": ("仅字节不同，所示内容相同", "other bytes, the same shown"),
    "verify.row": ("行 {row}", "row {row}"),
    "verify.line": ("第 {row} 行", "line {row}"),
    "verify.column": ("列 {column}", "column {column}"),
    "verify.change": ("{old} → {new}", "{old} → {new}"),
    "verify.found": ("现为 {new}", "now {new}"),
    "verify.limit": (
        "仅与报告自身的清单核对。若有人同时改写全部文件、清单和文件夹名，只有 --rerun 或另存的摘要才能发现。",
        "Checked against the report's own manifest. If somebody rewrote every file, the manifest and the folder's name in agreement, only --rerun or a digest kept elsewhere finds it.",
    ),
    "E260": ("{name} 不是已发布的报告：没有 manifest.json。", "{name} is no published report: it holds no manifest.json."),
    "E260.remedy": (
        "请给出报告文件夹，例如 reports/announced；若清单已被删除，请重新运行报告。",
        "Give the folder of a report, such as reports/announced; if its manifest was removed, run the report again.",
    ),
    "E261": ("{name} 的清单是旧格式，缺少核验所需的内容。", "the manifest of {name} is of an older form and lacks what verifying needs."),
    "E261.remedy": ("请用当前版本重新运行该报告。", "Run the report again with this version."),
    "E262": ("{name} 的清单没有可重新运行的设置。", "the manifest of {name} holds no settings that could be run again."),
    "E262.remedy": (
        "请去掉 --rerun，或用 tuiyan report 重新运行报告。",
        "Leave --rerun out, or run the report again by tuiyan report.",
    ),
    "E263": (
        "工作区中没有情景 {name}；报告只记录情景的 id，不记录其文件所在。",
        "the workspace holds no scenario {name}; a report records the ids of scenarios and not where their files lay.",
    ),
    "E263.remedy": (
        "请把该情景文件放入 params/scenarios/ 再核验，或去掉 --rerun。",
        "Put its file into params/scenarios/ and verify again, or leave --rerun out.",
    ),
}  # fmt: skip
