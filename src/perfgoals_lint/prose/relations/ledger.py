"""Amounts and counts added up as a reader does: entry after entry, each total over what it covers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from math import prod
from typing import TYPE_CHECKING, Literal

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.expressions import Expression
from perfgoals_lint.prose.relations.relation import Certainty, Kind, Relation, fits, in_unit, plain
from perfgoals_lint.prose.vocabulary import vocabulary
from perfgoals_lint.rulebook.similarity import common_stretch

if TYPE_CHECKING:
    from perfgoals_lint.prose.structure import Structure

_HARD = re.compile(r"[。；;\n！？]")
_OPEN_BUT = re.compile(
    r"等[级候待同于额]|[平同中高初优一二三四五六七八九十]等|(?:其他|其余|余下|剩余|部分)(?=[^，。；、]{0,8}[0-9])"
)
_ENTRIES = re.compile(
    r"(?:以上|上述|前述)?(?P<number>[0-9]{1,2}|[两二三四五六七八九十]{1,2})(?:个)?(?:大)?(?:项|类|部分|笔)(?:[^，。；：:\d、]{0,6})$"
)
_ABOVE = re.compile("以上|上述|前述|上列|各项|[两二三四五六七八九十]项")
_YEARLY = re.compile("全年|一年|年度|每年|年费|年租|年总|合同(?:总)?(?:价|金额|额)|本年|当年|20[0-9]{2}年")
_IN_TIMES = re.compile(r"[，,]?(?:计划|拟)?分[^，。；：:]{1,6}(?:支付|拨付|投入|实施|安排|拨款)[：:，]")
_UNEVEN = re.compile("首|第一|末|最后|尾|除外|起|寒暑假|之后|其余|淡季|旺季|汛期|平均|预付")
_NUMERALS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_NOUN = re.compile("(?![和及与共计为的])[一-龥]{2,10}")
_MOST = 40
_BARE_TOTAL = re.compile("(?:合计|共计|总计|小计|合共)[：:为约]*$")
_FAR = Decimal("0.7")
"""A total that differs from the amounts in front of it by more than this share is one of something else."""
_GENERIC = frozenset({"个", "项"})


@dataclass(slots=True, eq=False)
class Entry:
    """One thing that is added up. ``value`` is ``None`` where it cannot be told; ``kind`` says whether it is printed
    (``amount``), a price times a number (``product``) or an amount for a part of the time (``period``)."""

    figures: list[Figure]
    value: Decimal | None
    kind: Literal["amount", "product", "period"]
    start: int
    firm: bool = True
    about: bool = False
    counts: list[Figure] = field(default_factory=list)

    @property
    def head(self) -> Figure:
        return self.figures[-1]


@dataclass(slots=True)
class _Frame:
    """A whole whose parts are being named, from ``base`` in the stack on."""

    whole: Entry
    base: int
    depth: int
    bracket: bool
    among: bool
    item: int | None
    start: int
    several: bool = False


@dataclass(slots=True)
class Account:
    """What is left at the top: the entries that nothing of the text covers, and the relations found."""

    entries: list[Entry] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


def add_up(text: str, built: Structure, figures: list[Figure], printed: list[Expression]) -> Account:
    """The money of a text added up; ``figures`` are all of it in order, ``printed`` its calculations."""
    return _Ledger(text, built, figures, printed).run()


def entry_number(lead: str) -> int | None:
    """N of 以上N项, at the end of the words in front of a total."""
    found = _ENTRIES.search(lead)
    if found is None:
        return None
    word = found["number"]
    return int(word) if word.isdigit() else _NUMERALS.get(word)


class _Ledger:
    def __init__(self, text: str, built: Structure, figures: list[Figure], printed: list[Expression]) -> None:
        self.text, self.built, self.figures = text, built, figures
        self.within = {figure: one for one in printed for figure in one.figures}
        self.stack: list[Entry] = []
        self.frames: list[_Frame] = []
        self.pending: list[Figure] = []
        self.relations: list[Relation] = []
        self.words = cues()
        self.end = 0
        self.spread: tuple[Figure, Decimal] | None = None

    def run(self) -> Account:
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
                self._count(figure)
            elif figure.dimension == "money":
                following = self.figures[index + 1] if index + 1 < len(self.figures) else None
                self._money(figure, following)
            self.end = figure.span[1]
        while self.frames:
            self._close(self.frames.pop(), len(self.text))
        return Account(list(self.stack), self.relations)

    # --- where a figure stands

    def _arrive(self, figure: Figure) -> None:
        """Close what ends between the last figure and this one."""
        gap = self.text[self.end : figure.span[0]]
        hard = _HARD.search(gap) is not None or (self.pending and self.pending[-1].item != figure.item)
        if hard:
            self.pending = []
        while self.frames:
            frame = self.frames[-1]
            if frame.bracket:
                ended = figure.depth <= frame.depth or "\n" in gap
            else:
                ended = self._ended(frame, gap, figure)
            if not ended:
                break
            self._close(self.frames.pop(), self.end, figure)

    def _ended(self, frame: _Frame, gap: str, figure: Figure) -> bool:
        if figure.depth < frame.depth or self.words.drops.search(gap):
            return True
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
        ):
            # A total behind the parts closes them.
            return _HARD.search(gap) is not None or figure.depth <= frame.depth
        if "。" in gap or "\n" in gap:
            return len(self.stack) > frame.base or frame.several
        if ("；" in gap or ";" in gap) and len(self.stack) - frame.base >= 2:
            total = self._sum(self.stack[frame.base :])
            return (total is not None and fits(total, frame.whole.head)) or "、" in self._stretch(frame)
        return frame.several and frame.item == figure.item and self.built.item_at(figure.span[0]) is None

    def _stretch(self, frame: _Frame) -> str:
        return self.text[frame.start : self.end]

    def _inside(self, outer: int, inner: int | None) -> bool:
        while inner is not None and inner != outer:
            inner = self.built.items[inner].parent
        return inner == outer

    # --- figures

    def _count(self, figure: Figure) -> None:
        self.pending.append(figure)
        last = self.stack[-1] if self.stack else None
        if (
            last is not None
            and last.kind == "product"
            and (last.value is None or self._lacks_months(last, figure))
            and self._same_stretch(last, figure)
        ):
            last.counts.append(figure)
            self._price(last)
        elif last is not None and self._of_months(last, figure):
            last.value = last.figures[0].value * figure.value

    def _lacks_months(self, last: Entry, figure: Figure) -> bool:
        monthly = last.figures[0].parts == 12 and figure.unit in ("月", "个月")
        return monthly and not any(one.dimension == "time" for one in last.figures[1:])

    def _of_months(self, last: Entry, figure: Figure) -> bool:
        """Is it the number of months of the monthly amount in front of it?"""
        monthly = last.kind == "period" and last.figures[0].parts == 12
        return monthly and figure.unit in ("月", "个月") and self._same_stretch(last, figure)

    def _same_stretch(self, entry: Entry, figure: Figure) -> bool:
        return (
            _HARD.search(self.text, entry.head.span[1], figure.span[0]) is None
            and entry.head.item == figure.item
        )

    def _money(self, figure: Figure, following: Figure | None) -> None:
        if self.words.excluded.search(figure.lead[-10:]):
            return
        if figure.price:
            self._push_price(figure)
        elif figure.parts is not None and figure.parts > 1:
            self._push_period(figure)
        else:
            self._amount(figure, following)

    def _push_price(self, figure: Figure) -> None:
        entry = Entry([figure], None, "product", figure.span[0], about=figure.about)
        entry.counts = list(self.pending)
        self._price(entry)
        if entry.value is not None:
            self.pending = [one for one in self.pending if one not in entry.figures]
        if not self._before(entry):
            self.stack.append(entry)

    def _before(self, entry: Entry) -> bool:
        """Take a priced entry as the explanation of the amount in front of it (经费8万元，按4户、每户2万元测算)."""
        last = self.stack[-1] if self.stack else None
        price = entry.figures[0]
        if (
            last is None
            or entry.value is None
            or last.kind != "amount"
            or not self._same_stretch(last, price)
        ):
            return False
        if entry.start - last.head.span[1] > 24 or (
            self.relations and self.relations[-1].result is last.head
        ):
            return False
        meant = re.search(
            "测算|计算|标准|按", price.lead + price.tail[:6] + self.text[last.head.span[1] : price.span[0]]
        )
        if fits(entry.value, last.head, _slack(entry, entry.value)):
            holds: bool | None = True
        elif meant and entry.firm and last.firm and not entry.about:
            holds = False
        else:
            return False
        self._relate(
            "product", entry.figures, last.head, entry.value, holds, self._product(entry, entry.figures[1:])
        )
        return True

    def _price(self, entry: Entry) -> None:
        """Set the value of a priced entry where the counts cancel the units of its price."""
        price = entry.figures[0]
        found = _factors(price, entry.counts)
        if found is not None:
            entry.figures = [price, *found]
            entry.firm = price.bound == "=" and not self.words.policy.search(price.lead)
            entry.value = price.value * prod((one.value for one in found), start=Decimal(1))
            if (
                price.parts is not None
                and price.parts > 1
                and not any(one.dimension == "time" for one in found)
            ):
                entry.value *= price.parts
                entry.firm = False
            entry.about = any(one.about for one in entry.figures)
            entry.firm = entry.firm and all(one.bound == "=" for one in entry.figures)

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

    def _amount(self, figure: Figure, following: Figure | None) -> None:
        last = self.stack[-1] if self.stack else None
        open_base = self.frames[-1].base if self.frames else 0
        if (
            last is not None
            and len(self.stack) > open_base
            and last.kind != "amount"
            and self._explained(last, figure)
        ):
            return
        self._again(figure)
        if last is not None and figure.parts == 1 and last.head.years and self._near(last, figure):
            self._yearly_behind(last, figure)
            return
        entry = Entry([figure], figure.value, "amount", figure.span[0], about=figure.about)
        entry.firm = figure.bound in ("=", "~") and not figure.past and figure.low is None
        totals = (figure.total or self._halves(figure)) and not (figure.listed and following is not None)
        if totals and self._total(entry):
            return
        opens = figure.listed or self._apart(figure, following)
        self.stack.append(entry)
        if opens:
            self._open(entry, figure)

    def _halves(self, figure: Figure) -> bool:
        """Is it the amount of the year behind those of its halves or quarters?"""
        if "全年" not in figure.lead or len(self.stack) < 2:
            return False
        leads = [entry.head.lead for entry in self.stack[-4:]]
        return "下半年" in leads[-1] or re.search("[四4]季度$|第四季度", leads[-1]) is not None

    def _apart(self, figure: Figure, following: Figure | None) -> bool:
        """Do the parts follow with their names in front (甲、乙、丙分别为1、2、3万元)?"""
        if _IN_TIMES.match(self.text, figure.span[1]):
            return True
        if following is None or following.dimension != "money":
            return False
        if (
            figure.tail[:1] in ("（", "(")
            and following.depth > figure.depth
            and following.sentence == figure.sentence
        ):
            return True
        gap = self.text[figure.span[1] : following.span[0]]
        return "分别" in gap and "。" not in gap[2:]

    def _open(self, entry: Entry, figure: Figure) -> None:
        tail = figure.tail
        bracket = re.match(r"[（(]", tail) is not None
        among = self.words.lists.match(tail)
        depth = figure.depth
        self.frames.append(
            _Frame(
                entry,
                len(self.stack),
                depth,
                bracket,
                among is not None and "其中" in among[0],
                figure.item,
                figure.span[1],
            )
        )

    # --- priced entries and what is printed as their result

    def _explained(self, last: Entry, figure: Figure) -> bool:
        """Take an amount as the result of the priced entry in front of it, if it is."""
        if not self._same_stretch(last, figure) and not figure.total:
            return False
        if last.kind == "period":
            return self._wide(last, figure)
        values = self._readings(last, figure)
        entry = Entry([figure], figure.value, "amount", figure.span[0], about=figure.about)
        for value, factors in values:
            if fits(value, figure, _slack(last, value)):
                self._relate(
                    "product", [last.figures[0], *factors], figure, value, True, self._product(last, factors)
                )
                self._spread(last, factors, value)
                self._replace(last, entry)
                return True
        if last.value is None or not self._same_stretch(last, figure):
            return False
        meant = figure.total or self.words.results.search(figure.lead) is not None
        meant = meant or (len(figure.lead) <= 4 and _YEARLY.search(figure.lead) is not None)
        if not meant or (figure.total and self._sums_up(last, figure)):
            return False
        if figure.total and self._entries(figure) is not None:
            return False
        value, factors = values[0]
        price = last.figures[0]
        yearly = price.parts == 12 and price.bound == "=" and _YEARLY.search(figure.lead) is not None
        sure = (last.firm or yearly) and not figure.past and figure.bound == "=" and len(values) == 1
        holds = False if sure else None
        self._relate(
            "product", [last.figures[0], *factors], figure, value, holds, self._product(last, factors)
        )
        self._replace(last, entry)
        return True

    def _spread(self, last: Entry, factors: list[Figure], value: Decimal) -> None:
        """Remember a price that was named once, in front of all the numbers that it is for."""
        price = last.figures[0]
        things = [one for one in factors if one.dimension == "count"]
        named_first = all(one.span[0] > price.span[0] for one in factors)
        self.spread = None
        if len(things) == 1 and named_first and things[0].value:
            self.spread = (price, value / things[0].value)

    def _again(self, figure: Figure) -> bool:
        """Check an amount against the price that was named in front of an earlier one (…，东站181人为130.32万元)."""
        if self.spread is None or not self.pending or figure.total:
            return False
        (price, each), count = self.spread, self.pending[-1]
        near = 0 <= figure.span[0] - count.span[1] <= 3 and price.sentence == figure.sentence
        if not near or count.dimension != "count" or (price.per and not self._fits_per(price, count)):
            return False
        computed = each * count.value
        factor = each / price.value
        expression = f"{_bare(price)} × {_bare(count)}" + (f" × {plain(factor)}" if factor != 1 else "")
        holds: bool | None = fits(computed, figure)
        if not holds and (figure.about or count.about or price.about):
            holds = None
        self._relate("product", [price, count], figure, computed, holds, expression)
        self.pending = []
        return True

    def _fits_per(self, price: Figure, count: Figure) -> bool:
        return any(vocabulary().same_unit(count.unit, per.unit) for per in price.per)

    def _sums_up(self, last: Entry, figure: Figure) -> bool:
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
        return nearest is not None and nearest < abs(last.value - figure.value)

    def _readings(self, last: Entry, figure: Figure) -> list[tuple[Decimal, list[Figure]]]:
        """The values that a priced entry may have: units cancelled first, then other choices of its counts."""
        price = last.figures[0]
        found: list[tuple[Decimal, list[Figure]]] = []
        years = figure.years or 1
        if last.value is not None:
            found.append((last.value * years if price.parts == 1 else last.value, last.figures[1:]))
        counts = last.counts or self.pending
        for number in range(1, len(counts) + 1 if len(counts) <= 3 else 2):
            for start in range(len(counts) - number + 1):
                chosen = counts[start : start + number]
                if len({one.unit for one in chosen}) < number:
                    continue
                value = price.value * prod((one.value for one in chosen), start=Decimal(1))
                factors = sorted({1, price.parts or 1, years})
                found += [(value * one, chosen) for one in factors if fits(value * one, figure)]
        together = sum((one.value for one in counts if one.dimension == "count"), Decimal(0))
        if len(counts) > 1 and fits(price.value * together, figure):
            found.append((price.value * together, counts))
        if price.value and fits(price.value * (price.parts or 1), figure) and (price.parts or 1) > 1:
            found.append((price.value * (price.parts or 1), []))
        return (
            found[:1]
            if last.value is not None and not any(fits(v, figure) for v, _ in found)
            else sorted(found, key=lambda one: not fits(one[0], figure))
        )

    def _product(self, last: Entry, factors: list[Figure]) -> str:
        price = last.figures[0]
        return " × ".join(_bare(one) for one in [price, *factors])

    def _replace(self, last: Entry, entry: Entry) -> None:
        if self.stack and self.stack[-1] is last:
            self.stack[-1] = entry
        self.pending = []

    # --- amounts for a part of the time

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
        expression = f"{_bare(figure)} × {plain(whole / figure.value) if figure.value else parts}"
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

    # --- totals

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
            and entry.kind == "amount"
            and first.span[0] - entry.head.span[1] <= 2
        ):
            if expression.last is None:
                holds: bool | None = fits(value, entry.head)
                if entry.head.about or any(figure.about for figure in expression.figures):
                    holds = holds or None
                self._relate("product", expression.figures, entry.head, value, holds, expression.printed)
            return
        self.stack.append(Entry([last], value, "amount", first.span[0]))
        self.stack[-1].figures = [last]

    def _total(self, entry: Entry) -> bool:
        """Check a total against what stands in front of it; whether it was taken as one."""
        figure = entry.head
        base = self.frames[-1].base if self.frames else 0
        above = self.stack[base:]
        whole = self.frames[-1].whole if self.frames else None
        years = figure.years
        if not above:
            if whole is None or not years or whole.head.parts != 1 or whole is not self.stack[-1]:
                return False
            self.frames.pop()
            return self._years(entry, whole, years)
        if not years:
            spans = [one for one in self.pending if one.unit == "年" and 1 < one.value <= _MOST]
            years = int(spans[-1].value) if spans and len(above) == 1 else None
        if len(above) == 1 and years and above[0].head.parts == 1 and above[0].value is not None:
            return self._years(entry, above[0], years)
        running = Decimal(0)
        for number, one in enumerate(reversed(above[-_MOST:]), 1):
            if one.value is None:
                break
            running += one.value
            if number > 1 and years and one.head.parts == 1:
                holds = fits(running * years, figure) or None
                self._take(entry, above[-number:], running * years, holds)
                return True
            if number > 1 and fits(running, figure, self._slack(above[-number:])):
                self._take(entry, above[-number:], running, True)
                return True
        if whole is not None and fits(whole.value or Decimal(0), figure):
            return False
        covered = self._covered(figure, above)
        if covered is None:
            return False
        computed = self._sum(covered)
        if computed is None:
            return False
        firm = all(one.firm for one in covered) and entry.firm and figure.bound == "="
        about = any(one.about for one in covered)
        if (
            about
            and abs(computed - figure.value)
            <= sum(((one.value or Decimal(0)) for one in covered if one.about), Decimal(0)) / 10
        ):
            firm = False
        self._take(entry, covered, computed, False if firm else None)
        return True

    def _years(self, entry: Entry, yearly: Entry, years: int) -> bool:
        computed = (yearly.value or Decimal(0)) * years
        holds: bool | None = fits(computed, entry.head)
        counts = [one.value for one in self.pending if one.dimension == "count"]
        if not holds and (yearly.about or entry.about or not entry.firm or counts):
            # So much a year for each of the things counted.
            holds = any(fits(computed * count, entry.head) for count in counts) or None
        expression = f"{_bare(yearly.head)} × {years} 年"
        self._relate("years", [yearly.head], entry.head, computed, holds, expression, factor=Decimal(years))
        self.stack[-1] = entry
        return True

    def _entries(self, figure: Figure) -> int | None:
        """N of 以上N项合计 in front of a total."""
        start = figure.span[0]
        return entry_number(_counted_lead(self.text[max(0, start - 16) : start]))

    def _yearly_behind(self, whole: Entry, figure: Figure) -> None:
        """Check so much a year behind the sum of all years (四年共需200万元，每年50万元)."""
        years = whole.head.years or 1
        computed = figure.value * years
        holds: bool | None = fits(computed, whole.head)
        if not holds and (figure.about or whole.about or not whole.firm):
            holds = None
        expression = f"{_bare(figure)} × {years} 年"
        self._relate("years", [figure], whole.head, computed, holds, expression, factor=Decimal(years))

    def _covered(self, figure: Figure, above: list[Entry]) -> list[Entry] | None:
        """The entries that a total speaks of by its words and place; ``None`` where that cannot be told."""
        number = self._entries(figure)
        here = [one for one in above if one.head.sentence == figure.sentence]
        if number is not None and number >= 2:
            return self._numbered(number, above)
        chosen = here if len(here) >= 2 else above
        if len(chosen) < 2:
            return None
        computed = self._sum(chosen)
        if computed is None or not figure.value:
            return None
        near = abs(computed - figure.value) <= max(computed, figure.value) / 2
        if len(here) < 2 and not _ABOVE.search(figure.lead) and not near:
            return None
        if self._opened(self.text[chosen[0].start : figure.span[0]]):
            return None
        far = abs(computed - figure.value) > max(computed, figure.value) * _FAR
        bare = len(here) >= 2 and _BARE_TOTAL.search(figure.lead) is not None
        return None if far and not (bare or _ABOVE.search(figure.lead)) else chosen

    def _numbered(self, number: int, above: list[Entry]) -> list[Entry] | None:
        """The entries that 以上N项 speaks of: N entries of a list, whatever each is made of, or the last N amounts."""
        item = above[-1].head.item
        while item is not None:
            list_id = self.built.items[item].list_id
            groups: dict[int, list[Entry]] = {}
            for one in above:
                outer = one.head.item
                while outer is not None and self.built.items[outer].list_id != list_id:
                    outer = self.built.items[outer].parent
                if outer is not None:
                    groups.setdefault(outer, []).append(one)
            entries = sum(other.list_id == list_id for other in self.built.items)
            if len(groups) == number:
                return [one for group in groups.values() for one in group]
            if entries == number:
                return None
            item = self.built.items[item].parent
        if len(above) >= number:
            return above[-number:]
        return above if len(above) >= 2 else None

    def _take(self, entry: Entry, covered: list[Entry], computed: Decimal, holds: bool | None) -> None:
        terms = [figure for one in covered for figure in one.figures[:1]]
        number = self._entries(entry.head)
        stated = number if number is not None and number != len(covered) else None
        self._relate("sum", terms, entry.head, computed, holds, _sum(covered, entry.head), stated=stated)
        del self.stack[len(self.stack) - len(covered) :]
        self.stack.append(entry)

    def _close(self, frame: _Frame, end: int, behind: Figure | None = None) -> None:
        """The parts of a whole are all named: check them, and count the whole only."""
        parts = self.stack[frame.base :]
        whole = frame.whole.head
        stretch = self.text[frame.start : end + 6]
        del self.stack[frame.base :]
        computed = self._sum(parts)
        if not parts:
            return
        if len(parts) < 2 or computed is None:
            if len(parts) == 1 and not frame.among and not frame.bracket:
                self.stack.extend(parts)
            return
        terms = [figure for one in parts for figure in one.figures[:1]]
        expression = _sum(parts, whole)
        if fits(computed, whole, self._slack(parts)):
            self._relate("parts", terms, whole, computed, True, expression)
            return
        if fits(computed + (frame.whole.value or 0), whole):
            return
        if (
            behind is not None
            and behind.total
            and any(fits(whole.value + (one.value or 0), behind) for one in parts)
        ):
            # What was thought to be a part stands beside the whole, and the total covers both.
            return
        over = computed > whole.value
        opened = self._opened(stretch)
        # What is paid to date and what is planned, a ceiling and its cases: nothing to add up.
        firm = all(one.firm for one in parts) and whole.bound in ("=", "~", "<=") and not whole.past
        about = whole.about or any(one.about for one in parts)
        if not firm or (opened and not over) or (about and abs(computed - whole.value) <= computed / 10):
            self._relate("parts", terms, whole, computed, None, expression)
            return
        near = abs(computed - whole.value) <= whole.value / 5
        certainty: Certainty = "sure" if over or not frame.among else "likely" if near else "open"
        if not near and not over and not frame.among:
            certainty = "likely" if len(parts) > 2 else "open"
        self._relate("parts", terms, whole, computed, False, expression, certainty)

    def _opened(self, stretch: str) -> bool:
        return self.words.opened.search(_OPEN_BUT.sub("", stretch)) is not None

    def _sum(self, entries: list[Entry]) -> Decimal | None:
        total = Decimal(0)
        for one in entries:
            if one.value is None:
                return None
            total += one.value
        return total

    def _slack(self, entries: list[Entry]) -> Decimal:
        return sum(
            ((one.value or Decimal(0)) / 10 for one in entries if one.about),
            Decimal(0),
        )

    def _relate(
        self,
        kind: Kind,
        terms: list[Figure],
        result: Figure,
        computed: Decimal,
        holds: bool | None,
        expression: str,
        certainty: Certainty = "sure",
        factor: Decimal | None = None,
        stated: int | None = None,
    ) -> None:
        shown = f"{expression} = {in_unit(computed, result)}"
        self.relations.append(
            Relation(kind, terms, result, computed, holds, shown, certainty, factor, stated)
        )


def _factors(price: Figure, counts: list[Figure]) -> list[Figure] | None:
    """The counts that cancel the units of a price, one each; a price without a unit takes a lone count. ``None`` where
    none or several would do."""
    left = [one for one in counts if one.dimension in ("count", "time", "bare")]
    found: list[Figure] = []
    for per in price.per:
        fitting = [one for one in left if _cancels(one, per.unit)]
        if not fitting and len(price.per) == 1:
            fitting = [one for one in left if one.unit in _GENERIC and per.unit in one.tail[:3]]
        chosen = _meant(price, fitting)
        if chosen is None:
            return None
        found.append(chosen)
        left.remove(chosen)
    if not price.per:
        things = [one for one in left if one.dimension == "count"]
        chosen = _meant(price, things)
        if chosen is None:
            return None
        found.append(chosen)
    elif price.parts == 12:
        months = [one for one in left if one.unit in ("月", "个月")]
        found.extend(months[-1:])
    return found


def _cancels(count: Figure, unit: str) -> bool:
    return vocabulary().same_unit(count.unit, unit) or (unit in ("生", "人次") and count.dimension == "count")


def _meant(price: Figure, fitting: list[Figure]) -> Figure | None:
    """The count that a price is for: the only one, or the only one with a noun of the price."""
    if len(fitting) == 1:
        return fitting[0]
    shared = [(len(common_stretch(_noun(one), _noun(price), 2) or ""), one) for one in fitting]
    most = max((length for length, _ in shared), default=0)
    named = [one for length, one in shared if length == most > 0]
    return named[0] if len(named) == 1 else None


def _noun(figure: Figure) -> str:
    """The words that say what is counted or priced: behind a count where a noun stands there, else in front."""
    behind = _NOUN.match(figure.tail) if figure.dimension == "count" else None
    return re.sub("每.?|单价|费用?|标准|[，。；、：0-9]", " ", behind[0] if behind else figure.lead)


def _counted_lead(lead: str) -> str:
    """The words in front of the word of a total."""
    return re.sub("[合共总]?(?:共计|合计|总计|总共|共|计)[^，。；]{0,6}$", "", lead)


def _bare(figure: Figure) -> str:
    return re.sub(r"[（(].*", "", figure.raw)


def _slack(entry: Entry, value: Decimal) -> Decimal:
    price = entry.figures[0]
    if price.scale >= 10**4 and price.step * 10 < price.scale and price.value:
        return abs(value) * price.half / price.value
    return Decimal(0)


def _sum(entries: list[Entry], like: Figure) -> str:
    scale = like.scale if like.scale >= 10**4 else Decimal(1)
    terms = [plain((one.value or Decimal(0)) / scale) for one in entries]
    if len(terms) > 12:
        terms = [*terms[:10], "…", terms[-1]]
    return " + ".join(terms)
