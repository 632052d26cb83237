"""Scheduled runs: what is printed, the launcher notebook, the log for machines."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.schedule": ("打印定时任务的定义，定期重做全部报告", "print a definition that has all reports made again, regularly"),
    "cli.cadence": ("每天、每周、每月或每季度：daily、weekly、monthly、quarterly", "how often"),
    "cli.for": ("由谁来运行：cron、systemd、github 或 jupyter-scheduler", "who is to run it"),
    "cli.schedule_deadline": ("整个运行的时限，秒（默认 10800）", "seconds for the whole run (default 10800)"),
    "cli.log": ("另把每个阶段写成一行 JSON，追加到此文件", "also add one JSON object a line for each stage to this file"),
    "schedule.about.cron": ("推演报告：成功时不输出，失败时由 cron 发信（MAILTO）。", "tuiyan reports: silent when all went well; cron mails what a failed run said (MAILTO)."),
    "schedule.about.systemd": ("推演报告：写出服务与定时器，用 sudo sh 运行。", "tuiyan reports: writes a service and its timer; run it by sudo sh."),
    "schedule.about.github": ("推演报告：存为 .github/workflows/tuiyan.yml；时间为 UTC。", "tuiyan reports: keep it as .github/workflows/tuiyan.yml; the time is UTC."),
    "schedule.install.cron": (
        "安装：运行 crontab -e，粘贴以上各行；要收信，请在其上写一行 MAILTO=地址。",
        "To install: run crontab -e and paste these lines; for mail, put a line MAILTO=ADDRESS above them.",
    ),
    "schedule.install.systemd": (
        "安装：tuiyan schedule {cadence} --for systemd | sudo sh，然后 sudo systemctl daemon-reload && sudo systemctl enable --now {name}.timer；日志：journalctl -u {name}。",
        "To install: tuiyan schedule {cadence} --for systemd | sudo sh, then sudo systemctl daemon-reload && sudo systemctl enable --now {name}.timer; log: journalctl -u {name}.",
    ),
    "schedule.install.github": (
        "安装：存为仓库根目录下的 .github/workflows/tuiyan.yml，提交到默认分支；也可在 Actions 页手动启动。",
        "To install: keep it as .github/workflows/tuiyan.yml at the top of the repository, on the default branch; the Actions page starts it by hand.",
    ),
    "schedule.install.jupyter-scheduler": (
        "安装：在工作区启动装有 jupyter-scheduler 的 JupyterLab，再运行 tuiyan schedule {cadence} --for jupyter-scheduler | curl -f -H \"Authorization: token $TOKEN\" -H \"Content-Type: application/json\" -d @- http://localhost:8888/scheduler/job_definitions；服务停着时不会运行。",
        "To install: start a JupyterLab that has jupyter-scheduler in the workspace, then tuiyan schedule {cadence} --for jupyter-scheduler | curl -f -H \"Authorization: token $TOKEN\" -H \"Content-Type: application/json\" -d @- http://localhost:8888/scheduler/job_definitions; nothing runs while the server is down.",
    ),
    "launch.done": ("情景 {scenario}：完成，可读文件 {count} 个", "{scenario}: done, {count} files to read"),
    "launch.failed": ("情景 {scenario} 的报告没有写成：{why}（退出码 {code}）。", "the report of {scenario} was not made: {why} (exit code {code})."),
    "launch.code.1": ("模型在某个单元格失败", "the model failed in a cell"),
    "launch.code.2": ("输入有误", "the input is wrong"),
    "launch.code.3": ("安装不完整或磁盘已满", "the set-up is broken or the disk is full"),
    "launch.code.4": ("进程中断或内存不足", "the process died or ran out of memory"),
    "launch.code.5": ("到了时限", "the deadline passed"),
    "launch.code.6": ("另一个运行占用着报告", "another run holds the report"),
    "launch.code.130": ("被用户中断", "it was interrupted"),
    "launch.code.143": ("被要求停止", "it was asked to stop"),
    "launch.code.killed": ("进程被强行结束", "the process was killed"),
    "launch.code.other": ("原因不明", "the reason is not known"),
    "E300": ("{given} 不是情景标识。", "{given} is no id of a scenario."),
    "E300.remedy": (
        "请写小写字母、数字、连字符或下划线组成的标识，如 announced，或写 all 表示全部情景。",
        "Write an id of small letters, digits, hyphens and underscores, such as announced, or all for every scenario.",
    ),
    "E301": ("不知道要运行哪个工作区：{folder} 及其上级文件夹都没有 params/。", "which workspace is meant is not known: neither {folder} nor a folder above it holds params/."),
    "E301.remedy": (
        "请给出参数 workspace（工作区的完整路径），或在启动 JupyterLab 前设定 TUIYAN_WORKSPACE。",
        "Give the parameter workspace, its full path, or set TUIYAN_WORKSPACE before JupyterLab is started.",
    ),
    "E302": ("启动前不能运行 {line}；此单元格没有执行。", "{line} is no setting of the launcher; the cell was not run."),
    "E302.remedy": (
        "启动前只能给 {known} 赋一个标识、文字或整数，一行一个；如 scenario = announced。",
        "Before the launch a line gives one of {known} an id, a text or a whole number, such as scenario = announced.",
    ),
    "E303": ("{target} 的定义里写不下路径 {path}。", "a definition for {target} cannot hold the path {path}."),
    "E303.remedy": (
        "请把工作区或 Python 环境移到没有换行、控制字符等特殊字符的路径。",
        "Move the workspace, or the Python environment, to a path without line feeds and the like.",
    ),
    "E304": ("{folder} 及其上级文件夹都没有 run.py 和 requirements.lock。", "neither {folder} nor a folder above it holds run.py and requirements.lock."),
    "E304.remedy": (
        "GitHub 上的运行从代码仓库开始：请在本项目的仓库里，或在其中的子文件夹里建立工作区。",
        "A run at GitHub starts from a checkout: keep the workspace in a repository of this project, or in a folder of it.",
    ),
    "E305": ("{folder} 里没有 {notebook}。", "{folder} holds no {notebook}."),
    "E305.remedy": (
        "请从随附文件复制该笔记本，或用 tuiyan init 开始新的工作区。",
        "Copy that notebook from the shipped files, or start a workspace with tuiyan init.",
    ),
    "E306": ("随附文件不能定期运行：它们在安装包里，没有放报告的地方。", "the shipped files cannot be scheduled: they lie in the installed package, which is no place for reports."),
    "E306.remedy": (
        "请先用 tuiyan init 建立工作区，再在其中运行，或给出 --workspace。",
        "Start a workspace with tuiyan init and run it there, or give --workspace.",
    ),
}  # fmt: skip
