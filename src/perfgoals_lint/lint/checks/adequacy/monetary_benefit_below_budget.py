"""PGA304: money that the project brings in against what it costs."""

from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.heads import bare
from perfgoals_lint.lint.facts.modifiers import is_of_one
from perfgoals_lint.money import ZERO, shown
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds, matcher, words
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.algebra import years_of
from perfgoals_lint.values.types import Quantity


def benefit_below_budget(row: Row, rule: Rule) -> Violations:
    """PGA304: money that the project brings in or moves is not less than what it costs."""
    budget = row.table.goal.budget_yuan
    if not budget or _is_no_gain(row.name):
        return
    value = row.annual or row.cycle
    bound = value.quantity if value else None
    earned = _earned(row.name, bound) if bound else None
    if value is None or bound is None or earned is None or not ZERO < earned < budget:
        return
    foreign = bound.unit not in ("元", None)
    yield Violation(
        row=row,
        field=value.field,
        span=bound.span,
        case="foreign" if foreign else "beside" if _is_beside(row, earned, budget, rule) else None,
        args={"earned": shown(earned), "budget": shown(budget)},
        evidence={
            "expression": f"{shown(earned)} < {shown(budget)}",
            "most_yuan": earned,
            "budget_yuan": budget,
        },
        suspects=[
            suspects.budget(row.table, None, earned),
            *([] if foreign else [suspects.cell(row, value.field, budget, None)]),
        ],
    )


def _is_beside(row: Row, earned: Decimal, budget: Decimal, rule: Rule) -> bool:
    """Does the money come beside what the project is for? Its title tells of no economy, it has effects of other classes,
    and the sum is not so small that its unit must be wrong."""
    purpose = matcher("relevance.title_words").sub("\0", row.table.goal.project_name)
    if earned * rule.parameters["slip"] < budget or contains_any(purpose, "matters.trade"):
        return False
    return any(one.class2 in ("social", "ecological") and one.has_number for one in row.table.rows)


def _is_no_gain(name: str) -> bool:
    """Is money spent, handed to those who have a right to it, or what one of something brings? A total (增收总额) is never
    that of one, and a loss that is avoided is a gain."""
    name = matcher("costs.outlays_not").sub("", name)
    if expression("monetary_benefit_below_budget.compared").match(name):
        return True
    total = name.endswith(tuple(words("costs.sums")))
    if (
        expression("monetary_benefit_below_budget.yearly").search(name)
        or is_of_one(name)
        or (not total and contains_any(name, "costs.single"))
    ):
        return True
    if contains_any(name, "costs.avoided") or (total and contains_any(name, "costs.saved")):
        return False
    return contains_any(name, "costs.outlays") or bare(name).endswith(tuple(words("names.transfers")))


def _earned(name: str, bound: Quantity) -> Decimal | None:
    """The most that a money value may stand for in 元; ``None`` for a ceiling, a price, a bare number or no money."""
    if bound.value is None or bound.op in ("<=", "<") or any(years_of(one) is None for one in bound.per):
        return None
    if bound.unit is None:
        scaled = finds(bound.text, "monetary_benefit_below_budget.scaled")
        return bound.value if scaled and contains_any(name, "money_names") else None
    if bound.unit == "元":
        return bound.value
    band = lexicon("costs")["currencies"].get(bound.unit)
    return bound.value * Decimal(band[1]) if band else None
