"""What the names of boxes and columns stand for, as the rulebook has them and its grammar puts them together."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from perfgoals_lint.model import SOURCES
from perfgoals_lint.money import UNITS
from perfgoals_lint.rulebook.labels import (
    column_of,
    composed_class,
    ends_as_class,
    field_of,
    is_level1,
    is_level2,
    level_named,
    may_name,
    time_of,
)
from perfgoals_lint.rulebook.patterns import any_of, compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.tables.sources import NAMED, NAMED_SOURCES, PUBLIC, printed_name
from perfgoals_lint.values.units import is_unit

LEVELS = ("level1", "level2", "level3")
AMOUNTS = frozenset({"budget", "fiscal", "special_account", "other_funds"})
CLASS = "class"
"""The role, followed by the class labels, of a column that holds the indicators of a class."""
PAIR = "#"
"""Behind the classes of two columns that hold the name and the value of an indicator, in front of their number."""
OF_PAIR = ":kind"
"""Behind the role of such columns: that of the column in front of them that holds the class."""
SOURCE = "source:"
"""In front of the header of a source of funds that the forms do not know."""
BESIDE = frozenset({"indicators", "cycle_indicators"})
"""Fields whose label stands beside an indicator table, in the row of its header."""
_LONGEST_NAME = 40
_NUMBERED = "目标"
_NUMBERED_GOAL = compiled(rf"(.{{2,}}{_NUMBERED})[一二三四五六七八九十\d]{{1,2}}$")
"""One of the goals of a form that counts them: 年度目标1."""
_COUNT_END = compiled(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十①-⑳])[)）]?$")
_COUNT_INSIDE = compiled(r"(?<=指标)(?:\d{1,2}|[一二三四五六七八九十])(?=[名类内值目计单])")
_JOINS = compiled(r"[-－—–―/／>＞→·_:：\\、（(]+")
_OF_PROJECT = compiled(r"(?!.*指标)[一-鿿]{0,6}(?:项目|事项|专项|名称|简称)[:：]?")
_BRACKETS = compiled(r"[（(][^（）()]*[)）]")
_UNIT_END = compiled(r".{2,30}[（(]([^（）()]{1,6})[)）]$")
_BRACKET_END = compiled(r"[（(][^（）()]*[)）]$")


def box_field(key: str) -> str | None:
    """The field that a box or a list's column stands for; a bracket behind its name is passed over. A source of funds
    that the standard form does not have, or a kind of spending, comes with its name: ``own_source:自有资金``."""
    return _field(key) if len(key) <= _LONGEST_NAME and _may_name(key) and level_named(key) is None else None


def list_field(key: str) -> str | None:
    """The field that a column of a list stands for; regions are the units that a list is named by."""
    return box_field(key) or ("unit" if len(key) <= _LONGEST_NAME and _regions().fullmatch(key) else None)


@cache
def _regions() -> re.Pattern[str]:
    sign = any_of([*lexicon("regions")["ranks"], *lexicon("grids")["regions"]])
    of_two = rf"(?!.(?:名称)?(?:$|[（(](?!{sign})))"
    return compiled(
        rf"(?:受益|受援|项目)?{of_two}(?:{sign})(?:[、/（(]?(?:{sign})[)）]?)*(?:[（(][一-鿿、]{{2,6}}[)）])?(?:名称)?"
    )


def _may_name(key: str) -> bool:
    """May a text be a name, or a name with a number behind it? Most cells hold none."""
    return may_name(key) or _NUMBERED in key


def is_money(name: str) -> bool:
    """Is the field one whose value is an amount of the year?"""
    return name in AMOUNTS or (":" in name and name.startswith(NAMED))


def are_sources(names: Iterable[str]) -> bool:
    """Are all of them names of sources, or of who gives them (中央, 省级), and none a kind of budget beside those who give it?"""
    fields = [box_field(name) or box_field(f"{name}资金") or "" for name in names]
    kinds = {field.partition(":")[0] for field in fields}
    return kinds <= {*SOURCES, *NAMED_SOURCES} and not {"fiscal", PUBLIC} <= kinds


def classes_of(key: str) -> tuple[str, str] | None:
    """The classes that a name joins, a class of the first level and one of the second (产出-数量); ``None`` where it does not."""
    first, *rest = _JOINS.split(key.rstrip("）)"))
    return (first, rest[0]) if len(rest) == 1 and is_level1(first) and is_level2(rest[0]) else None


def heads_class(key: str) -> bool:
    """Is the text the label of a class, of two joined, or one put together of words of a form's own (产出数量指标)?"""
    return is_class(key) or classes_of(key) is not None or is_composed(key)


def is_composed(key: str) -> bool:
    """Is the text the label of a class of the second level that a form puts together, and says that it is one?"""
    return key.endswith("指标") and not is_class(key) and composed_class(key) is not None


def is_class(key: str) -> bool:
    """Is the text the label of a class of either level?"""
    return bool(key) and ends_as_class(key) and (is_level1(key) or is_level2(key))


def counts_things(key: str) -> bool:
    """Is a text that names no box and no column the name of what is counted, with its unit (改造泵站（座）)?"""
    unit = _UNIT_END.search(key)
    return unit is not None and is_unit(unit[1]) and unit[1] not in UNITS and not is_name(key)


def uncounted(key: str) -> str:
    """The name of a class or column without the number that a list prints in it (指标1, 指标值1, 指标1名称, 数量指标（2）)."""
    stem = _COUNT_END.sub("", key) if _COUNT_END.search(key) else _COUNT_INSIDE.sub("", key)
    return stem if stem != key and (is_name(stem) or is_class(stem)) else key


def column_role(key: str) -> str | None:
    """The column that a header box stands for."""
    return _role_of(key) if len(key) <= _LONGEST_NAME and may_name(key) else None


def is_name(key: str) -> bool:
    """Does the text name a box or a column?"""
    return len(key) <= _LONGEST_NAME and _may_name(key) and bool(_role_of(key) or _field(key))


def is_of_project(key: str) -> bool:
    """Is a text that names no box by its ending the name of what a form or the rows of a list are about (支出事项, 实事项目)?"""
    bare = _BRACKET_END.sub("", key)
    return _OF_PROJECT.fullmatch(bare) is not None and not is_name(key) and not is_class(key)


@lru_cache(4096)
def _field(key: str) -> str | None:
    key = printed_name(key)
    name, bare = field_of(key), key
    if "）" in key or ")" in key:
        bare = _BRACKET_END.sub("", key)
        of_year = time_of(key[len(bare) :]) == "annual"
        name = (
            name
            or (of_year and field_of(f"年度{bare}"))
            or field_of(bare)
            or field_of(_BRACKETS.sub("", bare))
        )
    if name is None and (numbered := _NUMBERED_GOAL.match(key)):
        name = field_of(numbered[1])
    return f"{name}:{bare}" if name in NAMED else name


_role_of = lru_cache(4096)(column_of)
