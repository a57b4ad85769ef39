"""What the columns of a header hold where their names alone do not say it."""

from collections.abc import Collection

from perfgoals_lint.rulebook.labels import is_level1, is_level2

VALUES = ("cycle_value", "annual_value")
VALUED = frozenset({*VALUES, "actual_value", "last_year_value"})
"""Roles of columns that hold values, also those that are no targets."""
STANDARD = "standard"


def standard_role(roles: Collection[str | None]) -> str | None:
    """What a column 绩效标准 holds beside columns of these roles: the value where no other column does, else what the
    value rests on; ``None`` where another column says that."""
    role = "basis" if set(VALUES) & set(roles) else "annual_value"
    return None if role in roles else role


def settle(columns: list[str | None], first: str) -> list[str | None]:
    """The columns as they are to be read. ``first`` is the first text below the header.

    In a table of two levels whose first column holds 数量指标, the names stand in the second one; a class in front of the
    names is of the level that it says.
    """
    settled = list(columns)
    if STANDARD in settled:
        settled[settled.index(STANDARD)] = standard_role(settled)
    if "level3" not in settled and "level2" in settled and is_level2(first) and not is_level1(first):
        below = {"level1": "level2", "level2": "level3"}
        settled = [below.get(name or "", name) for name in settled]
    if "level2" not in settled and "level3" in settled and is_level2(first) and not is_level1(first):
        settled = ["level2" if name == "level1" else name for name in settled]
    return settled
