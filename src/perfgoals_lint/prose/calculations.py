"""The calculations inside one sentence, and what the sentence costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.prose.arithmetic import (
    Worth,
    agree,
    coarsest,
    hull,
    operand,
    plausible,
    product_term,
    term_of,
)
from perfgoals_lint.prose.products import Matcher, Priced
from perfgoals_lint.prose.tokens import Expression, Quantity
from perfgoals_lint.prose.types import Amount, Count, Product, Sum, Term
from perfgoals_lint.prose.vocabulary import vocabulary

if TYPE_CHECKING:
    from perfgoals_lint.prose.facts import Sentence
    from perfgoals_lint.prose.structure import Structure

_MOST_FACTS = 60  # beyond this a sentence is no prose, and pairing everything in it would cost too much
_BOUNDED = ("over", "under")
_CLOSE = 3  # characters between a printed calculation and the word of its total


@dataclass(slots=True)
class Calculated:
    """What one sentence calculates. ``worths`` are the amounts it adds to a total, ``None`` when one of them cannot be
    determined, ``parts`` likewise the parts of an amount already among them; ``open_totals`` are totals of something that stands outside the sentence."""

    sentence: Sentence
    products: list[Product] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    worths: list[Worth] | None = field(default_factory=list)
    parts: list[Worth] | None = field(default_factory=list)
    open_totals: list[Amount] = field(default_factory=list)


def calculate(text: str, built: Structure, sentence: Sentence, earlier: list[Count]) -> Calculated:
    """The calculations of one sentence; ``earlier`` are the counts before it in the same list entry."""
    return _Calculator(text, built, sentence, earlier).run()


class _Calculator:
    def __init__(self, text: str, built: Structure, sentence: Sentence, earlier: list[Count]) -> None:
        self.text = text
        self.built = built
        self.sentence = sentence
        self.earlier = earlier
        self.done = Calculated(sentence)
        self.item = built.item_at(sentence.span[0])
        self.used: set[int] = set()
        self.printed: list[Worth] = []
        self.amounts = [a for a in sentence.amounts if not a.quoted and a.currency == "元"]

    def run(self) -> Calculated:
        for statement in self.sentence.statements:
            if isinstance(statement, Expression) and sum(1 for _ in statement.quantities) > 1:
                self._expression(statement)
        if len(self.amounts) + len(self.sentence.counts) > _MOST_FACTS:
            self.done.worths = self.done.parts = None
            return self.done
        window: list[Amount] = []
        start = self.sentence.span[0]
        for amount in self.amounts:
            if amount.span[0] in self.used:
                continue
            if amount.role in ("sum", "cumulative") and amount.span[0] in self.sentence.sum_words:
                self._total(amount, window, start)
                window, start = [], amount.span[1]
            elif not amount.background:
                window.append(amount)
        self._rest(window, start)
        return self.done

    # --- printed calculations

    def _expression(self, expression: Expression) -> None:
        self.used.update(quantity.span[0] for quantity in expression.quantities)
        total = expression.total or self._total_behind(expression)
        factors = [[self._operand(one) for one in product] for product in expression.products]
        terms = [
            product_term(parts, hull([part.span for part in parts])) if len(parts) > 1 else parts[0]
            for parts in factors
        ]
        priced = [sum(part.unit == "元" for part in parts) for parts in factors]
        money = priced[0] > 0
        stated = self._stated(total, money, terms) if total else None
        complete = all(number == priced[0] and number <= 1 for number in priced)
        complete = complete and (total is None or stated is not None)
        computed = sum((term.value for term in terms), Decimal(0))
        span = (expression.span[0], total.span[1]) if total else expression.span
        found: Product | Sum
        if len(factors) == 1:
            found = Product(factors[0], computed, span, money=money, complete=complete)
            self.done.products.append(found)
        else:
            found = Sum(terms, computed, span, "expression", complete=complete)
            self.done.sums.append(found)
        found.quoted = self.built.quoted(expression.span[0])
        found.sentence, found.item = self.sentence.index, self.item
        if stated is not None:
            found.total, found.total_span = stated.value, stated.span
            precision = max(coarsest(terms), stated.precision)
            found.holds = agree(computed, stated.value, precision) if complete else None
        if money and complete and not found.quoted:
            self.printed.append(
                Worth(stated or Term(computed, "元", expression.span, coarsest(terms), terms))
            )

    def _operand(self, quantity: Quantity) -> Term:
        return operand(quantity, isinstance(self.sentence.fact(quantity), Amount))

    def _total_behind(self, expression: Expression) -> Quantity | None:
        """The quantity that a word such as 共 introduces directly behind a printed calculation."""
        for statement in self.sentence.statements_from(expression.span[1]):
            if isinstance(statement, Expression):
                quantity = statement.products[0][0]
                word = self.sentence.sum_words.get(quantity.span[0])
                alone = sum(1 for _ in statement.quantities) == 1
                if word is not None and alone and 0 <= word[0] - expression.span[1] <= _CLOSE:
                    self.used.add(quantity.span[0])
                    return quantity
                return None
        return None

    def _stated(self, total: Quantity, money: bool, terms: list[Term]) -> Term | None:
        """The stated total in the unit of the operands, or ``None`` when they cannot be compared. Operands that are
        all bare numbers are read in the scale of a total of money (0.5×6=3万元)."""
        is_money = isinstance(self.sentence.fact(total), Amount)
        stated, scale = operand(total, is_money), total.printed.scale
        if money == is_money:
            return stated
        bare = all(not part.unit for term in terms for part in (term.of or [term]))
        if is_money and bare:
            return Term(stated.value / scale, "", stated.span, stated.precision / scale)
        return None

    # --- totals of prose

    def _total(self, total: Amount, window: list[Amount], start: int) -> None:
        word = self.sentence.sum_words[total.span[0]]
        prices = [
            amount
            for amount in window
            if amount.role == "unit_price" and (amount.qualified or not amount.per)
        ]
        plain = [amount for amount in window if amount.role in ("plain", "part", "annual")]
        if not prices:
            self._plain_total(total, plain, window, start)
            return
        self._printed(start, total.span[0])
        matcher = self._matcher(
            start, total.span[0], word[0], bool(total.per) or "年" in self.text[word[0] - 3 : word[0]]
        )
        priced = [matcher.match(price) for price in prices]
        known = [one for one in priced if one is not None]
        approx = any(amount.approx is not None for amount in [*prices, total])
        if len(known) == len(prices) == 1 and self._single(total, known[0], plain, approx):
            return
        for one in known:
            self._product(one)
        terms = [one.term for one in known]
        firm = len(known) == len(prices) == len([a for a in window if a.role == "unit_price"])
        firm = firm and total.role == "sum" and all(one.firm for one in known)
        self._sum(total, terms, plain, firm, approx)

    def _single(self, total: Amount, one: Priced, plain: list[Amount], approx: bool) -> bool:
        """One unit price and a total: the product, unless further amounts of the sentence make the total up."""
        value = one.term.value
        years = total.years if total.role == "cumulative" and total.years else 1
        precision = max(one.term.precision, total.precision)
        holds = any(agree(value * factor, total.value_yuan, precision, approx) for factor in (1, years))
        rest = sum((amount.value_yuan for amount in plain), Decimal(0))
        if not holds and plain and agree(value + rest, total.value_yuan, precision, approx):
            return False
        doubt = [amount for amount in plain if amount.value_yuan != total.value_yuan]
        bounded = one.price.approx in _BOUNDED or total.approx in _BOUNDED
        counts = [count for count in self.sentence.counts if count not in one.counts]
        more = any(agree(value * count.number, total.value_yuan, precision) for count in counts)
        firm = one.firm and not doubt and not bounded and not more and total.role == "sum"
        self._product(one, total, True if holds else False if firm else None, holds or firm, approx)
        self._add(Worth(term_of(total), True, total.approx is not None))
        return True

    def _sum(self, total: Amount, terms: list[Term], plain: list[Amount], firm: bool, approx: bool) -> None:
        """Several terms and a total: the priced terms alone, or with the plain amounts of the sentence."""
        readings = [terms, [*terms, *(term_of(amount) for amount in plain)]] if plain else [terms]
        for reading in readings:
            precision = max(coarsest(reading), total.precision)
            computed = sum((term.value for term in reading), Decimal(0))
            if reading and agree(computed, total.value_yuan, precision, approx):
                self._record(total, reading, True, True, approx)
                return
        firm = firm and not plain and len(terms) > 0
        self._record(total, readings[-1], False if firm else None, firm, approx)

    def _plain_total(self, total: Amount, plain: list[Amount], window: list[Amount], start: int) -> None:
        """Amounts and their total in one sentence; the last of them may be the ones meant."""
        if total.role == "cumulative":
            self._keep(plain)
            return
        printed = self._printed(start, total.span[0])
        every = [worth.term for worth in printed] + [term_of(amount) for amount in plain]
        every.sort(key=lambda term: term.span)
        if len(every) == 1 and every[0].value == total.value_yuan:
            self._add(Worth(term_of(total), True, total.approx is not None))
            return
        if len(every) < 2 or self.covers(total):
            for worth in printed:
                self._add(worth)
            self._keep(plain)
            self.done.open_totals.append(total)
            return
        approx = any(amount.approx is not None for amount in [*plain, total])
        precision = max(coarsest(every), total.precision)
        computed = Decimal(0)
        for first in range(len(every) - 1, -1, -1):
            computed += every[first].value
            if first < len(every) - 1 and agree(computed, total.value_yuan, precision, approx):
                self._record(total, every[first:], True, True, approx)
                return
        firm = len(plain) == len(window) and self._is_breakdown(plain, computed, total)
        firm = firm and not any(amount.part or amount.role == "annual" for amount in plain)
        listed = self._closed_parts(total, plain, window)
        if listed and not printed:
            self._record(total, [term_of(amount) for amount in listed], False, True, approx)
            return
        self._record(total, every, False if firm else None, firm, approx)

    def _closed_parts(self, total: Amount, plain: list[Amount], window: list[Amount]) -> list[Amount]:
        """The parts behind 其中 that a closing word follows at once: then they are all parts and not some of them.
        Nothing when they are parts of another amount than the total says."""
        parts = [amount for amount in plain if amount.part]
        wholes = self.sentence.wholes() or [one for one in (self.sentence.whole,) if one is not None]
        others = [*wholes, *(amount for amount in plain if not amount.part)]
        if len(parts) < 2 or len(plain) < len(window) or plain[-1] is not parts[-1]:
            return []
        if any(amount.value_yuan != total.value_yuan for amount in others):
            return []
        if any(amount.role == "annual" or amount.approx for amount in [*parts, total]):
            return []
        word = self.sentence.sum_words[total.span[0]]
        closing = "totals" in vocabulary().words.get(self.text[slice(*word)], frozenset())
        computed = sum((amount.value_yuan for amount in parts), Decimal(0))
        between = self.text[parts[-1].span[1] : word[0]]
        at_once = len(between) <= _CLOSE and not any(map(str.isalnum, between))
        return parts if closing and at_once and self._is_breakdown(parts, computed, total) else []

    def _is_breakdown(self, plain: list[Amount], computed: Decimal, total: Amount) -> bool:
        """Whether amounts are what a total is made of: all are named as money, or a closing word follows them at once
        and the total is near."""
        if all(self._is_expense(amount) for amount in plain):
            return True
        lists = vocabulary().words.get(self.text[slice(*self.sentence.sum_words[total.span[0]])], frozenset())
        return "totals" in lists and not self.sentence.counts and plausible(computed, total.value_yuan)

    def _record(
        self, total: Amount, terms: list[Term], holds: bool | None, complete: bool, approx: bool
    ) -> None:
        computed = sum((term.value for term in terms), Decimal(0))
        span = hull([total.span, *(term.span for term in terms)])
        self.done.sums.append(
            Sum(
                terms,
                computed,
                span,
                "sentence",
                total.value_yuan,
                total.span,
                holds,
                complete,
                approx,
                sentence=self.sentence.index,
                item=self.item,
            )
        )
        self._add(Worth(term_of(total), True, total.approx is not None))

    def covers(self, total: Amount) -> bool:
        """Whether words such as 以上 say that a total covers more than its sentence."""
        start = self.built.clause_starts[total.clause]
        near = self.sentence.marks_around(total.span[0], self.built)
        return any("above" in mark.lists and start <= mark.span[0] < total.span[0] for mark in near)

    def _is_expense(self, amount: Amount) -> bool:
        """Whether a word for money names the amount, or the amounts are listed without any words."""
        start = self.built.clause_starts[amount.clause]
        label = self.text[max(start, amount.span[0] - 4) : amount.span[0]].rstrip("约为是：:共计、和及与")
        return (
            not label
            or label[-1] in vocabulary().money_tails
            or amount.introducer is not None
            or label[-1].isdigit()
        )

    # --- what remains

    def _rest(self, window: list[Amount], start: int) -> None:
        """Unit prices without a total, and plain amounts, as parts of a total that may stand elsewhere."""
        for worth in self._printed(start, self.sentence.span[1]):
            self._add(worth)
        matcher = self._matcher(start, self.sentence.span[1], None, False)
        priced = Decimal(0)
        for amount in window:
            if amount.role == "unit_price":
                one = matcher.match(amount)
                if one is None:
                    self._lose(amount.span[0])
                else:
                    self._product(one)
                    self._add(Worth(one.term, one.firm, amount.approx is not None))
                    priced += one.term.value
        plain = [amount for amount in window if amount.role not in ("unit_price", "cumulative")]
        self._keep([amount for amount in plain if not priced or amount.value_yuan != priced])

    def _keep(self, plain: list[Amount]) -> None:
        for amount in plain:
            self._add(Worth(term_of(amount), True, amount.approx is not None))

    def _printed(self, start: int, end: int) -> list[Worth]:
        """The printed calculations between two positions that no total has taken in yet."""
        taken = [worth for worth in self.printed if start <= worth.term.span[0] < end]
        self.printed = [worth for worth in self.printed if not start <= worth.term.span[0] < end]
        return taken

    def _product(
        self,
        one: Priced,
        total: Amount | None = None,
        holds: bool | None = None,
        complete: bool = True,
        approx: bool = False,
    ) -> None:
        span = one.term.span if total is None else hull([one.term.span, total.span])
        self.done.products.append(
            Product(
                [*one.term.of[1:], one.term.of[0]],
                one.term.value,
                span,
                total.value_yuan if total else None,
                total.span if total else None,
                holds,
                complete,
                approx or one.price.approx is not None,
                sentence=self.sentence.index,
                item=self.item,
            )
        )

    def _matcher(self, start: int, end: int, before_total: int | None, yearly: bool) -> Matcher:
        counts = [count for count in self.sentence.counts if start <= count.span[0] < end]
        prices = [
            amount.span[0]
            for amount in self.amounts
            if amount.role == "unit_price" and amount.span[0] >= start
        ]
        return Matcher(
            self.text, self.built, counts, self.earlier, prices, self.sentence.sum_words, before_total, yearly
        )

    def _add(self, worth: Worth) -> None:
        kept = self.done.parts if self.sentence.is_part(worth.term.span[0]) else self.done.worths
        if kept is not None:
            kept.append(worth)

    def _lose(self, position: int) -> None:
        """Something at a position costs money, and how much cannot be determined."""
        if self.sentence.is_part(position):
            self.done.parts = None
        else:
            self.done.worths = None
