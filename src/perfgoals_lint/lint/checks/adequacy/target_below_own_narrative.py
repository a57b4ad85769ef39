"""PGA305: output rows against the tasks that the goal commits to."""

import re
from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Row, Rule, Table, Value, Violation, Violations
from perfgoals_lint.lint.facts.acts import is_other_act
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.period import years_of
from perfgoals_lint.lint.facts.promises import KeptPromise, covers, matches, promised
from perfgoals_lint.lint.facts.tasks import clause_around, same_units
from perfgoals_lint.lint.suspects import Suspect
from perfgoals_lint.money import plain
from perfgoals_lint.prose import Count
from perfgoals_lint.rulebook.lexicons import expression, matcher
from perfgoals_lint.rulebook.patterns import compiled

_BEFORE = 8
"""How far in front of a count the word stands that makes it a share of another, in characters."""


_SENTENCE = 60
"""How far in front of a count the bracket that it stands in is opened, in characters."""
_BRACKET = compiled("[（(]")
_OPENED = compiled("[（(](?:[^（()）]*[、，])?(?=[^（()）、，]*$)")
"""A bracket that is still open, up to the words of the last thing in it."""


def target_below_narrative(table: Table, rule: Rule) -> Violations:
    """PGA305: an output row asks for no less than the annual goal says will be done.

    Every number of the goal is a promise unless words say that it is the state of affairs, or quotes a document.
    """
    goal = table.goals.get("annual_goal")
    if goal is None:
        return
    outputs = [(row, row.annual) for row in table.filled_rows if row.annual and _may_keep(row, row.annual)]
    counts = [count for count in goal.counts if not count.background]
    effects = [(row.name, least) for row in table.filled_rows if (least := _of_effect(row)) is not None]
    agreed, inside = set[int](), set[int]()
    below: list[tuple[KeptPromise, Decimal, Decimal]] = []
    for match in matches(goal, counts, outputs):
        said = promised(match.count, goal.counts, match.row.name)
        least = _least(match.value)
        if least is not None and least < said:
            if _answers_another(match, least, counts, goal.text):
                continue
            clause = clause_around(goal.text, match.count.span)
            if is_other_act(clause, match.row.name):
                continue  # 巡检路灯900盏 promises nothing of 路灯维修盏数
            if any(number == match.count.number and covers(clause, name) for name, number in effects):
                continue  # it is an effect, which has a row of its own
            below.append((match, said, least))
        elif least == said:
            agreed.add(match.row.index)
            if _opened(goal.text, match.count) is not None:
                inside.add(match.row.index)
    for match, said, least in below:
        if match.row.index in agreed or _of_a_shorter_time(match, goal.text):
            continue
        # A row that keeps a promise of its own is no part of another one, unless a bracket says that it is.
        kept = ([cell for cell in outputs if cell[0].index not in own] for own in (agreed, agreed - inside))
        if any(_one_of_parts(match, said, others) for others in kept):
            continue
        agreed.add(match.row.index)
        count = match.count
        printed = goal.text[count.span[0] : count.span[1]]
        number = printed if said == count.number else f"{plain(said)}{count.unit}"
        hit = _below(match.row, count, number, clause_around(goal.text, count.span))
        hit.evidence = {"expression": f"{plain(least)} < {plain(said)} {count.unit}"}
        hit.suspects = _suspects(match, said, least, printed)
        yield hit


def _may_keep(row: Row, value: Value) -> bool:
    """May an output row keep a promise? None of something is the absence of what is bad (冒领人数 0人), and no less of it than is
    promised."""
    return row.class1 == "output" and (_least(value) != 0 or analyse(row.name).polarity != "lower")


def _suspects(match: KeptPromise, said: Decimal, least: Decimal, text: str) -> list[Suspect]:
    """The number of the goal, whose ``text`` is printed, and that of the row, each as the one that is wrong."""
    quantity, count = match.value.quantity, match.count
    years = quantity.value / least if quantity is not None and quantity.value and least else Decimal(1)
    return [
        suspects.printed("annual_goal", count.span, text, None, count.number * least / said),
        suspects.cell(match.row, "annual_value", said * years, None),
    ]


def _of_a_shorter_time(match: KeptPromise, text: str) -> bool:
    """Is a row of a part of the year only (一季度…), which the words beside the count do not name?"""
    named = matcher("narrative.year_parts").search(match.row.name)
    return named is not None and named[0] not in clause_around(text, match.count.span)


def _answers_another(match: KeptPromise, least: Decimal, counts: list[Count], text: str) -> bool:
    """Is a row's number another one of the goal, whose own word (新增 of 新增3座) stands in the row's name and not beside
    the greater number?"""
    here = _own_words(text, match.count)
    for count in counts:
        if count is match.count or count.number != least or not same_units(count.unit, match.count.unit):
            continue
        if expression("target_below_own_narrative.as_share").search(
            text, max(0, count.span[0] - _BEFORE), count.span[0]
        ):
            return True  # a share of the greater number (抽查比例不低于20%，即28家)
        there = _own_words(text, count)
        pairs = {there[at : at + 2] for at in range(len(there) - 1)}
        if any(pair in match.row.name and pair not in here for pair in pairs):
            return True
    return False


def _opened(text: str, count: Count) -> re.Match[str] | None:
    """The bracket that a count stands in, up to its own words."""
    return _OPENED.search(text, max(0, count.span[0] - _SENTENCE), count.span[0])


def _own_words(text: str, count: Count) -> str:
    """The clause of a count, without what a bracket in it says of other counts (案件240件（民事180件、刑事60件）)."""
    inside = _opened(text, count)
    if inside is not None:
        return text[inside.end() : count.span[0]]
    return _BRACKET.split(clause_around(text, count.span))[0]


def _one_of_parts(match: KeptPromise, said: Decimal, outputs: list[tuple[Row, Value]]) -> bool:
    """Do the rows in the unit of a promise add up to it, this one among them (62 pieces: 40 of one kind, 22 of another)?"""
    parts = [
        least
        for _, value in outputs
        if value.quantity is not None
        and same_units(match.count.unit, value.quantity.unit)
        and (least := _least(value)) is not None
    ]
    return len(parts) > 1 and sum(parts) == said


def _least(value: Value) -> Decimal | None:
    """The least number that a value permits in one year; ``None`` for a ceiling."""
    bound = value.quantity
    if bound is None or bound.op not in ("=", ">=", ">", "~") or bound.value is None:
        return None
    least = bound.value + 1 if bound.op == ">" else bound.value
    return least / (years_of(bound, "per") or 1)


def _of_effect(row: Row) -> Decimal | None:
    """The least that a row of an effect permits."""
    return _least(row.annual) if row.class1 == "benefit" and row.annual else None


def _below(row: Row, count: Count, number: str, clause: str) -> Violation:
    return Violation(
        row=row,
        field="annual_value",
        span=row.annual.span if row.annual else None,
        case="quoted" if count.quoted else None,
        args={"promised": number, "clause": clause},
        related=[("goal", {"promised": number}, row.table.place("annual_goal"))],
    )
