"""Texts of `tuiyan lab`, the server."""

TEXTS: dict[str, tuple[str, str]] = {
    "cli.lab": ("在 JupyterLab 中动手编辑情景", "edit scenarios by hand, in JupyterLab"),
    "cli.port": ("端口（默认从 8888 起找一个空闲的；0 为任选）", "port (default: the first free one from 8888; 0: any)"),
    "cli.ip": ("监听地址，只能是本机（默认 127.0.0.1）", "address to listen on, this computer's own only (default: 127.0.0.1)"),
    "cli.token": ("令牌（默认每次随机生成；同机的其他用户能看到命令行，宜用 JUPYTER_TOKEN）", "token (default: a new random one; others on this computer can see a command line, JUPYTER_TOKEN is safer)"),
    "cli.no_browser": ("不打开浏览器", "do not open a browser"),
    "serving.ready": ("JupyterLab 在 {folder} 运行，只有本机、凭下面的令牌才能访问。按 Ctrl-C 结束。", "JupyterLab runs in {folder}, for this computer alone and with the token below. Ctrl-C ends it."),
    "E320": ("{name} 要求监听 {value!r}：其他计算机也能在本机上执行代码。", "{name} asks to listen on {value!r}: other computers could run code on this one."),
    "E320.remedy": ("只用 127.0.0.1（可加 --ip 127.0.0.1）。要从别处使用，请走 SSH 隧道。", "Use 127.0.0.1 only (--ip 127.0.0.1 overrules a settings file). To work from elsewhere, use an SSH tunnel."),
    "E321": ("{name} 把令牌设为空：本机的任何程序和网页都能执行代码。", "{name} sets an empty token: any program or web page on this computer could run code."),
    "E321.remedy": ("请去掉这一设置（令牌会随机生成），或给出一个令牌。", "Remove the setting (a random token is made), or give a token."),
    "E322": ("端口 {port} 不能使用：{why}。", "port {port} cannot be used: {why}."),
    "E322.remedy": ("换一个 --port，或不给，由程序找一个空闲的。", "Choose another --port, or leave it out and a free one is found."),
    "E323": ("{folder} 是随软件安装的文件，升级时会被替换。", "{folder} holds the files of the installed package, which the next version replaces."),
    "E323.remedy": ("先用 tuiyan init 文件夹 建立自己的研究，再在其中运行 tuiyan lab。", "Start a study of your own with tuiyan init FOLDER, and run tuiyan lab in it."),
}  # fmt: skip
