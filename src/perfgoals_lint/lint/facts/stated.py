"""The figure that a goal states for a row: the rate or the length of time behind the row's own name."""

from __future__ import annotations

from perfgoals_lint.lint.context import Row, Value
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.promises import covers
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.rulebook.lexicons import contains_any, ends_with_any, expression, finds, matcher, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values.types import Quantity
from perfgoals_lint.values.units import convert, measure_of

_CLAUSE_END = compiled("[，。；、]")
_LEAST_NAME = 4
"""Characters of a name with which it stands for one thing alone."""
_SENTENCE = 60
"""How far in front of a figure the beginning of its sentence is looked for, in characters."""
_BEHIND_NAME = 8
"""How far behind its name a figure stands at the most, in characters."""


def stated_figure(row: Row, value: Value, goal: Narrative) -> Figure | None:
    """The share or time of a goal that is said of what a row's value is for; ``None`` where the value is neither, the
    goal does not name the row, or names it more than once."""
    quantity = value.quantity
    if quantity is None or quantity.value is None or quantity.per or quantity.over:
        return None
    timed = measure_of(quantity.unit)[0] in words("counting.stretches")
    if quantity.unit not in ("%", "‰") and not timed:
        return None
    least = _LEAST_NAME - 1 if row.name.endswith("率") else _LEAST_NAME
    name = _name(row, timed)
    if len(name) < least or goal.text.count(name) > 1:
        return None
    dimension = "time" if timed else "share"
    if name not in goal.text:
        return _by_words(row, name, quantity, goal, dimension)
    return _behind(row, goal, goal.text.index(name), len(name), dimension)


def _name(row: Row, timed: bool) -> str:
    """A name as a goal says it: 飞行作业小时数 is 飞行作业900小时 there."""
    if not timed:
        return expression("stated_twice.rate_tail").sub("", row.name)
    ends = ends_with_any(row.name, "names.span_heads")
    return row.name.removesuffix(analyse(row.name).head) if ends else row.name


def _behind(row: Row, goal: Narrative, start: int, length: int, dimension: str) -> Figure | None:
    """The first figure of the dimension directly behind a name that stands at ``start``."""
    end = start + length
    for figure in goal.figures:
        gap = figure.span[0] - end
        if (
            not 0 <= gap <= _BEHIND_NAME
            or figure.quoted
            or figure.past
            or (figure.per and dimension == "time")
        ):
            continue
        if figure.dimension != dimension:
            continue
        another = "点" in figure.unit or finds(goal.text[end : figure.span[0]], "stated_twice.another")
        ranged = expression("stated_twice.range").match(goal.text, figure.span[1])
        return None if another or ranged or _is_of_past(row, goal.text[:start]) else figure
    return None


def _is_of_past(row: Row, before: str) -> bool:
    """Does the clause that a name stands in begin with a year before the table's (2024年设备校准率达到95%)?"""
    year = expression("stated_twice.clause_year").search(before)
    return year is not None and row.table.year is not None and int(year[1]) < row.table.year


def _by_words(row: Row, name: str, quantity: Quantity, goal: Narrative, dimension: str) -> Figure | None:
    """The only figure whose words are those of a name: all of it stands in the sentence in front of it (投诉处理率95%，
    处理时限不超过2天 for 投诉处理时限), or no other row has these words and the row's value permits less (家长满意度 for
    受助儿童家长满意度)."""
    said = [one for one in goal.figures if one.dimension == dimension and _is_said_of(one, name)]
    named = [one for one in said if covers(_in_front(goal.text, one), name)]
    if len(named or said) != 1:
        return None
    figure = (named or said)[0]
    if figure.quoted or figure.past or figure.per:
        return None
    return figure if named or _permits_less(row, quantity, figure) else None


def _is_said_of(figure: Figure, name: str) -> bool:
    """Do the words of a figure name what a name does, wholly or without what that says more?"""
    lead = cues().at_most.sub("", matcher("figures.reached").sub("", figure.lead))
    if analyse(lead).kind == "change":
        return False  # 能耗下降38% has no thing of its own in front of its figure
    if name.endswith(lead) and (len(lead) >= _LEAST_NAME or contains_any(lead, "satisfaction.approval")):
        return True
    # The words may hold more than the name (急救呼叫平均响应时间 for 急救响应时间), or less.
    more = lead.endswith(name[-_LEAST_NAME:]) and covers(lead, name)
    if len(lead) >= _LEAST_NAME and (more or (lead[-2:] == name[-2:] and covers(name, lead))):
        return True
    stem = name.removesuffix(analyse(name).head)
    behind = _CLAUSE_END.split(figure.tail)[0]  # 接警后30分钟内起飞 for 接警后起飞时间
    return (
        figure.dimension == "time" and len(stem) >= _LEAST_NAME and covers(f"{figure.lead}\n{behind}", stem)
    )


def _in_front(text: str, figure: Figure) -> str:
    """The words of a sentence in front of a figure."""
    least = max(0, figure.span[0] - _SENTENCE)
    start = max(text.rfind("。", least, figure.span[0]) + 1, least)
    return text[start : figure.span[0]]


def _permits_less(row: Row, quantity: Quantity, figure: Figure) -> bool:
    """Does a row permit less than a figure says that no other row has the words of?"""
    at_most, timed = quantity.op in ("<=", "<"), figure.dimension == "time"
    if figure.low is not None or figure.parts or figure.bound not in ("=", "<=" if at_most else ">="):
        return False
    said = convert(figure.value, figure.unit, quantity.unit) if timed else figure.value
    if said is None or quantity.value is None or "点" in figure.unit:
        return False
    if said == quantity.value or (said > quantity.value) == at_most:
        return False
    others = (one for one in row.table.filled_rows if one is not row)
    return not any(_is_said_of(figure, _name(one, timed)) for one in others)
