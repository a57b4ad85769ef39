"""Whether the parts of an amount are named behind it."""

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.apiece import times_named
from perfgoals_lint.prose.relations.bare_lists import bare_amounts
from perfgoals_lint.prose.relations.entries import MOST_COUNTS
from perfgoals_lint.prose.relations.stack import HARD, Stack
from perfgoals_lint.rulebook.patterns import compiled

_SPENT_ON = compiled("用于|作为|用来")
_OF_NAMED = compiled(
    r"[一-龥]{0,4}[，,。；;\n]?其中[：:，,]?[一-龥]{2,12}(?:包含|包括|含有?|由)[^，。；\d]{0,8}\d"
)
_MADE_OF = compiled(r"[，,]由[一-龥]{2,12}\d+(?:\.\d+)?万?元[、，,和][^。；\n]*组成")
_OWN_USE = compiled(
    "[^；;。]*(?:用于|用来|作为|由|来源)(?![^；;。]*(?:以下|如下|下列))[^：:；;。]*(?:[；;]|。(?!其中|具体|主要|包括))"
)
_LONGEST = 200  # characters of what an amount is for, in which that ends before any part is named
_TO_NUMBER = 10
"""Characters between an amount and the number of those that have a part of it each."""
_ANEW = compiled("[。\n]其中")
_APART = compiled("分别[^，。；;：:]{0,12}[：:]?$")
"""Between a whole and its parts: their names, and 分别 with at most a verb in front of the first of them."""
_IN_TIMES = compiled(
    r"[，,]?(?:计划|拟)?分[^，。；：:]{1,6}(?:支付|拨付|投入|实施|安排|拨款|下达|发放|到位|划拨|兑付)[：:，]"
)


class Openings(Stack):
    """The words between a whole and its parts."""

    def _without_word(self, figure: Figure, following: Figure | None) -> bool:
        """Do parts follow an amount without a word that says so, or behind the number of those that have one each
        (96万元，涉及3个乡镇，分别为…)?"""
        if (
            bare_amounts(self.text, figure, self.words)
            or _MADE_OF.match(self.text, figure.span[1])
            or self._heads_items(figure, following)
        ):
            return True
        if following is None or following.dimension != "count" or not following.listed:
            return False
        gap = self.text[figure.span[1] : following.span[0]]
        behind = self.figures[self.places[figure] + 2 : self.places[figure] + 4]
        parts = len(behind) > 1 and all(
            one.dimension == "money" and one.sentence == figure.sentence for one in behind
        )
        return parts and len(gap) <= _TO_NUMBER and HARD.search(gap) is None

    def _heads_items(self, figure: Figure, following: Figure | None) -> bool:
        """Does a numbered list inside the entry of an amount, or behind one that stands in none, begin directly behind it (二、维护30万元。1.灯具12万元；2.…)?"""
        stop = HARD.match(self.text, figure.span[1])
        item = self.built.item_at(stop.end()) if stop and not figure.past else None
        if item is None or following is None or following.dimension != "money":
            return False
        first = self.built.items[item]
        return first.number == 1 and first.parent == figure.item and item != figure.item

    def _ends_use(self, start: int, figure: Figure) -> bool:
        """Does what is said of an amount, and of nothing else, from ``start`` on end in front of a figure?"""
        return _OWN_USE.match(self.text, start, min(figure.span[0], start + _LONGEST)) is not None

    def _names_parts(self, figure: Figure) -> bool:
        """Does an amount, which is no price, stand behind a total before what the total is for ends (共85万元，用于管网30万元、…)?"""
        start = self.places[figure] + 1
        near = (one for one in self.figures[start : start + MOST_COUNTS] if one.dimension == "money")
        part = next((one for one in near if not one.price), None)
        return part is not None and not self._ends_use(figure.span[1], part)

    def _of_other(self, figure: Figure) -> bool:
        """Is what follows 其中 said of something else than the amount in front of it: of a part that it names
        (合计33万元，其中物业包含保洁11万元…), or, in a new sentence, of a whole list (水费12万元、电费30万元。其中…)?"""
        if _OF_NAMED.match(self.text, figure.span[1]):
            return True
        anew = _ANEW.match(self.text, figure.span[1]) is not None
        return anew and not figure.total and figure.lead.startswith(("、", "和", "及"))

    def _spent_on(self, figure: Figure, following: Figure | None) -> bool:
        """Does the word behind an amount say what that amount alone is for, as the next one has its own behind it or is
        the total (35万元用于修缮，30万元用于消防，共65万元)?"""
        behind = _SPENT_ON.match(figure.tail)
        again = _SPENT_ON.search(figure.lead)
        if again is not None and figure.tail[1:].startswith(again[0]):
            return True  # 用于救助3万元，用于殡葬1万元
        if figure.tail[:1] in ("；", ";") and _SPENT_ON.match(figure.tail, 1):
            return True  # 用于设备的占25%，金额为33万元；用于软件的…
        if behind is None or following is None:
            return False
        place = self.places[figure] + 1
        near = self.figures[place : place + MOST_COUNTS]
        following = next((one for one in near if one.dimension == "money"), None)
        if following is None or following.sentence != figure.sentence:
            return False
        return (
            following.total
            or following.tail.startswith(behind[0])
            or (not following.lead and behind[0] in following.tail)
        )

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
        return _APART.search(gap) is not None and times_named(self.text, following) is None

    def _divided_behind(self, figure: Figure, following: Figure | None) -> bool:
        """Does the next sentence begin with the parts of the only amount of this one (安排85万元，对6个村给予奖励。其中，…)?"""
        if following is None or figure.past or figure.depth:
            return False
        here = self.places[figure]
        around = self.figures[max(0, here - MOST_COUNTS) : here + MOST_COUNTS]
        money = [one for one in around if one.dimension == "money"]
        money = [
            one
            for one in money
            if one is figure or one.value != figure.value or one.sentence != figure.sentence
        ]
        later = next((one for one in money if one.span > figure.span), None)
        alone = sum(one.sentence == figure.sentence for one in money) == 1
        if later is None or not alone or later.sentence != figure.sentence + 1:
            return False
        return self.text.startswith("其中", self.built.sentences[later.sentence][0])
