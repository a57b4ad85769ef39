"""The figures of one text as facts."""

import re
from collections.abc import Iterable, Iterator, Set

from perfgoals_lint.lint.facts.figure_fact import DIGITS, FigureFact, Said, Status
from perfgoals_lint.model import Location
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation

_PERIODS = {12: "month", 4: "quarter", 2: "half-year", 1: "year"}
_MARKS = "，。、；：:（）( )"


def of_text(
    scope: str, text: Narrative, said: Said, location: Location, whole: Set[Figure] = frozenset()
) -> list[FigureFact]:
    """All figures of a text in its order: those that are facts, of which the ``whole`` make the budget, and the digits of
    dates, document and list numbers and names, which are context."""
    links = _links(text.relations)
    found = [_fact(figure, links.get(figure, []), said, scope, location) for figure in text.figures]
    for figure, fact in zip(text.figures, found, strict=True):
        fact.figure, fact.within = figure, text
        if figure in whole and fact.status != "contradict":
            fact.status = "agree"
    for length in text.lengths:
        for fact in found:
            if length.span[0] <= fact.span[0] < length.span[1]:
                fact.status = "agree" if length.stated in length.possible else "contradict"
    covered = [figure.span for figure in text.figures]
    found += [context(match, scope, location) for match in _outside(text.text, covered)]
    return sorted(found, key=lambda fact: fact.span)


def context(match: re.Match[str], scope: str, location: Location) -> FigureFact:
    """Digits that are none of what the table plans: part of a date, of a name, of a number of something."""
    return FigureFact(match[0], None, "", "", "name", "context", None, scope, match.span(), location)


def _outside(text: str, covered: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The digits that stand in no figure."""
    place = 0
    for match in DIGITS.finditer(text):
        while place < len(covered) and covered[place][1] <= match.start():
            place += 1
        if place == len(covered) or match.end() <= covered[place][0]:
            yield match


def _links(relations: Iterable[Relation]) -> dict[Figure, list[Relation]]:
    links: dict[Figure, list[Relation]] = {}
    for relation in relations:
        for figure in (*relation.terms, relation.result):
            links.setdefault(figure, []).append(relation)
    return links


def _fact(figure: Figure, links: list[Relation], said: Said, scope: str, location: Location) -> FigureFact:
    unit = "/".join([figure.unit, *(per.unit for per in figure.per)])
    return FigureFact(
        figure.raw,
        figure.value,
        unit,
        figure.thing.strip(_MARKS),
        _role(figure, links),
        _status(figure, links, said),
        f"{figure.years} years" if figure.years else _PERIODS.get(figure.parts or 0),
        scope,
        figure.span,
        location,
        [
            {
                "kind": relation.kind,
                "with": [one.raw for one in (*relation.terms, relation.result) if one is not figure],
                "holds": relation.holds,
            }
            for relation in links
        ],
    )


def _status(figure: Figure, links: list[Relation], said: Said) -> Status:
    holds = [relation.holds for relation in links]
    if figure.quoted:
        return "context"
    if False in holds:
        return "contradict"
    if True in holds or said[(figure.value, figure.unit)] > 1:
        return "agree"
    return "not_understood" if figure.dimension == "bare" else "alone"


def _role(figure: Figure, links: list[Relation]) -> str:
    if figure.quoted or cues().policy.search(figure.lead):
        return "standard"
    if figure.past:
        return "earlier"
    if figure.price:
        return "unit_price"
    sums = [relation for relation in links if relation.kind in ("sum", "parts")]
    if figure.total or any(figure is relation.result for relation in sums):
        return "total"
    if sums:
        return "part"
    roles = {"money": "amount", "foreign": "amount", "count": "count", "time": "period", "bare": "number"}
    return roles.get(figure.dimension) or ("share" if cues().shares.search(figure.lead) else "rate")
