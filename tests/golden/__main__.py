"""Write the golden files anew, and say by how much the baseline moved: ``python3 run.py bless``."""

from __future__ import annotations

import math
import sys
from pathlib import Path

from tests.golden import HERE, Change, changes, outcomes, read, render, scenarios
from tools.talk import pick, say


def bless(folder: Path = HERE) -> dict[str, list[Change]]:
    """Write every golden file in `folder`, remove those of scenarios that are gone; what changed, by scenario."""
    found: dict[str, list[Change]] = {}
    files = {name: folder / f"{name}.csv" for name in scenarios()}
    for name, path in files.items():
        new = outcomes(name)
        moved = changes(read(path) if path.exists() else {}, new)
        if moved:  # the bytes of a number that agrees stay what they are
            path.write_text(render(new), encoding="utf-8", newline="\n")
            found[name] = moved
    for path in set(folder.glob("*.csv")) - set(files.values()):
        found[path.stem] = changes(read(path), {})
        path.unlink()
    return found


def entry(found: dict[str, list[Change]]) -> str:
    """The line of the changelog: the size in the baseline, and which other scenarios moved."""
    others = ", ".join(f"`{name}` ({len(moved)})" for name, moved in found.items() if name != "baseline")
    beside = f" Other scenarios, with the count of their numbers that moved: {others}." if others else ""
    if "baseline" not in found:
        return f"* Golden numbers: the baseline is unchanged.{beside}"
    moved = found["baseline"]
    sized = [each for each in moved if math.isfinite(each.size)]
    rest = len(moved) - len(sized)
    new = f" {rest} are new, gone or newly with or without a meaning." if rest else ""
    if not sized:
        return f"* Golden numbers of the baseline: none moved.{new}{beside}"
    largest = max(sized, key=lambda each: abs(each.size))
    return f"* Golden numbers of the baseline: {len(sized)} moved, most of all {largest}.{new}{beside}"


def main(arguments: list[str]) -> int:
    """Bless; the changelog line on stdout, talk on stderr."""
    if arguments:
        sys.stderr.write(f"tuiyan: {pick('bless takes no arguments', 'bless 不接受参数')}\n")
        return 2
    found = bless()
    if not found:
        say("the golden numbers are what they were; nothing to record", "基准数值没有变化，无须记录")
        return 0
    say(
        "golden files written; this line belongs into CHANGELOG.md, in the same commit:",
        "基准文件已写好；请在同一提交中把这一行写入 CHANGELOG.md：",
    )
    sys.stdout.write(f"{entry(found)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
