"""PGK651: the amounts of a body's tasks, or of what a project pays for, are its budget, the sources of a task its amount, and so is
the number of an item times its price."""

from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.budget import scaled
from perfgoals_lint.lint.facts.sums import differing, kept_amounts
from perfgoals_lint.lint.suspects import FigurePlace
from perfgoals_lint.model import SPENDING, GoalTable, Task
from perfgoals_lint.money import ZERO, plain, shown, sum_expression
from perfgoals_lint.tables.amounts import money_factor
from perfgoals_lint.tables.headings import box_field, is_money
from perfgoals_lint.tables.sources import is_part

_CENT = Decimal("0.01")
"""Amounts are told apart from one hundredth of a 元 a term on: forms round each."""


def task_amounts(table: Table, rule: Rule) -> Violations:
    """PGK651: one hit for the sum of the tasks, and one for each task whose sources, or number and price, are not its amount."""
    tasks = table.goal.tasks or []
    for task in tasks:
        yield from _sources(table, task)
    products = [hit for task in tasks for hit in _product(table, task, rule)]
    priced = sum(task.quantity is not None and task.price_yuan is not None for task in tasks)
    # Where most amounts are something else (months, tax, a first payment), no number times its price is meant.
    yield from products if 2 * len(products) <= priced else ()
    tasks = [task for task in tasks if not is_part(task.name)]
    amounts = [task.amount_yuan for task in tasks if task.amount_yuan is not None]
    all_told = len(amounts) == len(tasks) > 1
    whole = _whole(table.goal, sum(amounts, ZERO), rule.number("near")) if all_told else None
    if whole is None:
        return
    total, (stated, case) = sum(amounts, ZERO), whole
    # Names of groups print the sum of their items, which have a number and a price.
    items = sum((task.amount_yuan or ZERO for task in tasks if task.content), ZERO)
    grouped = case == "total" and (stated in (items, total - items, total / 2) or (items != total > stated))
    if abs(total - stated) > _CENT * len(amounts) and not grouped:
        likely = total < stated or table.goal.sum_of_tasks is not None
        hit = _hit(table, tasks[0], amounts, stated, case or ("under" if likely else None))
        terms = [
            (FigurePlace(None, "tasks", number), shown(amount), amount)
            for number, amount in enumerate(amounts)
        ]
        of_budget = [suspects.budget(table, total, total)] if case is None else []
        hit.suspects = [*of_budget, *suspects.added(terms, total - stated)]
        yield hit


def _whole(goal: GoalTable, total: Decimal, near: Decimal) -> tuple[Decimal, str | None] | None:
    """What tasks should add up to, and the case where that is not the budget but what is printed as their sum. They may be
    those of one kind of a body's spending (项目支出), or of any amount that a project's form prints."""
    printed = goal.sum_of_tasks.amount_yuan if goal.sum_of_tasks else None
    if printed is not None and abs(total - printed) > _CENT * len(goal.tasks or ()):
        return printed, "total"
    if not goal.budget_yuan or (goal.sum_of_tasks and printed is None):
        return None  # groups of items, of which some print a sum of their own
    others = [*goal.funding_tree.get(SPENDING, {}).values()]
    if goal.form != "department":
        kept = {k: amount for k, amount in kept_amounts(goal).items() if amount and _is_of_money(k)}
        sums = {
            k: v for k, v in kept.items() if goal.sum_of_tasks and k.startswith(f"{goal.sum_of_tasks.name}（")
        }
        far = abs(total - goal.budget_yuan) * near > goal.budget_yuan
        if goal.budget_yuan in sums.values() or (goal.sum_of_tasks and far):
            return None  # the sum of a column beside the amounts (本年支付); items of other years, of some of the money
        others += [*(goal.funding_yuan or {}).values(), *(v for k, v in kept.items() if k not in sums)]
    return min((goal.budget_yuan, *others), key=lambda whole: abs(total - whole)), None


def _is_of_money(label: str) -> bool:
    """Is a box that is kept by its label one of money?"""
    return money_factor(label) is not None or is_money(box_field(label) or "")


def _product(table: Table, task: Task, rule: Rule) -> Violations:
    """An item whose amount is not its number times its price, nor so many times that, nor that in another unit."""
    times, amount = task.quantity, task.amount_yuan
    if not times or not task.price_yuan or not amount:
        return
    cost = times * task.price_yuan
    spare = max(_rounded(amount), amount / rule.number("rounded")) + times * _rounded(task.price_yuan)
    often = amount / cost if cost else ZERO
    paid_often = often == int(often) and often <= rule.number("times")
    if abs(cost - amount) <= spare or scaled(cost, amount) or paid_often:
        return
    expression = f"{plain(times)} × {shown(task.price_yuan)} = {shown(cost)}"
    hit = differing(
        expression, [times, task.price_yuan], cost, amount, table=table, field="tasks", case="product"
    )
    hit.args["task"], hit.location = task.name, task.location
    yield hit


def _rounded(amount: Decimal) -> Decimal:
    """What rounding may hide in an amount of three figures or more."""
    figures = amount.normalize().as_tuple()
    return Decimal(5).scaleb(int(figures.exponent) - 1) if len(figures.digits) > 2 else ZERO


def _sources(table: Table, task: Task) -> Violations:
    parts = list((task.funding_yuan or {}).values())
    if (
        task.amount_yuan is None
        or len(parts) < 2
        or abs(sum(parts, ZERO) - task.amount_yuan) <= _CENT * len(parts)
    ):
        return
    yield _hit(table, task, parts, task.amount_yuan, "sources")


def _hit(table: Table, task: Task, terms: list[Decimal], stated: Decimal, case: str | None) -> Violation:
    total = sum(terms, ZERO)
    hit = differing(sum_expression(terms), terms, total, stated, table=table, field="tasks", case=case)
    hit.args["task"], hit.location = task.name, task.location
    return hit
