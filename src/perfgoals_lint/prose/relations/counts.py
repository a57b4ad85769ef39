"""Counted things: a whole and its parts, a total behind its parts, so many a month for so many months."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice, pairwise

from perfgoals_lint.prose.cues import Cues, cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.apiece import times_named
from perfgoals_lint.prose.relations.bare_lists import at_end, bare_counts
from perfgoals_lint.prose.relations.chains import averaged, by_kinds, chained, said_apart
from perfgoals_lint.prose.relations.count_totals import of_other_nouns, total_of
from perfgoals_lint.prose.relations.entries import PERSONS, STOP, is_class, is_part_of_year, may_be_part, same
from perfgoals_lint.prose.relations.growth import grown
from perfgoals_lint.prose.relations.openness import opened, opened_behind
from perfgoals_lint.prose.relations.relation import (
    Certainty,
    Relation,
    added,
    exchanged,
    in_unit,
    misprinted,
    nearly,
)
from perfgoals_lint.prose.relations.repeats import daily, repeated
from perfgoals_lint.prose.relations.whole_shares import EACH_QUARTER
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.lexicons import words as words_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

_BEHIND = 12
_SISTERS = 12
"""How many figures in front of a part the whole of it may stand."""
_NAMED_UNIT = compiled("[一-龥]")
_SEMICOLON = compiled("[；;]")
_PAIR = 2
_VERB = 2
"""Characters of a verb that a clause begins with."""
_NOUN = 6
"""Characters behind a count in which the noun that it counts may stand."""
_NET = compiled("净[增减]")
_PLACES_BEHIND = compiled("[一-龥]{1,4}[：:（(]")
_BY = compiled("[；;。，,（(](?:按|从)[一-龥]{1,8}(?:划?分|看)[，,：:]?")
_HEADS = PERSONS | {"人次"}
_LEVEL = compiled("(?:[省市县区镇乡村]|中央)级?$")
"""At the end of the name of a part that no other one overlaps."""
_QUARTERS = 4
_QUARTER = frozenset({"季度", "个季度"})
_OPENING = compiled(r"[^，。；、\d]{0,8}(?:，按[一-龥]{1,8}(?:划?分|看))?([（(：:])")
_HAS = compiled(r"[一-龥]{0,8}有(?=\d)")
_BEGUN = compiled(r"[。\n；;]其中[：:，,]?(?:20\d\d年)?(?:[^，。；：\d]|[（(]\d[)）]){0,16}$")
_REACH = 24
"""Characters of a sentence up to its first number."""
_YEAR = compiled("20[0-9]{2}年")
_COMPARED = ("past", "earlier", "due", "changes", "ceilings")
"""The lists of words in front of what an amount is only compared with: another year, what was meant, a bound."""
_AMONG = compiled("其中|包括|包含|分别为|分别是|分为|[，,]由(?![于0-9])")
_AMONG_IT = compiled("[，,]?其中")
_ANEW = compiled("[；;：:]|其中|按|从")
_SOME_OF = compiled("[一-龥]{0,8}[中里][，,]")
_DONE = compiled("(?:新增|更[换新]|替换|改[造建]|扩建|修复|升级)$")
"""What is done to a thing once, so that none is both new and renewed."""
_PART_OF_YEAR = compiled("季度|上半年|下半年")


def counted(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """The relations between the counts of each sentence."""
    words, settled = cues(), set[Figure]()
    for index, figure in enumerate(figures):
        if figure.dimension == "time" and (figure.parts or 1) > 1 and not figure.quoted:
            relation = repeated(text, figures, index)
            if relation is not None:
                yield relation
        if figure.dimension == "money" and (relation := grown(figures, index)) is not None:
            yield relation
        if figure.quoted or not (figure.dimension == "count" or _outside(figure, words)):
            continue
        parts = _parts(text, figures, index, words, figure in settled)
        settled.update(parts)
        if len(parts) == 1 and _exceeds(text, figures, index, parts[0]):
            shown = f"{in_unit(parts[0].value, figure)} > {in_unit(figure.value, figure)}"
            yield Relation("parts", parts, figure, parts[0].value, False, shown)
        elif len(parts) >= 2:
            relation = _whole(text, _divided(figures, index, parts), parts, words)
            if figure.dimension == "money":
                relation = _of_takings(relation)
            yield relation
            if again := _divided_again(text, figures, index, parts):
                yield _whole(text, figure, again, words)
        elif figure.dimension == "count":
            whole = figure.total or _of_year(text, figures, index)
            relation = grown(figures, index) or (total_of(text, figures, index, words) if whole else None)
            if relation is not None:
                yield relation
        if figure.dimension != "count":
            continue
        for relation in (
            chained(text, figures, index),
            by_kinds(figures, index),
            said_apart(figures, index),
            averaged(figures, index),
            repeated(text, figures, index),
            daily(figures, index),
        ):
            if relation is not None:
                yield relation


def _outside(figure: Figure, words: Cues) -> bool:
    """Is it money that is no part of the budget (收入, 贷款), so that it is added up with nothing but its own parts in a bracket?"""
    bracket = figure.tail[:1] in ("（", "(") and figure.dimension == "money" and not figure.price
    return bracket and words.excluded.search(figure.lead[-_VERB * 2 :]) is not None


def _of_takings(relation: Relation) -> Relation:
    """The parts of money outside the budget: what stands in its bracket may be compared with it, or be another thing, so that
    only what all but makes it is held against it, and never for sure."""
    compared = any(
        matcher(f"figures.{words}").search(one.lead) for one in relation.terms for words in _COMPARED
    )
    compared = compared or any(_YEAR.search(one.lead) for one in relation.terms)
    if compared or not (relation.holds or nearly(relation.result, relation.computed)):
        return replace(relation, holds=None)
    return replace(relation, certainty="likely")


def _divided_again(text: str, figures: list[Figure], index: int, parts: list[Figure]) -> list[Figure]:
    """The parts of a whole by something else than those in front of them (…；按等级分，一档4人、二档9人)."""
    anew = _BY.match(text, parts[-1].span[1])
    place = figures.index(parts[-1], index) + 1
    first = next(
        (
            number
            for number in range(place, min(place + _SISTERS, len(figures)))
            if may_be_part(figures[number], figures[index])
        ),
        None,
    )
    if anew is None or first is None or STOP.search(text, anew.end(), figures[first].span[0]):
        return []
    again = _listed(text, figures, index, first)
    return again if len(again) >= _PAIR else []


def _parts(text: str, figures: list[Figure], index: int, words: Cues, is_part: bool) -> list[Figure]:
    """The counts behind a count whose parts they are said to be; what ``is_part`` of another has none without a word."""
    whole = figures[index]
    behind = figures[index + 1 : index + 1 + _PAIR]
    following = next((one for one in behind if one.unit not in _QUARTER), None)  # 四个季度分别为
    if following is None or whole.per or whole.parts:
        return []
    apart = _in_next_sentence(text, figures, index)
    if apart is not None:
        return _listed(text, figures, index, apart)
    gap = text[whole.span[1] : following.span[0]]
    if STOP.search(gap) or len(gap) > 40:
        return []
    third = figures[index + 2 : index + 3]
    if third and same(third[0], whole) and _PLACES_BEHIND.match(following.tail):
        found = _listed(text, figures, index, index + 2)
        if len(found) == following.value:
            return found  # 229块，分布在3个乡：甲乡78块、…
    opening = _OPENING.match(gap)
    if opening is not None and opening[1] in "（(" and following.depth <= whole.depth:
        opening = None
    listed = (
        words.lists.match(whole.tail)
        or _HAS.match(whole.tail)
        or (not is_part and _BY.match(gap))
        or _AMONG.search(gap.partition("；")[0])
        or opening
    )
    if listed is None and (is_part or not bare_counts(text, whole)):
        return [] if is_part else _misprinted_whole(text, figures, index)
    return _listed(text, figures, index)


def _misprinted_whole(text: str, figures: list[Figure], index: int) -> list[Figure]:
    """Names with their numbers up to the end of a sentence, of which the number in front of them is the sum but for a slip
    of the pen."""
    whole, following = figures[index], figures[index + 1]
    if text[whole.span[1] : whole.span[1] + 1] not in ("，", "：") or not same(following, whole):
        return []
    found = _listed(text, figures, index)
    before = figures[max(0, index - _SISTERS) : index]
    entry = any(one.sentence == whole.sentence and same(one, whole) for one in before)
    if entry or len(found) < _PAIR or whole.bound != "=" or whole.unit in words_of("figures.generic_units"):
        return []
    named = all(len(one.lead.strip("，、和及")) >= _VERB and not one.behind for one in found[:-1])
    named = named and not any(matcher("figures.joined").search(one.lead) for one in found)
    named = named and not all(
        one.lead.endswith(whole.lead[-_VERB:]) for one in found
    )  # 总库容，兴利库容，死库容
    ended = at_end(text, found[-1].span[1])
    slip = misprinted(whole, sum((one.value for one in found), Decimal(0)))
    return found if named and ended and slip else []


def _in_next_sentence(text: str, figures: list[Figure], index: int) -> int | None:
    """The place of the first part of a count where the next sentence begins with it (培训460人，合格率100%。其中，司机260人、…), or,
    of the same thing, what stands behind a semicolon, and the count is the only one of its unit in front of that."""
    whole = figures[index]
    near = range(index + 1, min(index + _SISTERS, len(figures)))
    later = next((place for place in near if same(figures[place], whole)), None)
    if later is None or figures[later].sentence > whole.sentence + 1:
        return None
    around = figures[max(0, index - _SISTERS) : later]
    alone = sum(one.sentence == whole.sentence and same(one, whole) for one in around) == 1
    begun = _BEGUN.search(text, max(0, figures[later].span[0] - _REACH), figures[later].span[0])
    if not alone or begun is None:
        return None
    alike = common_stretch(figures[later].lead, whole.lead + whole.behind, _VERB)
    return None if begun[0][0] in "；;" and alike is None else later


def _listed(text: str, figures: list[Figure], index: int, first: int = 0) -> list[Figure]:
    """The counts in the unit of a whole behind it, as far as one list goes; it begins at ``first``, or directly behind."""
    first = first or index + 1
    whole, following = figures[index], figures[first]
    bracket = following.depth > whole.depth
    measures, sizes, ages = (words_of(f"figures.{name}") for name in ("measures", "sizes", "ages"))
    found: list[Figure] = []
    weaker = 0
    for position in range(first, min(index + 40, len(figures))):
        figure = figures[position]
        if (
            figure.unit in ages
            or is_class(figure)
            or is_part_of_year(figure)
            or (figure.dimension == "time" and not found)
        ):
            continue  # 分三年实施, 一季度, 一期6公里, 60至69岁48名
        if found and figure.dimension == "share" and matcher("figures.shares").search(figure.lead):
            continue  # 学生354名，占62%；社会214名，占38%
        if found and figure.unit in measures and whole.unit not in measures and figure.lead[-_VERB:] in sizes:
            continue  # 机耕路42条，长度56公里，晒场3个
        if not may_be_part(figure, whole):
            break
        if found and figure.depth > found[0].depth:
            continue  # what a part is made of: 自动站38个（山区29个、平原9个），人工站9个
        end = found[-1].span[1] if found else None
        if end and (
            STOP.search(text, end, figure.span[0]) or _BY.match(text, end) or _AMONG_IT.match(text, end)
        ):
            break  # another division begins (…；按性别分，男40人、女30人), or one of the last part (，其中女15人)
        if found and figure.depth != found[0].depth:
            break
        if bracket and figure.depth <= whole.depth:
            break
        if found and _flow(whole) == "joined" and _flow(figure) not in ("", "joined"):
            break  # 购入200件，其中捐赠50件，发放450件
        if found and _YEAR.search(figure.lead) and not _YEAR.search(found[0].lead):
            break  # 共有60公里，其中硬化50公里；2024年新增5公里
        if found and sum(one.value for one in found) == whole.value and _divides(text, [*found, figure]):
            # All parts are named; what follows divides the whole by something else, or is something else.
            break
        if end and not weaker and len(found) > 1 and _SEMICOLON.search(text, end, figure.span[0]):
            weaker = 0 if _SEMICOLON.search(text, found[-2].span[1], found[-1].span[0]) else len(found)
        found.append(figure)
    if weaker and sum(one.value for one in found[:weaker]) <= whole.value != sum(one.value for one in found):
        return found[:weaker]  # 其中甲36家、乙20家；委托检查30家
    return found


def _divides(text: str, listed: list[Figure]) -> bool:
    """Does another division of the same whole begin in front of the last count (…；其中国家级3个), or something else behind
    a comma, as the others are joined without one (县道1公里、乡道2公里，抢修3公里)?"""
    *gaps, last = [text[one.span[1] : other.span[0]] for one, other in pairwise(listed)]
    return _ANEW.search(last) is not None or ("，" in last and not any("，" in gap for gap in gaps))


def _exceeds(text: str, figures: list[Figure], index: int, part: Figure) -> bool:
    """Is one part of a whole (其中) more than all of it, and than it and its sisters in front of it?"""
    whole, near = figures[index], figures[max(0, index - _SISTERS) : index]
    if any(one.sentence == whole.sentence and may_be_part(one, whole) for one in near):
        return False  # 电脑30台、打印机40台，其中国产50台
    named = text[whole.span[1] : part.span[0]].lstrip("，,。；（(").startswith("其中")
    exact = whole.exact and part.bound in ("=", ">=") and part.low is None
    return named and exact and part.value > whole.value


def _divided(figures: list[Figure], index: int, parts: list[Figure]) -> Figure:
    """The whole that parts are of: the count in front of them, or where that is itself a part, and they make up the
    whole of it and its sisters, that whole."""
    whole, computed = figures[index], sum((one.value for one in parts), Decimal(0))
    if computed <= whole.value:
        return whole
    for figure in reversed(figures[max(0, index - _SISTERS) : index]):
        if figure.sentence != whole.sentence:
            break
        if (
            figure.dimension == "count"
            and same(figure, whole)
            and not figure.per
            and figure.value == computed
        ):
            return figure
    return whole


def _whole(text: str, whole: Figure, parts: list[Figure], words: Cues) -> Relation:
    computed, expression = added(parts, whole)
    exact = all(one.exact for one in parts) and whole.bound == "="
    if exact and computed == whole.value:
        return Relation("parts", parts, whole, computed, True, expression)
    stretch = text[whole.span[1] : parts[-1].span[1]]
    more = opened(stretch.replace("其中", "")) or opened_behind(text, parts[-1].span[1], whole.unit)
    if matcher("figures.others").match(parts[-1].lead.lstrip("，,、；")):
        more = False  # the last of the parts is all the others
    leads = " ".join(one.lead + one.behind[:4] for one in parts)
    pair = any(all(word in leads for word in pair) for pair in words.exhaustive) and len(parts) == 2
    named = whole.lead + whole.behind[:_NOUN]
    measured = whole.unit in words_of("figures.measures")
    sorted_by = _BY.search(text, whole.span[1], parts[0].span[0]) is not None
    apart = pair or measured or sorted_by
    overlapping = not apart and _overlap([one.lead for one in parts], named, words)
    over = computed > whole.value
    # Units of another kind of thing (个 of villages behind 个 of projects) are told by the words, not by the unit.
    generic = whole.unit in ("个", "项", "次") and not over and not re.search("其中|分别", stretch)
    listed = re.search("其中|分别|[（(：:]", stretch) or words.lists.match(whole.tail)
    bare = not listed and bare_counts(text, whole)
    # 补给站58个，包括饮水站26个、医疗站32个: the names end alike.
    alike = _NAMED_UNIT.match(whole.lead[-1:]) and all(one.lead[-1:] == whole.lead[-1:] for one in parts)
    in_bracket = whole.tail[:1] in ("（", "(") and not any(one.behind for one in parts)
    generic = generic and not (bare or alike or in_bracket)
    # Some of those (274家中，五星级9家; 5A级2家), or the parts of only some of the years that the whole is for.
    more = (
        more
        or _SOME_OF.match(whole.tail) is not None
        or all("A级" in one.lead for one in parts)
        or (whole.years is not None and len(parts) < whole.years)
    )
    overlapping |= not pair and _hold_all(whole, parts)
    if not exact or overlapping or generic or (more and not over) or _of_something_else(text, whole, parts):
        return Relation("parts", parts, whole, computed, None, expression)
    near = nearly(whole, computed)
    near = near or any(exchanged(one, whole.value - computed + one.value) for one in parts)
    certainty: Certainty = "sure" if over or pair else "likely" if near or "分别" in stretch else "open"
    if bare:
        certainty = "likely" if near else "open"
    return Relation("parts", parts, whole, computed, False, expression, certainty)


def _of_something_else(text: str, whole: Figure, parts: list[Figure]) -> bool:
    """Are numbers behind another what became of it (年初库存1200支，购入3000支，发放3500支), what makes a net number (净增20家（新认定28家、摘牌8家）),
    or of another noun?"""
    among = _AMONG.search(text, whole.span[1], parts[0].span[0])
    flows = not among and matcher("figures.stood").search(whole.lead) and any(map(_flow, parts))
    net = _NET.search(whole.lead) and any(_flow(one) or one.value > whole.value for one in parts)
    return bool(flows or net) or of_other_nouns(whole, parts)


def _hold_all(whole: Figure, parts: list[Figure]) -> bool:
    """Is one part all there are (筛查900人，其中甲病900人、乙病760人; 其中上半年1500亩、全年3200亩), so that the parts overlap?"""
    apart = all(_LEVEL.search(one.lead) for one in parts)
    again = [one for one in parts if one.value == whole.value]
    return any((one.unit in _HEADS and not apart) or "全年" in one.lead for one in again)


def _flow(figure: Figure) -> str:
    """The list of words by which a number is what came, what went, or what there is in the end; nothing for others."""
    lists = ("joined", "left", "given", "then")
    return next((words for words in lists if matcher(f"figures.{words}").search(figure.lead)), "")


def _overlap(leads: list[str], whole: str, words: Cues) -> bool:
    """Has a part a word of a group that cuts across others, which neither the whole nor every other part has too?"""
    if all(_DONE.search(lead) for lead in leads):
        return False  # 其中新增120套、更换240套: what is done to each
    groups = [
        {found[0] for found in words.overlapping.finditer(lead) if found[0] not in whole} for lead in leads
    ]
    return any(groups) and set.intersection(*groups) != set.union(*groups)


def _of_year(text: str, figures: list[Figure], index: int) -> bool:
    """Is it the number of the year behind those of its quarters or halves, or what several that are named have each?"""
    if "全年" not in figures[index].lead:
        return False
    if index and times_named(text, figures[index - 1]):
        return True
    near = figures[max(0, index - _QUARTERS - 1) : index]
    counts = (one for one in reversed(near) if one.dimension == "count")
    before = list(islice(counts, 4))
    if len(before) == _QUARTERS and all(same(one, figures[index]) for one in before):
        start = before[-1].span[0]
        if EACH_QUARTER.search(text, max(0, start - 2 * _BEHIND), start):
            return True
    before = before[:2]
    named = [one for one in before if _PART_OF_YEAR.search(text, max(0, one.span[0] - _BEHIND), one.span[0])]
    return len(named) == len(before) > 1
