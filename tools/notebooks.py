"""Check that committed notebooks hold no outputs: `python3 tools/notebooks.py FILE...`; `--strip` removes them."""

import json
import sys
from pathlib import Path
from typing import Any


def leftovers(notebook: dict[str, Any]) -> list[int]:
    """Return the numbers, from 1, of the code cells that hold an output or an execution count."""
    cells = enumerate(notebook.get("cells", []), start=1)
    return [
        number
        for number, cell in cells
        if cell.get("cell_type") == "code" and (cell.get("outputs") or cell.get("execution_count") is not None)
    ]


def stripped(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook without outputs and execution counts."""
    cells = [
        {**cell, "outputs": [], "execution_count": None} if cell.get("cell_type") == "code" else cell
        for cell in notebook.get("cells", [])
    ]
    return {**notebook, "cells": cells}


def main(arguments: list[str]) -> int:
    """Check or strip the files; return 1 when one of them held outputs."""
    strip = "--strip" in arguments
    found = False
    for path in (Path(word) for word in arguments if word != "--strip"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells = leftovers(notebook)
        if cells and strip:
            text = json.dumps(stripped(notebook), indent=1, ensure_ascii=False) + "\n"
            path.write_text(text, encoding="utf-8")
        elif cells:
            sys.stderr.write(
                f"{path}: outputs in cells {cells}. Remove them with: python3 tools/notebooks.py --strip {path}\n"
            )
            found = True
    return int(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
