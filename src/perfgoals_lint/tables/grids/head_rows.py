"""The two rows of a header in a dump: which names stand in the lower one, and below which of the upper one."""

from perfgoals_lint.rulebook import labels
from perfgoals_lint.rulebook.lexicons import expression, finds
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.tables.grids.marks import Label
from perfgoals_lint.tables.roles import VALUES
from perfgoals_lint.tables.words import is_sum
from perfgoals_lint.text import squeeze

LEVELS = ("level1", "level2")
MONEY = frozenset(
    {"budget", "fiscal", "special_account", "other_funds", "own_source", "public_source", "spending"}
)
UNKNOWN = "unknown"
TIMES = frozenset({UNKNOWN, "period", "fiscal_year"})
"""Roles of names that may say for which time a value is."""
_OF_LEVELS = frozenset({*LEVELS, "level3", "description"})
PARTS = frozenset({"operator", "direction", "value_type", "annual_value", "value_unit"})
"""Roles of the parts of a value, which one name may stand over."""
_OF_MONEY = compiled("资金|预算|金额")


def header_rows(found: list[Label]) -> tuple[list[Label], list[Label]]:
    """The names of the upper and of the lower row of a header; the lower one is empty where there is one row only."""
    names = [label.name for label in found]
    if names[0] in VALUES and "level1" in names:
        # The levels stand below the label of the table, beside it the names over the value, what was reached, points.
        below = found[names.index("level1") :]
        width = next((n for n, label in enumerate(below) if label.name not in _OF_LEVELS), len(below))
        return [*below[:width], *found[: names.index("level1")]], below[width:]
    for at in range(3, len(found) - 2) if "project_name" in names else ():
        if _is_lower(names[:at], found[at:]) and groups_of(found[:at], found[at:], names[:at]):
            return found[:at], found[at:]
    cut = len(found)
    while cut and found[cut - 1].name in PARTS:
        cut -= 1
    if "annual_value" in names[:cut] and "annual_value" in names[cut:] and len(found) - cut >= 2:
        return found[:cut], found[cut:]
    bare = next(
        (n for n, label in enumerate(found) if label.name == "annual_value" and not _says_time(label)), None
    )
    if bare is None:
        return found, []
    cut = len(found)
    while cut > bare + 1 and is_of_time(found[cut - 1]):
        cut -= 1
    if found[-1].text in lexicon("grids")["value_sums"]:
        cut = bare + 1
    timed = all(_says_time(label) or label.name != "annual_value" for label in found[cut:])
    if len(found) - cut >= 2 and timed:
        return found[:cut], found[cut:]
    return found, []


def _says_time(label: Label) -> bool:
    return finds(label.text, "text_tables.of_time")


def is_of_time(label: Label) -> bool:
    """May the name say for which time a value is?"""
    if label.name in (*TIMES, "actual_value") and (_says_time(label) or is_time(label.text)):
        return True
    return label.name in (*VALUES, "last_year_value", "cycle_goal", "annual_goal")


def is_time(text: str) -> bool:
    """Is a text nothing but the name of a time: of the period, of the year, of a part of it?"""
    return (
        labels.time_of(text) is not None or expression("text_tables.part_of_year").fullmatch(text) is not None
    )


def _is_lower(upper: list[str], tail: list[Label]) -> bool:
    """Is the tail of a list's names the lower row: amounts under an amount, classes under their class?"""
    kinds = {"money" if label.name in MONEY or is_sum(squeeze(label.text)) else label.name for label in tail}
    return (
        kinds <= {"money", "class"}
        and upper.count("class") >= 2
        and upper[-1] == "class"
        and (tail[0].name != "class" or all(labels.is_level2(label.text) for label in tail))
    )


def groups_of(upper: list[Label], lower: list[Label], roles: list[str]) -> list[list[Label]] | None:
    """Which lower names stand under which upper one; ``None`` where that stays open."""
    groups: list[list[Label]] = [[] for _ in upper]
    if not lower:
        return groups
    if "class" not in roles:
        bare = max(n for n, role in enumerate(roles) if role == "annual_value")
        groups[bare] = list(lower)
        return groups
    money = [n for n, label in enumerate(upper) if label.name in MONEY or _OF_MONEY.search(label.text)]
    for label in lower:
        if label.name != "class":
            if not money:
                return None
            groups[money[0]].append(label)
            continue
        parent = (
            labels.parent_of(labels.classify(label.text, 2) or "") if labels.is_level2(label.text) else None
        )
        fits = [
            n
            for n, over in enumerate(upper)
            if over.name == "class" and labels.classify(over.text, 1) == parent
        ]
        if not fits:
            return None
        groups[fits[0]].append(label)
    return groups
