"""What prose and the cells of values calculate: products, sums, so much a period, changes, shares, spans of dates."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.context import Row, Table
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


class _Read(NamedTuple):
    """A text that was read, in a box of a table or in a cell of a row of it."""

    table: Table
    row: Row | None
    field: str
    read: Narrative

    def violation(
        self, span: tuple[int, int], case: str | None, args: dict[str, Any], evidence: dict[str, Any]
    ) -> Violation:
        """A violation that is found at a place of the text."""
        owner: dict[str, Any] = {"row": self.row} if self.row else {"table": self.table}
        return Violation(**owner, field=self.field, span=span, case=case, args=args, evidence=evidence)


def calculation(spec: Spec) -> Check:
    """The kind ``calculation``: each wrong calculation once, in the first of the texts that states it."""
    wanted = spec["of"]
    fields = spec.get("in")
    wrong: Callable[[_Read], Iterator[Violation]]
    if wanted == "spans":
        wrong = _spans
    else:
        kinds = _KINDS[wanted]

        def wrong(text: _Read) -> Iterator[Violation]:
            yield from _relations(text, text.read.relations, kinds)
            if wanted == "shares" and text.row is None:
                yield from _relations(text, list(budget_shares(text.table, text.read)), kinds)

    def check(table: Table, rule: Rule) -> Iterator[Violation]:
        seen: set[tuple[str, str]] = set()
        for text in _texts(table):
            if fields is not None and text.field not in fields:
                continue
            for hit in wrong(text):
                key = (hit.args["expression"], hit.args["stated"])
                if key not in seen:
                    seen.add(key)
                    yield hit

    return check


def _texts(table: Table) -> Iterator[_Read]:
    """The prose of a table, then the cells of values that calculate."""
    for field, read in table.prose.items():
        yield _Read(table, None, field, read)
    for value, read in table.calculating:
        yield _Read(table, value.row, value.field, read)


def _relations(text: _Read, relations: Sequence[Relation], kinds: tuple[str, ...]) -> Iterator[Violation]:
    """One hit for each figure that does not agree with what it is said to be the result of."""
    broken: set[Figure] = set()
    settled = {one.result for one in relations if one.holds}
    for relation in relations:
        result = relation.result
        told = relation.holds or (relation.holds is None and relation.kind == "change")
        if relation.stated is not None and relation.kind in kinds and told:
            yield _hit(text, relation, "entries")
            continue
        if relation.holds is not False or result in broken or result.quoted:
            continue
        broken.add(result)
        if relation.kind in kinds:
            sure = relation.certainty == "sure"
            if relation.kind == "sum" and len(relation.terms) == 1:
                yield _hit(text, relation, "twice")
                continue
            doubly = result in settled and sure
            case: str | None = "likely" if doubly else None if sure else relation.certainty
            if relation.kind == "shares":
                case = "whole_likely" if case else "whole"
            yield _hit(text, relation, case)


def _hit(text: _Read, relation: Relation, case: str | None) -> Violation:
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
    hit = text.violation(result.span, case, args, evidence)
    if relation.holds is False and relation.kind not in _OWN:
        hit.suspects = [
            suspects.printed(text.field, figure.span, figure.raw, low, high, text.row)
            for figure, low, high in could_be(relation)
        ]
    place = (text.row or text.table).place(text.field)
    for figure in dict.fromkeys(relation.terms):
        if figure is not result:
            hit.related.append(("term", _shown(figure), place))
    wrong = culprit(text.table, text.field, relation) if text.row is None else None
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


def _spans(text: _Read) -> Iterator[Violation]:
    for length in text.read.lengths:
        if length.stated in length.possible:
            continue
        args = {
            "expression": length.printed,
            "stated": f"{length.stated}{length.unit}",
            "computed": length.plan or f"{length.possible[0]}{length.unit}",
        }
        evidence = {"stated": Decimal(length.stated), "possible": list(length.possible)}
        case = "plan" if length.plan else None
        yield text.violation(length.span, case, args, evidence)
