"""Totals of more than one sentence: over list entries (以上三项合计), over sentences (以上共计), over parts (其中)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from perfgoals_lint.prose.arithmetic import Worth, agree, coarsest, hull, plausible, term_of
from perfgoals_lint.prose.types import Amount, Item, Sum, Term
from perfgoals_lint.prose.vocabulary import vocabulary

if TYPE_CHECKING:
    from perfgoals_lint.prose.calculations import Calculated
    from perfgoals_lint.prose.structure import Structure

_MOST_TOTALS = 60  # more totals than this are no prose, and each may have to look at every list entry
_SHORT_LEAD = 8  # a total that begins its sentence with few words speaks of what stands before


@dataclass(slots=True)
class _Reading:
    """One understanding of what a total covers; ``entry`` is a list entry covered whole, ``list_id`` a list."""

    worths: list[Worth]
    list_id: int | None
    level: int | None

    @property
    def value(self) -> Decimal:
        return sum((worth.term.value for worth in self.worths), Decimal(0))

    @property
    def firm(self) -> bool:
        return all(worth.firm for worth in self.worths)

    @property
    def approx(self) -> bool:
        return any(worth.approx for worth in self.worths)


def cover(text: str, built: Structure, calculated: list[Calculated]) -> list[Sum]:
    """The sums whose terms stand in other sentences than their total, and the lists whose total stands nowhere."""
    return _Coverer(text, built, calculated).run()


class _Coverer:
    def __init__(self, text: str, built: Structure, calculated: list[Calculated]) -> None:
        self.text = text
        self.built = built
        self.calculated = calculated
        self.starts = [one.sentence.span[0] for one in calculated]
        self.worths: list[list[Worth] | None] = [one.worths for one in calculated]
        self.lists: dict[int, list[int]] = {}
        self.children: dict[int, list[int]] = {}
        for index, item in enumerate(built.items):
            self.lists.setdefault(item.list_id, []).append(index)
            if item.parent is not None:
                self.children.setdefault(item.parent, []).append(index)
        self.sums: list[Sum] = []
        self.stated: set[int] = set()

    def run(self) -> list[Sum]:
        totals = 0
        for one in self.calculated:
            for total in one.open_totals:
                totals += 1
                if totals <= _MOST_TOTALS:
                    self._cover(one, total)
        self._parts()
        for list_id, entries in self.lists.items():
            if list_id not in self.stated:
                self._list(list_id, entries)
        self._unstated()
        return self.sums

    def _unstated(self) -> None:
        """Add up each sentence, and the text, whose amounts are totalled nowhere."""
        known = {found.computed for found in self.sums}
        groups = [worths for worths in self.worths if worths]
        for worths in [*groups, [worth for group in groups for worth in group]]:
            reading = _Reading(worths, None, None)
            if len(worths) < 2 or reading.value in known:
                continue
            known.add(reading.value)
            terms = [worth.term for worth in worths]
            span = hull([term.span for term in terms])
            found = Sum(terms, reading.value, span, "list", complete=reading.firm, approx=reading.approx)
            found.sentence = bisect_right(self.starts, span[0]) - 1
            found.item = self.built.item_at(span[0])
            self.sums.append(found)

    # --- a total and what it covers

    def _cover(self, one: Calculated, total: Amount) -> None:
        readings = self._readings(one, total)
        stated = self._stated_number(one, total)
        if stated is not None:
            readings = [reading for reading in readings if len(reading.worths) == stated]
        for reading in readings:
            precision = max(coarsest([worth.term for worth in reading.worths]), total.precision)
            approx = reading.approx or total.approx is not None
            if agree(reading.value, total.value_yuan, precision, approx):
                self._take(one, total, reading, True)
                return
        several = [reading for reading in readings if len(reading.worths) > 1]
        if not several:
            self._append(one, Worth(term_of(total), True, total.approx is not None))
            return
        chosen = several[-1]
        sure = all(reading.firm for reading in several) and self._speaks_of_before(
            one, total, stated, chosen.value
        )
        self._take(one, total, chosen, False if sure else None)

    def _readings(self, one: Calculated, total: Amount) -> list[_Reading]:
        """The innermost reading first: the sentences of the same entry, then the lists that end here."""
        index = one.sentence.index
        item = self.built.item_at(one.sentence.span[0])
        begin = 0 if item is None else bisect_left(self.starts, self.built.items[item].span[0])
        inner = self._concatenated(begin, index + 1)
        readings = [_Reading(inner, None, None)] if inner else []
        while item is not None:
            entry = self.built.items[item]
            siblings = self.lists[entry.list_id]
            if siblings[-1] == item:
                values = [self._value(sibling, index + 1) for sibling in siblings]
                known = [value for value in values if value is not None]
                if len(known) == len(values) and len(known) > 1:
                    readings.append(_Reading(known, entry.list_id, entry.level))
            item = entry.parent
        return readings

    def _concatenated(self, begin: int, end: int) -> list[Worth]:
        """What the sentences of a stretch cost; nothing when one of them cannot be determined."""
        found: list[Worth] = []
        for worths in self.worths[begin:end]:
            if worths is None:
                return []
            found.extend(worths)
        return found

    def _value(self, index: int, before: int) -> Worth | None:
        """What a list entry costs by the sentences in front of sentence ``before``."""
        item = self.built.items[index]
        begin = bisect_left(self.starts, item.span[0])
        end = min(bisect_left(self.starts, item.span[1]), before)
        worths = self._concatenated(begin, end)
        if not worths:
            return None
        if len(worths) == 1:
            return worths[0]
        children = self.children.get(index, [])
        head = [
            worth
            for worth in worths
            if not children or worth.term.span[0] < self.built.items[children[0]].span[0]
        ]
        if children and len(head) == 1:
            return head[0]
        terms = [worth.term for worth in worths]
        value = sum((term.value for term in terms), Decimal(0))
        term = Term(value, "元", hull([term.span for term in terms]), coarsest(terms), terms)
        return Worth(term, bool(children) and not head, any(worth.approx for worth in worths))

    def _take(self, one: Calculated, total: Amount, reading: _Reading, holds: bool | None) -> None:
        """Record a sum; a total inside an entry stands for it from now on, a total of a list adds nothing to it."""
        index = one.sentence.index
        if len(reading.worths) > 1:
            terms = sorted((worth.term for worth in reading.worths), key=lambda term: term.span)
            span = hull([total.span, *(term.span for term in terms)])
            self.sums.append(
                Sum(
                    terms,
                    reading.value,
                    span,
                    "covering",
                    total.value_yuan,
                    total.span,
                    holds,
                    holds is not None,
                    reading.approx,
                    list_id=reading.list_id,
                    level=reading.level,
                    sentence=index,
                    item=self.built.item_at(one.sentence.span[0]),
                )
            )
        if reading.list_id is not None:
            self.stated.add(reading.list_id)
            return
        item = self.built.item_at(one.sentence.span[0])
        begin = 0 if item is None else bisect_left(self.starts, self.built.items[item].span[0])
        for sentence in range(begin, index + 1):
            self.worths[sentence] = []
        self._append(one, Worth(term_of(total), True, total.approx is not None))

    def _append(self, one: Calculated, worth: Worth) -> None:
        kept = one.parts if one.sentence.is_part(worth.term.span[0]) else self.worths[one.sentence.index]
        if kept is not None:
            kept.append(worth)

    def _stated_number(self, one: Calculated, total: Amount) -> int | None:
        """N of 以上N项合计: a count directly in front of the word of the total."""
        word = one.sentence.sum_words[total.span[0]]
        for count in one.sentence.counts:
            close = 0 <= word[0] - count.span[1] <= 2
            if close and count.unit in vocabulary().entry_units and count.number == int(count.number):
                return int(count.number)
        return None

    def _speaks_of_before(
        self, one: Calculated, total: Amount, stated: int | None, computed: Decimal
    ) -> bool:
        """Whether a total is one of what stands before: by a word that says so, or by closing it with a near figure."""
        word = one.sentence.sum_words[total.span[0]]
        lists = vocabulary().words.get(self.text[slice(*word)], frozenset())
        above = any("above" in mark.lists and mark.span[0] < word[0] for mark in one.sentence.marks)
        begin = self.built.labels.get(one.sentence.span[0], one.sentence.span[0])
        closing = "totals" in lists and word[0] - begin <= _SHORT_LEAD
        return above or stated is not None or (closing and plausible(computed, total.value_yuan))

    # --- a whole and its parts; lists without a total

    def _parts(self) -> None:
        position = 0
        while position < len(self.calculated):
            first = self.calculated[position]
            end = position + 1
            whole = first.sentence.whole
            if whole is None:
                position = end
                continue
            while end < len(self.calculated) and self.calculated[end].sentence.whole is whole:
                end += 1
            self._whole(whole, self.calculated[position:end])
            position = end

    def _whole(self, whole: Amount, stretch: list[Calculated]) -> None:
        terms: list[Term] = []
        approx = whole.approx is not None
        for one in stretch:
            if one.parts is None:
                return
            terms.extend(worth.term for worth in one.parts)
            approx = approx or any(worth.approx for worth in one.parts)
        if len(terms) < 2:
            return
        computed = sum((term.value for term in terms), Decimal(0))
        first = stretch[0].sentence
        list_id = self._listed_parts(stretch)
        holds: bool | None = None
        wholes = first.wholes() or [whole]
        for candidate in reversed(wholes):
            if agree(computed, candidate.value_yuan, max(coarsest(terms), candidate.precision), approx):
                whole, holds = candidate, True
                break
        over = computed > whole.value_yuan or (list_id is not None and whole.introducer is not None)
        if holds is None and len(wholes) == 1 and over and not approx:
            holds = False
        found = Sum(terms, computed, hull([whole.span, *(term.span for term in terms)]), "parts")
        found.total, found.total_span = whole.value_yuan, whole.span
        found.holds, found.complete = holds, holds is not None
        found.approx, found.list_id = approx, list_id
        found.sentence, found.item = first.index, self.built.item_at(first.span[0])
        self.sums.append(found)

    def _listed_parts(self, stretch: list[Calculated]) -> int | None:
        """The numbered list that parts are given in, when each of its entries has one amount: a full breakdown."""
        items = [self.built.item_at(one.sentence.span[0]) for one in stretch[1:] if one.parts]
        known = [item for item in items if item is not None]
        if not known or stretch[0].parts or len(known) < len(items):
            return None
        list_id = self.built.items[known[0]].list_id
        single = all(len(one.parts or []) <= 1 for one in stretch)
        return list_id if single and known == self.lists[list_id] else None

    def _list(self, list_id: int, entries: list[int]) -> None:
        values = [self._value(entry, len(self.calculated)) for entry in entries]
        known = [value for value in values if value is not None]
        if len(known) < 2 or len(known) < len(values):
            return
        terms = [value.term for value in known]
        first: Item = self.built.items[entries[0]]
        computed = sum((term.value for term in terms), Decimal(0))
        self.sums.append(
            Sum(
                terms,
                computed,
                hull([term.span for term in terms]),
                "list",
                complete=all(value.firm for value in known),
                approx=any(value.approx for value in known),
                list_id=list_id,
                level=first.level,
                item=first.parent,
                sentence=bisect_left(self.starts, first.span[0]),
            )
        )
