"""A total of counted things behind its parts."""

from decimal import Decimal
from itertools import accumulate

from perfgoals_lint.prose.cues import Cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.apiece import times_named
from perfgoals_lint.prose.relations.entries import STOP, is_class, is_part_of_year, may_be_part, same
from perfgoals_lint.prose.relations.openness import opened_in_front
from perfgoals_lint.prose.relations.relation import Relation, added, fits, in_unit, misprinted, nearly
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.lexicons import words as words_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

_BARE_SUM = compiled("(?:合计|共计|总计|合共)[：:为]*$")
_SISTERS = 12
"""How many figures in front of a part the whole of it may stand."""
_PAIR = 2
_VERB = 2
"""Characters of a verb that a clause begins with."""
_NOUN_BEHIND = compiled("[一-龥]{1,4}")
_OF_YEAR = compiled("[，,；即]|全年|一年|每年|年内|合计|共计|总计|共")


def total_of(text: str, figures: list[Figure], index: int, words: Cues) -> Relation | None:
    """The total at ``index`` against the counts in front of it in its sentence, or in the one before that."""
    total = figures[index]
    running = "累计" in total.lead
    over_years = total.years is not None and running
    if running and not over_years:
        return None
    parts, number = _in_front(text, figures, index)
    times = [times_named(text, one) or 1 for one in parts]
    if any(one > 1 for one in times):
        return _of_occasions(total, parts, times)
    if len(parts) < 2:
        parts = _sentence_before(figures, index)
    if len(parts) < 2 or of_other_nouns(total, parts):
        return None
    if over_years and len(parts) != total.years:
        return None
    computed, expression = added(parts, total)
    if fits(computed, total) and not total.about:
        return Relation("sum", parts, total, computed, True, expression)
    exact = all(one.exact for one in (*parts, total))
    if not exact or _overlap(parts, words):
        return None
    stretch = text[parts[0].span[0] - min(16, parts[0].span[0]) : total.span[0]]
    named = "其中" in stretch and any(
        same(one, total) for one in figures[max(0, index - _SISTERS) : index] if one.span < parts[0].span
    )
    if named or opened_in_front(stretch):
        return None
    near = number == len(parts) or abs(computed - total.value) <= max(computed, total.value) / 5
    near = (
        near or misprinted(total, computed) or _is_sum_of(parts, total, figures[max(0, index - 40) : index])
    )
    return Relation("sum", parts, total, computed, False, expression, "likely" if near else "open")


def _of_occasions(total: Figure, parts: list[Figure], times: list[int]) -> Relation | None:
    """春节、国庆各举办1场，中秋举办1场，全年共3场: some numbers are each of several that are named; the total has no own thing."""
    pairs = list(zip(parts, times, strict=True))
    computed = sum((one.value * often for one, often in pairs), Decimal(0))
    shown = (f"{one.raw} × {often}".removesuffix(" × 1") for one, often in pairs)
    holds: bool | None = fits(computed, total)
    said = _OF_YEAR.sub("", total.lead)
    named = not said or any(common_stretch(said, one.lead + one.behind, _VERB) for one in parts)
    near = abs(computed - total.value) <= max(Decimal(_PAIR), computed / 5)
    holds = holds or (False if named and near and all(one.exact for one in (*parts, total)) else None)
    expression = f"{' + '.join(shown)} = {in_unit(computed, total)}"
    return Relation("sum", parts, total, computed, holds, expression, "likely")


def _overlap(parts: list[Figure], words: Cues) -> bool:
    """May the same people or firms be counted in two of the parts? Not where one sort is set against all that are none of
    it (脱贫户300户、一般户260户)."""
    sorts = [one for one in parts if "新增" not in one.lead and _is_sort(one.lead, words)]
    ordinary = [one for one in parts if one not in sorts and matcher("figures.ordinary").search(one.lead)]
    return bool(sorts) and not (len(sorts) == 1 and len(ordinary) == 1)


def _is_sort(lead: str, words: Cues) -> bool:
    """Do words name a sort of people or firms, and not all that are none of it (非脱贫户)?"""
    return any(lead[found.start() - 1 : found.start()] != "非" for found in words.overlapping.finditer(lead))


