"""PGA379: the budget of a year beside what the whole period, or the building, costs in all."""

from __future__ import annotations

from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.model import GoalTable
from perfgoals_lint.money import UNITS, shown
from perfgoals_lint.tables.amounts import money_factor, own_unit, yuan
from perfgoals_lint.tables.headings import box_field

_CASES = {"cycle_budget": None, "investment": "investment"}


def year_above_whole(table: Table, rule: Rule) -> Violations:
    """PGA379: one hit for each amount of the whole, in a printed unit, that is less than the year's."""
    goal = table.goal
    for label, text in goal.fields.items():
        kind = (box_field(label) or "") if goal.budget_yuan else ""
        whole = _amount(goal, label, text) if kind in _CASES else None
        if whole and goal.budget_yuan and whole < goal.budget_yuan:
            args = {"label": label, "whole": shown(whole), "budget": shown(goal.budget_yuan, whole)}
            yield Violation(
                table=table,
                field="budget_yuan",
                case=_CASES[kind],
                args=args,
                suspects=[suspects.budget(table, None, whole)],
            )


def _amount(goal: GoalTable, label: str, text: str) -> Decimal | None:
    """What a kept box holds, in 元; ``None`` where it is no amount, or nobody printed in which unit."""
    unit = goal.money_unit
    of_form = UNITS[unit.unit] if unit and unit.unit and unit.from_ != "inferred" else None
    factor = money_factor(label) or of_form
    return yuan(text, factor or 1) if factor or own_unit(text) else None
