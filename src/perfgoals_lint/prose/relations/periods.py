"""Amounts for a part of the time against those of the whole of it."""

from decimal import Decimal
from math import prod

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import PERSONS, Term, bare, numeral, other_thing
from perfgoals_lint.prose.relations.relation import fits, judged, nearly, plain
from perfgoals_lint.prose.relations.stack import HARD, Stack
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.patterns import compiled

_LONGEST = 50
_GAP = 24
"""Characters between two amounts of which one is said of the other."""
_MOST = 40
"""Entries in front of an amount that may make it together."""
_SHORT = 4
"""The longest words in front of a result that have no thing of their own (共需)."""
_COUNTS = 3
"""Counts in front of an amount a period that it may be multiplied with."""
_REACH = 26
"""How far in front of an amount a month the months that it is for may stand, in characters."""
_FROM_MONTH = compiled(
    r"(?<![0-9])(?P<month>1[0-2]|[1-9])月(?:份|1[日号])?(?:开始|起)(?![^，。；]{0,4}[至到]|[—–~～-])"
    r"|[自从](?:(?:20[0-9]{2})?年)?(?P<since>1[0-2]|[1-9])月(?:份|1[日号])?[\u4e00-\u9fff](?<![至到底末中上下])"
)
"""The month that something begins in, its end being that of the year: 4月起, 自7月开通."""
_YEAR = compiled("20[0-9]{2}年")
_OF_YEAR = compiled("(20[0-9]{2}年)(?:全年|度|共|合计|支付|需)")
_YEAR_LENGTH = 5
_HALF = compiled("[上下]半年")
_MONTHS = compiled(
    r"(?:(?P<year>20[0-9]{2})年)?(?<![0-9])(?P<first>1[0-2]|[1-9])月?(?:份)?(?:(?P<day>[0-9]{1,2})[日号])?(?:开始|起)?"
    r"[-—–~～至到]{1,2}(?:(?P<end>20[0-9]{2}|次|翌)年)?(?P<last>1[0-2]|[1-9])月(?:(?P<until>[0-9]{1,2})[日号])?"
)
_END_OF_MONTH = 28
_OF_PART = compiled("(?:每|平均|[月季周]).*")
"""What an amount for a part of the year is said to be (每月), behind its name."""
_SOME_QUARTERS = compiled("(?:[前后]|第?[一1][至到—–~-]{1,2}第?)([二两三2-4])个?季度每个?季")
_FIRST = compiled("首|第[一1]个?[月季]")
_AFTER = compiled("[之其以]后|后续|其余|余下|剩余")


def months_of(stretch: str, most_years: int = 1) -> int | None:
    """The number of months that a stretch of text names (4月起 are 9 of a year, 3月至10月 are 8), or ``None``;
    a span ends at most ``most_years`` years on."""
    start, span = _FROM_MONTH.search(stretch), _MONTHS.search(stretch)
    if start is not None:
        group = "month" if start["month"] else "since"
        begun = _YEAR.match(stretch, max(0, start.start(group) - _YEAR_LENGTH))
        meant = _OF_YEAR.search(stretch, start.end())
        if begun and meant and begun[0] != meant[1]:
            return None  # begun in another year (自2023年10月起…，2024年全年)
        if span is None or start.start(group) < span.start("first"):
            return 13 - int(start[group])
    if span is None or int(span["day"] or 1) > 1 or int(span["until"] or _END_OF_MONTH) < _END_OF_MONTH:
        return None
    years = 0
    if span["end"] is not None:
        if span["end"].isdigit() != (span["year"] is not None):
            return None
        years = int(span["end"]) - int(span["year"]) if span["year"] else 1
    months = 12 * years + int(span["last"]) - int(span["first"]) + 1
    return months if months > 1 and 0 <= years <= most_years else None


