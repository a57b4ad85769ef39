"""PGK651: the amounts of a body's tasks are its budget, and the sources of a task its amount."""

from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.sums import differing
from perfgoals_lint.lint.suspects import FigurePlace
from perfgoals_lint.model import SPENDING, Task
from perfgoals_lint.money import ZERO, shown, sum_expression

_CENT = Decimal("0.01")
"""Amounts are told apart from one hundredth of a 元 a term on: forms round each."""


def task_amounts(table: Table, rule: Rule) -> Violations:
    """PGK651: one hit for the sum of the tasks, and one for each task whose sources are not its amount."""
    tasks = table.goal.tasks or []
    budget = table.goal.budget_yuan
    amounts = [task.amount_yuan for task in tasks if task.amount_yuan is not None]
    if budget and len(amounts) == len(tasks) > 1:
        total = sum(amounts, ZERO)
        # The tasks of a body may be those of one kind of its spending (项目支出).
        wholes = (budget, *table.goal.funding_tree.get(SPENDING, {}).values())
        budget = min(wholes, key=lambda whole: abs(total - whole))
        if abs(total - budget) > _CENT * len(amounts):
            hit = _hit(table, tasks[0], amounts, budget, "under" if total < budget else None)
            terms = [
                (FigurePlace(None, "tasks", number), shown(amount), amount)
                for number, amount in enumerate(amounts)
            ]
            hit.suspects = [
                suspects.budget(table, total, total),
                *suspects.added(terms, total - budget),
            ]
            yield hit
    for task in tasks:
        yield from _sources(table, task)


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
