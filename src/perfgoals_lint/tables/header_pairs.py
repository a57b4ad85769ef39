"""Columns of a list that print the name of an indicator and its value beside each other, again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfgoals_lint.tables.cells import Box
from perfgoals_lint.tables.headings import BESIDE, CLASS, PAIR, box_field, column_role, is_class, uncounted
from perfgoals_lint.tables.roles import VALUES

PARTS = {"operator": "operator", "value_unit": "unit"}
"""The columns of parts of a value, and the names of the parts."""


def pairs_of(boxes: list[Box], below: list[Box]) -> dict[int, str]:
    """The roles of a list's columns that print a name and its value, with its sign and unit, beside each other, again and again
    (指标1 | 指标值1 | 指标2 …), by the identity of their names; the names are those of a class, or stand below one."""
    upper = [box for box in boxes if any(is_over(box, other) for other in below)]
    lowest = sorted([box for box in boxes if box not in upper] + below, key=lambda box: box.left)
    if any(column_role(box.key) in ("level1", "level2") for box in lowest):
        return {}
    roles: dict[int, str] = {}
    for number, name in enumerate(lowest):
        key = uncounted(name.key)
        heads = is_class(key) or column_role(key) == "level3" or box_field(key) in BESIDE
        behind = list(_parts_of_value(lowest[number + 1 :])) if heads else []
        if any(column_role(uncounted(box.key)) in VALUES for box in behind):
            over = [
                box.key for box in boxes if box.left <= name.left and box is not name and is_class(box.key)
            ]
            own = [key] if is_class(key) else []
            first, *_, second = [*(over[-1:] if name in below else ()), *own] * 2 or ["", ""]
            role = f"{CLASS}:{first}:{second}:{PAIR}{number}"
            roles |= dict.fromkeys(map(id, (name, *behind)), role)
    return roles if len({*roles.values()}) > 1 else {}


def _parts_of_value(boxes: Sequence[Box]) -> Iterator[Box]:
    """The names of a value, its sign and its unit at the start of a header's names, each once."""
    seen: set[str | None] = set()
    for box in boxes:
        role = column_role(uncounted(box.key))
        role = "annual_value" if role in VALUES else role
        if role in seen or role not in ("annual_value", *PARTS):
            return
        seen.add(role)
        yield box


def is_over(upper: Box, lower: Box) -> bool:
    """Does a name stand over another one?"""
    return upper.top < lower.top and upper.left <= lower.left < upper.right
