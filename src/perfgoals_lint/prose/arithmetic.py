"""When a computed amount and a stated one agree, and the terms that calculations are made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import prod

from perfgoals_lint.prose.tokens import Quantity
from perfgoals_lint.prose.types import Amount, Count, Span, Term
from perfgoals_lint.prose.vocabulary import vocabulary


@dataclass(slots=True)
class Worth:
    """What a stretch of text costs. ``firm`` is false where the text leaves a doubt: then a total that differs is no
    contradiction."""

    term: Term
    firm: bool = True
    approx: bool = False


def agree(computed: Decimal, stated: Decimal, precision: Decimal, approx: bool = False) -> bool:
    """Whether two amounts are equal within ``precision``, or within the share allowed for 约."""
    gap = abs(computed - stated)
    return gap <= precision or (approx and gap <= abs(computed) * vocabulary().about_share)


def plausible(computed: Decimal, stated: Decimal) -> bool:
    """Whether a stated total is near enough to be meant for the amounts computed, though it may differ from them."""
    return abs(computed - stated) <= max(computed, stated) * vocabulary().plausible_share


def coarsest(terms: list[Term]) -> Decimal:
    """The coarsest printed precision among the amounts of a calculation."""
    return max((term.precision for term in terms), default=Decimal(0))


def term_of(fact: Amount | Count) -> Term:
    """A fact as an operand."""
    if isinstance(fact, Amount):
        return Term(fact.value_yuan, "元", fact.span, fact.precision)
    return Term(fact.number, fact.unit, fact.span)


def operand(quantity: Quantity, money: bool) -> Term:
    """A quantity of a printed expression as an operand; a percentage counts as its hundredth part."""
    value = quantity.printed.value
    if quantity.kind == "percent":
        return Term(value / 100, "%", quantity.span)
    precision = quantity.printed.precision if money else Decimal(0)
    return Term(value, "元" if money else quantity.unit, quantity.span, precision)


def product_term(factors: list[Term], span: Span, multiplier: Decimal = Decimal(1)) -> Term:
    """A product as one operand; ``multiplier`` is a factor that is not printed as a number of its own."""
    value = prod((factor.value for factor in factors), start=multiplier)
    return Term(value, "元", span, coarsest(factors), factors)


def hull(spans: list[Span]) -> Span:
    """The span from the first start to the last end."""
    return min(span[0] for span in spans), max(span[1] for span in spans)
