"""Totals and the entries that they speak of."""

import re
from decimal import Decimal
from itertools import combinations, pairwise, takewhile

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import Term, in_sum, other_thing
from perfgoals_lint.prose.relations.openness import opened_in_front, set_apart
from perfgoals_lint.prose.relations.periods import Periods, months_of
from perfgoals_lint.prose.relations.relation import fits, misprinted, nearly, plain
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.patterns import compiled

_ABOVE = compiled("以上|上述|前述|上列|各项|[两二三四五六七八九十]项")
_WHOLE_YEAR = compiled("全年|(?<![0-9])年度")
_ASIDE = compiled("[，。；：\n]")
_MOST = 40
_MONTHS = 12
_SAID = compiled("^份|已|预计|计划|拟|实际|共?需|安排|支[付出]|投入|使用|发放|经费|资金|为|约")
"""What is said of an amount of some months besides its thing."""
_CHOICE = 8
"""The entries of which some are chosen to make a total."""
_QUARTER = 5
"""Characters in front of an amount that name its quarter."""
_MOST_OF_SENTENCE = 100
"""A sentence, or a text, of more amounts than these is no list that one total adds up without a word that says so."""
_BARE_TOTAL = compiled("(?:合计|共计|总计|小计|合共)[：:为约]*$")
_VERB = compiled("(?:累计|合计|共计|共)([一-龥]{2})$")
_FAR = Decimal("0.7")
"""A total that differs from the amounts in front of it by more than this share is one of something else."""


def _by_verb(total: Figure, entries: list[Term]) -> list[Term]:
    """The entries in front of a total from the one on that its verb stands with (到位60万元，已支付设计费9万元、监理费5万元，累计支付14万元)."""
    verb = _VERB.search(total.lead)
    said = [place for place, one in enumerate(entries) if verb and verb[1] in one.head.lead]
    return entries[said[0] :] if said and len(entries) - said[0] > 1 else entries


def _fills_year(entries: list[Term]) -> bool:
    """Are amounts those of months that make a year, and of one thing (1月至8月已付电费3万元，9月至12月预计2万元)?"""
    leads = [one.head.lead for one in entries]
    if sum(months_of(lead) or 0 for lead in leads) != _MONTHS:
        return False
    names = {_SAID.sub("", lead.rpartition("月")[2]) for lead in leads}
    return len(names - {""}) < 2


