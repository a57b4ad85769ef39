"""Every figure of a table - prose, rows, budget box - as a fact, and the account of them: none is lost."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import field as member
from decimal import Decimal
from itertools import chain
from typing import Any, Literal

from perfgoals_lint.lint.context import Table, Value
from perfgoals_lint.model import Finding, Location
from perfgoals_lint.model.dataclass import dataclass
from perfgoals_lint.money import shown
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation
from perfgoals_lint.rulebook.patterns import compiled

Status = Literal["agree", "contradict", "alone", "not_understood", "context"]
CLASSES: tuple[Status, ...] = ("agree", "contradict", "alone", "not_understood", "context")
_DIGITS = compiled(r"[0-9０-９]+(?:[,，][0-9]{3})*(?:[.．][0-9]+)?")
"""What a plain scan takes for a figure."""
COMPARING = ("PGA", "PGK")
"""Rules that set figures against each other have a code that begins so."""
_FORM = Location("")
"""Where the amounts of the form stand, whatever box they are printed in."""
_PERIODS = {12: "month", 4: "quarter", 2: "half-year", 1: "year"}


@dataclass(slots=True)
class FigureFact:
    """One figure as ``perfgoals-lint facts`` prints it. ``value`` is in 元 for money; ``span`` are 0-based characters in
    the text of the box ``scope``, nothing for an amount of the form; ``relations`` are (kind, the other figures as printed,
    whether it holds)."""

    text: str
    value: Decimal | None
    unit: str
    counts: str
    role: str
    status: Status
    time: str | None
    scope: str
    span: tuple[int, int]
    location: Location
    relations: list[dict[str, Any]] = member(default_factory=list)


def facts(table: Table, findings: Iterable[Finding] = ()) -> list[FigureFact]:
    """The figures of a table: its amounts, its prose box by box, its rows; in each text in the order of the text. Those
    that one of the ``findings`` on the table sets against each other contradict."""
    budget = table.goal.budget_yuan
    said: Counter[tuple[Decimal, str]] = Counter()
    for text in table.prose.values():
        said.update({(figure.value, figure.unit) for figure in text.figures})
    for row in table.rows:
        for value in row.values:
            if value.quantity is not None and value.quantity.value is not None:
                said[(value.quantity.value, value.quantity.unit or "")] += 1
    whole = _whole_entries(table, budget)
    found = _amounts(table, bool(whole) or said[(budget or Decimal(0), "元")] > 0)
    if budget is not None:
        said[(budget, "元")] += 1
    for name, text in table.prose.items():
        found += _prose(table, name, text, said, whole)
    for row in table.rows:
        for value in row.values:
            found += _cell(value, said, row.place(value.field))
    _contradict(found, findings)
    return found


def _amounts(table: Table, repeated: bool) -> list[FigureFact]:
    """The budget, which may be ``repeated`` elsewhere, its sources and the amounts of its tasks, which agree with it where
    they add up to it."""
    goal, budget = table.goal, table.goal.budget_yuan
    sources = [
        (f"funding_yuan.{name}", name, amount, table.place(f"funding_yuan.{name}"))
        for name, amount in (goal.funding_yuan or {}).items()
    ]
    tasks = [
        ("tasks", task.name, task.amount_yuan, task.location)
        for task in goal.tasks or ()
        if task.amount_yuan is not None
    ]
    found: list[FigureFact] = []
    for parts in (sources, tasks):
        adds_up = bool(parts) and sum((amount for _, _, amount, _ in parts), Decimal(0)) == budget
        repeated = repeated or adds_up
        found += [
            _amount(scope, name, amount, "part", adds_up, place) for scope, name, amount, place in parts
        ]
    if budget is None:
        return found
    return [_amount("budget_yuan", "", budget, "total", repeated, table.place("budget_yuan")), *found]


def _amount(scope: str, counts: str, amount: Decimal, role: str, agrees: bool, place: Location) -> FigureFact:
    status: Status = "agree" if agrees else "alone"
    return FigureFact(shown(amount), amount, "元", counts, role, status, None, scope, (0, 0), place)


def _contradict(found: list[FigureFact], findings: Iterable[Finding]) -> None:
    """Mark the figures that a finding sets against each other: amounts of the form, and figures in the places that it is
    about, which its message or its calculation names. Where it is on a relation of the text, those are marked already."""
    compared = [one for one in findings if one.rule.startswith(COMPARING) and one.severity != "info"]
    known: dict[tuple[Location | None, str], list[FigureFact]] = defaultdict(list)
    marked: set[tuple[Location | None, tuple[int, int] | None]] = set()
    for fact in found if compared else ():
        place = _FORM if fact.span == (0, 0) else fact.location
        for number in _DIGITS.findall(fact.text)[:1] if fact.status != "context" else ():
            known[place, number].append(fact)
        if fact.status == "contradict":
            marked.add((place, fact.span))
    for finding in compared:
        own = finding.location
        said = f"{finding.message} {(finding.evidence or {}).get('expression', '')}"
        places = {_FORM, own, *(one.location for one in finding.related)}
        named = [known.get((place, number), []) for place in places for number in set(_DIGITS.findall(said))]
        if (own, finding.span) not in marked and len(figures := list(chain(*named))) > 1:
            for fact in figures:
                fact.status = "contradict"


def _whole_entries(table: Table, budget: Decimal | None) -> set[Figure]:
    """The figures of the texts whose amounts, all added up, are the budget."""
    whole: set[Figure] = set()
    for text in table.prose.values() if budget is not None else ():
        values = [entry.value for entry in text.entries]
        known = [value for value in values if value is not None]
        if known and len(known) == len(values) and abs(sum(known, Decimal(0)) - (budget or 0)) < 1:
            whole.update(figure for entry in text.entries for figure in entry.figures)
    return whole


def _prose(
    table: Table, name: str, text: Narrative, said: Counter[tuple[Decimal, str]], whole: set[Figure]
) -> list[FigureFact]:
    place = table.place(name)
    links = _links(text.relations)
    found = [_fact(figure, links.get(figure, []), said, name, place) for figure in text.figures]
    for figure, fact in zip(text.figures, found, strict=True):
        if figure in whole and fact.status != "contradict":
            fact.status = "agree"
    for length in text.lengths:
        for fact in found:
            if length.span[0] <= fact.span[0] < length.span[1]:
                fact.status = "agree" if length.stated in length.possible else "contradict"
    covered = [figure.span for figure in text.figures]
    found += [
        FigureFact(match[0], None, "", "", "name", "context", None, name, match.span(), place)
        for match in _outside(text.text, covered)
    ]
    return sorted(found, key=lambda fact: fact.span)


def _outside(text: str, covered: list[tuple[int, int]]) -> Iterable[re.Match[str]]:
    """The digits that stand in no figure: dates, document and list numbers, names."""
    place = 0
    for match in _DIGITS.finditer(text):
        while place < len(covered) and covered[place][1] <= match.start():
            place += 1
        if place == len(covered) or match.end() <= covered[place][0]:
            yield match


def _links(relations: list[Relation]) -> dict[Figure, list[tuple[Relation, Figure]]]:
    links: dict[Figure, list[tuple[Relation, Figure]]] = {}
    for relation in relations:
        for figure in (*relation.terms, relation.result):
            links.setdefault(figure, []).append((relation, figure))
    return links


def _fact(
    figure: Figure,
    links: list[tuple[Relation, Figure]],
    said: Counter[tuple[Decimal, str]],
    name: str,
    place: Location,
) -> FigureFact:
    holds = [relation.holds for relation, _ in links]
    status: Status
    if figure.quoted:
        status = "context"
    elif False in holds:
        status = "contradict"
    elif True in holds or said[(figure.value, figure.unit)] > 1:
        status = "agree"
    elif figure.dimension == "bare":
        status = "not_understood"
    else:
        status = "alone"
    unit = "/".join([figure.unit, *(per.unit for per in figure.per)])
    fact = FigureFact(
        figure.raw,
        figure.value,
        unit,
        figure.thing,
        _role(figure, links),
        status,
        _time(figure),
        name,
        figure.span,
        place,
    )
    fact.relations = [
        {
            "kind": relation.kind,
            "with": [one.raw for one in (*relation.terms, relation.result) if one is not figure],
            "holds": relation.holds,
        }
        for relation, _ in links
    ]
    return fact


def _role(figure: Figure, links: list[tuple[Relation, Figure]]) -> str:
    if figure.quoted or cues().policy.search(figure.lead):
        return "standard"
    if figure.past:
        return "earlier"
    if figure.price:
        return "unit_price"
    if figure.total or any(
        figure is relation.result and relation.kind in ("sum", "parts") for relation, _ in links
    ):
        return "total"
    if any(relation.kind in ("sum", "parts") for relation, _ in links):
        return "part"
    roles = {"money": "amount", "foreign": "amount", "count": "count", "time": "period", "bare": "number"}
    return roles.get(figure.dimension) or ("share" if cues().shares.search(figure.lead) else "rate")


def _time(figure: Figure) -> str | None:
    if figure.years:
        return f"{figure.years} years"
    return _PERIODS.get(figure.parts or 0)


def _cell(value: Value, said: Counter[tuple[Decimal, str]], place: Location) -> list[FigureFact]:
    """The figures of a value cell; the one that the value states is a target, the others are its context."""
    quantity = value.quantity
    found: list[FigureFact] = []
    for match in _DIGITS.finditer(value.text):
        span = value.span or (0, len(value.text))
        inside = quantity is not None and quantity.value is not None and span[0] <= match.start() < span[1]
        if inside and quantity is not None:
            unit = quantity.unit or ""
            status: Status = "agree" if said[(quantity.value or Decimal(0), unit)] > 1 else "alone"
            fact = FigureFact(
                match[0],
                quantity.value,
                unit,
                value.row.name,
                "target",
                status,
                None,
                value.field,
                match.span(),
                place,
            )
        else:
            dated = value.kind in ("deadline", "period")
            role = "deadline" if dated else "target"
            status = "alone" if dated or value.has_number else "context"
            fact = FigureFact(
                match[0], None, "", value.row.name, role, status, None, value.field, match.span(), place
            )
        found.append(fact)
    return found


def account(figures: Iterable[FigureFact]) -> dict[str, int]:
    """How many figures there are, and how many of each class: the classes add up to ``figures``."""
    classes = Counter(fact.status for fact in figures)
    return {"figures": classes.total()} | {name: classes[name] for name in CLASSES}
