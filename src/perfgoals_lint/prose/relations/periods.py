"""Amounts for a part of the time against those of the whole of it."""

from __future__ import annotations

import re
from decimal import Decimal

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import (
    Entry,
    bare,
)
from perfgoals_lint.prose.relations.relation import fits, plain
from perfgoals_lint.prose.relations.stack import Stack

_HARD = re.compile(r"[。；;\n！？]")
_YEARLY = re.compile("全年|一年|年度|每年|年费|年租|年总|合同(?:总)?(?:价|金额|额)|本年|当年|20[0-9]{2}年")
_UNEVEN = re.compile("首|第一|末|最后|尾|除外|起|寒暑假|之后|其余|淡季|旺季|汛期|平均|预付")


class Periods(Stack):
    """So much a month, a quarter, a year, and what it makes."""

    def _push_period(self, figure: Figure) -> None:
        months = [one for one in self.pending if one.unit in ("月", "个月")] if figure.parts == 12 else []
        factor = months[-1].value if months else Decimal(figure.parts or 1)
        last = self.stack[-1] if self.stack else None
        entry = Entry([figure], figure.value * factor, "period", figure.span[0], about=figure.about)
        if last is not None and last.kind == "amount" and self._near(last, figure):
            self._period(last.head, entry, bool(months))
            return
        self.stack.append(entry)

    def _near(self, entry: Entry, figure: Figure) -> bool:
        """Is an amount for a part of the time said of the amount just named?"""
        gap = self.text[entry.head.span[1] : figure.span[0]]
        return (
            _HARD.search(gap) is None
            and "、" not in gap
            and len(gap) <= 24
            and entry.head.item == figure.item
        )

    def _wide(self, last: Entry, figure: Figure) -> bool:
        entry = Entry([figure], figure.value, "amount", figure.span[0], about=figure.about)
        gap = self.text[last.head.span[1] : figure.span[0]]
        if (
            not (_YEARLY.search(figure.lead) or figure.total or fits(last.value or Decimal(0), figure))
            or len(gap) > 24
        ):
            return False
        others = len(self.stack) - (self.frames[-1].base if self.frames else 0) > 1
        if (
            others
            and not fits(last.value or Decimal(0), figure)
            and self._same_stretch(self.stack[-2], figure)
        ):
            return False
        self._period(figure, last, any(one.unit in ("月", "个月") for one in self.pending))
        self._replace(last, entry)
        return True

    def _period(self, wide: Figure, narrow: Entry, stated: bool) -> None:
        figure = narrow.figures[0]
        whole = narrow.value or Decimal(0)
        parts = Decimal(figure.parts or 1)
        years = wide.years
        if years is not None:
            whole *= years
        start, end = min(wide.span[0], figure.span[0]), max(wide.span[1], figure.span[1])
        stretch = self.text[max(0, start - 14) : end + 10]
        slack = figure.half * parts if figure.decimals or figure.about else Decimal(0)
        expression = f"{bare(figure)} × {plain(whole / figure.value) if figure.value else parts}"
        terms = [figure]
        if fits(whole, wide, slack):
            self._relate("period", terms, wide, whole, True, expression)
            return
        ratio = wide.value / figure.value if figure.value else Decimal(0)
        whole_number = ratio == int(ratio) and 1 <= ratio < parts
        closed = stated or (_YEARLY.search(wide.lead) is not None and not _UNEVEN.search(stretch))
        sure = closed and wide.bound == "=" and not figure.about and not figure.past and not wide.past
        if not sure:
            self._relate("period", terms, wide, whole, True if whole_number else None, expression)
            return
        self._relate("period", terms, wide, whole, False, expression, "likely" if whole_number else "sure")

    def _years(self, entry: Entry, yearly: Entry, years: int) -> bool:
        computed = (yearly.value or Decimal(0)) * years
        holds: bool | None = fits(computed, entry.head)
        counts = [one.value for one in self.pending if one.dimension == "count"]
        if not holds and (yearly.about or entry.about or not entry.firm or counts):
            # So much a year for each of the things counted.
            holds = any(fits(computed * count, entry.head) for count in counts) or None
        expression = f"{bare(yearly.head)} × {years} 年"
        self._relate("years", [yearly.head], entry.head, computed, holds, expression, factor=Decimal(years))
        self.stack[-1] = entry
        return True

    def _yearly_behind(self, whole: Entry, figure: Figure) -> None:
        """Check so much a year behind the sum of all years (四年共需200万元，每年50万元)."""
        years = whole.head.years or 1
        computed = figure.value * years
        holds: bool | None = fits(computed, whole.head)
        if not holds and (figure.about or whole.about or not whole.firm):
            holds = None
        expression = f"{bare(figure)} × {years} 年"
        self._relate("years", [figure], whole.head, computed, holds, expression, factor=Decimal(years))

    def _of_months(self, last: Entry, figure: Figure) -> bool:
        """Is it the number of months of the monthly amount in front of it?"""
        monthly = last.kind == "period" and last.figures[0].parts == 12
        return monthly and figure.unit in ("月", "个月") and self._same_stretch(last, figure)
