"""A whole, what is taken of it, and what is left."""

from collections.abc import Iterator
from decimal import Decimal

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Certainty, Relation, in_unit, misprinted
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.patterns import compiled

_NEAR = 8
"""How far in front of a figure the word stands that says what of the whole it is, in characters."""
_MOST = 5
_OTHERS = compiled("^[，,、；;]?(?:其余|余下|剩余|剩下)的?|(?:其余|余下|剩余|剩下)的?$")
_JOINED = compiled("[、和及与]")
_AS_SHARE = compiled(r"([^，。；\d]{0,12})\d+(?:\.\d+)?%[，,（(]?(?:即|共|计|合|约|为){0,2}$")
"""In front of an amount: the share that it makes (已支付80%即116万元)."""
_OF_SHARE = compiled(r"的\d+(?:\.\d+)?%[，,；;][^，。；\d]{0,10}")
_YEAR = compiled(r"((?:19|20)\d\d)年")


def remainders(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """合同A，已付B，尾款C: the whole, what was taken, and what is left of it, side by side."""
    plain = [one for one in figures if one.dimension in ("money", "count") and not (one.price or one.per)]
    plain = [one for one in plain if (one.parts or 1) == 1]  # 每季度拨付22.5万元 is no whole
    for index, whole in enumerate(plain):
        if whole.quoted or whole.low is not None or _JOINED.match(whole.lead):
            continue
        behind = plain[index + 1 : index + 2 + _MOST]
        several = _with_others(plain[max(0, index - _MOST) : index], whole, behind)
        if several is not None:
            yield several
            continue
        if index and behind and _is_of_share(text, plain[index - 1], whole, behind[0]):
            yield _remainder(whole, [plain[index - 1]], behind[0])
            continue
        taken, rest = _named(text, whole, behind)
        if rest is None or not taken or _taken(text, whole, behind[:1]):
            continue
        deducted = any(_says(one, "deducted") for one in taken)
        carried = all(_says(one, "carried") for one in taken) and _says(rest, "asked")
        last = plain[index + 1 + len(taken) + 1 : index + 1 + len(taken) + 2]
        # What else is named behind it is a part of the whole too (本年申请12万元，自筹10万元).
        carried = carried and not (last and last[0].sentence == rest.sentence)
        if deducted and rest.total and index and plain[index - 1].sentence == whole.sentence:
            # The total of several amounts less what is deducted (工资54万元，奖金5.4万元，扣减0.4万元，共需59万元).
            continue
        if deducted or carried or (_says(rest, "rest") and _holds_all(whole, taken, rest)):
            yield _remainder(whole, taken, rest)
        elif _planned(rest):
            yield from _overspent(whole, taken, rest)


def _holds_all(whole: Figure, taken: list[Figure], rest: Figure) -> bool:
    """May the first of the figures be the whole of the others: where the rest is only that of what is named (其余28个), it
    is said to be a total and is more than each of them."""
    named = all(_says(one, "taken") for one in taken)
    if named or not matcher("figures.others").match(rest.lead.lstrip("，,、；")):
        return True
    more = all(whole.value > one.value for one in (*taken, rest))
    return more and whole.total and (whole.dimension == "count" or whole.scale == rest.scale)


def _with_others(before: list[Figure], whole: Figure, behind: list[Figure]) -> Relation | None:
    """任务80株，46株已完成，另21株正在实施，其余13株: all other things in the unit of the first number of a sentence, of which the last is
    what is left, where they make it but for a slip of the pen or a fifth."""
    if whole.dimension != "count" or any(
        one.sentence == whole.sentence and one.unit == whole.unit for one in before
    ):
        return None
    parts = [one for one in behind if one.sentence == whole.sentence and one.unit == whole.unit]
    last = next((place for place, one in enumerate(parts) if _OTHERS.search(one.lead)), None)
    if last is None or last < 2 or not all(one.exact for one in (whole, *parts[: last + 1])):
        return None
    *taken, rest = parts[: last + 1]
    computed = whole.value - sum((one.value for one in taken), Decimal(0))
    near = abs(computed - rest.value) <= whole.value / 5 or misprinted(rest, computed)
    more = all(whole.value > one.value for one in (*taken, rest))
    return _remainder(whole, taken, rest) if more and near else None


def _is_of_share(text: str, part: Figure, whole: Figure, rest: Figure) -> bool:
    """完成改造18公里，占年度任务60公里的30%，剩余42公里: a part, its whole, and what is left of that."""
    alike = len({(one.dimension, one.unit, one.sentence) for one in (part, whole, rest)}) == 1
    told = alike and part.value < whole.value and "占" in whole.lead and _says(rest, "rest")
    return told and _OF_SHARE.fullmatch(text, whole.span[1], rest.span[0]) is not None


def _says(figure: Figure, words: str) -> bool:
    """Does a word of a list of ``figures.yaml`` stand near in front of a figure?"""
    return matcher(f"figures.{words}").search(figure.lead[-_NEAR:]) is not None


def _left(figure: Figure) -> bool:
    """Is it what is left of a whole, and not what is left of the year before, which is taken (扣除上年结余)?"""
    before = _says(figure, "carried") and _says(figure, "taken")
    return _says(figure, "rest") and not before


def _named(text: str, whole: Figure, behind: list[Figure]) -> tuple[list[Figure], Figure | None]:
    """What is said to be taken of a whole directly behind it, and the figure of the same kind behind that."""
    taken: list[Figure] = []
    for number, figure in enumerate(behind[:_MOST]):
        if figure.depth > whole.depth or (whole.dimension == "money" != figure.dimension):
            continue
        alike = figure.dimension == whole.dimension and figure.unit == whole.unit
        if not alike or figure.sentence != whole.sentence or figure.depth != whole.depth:
            break
        rest = taken and _left(figure)
        joined = taken and not rest and _JOINED.match(text, taken[-1].span[1]) is not None
        if rest or not (joined or _taken(text, figure, behind[number + 1 : number + 2])):
            return taken, figure
        if figure.total and len(taken) > 1:
            taken = []  # 已付设计费14万元、施工费18万元，累计支付32万元: all that was taken, once more
        taken.append(figure)
    return taken, None


def _planned(figure: Figure) -> bool:
    """Is it said of an amount that it will be paid (2024年需支付…)?"""
    return figure.bound == "=" and _says(figure, "to_pay")


def _overspent(whole: Figure, taken: list[Figure], figure: Figure) -> Iterator[Relation]:
    """What was paid and what will be paid may be less than the whole, and never more."""
    total = sum((one.value for one in (*taken, figure)), Decimal(0))
    about = any(one.about or one.bound != "=" for one in (whole, *taken, figure))
    contract = matcher("figures.contract").search(whole.lead) is not None
    if contract and not about and total > whole.value + whole.half:
        yield _remainder(whole, taken, figure)


def _taken(text: str, figure: Figure, following: list[Figure]) -> bool:
    """Is it said of a figure that it was spent or done before: by a word, or by a year that the next one is behind?"""
    if _says(figure, "taken"):
        return True
    start, least = figure.span[0], max(0, figure.span[0] - 3 * _NEAR)
    share = _AS_SHARE.search(text, least, start) if "%" in text[least:start] else None
    rest = bool(following) and _left(following[0])
    if rest and _says(figure, "spends"):
        return True
    if share is not None and (rest or matcher("figures.taken").search(share[1])):
        return True
    others = matcher("figures.others").match(following[0].lead.lstrip("，,、；")) if rest else None
    if others is not None and not matcher("figures.others").match(figure.lead.lstrip("，,、；")):
        return True
    here = _YEAR.search(text, max(0, start - 2 * _NEAR), start)
    there = _YEAR.search(text, figure.span[1], following[0].span[0]) if following else None
    return here is not None and (rest or (there is not None and int(here[1]) < int(there[1])))


def _remainder(whole: Figure, taken: list[Figure], rest: Figure) -> Relation:
    computed = whole.value - sum((one.value for one in taken), Decimal(0))
    terms = " − ".join(in_unit(one.value, whole) for one in (whole, *taken))
    expression = f"{terms} = {in_unit(computed, rest)}"
    # What is more than the whole together is told twice (已安排400万元，累计安排640万元).
    twice = computed < 0 and (len(taken) > 1 or "缺口" in rest.lead + rest.tail[:4])
    fits = abs(computed - rest.value) <= (rest.half if rest.decimals else 0)
    certainty: Certainty = "sure" if matcher("figures.contract").search(whole.lead) else "likely"
    holds = fits or (None if twice or not all(one.exact for one in (whole, *taken, rest)) else False)
    return Relation("remainder", [whole, *taken], rest, computed, holds, expression, certainty)
