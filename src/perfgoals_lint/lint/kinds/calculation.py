"""What goal texts calculate: unit price × quantity, itemised sums, so much a year × years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.money import plain, shown, sum_expression

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.lint.kinds.spec import Spec
    from perfgoals_lint.prose import AnnualTotal, Narrative, Product, Sum, Term
    from perfgoals_lint.rulebook.rules import Check, Rule


class _Claim(NamedTuple):
    """A calculation whose stated result is wrong; money in 元."""

    expression: str
    terms: list[dict[str, Any]]
    computed: Decimal
    stated: Decimal
    span: tuple[int, int]
    args: dict[str, str]


def calculation(spec: Spec) -> Check:
    """The kind ``calculation``: each wrong calculation once, in the first of the goal texts that states it."""
    wrong = _WRONG[spec["of"]]
    fields = spec.get("in", ("annual_goal", "cycle_goal"))

    def check(table: Table, rule: Rule) -> Iterator[Hit]:
        seen: set[tuple[str, Decimal]] = set()
        for field in fields:
            text = table.goals.get(field)
            for claim in wrong(text) if text else ():
                key = (claim.expression, claim.stated)
                if key not in seen:
                    seen.add(key)
                    yield _hit(table, field, claim)

    return check


def _hit(table: Table, field: str, claim: _Claim) -> Hit:
    return Hit(
        table=table,
        field=field,
        span=claim.span,
        args={
            "expression": claim.expression,
            "stated": shown(claim.stated),
            "computed": shown(claim.computed),
            **claim.args,
        },
        evidence={
            "expression": claim.expression,
            "terms": claim.terms,
            "computed_yuan": claim.computed,
            "stated_yuan": claim.stated,
        },
    )


def _products(text: Narrative) -> Iterator[_Claim]:
    for product in text.products:
        if product.holds is False and not (product.quoted or product.approx):
            terms = " × ".join(_term(term) for term in product.terms)
            yield _claim(product, f"{terms} = {shown(product.computed)}")


def _sums(text: Narrative) -> Iterator[_Claim]:
    for claim in text.sums:
        # Parts behind 其中 need not be all of the whole, unless they are a numbered list.
        loose = claim.kind == "parts" and claim.list_id is None
        if claim.holds is False and claim.complete and not (claim.quoted or claim.approx or loose):
            yield _claim(claim, sum_expression(term.value for term in claim.terms))


def _claim(found: Product | Sum, expression: str) -> _Claim:
    terms = [{"value": term.value, "unit": term.unit} for term in found.terms]
    total = found.total or Decimal(0)
    return _Claim(expression, terms, found.computed, total, found.total_span or found.span, {})


def _term(term: Term) -> str:
    return shown(term.value) if term.unit == "元" else f"{plain(term.value)} {term.unit}".strip()


def _annual_totals(text: Narrative) -> Iterator[_Claim]:
    return (_yearly(claim) for claim in text.annual_totals if not claim.holds)


def _yearly(claim: AnnualTotal) -> _Claim:
    return _Claim(
        f"{shown(claim.annual)} × {claim.years} = {shown(claim.computed)}",
        [{"value": claim.annual, "unit": "元"}, {"value": claim.years, "unit": "年"}],
        claim.computed,
        claim.total,
        claim.total_span,
        {
            "annual": shown(claim.annual),
            "years": str(claim.years),
            "yearly": shown(claim.total / claim.years),
        },
    )


_WRONG: dict[str, Callable[[Narrative], Iterator[_Claim]]] = {
    "products": _products,
    "sums": _sums,
    "annual_totals": _annual_totals,
}
