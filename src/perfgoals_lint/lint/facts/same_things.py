"""Things that two texts of one table count, and that have another number in each."""

from collections.abc import Iterator
from decimal import Decimal

from perfgoals_lint.lint.facts.promises import covers
from perfgoals_lint.lint.facts.tasks import bare_words
from perfgoals_lint.prose import Narrative
from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import PERSONS
from perfgoals_lint.rulebook.lexicons import expression, finds, matcher, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import common_stretch

_Things = dict[tuple[str, str], Figure | None]
_LEAST_THING = 4
"""Characters of a name with which it stands for one thing alone."""
_MARK = compiled("[，,。；;、：:（()）\n]|[0-9]+")
_MOST = 40
"""Counts of one text that are compared by their clauses."""
_REACH = 40
"""How far to either side of a count its clause is looked at, in characters."""


def differing(goal: Narrative, text: Narrative, year: int | None) -> tuple[Figure, Figure] | None:
    """A count of the annual goal and one of another text that count the same thing and are not equal; one of several years
    (三年共360间) counts another."""
    found = _pair(goal, text) or _thing(goal, text, year) or _clause(goal, text, year)
    if found is None or found[1].years:
        return None
    # A text that has the goal's own number beside tells of the whole and of this part (三年660人，2026年220人).
    here, there = (one.lead + one.behind for one in found)
    thing = common_stretch(here, there, _LEAST_THING) or here
    for one in text.figures:
        if (one.value, one.unit) == (found[0].value, found[0].unit):
            said = matcher("figures.plan_words").sub("", one.lead + one.behind)
            of_year = expression("stated_twice.clause_year").search(one.lead)
            if of_year or thing in said or set(said.strip("，、")) <= set(here):
                return None
    return found


def _pair(goal: Narrative, text: Narrative) -> tuple[Figure, Figure] | None:
    """Two counts side by side (12户30人) of which one is the same in both texts and the other is not."""
    here, there = _adjacent(goal), _adjacent(text)
    for units, (first, second) in here.items():
        other = there.get(units)
        if other is None:
            continue
        if (first.value == other[0].value) != (second.value == other[1].value):
            return (second, other[1]) if first.value == other[0].value else (first, other[0])
    return None


def _adjacent(text: Narrative) -> dict[tuple[str, str], tuple[Figure, Figure]]:
    found: dict[tuple[str, str], tuple[Figure, Figure]] = {}
    twice: set[tuple[str, str]] = set()
    for one, other in zip(text.figures, text.figures[1:], strict=False):
        counts = one.dimension == other.dimension == "count" and one.bound == other.bound == "="
        gap = expression("same_things.beside").fullmatch(text.text, one.span[1], other.span[0])
        if not counts or gap is None or one.per or other.per or one.past:
            continue
        noun = expression("same_things.noun").match(text.text, other.span[1])
        first, second = ("人" if unit in PERSONS else unit for unit in (one.unit, other.unit))
        generic = gap["noun"] and second in words("figures.generic_units")
        units = (first + gap["noun"], second + (noun[0] if noun and generic else ""))
        if units in found:
            twice.add(units)
        found[units] = (one, other)
    return {units: pair for units, pair in found.items() if units not in twice}


def _thing(goal: Narrative, text: Narrative, year: int | None) -> tuple[Figure, Figure] | None:
    """A count whose noun, of some length, stands in both texts once."""
    met = _met(_things(goal, year), _things(text, year))
    return next((pair for pair in met if pair[0].value != pair[1].value), None)


def above(
    goal: Narrative, cycle: Narrative, year: int | None, last: int | None
) -> tuple[Figure, Figure] | None:
    """A count of the annual goal that is more than all years together have to do by the cycle goal, up to the ``last`` of
    them (到2026年)."""
    until, late = expression("same_things.up_to").search, _things(cycle, last).items()
    by_last = {key: one for key, one in late if one and until(cycle.text[: one.span[0]][-_REACH:])}
    met = _met(_things(goal, year), {**by_last, **_things(cycle, year)})
    return next((pair for pair in met if pair[0].value > pair[1].value), None)


def _met(here: _Things, there: _Things) -> Iterator[tuple[Figure, Figure]]:
    pairs = ((figure, there.get(key)) for key, figure in here.items())
    return ((figure, other) for figure, other in pairs if figure is not None and other is not None)


def _things(text: Narrative, year: int | None) -> _Things:
    found: _Things = {}
    for figure in text.figures:
        counted = figure.dimension == "count" and figure.plain and not figure.total
        if not counted or _of_other_time(text.text, figure, year):
            continue
        thing = matcher("figures.plan_words").sub(
            "", expression("same_things.before_thing").sub("", figure.thing)
        )[-8:]
        if len(thing) < _LEAST_THING or cues().opened.search(figure.lead):
            continue
        key = (thing, figure.unit)
        found[key] = None if key in found else figure
    return found


def _clause(goal: Narrative, text: Narrative, year: int | None) -> tuple[Figure, Figure] | None:
    """Counts in one unit of which one's clause says all that the other's does, what is done included (为A户残疾人家庭
    实施改造, 对B户残疾人家庭开展改造); nothing where a second count does too."""
    here, there = _clauses(goal, year), _clauses(text, year)
    found: list[tuple[Figure, Figure]] = []
    for figure, said in here:
        for other, meant in there:
            if figure.unit == other.unit and (_says(said, meant) or _says(meant, said)):
                found.append((figure, other))
    found = [(one, other) for one, other in found if one.value not in _sums(text, other)]
    once = len({one for one, _ in found}) == len({other for _, other in found}) == len(found)
    return next(((one, other) for one, other in found if once and one.value != other.value), None)


def _sums(text: Narrative, figure: Figure) -> set[Decimal]:
    """The sum of all counts in the unit of one in its sentence: a part of what another text counts as a whole."""
    sisters = [
        one.value for one in text.figures if one.sentence == figure.sentence and one.unit == figure.unit
    ]
    return {sum(sisters, Decimal(0))} if len(sisters) > 1 else set()


def _clauses(text: Narrative, year: int | None) -> list[tuple[Figure, str]]:
    """The exact counts of a text that something is to be done to, each with the words of its clause."""
    found: list[tuple[Figure, str]] = []
    for figure in text.figures:
        if not (figure.dimension == "count" and figure.plain) or len(found) == _MOST:
            continue
        start, end = figure.span
        before = _MARK.split(text.text[max(0, start - _REACH) : start])[-1]
        behind = _MARK.split(text.text[end : end + _REACH])[0]
        clause = (
            matcher("figures.plan_words").sub("", before).rstrip("".join(words("ends.whom"))) + "\n" + behind
        )
        if finds(before + behind, "same_things.doing") and not _of_other_time(text.text, figure, year):
            found.append((figure, clause))
    return found


def _says(clause: str, other: str) -> bool:
    """Do the words of a clause hold all of another one?"""
    name = "".join(bare_words(other.replace("\n", ""), " ").split())
    return len(name) >= _LEAST_THING and covers(clause, name)


def _of_other_time(text: str, figure: Figure, year: int | None) -> bool:
    """Does the sentence in front of a count name another year than the table's, or a part of the year?"""
    start = figure.span[0]
    least = max(0, start - _REACH)
    least = max(text.rfind("。", least, start) + 1, least)
    named = [int(one) for one in expression("same_things.year").findall(text, least, start)]
    if named and named[-1] != year:
        return True
    clause = max(text.rfind("，", least, start) + 1, least)
    return expression("same_things.part_of_year").search(text, clause, start) is not None
