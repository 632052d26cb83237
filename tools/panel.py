"""params/panel_scores.csv from the backtest on the analogue series; two decimals, which no machine disputes."""

from collections.abc import Iterator

from tuiyan.evidence.panel import backtest_analogues
from tuiyan.inputs.panel_scores import COLUMNS, FILE

from tools.environment import ROOT

AHEAD = 3


def rows() -> Iterator[tuple[str, ...]]:
    """The file's rows, head first."""
    yield COLUMNS
    found = backtest_analogues(workspace=ROOT)
    for points in found.origins:
        for row in found.skill("crps", origin=points, horizon=AHEAD):
            missed = sorted(
                case.absolute
                for case in found.cases
                if (case.method, case.origin, case.horizon) == (row.method, points, AHEAD)
            )
            middle = (missed[(len(missed) - 1) // 2] + missed[len(missed) // 2]) / 2
            known = (row.mean, row.low, row.high, row.skill, row.skill_low, row.skill_high, middle, missed[-1])
            whole = (points, AHEAD, int(row.benchmark), row.units)
            yield (row.method, *map(str, whole), *(f"{value:.2f}" for value in known))


def main() -> None:
    """Write the file."""
    text = "".join(",".join(row) + "\n" for row in rows())
    (ROOT / "params" / FILE).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
