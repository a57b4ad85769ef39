"""PGA379: the budget of a year beside what the whole period, or the building, costs in all."""

from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.suspects import FigurePlace, Suspect
from perfgoals_lint.model import GoalTable
from perfgoals_lint.money import UNITS, shown
from perfgoals_lint.tables.amounts import money_factor, own_unit, yuan
from perfgoals_lint.tables.headings import box_field

_CASES = {"cycle_budget": None, "investment": "investment"}


def year_above_whole(table: Table, rule: Rule) -> Violations:
    """PGA379: one hit for each amount of the whole, in a printed unit, that is less than the year's by its last figure or more."""
    goal, words = table.goal, rule.parameters
    for label, text in goal.fields.items():
        kind = (box_field(label) or "") if goal.budget_yuan else ""
        if kind == "investment" and (
            not any(word in label for word in words["whole"]) or any(word in label for word in words["part"])
        ):
            continue
        factor = _factor(goal, label, text) if kind in _CASES else None
        whole = yuan(text, factor) if factor else None
        if not (factor and whole and goal.budget_yuan):
            continue
        step = Decimal(factor).scaleb(int(whole.as_tuple().exponent))
        if whole + step <= goal.budget_yuan:
            args = {"label": label, "whole": shown(whole), "budget": shown(goal.budget_yuan, whole)}
            yield Violation(
                table=table,
                field="budget_yuan",
                case=_CASES[kind],
                args=args,
                suspects=[
                    suspects.budget(table, None, whole),
                    Suspect(FigurePlace(None, label), text, goal.budget_yuan, None),
                ],
            )


def _factor(goal: GoalTable, label: str, text: str) -> int | None:
    """How many 元 the unit of a kept box stands for; ``None`` where nobody printed it: the label of the budget speaks of the
    budget alone."""
    if own := own_unit(text):
        return UNITS[own]
    unit, of_budget = goal.money_unit, money_factor(goal.headings.get("budget_yuan", ""))
    of_form = UNITS[unit.unit] if unit and unit.unit and unit.from_ != "inferred" else None
    return money_factor(label) or (None if of_budget else of_form)
