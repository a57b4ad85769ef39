"""Columns of a list that print the name of an indicator and its value beside each other, again and again."""

from collections.abc import Iterator, Sequence

from perfgoals_lint.tables.cells import Box
from perfgoals_lint.tables.headings import (
    BESIDE,
    CLASS,
    OF_PAIR,
    PAIR,
    box_field,
    column_role,
    is_class,
    uncounted,
)
from perfgoals_lint.tables.roles import VALUES

PARTS = {"operator": "operator", "value_unit": "unit"}
"""The columns of parts of a value, and the names of the parts."""


def pairs_of(boxes: list[Box], below: list[Box]) -> dict[int, str]:
    """The roles of a list's columns that print a name and its value, with its sign and unit, beside each other, again and again
    (指标1 | 指标值1 | 指标2 …), by the identity of their names; the names are those of a class, stand below one, or behind a column of
    classes."""
    upper = [box for box in boxes if any(is_over(box, other) for other in below)]
    lowest = sorted([box for box in boxes if box not in upper] + below, key=lambda box: box.left)
    if any(column_role(box.key) in ("level1", "level2") for box in lowest):
        return {}
    roles: dict[int, str] = {}
    for number, name in enumerate(lowest):
        key = uncounted(name.key)
        heads = is_class(key) or column_role(key) == "level3" or box_field(key) in BESIDE
        behind = list(_parts_of_value(lowest[number + 1 :], name.key)) if heads else []
        if any(_role_behind(box.key, name.key) in VALUES for box in behind):
            over = [
                box.key for box in boxes if box.left <= name.left and box is not name and is_class(box.key)
            ]
            own = [key] if is_class(key) else []
            first, *_, second = [*(over[-1:] if name in below else ()), *own] * 2 or ["", ""]
            role = f"{CLASS}:{first}:{second}:{PAIR}{number}"
            roles |= dict.fromkeys(map(id, (name, *behind)), role)
            if number and column_role(uncounted(lowest[number - 1].key)) in ("level1", "level2"):
                roles[id(lowest[number - 1])] = role + OF_PAIR
    return roles if len({*roles.values()}) > 1 else {}


def _role_behind(key: str, name: str) -> str | None:
    """The column that a name behind another one stands for, which it may begin with (产出指标值 behind 产出指标)."""
    return column_role(uncounted(key)) or column_role(key.removeprefix(name))


def _parts_of_value(boxes: Sequence[Box], name: str) -> Iterator[Box]:
    """The names of a value, its sign and its unit at the start of those behind a ``name``, each once."""
    seen: set[str | None] = set()
    for box in boxes:
        role = _role_behind(box.key, name)
        role = "annual_value" if role in VALUES else role
        if role in seen or role not in ("annual_value", *PARTS):
            return
        seen.add(role)
        yield box


def is_over(upper: Box, lower: Box) -> bool:
    """Does a name stand over another one?"""
    return upper.top < lower.top and upper.left <= lower.left < upper.right
