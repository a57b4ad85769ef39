"""What there was, what is added and what goes, and what there will be."""

import re
from decimal import Decimal

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import PERSONS, same
from perfgoals_lint.prose.relations.relation import Relation, in_unit
from perfgoals_lint.prose.relations.share_words import WORD
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.similarity import common_stretch

_MOST = 4
"""How many changes may stand between what there was and what there will be."""


def grown(figures: list[Figure], index: int) -> Relation | None:
    """原有A处，新增B处，达到C处; 在职A人，新招B人，退休C人，年末实有D人: what there was, with what is added and without what
    goes, makes what there will be."""
    end = figures[index]
    if index < 2 or not matcher("figures.then").search(end.lead) or not _plain(end, end):
        return None
    changes: list[tuple[Figure, int]] = []
    for figure in reversed(figures[max(0, index - _MOST) : index]):
        if not _plain(figure, end):
            return None
        sign = _sign(figure)
        if sign:
            changes.insert(0, (figure, sign))
        elif changes and matcher("figures.stood").search(figure.lead) and _one_thing(figure, end):
            money = end.dimension != "count"
            alike = all(of_it(one, figure) for one, _ in changes if money or _given(one))
            return _relation(figure, changes, end) if alike else None
        else:
            return None
    return None


def _sign(figure: Figure) -> int:
    """1 for what is added, -1 for what goes, 0 for neither."""
    if matcher("figures.joined").search(figure.lead):
        return 1
    return -1 if matcher("figures.left").search(figure.lead) or _given(figure) else 0


def _given(figure: Figure) -> re.Match[str] | None:
    """The word of what goes from a stock of things, which people are none of."""
    return None if figure.unit in PERSONS else matcher("figures.given").search(figure.lead)


def of_it(change: Figure, stood: Figure) -> bool:
    """Is what is added or goes called nothing else than what there was (not 年初营业收入…，新增投资…)?"""
    verb = cues().changes.search(change.lead) or _given(change)
    name = change.lead[verb.end() :].strip("了约为：:") if verb else change.lead
    return not name or common_stretch(name, stood.lead, WORD) is not None


def _one_thing(stood: Figure, end: Figure) -> bool:
    """Is what there is in the end no other thing than what there was (现有志愿者…，活跃志愿者达到…)? A total (总面积) is not."""
    if end.total:
        return True
    named = end.lead
    for said in ("figures.then", "figures.stood", "figures.plan_words"):
        named = matcher(said).sub("", named)
    return named.strip("，、将可年底末") in stood.lead


def _plain(figure: Figure, end: Figure) -> bool:
    near = figure.dimension == end.dimension and figure.sentence == end.sentence and same(figure, end)
    return near and not (
        figure.bound == "~" or figure.low is not None or figure.per or figure.parts or figure.price
    )


def _relation(stood: Figure, changes: list[tuple[Figure, int]], end: Figure) -> Relation:
    computed = stood.value + sum((sign * one.value for one, sign in changes), Decimal(0))
    terms = "".join(f" {'+' if sign > 0 else '−'} {one.raw}" for one, sign in changes)
    expression = f"{stood.raw}{terms} = {in_unit(computed, end)}"
    figures = [stood, *(one for one, _ in changes)]
    return Relation("sum", figures, end, computed, computed == end.value, expression, "likely")
