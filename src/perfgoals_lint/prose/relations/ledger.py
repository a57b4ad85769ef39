"""Amounts and counts added up as a reader does: entry after entry, each total over what it covers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.apiece import times_named
from perfgoals_lint.prose.relations.closings import Closings
from perfgoals_lint.prose.relations.entries import (
    GENERIC,
    MOST_COUNTS,
    OpenWhole,
    Term,
    in_sum,
    is_class,
    same,
)
from perfgoals_lint.prose.relations.expressions import Expression
from perfgoals_lint.prose.relations.openings import Openings
from perfgoals_lint.prose.relations.openness import opened
from perfgoals_lint.prose.relations.priced_parts import PricedParts
from perfgoals_lint.prose.relations.prices import Prices
from perfgoals_lint.prose.relations.relation import Relation, fits, misprinted
from perfgoals_lint.prose.relations.results import EACH_OF, WORD
from perfgoals_lint.prose.relations.stack import HARD
from perfgoals_lint.prose.relations.totals import Totals
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

if TYPE_CHECKING:
    from perfgoals_lint.prose.structure import Structure

_DIRECT = compiled("[，,（(]?(?:共计|合计|共|计|有)?")
"""What may stand between a price and the count behind it that it is plainly for."""
_EACH_OF_THEM = compiled("[；;]每")
_EACH_LENGTH = 2
"""A price of each of what is counted in front of a semicolon (网格员25名；每名每月补助300元)."""
_ONE_EACH = compiled("[、和及与][^，。；、]{0,2}[0-9]")
_QUARTERS = compiled(
    "第?(?P<first>[一二三四])(?:季度)?[至到、—–-]第?(?P<last>[一二三四])季度(?:各|均)[^，。；]{0,3}$"
)
_NUMERALS = "一二三四"
_OF_YEAR = compiled("20[0-9]{2}年")
_BEFORE = 8
_BY = 2
"""How far behind a whole 由 stands, in characters, where those who bear it are named."""
_PAIR = 2
_BARE = compiled("[，,]?(?:共计?|合计|总计|小?计)[需为约]?")
_SERIES = 120
"""How far in front of a whole the semicolon may stand behind which it is an entry of a list, in characters."""
_USED_FOR = compiled("用于[^，,、；;。（(]{1,12}[（(][^（(）)，,；;。]*$")
_PARTS_BEHIND = compiled("[整正]?[）)][，,：:；;。]?其中")
_OTHERWISE = compiled(r"[^。\n]{0,12}其中[^。：:\n]{10,}。\n?.")
"""Words behind 其中 that end with their sentence and name no part."""


def add_up(
    text: str, built: Structure, figures: list[Figure], printed: list[Expression]
) -> tuple[list[Relation], list[Term]]:
    """The money of a text added up: the relations found, and the entries that nothing of the text covers; ``figures``
    are all of it in order, ``printed`` its calculations."""
    return _Ledger(text, built, figures, printed).run()


class _Ledger(Prices, PricedParts, Totals, Openings, Closings):
    """Goes through the figures of a text in order."""

    def run(self) -> tuple[list[Relation], list[Term]]:
        done: set[int] = set()
        for index, figure in enumerate(self.figures):
            expression = self.within.get(figure)
            if expression is not None:
                if id(expression) not in done:
                    done.add(id(expression))
                    self._arrive(figure)
                    self._expression(expression)
                self.end = figure.span[1]
                continue
            if figure.quoted:
                continue
            self._arrive(figure)
            if figure.dimension in ("count", "time", "bare") and figure.low is None:
                if not (is_class(figure) and figure.tail[0].isdigit()):
                    self._count(figure)
            elif figure.dimension == "money":
                following = self.figures[index + 1] if index + 1 < len(self.figures) else None
                self._money(figure, following)
            self.end = figure.span[1]
        while self.frames:
            self._close(self.frames.pop())
        self._whole_in_front()
        return self.relations, list(self.stack)

    def _whole_in_front(self) -> None:
        """Take the first of the amounts that are left as the whole of all others where they make it, or, where it is called a
        total, but for a slip of the pen (支出总量90万元。救治支出50万元，占…；宣传支出40万元，占…)."""
        if len(self.stack) <= _PAIR or any(one.kind != "amount" for one in self.stack):
            return
        first, *others = self.stack
        computed, whole = self._sum(others), first.head
        if computed is None or not all(one.firm for one in self.stack):
            return
        if not (whole.total or self.words.wholes.search(whole.lead)):
            return
        holds = fits(computed, whole)
        if holds or (whole.total and misprinted(whole, computed)):
            terms = [figure for one in others for figure in one.figures[:1]]
            self._relate("parts", terms, whole, computed, holds, in_sum(others, whole), "likely")
            self.stack = [first]

    def _arrive(self, figure: Figure) -> None:
        """Close what ends between the last figure and this one."""
        gap = self.text[self.end : figure.span[0]]
        hard = HARD.search(gap) is not None or (self.pending and self.pending[-1].item != figure.item)
        if hard and not (figure.price and figure.per and _EACH_OF_THEM.fullmatch(gap[:_EACH_LENGTH])):
            self.pending = []
        while self.frames:
            frame = self.frames[-1]
            if frame.bracket:
                ended = figure.depth <= frame.depth or "\n" in gap
            else:
                ended = self._ended(frame, gap, figure)
            if not ended:
                break
            self._close(self.frames.pop(), figure)

    def _ended(self, frame: OpenWhole, gap: str, figure: Figure) -> bool:
        if figure.depth < frame.depth or (self.words.drops.search(gap) and not self.words.lists.match(gap)):
            return True
        if frame.whole.kind == "period" and (
            self._is_yearly(figure) or fits(frame.whole.value or Decimal(0), figure)
        ):
            return True  # 每月2万元，包括保洁、安保，全年24万元
        named = len(self.stack) > frame.base
        years = [_OF_YEAR.search(one.lead) for one in (frame.whole.head, figure)]
        other_year = years[0] and years[1] and years[0][0] != years[1][0]
        if self._left_off(frame, gap, figure, named) or (named and other_year):
            return True  # 2023年55万元，其中上半年30万元，2024年60万元
        if frame.item != figure.item:
            if frame.item is not None and not self._inside(frame.item, figure.item):
                return True
            frame.several = True
            return False
        if (
            figure.total
            and figure.dimension == "money"
            and len(self.stack) > frame.base + 1
            and not figure.listed
            and not self._of_last_price(figure, gap)
        ):
            # A total behind the parts closes them.
            return HARD.search(gap) is not None or figure.depth <= frame.depth
        if "。" in gap or "\n" in gap:
            return named or frame.several or self._ends_use(frame.start, figure)
        if ("；" in gap or ";" in gap) and named and self._in_series(frame):
            return True
        if ("；" in gap or ";" in gap) and len(self.stack) - frame.base >= 2:
            total = self._sum(self.stack[frame.base :])
            between = self.text[self.stack[frame.base].head.span[1] : self.stack[-1].start]
            weaker = "、" in between and not ("；" in between or ";" in between)
            return weaker or (total is not None and fits(total, frame.whole.head))
        return frame.several and frame.item == figure.item and self.built.item_at(figure.span[0]) is None

    def _of_last_price(self, figure: Figure, gap: str) -> bool:
        """Is a bare total what the price directly in front of it makes, and not the sum of all in front?"""
        last = self.stack[-1]
        bare_total = _BARE.fullmatch(figure.lead) is not None and HARD.search(gap) is None
        return bare_total and last.kind == "product" and not self._sums_up(last, figure)

    def _in_series(self, frame: OpenWhole) -> bool:
        """Does a semicolon stand in front of a whole in its sentence, so that the next one parts it from its sisters?"""
        start = frame.whole.start
        before = self.text[max(0, start - _SERIES) : start]
        series = max(before.rfind("；"), before.rfind(";"))
        return series > max(before.rfind("。"), before.rfind("\n"), before.rfind("："))

    def _left_off(self, frame: OpenWhole, gap: str, figure: Figure, named: bool) -> bool:
        """Does a sentence end in front of an amount that named no part of a whole, but what it is for, or said of the last
        of them that there are others (其中设备19万元、其他支出若干；)?"""
        if named:
            hard = None if frame.several or frame.item is not None else HARD.search(gap)
            return hard is not None and opened(gap[: hard.start()])
        if frame.item is None and self._ends_use(frame.start, figure):
            return True
        unnamed = frame.among and not frame.several and frame.item == figure.item
        return unnamed and _OTHERWISE.match(self.text[frame.start : figure.span[0]]) is not None

    def _count(self, figure: Figure) -> None:
        self.pending = [*self.pending[1 - MOST_COUNTS :], figure]
        last = self.stack[-1] if self.stack else None
        if (
            last is not None
            and last.kind == "product"
            and (last.value is None or self._lacks_months(last, figure))
            and self._same_stretch(last, figure)
        ):
            last.counts = [*last.counts[1 - MOST_COUNTS :], figure]
            self._price(last)
            self._price_others(last, figure)
            before = self.stack[-_PAIR:][0]
            between = self.text[before.head.span[1] : last.figures[0].span[0]]
            if _USED_FOR.match(between) and before.value == last.value:
                self._before(self.stack.pop())  # 12万元用于救助（每人1万元，拟救助12人）
                self.frames = [one for one in self.frames if one.whole is not before]
        elif last is not None and self._another(last, figure):
            last.counts = [figure]
            self._price(last)
            last.firm = last.firm and not self.text[last.figures[0].span[1] : figure.span[0]].startswith(
                ("，", ",")
            )
        elif last is not None and self._one_more(last, figure):
            self._with_sister(last, figure)
        elif last is not None and self._of_months(last, figure):
            last.value, last.kind = last.figures[0].value * figure.value, "product"
            last.figures.append(figure)
            for one in self._persons(last.figures[0]):
                last.value *= one.value
                last.figures.append(one)

    def _price_others(self, last: Term, figure: Figure) -> None:
        """Give the prices in front of one that is for the same thing its number too (扫描每页0.12元，著录每页0.11元，120万页)."""
        named, near = figure.lead.strip("，,共计"), self.stack[-MOST_COUNTS:]
        if figure.unit in GENERIC or any(common_stretch(named, one.figures[0].lead, WORD) for one in near):
            return  # 每个村2万元，每个社区3万元，共9个村、10个社区
        for one in reversed(self.stack[-MOST_COUNTS:-1]):
            alike = one.kind == "product" and one.value is None and one.figures[0].per == last.figures[0].per
            if not alike or last.value is None or not self._same_stretch(one, figure):
                break
            one.counts = [figure]
            self._price(one)

    def _another(self, last: Term, figure: Figure) -> bool:
        """Does a count stand directly behind a price that was tied to one of the same unit far in front of it
        (共15家，示范社每家3万元共5家)? The nearer one is meant."""
        if last.kind != "product" or not self._same_stretch(last, figure) or figure.per:
            return False
        price = last.figures[0]
        direct = _DIRECT.fullmatch(self.text, price.span[1], figure.span[0]) is not None
        # 3个单位各奖励5万元，4个…: each price has its number directly in front of it.
        direct = direct and "，" in self.text[last.figures[-1].span[1] : price.span[0]]
        behind = direct and len(last.figures) == len(price.per) + 1 == 2
        return behind and last.figures[1].span[0] < price.span[0] and same(last.figures[1], figure)

    def _money(self, figure: Figure, following: Figure | None) -> None:
        word, last = self.words.excluded.search(figure.lead[-10:]), self.stack[-1] if self.stack else None
        if word is not None and not self._is_source(figure):
            price, self.aside = self.aside, figure if figure.price else None
            priced = last if last is not None and last.kind == "product" else None
            if price is not None and self.aside is None and price.sentence == figure.sentence:
                counts, start = list(self.pending), price.span[0]  # 每具减免700元，180具，共减免12.6万元
                priced = Term([price], None, "product", start, about=price.about, counts=counts)
                self._price(priced)
            named = priced and word[0] in self.text[self._words_from(priced) : priced.start]
            if priced and named and self._explained(priced, figure):
                self.relations[-1].certainty = "likely"
                if priced is last:
                    self.stack.pop()  # 发放贷款155笔，每笔14万元，贷款总额2170万元
            return
        if (figure.total and self._of_one_thing(Term([figure], figure.value, "amount", figure.span[0]))) or (
            figure.price and not self._is_paid(figure, following)
        ):
            self._push_price(figure)
        elif figure.parts is not None and figure.parts > 1:
            self._push_period(figure, following)
        else:
            self._amount(figure, following)

    def _is_source(self, figure: Figure) -> bool:
        """Is it one of the sources of a whole that are being named (总投资85万元，其中社会捐赠12万元; 由省级60万元、事业收入25万元组成)?"""
        among = any(one.among or "由" in self.text[one.start : one.start + _BY] for one in self.frames[-1:])
        return among and matcher("figures.sources").search(figure.lead[-10:]) is not None

    def _amount(self, figure: Figure, following: Figure | None) -> None:
        last = self.stack[-1] if self.stack else None
        open_base = self.frames[-1].base if self.frames else 0
        if last is not None and self._borne_of_price(last, figure):
            return
        if (
            last is not None
            and len(self.stack) > open_base
            and last.kind != "amount"
            and not self._of_products(figure)
            and self._explained(last, figure)
        ):
            if figure.listed and self.stack[-1].head is figure and not self._spent_on(figure, following):
                self._open(self.stack[-1], figure)  # 补助资金96万元，其中中央60万元、省级36万元
            return
        if self._in_other_words(figure) or self._is_shared(figure, following):
            return
        self._again(figure)
        if last is not None and figure.parts == 1 and self._near(last, figure):
            years = last.head.years or self._term(last)
            if years:
                self._yearly_behind(last, figure, years)
                return
        if last is not None and last.kind == "product" and self._of_price(figure):
            return
        entry = Term([figure], self._of_all(figure), "amount", figure.span[0], about=figure.about)
        entry.firm = figure.bound in ("=", "~") and not figure.past and figure.low is None
        other = self._of_other(figure)
        listed = figure.listed and not other
        totals = figure.total or self._halves(figure) or self._of_products(figure)
        totals = totals and not (listed and self._names_parts(figure))
        opens = (listed and not self._spent_on(figure, following)) or self._apart(figure, following)
        opens = opens or self._divided_behind(figure, following)
        opens = opens and not other
        bare = not opens and not other and self._without_word(figure, following)
        behind = self.text[figure.span[1] : following.span[0]] if following is not None else ""
        ends = opens and figure.total and "。" in behind
        if ends and self._of_the_last(entry, self.stack[open_base:], None):
            return  # 合计24.6万元。（一）…: the list behind it is another one
        if not (totals and self._total(entry)):
            self.stack.append(entry)
        if opens or bare:
            self._open(entry, figure)
            self.frames[-1].bare = bare

    def _is_shared(self, figure: Figure, following: Figure | None) -> bool:
        """Is it what the amount in front of it is a share of (本次安排30万元为总投资100万元的30%), and no entry of its own?"""
        if following is None or following.dimension != "share" or not self.stack:
            return False
        shared = self.text[figure.span[1] : following.span[0]] == "的"
        return shared and self.stack[-1].head.sentence == figure.sentence

    def _in_other_words(self, figure: Figure) -> bool:
        """Is it, in a bracket, the amount in front once more, whose parts follow behind that (壹拾万元（10万元），其中)?"""
        frame = self.frames[-1] if self.frames else None
        if frame is None or figure.depth <= frame.depth or len(self.stack) > frame.base:
            return False
        again = figure.value == frame.whole.value and _PARTS_BEHIND.match(figure.tail) is not None
        if again:
            frame.bracket, frame.among = False, True
        return again

    def _of_all(self, figure: Figure) -> Decimal | None:
        """The value of an amount for all that have it each (一至三季度各12万元), ``None`` where their number is not told."""
        if not EACH_OF.search(figure.lead) or _ONE_EACH.match(figure.tail):
            return figure.value
        named = times_named(self.text, figure)
        if named is not None:
            return figure.value * named
        if "分别" in figure.lead:
            return figure.value
        quarters = _QUARTERS.search(figure.lead) or _QUARTERS.search(
            self.text[max(0, figure.span[0] - len(figure.lead) - _BEFORE) : figure.span[0]]
        )
        if quarters is None:
            return None
        number = _NUMERALS.index(quarters["last"]) - _NUMERALS.index(quarters["first"]) + 1
        return figure.value * number if number > 1 else None

    def _expression(self, expression: Expression) -> None:
        """A printed calculation is one entry: its result, or what it gives."""
        first, last = expression.figures[0], expression.figures[-1]
        money = any(figure.dimension == "money" for figure in expression.figures)
        bracket = self.text[first.span[0] - 1 : first.span[0]] in ("（", "(")
        entry = self.stack[-1] if self.stack else None
        value = expression.sides[-1] if expression.last is not None else expression.sides[0]
        if expression.last is not None and last.dimension == "money":
            value = last.value
        if not money or value is None:
            return
        if (
            bracket
            and entry is not None
            and entry.kind != "product"
            and first.span[0] - entry.head.span[1] <= 2
        ):
            if expression.last is None:
                holds: bool | None = fits(value, entry.head)
                doubtful = HARD.search(self.text, entry.head.span[1], first.span[0]) is not None
                if doubtful or entry.head.about or any(figure.about for figure in expression.figures):
                    holds = holds or None
                self._relate("product", expression.figures, entry.head, value, holds, expression.printed)
            return
        self.stack.append(Term([last], value, "amount", first.span[0]))
        if expression.last is None:
            self.stack[-1].kind, self.stack[-1].figures = "product", list(expression.figures)
