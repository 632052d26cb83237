#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Everything from a bare Python: `python3 run.py report`, `python3 run.py test`; `python3 run.py help` lists the rest.

This file is parsed by whatever Python a machine has, so it holds no syntax younger than Python 2.7: it finds an
interpreter that serves, and leaves the work to tools/launcher.py.
"""

import os
import subprocess
import sys

SERVES = [(3, 13), (3, 12), (3, 11)]

if sys.version_info[:2] not in SERVES:
    silent = open(os.devnull, "w")  # noqa: PTH123, SIM115 (pathlib came with Python 3.4; the process ends here)
    for version in SERVES:
        name = "%d.%d" % version
        probe = "import sys, venv; sys.exit(sys.version_info[:2] != (%d, %d))" % version
        for command in (["python" + name], ["py", "-" + name]):
            try:
                found = subprocess.call(command + ["-c", probe], stdout=silent, stderr=silent) == 0  # noqa: RUF005
            except OSError:
                found = False
            if found:
                sys.exit(subprocess.call(command + [os.path.abspath(__file__)] + sys.argv[1:]))  # noqa: PTH100, RUF005
    sys.stderr.write(
        "tuiyan needs Python 3.11, 3.12 or 3.13; this is Python %d.%d, and no other was found on the PATH.\n"
        "Install one of them and start run.py with it, for example: python3.12 run.py report\n" % sys.version_info[:2]
    )
    sys.stderr.write(
        "推演需要 Python 3.11、3.12 或 3.13；当前为 Python %d.%d，PATH 中没有找到其他版本。\n"
        "请安装其中之一并用它启动，例如：python3.12 run.py report\n" % sys.version_info[:2]
    )
    sys.exit(3)

from tools.launcher import main  # noqa: E402 (only now is it known that this Python can read it)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
