"""Whether an amount is said to be what a price makes."""

from __future__ import annotations

from decimal import Decimal

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import Term
from perfgoals_lint.prose.relations.periods import Periods
from perfgoals_lint.prose.relations.relation import misprinted
from perfgoals_lint.rulebook.lexicons import matcher, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

NEAR_FACTORS = 6
"""How many figures in front of an amount may be factors of it that the reading did not see."""
WORD = 2
"""Characters of the shortest word."""
_BEFORE = 80
"""Characters in front of a price in which its thing may be named."""
_FEE_NAME = 6
_ENDS = frozenset({"", "，", "。", "；", ";", ",", "）", ")", "\n"})
_FEE = compiled("[，、]?([一-龥]{2,4})(?:费用|(?<!经)费)[为约共计]*")
_SHARED = 3
"""The least length of a name that a price and an amount have in common."""


def alone(figure: Figure) -> bool:
    """Does an amount stand in its clause without a word, so that it can only be what those in front of it make?"""
    return not figure.lead.strip("，,）)") and figure.tail[:1] in _ENDS and figure.parts is None


class Results(Periods):
    """The words of a result behind a price."""

    def _is_result(self, last: Term, figure: Figure) -> bool:
        """Is an amount said to be what a price makes: by a word of results, its name, or as the amount of the year?"""
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
        if len(name) > 1 and self.words.money.search(name) and name in last.figures[0].lead:
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

    def _slipped(self, last: Term, value: Decimal) -> bool:
        """Is the product of a price rather another figure for the amount in front of it, or up to a fifth more than that?"""
        whole = last.head
        return misprinted(whole, value) or whole.value < value <= whole.value * Decimal("1.2")
