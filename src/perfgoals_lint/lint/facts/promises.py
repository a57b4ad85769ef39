"""Counts that a goal names, each with the row that asks for the same thing.

A count and a row belong together when they are counted in one unit and each is the other's best match by the words
that they share. Candidates are found by pairs of characters, so that a table of hundreds of rows costs no more a row
than one of ten.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from perfgoals_lint.lint.context import Row, Value
from perfgoals_lint.lint.facts.modifiers import is_of_one
from perfgoals_lint.lint.facts.period import is_count
from perfgoals_lint.lint.facts.tasks import bare_words, same_units, subject_of
from perfgoals_lint.prose import Count, Narrative
from perfgoals_lint.prose.places import apart, place_at
from perfgoals_lint.rulebook.lexicons import expression, finds, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

_CLAUSE = compiled(r"[，,；;。：:！!？?\n]")
_COMMON = 24
"""A pair of characters that more counts than this share tells nothing of which is meant."""
_LEAST = 2
"""Characters of a word that says what is counted."""
_LONG = 4
"""Characters that a count and a row share when they speak of one thing, where nothing else of the sentence has the unit."""
_SENTENCE = 60
"""The length of a stretch that a name may be put together from, in characters."""
_NEIGHBOURS = 12
"""Counts side by side, at the most, of which one may be told by the other."""


@dataclass(slots=True, frozen=True)
class KeptPromise:
    """A count and the row for it. ``named`` says that the words around the count hold the whole name of the row."""

    row: Row
    value: Value
    count: Count
    length: int
    named: bool


def matches(
    text: Narrative, counts: list[Count], cells: Iterable[tuple[Row, Value]]
) -> Iterator[KeptPromise]:
    """The best pairs of counts of a text and cells of rows, in the order of the rows; several where they tie."""
    subjects = [bare_words(subject_of(count, text.text), "\n") for count in counts]
    elided = [_elided(one, here) for here, one in zip(counts, [None, *counts], strict=False)]
    locations = [place_at(count.before, count.unit) for count in counts]
    units = Counter((count.sentence, count.unit) for count in counts)
    verbs = [_shared_verb(text.text, count) for count in counts]
    index = _by_pair(subjects)
    found: list[tuple[int, KeptPromise]] = []
    best_of_count: dict[int, tuple[bool, int]] = {}
    best_of_row: dict[int, tuple[bool, int]] = {}
    for place, (row, value) in enumerate(cells):
        quantity = value.quantity
        if not is_count(quantity):
            continue
        name = bare_words(row.name, "\t")
        near = {
            number
            for pair in _pairs(name)
            if len(index.get(pair, ())) <= _COMMON
            for number in index.get(pair, ())
        }
        for number in near:
            count = counts[number]
            if not same_units(count.unit, quantity.unit) or apart(locations[number], place_at(row.name)):
                continue
            shared = common_stretch(subjects[number], name, _LEAST)
            if shared is None or _is_done_by(count, row.name, shared):
                continue
            if _is_of_another(subjects[number], bare_words(thing_of(row.name), "\t"), shared):
                continue
            less = elided[number] if (quantity.value or 0) < count.number else ""
            around = f"{subjects[number]}\n{verbs[number]}\n{less}"
            named = covers(around, row.name) or covers(around, without_unit(row.name, count.unit))
            # Where nothing else in the sentence is counted in that unit, all of its words may name it.
            alone = len(shared) >= _LONG and units[count.sentence, count.unit] == 1
            named = named or (alone and _in_sentence(text.text, count, row.name))
            match = KeptPromise(row, value, count, len(shared), named)
            rank = (match.named, match.length)
            best_of_count[number] = max(best_of_count.get(number, rank), rank)
            best_of_row[place] = max(best_of_row.get(place, rank), rank)
            found.append((place, match))
    numbers = {id(count): number for number, count in enumerate(counts)}
    for place, match in found:
        rank = (match.named, match.length)
        if rank == best_of_row[place] == best_of_count[numbers[id(match.count)]]:
            yield match


def _by_pair(subjects: Iterable[str]) -> dict[str, list[int]]:
    """The subjects, by number, that have two characters beside each other."""
    index: dict[str, list[int]] = {}
    for number, subject in enumerate(subjects):
        for pair in _pairs(subject):
            index.setdefault(pair, []).append(number)
    return index


def _is_done_by(count: Count, name: str, shared: str) -> bool:
    """Is all that a count has in common with a name what the counted do, and are these not in the name? Then the
    figure is theirs and none of what is done."""
    found = expression("promises.doing").match(count.after)
    if found is None or found[1] in name:
        return False
    return shared in found[2] and shared not in count.before


def _is_of_another(subject: str, name: str, act: str) -> bool:
    """Do a count and a name both say what the act that they share is done to, in no word alike?"""
    here, there = subject.replace(act, "\n"), name.replace(act, "\t")
    told = all(len(text.strip()) >= _LEAST for text in (here, there))
    return act in words("names.acts") and told and common_stretch(here, there, _LEAST) is None


def without_unit(name: str, unit: str) -> str:
    """A name without the unit that it is counted in at its end (古树普查株数, in 株)."""
    thing = name.removesuffix("数量").removesuffix("数")
    return thing.removesuffix(unit) if thing != name and unit and thing.endswith(unit) else name


def _in_sentence(text: str, count: Count, name: str) -> bool:
    """Do the words of a sentence up to a count hold all of a name?"""
    least = max(0, count.span[1] - _SENTENCE)
    start = max(text.rfind("。", least, count.span[0]) + 1, least)
    return covers(text[start : count.span[1]], name)


def _shared_verb(text: str, count: Count) -> str:
    """The verb that a list of counts begins with, for those behind the first (维修座椅22张、果皮箱29个)."""
    start = count.span[0]
    before = _CLAUSE.split(text[max(0, start - _SENTENCE) : start])[-1]
    if "、" not in before:
        return ""
    return next((verb for verb in _verbs() if before.startswith(verb)), "")


def _elided(before: Count | None, count: Count) -> str:
    """The words of the count in front of one that says no more than what is done (新建管道4公里，改造1.5公里):
    for rows that ask for less, since the rest may be told elsewhere (其余下年改造)."""
    if before is None or count.after or before.per or count.per:
        return ""
    if before.sentence != count.sentence or not same_units(before.unit, count.unit):
        return ""
    said = count.before
    for verb in _verbs():
        said = said.replace(verb, "")
    return before.before if len(said) <= _LEAST and said != count.before else ""


@cache
def _verbs() -> tuple[str, ...]:
    """The words of what is done, the longest first."""
    return tuple(sorted(words("narrative.commitments") | words("names.acts"), key=len, reverse=True))


def _pairs(text: str) -> set[str]:
    return {text[start : start + 2] for start in range(len(text) - 1)}


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(sorted(words("figures.name_ends"), key=len, reverse=True))


def thing_of(name: str) -> str:
    """What a name counts: without the words of a number at its end (路灯更换数量), and those that any name may hold."""
    while len(name) > _LEAST and name.endswith(_suffixes()):
        name = name[: -len(next(end for end in _suffixes() if name.endswith(end)))]
    return name


def covers(words_around: str, name: str) -> bool:
    """Do the words around a figure hold all of a name, piece by piece, in any order (更换路灯 and 路灯更换数量)?"""
    return any(_holds(words_around, "".join(bare_words(thing, " ").split())) for thing in stems(name))


def stems(name: str) -> set[str]:
    """A name with each of the endings that it may be read with taken off (农户数 counts 农户, 户数 alone is an ending)."""
    found: set[str] = set()
    left = [name]
    while left:
        stem = left.pop()
        shorter = [stem[: -len(end)] for end in _suffixes() if stem.endswith(end) and len(stem) > len(end)]
        found.add(stem)
        left.extend(one for one in shorter if one not in found and len(one) >= _LEAST)
    return found


def _holds(words_around: str, thing: str) -> bool:
    """Is a thing made of pieces that the words hold? Of all places where a piece may start, the last one decides: what
    is held from an earlier one is held from there."""
    if len(thing) < _LEAST:
        return False
    reached = {0}
    # Every longer piece is made of pieces of two and three characters that stand there as well.
    for end in range(_LEAST, len(thing) + 1):
        if any(start in reached and thing[start:end] in words_around for start in (end - 3, end - 2)):
            reached.add(end)
    return len(thing) in reached


def promised(count: Count, counts: list[Count], name: str = "") -> Decimal:
    """What a count makes in one year: its share of several years; so many for each of a number of things that is
    counted beside it makes all of them (40所学校，每所4台), unless the row that it is for (``name``) is itself about one
    of them (亩均节水量)."""
    number = count.number / (count.years or 1)
    for per in count.per:
        if per.unit in ("年", "年度"):
            number /= per.count or 1
    if is_of_one(name):
        return number
    if not count.per and finds(count.before, "promises.each"):
        # 为8所学校各配备2台: so many for each of what is counted in front of it.
        things = [one for one in counts if one.sentence == count.sentence and one.span[1] <= count.span[0]]
        return number * things[0].number if len(things) == 1 else number
    if len(count.per) == 1 and count.per[0].count == 1:
        unit = count.per[0].unit
        things = [
            other
            for other in counts
            if other.sentence == count.sentence
            and not other.per
            and (other.unit == unit or other.after.endswith(unit))  # 4个消防队，每队1辆
        ]
        if len(things) == 1:
            return number * things[0].number
    return number


def listed_for_each(count: Count, counts: list[Count]) -> Count | None:
    """A count as one for each of what the count in front of it in its clause is for (每队配备消防车1辆、队员10名)."""
    if count.per:
        return None
    clause = (count.sentence, count.clause)
    before = [one for one in counts if (one.sentence, one.clause) == clause and one.span < count.span]
    each = next((one for one in reversed(before) if one.per), None)
    return replace(count, per=each.per) if each else None


def together(count: Count, counts: list[Count]) -> set[Decimal]:
    """The sums that a count makes with its neighbours of one unit in its sentence: what one row may ask for."""
    row = [
        one
        for one in counts
        if one.sentence == count.sentence
        and one.unit == count.unit
        and not one.per
        and (one is count or not expression("promises.part").match(one.before))
    ]
    if count not in row or len(row) > _NEIGHBOURS:
        return set()
    sums: set[Decimal] = set()
    here = row.index(count)
    for start in range(here + 1):
        for end in range(here + 1, len(row) + 1):
            if end - start > 1:
                sums.add(sum((one.number for one in row[start:end]), Decimal(0)))
    return sums
