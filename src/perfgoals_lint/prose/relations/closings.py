"""What is checked when the parts of a whole are all named."""

from decimal import Decimal
from itertools import pairwise

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import OpenWhole, Term, in_sum
from perfgoals_lint.prose.relations.openness import opened, opened_behind
from perfgoals_lint.prose.relations.relation import Certainty, exchanged, fits, leeway, misprinted, nearly
from perfgoals_lint.prose.relations.stack import HARD, Stack
from perfgoals_lint.rulebook.lexicons import expression, matcher, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

_DIVIDED = compiled("[；;]|其中|分|包括|包含")
_ON = compiled("[。\n]|[，,](?:20[0-9]{2}年|本年|今年|当年|年内)")
"""Between the parts of a whole and what is said beside it: another sentence, or the year that it is for."""
_BEFORE = 8
_NAME = 3
"""Characters of a name that a whole and one of the amounts behind it share."""
_BRACKET = compiled("[（(][^（）()]*[）)]")


class Closings(Stack):
    """The end of a list of parts."""

    def _close(self, frame: OpenWhole, behind: Figure | None = None) -> None:
        """The parts of a whole are all named: check them, and count the whole only."""
        parts = self.stack[frame.base :]
        del self.stack[frame.base :]
        computed = self._sum(parts)
        if frame.whole.kind == "period" and not self._makes_each(frame.whole, parts, computed):
            # 平均每月1万元，其中夏季1.5万元: what is told may be of some of the time.
            frame.whole.firm = frame.whole.firm and not parts
            self.stack.extend(parts)
            return
        if len(parts) < 2 or computed is None:
            self._close_one(frame, parts, computed)
            return
        whole = frame.whole.head
        if self._is_of_contract(frame, parts) or (whole.price and self._are_of_sorts(whole, parts)):
            return
        if fits(computed, whole, self._slack(parts)):
            terms = [figure for one in parts for figure in one.figures[:1]]
            self._relate("parts", terms, whole, computed, True, in_sum(parts, whole))
            frame.whole.parts = parts
        elif not self._of_something_else(frame, parts, computed, behind):
            self._contradict(frame, parts, computed)

    def _is_of_contract(self, frame: OpenWhole, parts: list[Term]) -> bool:
        """Is the first of the amounts a contract, of which the whole is the rest (剩余29万元（合同价145万元，已付116万元）), or
        a share as another one behind it is (质保金30万元；其中东段合同价500万元，质保金15万元), or which is more than it?"""
        first, *others = (one.head.lead[-_BEFORE:] for one in parts)
        taken = (parts[0].value or 0) > frame.whole.head.value or any(
            matcher("figures.taken").search(one) or common_stretch(one, frame.whole.head.lead, _NAME)
            for one in others
        )
        words = "contract" if taken else "contracts"
        return (taken or frame.bracket) and matcher(f"figures.{words}").search(first) is not None

    def _are_of_sorts(self, whole: Figure, parts: list[Term]) -> bool:
        """Are the amounts behind a price those of sorts, of which one is more (每个站点3万元（城区4万元、乡镇2万元）), or no less
        and the names are those of sorts (每户2万元（二类2万元、三类1万元）)?"""
        leads, values = [one.head.lead for one in parts], [one.value or Decimal(0) for one in parts]
        fees = all(lead.endswith(tuple(words("figures.fees"))) for lead in leads)
        alike = len({lead[-1:] for lead in leads}) == 1 or all(map(expression("figures.sort").search, leads))
        alike = alike or min(values) * 5 >= whole.value * 4
        return not fees and (max(values) > whole.value or (max(values) == whole.value and alike))

    def _makes_each(self, whole: Term, parts: list[Term], computed: Decimal | None) -> bool:
        """Do several amounts, each less, make what is paid each month, but for a slip?"""
        each = whole.head
        less = len(parts) > 1 and all(one.kind == "amount" and (one.value or 0) < each.value for one in parts)
        return less and computed is not None and (fits(computed, each) or nearly(each, computed))

    def _close_one(self, frame: OpenWhole, parts: list[Term], computed: Decimal | None) -> None:
        """One part alone (其中) is more than the whole, or no part."""
        whole = frame.whole.head
        if len(parts) != 1:
            return
        if not frame.among and not frame.bracket:
            again = parts[0].head
            slipped = computed is not None and nearly(whole, computed)
            if again.total and computed is not None and slipped and parts[0].firm and frame.whole.firm:
                # The total behind the list is another than the one in front of it.
                self._relate("parts", [again], whole, computed, False, in_sum(parts, whole), "likely")
                return
            self.stack.extend(parts)
        elif frame.among and computed is not None and computed > whole.value:
            exact = parts[0].firm and parts[0].kind == "amount" and frame.whole.firm and not whole.about
            if exact and not parts[0].about:
                self._relate("parts", [parts[0].head], whole, computed, False, in_sum(parts, whole))

    def _of_something_else(
        self, frame: OpenWhole, parts: list[Term], computed: Decimal, behind: Figure | None
    ) -> bool:
        """Do the amounts behind a whole belong to another one, or with it to a total behind them?"""
        whole = frame.whole.head
        if fits(computed + (frame.whole.value or 0), whole):
            return True
        apart = HARD.search(self.text, whole.span[1], parts[0].start) is not None
        if (
            apart
            and behind is not None
            and behind.total
            and fits(computed, behind)
            and not misprinted(whole, computed)
        ):
            return True  # 培训2.7万元；预算构成为：…，共计68万元
        if (
            behind is not None
            and behind.total
            and any(fits(whole.value + (one.value or 0), behind) for one in parts)
        ):
            # What was thought to be a part stands beside the whole, and the total covers both.
            return True
        if computed > whole.value and self._named_before(parts, whole):
            return True
        # Another division of the whole (…设备费20万元；其中中央30万元、省级20万元).
        return any(fits(computed, one.whole.head) for one in self.frames)

    def _contradict(self, frame: OpenWhole, parts: list[Term], computed: Decimal) -> None:
        """Parts that do not make their whole, as far as the text says that they should."""
        whole = frame.whole.head
        near = nearly(whole, computed)
        near = near or any(
            exchanged(one.head, whole.value - computed + one.head.value)
            for one in parts
            if one.kind == "amount"
        )
        if frame.bare and not near:
            self.stack.extend(parts)
            return
        over = computed > whole.value
        end = parts[-1].head.span[1]
        among = self.text[frame.start : end]
        more = opened(among if frame.bracket else _BRACKET.sub("", among))
        more = more or opened_behind(self.text, end, whole.unit)
        # What is paid to date and what is planned, a ceiling and its cases: nothing to add up.
        carried = matcher("figures.carried")
        firm = (
            all(one.firm or carried.search(one.head.lead) for one in parts)
            and whole.bound in ("=", "~", "<=")
            and not whole.past
        )
        about = whole.about or any(one.about for one in parts)
        terms = [figure for one in parts for figure in one.figures[:1]]
        roughly = about and abs(computed - whole.value) <= leeway(whole, computed)
        if not firm or (more and not over) or roughly:
            self._relate("parts", terms, whole, computed, None, in_sum(parts, whole))
            return
        certainty: Certainty = (
            "likely" if frame.bare else "sure" if over or not frame.among else "likely" if near else "open"
        )
        if not near and not over and not frame.among:
            certainty = "likely" if len(parts) > 2 else "open"
        self._relate("parts", terms, whole, computed, False, in_sum(parts, whole), certainty)

    def _named_before(self, parts: list[Term], whole: Figure) -> bool:
        """Are the first of the parts all of the whole already, and the rest parts of one of them
        (其中一期20万元、二期30万元，一期分为…)?"""
        running = Decimal(0)
        for number, (part, following) in enumerate(pairwise(parts), 1):
            running += part.value or Decimal(0)
            if number > 1 and fits(running, whole):
                gap = self.text[part.head.span[1] : following.head.span[0]]
                terms = [figure for one in parts[:number] for figure in one.figures[:1]]
                divided = _DIVIDED.search(gap) is not None
                before = self.text[parts[number - 2].head.span[1] :][:1]
                if divided or whole.about or _ON.search(gap) or gap[:1] != before:
                    self._relate("parts", terms, whole, running, True, in_sum(parts[:number], whole))
                    self.stack.extend([] if divided else parts[number:])
                    return True
        return False