def _is_sum_of(parts: list[Figure], total: Figure, before: list[Figure]) -> bool:
    """Is what is plainly called a sum that of all parts: nothing else stands in its unit in front of it, or it is less than they
    make, and not what the last ones of them do?"""
    if not _BARE_SUM.search(total.lead):
        return False
    again = total.unit in words_of("figures.measures") and any(one.value == total.value for one in parts)
    if again or not any(total.behind in one.lead + one.behind for one in parts):
        return False  # 勘界10公里、测绘20公里，合计20公里; 新建10个、改造20个，合计90个村庄
    alone = not any(same(one, total) and one not in parts for one in before)
    each = any(matcher("figures.apiece").search(one.lead) for one in parts)
    if len(parts) > _PAIR and alone and not each:
        return _BARE_SUM.match(total.lead.lstrip("，,；;")) is not None
    sums = list(accumulate(one.value for one in reversed(parts)))
    return sums[-1] > total.value and total.value not in sums


def _sentence_before(figures: list[Figure], index: int) -> list[Figure]:
    """The counts of the sentence in front that name the thing of a total (新换井盖3620套…更换井盖4248套。共更换井盖7868套), which is
    what they make with a slip of the pen, or nearly."""
    total = figures[index]
    near = figures[max(0, index - _SISTERS) : index]
    parts = [one for one in near if one.sentence == total.sentence - 1 and same(one, total) and not one.per]
    named = all(common_stretch(one.lead, total.lead, _VERB) for one in parts)
    here = any(one.sentence == total.sentence and same(one, total) for one in near)
    if here or not named or len(parts) < _PAIR or any(one.total or one.past for one in parts):
        return []
    if not _does_the_same(total, parts):
        return []
    computed = sum((one.value for one in parts), Decimal(0))
    return parts if nearly(total, computed) and total.lead.lstrip("，,").startswith("共") else []


def _does_the_same(total: Figure, parts: list[Figure]) -> bool:
    """Is what a total says is done in front of its thing (共更换井盖) said of one of the parts as well, or nothing said? What is
    done to all there are (新建机井12眼、修复机井30眼。共维护机井45眼) is another number."""
    said = total.lead.lstrip("，,").removeprefix("共")
    thing = min((common_stretch(one.lead, said, _VERB) or said for one in parts), key=len)
    act = said[: said.find(thing)]
    return not act or any(act in one.lead for one in parts)


def of_other_nouns(whole: Figure, parts: list[Figure]) -> bool:
    """Is another thing counted by one of the parts, in a unit that does not tell what (3个镇：东镇（2个村）、西镇（3个村）)?"""
    nouns = [found for one in parts if (found := _NOUN_BEHIND.match(one.tail))]
    mine = _NOUN_BEHIND.match(whole.tail)
    if whole.unit not in words_of("figures.generic_units") or mine is None:
        return False
    return not all(set(noun[0]) & set(mine[0]) for noun in nouns)


def _is_among(figures: list[Figure], place: int, total: Figure) -> bool:
    """Do two numbers in the unit of a total stand in its sentence in front of what is some of them?"""
    near = figures[max(0, place - _SISTERS) : place]
    return sum(one.sentence == total.sentence and may_be_part(one, total) for one in near) >= _PAIR


def _in_front(text: str, figures: list[Figure], index: int) -> tuple[list[Figure], int | None]:
    """The counts that stand in front of their total, in order, and how many it says they are (三类共)."""
    total = figures[index]
    parts: list[Figure] = []
    measures = words_of("figures.measures")
    number: int | None = None
    for position in range(index - 1, max(-1, index - 40), -1):
        figure = figures[position]
        end = parts[-1].span[0] if parts else total.span[0]
        if is_part_of_year(figure) or is_class(figure):
            continue
        if figure.unit in measures and total.unit in measures and not same(figure, total):
            continue  # 长410米、宽5米，面积2050平方米
        beside = figure.span[1] >= total.span[0] - len(total.lead) and figure.unit != total.unit
        if not parts and beside and figure.dimension == "count" and not figure.per:
            number = int(figure.value)
            continue
        if parts and not same(figure, total) and figure.span[1] == end and figure.dimension == "count":
            continue  # 东校区5所480套、西校区7所360套: so many of each
        if not may_be_part(figure, total):
            break
        if STOP.search(text, figure.span[1], end) or figure.item != total.item:
            break
        parts.append(figure)
        if "其中" in figure.lead and _is_among(figures, position, total):
            parts = []  # 电脑30台、打印机40台，其中国产50台，共70台
    parts.reverse()
    return parts, number
