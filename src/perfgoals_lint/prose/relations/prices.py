"""Prices, the numbers that they are for, and what is printed as their result."""

import re
from decimal import Decimal
from math import prod

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.apiece import head_count
from perfgoals_lint.prose.relations.entries import (
    OF_AVERAGE,
    SPANS,
    Term,
    bare,
    cancels,
    factors_of,
    in_measure,
    made,
    rounding,
)
from perfgoals_lint.prose.relations.relation import Certainty, fits, nearly, plain
from perfgoals_lint.prose.relations.results import NEAR_FACTORS, PERIOD_UNITS, WORD, Results, alone
from perfgoals_lint.prose.vocabulary import vocabulary
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

_MOST = 40
_OPEN_BUT_REST = compiled("等|主要|部分|不含")
_EACH_OF_THEM = compiled("[，,]?每[一-龥]{1,6}")
_CLOSE = compiled("[^（(）)0-9，；。]{0,6}[）)]")
_APIECE = compiled("各[^，。；、\\d]{0,6}$")
"""In front of a number that each of several things has (6月、11月各举办一次)."""
_MADE_OF = compiled(r"[（(](?:含|包含|包括|其中|[一-龥]{2,8}[\d.]+万?元[、，；,])")
_OTHER_YEAR = compiled("20[0-9]{2}年|[今本当明次]年")
_AMONG = compiled("[，,]?其中")
_ENDS = frozenset({"；", ";", "。", ""})
_SOME_MONTHS = compiled(r"\d{1,2}月?[-—–~～至到]\d{1,2}月")
"""In front of the number of those who are paid in some of the months (1—6月18人，7—12月22人)."""


