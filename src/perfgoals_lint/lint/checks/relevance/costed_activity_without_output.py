"""PGR215: activities that the goal counts and prices, against the output rows."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from perfgoals_lint.lint.checks import Row, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.tasks import same_units, shared_noun, subject_of, unit_class
from perfgoals_lint.money import shown
from perfgoals_lint.prose import Count, Narrative
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.types import Span
from perfgoals_lint.rulebook.lexicons import contains_any, ends_with_any, finds
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values.algebra import parts_of

_CLAUSE_MARK = compiled(r"[，,；;。：:！!？?\n、（(]")
_CONTEXT = 30
"""How far before an amount the words that say what it is for are looked for, in characters."""
_NEAR = 2
"""How many clauses behind a count its own amount may stand."""


def costed_activity_without_output(table: Table, rule: Rule) -> Violations:
    """PGR215: an activity that the annual goal counts and prices has an output row."""
    goal = table.goals.get("annual_goal")
    if goal is None or table.cut:
        return
    outputs = [row for row in table.filled_rows if row.class1 == "output" and not row.is_cost]
    stated = (value.quantity for row in table.filled_rows if row.class1 == "benefit" for value in row.values)
    brought_in = {quantity.value for quantity in stated if quantity and quantity.unit == "元"}
    priced = islice(_priced(goal), int(rule.parameters["activities"]))
    for count, price in priced:
        # What a benefit states is brought in by the activity and not spent on it (引进项目3个，到位侨资6000万元).
        if price.value in brought_in or any(_answers(count, row, goal) for row in outputs):
            continue
        number = goal.text[count.span[0] : count.span[1]]
        yield Violation(
            table=table,
            field="annual_goal",
            span=count.span,
            args={
                "task": _named(count, number, goal.text),
                "number": number,
                "money": _shown(price, count, goal.text),
            },
        )
        return


def _priced(goal: Narrative) -> Iterator[tuple[Count, Figure]]:
    """The counts that have a price for one of their unit in the same sentence and are the nearest to it, or an amount of their own behind them,
    to which no other count is nearer; in text order."""
    counts = [count for count in goal.counts if _is_counted(count)]
    ends = [count.span[1] for count in counts]
    parts = {term.span for one in goal.relations if one.kind == "parts" and one.holds for term in one.terms}
    for number, count in enumerate(counts):
        listed = number > 0 and counts[number - 1].span in parts
        if finds(count.before, "named_part.part") or (listed and _goes_on(counts[number - 1], count, goal)):
            parts.add(count.span)
    own: dict[int, Figure] = {}
    for amount in goal.money:
        if not _is_cost(amount, goal):
            continue
        for per in amount.per:
            priced = _nearest(amount, unit_class(per.unit), counts, parts)
            if priced is not None:
                own.setdefault(priced, amount)
        nearest = bisect_right(ends, amount.span[0]) - 1
        while nearest > 0 and counts[nearest].span in parts and amount.clause != counts[nearest].clause:
            nearest -= 1  # the amount is for the whole (办理360件（民事260件、行政100件），案均补助500元)
        if nearest >= 0 and _is_own(amount, counts, nearest):
            own.setdefault(nearest, amount)
    for index, count in enumerate(counts):
        price = own.get(index)
        if price is not None and not count.quoted and not count.background:
            yield count, price


def _goes_on(part: Count, count: Count, goal: Narrative) -> bool:
    """Does a count stand in one list with the part in front of it? Then it is one, whether or not they come out."""
    gap = goal.text[part.span[1] : count.span[0]]
    return part.unit == count.unit and gap.startswith("、") and _CLAUSE_MARK.search(gap, 1) is None


def _nearest(amount: Figure, kind: int | str | None, counts: list[Count], parts: set[Span]) -> int | None:
    """Which count a price for one is multiplied with: the nearest of its unit in the same sentence that is no part of
    another (改造3200亩，其中新建2100亩、提升1100亩，亩均投入250元)."""
    alike = [
        number
        for number, count in enumerate(counts)
        if (count.sentence, count.item, unit_class(count.unit)) == (amount.sentence, amount.item, kind)
        and count.span not in parts
    ]
    return min(alike, key=lambda number: abs(counts[number].span[0] - amount.span[0]), default=None)


def _is_own(amount: Figure, counts: list[Count], number: int) -> bool:
    """Is an amount what one count costs, and not what all counts of a list in front of it do
    (足球20个、篮球16个，预算6万元)?"""
    count, before = counts[number], counts[number - 1] if number else None
    together = amount.sentence == count.sentence and amount.item == count.item
    several = before is not None and before.clause == count.clause != amount.clause
    return (
        together
        and not several
        and not (amount.price or amount.per or amount.parts or amount.years or amount.total)
        and amount.clause - count.clause <= _NEAR
    )


def _shown(amount: Figure, count: Count, text: str) -> str:
    """An amount for the whole activity; a price as it is printed, with what it is for (每台3万元), which is no sum."""
    if not (amount.price or amount.per):
        return shown(amount.value)
    end = amount.span[1]
    clause = _CLAUSE_MARK.split(text[max(0, end - _CONTEXT) : end])[-1]
    return text[max(end - len(clause), count.span[1] if count.span[1] < end else 0) : end].strip()


def _named(count: Count, number: str, text: str) -> str:
    """What is done so often, or the clause where only a calculation is printed beside the count (演练2万元/次×6次)."""
    if count.before or count.after:
        return f"{count.before}{number}{count.after}"
    start, end = count.span
    before = _CLAUSE_MARK.split(text[max(0, start - _CONTEXT) : start])[-1]
    return before + _CLAUSE_MARK.split(text[start : end + _CONTEXT])[0]


def _is_counted(count: Count) -> bool:
    """A number of things of its own; 100人/期 is only a part of another count, 日均100吨 its mean, and 分4批 only says how."""
    if count.before.endswith("分") or ends_with_any(count.before, "names.averages"):
        return False
    return unit_class(count.unit) is not None and all(unit_class(per.unit) is None for per in count.per)


def _is_cost(amount: Figure, goal: Narrative) -> bool:
    """Is an amount what something costs, and not what it yields or what somebody else's text says?"""
    if not amount.planned or amount.unit != "元":
        return False
    before = _CLAUSE_MARK.split(goal.text[max(0, amount.span[0] - _CONTEXT) : amount.span[0]])[-1]
    return not contains_any(before, "relevance.effects") and not contains_any(before, "relevance.yields")


def _answers(count: Count, row: Row, goal: Narrative) -> bool:
    """Does an output row take up a counted activity? Two of three must agree: a noun, the kind of unit, the number."""
    parts = [part for value in row.values for part in parts_of(value.constraint)]
    units = {unit for part in parts if (unit := getattr(part, "unit", None))}
    unit = any(same_units(unit, count.unit) for unit in units)
    number = any(getattr(part, "value", None) == count.number for part in parts)
    if units and unit == number:
        return unit
    text = f"{row.name} {' '.join(value.text for value in row.values)} {row.indicator.description or ''}"
    noun = shared_noun(f"{subject_of(count, goal.text)} {count.topic}", text) is not None
    # When it is done says nothing of how much of it is.
    return noun and (unit or number or (not units and row.class2 != "timeliness"))
