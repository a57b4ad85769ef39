"""Counted things: a whole and its parts, a total behind its parts, so many a month for so many months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgoals_lint.prose.cues import Cues, cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Certainty, Kind, Relation, fits, in_unit, plain

_BEHIND = 12
_HEADS = frozenset({"人", "名", "位", "人次"})
_PERSONS = frozenset({"人", "名", "位"})
_STOP = re.compile(r"[。\n！？]")
_YEARLY = re.compile("全年|年内|一年|本年|年度|当年|合计|共计|总计|累计|共")
_OPEN_BUT = re.compile(
    r"等[级候待同于额]|[平同中高初优一二三四五六七八九十]等|(?:其他|其余|余下|剩余|部分)(?=[^，。；、]{0,8}[0-9])"
)
_PLAIN_TOTAL = re.compile(r"(?:合计|共计|总计|总共|合共|一共|共)[^，。；、\d]{0,10}$")


def same(one: Figure, other: Figure) -> bool:
    """Do two counts count in one unit?"""
    return one.unit == other.unit or (one.unit in _PERSONS and other.unit in _PERSONS)


def counted(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """The relations between the counts of each sentence."""
    words = cues()
    for index, figure in enumerate(figures):
        if figure.dimension != "count" or figure.quoted:
            continue
        parts = _parts(text, figures, index, words)
        if len(parts) >= 2:
            relation = _whole(text, figure, parts, words)
            if relation is not None:
                yield relation
        elif figure.total:
            relation = _total(text, figures, index, words)
            if relation is not None:
                yield relation
        relation = _each(figures, index)
        if relation is not None:
            yield relation
        relation = _repeated(text, figures, index)
        if relation is not None:
            yield relation


def _parts(text: str, figures: list[Figure], index: int, words: Cues) -> list[Figure]:
    """The counts behind a count whose parts they are said to be."""
    whole = figures[index]
    following = figures[index + 1] if index + 1 < len(figures) else None
    if following is None or whole.per or whole.parts:
        return []
    gap = text[whole.span[1] : following.span[0]]
    if _STOP.search(gap) or len(gap) > 40:
        return []
    listed = re.search("其中|包括|包含|分别为|分别是|分为", gap) or re.match(
        r"[^，。；、\d]{0,8}[（(：:]", gap
    )
    if listed is None:
        return []
    bracket = following.depth > whole.depth
    found: list[Figure] = []
    for position in range(index + 1, min(index + 40, len(figures))):
        figure = figures[position]
        if (
            figure.dimension != "count"
            or not same(figure, whole)
            or figure.per
            or figure.parts
            or figure.total
        ):
            break
        if found and (
            _STOP.search(text, found[-1].span[1], figure.span[0]) or figure.depth != found[0].depth
        ):
            break
        if bracket and figure.depth <= whole.depth:
            break
        found.append(figure)
    return found


def _whole(text: str, whole: Figure, parts: list[Figure], words: Cues) -> Relation | None:
    computed = sum((one.value for one in parts), Decimal(0))
    expression = f"{' + '.join(plain(one.value / whole.scale) for one in parts)} = {in_unit(computed, whole)}"
    exact = all(one.bound == "=" and one.low is None for one in parts) and whole.bound == "="
    if exact and computed == whole.value:
        return Relation("parts", parts, whole, computed, True, expression)
    stretch = _OPEN_BUT.sub("", text[whole.span[1] : parts[-1].span[1] + 3])
    opened = words.opened.search(re.sub("其中", "", stretch)) is not None
    leads = " ".join(one.lead + one.tail[:4] for one in parts)
    pair = any(all(word in leads for word in pair) for pair in words.exhaustive) and len(parts) == 2
    overlapping = not pair and any(words.overlapping.search(one.lead) for one in parts)
    over = computed > whole.value
    # Units of another kind of thing (个 of villages behind 个 of projects) are told by the words, not by the unit.
    generic = whole.unit in ("个", "项", "次") and not over and not re.search("其中|分别", stretch)
    if not exact or overlapping or generic or (opened and not over):
        return Relation("parts", parts, whole, computed, None, expression)
    near = abs(computed - whole.value) <= whole.value / 5
    certainty: Certainty = "sure" if over or pair else "likely" if near or "分别" in stretch else "open"
    return Relation("parts", parts, whole, computed, False, expression, certainty)


def _total(text: str, figures: list[Figure], index: int, words: Cues) -> Relation | None:
    total = figures[index]
    over_years = total.years is not None and "累计" in total.lead
    if not (over_years or _PLAIN_TOTAL.search(total.lead)):
        return None
    parts: list[Figure] = []
    for position in range(index - 1, max(-1, index - 40), -1):
        figure = figures[position]
        end = parts[-1].span[0] if parts else total.span[0]
        if figure.dimension == "time" and figure.unit == "年":
            continue
        if (
            figure.dimension != "count"
            or not same(figure, total)
            or figure.per
            or figure.total
            or figure.parts
        ):
            break
        if _STOP.search(text, figure.span[1], end) or figure.item != total.item:
            break
        parts.append(figure)
    parts.reverse()
    if len(parts) < 2:
        return None
    if over_years and len(parts) != total.years:
        return None
    computed = sum((one.value for one in parts), Decimal(0))
    expression = f"{' + '.join(plain(one.value / total.scale) for one in parts)} = {in_unit(computed, total)}"
    if fits(computed, total) and not total.about:
        return Relation("sum", parts, total, computed, True, expression)
    exact = all(one.bound == "=" and one.low is None for one in (*parts, total))
    if not exact or any(words.overlapping.search(one.lead) for one in parts if "新增" not in one.lead):
        return None
    stretch = text[parts[0].span[0] - min(16, parts[0].span[0]) : total.span[0]]
    if "其中" in stretch or words.opened.search(_OPEN_BUT.sub("", stretch)):
        return None
    near = abs(computed - total.value) <= max(computed, total.value) / 5
    return Relation("sum", parts, total, computed, False, expression, "likely" if near else "open")


def _each(figures: list[Figure], index: int) -> Relation | None:
    """10场，每场50人，共500人次: so many for each of the things counted beside it, and the total behind them."""
    each = figures[index]
    if (
        len(each.per) != 1
        or each.parts
        or each.per[0].count != 1
        or each.bound != "="
        or each.low is not None
    ):
        return None
    first, last = max(0, index - 1), index + 2
    times = [
        position
        for position in range(first, min(last, len(figures)))
        if position != index
        and figures[position].dimension == "count"
        and figures[position].unit == each.per[0].unit
        and not figures[position].per
    ]
    behind = max([index, *times]) + 1
    if len(times) != 1 or behind >= len(figures):
        return None
    number, total = figures[times[0]], figures[behind]
    persons = total.unit in _HEADS and each.unit in _HEADS
    alike = total.dimension == "count" and (persons or same(total, each)) and not total.per
    together = number.sentence == each.sentence == total.sentence and number.bound == "="
    if not alike or not together or not _PLAIN_TOTAL.search(total.lead):
        return None
    computed = each.value * number.value
    expression = f"{each.raw} × {number.raw} = {in_unit(computed, total)}"
    holds: bool | None = fits(computed, total) or (None if total.bound != "=" else False)
    return Relation("product", [each, number], total, computed, holds, expression)


def _repeated(text: str, figures: list[Figure], index: int) -> Relation | None:
    """每月A，全年B; 每年A，三年共B."""
    narrow = figures[index]
    if narrow.parts is None or narrow.per:
        return None
    for wide in figures[index + 1 : index + 4]:
        if wide.sentence != narrow.sentence:
            return None
        if wide.dimension == "count" and same(wide, narrow) and not wide.per and wide.parts in (None, 1):
            break
    else:
        wide = figures[index - 1] if index else narrow
        behind = wide.dimension == "count" and same(wide, narrow) and not wide.per and wide.parts is None
        if not behind or wide.sentence != narrow.sentence or narrow.span[0] - wide.span[1] > _BEHIND:
            return None
        if narrow.parts == 1:
            return _claim(narrow, wide, Decimal(wide.years)) if wide.years else None
        return _claim(narrow, wide, Decimal(narrow.parts)) if "全年" in wide.lead else None
    gap = text[narrow.span[1] : wide.span[0]]
    if narrow.parts == 1:
        if wide.years is None:
            return None
        factor = Decimal(wide.years)
    else:
        months = [
            one
            for one in figures[index + 1 : index + 4]
            if one.unit in ("月", "个月") and one.span[0] < wide.span[0]
        ]
        factor = (
            months[0].value if months and narrow.parts == 12 else Decimal(narrow.parts) * (wide.years or 1)
        )
    if len(gap) > 30 or not _YEARLY.search(wide.lead + ("共" if wide.years else "")):
        return None
    if not _alike(narrow, wide):
        return None
    return _claim(narrow, wide, factor)


def _claim(narrow: Figure, wide: Figure, factor: Decimal) -> Relation:
    computed = narrow.value * factor
    expression = f"{narrow.raw} × {plain(factor)} = {in_unit(computed, wide)}"
    holds: bool | None = fits(computed, wide)
    if not holds and (narrow.bound != "=" or wide.bound != "=" or narrow.low is not None):
        holds = None
    kind: Kind = "years" if narrow.parts == 1 else "period"
    return Relation(kind, [narrow], wide, computed, holds, expression, "sure", factor)


def _alike(narrow: Figure, wide: Figure) -> bool:
    """Is the same thing counted: a shared noun, or none named the second time?"""
    one, other = (
        re.sub(r"[每各]|[年月季度]|全年|共计?|合计|累计|总计|安排|开展|完成", "", narrow.lead),
        wide.lead,
    )
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}
    rest = re.sub(
        "全年|年内|一年|本年|年度|当年|合计|共计|总计|累计|共|不少于|完成|开展|举办|达到|达|三年|[，,：:为年]",
        "",
        other,
    )
    return len(rest) < 2 or any(pair in other for pair in pairs)
