"""Arithmetic inside goal prose: unit price × quantity, itemised sums, every year × years, plans for another year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint import narrative
from perfgoals_lint.hits import Hit
from perfgoals_lint.model import Edit
from perfgoals_lint.money import plain, shown, sum_expression
from perfgoals_lint.wording import contains_any, ends_with_any

if TYPE_CHECKING:
    from perfgoals_lint.narrative import Narrative, Product, Sum, Term, YearMention
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.view import Table

_YEAR = re.compile(r"20\d\d")
_CLAUSE = re.compile(r"[，,。；;、\n]")
_NEAR = 14
"""How far behind a year the word stands that says what of it is meant, in characters."""


def unit_price_product(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGK603: a stated product of quantities and a unit price is what it says."""
    seen: set[str] = set()
    for field, text in table.goals.items():
        for product in text.products:
            if product.holds is not False or product.quoted or product.approx:
                continue
            expression = product_expression(product)
            if expression not in seen:
                seen.add(expression)
                yield _calculation(table, field, product, expression)


def _calculation(table: Table, field: str, claim: Product | Sum, expression: str) -> Hit:
    stated = claim.total or Decimal(0)
    return Hit(
        table=table,
        field=field,
        span=claim.total_span or claim.span,
        args={"expression": expression, "stated": shown(stated), "computed": shown(claim.computed)},
        evidence={
            "expression": expression,
            "terms": [{"value": term.value, "unit": term.unit} for term in claim.terms],
            "computed_yuan": claim.computed,
            "stated_yuan": stated,
        },
    )


def product_expression(product: Product) -> str:
    """``3 场 × 2 万元 = 6 万元``."""
    return " × ".join(_term(term) for term in product.terms) + f" = {shown(product.computed)}"


def _term(term: Term) -> str:
    return shown(term.value) if term.unit == "元" else f"{plain(term.value)} {term.unit}".strip()


def itemised_sum(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGK604: a stated sum is the sum of the amounts that it covers."""
    seen: set[str] = set()
    for field, text in table.goals.items():
        for claim in text.sums:
            # Parts behind 其中 need not be all of the whole, unless they are a numbered list.
            loose = claim.kind == "parts" and claim.list_id is None
            if claim.holds is not False or not claim.complete or claim.quoted or claim.approx or loose:
                continue
            expression = sum_expression(term.value for term in claim.terms)
            if expression not in seen:
                seen.add(expression)
                yield _calculation(table, field, claim, expression)


def multi_year_product(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGK605: a yearly amount times the years is the total stated for them."""
    seen: set[tuple[Decimal, int, Decimal]] = set()
    for field, text in table.goals.items():
        for claim in text.annual_totals:
            key = (claim.annual, claim.years, claim.total)
            if claim.holds or key in seen:
                continue
            seen.add(key)
            expression = f"{shown(claim.annual)} × {claim.years} = {shown(claim.computed)}"
            yield Hit(
                table=table,
                field=field,
                span=claim.total_span,
                args={
                    "annual": shown(claim.annual),
                    "years": str(claim.years),
                    "stated": shown(claim.total),
                    "computed": shown(claim.computed),
                    "yearly": shown(claim.total / claim.years),
                },
                evidence={
                    "expression": expression,
                    "terms": [{"value": claim.annual, "unit": "元"}, {"value": claim.years, "unit": "年"}],
                    "computed_yuan": claim.computed,
                    "stated_yuan": claim.total,
                },
            )


def stale_year(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGK609: a plan in the annual goal or an annual value is for the fiscal year."""
    year = table.year
    if year is None:
        return
    goal = table.goals.get("annual_goal")
    if goal:
        yield from _stale(goal, year, Hit(table=table, field="annual_goal"))
    for row in table.rows:
        if row.annual and _YEAR.search(row.annual.text):
            text = narrative.scan(row.annual.text)
            yield from _stale(text, year, Hit(row=row, field="annual_value"))


def _lawful(text: str, mention: YearMention, year: int) -> bool:
    """Is the year one that is settled now (2024年尾款), or a later date to be reached (到2027年)?"""
    start, end = mention.span
    before, after = text[max(0, start - 2) : start], _CLAUSE.split(text[end : end + _NEAR])[0]
    if mention.year < year:
        return contains_any(after, "years.earlier")
    return ends_with_any(before, "years.until") or contains_any(after, "years.by")


def _stale(text: Narrative, year: int, hit: Hit) -> Iterator[Hit]:
    for mention in text.years:
        elsewhere = (
            mention.document_number or mention.past or mention.title or mention.money or mention.quoted
        )
        if mention.verb is None or elsewhere or mention.year <= year <= mention.last:
            continue
        if _lawful(text.text, mention, year):
            continue
        start, end = mention.span
        hit.span = mention.span
        hit.args = {"year": str(mention.year), "fiscal": str(year), "verb": mention.verb}
        table = hit.table or (hit.row.table if hit.row else None)
        place = hit.row.place(hit.field) if hit.row else table.place(hit.field) if table else None
        if place is not None and hit.field:
            fixed = text.text[:start] + text.text[start:end].replace(str(mention.year), str(year))
            hit.edits = [Edit(place, hit.field, text.text, fixed + text.text[end:])]
        yield hit
        return
