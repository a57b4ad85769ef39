"""Where the money of a whole comes from: its sources, told in a sentence of their own."""

from bisect import bisect_left
from collections.abc import Iterator

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.openness import opened, opened_behind
from perfgoals_lint.prose.relations.relation import Certainty, Relation, added, fits, nearly
from perfgoals_lint.rulebook.patterns import compiled

_SOURCES = compiled("(?<=[。；;\n])(?:项目|其)?(?:资金|经费)(?:来源|筹措|构成)(?:方式|情况)?[为是：:]{1,2}")
_END = compiled("[。\n]")
_BEFORE = 12
_MOST = 12


def sources(text: str, figures: list[Figure], found: list[Relation]) -> Iterator[Relation]:
    """总投资336万元，其中…。资金来源：上级补助201万元，本级财政135万元: the sources against the whole in front of them, where nothing
    ``found`` says so already."""
    told = {(one.result, *one.terms) for one in found if one.holds is not None}
    starts = [one.span[0] for one in figures]
    for named in _SOURCES.finditer(text):
        end = _END.search(text, named.end())
        stop = end.start() if end else len(text)
        place = bisect_left(starts, named.end())
        money = [
            one for one in figures[place : place + _MOST] if one.span[1] <= stop and one.dimension == "money"
        ]
        before = [one for one in figures[max(0, place - _BEFORE) : place] if one.dimension == "money"]
        whole = next((one for one in before if one.total or cues().wholes.search(one.lead)), None)
        if (
            whole is None
            or len(money) < 2
            or any(one.price or one.per or one.total or one.depth for one in money)
            or (whole, *money) in told
        ):
            continue
        computed, shown = added(money, whole)
        exact = all(one.exact for one in (whole, *money)) and not whole.past
        last = money[-1].span[1]
        closed = exact and not (opened(text[named.end() : last]) or opened_behind(text, last, whole.unit))
        near = nearly(whole, computed)
        holds: bool | None = fits(computed, whole) or (False if closed else None)
        certainty: Certainty = "likely" if near or computed > whole.value else "open"
        yield Relation("parts", money, whole, computed, holds, shown, certainty)
