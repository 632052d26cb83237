"""Texts of running notebooks: limits, deaths, batches."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.all": ("工作区的全部情景，并写出并列比较", "every scenario of the workspace, and the comparison across them"),
    "cli.jobs": ("同时写出的报告数（默认 1）", "reports made at a time (default 1)"),
    "cli.deadline_seconds": ("整个运行的时限，秒；到时停止，不发布", "seconds for the whole run; it stops then and publishes nothing"),
    "cli.memory": ("计算内核的内存上限，GB（仅 Linux；默认不限）", "most memory of the kernel in GB (Linux only; default: no limit)"),
    "run.failed.start": ("计算内核没有启动：{why}", "the kernel did not start: {why}"),
    "run.failed.start.memory": (
        "计算内核在 {memory} GB 的内存上限下没有启动：{why}。请调高 --memory。",
        "the kernel did not start with a limit of {memory} GB of memory: {why}. Give more with --memory.",
    ),
    "run.failed.died": ("计算内核在 {cell} 处中断：{why}", "the kernel died at {cell}: {why}"),
    "run.failed.memory": ("{cell} 处内存不足：{why}", "out of memory at {cell}: {why}"),
    "run.failed.deadline": ("到了时限，停在 {cell}；未发布任何内容。", "the deadline passed at {cell}; nothing was published."),
    "run.failed.deadline.pages": ("到了时限，停在生成网页之后；未发布任何内容。", "the deadline passed while the pages were made; nothing was published."),
    "run.failed.deadline.waiting": (
        "到了时限，另一次运行仍未结束；未发布任何内容。", "the deadline passed while another run of the report went on; nothing was published."
    ),
    "run.loopback": ("套接字文件不可用（{why}），改用本机回环", "no socket files ({why}); using the loopback"),
    "batch.loading": ("载入一次程序库，供 {count} 份报告使用", "loading the libraries once for {count} reports"),
    "batch.begun": ("开始", "begun"),
    "batch.done": ("{name}：完成，{seconds} 秒", "{name}: done, {seconds} s"),
    "batch.unchanged": ("{name}：没有变化，{seconds} 秒", "{name}: unchanged, {seconds} s"),
    "batch.failed": ("{name}：失败（退出码 {code}）：{why}", "{name}: failed (exit code {code}): {why}"),
    "batch.died": ("报告进程中断", "the process of the report died"),
    "batch.unanswered": (
        "存放临时文件的磁盘已满；报告是否已发布，见索引页与运行日志", "the disk of temporary files is full; whether the report was published stands in the index and its log"
    ),
    "batch.left_out": ("期末年份与其余情景不同，未列入比较：{names}", "of another horizon than the others, not in the comparison: {names}"),
    "batch.alone": ("可比较的情景不足两个，未写比较", "fewer than two scenarios to compare; no comparison was written"),
    "E280": ("笔记本 {name} 没有带 parameters 标签的单元格。", "the notebook {name} has no cell with the tag parameters."),
    "E280.remedy": ("请给设定参数的单元格加上标签 parameters，或从随附的笔记本重新开始。", "Tag the cell that sets the parameters with parameters, or start again from the shipped notebook."),
    "E281": ("笔记本 {name} 的参数单元格没有设定 {key}。", "the parameters cell of the notebook {name} does not set {key}."),
    "E281.remedy": ("请在该单元格写上 {key} = …，一行一个参数。", "Write {key} = ... in that cell, one parameter a line."),
    "E282": ("时限 {value} 不是正的秒数。", "the deadline {value} is no positive number of seconds."),
    "E282.remedy": ("请给出如 --deadline 600 的秒数。", "Give seconds, such as --deadline 600."),
    "E283": ("在 {system} 上不能把内存限制为 {value} GB。", "on {system}, memory cannot be limited to {value} GB."),
    "E283.remedy": ("内存上限是正数，且只有 Linux 支持；如 --memory 2。", "The limit is a positive number and works on Linux only, such as --memory 2."),
    "E284": ("--all 已包括全部情景，不能再给出 {given}。", "--all takes every scenario and no {given} beside it."),
    "E284.remedy": ("请去掉 --all，或去掉 {given}。", "Leave out --all, or leave out {given}."),
    "E285": ("没有给出情景。", "no scenario is named."),
    "E285.remedy": ("请写出情景标识，或用 --all。", "Name one or more scenarios, or give --all."),
    "E286": ("{name} 不是笔记本。", "{name} is no notebook."),
    "E286.remedy": ("请从随附的笔记本重新开始。", "Start again from the shipped notebook."),
}  # fmt: skip