class Totals(Periods):
    """A total behind its parts."""

    def _total(self, entry: Term) -> bool:
        """Check a total against what stands in front of it; whether it was taken as one."""
        figure = entry.head
        base = self.frames[-1].base if self.frames else 0
        above = self.stack[base:]
        whole = self.frames[-1].whole if self.frames else None
        years = figure.years
        if (above and figure.depth > above[-1].head.depth) or self._one_of_several(figure):
            return False  # 较上年增加8万元，占筹集资金的60%（当年共筹集120万元）
        if not above:
            if whole is None or not years or whole.head.parts != 1 or whole is not self.stack[-1]:
                return False
            self.frames.pop()
            return self._years(entry, whole, years)
        last = above[-1]
        alone = len(above) == 1 or last.head.sentence == figure.sentence != above[-2].head.sentence
        if not years:
            spans = [one for one in self.pending if one.unit == "年" and 1 < one.value <= _MOST]
            years = int(spans[-1].value) if spans and alone else None
        yearly = years and last.head.parts == 1 and last.value is not None
        if yearly and not alone:
            alone = fits((last.value or Decimal(0)) * (years or 1), figure)
        if alone and years and last.head.parts == 1 and last.value is not None:
            return self._years(entry, last, years)
        if self._of_the_last(entry, above, years) or self._of_its_parts(entry, above):
            return True
        if whole is not None and fits(whole.value or Decimal(0), figure):
            return False
        covered = self._covered(figure, above)
        if covered is None:
            return False
        computed = self._sum(covered)
        if computed is None:
            return False
        made = self._times_counted(covered, figure)
        if made is not None:
            self._take(entry, covered, made, True)
            return True
        firm = self._is_closed(entry, covered, above, computed)
        self._take(entry, covered, computed, False if firm else None)
        apart = set_apart(self.text[covered[0].start : figure.span[0]]) is not None
        if apart or any(one.assumed for one in covered):
            self.relations[-1].certainty = "likely"
        return True

    def _of_one_thing(self, entry: Term) -> bool:
        """Check the total of the prices of one thing (每场省级补助200元，市级补助100元，共300元), which is a price of it again; whether they are."""
        figure, above = entry.head, self.stack[self.frames[-1].base if self.frames else 0 :]
        latest = takewhile(lambda one: one.head.sentence == figure.sentence, reversed(above[-_MOST:]))
        covered = list(takewhile(lambda one: one.figures[0].scale == figure.scale, latest))[::-1]
        price = covered[0].figures[0] if len(covered) > 1 else None
        if price is None or not price.per or figure.scale > 1 or figure.per not in ([], price.per):
            return False
        terms = [one.figures[0] for one in covered]
        computed = sum((one.value for one in terms), Decimal(0))
        holds = fits(computed, figure)
        if any(one.per not in ([], price.per) for one in terms) or not (holds or nearly(figure, computed)):
            return False
        figure.per, figure.parts, figure.price = list(price.per), price.parts, True
        shown = " + ".join(plain(one.value) for one in terms)
        self._relate("sum", terms, figure, computed, holds, shown, "likely")
        del self.stack[len(self.stack) - len(covered) :]
        self.pending = covered[0].counts or self.pending
        return True

    def _is_closed(self, entry: Term, covered: list[Term], above: list[Term], computed: Decimal) -> bool:
        """Are the amounts that a total covers all that it is the total of, so that a difference is a fault?"""
        figure = entry.head
        named = self._entries(figure) == len(covered) or "累计" in figure.lead or _fills_year(covered)
        if figure.bound != "=" or not entry.firm:
            return False
        if not all(one.firm or one.assumed or (named and one.head.past) for one in covered):
            return False
        if self._chosen(figure, above) or matcher("figures.contracts").search(figure.lead):
            return False
        if self._of_others(figure, covered) or other_thing(figure, covered):
            return False
        if self._beside(figure, covered):
            return False
        if matcher("figures.rest").search(self.text, covered[-1].head.span[1], figure.span[0]):
            return False  # 第一年余款及第二、三年费用共137.5万元
        about = sum(((one.value or Decimal(0)) for one in covered if one.about), Decimal(0))
        return not about or abs(computed - figure.value) > about / 10

    def _times_counted(self, covered: list[Term], figure: Figure) -> Decimal | None:
        """What amounts make with as many numbers behind them (分别奖励50万元、20万元，国家级1家、省级2家，合计90万元), if a total is that."""
        end = covered[-1].head.span[1]
        counts = [one.value for one in self.pending if one.dimension == "count" and one.span[0] > end]
        if not len(counts) == len(covered) > 1:
            return None
        pairs = zip(covered, counts, strict=True)
        made = sum(((one.value or Decimal(0)) * count for one, count in pairs), Decimal(0))
        return made if fits(made, figure) else None

    def _beside(self, figure: Figure, covered: list[Term]) -> bool:
        """May a total leave out what is named beside the parts in front of it (道路80万元、绿化40万元，另监理8万元，合计120万元):
        they make it without that, or no word says that it is the sum?"""
        start = covered[0].start
        place = set_apart(self.text[start : figure.span[0]])
        if place is None:
            return False
        before = self._sum([one for one in covered if one.head.span[1] <= start + place])
        return _BARE_TOTAL.search(figure.lead) is None or (before is not None and fits(before, figure))

    def _of_the_last(self, entry: Term, above: list[Term], years: int | None) -> bool:
        """Take a total that the last amounts in front of it add up to, or one of them over the years; is there one?"""
        figure = entry.head
        running = slack = Decimal(0)
        exact = figure.bound == "=" and not years
        for number, one in enumerate(reversed(above[-_MOST:]), 1):
            if one.value is None:
                break
            running += one.value
            slack += one.value / 10 if one.about else 0
            if exact and running > figure.value + figure.half + slack:
                break  # what stands further in front only adds to it
            if number > 1 and years and one.head.parts == 1:
                holds = fits(running * years, figure) or None
                self._take(entry, above[-number:], running * years, holds)
                return True
            if number > 1 and fits(running, figure, slack) and not self._left_out(above, number, figure):
                self._take(entry, above[-number:], running, True)
                return True
        return False

    def _of_its_parts(self, entry: Term, above: list[Term]) -> bool:
        """Take a total behind the parts of a whole that they make (羊舍70万元：材料33万元、人工22万元、监理15万元，以上三项共…)
        as one of them again."""
        figure, parts = entry.head, above[-1].parts
        if not parts or parts[-1].head.sentence != figure.sentence or figure.bound != "=":
            return False
        if self._entries(figure) != len(parts) and (len(above) > 1 or not _BARE_TOTAL.search(figure.lead)):
            return False
        computed = sum((one.value or Decimal(0) for one in parts), Decimal(0))
        terms = [one.head for one in parts]
        self._relate("sum", terms, figure, computed, fits(computed, figure), in_sum(parts, figure), "likely")
        return True

    def _of_others(self, figure: Figure, covered: list[Term]) -> bool:
        """Is a total said of a number of things that is not that of the amounts (一类县补助…，二类县补助…，11个县共补助…)
        and that none of them is made of?"""
        count = self.pending[-1] if self.pending else None
        if count is None or count.dimension != "count" or count.per:
            return False
        beside = count.span[1] >= figure.span[0] - len(figure.lead) - 1
        used = any(count in one.figures for one in covered)
        return beside and not used and count.value != len(covered) and self._entries(figure) is None

    def _chosen(self, figure: Figure, above: list[Term]) -> bool:
        """Do as many entries as a total says it covers (两项共…) make it, though they do not stand side by side?"""
        number = self._entries(figure)
        values = [one.value for one in above[-_CHOICE:] if one.value is not None]
        return number is not None and any(
            fits(sum(some, Decimal(0)), figure) for some in combinations(values, number)
        )

    def _left_out(self, above: list[Term], number: int, total: Figure) -> bool:
        """Would a total over the last entries leave out one that stands in one list with them?"""
        if number == len(above):
            return False
        before, first, last = above[-number - 1], above[-number], above[-1]
        if first.head.item is not None and first.head.item == total.item:
            return False
        items = self.built.items
        if before.head.item is not None and first.head.item is not None:
            lists = {
                items[one.head.item].list_id for one in (before, first, last) if one.head.item is not None
            }
            return (
                len(lists) == 1
                and len({before.head.item, first.head.item}) == 2
                and last.head.item is not None
            )
        gaps = (self.text[one.head.span[1] : other.start] for one, other in pairwise(above[-number - 1 :]))
        return all("、" in gap and not _ASIDE.search(gap) for gap in gaps)

    def _covered(self, figure: Figure, above: list[Term]) -> list[Term] | None:
        """The entries that a total speaks of by its words and place; ``None`` where that cannot be told."""
        number = self._entries(figure)
        latest = reversed(above[-_MOST_OF_SENTENCE:])
        here = list(takewhile(lambda one: one.head.sentence == figure.sentence, latest))[::-1]
        here = _by_verb(figure, here)
        if number is not None and number >= 2:
            return self._numbered(number, above)
        if len(here) == _MOST_OF_SENTENCE:
            return None
        chosen = here if len(here) >= 2 else above
        if len(chosen) < 2 or (len(chosen) > _MOST_OF_SENTENCE and not _ABOVE.search(figure.lead)):
            return None
        computed = self._sum(chosen)
        if computed is None or not figure.value:
            return None
        near = abs(computed - figure.value) <= max(computed, figure.value) / 2
        slipped = misprinted(figure, computed)
        if len(here) < 2 and not (near or slipped or _ABOVE.search(figure.lead)):
            return None
        if opened_in_front(self.text[chosen[0].start : figure.span[0]]):
            return None
        far = abs(computed - figure.value) > max(computed, figure.value) * _FAR
        bare = len(here) >= 2 and _BARE_TOTAL.search(figure.lead) is not None
        return None if far and not (bare or slipped or _ABOVE.search(figure.lead)) else chosen

    def _numbered(self, number: int, above: list[Term]) -> list[Term] | None:
        """The entries that 以上N项 speaks of: N entries of a list, whatever each is made of, or the last N amounts."""
        item = above[-1].head.item
        while item is not None:
            list_id = self.built.items[item].list_id
            groups: dict[int, list[Term]] = {}
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

    def _take(self, entry: Term, covered: list[Term], computed: Decimal, holds: bool | None) -> None:
        terms = [figure for one in covered for figure in one.figures[:1]]
        number = self._entries(entry.head)
        stated = f"{number}项" if number is not None and number != len(covered) else None
        self._relate("sum", terms, entry.head, computed, holds, in_sum(covered, entry.head), stated=stated)
        del self.stack[len(self.stack) - len(covered) :]
        self.stack.append(entry)

    def _halves(self, figure: Figure) -> bool:
        """Is it the amount of the year behind those of its halves or quarters, or of some months each?"""
        if not _WHOLE_YEAR.search(figure.lead) or len(self.stack) < 2:
            return False
        halves = self.stack[-2:]
        if _fills_year(halves) or all(one.kind == "period" and months_of(one.head.lead) for one in halves):
            return True
        # The quarter may be read as a figure of its own, so that it is not among the words of the amount.
        leads = [
            self.text[max(0, one.start - _QUARTER) : one.start] + one.head.lead for one in self.stack[-4:]
        ]
        return "下半年" in leads[-1] or re.search("[四4]季度[一-龥]{0,4}$|第四季度", leads[-1]) is not None
