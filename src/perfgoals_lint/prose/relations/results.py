"""What a price may make, and whether an amount is said to be that."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from math import prod

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import MOST_COUNTS, Term, bare, in_measure, made
from perfgoals_lint.prose.relations.periods import Periods
from perfgoals_lint.prose.relations.relation import fits, misprinted, plain
from perfgoals_lint.rulebook.lexicons import matcher, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

PERIOD_UNITS = {"周": 52, "月": 12, "个月": 12, "季度": 4, "个季度": 4}
"""The units of time in which so many a week, a month, a quarter are told, by the parts of a year."""
NEAR_FACTORS = 6
"""How many figures in front of an amount may be factors of it that the reading did not see."""
WORD = 2
"""Characters of the shortest word."""
_BEFORE = 80
"""Characters in front of a price in which its thing may be named."""
_FEE_NAME = 6
_ENDS = frozenset({"", "，", "。", "；", ";", ",", "）", ")", "\n"})
_FEE = compiled("[，、]?([一-龥]{2,4})(?:费用|(?<!经)费)[为约共计]*")
_OWN_NAME = compiled("[，、]?(?!工程|项目|建设)([一-龥]{4,14})费用?[为约]?")
EACH_OF = compiled("(?:各|(?<![年月季日人户])均|分别)(?:为|需|约|拨付|支付|安排|补助|获得?|奖励|下达)?$")
"""In front of an amount that several have each (两馆各补助96万元)."""
_SHARED = 3
"""The least length of a name that a price and an amount have in common."""


def alone(figure: Figure) -> bool:
    """Does an amount stand in its clause without a word, so that it can only be what those in front of it make?"""
    return not figure.lead.strip("，,）)") and figure.tail[:1] in _ENDS and figure.parts is None


def _neighbours(counts: list[Figure]) -> Iterator[list[Figure]]:
    """The runs of counts of different units, shortest first; one at a time where there are more than three."""
    for number in range(1, len(counts) + 1 if len(counts) <= 3 else 2):
        for start in range(len(counts) - number + 1):
            run = counts[start : start + number]
            if len({one.unit for one in run}) == number:
                yield run


class Results(Periods):
    """The words of a result behind a price."""

    def _is_result(self, last: Term, figure: Figure) -> bool:
        """Is an amount said to be what a price makes: by a word of results, its name, or as the amount of the year?"""
        if EACH_OF.search(figure.lead) or (
            figure.lead.startswith("、") and last.figures[0].span[1] == figure.span[0] - len(figure.lead)
        ):
            return False  # others have it each, or it is another price (每队油料8000元、设备16000元)
        yearly = len(figure.lead) <= 4 and self.words.yearly.search(figure.lead) is not None
        return (
            figure.total
            or yearly
            or (figure.parts == 1 and len(figure.lead.strip("，、")) <= WORD)
            or self.words.results.search(figure.lead) is not None
            or alone(figure)
            or self._of_counted(last, figure)
            or self._fee_of(last, figure)
        )

    def _of_counted(self, last: Term, figure: Figure) -> bool:
        """Does only the noun of the count in front of it stand between that and an amount (每名护工补贴500元，40名护工20万元)?"""
        behind = 1 < len(figure.lead) <= _FEE_NAME and last.head.span[1] == figure.span[0] - len(figure.lead)
        return behind and figure.lead in self.text[self._words_from(last) : last.head.span[0]]

    def _fee_of(self, last: Term, figure: Figure) -> bool:
        """Is an amount behind a price the fee for the thing itself: do all characters of its name stand in front
        (租用客车6辆，1500元/辆/天，2天，租车费…)?"""
        name = self.words.yearly.sub("", figure.lead.strip("，、：:"))
        verb = matcher("figures.total_leads").match(name)
        name = (
            name[verb.end() :]
            if verb and len(name) > verb.end() + 1
            else name.removeprefix("年" if figure.parts == 1 else "")
        )
        if self.words.opened.search(name) or self.words.drops.search(name):
            return False
        start = self._words_from(last)
        named = 1 < len(name) <= _FEE_NAME and name.endswith(tuple(words("figures.fees")))
        if named and set(name[:-1]) <= set(self.text[start : max(one.span[1] for one in last.figures)]):
            return True
        lead = last.figures[0].lead
        if len(name) > 1 and (lead.endswith(name) or (self.words.money.search(name) and name in lead)):
            return True  # 保费每亩35元，投保1.3万亩，保费…
        # The price and the amount have one name (每辆车年均运行费2万元，50辆车全年运行费…).
        shared = common_stretch(last.figures[0].lead, name, _SHARED)
        return shared is not None and name.endswith(shared)

    def _words_from(self, last: Term) -> int:
        """Where the words of the sentence in front of a price begin."""
        here = self.places[last.figures[0]]
        before = (
            one.span[1]
            for one in self.figures[max(0, here - NEAR_FACTORS) : here]
            if one.dimension == "money"
        )
        start = max(0, last.start - _BEFORE, *before)
        return max(start, *(self.text.rfind(stop, start, last.start) + 1 for stop in "。；\n"))

    def _of_other_fee(self, last: Term, figure: Figure) -> bool:
        """Is a price one of a fee, and an amount another fee, with no character of the words in front in its name
        (展位费每次5万元，人员费用…)?"""
        priced, named = _FEE.search(last.figures[0].lead), _FEE.fullmatch(figure.lead)
        if priced is None or named is None or self.words.general.fullmatch(named[1]):
            return False
        start = self._words_from(last)
        return not set(named[1]) & set(self.text[start : figure.span[0] - len(figure.lead)])

    def _of_other_thing(self, last: Term, figure: Figure, value: Decimal) -> bool:
        """Has an amount a name of its own, of which no character stands around the price in front of it (12个站每个2万元，设备检定费用30万元)?"""
        named = _OWN_NAME.fullmatch(figure.lead)
        if named is None or figure.total or self.words.yearly.search(named[1]):
            return False
        around = self.text[self._words_from(last) : figure.span[0] - len(figure.lead)]
        return not set(named[1]) & set(around) and not misprinted(figure, value)

    def _slipped(self, last: Term, value: Decimal) -> bool:
        """Is the product of a price rather another figure for the amount in front of it, or up to a fifth more than that?"""
        whole = last.head
        return misprinted(whole, value) or whole.value < value <= whole.value * Decimal("1.2")

    def _readings(self, last: Term, figure: Figure) -> list[tuple[Decimal, list[Figure]]]:
        """The values that a priced entry may have: units cancelled first, then other choices of its counts."""
        price = last.figures[0]
        found: list[tuple[Decimal, list[Figure]]] = []
        years = figure.years or 1
        if last.value is not None:
            told = any(one.unit in PERIOD_UNITS for one in last.figures[1:])
            often = 1 if told else prod(one.parts or 1 for one in last.figures[1:])
            whole = last.value * years if price.parts == 1 else last.value
            # So many a quarter, each at a price: the year has four times as many.
            whole *= often if often > 1 and self._is_yearly(figure) else 1
            rates = self._borne(price, figure)
            whole *= prod((one.value / 100 for one in rates), start=Decimal(1))
            found.append((whole, [*last.figures[1:], *rates]))
            if last.sisters and not fits(whole, figure):
                number = sum((one.value for one in last.sisters), Decimal(0))
                first = whole * last.sisters[0].value / number
                if fits(first, figure):
                    last.sisters, found = [], [(first, found[0][1])]
            if last.sisters or fits(found[0][0], figure):
                return found
        behind = (one for one in self.pending if one.span[0] > price.span[1] and one not in last.counts)
        counts = [*last.counts, *behind][-MOST_COUNTS:] or self.pending
        parts = price.parts or 1
        for chosen in _neighbours(counts):
            value = made(price, chosen)
            found += [(value * one, chosen) for one in sorted({1, parts, years}) if fits(value * one, figure)]
        for start in range(len(counts) - 1):
            # Of all together, or of the parts of a whole in front of them that is none of theirs.
            chosen = counts[start:]
            things = sum((one.value for one in chosen if one.dimension == "count"), Decimal(0))
            choices = (price.value * things * one for one in (1, parts))
            found += [(value, chosen) for value in islice((one for one in choices if fits(one, figure)), 1)]
        if parts > 1 and price.value and fits(price.value * parts, figure):
            found.append((price.value * parts, []))
        # All but that of the entry itself fit.
        own = last.value is not None and not fits(found[0][0], figure)
        return [*found[1:], found[0]] if own else found

    def _borne(self, price: Figure, figure: Figure) -> list[Figure]:
        """The only share between a price and an amount, if it is borne by those who pay (每户保费40元，财政补贴60%，需补贴…)."""
        between = self.figures[self.places[price] + 1 : self.places[figure]]
        rates = [one for one in between if one.dimension == "share"]
        borne = len(rates) == 1 and matcher("figures.subsidies").search(rates[0].lead)
        return rates if borne and matcher("figures.subsidies").search(figure.lead) else []

    def _product(self, last: Term, factors: list[Figure], value: Decimal) -> str:
        """The calculation of ``value``, with the periods of a year where it has them (2000元 × 10人 × 12)."""
        price = last.figures[0]
        each = price.each * prod(
            (one.value / (in_measure(one, price) or 1) for one in factors), start=Decimal(1)
        )
        divided = f" ÷ {plain(each)}" if each > 1 else f" × {plain(1 / each)}" if each < 1 else ""
        if last.value is None and len(factors) > 1:
            return f"{bare(price)} × （{' + '.join(map(bare, factors))}）"
        once = made(price, factors)
        if last.sisters:
            once *= sum((one.value for one in last.sisters), Decimal(0)) / last.sisters[0].value
        times = value / once if once else Decimal(1)
        often = f" × {plain(times)}" if times > 1 and times == int(times) else ""
        together = f"（{' + '.join(map(bare, last.sisters))}）"
        shown = (together if one in last.sisters else bare(one) for one in [price, *factors])
        return " × ".join(shown) + divided + often
