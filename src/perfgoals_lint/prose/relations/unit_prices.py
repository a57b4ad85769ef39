"""Prices against each other: what one is made of, and what it gives for a longer time."""

from collections.abc import Iterator
from decimal import Decimal
from math import prod

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import SPANS, bare, cancels, in_measure
from perfgoals_lint.prose.relations.openness import opened, opened_behind
from perfgoals_lint.prose.relations.relation import Relation, added, fits, in_unit, nearly, plain
from perfgoals_lint.rulebook.patterns import compiled

_MADE_OF = compiled("[，,；：:]?[（(]?(?:其中|包括|包含|含|由)(?![0-9])")
_IN_TIMES = compiled(r"[，,]?(?:[^，。；]{0,6}[内年])?分[二两三四五六][次年][^，。；\d]{0,6}[，,：:]")
"""Behind a price that is paid in several times (每亩补助1200元，五年内分三次下达，…)."""
_END = compiled("[。；;\n]")
_LAST = compiled("[。；;\n）)]|[，,](?:共|合计|总计|全年)|$")
"""Behind the last part of a price: others may be named without a number behind a comma."""
_REACH = 12
_EACH = compiled("每(?:学年|[一-龥])")
_TIMES = {**SPANS, 4: ("个季度",)}
"""The units in which the times of a price for a part of the year are told."""


def unit_prices(text: str, figures: list[Figure]) -> Iterator[Relation]:
    """每人每天450元，其中住宿300元、伙食150元; 每人每天6元，200天，每人每年1200元."""
    for place, price in enumerate(figures):
        if price.dimension != "money" or not price.per or not price.exact:
            continue
        behind = figures[place + 1 : place + 1 + _REACH]
        relation = _made_of(text, price, behind) or _for_longer(figures, place)
        if relation is not None:
            yield relation


def _made_of(text: str, price: Figure, behind: list[Figure]) -> Relation | None:
    """The parts of a price, in its own unit or without one, up to the end of what is said of it."""
    if _MADE_OF.match(text, price.span[1]) is None and _IN_TIMES.match(text, price.span[1]) is None:
        return None
    parts, units = list[Figure](), [per.unit for per in price.per]
    for one in behind:
        last = parts[-1] if parts else price
        if one.dimension == "time" or (not parts and one.unit == "次"):
            continue
        if one.dimension != "money" or _END.search(text, last.span[1], one.span[0]) or one.total:
            break
        if parts and one.depth < last.depth:
            break
        if one.scale != price.scale or (one.per and [per.unit for per in one.per] != units):
            break
        parts.append(one)
    if len(parts) < 2 or not all(one.exact for one in parts):
        return None
    computed, shown = added(parts, price)
    end = parts[-1].span[1]
    more = opened(text[price.span[1] : end].replace("其中", "")) or opened_behind(text, end, price.unit)
    more = more or _LAST.match(text, end) is None
    near = nearly(price, computed)
    holds: bool | None = fits(computed, price) or (False if near and not more else None)
    return Relation("parts", parts, price, computed, holds, shown, "likely")


def _of_year(price: Figure, result: Figure, before: list[Figure]) -> Relation | None:
    """A price of each for the year behind that for a part of it (每人每月200元，全年每人2400元)."""
    yearly = result.parts == 1 or cues().yearly.search(result.lead)
    said = _EACH.sub("", cues().yearly.sub("", result.lead)).strip("，,、；")
    spans = [one for one in before if one.dimension == "time" and one.value > 1]
    times = [one.value for one in spans if one.unit in _TIMES.get(price.parts or 1, ())]
    uneven = _MADE_OF.match(result.tail) or cues().uneven.search(price.lead)
    if said not in _EACH.sub("", price.lead) or uneven or not (yearly or times) or len(times) != len(spans):
        return None
    computed = price.value * (often := Decimal(times[-1] if times else price.parts or 1))
    holds = fits(computed, result) or (False if nearly(result, computed) else None)
    shown = f"{bare(price)} × {plain(often)} = {in_unit(computed, result)}"
    return Relation("period", [price], result, computed, holds, shown, "likely")


def _for_longer(figures: list[Figure], place: int) -> Relation | None:
    """A price for less units than one in front of it in the sentence, by the numbers of those that it lacks."""
    result = figures[place]
    before = [one for one in figures[max(0, place - _REACH) : place] if one.sentence == result.sentence]
    prices = [one for one in before if one.dimension == "money"]
    if not prices or result.parts not in (None, 1) or cues().changes.search(result.lead):
        return None
    price, units = prices[-1], [per.unit for per in result.per]
    lacking = [per.unit for per in price.per if per.unit not in units]
    kept = [per.unit for per in price.per if per.unit in units]
    named = cues().yearly.sub("", result.lead.partition("每")[0]).strip("，,、；")
    if kept != units or price.bound != "=" or price.value >= result.value or named not in price.lead:
        return None  # 工作日每间每天300元，节假日每天500元
    if not lacking and (price.parts or 1) > 1:
        return _of_year(price, result, before)
    if not lacking or price.parts:
        return None
    factors: list[Figure] = []
    for unit in lacking:
        fitting = [one for one in before if cancels(one, unit) and not one.per and one.bound == "="]
        if len({one.value for one in fitting}) != 1:
            return None
        factors.append(fitting[-1])
    computed = price.value * prod((in_measure(one, price) for one in factors), start=Decimal(1))
    shown = f"{' × '.join(bare(one) for one in (price, *factors))} = {in_unit(computed, result)}"
    holds = fits(computed, result) or (False if nearly(result, computed) else None)
    return Relation("product", [price, *factors], result, computed, holds, shown, "likely")
