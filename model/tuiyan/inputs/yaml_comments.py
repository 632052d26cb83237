"""Comments of a YAML file that is edited: each hangs on the entry that it stands above."""

from __future__ import annotations

from typing import Any

from ruamel.yaml.comments import CommentedMap


def hoist(node: CommentedMap) -> str:
    r"""Hang every comment on the entry below it, where the parser leaves it at the end of the entry before.

    So an entry that is removed, replaced or added takes no comment of its neighbours with it. An unchanged file is
    written as it was.

    Returns
    -------
    The lines after the last entry, which have none below them.

    Examples
    --------
    >>> from ruamel.yaml import YAML
    >>> data = YAML().load("a:\n  b: 1\n# of c\nc: 2\n")
    >>> hoist(data)
    ''
    >>> del data["a"]
    >>> import sys; YAML().dump(data, sys.stdout)
    # of c
    c: 2
    """
    left = ""
    for key, value in node.items():
        if left:
            lines = [each.strip().removeprefix("#").removeprefix(" ") for each in left.rstrip("\n").split("\n")]
            node.yaml_set_comment_before_after_key(key, before="\n".join(lines), indent=node.lc.col)
        left = _cut(node.ca.items.get(key))
        if not left and isinstance(value, CommentedMap) and not value.fa.flow_style():
            left = hoist(value)
    return left


def _cut(item: list[Any] | None) -> str:
    """Take the lines off that stand after an entry's own; what stands on its own line stays."""
    token = item[2] if item else None
    if item is None or token is None:
        return ""
    own, _, rest = token.value.partition("\n")
    if not rest.strip():
        return ""
    if own:
        token.value = f"{own}\n"
    else:
        item[2] = None
    return str(rest)
