"""Quantity times unit price: matching the unit prices of a sentence to the things it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.prose.arithmetic import product_term, term_of
from perfgoals_lint.prose.types import Amount, Count, Per, Term
from perfgoals_lint.prose.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection

    from perfgoals_lint.prose.structure import Structure

_MONTHS = Decimal(12)
_NEAR = 2  # a count this close in front of the word of the total is the count of the total
_LABEL = 24


@dataclass(slots=True)
class Priced:
    """A unit price with what it is multiplied by. ``firm`` is false when a factor is implied, far off or a bound."""

    price: Amount
    term: Term
    counts: list[Count] = field(default_factory=list)
    firm: bool = True


class Matcher:
    """Finds the counts that a unit price applies to among the ``counts`` of its sentence, else among those ``earlier``
    in the same list entry. ``prices`` are the places of all unit prices, ``summed`` those of the numbers behind a word such as 共, ``before_total`` is where the word of the stated total begins, ``yearly`` whether the total
    is one for a year."""

    def __init__(
        self,
        text: str,
        built: Structure,
        counts: list[Count],
        earlier: list[Count],
        prices: list[int],
        summed: Collection[int],
        before_total: int | None = None,
        yearly: bool = False,
    ) -> None:
        self.text = text
        self.built = built
        self.counts = [count for count in counts if _usable(count)]
        self.earlier = [count for count in earlier if _usable(count)]
        self.prices = prices
        self.summed = summed
        self.before_total = before_total
        self.yearly = yearly
        self.words = vocabulary()

    def match(self, price: Amount) -> Priced | None:
        """The price with its factors, or ``None`` when one of them cannot be determined."""
        found = Priced(price, term_of(price))
        multiplier = Decimal(1)
        factors: list[Term] = []
        wanted = [per for per in price.per if per.unit not in self.words.year_units]
        if not wanted:
            return self._alone(price)
        for per in wanted:
            count = self._pick(per.unit, price)
            if count is None and per.unit in self.words.month_units and self.yearly:
                multiplier *= _MONTHS / per.count
                found.firm = False
                continue
            if count is None or not self._take(count, per, price, found, factors):
                return None
            multiplier /= per.count
        spans = [price.span, *(count.span for count in found.counts)]
        span = (min(start for start, _ in spans), max(end for _, end in spans))
        found.term = product_term([term_of(price), *factors], span, multiplier)
        found.firm = found.firm and all(count.operator == "=" for count in found.counts)
        return found

    def _alone(self, price: Amount) -> Priced | None:
        """A price that says of what only by the one thing that the sentence counts (5辆…单价18万元)."""
        if price.per or len(self.counts) != 1:
            return None
        count = self.counts[0]
        span = min(price.span[0], count.span[0]), max(price.span[1], count.span[1])
        return Priced(price, product_term([term_of(price), term_of(count)], span), [count], firm=False)

    def _take(self, count: Count, per: Per, price: Amount, found: Priced, factors: list[Term]) -> bool:
        """Add a count, and what a rate such as 100人/场 is itself to be multiplied by."""
        found.counts.append(count)
        factors.append(term_of(count))
        if count not in self.counts:
            found.firm = False
        for inner in count.per:
            taken = any(self.words.same_unit(inner.unit, other.unit) for other in found.counts)
            if taken or inner.unit in self.words.year_units or self._priced(inner.unit, price):
                continue
            outer = self._pick(inner.unit, count, without=found.counts)
            if outer is None:
                return False
            found.counts.append(outer)
            factors.append(term_of(outer))
        return True

    def _priced(self, unit: str, price: Amount) -> bool:
        return any(self.words.same_unit(unit, per.unit) for per in price.per)

    def _pick(self, unit: str, fact: Amount | Count, without: list[Count] | None = None) -> Count | None:
        for counts in (self.counts, self.earlier):
            fitting = [c for c in counts if self._fits(c, unit) and c not in (without or [])]
            if fitting:
                own = self._own(fitting, fact)
                return own or self._choose([c for c in fitting if c.unit == unit] or fitting, fact)
        return None

    def _fits(self, count: Count, unit: str) -> bool:
        return self.words.same_unit(count.unit, unit) or count.after.startswith(unit)

    def _own(self, counts: list[Count], fact: Amount | Count) -> Count | None:
        """The one count between a unit price and the unit price before it, where a sentence has several of each."""
        if len(self.prices) < 2 or fact.span[0] not in self.prices:
            return None
        place = self.prices.index(fact.span[0])
        begin = self.prices[place - 1] if place else -1
        between = [count for count in counts if begin < count.span[0] < fact.span[0]]
        return between[0] if len(between) == 1 else None

    def _choose(self, counts: list[Count], fact: Amount | Count) -> Count | None:
        """The one count meant among several of the same unit, or ``None`` when the text leaves it open."""
        if len({count.number for count in counts}) == 1:
            return counts[-1]
        summed = [count for count in counts if count.span[0] in self.summed]
        if len(summed) == 1:
            return summed[0]
        if self.before_total is not None:
            close = [count for count in counts if 0 <= self.before_total - count.span[1] <= _NEAR]
            if close:
                return close[-1]
        start = max(self.built.clause_starts[fact.clause], fact.span[0] - _LABEL)
        label = self.text[start : fact.span[0]]
        scored = sorted(
            ((common(label, count.noun), count.span[0], count) for count in counts), key=_by_score
        )
        if scored[-1][0] >= 2 and scored[-1][0] > scored[-2][0]:
            return scored[-1][2]
        same_clause = [count for count in counts if count.clause == fact.clause]
        return same_clause[0] if len(same_clause) == 1 else None


def _by_score(scored: tuple[int, int, Count]) -> tuple[int, int]:
    return scored[0], scored[1]


def _usable(count: Count) -> bool:
    return not count.background and not count.quoted


def common(one: str, other: str) -> int:
    """The length of the longest common run of two short texts."""
    best = 0
    for start in range(len(one)):
        while start + best < len(one) and one[start : start + best + 1] in other:
            best += 1
    return best
