"""What prose calculates: products, sums, so much a period, changes, shares, spans of dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.context import Table
from perfgoals_lint.lint.facts.budget_shares import budget_shares
from perfgoals_lint.lint.facts.culprit import could_be, culprit
from perfgoals_lint.lint.kinds.selector import Spec
from perfgoals_lint.lint.violation import Violation
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Relation, in_unit, plain
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.rule import Check, Rule

_KINDS = {
    "products": ("product",),
    "sums": ("sum", "parts", "remainder"),
    "annual_totals": ("years",),
    "periods": ("period",),
    "changes": ("change",),
    "shares": ("share", "shares"),
}
_OWN = frozenset({"years"})
"""What a goal says of its own years stays a fault of that text, whatever else its yearly amount contradicts."""
_BREAK = compiled("[，。；、：,;:（）()\\s]")
_MOST_WORDS = 12


def calculation(spec: Spec) -> Check:
    """The kind ``calculation``: each wrong calculation once, in the first of the texts that states it."""
    wanted = spec["of"]
    fields = spec.get("in")
    wrong: Callable[[Table, str, Narrative], Iterator[Violation]]
    if wanted == "spans":
        wrong = _spans
    else:
        kinds = _KINDS[wanted]

        def wrong(table: Table, field: str, text: Narrative) -> Iterator[Violation]:
            yield from _relations(table, field, text.relations, kinds)
            if wanted == "shares":
                yield from _relations(table, field, list(budget_shares(table, text)), kinds)

    def check(table: Table, rule: Rule) -> Iterator[Violation]:
        seen: set[tuple[str, str]] = set()
        for field, text in table.prose.items():
            if fields is not None and field not in fields:
                continue
            for hit in wrong(table, field, text):
                key = (hit.args["expression"], hit.args["stated"])
                if key not in seen:
                    seen.add(key)
                    yield hit

    return check


def _relations(
    table: Table, field: str, relations: Sequence[Relation], kinds: tuple[str, ...]
) -> Iterator[Violation]:
    """One hit for each figure that does not agree with what it is said to be the result of."""
    broken: set[Figure] = set()
    settled = {one.result for one in relations if one.holds}
    for relation in relations:
        result = relation.result
        if relation.stated is not None and relation.kind in kinds and relation.holds:
            yield _hit(table, field, relation, "entries")
            continue
        if relation.holds is not False or result in broken or result.quoted:
            continue
        broken.add(result)
        if relation.kind in kinds:
            doubly = result in settled and relation.certainty == "sure"
            if relation.kind == "sum" and len(relation.terms) == 1:
                yield _hit(table, field, relation, "twice")
                continue
            case = "likely" if doubly else None if relation.certainty == "sure" else relation.certainty
            yield _hit(table, field, relation, case)


def _hit(table: Table, field: str, relation: Relation, case: str | None) -> Violation:
    result = relation.result
    args = {
        "expression": relation.expression,
        "stated": in_unit(result.value, result) if result.dimension == "money" else result.raw,
        "computed": in_unit(relation.computed, result),
        "raw": result.raw,
        "number": relation.stated or "",
        "entries": str(len(relation.terms)),
        "first": relation.terms[0].raw if relation.terms else "",
    }
    if relation.factor is not None:
        args["years"] = plain(relation.factor)
        args["annual"] = in_unit(relation.terms[0].value, relation.terms[0])
        args["yearly"] = in_unit(result.value / relation.factor, result)
    evidence: dict[str, Any] = {
        "expression": relation.expression,
        "terms": [_term(figure) for figure in relation.terms],
        "computed": relation.computed,
        "stated": result.value,
    }
    hit = Violation(table=table, field=field, span=result.span, case=case, args=args, evidence=evidence)
    if relation.holds is False and relation.kind not in _OWN:
        hit.suspects = [
            suspects.printed(field, figure.span, figure.raw, low, high)
            for figure, low, high in could_be(relation)
        ]
    place = table.place(field)
    for figure in dict.fromkeys(relation.terms):
        if figure is not result:
            hit.related.append(("term", _shown(figure), place))
    wrong = culprit(table, field, relation)
    if wrong is not None:
        hit.advice = "change.result" if wrong.of_result else "change.term"
        args |= {"right": in_unit(wrong.value, wrong.figure), "wrong": wrong.figure.raw}
        evidence["change"] = {**_term(wrong.figure), "to": wrong.value}
    return hit


def _shown(figure: Figure) -> dict[str, str]:
    """A term as a person finds it in its text: with the words directly in front of it, and where these begin."""
    words = _BREAK.split(figure.lead)[-1][-_MOST_WORDS:]
    return {"term": words + figure.raw, "at": str(figure.span[0] - len(words) + 1)}


def _term(figure: Figure) -> dict[str, Any]:
    return {"text": figure.raw, "value": figure.value, "unit": figure.unit, "span": list(figure.span)}


def _spans(table: Table, field: str, text: Narrative) -> Iterator[Violation]:
    for length in text.lengths:
        if length.stated in length.possible:
            continue
        args = {
            "expression": length.printed,
            "stated": f"{length.stated}{length.unit}",
            "computed": length.plan or f"{length.possible[0]}{length.unit}",
        }
        evidence = {"stated": Decimal(length.stated), "possible": list(length.possible)}
        case = "plan" if length.plan else None
        yield Violation(table=table, field=field, span=length.span, case=case, args=args, evidence=evidence)