class Prices(Results):
    """Unit price times quantity, whatever stands first."""

    def _push_price(self, figure: Figure) -> None:
        entry = Term([figure], None, "product", figure.span[0], about=figure.about)
        last = self.stack[-1] if self.stack else None
        joined = (
            figure.joined and last is not None and self.places[last.figures[0]] == self.places[figure] - 1
        )
        entry.counts = list(last.counts if last is not None and joined else self.pending)
        self._price(entry)
        if entry.value is not None:
            self.pending = [one for one in self.pending if one not in entry.figures]
        if self._before(entry):
            return
        self.stack.append(entry)
        if figure.per and _MADE_OF.match(figure.tail):
            self._open(Term([figure], figure.value, "amount", figure.span[0], about=figure.about), figure)

    def _before(self, entry: Term) -> bool:
        """Take a priced entry as the explanation of the amount in front of it (经费8万元，按4户、每户2万元测算)."""
        last = self.stack[-1] if self.stack else None
        price = entry.figures[0]
        if (
            last is None
            or entry.value is None
            or last.kind != "amount"
            or last.head in self.within
            or not self._same_stretch(last, price)
        ):
            return False
        if entry.start - last.head.span[1] > 24 or (
            self.relations and self.relations[-1].result is last.head
        ):
            return False
        if _OTHER_YEAR.search(self.text, last.head.span[1], price.span[0]):
            return False  # 2024年106万元，2025年按110万元测算
        if _AMONG.match(price.tail):
            # What a price is made of follows, of which this amount may be one (人均84元，其中县级1元).
            return False
        close = _CLOSE.match(self.text, price.span[1])
        bracket = close is not None and self.text[last.head.span[1]] in "（("
        average = (OF_AVERAGE.search(price.lead) or "平均每" in price.lead) and not price.parts
        meant = bracket or re.search(
            "测算|计算|标准|按", price.lead + price.behind[:6] + self.text[last.head.span[1] : price.span[0]]
        )
        each = _EACH_OF_THEM.fullmatch(price.lead) is not None and len(entry.figures) == 2
        counted = each and 0 <= price.span[0] - len(price.lead) - entry.figures[1].span[1] <= 1
        if fits(entry.value, last.head, rounding(entry, entry.value)):
            holds: bool | None = True
        elif average and fits(entry.value, last.head, price.step * entry.value / (price.value or 1)):
            holds = True
        elif (meant or average) and entry.firm and last.firm and not entry.about:
            holds = False
        elif counted and entry.firm and last.firm and not entry.about and self._slipped(last, entry.value):
            holds, average = False, True  # 投资85万元，改造大棚34个，每个2.8万元
        else:
            return False
        certainty: Certainty = "likely" if average and not meant else "sure"
        product = self._product(entry, entry.figures[1:], entry.value)
        self._relate("product", entry.figures, last.head, entry.value, holds, product, certainty)
        return True

    def _price(self, entry: Term) -> None:
        """Set the value of a priced entry where the counts cancel the units of its price."""
        price = entry.figures[0]
        found = factors_of(price, entry.counts)
        if found is not None and not any(_APIECE.search(one.lead) and not one.per for one in found):
            entry.figures = [price, *found]
            entry.firm = price.exact
            entry.firm = entry.firm and matcher("figures.ceilings").search(price.lead) is None
            entry.value = made(price, found)
            if (
                price.parts is not None
                and price.parts > 1
                and not any(one.dimension == "time" for one in found)
            ):
                entry.value *= price.parts
                entry.assumed, entry.firm = entry.firm and all(one.bound == "=" for one in found), False
            often = [one for one in found if (one.parts or 1) > 1]
            if often:
                # So many a week, each at a price: a product of one week until the weeks are told.
                times = [one for one in entry.counts if PERIOD_UNITS.get(one.unit) == often[0].parts]
                entry.figures += times[-1:]
                entry.value *= times[-1].value if times else 1
            entry.about = any(one.about for one in entry.figures)
            entry.firm = entry.firm and all(one.bound == "=" for one in entry.figures)
            if price.lent:
                entry.firm = entry.assumed = False

    def _beside_price(self, last: Term, figure: Figure) -> bool:
        """Is more paid than a price times its number: something named between it and an amount (另有代理费按件计), or others in
        other months?"""
        more = matcher("figures.beside_price").search(self.text, last.start, figure.span[0])
        return more is not None or sum(_SOME_MONTHS.search(one.lead) is not None for one in last.counts) > 1

    def _in_own_line(self, figure: Figure) -> bool:
        before = figure.span[0] - len(figure.lead)
        return self.text[before - 1 : before] not in ("，", ",", "（")

    def _is_alone(self, last: Term, figure: Figure) -> bool:
        """Is an amount all that stands behind a price (人均1.5万元，39万元): what all cost, of whom the number is not said?"""
        return self.text[last.head.span[1] : figure.span[0]] in ("，", ",") and figure.tail[:1] in _ENDS

    def _explained(self, last: Term, figure: Figure) -> bool:
        """Take an amount as the result of the priced entry in front of it, if it is."""
        if not self._same_stretch(last, figure) and not figure.total:
            return False
        if last.kind == "period":
            return self._wide(last, figure)
        values = self._readings(last, figure) or self._of_head(last, figure)
        entry = Term([figure], figure.value, "amount", figure.span[0], about=figure.about)
        for value, factors in values:
            if fits(value, figure, rounding(last, value)):
                product = self._product(last, factors, value)
                self._relate("product", [last.figures[0], *factors], figure, value, True, product)
                self._spread(last, factors, value)
                self._replace(last, entry)
                return True
        if last.value is None:
            values = (
                self._of_all_counted(last) or self._of_all_beside(last, figure) or self._of_head(last, figure)
            )
        less = figure.value < last.figures[0].value and not figure.total
        if not (less or values) and self._is_alone(last, figure):
            self._replace(last, entry)
            return True
        if less or not values or last.kind != "product" or not self._same_stretch(last, figure):
            return False  # what is less than the price of one is no product of it (每人56元，由财政补助40元)
        if _AMONG.match(figure.lead.lstrip("，（(")) or self._of_the_rest(last, figure):
            return False  # a part of the price
        apart = self.words.drops.search(figure.lead) or matcher("figures.rest").search(figure.lead)
        beside = self._beside_price(last, figure)
        other = self._of_other_fee(last, figure) or self._of_other_thing(last, figure, values[0][0])
        if apart or beside or self._adds_up(figure) or other:
            return False  # beside the priced entry (另安排…), or what it makes with those in front of it
        contract = self._in_own_line(figure) and matcher("figures.contracts").match(figure.lead)
        if contract or not self._is_result(last, figure) or (figure.total and self._sums_up(last, figure)):
            return False
        if figure.total and (
            self._entries(figure) is not None or (figure.listed and not nearly(figure, values[0][0]))
        ):
            return False
        value, factors = values[0]
        holds, certainty = self._judged(last, figure, values)
        if last.value is None or alone(figure):
            certainty = "likely"
        product = self._product(last, factors, value)
        self._relate("product", [last.figures[0], *factors], figure, value, holds, product, certainty)
        self._spread(last, factors, value)
        self.proven = False
        self._replace(last, entry)
        return True

    def _judged(
        self, last: Term, figure: Figure, values: list[tuple[Decimal, list[Figure]]]
    ) -> tuple[bool | None, Certainty]:
        """Whether an amount that is not the product of the price in front of it is wrong: surely, or, as what is about
        so many gives about so much, by more than a tenth."""
        value, factors = values[0]
        price = last.figures[0]
        plain_result = figure.bound == "=" and not figure.past and len(values) == 1
        if self.divided == figure.sentence and not figure.total:
            # What is paid may be one of the parts of the price (每人670元，其中县级107元).
            return None, "sure"
        ceiling = matcher("figures.ceilings").search(figure.lead) is not None
        if not plain_result or ceiling or self._somehow(last, figure):
            return None, "sure"
        if last.sisters:
            return (
                (False, "likely") if (last.firm or last.assumed) and nearly(figure, value) else (None, "sure")
            )
        yearly = (price.parts or 1) > 1 and price.bound == "=" and self._is_yearly(figure)
        if (last.firm or yearly) and not self._of_one_period(last, figure):
            return False, "sure"
        if last.assumed and price.parts:
            # So much a month for as many months as nobody has told: no number of them makes it.
            often = (value / price.parts * number for number in range(1, price.parts + 1))
            return (None, "sure") if any(fits(one, figure) for one in often) else (False, "likely")
        ranges = any(one.low is not None for one in (price, *factors))
        asked = (
            last.about and price.bound in ("=", "~") and not ranges and abs(value - figure.value) > value / 10
        )
        return (False, "likely") if asked else (None, "sure")

    def _of_one_period(self, last: Term, figure: Figure) -> bool:
        """Is a priced entry that of one week or month, as nothing says how many an amount behind it is for?"""
        factors = last.figures[1:]
        often = any((one.parts or 1) > 1 for one in factors)
        return often and not (self._is_yearly(figure) or any(one.unit in PERIOD_UNITS for one in factors))

    def _of_all_counted(self, last: Term) -> list[tuple[Decimal, list[Figure]]]:
        """The value of a price for all that is counted in its unit in front of it (甲级4家、乙级6家，每家2.4万元), if there are
        several of them."""
        price = last.figures[0]
        if len(price.per) != 1 or price.parts or price.bound != "=" or price.each != 1:
            return []
        unit = price.per[0].unit
        counts = [one for one in last.counts if one.sentence == price.sentence and not one.per]
        exact = all(
            cancels(one, unit)
            and one.bound == "="
            and not one.total
            and any(
                common_stretch(one.lead, other.lead, WORD) for other in (price, *counts) if other is not one
            )
            for one in counts
        )
        if len(counts) < 2 or not exact:
            return []
        return [(price.value * sum((in_measure(one, price) for one in counts), Decimal(0)), counts)]

    def _of_all_beside(self, last: Term, figure: Figure) -> list[tuple[Decimal, list[Figure]]]:
        """The value of a price of one of what nothing counts (每餐) for all persons and days beside it, if an amount is that
        with a slip of the pen, or by up to a fifth."""
        price, counts = last.figures[0], last.counts or self.pending
        plain_counts = all(one.bound == "=" and one.sentence == price.sentence for one in counts)
        days = [one for one in counts if one.dimension == "time"]
        if len(counts) != 2 or len(days) != 1 or not plain_counts or price.bound != "=" or price.parts:
            return []
        if not price.per or price.each != 1 or any(cancels(one, price.per[-1].unit) for one in counts):
            return []
        value = price.value * prod((one.value for one in counts), start=Decimal(1))
        return [(value, counts)] if nearly(figure, value) else []

    def _of_head(self, last: Term, figure: Figure) -> list[tuple[Decimal, list[Figure]]]:
        """The value of a price for the number of its things that an earlier sentence tells, if a total is said to be that."""
        price = last.figures[0]
        count = head_count(self.figures, self.places[price]) if figure.total and not last.counts else None
        return [(price.value * count.value, [count])] if count is not None else []

    def _somehow(self, last: Term, figure: Figure) -> bool:
        """Does a price give an amount with any of the counts and shares of its sentence? Then what was left out is a
        factor that the reading did not see (为80名学生每天提供1盒，每盒3元，全年200天，补助50%)."""
        here, price = self.places[figure], last.figures[0]
        near = [
            one
            for one in self.figures[max(0, here - NEAR_FACTORS) : here]
            if one.sentence == figure.sentence and one is not price and one.value
        ]
        told = any(one.unit in PERIOD_UNITS for one in last.figures[1:])
        often = {1, 1 if told else price.parts or 1, figure.years or 1}
        if self._is_yearly(figure):
            often |= set(PERIOD_UNITS.values())
        times = {Decimal(one) for one in often}
        for one in near:
            if one.dimension in ("count", "time", "bare"):
                value = in_measure(one, price)
                times |= {number * value * often for number in times for often in {1, one.parts or 1}}
            elif one.dimension == "share":
                times |= {number * one.value / 100 for number in times}
        # Another price of the sentence may be the one that is multiplied (成本3.8元、票款3.5元，差额0.3元).
        others = {one.value for one in near if one.dimension == "money"}
        return any(
            fits(number * value / price.each, figure)
            for number in times
            for value in {price.value, *(others if number > 1 else ())}
        )

    def _of_the_rest(self, last: Term, figure: Figure) -> bool:
        """Is an amount for those that a price is not for (10所每所5万元，其余27所61万元)?"""
        gap = self.text[last.figures[0].span[1] : figure.span[0]]
        counted = any(one.span[0] > last.figures[0].span[1] for one in self.pending)
        return counted and self.words.opened.search(_OPEN_BUT_REST.sub("", gap)) is not None

    def _spread(self, last: Term, factors: list[Figure], value: Decimal) -> None:
        """Remember a price that was named once, in front of all the numbers that it is for."""
        price = last.figures[0]
        things = [one for one in factors if one.dimension == "count"]
        named_first = all(one.span[0] > price.span[0] for one in factors)
        self.spread, self.proven = None, True
        if len(things) == 1 and named_first and things[0].value:
            self.spread = (price, value / things[0].value)

    def _again(self, figure: Figure) -> bool:
        """Check an amount against the price that was named in front of an earlier one (…，东站181人为130.32万元)."""
        if self.spread is None or not self.pending or figure.total:
            return False
        (price, each), count = self.spread, self.pending[-1]
        near = 0 <= figure.span[0] - count.span[1] <= 3 and price.sentence == figure.sentence
        fits_unit = not price.per or any(vocabulary().same_unit(count.unit, per.unit) for per in price.per)
        if not near or count.dimension != "count" or not fits_unit:
            return False
        computed = each * count.value
        factor = each / price.value
        expression = f"{bare(price)} × {bare(count)}" + (f" × {plain(factor)}" if factor != 1 else "")
        open_end = figure.about or count.about or price.about or not self.proven
        holds = fits(computed, figure) or (None if open_end else False)
        self._relate("product", [price, count], figure, computed, holds, expression)
        self.pending = []
        return True

    def _sums_up(self, last: Term, figure: Figure) -> bool:
        """Is a total behind a priced entry rather the sum of that and those in front of it?"""
        base = self.frames[-1].base if self.frames else 0
        above = self.stack[base:]
        if len(above) < 2 or last.value is None:
            return False
        running = Decimal(0)
        nearest: Decimal | None = None
        for number, one in enumerate(reversed(above[-_MOST:]), 1):
            if one.value is None or (
                number > 1 and "。" in self.text[one.head.span[1] : last.start] and not one.head.item
            ):
                break
            running += one.value
            if number > 1:
                gap = abs(running - figure.value)
                nearest = gap if nearest is None else min(gap, nearest)
                if running > figure.value + nearest:
                    break
        return nearest is not None and nearest < abs(last.value - figure.value)

    def _lacks_months(self, last: Term, figure: Figure) -> bool:
        often = [one for one in last.figures[1:] if (one.parts or 1) > 1]
        if often and PERIOD_UNITS.get(figure.unit) == often[0].parts and figure not in last.figures:
            return True
        monthly = figure.unit in SPANS.get(last.figures[0].parts or 1, ())
        return monthly and not any(one.dimension == "time" for one in last.figures[1:])
