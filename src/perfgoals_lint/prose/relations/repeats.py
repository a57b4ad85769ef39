"""So many a period, and what they make over all of it."""

import re
from decimal import Decimal

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.apiece import times_named
from perfgoals_lint.prose.relations.entries import same
from perfgoals_lint.prose.relations.openness import opened_behind
from perfgoals_lint.prose.relations.periods import months_of
from perfgoals_lint.prose.relations.relation import Kind, Relation, fits, in_unit, misprinted, plain
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.patterns import compiled

_BEHIND = 12
_ADDED = 4
"""How far in front of a count the word stands that says that it is added, in characters."""
_LONGEST = 200
_NEAR = 3
"""How many figures behind so many a period the whole, and the number of periods, may stand."""
_MOST_BETWEEN = 30
_WEEKS = 52
_FACTORS = frozenset({"count", "time", "share"})
_DAYS = frozenset({"天", "日", "工作日"})
_DAILY_AVERAGE = compiled(r"日均[^，。；、\d]{0,8}$")
_PART_OF_YEAR = compiled("[月季]|半年|底|前|末")
_YEARLY = compiled("^年(?![度底初末内])|全年|年内|一年|本年|年度|当年|合计|共计|总计|累计|共")


def repeated(text: str, figures: list[Figure], index: int) -> Relation | None:
    """每月A，全年B; 每年A，三年共B."""
    narrow = figures[index]
    if narrow.parts is None or narrow.per or opened_behind(text, narrow.span[1], narrow.unit):
        return None
    for wide in figures[index + 1 : index + 1 + _NEAR]:
        if wide.sentence != narrow.sentence:
            return None
        if _is_wide(wide, narrow) and wide.parts in (None, 1):
            break
    else:
        return _in_front(figures, index)
    if _on_top(narrow, wide):
        return None
    if narrow.parts == 1 and wide.years is None:
        return None
    factor, exact = _periods(text, figures, index, wide)
    if wide.span[0] - narrow.span[1] > _MOST_BETWEEN:
        return None
    if not _YEARLY.search(wide.lead + ("共" if wide.years else "")) or not _alike(narrow, wide):
        return None
    if cues().uneven.search(narrow.lead) and not exact and factor == narrow.parts * (wide.years or 1):
        return None
    found = _claim(narrow, wide, factor, exact)
    # 春节、国庆各1场，每月1场，全年14场: with those in front of it.
    before = [one for one in figures[max(0, index - _NEAR) : index] if one.sentence == narrow.sentence]
    others = [one.value * (times_named(text, one) or 1) for one in before if same(one, narrow) and one.plain]
    if others and fits(found.computed + sum(others), wide):
        found.holds = None
    return found


def daily(figures: list[Figure], index: int) -> Relation | None:
    """日均A，全年开放N天，共B: so many a day for a number of days that is printed. An average may be rounded."""
    narrow, behind = figures[index], figures[index + 1 : index + 1 + _NEAR]
    average = _DAILY_AVERAGE.search(narrow.lead) is not None
    if not (average or [one.unit for one in narrow.per] in (["天"], ["日"])) or narrow.bound != "=":
        return None
    days = next(
        (one for one in behind if one.unit in _DAYS and one.bound == "=" and not (one.per or one.parts)), None
    )
    wide = next((one for one in behind if one.unit.startswith(narrow.unit) and not one.per), None)
    if days is None or wide is None or not narrow.sentence == days.sentence == wide.sentence:
        return None
    used, near = (narrow, days, wide), figures[max(0, index - _NEAR) : index + 1 + _NEAR]
    if any(one.sentence == narrow.sentence and one not in used and one.dimension in _FACTORS for one in near):
        return None  # 5个窗口每日各办理20件
    if cues().uneven.search(narrow.lead + days.lead):
        return None
    if wide.dimension != narrow.dimension or not _YEARLY.search(days.lead + wide.lead):
        return None
    if not _alike(narrow, wide):
        return None
    computed = narrow.value * days.value
    holds: bool | None = fits(computed, wide, narrow.half * days.value if average else Decimal(0))
    expression = f"{narrow.raw} × {days.raw} = {in_unit(computed, wide)}"
    holds = holds or (False if wide.bound == "=" else None)
    return Relation("period", [narrow, days], wide, computed, holds, expression, "likely")


def _is_wide(wide: Figure, narrow: Figure) -> bool:
    return wide.dimension == narrow.dimension and same(wide, narrow) and not wide.per


