"""Sums of budget columns: funding sources against a total, sub-totals against their projects."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from perfgoals_lint.lint.checks import DocumentView, Rule, Violation, Violations
from perfgoals_lint.lint.facts.sums import SEVERAL, Amounts, kept_amounts, period_sums
from perfgoals_lint.lint.suspects import WHOLE, FigurePlace, Suspect, added, column
from perfgoals_lint.model import SPENDING, GoalTable, Task
from perfgoals_lint.money import ZERO, shown, sum_expression
from perfgoals_lint.prose.relations.relation import is_slip
from perfgoals_lint.tables.headings import box_field

_FUNDING = "funding_yuan"
_OTHERS = "other_funds"
"""The box for further sources, where one is printed and not filled in."""
_MOST_PARTS = 10


def funding_sum(view: DocumentView, rule: Rule) -> Violations:
    """PGK601: the budget of each project and total row is the sum of its funding sources, all of which could be read,
    and none is negative."""
    totals = [total.funding_yuan for total in view.document.totals]
    everywhere = (*(table.goal.funding_yuan for table in view.tables), *totals)
    alone = all(len(sources or ()) < SEVERAL for sources in everywhere)
    for table in view.tables:
        goal = table.goal
        hit = _unequal(goal.budget_yuan, goal.funding_yuan, alone and _OTHERS not in goal.labels)
        if hit and hit.case == "single" and _is_left_over(goal, rule.parameters["left_over"]):
            hit = None
        if hit and not table.withheld and _FUNDING not in goal.unknown and not _of_one_kind(goal):
            hit.table, hit.field = table, "budget_yuan"
            hit.location = table.place(column(_wrong(hit)))
            hit.suspects = list(_suspects(goal.budget_yuan, goal.funding_yuan))
            yield hit
        said = {goal.headings.get("budget_yuan")} if hit else set()
        for label, total_of, parts in period_sums(goal):
            gap = total_of - sum(parts.values(), ZERO)
            if (hit := _unequal(total_of, parts)) and not _has_kept(goal, gap):
                hit.table, hit.field, hit.case = table, label, "period"
                hit.severity = "warning" if gap > 0 else None
                hit.args["source"] = label
                hit.suspects = list(_suspects(total_of, parts, label=label))
                said.add(label)
                yield hit
        told: list[Amounts] = []
        for source, parts in goal.funding_tree.items():
            whole = goal.whole_of(source)
            if whole is not None and (hit := _unequal_parts(source, whole, parts)):
                if hit.case == "less" and _has_kept(goal, whole - sum(parts.values(), ZERO)):
                    continue
                of = WHOLE if source == SPENDING else source
                hit.table, hit.field, hit.location = table, _FUNDING, table.place(column(of))
                hit.suspects = list(_suspects(whole, parts, of=of))
                told.append(parts)
                yield hit
        for hit in _of_blocks(goal, said, told, rule.number("rounded")):
            hit.table, hit.field = table, "budget_yuan"
            yield hit
    for number, total in enumerate(view.document.totals):
        hit = _unequal(total.total, total.funding_yuan, alone)
        if hit:
            hit.suspects = list(_suspects(total.total, total.funding_yuan, number))
            hit.location, hit.unit = total.locations.get(_wrong(hit), total.location), total.name
            yield hit


def _of_blocks(goal: GoalTable, said: set[str | None], told: list[Amounts], rounded: Decimal) -> Violations:
    """What is wrong in the amounts beside one label, of which nothing was ``said`` and no sum of parts ``told``."""
    for block in goal.blocks:
        amounts = {one.amount_yuan for one in block}
        again = block[0].name in said or any(amounts.issuperset(parts.values()) for parts in told)
        if not again and (hit := _slip_in(block, rounded)):
            hit.location = block[0].location
            yield hit


def _slip_in(block: list[Task], rounded: Decimal) -> Violation | None:
    """What is wrong with a sum and the amounts beside one label with it, where none of them make it up and one has a figure that is
    wrong."""
    amounts = [one.amount_yuan for one in block if one.amount_yuan]
    if len(amounts) < len(block) or not SEVERAL < len(amounts) <= _MOST_PARTS + 1:
        return None
    whole, parts = amounts[0], amounts[1:]
    sums = {ZERO}
    for part in parts:
        sums |= {known + part for known in sums}
    gap = sum(parts, ZERO) - whole
    slips = (is_slip(one, one - gap, Decimal(1)) for one in parts)
    if whole in sums or abs(gap) * rounded <= whole:
        return None  # each part may be rounded
    if not (is_slip(whole, whole + gap, Decimal(1)) or any(slips)):
        return None
    hit = _unequal(whole, {one.name: part for one, part in zip(block[1:], parts, strict=True)})
    if hit is not None:
        hit.case, hit.args["source"] = "block", block[0].name
    return hit


def _of_one_kind(goal: GoalTable) -> bool:
    """Are the sources those of the tasks of a department, below which they stand, and so of one kind of spending (项目支出)?"""
    kinds = goal.funding_tree.get(SPENDING) or {}
    return bool(goal.tasks) and sum((goal.funding_yuan or {}).values(), ZERO) in kinds.values()


def _is_left_over(goal: GoalTable, left_over: list[str]) -> bool:
    """Is the only source what is left of earlier money, of which more may be there than is spent?"""
    ((name, amount),) = (goal.funding_yuan or {}).items()
    return amount > (goal.budget_yuan or ZERO) and any(word in name for word in left_over)


def _wrong(hit: Violation) -> str:
    """The column of the amount that a hit is about: the source that is negative, else the whole."""
    return str(hit.args["source"]) if hit.case == "negative" else WHOLE


def _unequal_parts(source: str, whole: Decimal, parts: Amounts) -> Violation | None:
    """What is wrong with a source and the parts that are printed of it, or with the budget and its kinds of spending: of one
    alone, or one kind with an amount, the rest may go without saying."""
    hit = _unequal(whole, parts)
    short = sum(parts.values(), ZERO) < whole
    several = sum(map(bool, parts.values())) if source == SPENDING else len(parts)
    if hit is None or hit.case == "negative" or (short and several == 1):
        return None
    hit.case = ("short" if short else "parts") if source != SPENDING else "less" if short else "spending"
    hit.args["source"] = source
    return hit


def _has_kept(goal: GoalTable, gap: Decimal) -> bool:
    """Do boxes of a name that no form knows (结转下年, 以前年度已安排), one or all, hold what is left of the budget?"""
    amounts = kept_amounts(goal).items()
    kept = [amount or ZERO for label, amount in amounts if box_field(label) in (None, "aside")]
    return gap in (*kept, sum(kept, ZERO))


def _suspects(
    stated: Decimal | None,
    sources: Amounts | None,
    number: int | None = None,
    of: str = WHOLE,
    label: str | None = None,
) -> Iterator[Suspect]:
    """The budget of a table, or of the total row with a ``number``, or the source that the amounts are parts ``of``, and
    its sources, each as the one that is wrong; the boxes of the whole period are those of their labels."""
    given, budget = sources or {}, stated or ZERO
    total = sum(given.values(), ZERO)
    yield Suspect(FigurePlace(None, label or column(of, number)), shown(budget), total, total)
    terms = [
        (FigurePlace(None, name if label else column(name, number)), shown(amount), amount)
        for name, amount in given.items()
    ]
    yield from added(terms, total - budget)


def _unequal(total: Decimal | None, sources: Amounts | None, alone: bool = False) -> Violation | None:
    """What is wrong with a total and its sources; ``alone``: the form has a box for no more than one of them."""
    amounts = list((sources or {}).values())
    below = next(((name, amount) for name, amount in (sources or {}).items() if amount < 0), None)
    if below is not None and (total is None or total >= 0):
        return Violation(case="negative", args={"source": below[0], "amount": shown(below[1])})
    if total is None or not amounts:
        return None
    gap = abs(sum(amounts, ZERO) - total)
    if not gap:
        return None
    expression = sum_expression(amounts)
    args: dict[str, object] = {"total": shown(total), "expression": expression, "gap": shown(gap, total)}
    return Violation(
        case=None if len(amounts) > 1 else "part" if alone and amounts[0] < total else "single",
        args=args | {"source": next(iter(sources or {}))},
        evidence={"expression": expression, "terms": sources, "stated_yuan": total, "gap_yuan": gap},
    )


def restart(numbers: Iterable[int | None]) -> int | None:
    """Where printed numbers are not 1…n: the 0-based position of the first that breaks the order, or ``None``."""
    for index, number in enumerate(numbers):
        if number is not None and number != index + 1:
            return index
    return None
