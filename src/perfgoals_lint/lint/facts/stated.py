"""The figure that a goal states for a row: the rate or the length of time behind the row's own name."""

from functools import lru_cache

from perfgoals_lint.lint.context import Row, Value
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.promises import covers
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure, is_start
from perfgoals_lint.rulebook.lexicons import ends_with_any, expression, finds, matcher, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values.units import measure_of

_CLAUSE_END = compiled("[，。；\n]")
_LEAST_NAME = 4
"""Characters of a name with which it stands for one thing alone."""
_WORD = 2
"""Characters of the shortest word that tells another case."""
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
    if cues().moved.search(quantity.subject or ""):
        return None  # 提高4%
    timed = measure_of(quantity.unit)[0] in words("counting.stretches")
    if quantity.unit not in ("%", "‰") and not timed:
        return None
    least = _LEAST_NAME - 1 if row.name.endswith("率") else _LEAST_NAME
    name = expression("stated_twice.rate_tail").sub("", row.name) if quantity.unit == "%" else row.name
    if timed:
        # 飞行作业小时数 is 飞行作业900小时 in a goal.
        name = name.removesuffix(analyse(name).head) if ends_with_any(name, "names.span_heads") else name
    if len(name) < least or goal.text.count(name) > 1:
        return None
    dimension = "time" if timed else "share"
    if name not in goal.text:
        return _by_end_of_name(row, name, goal, dimension)
    return _behind(row, goal, goal.text.index(name), len(name), dimension)


def _behind(row: Row, goal: Narrative, start: int, length: int, dimension: str) -> Figure | None:
    """The first figure of the dimension directly behind a name that stands at ``start``, of a change (由15%降到11%) the second."""
    end = start + length
    for figure in goal.figures:
        gap = figure.span[0] - end
        if figure.past and 0 <= gap <= _BEHIND_NAME and is_start(figure.lead, figure.tail):
            before = goal.text[max(0, figure.span[0] - _SENTENCE) : figure.span[0]]
            of_year = expression("stated_twice.clause_year").search(before)
            if expression("stated_twice.otherwise").search(_CLAUSE_END.split(before)[-1]):
                return None  # 上半年由15%降到13%
            if figure.dimension != dimension or (of_year and int(of_year[1]) != row.table.year):
                return None  # 到2028年由50%提高到70%
            changes = (one for one in goal.relations if one.kind == "change" and one.holds is not True)
            if any(figure in one.terms for one in changes):
                return None  # 由93%提高到89%, which is wrong by itself
            if _is_told(row, goal):
                return None
            end = figure.span[1]
            continue
        if not 0 <= gap <= _BEHIND_NAME or figure.quoted or figure.past or figure.per:
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


def _is_only(row: Row, words: str) -> bool:
    """Is a row the only one of its table whose name ends in some words?"""
    return sum(one.name.endswith(words) for one in row.table.rows) == 1


@lru_cache(maxsize=4096)
def _done_within(lead: str, tail: str) -> tuple[str, frozenset[str], frozenset[str]]:
    """What is done within a time and to what (接报到场, of 接报后30分钟内到场), its characters, and those of what it is done to."""
    done = expression("stated_twice.done_within").match(tail)
    of = expression("stated_twice.said_first").sub("", lead) if done else ""
    said = of + done["what"] if done else ""
    return said, frozenset(said), frozenset(of)


def _is_done_within(figure: Figure, thing: str) -> bool:
    """Is a thing done within a time, and no other case of it (接报后30分钟内到场 is the 接报到场时间, 火警接报后… is not)?"""
    said, held, of = _done_within(figure.lead, figure.tail)
    thing = expression("stated_twice.said_first").sub("", thing)
    known = len(thing) >= _LEAST_NAME and held.issuperset(thing) and covers(said, thing)
    return known and len(of.difference(thing)) < _WORD


def _is_told(row: Row, goal: Narrative) -> bool:
    """Does a goal have the figure of the row for another one (24小时内修复，重大险情48小时内修复; 降到11%，其中一季度降至14%)?"""
    own = row.target
    return own is not None and any(
        (one.value, one.unit) == (own.value, own.unit) and not one.past for one in goal.figures
    )


def _by_end_of_name(row: Row, name: str, goal: Narrative, dimension: str) -> Figure | None:
    """The only figure behind the end of a name whose other words stand in the sentence in front of it
    (投诉处理率95%，处理时限不超过2天 for 投诉处理时限)."""
    found = []
    thing = name.removesuffix(analyse(name).head)
    for figure in goal.figures:
        if figure.dimension != dimension:
            continue
        if dimension == "time" and _is_done_within(figure, thing):
            found.append(figure)
            continue
        words = cues().at_most.sub("", matcher("figures.reached").sub("", figure.lead))
        if len(words) < _LEAST_NAME:
            continue
        # The words may hold more than the name (急救呼叫平均响应时间 for 急救响应时间).
        if not name.endswith(words) and not (words.endswith(name[-_LEAST_NAME:]) and covers(words, name)):
            continue
        least = max(0, figure.span[0] - _SENTENCE)
        start = max(goal.text.rfind("。", least, figure.span[0]) + 1, least)
        said, title = goal.text[start : figure.span[0]], row.table.goal.project_name or ""
        # The title of the project may say the rest (母婴传播率 is the 甲病母婴传播率 of 甲病防治), unless other rows end so too.
        if covers(said, name) or (covers(f"{said}\n{title}", name) and _is_only(row, words)):
            found.append(figure)
    plain_figure = len(found) == 1 and not (found[0].quoted or found[0].past or found[0].per)
    return found[0] if plain_figure and not _is_told(row, goal) else None