def _in_front(figures: list[Figure], index: int) -> Relation | None:
    """The whole directly in front of so many a period (全年48次，每月4次)."""
    narrow = figures[index]
    wide = figures[index - 1] if index else narrow
    if wide.dimension != "count" or not _is_wide(wide, narrow) or wide.parts is not None:
        return None
    if wide.sentence != narrow.sentence or narrow.span[0] - wide.span[1] > _BEHIND or narrow.parts is None:
        return None
    if _on_top(narrow, wide):
        return None
    if narrow.parts == 1:
        return _claim(narrow, wide, Decimal(wide.years)) if wide.years else None
    if "全年" in wide.lead or (cues().yearly.match(wide.lead) and not _PART_OF_YEAR.search(wide.lead)):
        return _claim(narrow, wide, Decimal(narrow.parts))
    # Without a word of the year it may be for some of the periods, but for no more than there are.
    most = narrow.value * (narrow.parts + (narrow.parts == _WEEKS))
    over = most < wide.value <= most * Decimal("1.2") or misprinted(wide, narrow.value * narrow.parts)
    over = over and narrow.bound == wide.bound == "="
    if not over or _elsewhere(figures, index):
        return None
    relation = _claim(narrow, wide, Decimal(narrow.parts))
    relation.certainty = "likely"
    return relation


def _elsewhere(figures: list[Figure], index: int) -> bool:
    """Is something counted in the same sentence that so many a period may be for each of?"""
    narrow, wide = figures[index], figures[index - 1]
    around = [*figures[max(0, index - 1 - _NEAR) : index - 1], *figures[index + 1 : index + 1 + _NEAR]]
    return any(
        one.sentence == narrow.sentence and one.dimension in ("count", "time")
        for one in around
        if one is not wide
    )


def _on_top(narrow: Figure, wide: Figure) -> bool:
    """Does so many a period come on top in some of them (其中7—8月每月增加1场), unless the whole is what is added too?"""
    added = matcher("figures.added").search(narrow.lead[-_ADDED:])
    return added is not None and added[0] not in wide.lead


def _periods(text: str, figures: list[Figure], index: int, wide: Figure) -> tuple[Decimal, bool]:
    """How many periods a whole is for, and whether their number is printed as one of weeks."""
    narrow = figures[index]
    if narrow.parts == 1:
        return Decimal(wide.years or 1), False
    between = [one for one in figures[index + 1 : index + 1 + _NEAR] if one.span[0] < wide.span[0]]
    if narrow.parts == 12:
        months = [one for one in between if one.unit in ("月", "个月")]
        if months:
            return months[0].value, False
        least = max(0, narrow.span[0] - _LONGEST)
        sentence = max(text.rfind("。", least, narrow.span[0]), least)
        partial = months_of(text[sentence : wide.span[0]])
        return Decimal(partial or narrow.parts) * (wide.years or 1), False
    weeks = [one for one in between if one.unit == "周"]
    if weeks and narrow.parts == _WEEKS:
        return weeks[0].value, True
    return Decimal(narrow.parts or 1) * (wide.years or 1), False


def _claim(narrow: Figure, wide: Figure, factor: Decimal, exact: bool = False) -> Relation:
    computed = narrow.value * factor
    expression = f"{narrow.raw} × {plain(factor)} = {in_unit(computed, wide)}"
    holds: bool | None = fits(computed, wide)
    if narrow.parts == _WEEKS and not holds and not exact:
        holds = fits(computed, wide, narrow.value * 4) or False
    least, most = _bounds(narrow, factor)
    if not holds and not (
        (least is not None and wide.bound in ("=", "<=") and least > wide.value)
        or (most is not None and wide.bound in ("=", ">=") and most < wide.value)
    ):
        holds = None
    kind: Kind = "years" if narrow.parts == 1 else "period"
    return Relation(kind, [narrow], wide, computed, holds, expression, "sure", factor)


def _bounds(narrow: Figure, factor: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that so many a period make over all of them, ``None`` where nothing says so."""
    if narrow.low is not None or narrow.bound == "~":
        return None, None
    whole = narrow.value * factor
    return (whole if narrow.bound in ("=", ">=") else None, whole if narrow.bound in ("=", "<=") else None)


def _alike(narrow: Figure, wide: Figure) -> bool:
    """Is the same thing counted: a shared noun, or none named the second time?"""
    one, other = (
        re.sub(r"[每各]|[年月季度]|全年|共计?|合计|累计|总计|安排|开展|完成", "", narrow.lead),
        wide.lead,
    )
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}
    rest = re.sub(
        "全年|年内|一年|本年|年度|当年|合计|共计|总计|累计|共|不少于|完成|开展|举办|达到|达|三年|计算|测算|[，,：:为年]",
        "",
        other,
    )
    return len(rest) < 2 or any(pair in other for pair in pairs)