class Periods(Stack):
    """So much a month, a quarter, a year, and what it makes."""

    def _push_period(self, figure: Figure, following: Figure | None) -> None:
        months = [one for one in self.pending if one.unit in ("月", "个月")] if figure.parts == 12 else []
        factor = months[-1].value if months else Decimal(figure.parts or 1)
        if not months and figure.parts == 12:
            words = self._stretch(figure, figure).partition(figure.raw)[0]
            factor = Decimal(6 if _HALF.search(figure.lead) else months_of(words) or factor)
        start = figure.span[0]
        if quarters := _SOME_QUARTERS.search(self.text, max(0, start - _REACH), start):
            factor = Decimal(numeral(quarters[1]) or 1)
        last = self.stack[-1] if self.stack else None
        entry = Term([figure], figure.value * factor, "period", figure.span[0], about=figure.about)
        counted = self.pending[-1] if self.pending else None
        if counted is not None and counted.unit in PERSONS and not self.words.pay.search(figure.lead):
            # 厨师2名每月6500元: it may be what each of them gets.
            entry.firm = figure.span[0] - len(figure.lead) - counted.span[1] > 1
        if last is not None and last.kind == "amount" and self._near(last, figure):
            if not fits(entry.value or Decimal(0), last.head) and self._has_year(entry, following):
                self.stack.append(entry)  # 测评8万元，云资源每月2.5万元，全年30万元: one of its own
            elif not self._after_first(last.head, figure):
                self._period(last.head, entry, bool(months))
            return
        self.stack.append(entry)
        if figure.listed and following is not None and following.dimension == "money":
            self._open(entry, figure)  # 每月2万元，其中人工1.2万元、油料0.8万元

    def _is_paid(self, figure: Figure, following: Figure | None) -> bool:
        """Is what is said to be paid at so much a month (按每月1.3万元支付，合计…) paid for nothing that is counted?"""
        counted = any(one.dimension == "count" for one in self.pending)
        alone = (figure.parts or 1) > 1 and not (figure.per or counted)
        return alone and following is not None and following.dimension == "money" and not following.price

    def _has_year(self, narrow: Term, following: Figure | None) -> bool:
        """Is the figure behind an amount for a part of the year, which has a name of its own, that of all of it, and not
        that in front of both again?"""
        if following is None or following.dimension != "money" or following.price:
            return False
        named = len(_OF_PART.sub("", narrow.head.lead).strip("，,")) > 1
        if not named or following.value == self.stack[-1].head.value:
            return False
        return self._is_yearly(following) and self._near(narrow, following)

    def _after_first(self, whole: Figure, figure: Figure) -> bool:
        """Check the first of the periods and all after it against the whole in front of both (首月A，之后每月B)."""
        before = self.relations[-1] if self.relations else None
        if before is None or before.kind != "period" or before.result is not whole or not figure.parts:
            return False
        first = before.terms[-1]
        if first.parts != figure.parts or not (_FIRST.search(first.lead) and _AFTER.search(figure.lead)):
            return False
        self._first_and_rest(whole, first, figure)
        return True

    def _first_and_rest(self, whole: Figure, first: Figure, figure: Figure) -> None:
        """Check the first of the periods of a year and so much for each after it against the whole."""
        others = (figure.parts or 1) - 1
        computed = first.value + figure.value * others
        holds = judged(fits(computed, whole), first, figure, whole)
        shown = f"{bare(first)} + {bare(figure)} × {others}"
        self._relate("period", [first, figure], whole, computed, holds, shown)

    def _near(self, entry: Term, figure: Figure) -> bool:
        """Is an amount for a part of the time said of the amount just named?"""
        gap = self.text[entry.head.span[1] : figure.span[0]]
        return (
            HARD.search(gap) is None
            and "、" not in gap
            and len(gap) <= _GAP
            and entry.head.item == figure.item
            and (entry.head not in self.within or gap[:1] in ("", "，", "（", "("))
        )

    def _wide(self, last: Term, figure: Figure) -> bool:
        entry = Term([figure], figure.value, "amount", figure.span[0], about=figure.about)
        made = last.value or Decimal(0)
        fitting = fits(made, figure)
        gap = self.text[last.head.span[1] : figure.span[0]]
        # The number of months between the two (每月1万元，支付9个月，需9万元).
        behind = any(one.unit in ("月", "个月") and one.span[0] > last.head.span[1] for one in self.pending)
        short = len(figure.lead.strip("，")) <= _SHORT
        behind = behind or (short and months_of(self._stretch(figure, last.figures[0])) is not None)
        told = behind and self.words.results.search(figure.lead) is not None
        if not (self._is_yearly(figure) or figure.total or fitting or told) or len(gap) > _GAP:
            return False
        if HARD.search(gap) and not fitting:
            return False
        first = self.stack[-2].head if len(self.stack) > 1 else None
        if first is not None and _FIRST.search(first.lead) and _AFTER.search(last.head.lead):
            self.stack.pop(-2)
            self._first_and_rest(figure, first, last.head)
            self._replace(last, entry)
            return True
        if not fitting and self._adds_up(figure):
            return False
        months = months_of(self.text[last.start : figure.span[0]])
        if months and fits(last.figures[0].value * months, figure):
            self._period(figure, last, False)
            self._replace(last, entry)
            return True
        others = len(self.stack) - (self.frames[-1].base if self.frames else 0) > 1
        if (
            others
            and not fitting
            and (
                self._same_stretch(self.stack[-2], figure)
                or (figure.total and abs(figure.value - made) > figure.value / 5)
            )
        ):
            if self.stack[-2].kind != "amount" or figure.total or not nearly(figure, made):
                return False
            # 测评16万元，云资源每月2.5万元，优惠后全年28万元: the year of the last of them.
            self._relate("period", last.figures, figure, last.value or figure.value, None, bare(last.head))
            self._replace(last, entry)
            return True
        self._period(figure, last, any(one.unit in ("月", "个月") for one in self.pending))
        self._replace(last, entry)
        return True

    def _adds_up(self, figure: Figure) -> bool:
        """Is an amount exactly what two or more entries in front of it in its sentence make together?"""
        running = Decimal(0)
        for number, one in enumerate(reversed(self.stack[-_MOST:]), 1):
            if one.value is None or "。" in self.text[one.head.span[1] : figure.span[0]]:
                break
            running += one.value
            if number > 1 and fits(running, figure):
                return True
            if running > figure.value * 2:
                break  # what stands further in front only adds to it
        return False

    def _is_yearly(self, figure: Figure) -> bool:
        return figure.parts == 1 or self.words.yearly.search(figure.lead) is not None

    def _period(self, wide: Figure, narrow: Term, stated: bool) -> None:
        figure = narrow.figures[0]
        whole = narrow.value or Decimal(0)
        parts = Decimal(figure.parts or 1)
        stretch = self._stretch(wide, figure)
        months = self._months(stretch, wide, figure, stated)
        if months is not None:
            whole, parts, stated = figure.value * months, Decimal(months), True
        whole *= wide.years or 1
        average = self.words.averages.search(stretch) is not None
        slack = figure.half * parts if figure.decimals or figure.about or average else Decimal(0)
        terms = [figure]
        persons = self._paid(figure, whole, wide)
        number = prod((one.value for one in persons), start=Decimal(1))
        whole, terms = whole * number, [*persons, figure]
        shown = plain(whole / figure.value / number) if figure.value and number else parts
        expression = " × ".join([*(bare(one) for one in terms), str(shown)])
        if fits(whole, wide, slack):
            self._relate("period", terms, wide, whole, True, expression)
            return
        even = average or not self.words.uneven.search(stretch)
        closed = (stated or (self._is_yearly(wide) and even)) and not matcher("figures.halted").search(
            stretch
        )
        sure = closed and wide.bound == "=" and not (figure.about or figure.past or wide.past)
        if not sure:
            self._relate("period", terms, wide, whole, None, expression)
            return
        ratio = wide.value / figure.value if figure.value else Decimal(0)
        # A whole number of periods, but fewer: something may begin in the course of the year.
        fewer = ratio == int(ratio) and 1 <= ratio < parts and months is None and not average
        self._relate("period", terms, wide, whole, False, expression, "likely" if fewer else "sure")

    def _stretch(self, wide: Figure, figure: Figure) -> str:
        """The text from the stop in front of two amounts to the end of the clause behind them."""
        start, end = min(wide.span[0], figure.span[0]), max(wide.span[1], figure.span[1])
        least = max(0, start - _REACH)
        begin = max(*(self.text.rfind(stop, least, start) for stop in "。；"), least)
        return self.text[begin:end] + HARD.split(self.text[end : end + 10])[0]

    def _months(self, stretch: str, wide: Figure, figure: Figure, stated: bool) -> int | None:
        """How many months an amount a month is paid for, where the text around the two says so."""
        if figure.parts != 12:
            return None
        term = months_of(stretch, _LONGEST)
        if term is not None and fits(figure.value * term, wide):
            return term  # the whole of a contract over several years
        if stated:
            return None
        return months_of(stretch) or (6 if _HALF.search(wide.lead) else None)

    def _paid(self, figure: Figure, whole: Decimal, wide: Figure) -> list[Figure]:
        """The number of those that each get an amount, where the whole is not that of one: the persons beside the pay of
        one (聘用3名，月工资3200元), or the counts that make the whole (22座，每座配1名，月工资1500元)."""
        if fits(whole, wide):
            return []
        counts = [one for one in self.pending if one.dimension == "count"][-_COUNTS:]
        for some in (counts[:1], counts[-1:], counts):
            if some and fits(prod((one.value for one in some), start=whole), wide):
                return some
        return self._persons(figure)

    def _persons(self, figure: Figure) -> list[Figure]:
        """Those who each get an amount that is named as the pay of one."""
        persons = [one for one in self.pending if one.unit in PERSONS and not one.per]
        paid = len(persons) == 1 and self.words.pay.search(figure.lead) is not None
        return persons if paid else []

    def _years(self, entry: Term, yearly: Term, years: int) -> bool:
        computed = (yearly.value or Decimal(0)) * years
        holds: bool | None = fits(computed, entry.head)
        if not holds and other_thing(entry.head, [yearly]):
            return False
        counts = [one.value for one in self.pending if one.dimension == "count"]
        # So much a year for each of the things counted makes at least twice of it.
        each = bool(counts) and (entry.value or computed) >= 2 * computed
        if not holds and (yearly.about or entry.about or not entry.firm or each):
            holds = any(fits(computed * count, entry.head) for count in counts) or None
        expression = f"{bare(yearly.head)} × {years} 年"
        self._relate("years", [yearly.head], entry.head, computed, holds, expression, factor=Decimal(years))
        self.stack[-1] = entry
        return True

    def _term(self, whole: Term) -> int | None:
        """The years that a contract or a whole investment runs for, named behind it (合同金额30万元，合同期三年)."""
        terms = [one for one in self.pending if one.unit == "年" and 1 < one.value <= _LONGEST]
        terms = terms[-1:] if terms and terms[-1].lead.endswith("分") else terms  # 用三年建成，分三年安排
        lead = whole.head.lead
        meant = matcher("figures.contract").search(lead) is not None or (whole.head.total and "总" in lead)
        return int(terms[0].value) if meant and len(terms) == 1 else None

    def _yearly_behind(self, whole: Term, figure: Figure, years: int) -> None:
        """Check so much a year behind the sum of all years (四年共需200万元，每年50万元)."""
        computed = figure.value * years
        open_end = figure.about or whole.about or not whole.firm
        holds = fits(computed, whole.head) or (None if open_end else False)
        expression = f"{bare(figure)} × {years} 年"
        self._relate("years", [figure], whole.head, computed, holds, expression, factor=Decimal(years))

    def _of_months(self, last: Term, figure: Figure) -> bool:
        """Is it the number of months of the monthly amount in front of it?"""
        monthly = last.kind == "period" and last.figures[0].parts == 12
        return monthly and figure.unit in ("月", "个月") and self._same_stretch(last, figure)
