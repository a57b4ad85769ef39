"""Is a goal table filled in, left blank, or an example of how to fill one in?"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal

from perfgoals_lint.model import GoalTable, Problem
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.tables.amounts import is_nothing
from perfgoals_lint.tables.words import is_filler, pattern, says, says_no_goals
from perfgoals_lint.text import squeeze

NO_GOALS = "PGX128"
_SHOWN = 3
_LONGEST = 400
"""Characters of a text that may be nothing but what a template prints."""
_LONGEST_HEADING = 40
_NUMBER = r"[\d一二三四五六七八九十]{0,2}"
_EXAMPLE_ROW = rf"[（(【\[]{{example_rows}}{_NUMBER}[)）】\]]|{{example_rows}}{_NUMBER}[:：]"
_BRACKETED = compiled(r"[（(【\[〔<《“\"]+([^）)】\]〕>》”\"]*)[)）】\]〕>》”\"]+")
_ITEM = compiled(r"(?:目标|指标|任务|内容)?(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）、.．:：]+)?(?!\d)")
_FIGURE = compiled(r"\d{3,}")
_MOST_BESIDE = 6
"""Characters beside a mark (××数量, 20××年××项目) with which a text is still what a template prints, less one."""
_EMPTY = compiled(
    r"[\s≥≤≧≦＞＜>=<＝~～%％.。,，;；:：、/／\\\-—–★☆*＊（）()]*(?:(?:年|月|日|元|万元|分)[\s前底]*)*"
)


def state_of(table: GoalTable) -> Literal["filled", "blank_form", "example"]:
    """What a table is: an example where its sheet or title says so, blank where nothing but template words is filled in."""
    if instructs(table) or is_example_row(table.project_name):
        return "example"
    if table.budget_yuan or any((table.funding_yuan or {}).values()):
        return "filled"
    if any(not is_placeholder(text) for text in _filled_in(table)):
        return "filled"
    return "example" if any(says("samples", text) for text in _headings(table)) else "blank_form"


def instructs(table: GoalTable) -> bool:
    """Does the sheet or the title of a table say that it shows how to fill in a form?"""
    return any(map(is_example, _headings(table)))


def _headings(table: GoalTable) -> Iterator[str]:
    return (text for text in (table.location.sheet, table.title) if text)


def _filled_in(table: GoalTable) -> Iterator[str]:
    """The texts that only someone who fills in the form writes; units, codes and names of indicators may be printed
    beforehand."""
    texts = [table.cycle_goal, table.annual_goal, table.purpose]
    if table.form != "department":
        texts.append(table.project_name)
    for row in table.indicators:
        texts += (row.cycle_value, row.annual_value)
    texts += (task.name for task in table.tasks or ())
    return (text for text in texts if text)


def without_goals(tables: Sequence[GoalTable]) -> Iterator[Problem]:
    """One problem for the projects that say that they have no goals; whether they lack indicators is not known then."""
    found = []
    for table in tables:
        if any(row.annual_value for row in table.indicators):
            continue
        rows = [text for row in table.indicators for text in (row.level1, row.level2, row.level3) if text]
        said = [text for text in (table.annual_goal, *rows) if text and not is_nothing(text)]
        if said and all(says_no_goals(squeeze(text)) for text in said):
            table.indicators = []
            table.unknown.append("indicators")
            found.append(table)
    if found:
        names = "、".join(table.project_name for table in found[:_SHOWN])
        yield Problem(NO_GOALS, found[0].location, {"projects": names, "count": str(len(found))})


def is_example(text: str) -> bool:
    """Does a short heading say that what follows is an example or an instruction?"""
    key = squeeze(text)
    return len(key) <= _LONGEST_HEADING and says("examples", key)


@lru_cache(4096)
def is_example_row(key: str) -> bool:
    """Does a text begin as that of a row that only shows how to fill in (例：…, （示例）…)?"""
    return pattern(_EXAMPLE_ROW).match(key) is not None


def is_instruction(key: str) -> bool:
    """Is a text nothing but what to fill in, in brackets (（填写具体指标）)?"""
    match = _BRACKETED.fullmatch(key)
    return match is not None and pattern("{instructions}").match(match[1]) is not None


@lru_cache(4096)
def is_placeholder(text: str) -> bool:
    """Is a text nothing that anyone filled in: blank, marks (××, ……), an instruction (（填写项目全称）), a bare 指标1："""
    if len(text) > _LONGEST:
        return False
    return all(_is_bare(line) for line in text.splitlines())


def _is_bare(line: str) -> bool:
    key = squeeze(line)
    if is_filler(key) or (
        len(_mark().sub("", key)) < min(len(key), _MOST_BESIDE) and not _FIGURE.search(key)
    ):
        return True
    bare = _BRACKETED.sub(lambda match: "" if pattern("{instructions}").match(match[1]) else match[0], key)
    if bare != key and _mark_end(bare):
        return True
    return _mark_end(key)


def _mark_end(key: str) -> bool:
    """Is nothing left of a text but its number, signs and units, or an instruction alone?"""
    rest = key[match.end() :] if (match := _ITEM.match(key)) else key
    return _EMPTY.fullmatch(rest) is not None


@cache
def _mark() -> re.Pattern[str]:
    return compiled("|".join(lexicon("grids")["placeholder_marks"]))
