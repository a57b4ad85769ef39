"""Entries of a list that have several figures each under one heading: each kind of them adds up to one of the heading's
(共28个项目，投资90万元：水利12个30万元，公路16个60万元)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.openness import opened, opened_behind
from perfgoals_lint.prose.relations.relation import Relation, added, fits
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

_PLANNED = frozenset({"money", "count"})
_MARKS = (compiled("[。；;\n]|[，,]其中"), compiled("[，,；;：:。\n]"), compiled("[，,、；;：:。\n]"))
"""What parts the entries: semicolons and line ends, or any mark where an entry has none of its own."""
_MOST_COLUMNS = 4
_MOST_ENTRIES = 40
_GAP = 24
"""Characters between a heading and the first number of its list."""
_WORD = 2
"""Characters of a word that two names have in common."""
_PAIR = 2
"""Entries, columns that come out, or nouns, of which one shows nothing."""
_NOUN = compiled("[一-龥]{1,6}")
_Entry = list[Figure]


def columns(text: str, figures: list[Figure], found: list[Relation]) -> Iterator[Relation]:
    """Each column of the entries of a list against the figure of the heading in front of them that it adds up to, where the
    heading has as many figures of the same kinds; what ``found`` has seen come out is left out. That another column comes out
    shows that all entries are there."""
    planned = [
        one for one in figures if one.dimension in _PLANNED and not (one.price or one.per or one.quoted)
    ]
    judged = {one.result: one for one in found if one.holds is not None}
    for mark in _MARKS:
        groups = list(_groups(text, planned, mark))
        first = start = 0
        while start < len(groups):
            run = _run(groups, start)
            head, entries = planned[max(0, first - len(run[0])) : first], run
            if len(run) > _PAIR and _heads(text, run[0], run[1:]):
                head, entries = run[0], run[1:]  # 30处，336万元。其中：东片18处，200万元；西片12处，136万元
            if _sums_up(text, run[-1], run[:-1]):
                head, entries = run[-1], run[:-1]
            elif not (len(entries) > 1 and len(head) == len(run[0]) and _heads(text, head, entries)):
                head = []
            if head:
                for relation in _added_up(text, head, entries):
                    before = judged.get(relation.result)
                    if before is None or not before.holds:
                        if before is not None:
                            before.holds = None  # it took figures of several columns
                        judged[relation.result] = relation
                        yield relation
            start += len(run)
            first += sum(map(len, run))


def _groups(text: str, figures: list[Figure], mark: re.Pattern[str]) -> Iterator[_Entry]:
    """The figures between two marks."""
    group: _Entry = []
    for one in figures:
        if group and mark.search(text, group[-1].span[1], one.span[0]):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _run(groups: list[_Entry], start: int) -> list[_Entry]:
    """The entries from a group on that have the same columns."""
    run = [groups[start]]
    if 1 < len(run[0]) <= _MOST_COLUMNS:
        behind = groups[start + 1 : start + _MOST_ENTRIES]
        run += takewhile(lambda group: _alike(run[0], group), behind)
    return run


def _alike(one: _Entry, other: _Entry) -> bool:
    """Have two entries the same columns: kinds of figures, and but for the first of them names that are alike?"""
    kinds = [figure.dimension for figure in one] == [figure.dimension for figure in other]
    return kinds and all(
        not (first.lead and second.lead) or common_stretch(first.lead, second.lead, _WORD) is not None
        for first, second in zip(one[1:], other[1:], strict=True)
    )


def _heads(text: str, head: _Entry, run: list[_Entry]) -> bool:
    """Does a heading stand directly in front of the list, with a greater figure for each column of it, and the same names?"""
    last, first = head[-1], run[0][0]
    near = first.span[0] - last.span[1] <= _GAP and not any(one.past or one.about for one in head)
    greater = all(one.value >= max(entry[place].value for entry in run) for place, one in enumerate(head))
    return near and greater and _alike(head, run[0])


def _sums_up(text: str, behind: _Entry, run: list[_Entry]) -> bool:
    """Does the total of each column follow directly behind the list (…三年共改造64座、投资692万元)?"""
    if len(run) < _PAIR or len(behind) != len(run[0]) or not (behind[0].total and _alike(run[0], behind)):
        return False
    near = behind[0].span[0] - run[-1][-1].span[1] <= _GAP and not any(one.about for one in behind)
    return near and all(
        one.value >= max(entry[place].value for entry in run) for place, one in enumerate(behind)
    )


def _added_up(text: str, head: _Entry, run: list[_Entry]) -> list[Relation]:
    """The columns of a list against its heading, where at least one comes out: all but one of them, if their numbers are
    of things counted in units of their own."""
    relations = [_column(place, one, run) for place, one in enumerate(head)]
    right = sum(one.holds is True for one in relations)
    end = run[-1][-1].span[1]
    closed = not (opened(text[head[-1].span[1] : end]) or opened_behind(text, end, head[-1].unit))
    told = [one for one in relations if one.holds or (closed and right >= (1 if _one_thing(one) else _PAIR))]
    return told if right else []


def _column(place: int, head: Figure, run: list[_Entry]) -> Relation:
    terms = [entry[place] for entry in run]
    computed, expression = added(terms, head)
    slack = sum((one.half for one in terms if one.decimals), Decimal(0))
    exact = all(one.exact for one in terms)
    holds: bool | None = fits(computed, head, slack) or (False if exact else None)
    return Relation("parts", terms, head, computed, holds, expression, "likely")


def _one_thing(relation: Relation) -> bool:
    """Are all numbers of a column in one unit, and none of another thing by its noun (10个乡镇: 东镇3个村, 西镇4个村)?"""
    head = relation.result
    nouns = {noun[0] for one in (head, *relation.terms) if (noun := _NOUN.match(one.tail))}
    alike = head.dimension == "money" or len(nouns) < _PAIR or len({noun[:1] for noun in nouns}) == 1
    return alike and all(one.unit == head.unit for one in relation.terms)
